"""What becomes of a draft: shown, expired, withdrawn, held or sent; and when the summary is due."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mailflow.deciding.decide import decide
from mailflow.model.actions import (
    Action,
    ExpireDraft,
    HoldDraft,
    SendDraft,
    ShowDraft,
    WithdrawDraft,
    WriteSummary,
)
from mailflow.model.contact import Suppression
from mailflow.model.draft import LIVE, DraftState, Purpose
from mailflow.model.facts import BEING_ERASED, DraftFacts, Traffic
from mailflow.model.policy import Policy
from tests.builders import (
    BERLIN,
    NOW,
    a_contact,
    a_draft,
    an_approved_draft,
    an_identity,
    draft_facts,
    facts,
)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
POLICY = Policy()


def decided(told: DraftFacts, now: datetime = NOW, **more: Any) -> Action:
    (action,) = decide(facts(drafts=(told,), **more), an_identity(), POLICY, now)
    return action


def held(told: DraftFacts, now: datetime = NOW, **more: Any) -> HoldDraft:
    action = decided(told, now, **more)
    assert isinstance(action, HoldDraft), action
    return action


def test_a_new_draft_is_shown() -> None:
    assert isinstance(decided(draft_facts(a_draft(state=DraftState.DRAFTED))), ShowDraft)


def test_a_snooze_ends_with_another_look() -> None:
    told = draft_facts(a_draft(state=DraftState.SNOOZED, due_at=NOW + 2 * DAY))
    assert held(told).until == NOW + 2 * DAY
    assert isinstance(decided(told, NOW + 2 * DAY), ShowDraft)


def a_nudge(**fields: Any) -> DraftFacts:
    return draft_facts(a_draft(purpose=Purpose.NUDGE_1, **fields))


def test_seven_days_without_an_answer_end_it() -> None:
    told = a_nudge()
    expires = told.draft.due_at
    assert held(told).until == expires
    assert held(told, expires - MINUTE).until == expires
    assert isinstance(decided(told, expires), ExpireDraft)


def test_no_request_expires_before_it_is_seven_days_old() -> None:
    told = a_nudge(due_at=NOW - HOUR)
    assert held(told).until == told.draft.created_at + 7 * DAY


def test_a_first_mail_is_shown_once_more_four_hours_before_it_is_late() -> None:
    contact = a_contact(created_at=NOW - HOUR, met_on=date(2026, 11, 18))
    told = draft_facts(a_draft(due_at=NOW - HOUR + 7 * DAY), contact=contact)
    warn_at = NOW - HOUR + 20 * HOUR
    assert held(told).until == warn_at
    action = decided(told, warn_at)
    assert isinstance(action, ShowDraft)
    assert "about 4 hours" in action.reason
    shown_again = replace(told, draft=replace(told.draft, due_at=warn_at + 7 * DAY))
    assert held(shown_again, warn_at + MINUTE).until == warn_at + 7 * DAY


def test_a_first_mail_that_is_late_already_is_not_warned_about() -> None:
    contact = a_contact(created_at=NOW - HOUR, met_on=date(2026, 11, 10))
    told = draft_facts(a_draft(), contact=contact)
    assert held(told).until == told.draft.due_at


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"wrote_in_at": NOW - MINUTE}, "wrote to you"),
        ({"wrote_out_at": NOW - MINUTE}, "by hand"),
        ({"suppressed": Suppression.OPTED_OUT}, "asked not to be written to"),
    ],
)
@pytest.mark.parametrize("state", sorted(LIVE - {DraftState.SENDING, DraftState.UNCERTAIN}))
def test_events_overtake_a_draft_in_every_open_state(
    state: DraftState, more: dict[str, Any], word: str
) -> None:
    action = decided(draft_facts(an_approved_draft(state=state), **more))
    assert isinstance(action, WithdrawDraft)
    assert word in action.reason


def test_what_was_written_before_the_draft_was_made_does_not_overtake_it() -> None:
    told = draft_facts(an_approved_draft(), wrote_in_at=NOW - 2 * HOUR, wrote_out_at=NOW - 2 * HOUR)
    assert isinstance(decided(told), SendDraft)


@pytest.mark.parametrize("state", [DraftState.SENDING, DraftState.UNCERTAIN])
def test_what_may_have_gone_is_left_to_the_outbox_and_the_owner(state: DraftState) -> None:
    told = draft_facts(an_approved_draft(state=state), suppressed=Suppression.BOUNCED)
    assert held(told).until > NOW


@pytest.mark.parametrize("state", sorted(set(DraftState) - LIVE))
def test_what_is_over_asks_for_nothing(state: DraftState) -> None:
    assert (
        decide(facts(drafts=(draft_facts(a_draft(state=state)),)), an_identity(), POLICY, NOW) == []
    )


def test_an_approved_draft_leaves_in_the_window() -> None:
    assert isinstance(decided(draft_facts(an_approved_draft())), SendDraft)


def test_it_may_be_taken_back_for_two_minutes() -> None:
    told = draft_facts(an_approved_draft(approved_at=NOW))
    assert held(told).until == NOW + 2 * MINUTE
    assert isinstance(decided(told, NOW + 2 * MINUTE), SendDraft)


def test_the_window_is_the_recipients() -> None:
    in_new_york = a_contact(utc_offset=timedelta(hours=-5))
    action = held(draft_facts(an_approved_draft(), contact=in_new_york))
    assert action.until == datetime(2026, 11, 18, 14, 0, tzinfo=UTC)
    assert "working hours" in action.reason


def test_what_is_approved_on_friday_evening_leaves_on_monday() -> None:
    friday = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    told = draft_facts(an_approved_draft(approved_at=friday))
    assert held(told, friday).until == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_an_approval_a_minute_before_closing_waits_for_the_next_opening() -> None:
    late = datetime(2026, 11, 18, 15, 59, tzinfo=UTC)
    told = draft_facts(an_approved_draft(approved_at=late))
    assert held(told, late).until == datetime(2026, 11, 19, 8, 0, tzinfo=UTC)


def test_a_refusal_for_now_is_waited_out() -> None:
    retry = NOW + 15 * MINUTE
    told = draft_facts(an_approved_draft(due_at=retry, attempts=2, failure="450 later"))
    action = held(told)
    assert action.until == retry
    assert "450 later" in action.reason


@pytest.mark.parametrize(
    ("traffic", "until"),
    [
        (Traffic(last_hour=10), NOW + 6 * MINUTE),
        (Traffic(last_hour=10, hour_frees_at=NOW + 20 * MINUTE), NOW + 20 * MINUTE),
        (Traffic(last_day=25, day_frees_at=NOW + 3 * HOUR), NOW + 3 * HOUR),
        (Traffic(last_sent_at=NOW, jitter=0.0), NOW + MINUTE),
        (Traffic(last_sent_at=NOW, jitter=0.999), NOW + timedelta(seconds=149.91)),
        (Traffic(last_sent_at=NOW - 30 * MINUTE, last_hour=10), NOW + 6 * MINUTE),
    ],
)
def test_caps_and_spacing_hold_until_there_is_room(traffic: Traffic, until: datetime) -> None:
    assert held(draft_facts(an_approved_draft()), traffic=traffic).until == until


def test_below_the_caps_it_leaves() -> None:
    traffic = Traffic(last_hour=9, last_day=24, last_sent_at=NOW - 3 * MINUTE, jitter=0.99)
    assert isinstance(decided(draft_facts(an_approved_draft()), traffic=traffic), SendDraft)


def test_one_at_a_time_and_first_mails_before_the_rest() -> None:
    nudge = draft_facts(an_approved_draft(id=1, purpose=Purpose.NUDGE_1, approved_at=NOW - DAY))
    young = draft_facts(an_approved_draft(id=2, approved_at=NOW - 5 * MINUTE))
    older = draft_facts(an_approved_draft(id=3, approved_at=NOW - HOUR))
    actions = decide(facts(drafts=(nudge, young, older)), an_identity(), POLICY, NOW)
    assert [(type(a).__name__, getattr(a, "draft_id", 0)) for a in actions] == [
        ("SendDraft", 3), ("HoldDraft", 2), ("HoldDraft", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "state", [DraftState.DRAFTED, DraftState.AWAITING_APPROVAL, DraftState.APPROVED]
)
def test_a_pause_holds_drafts_too(state: DraftState) -> None:
    until = NOW + 5 * DAY
    told = draft_facts(an_approved_draft(state=state))
    of_one = replace(told, contact=a_contact(paused_until=until))
    assert held(told, paused_until=until).until == until
    assert held(of_one).until == until
    asked = held(replace(told, erasure_asked_until=until))
    assert (asked.until, asked.reason) == (until, BEING_ERASED)


MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # 8:00 in Berlin


@pytest.mark.parametrize(
    ("now", "period"),
    [
        (MONDAY - MINUTE, None),
        (MONDAY, "2026-W48"),
        (MONDAY + 47 * HOUR, "2026-W48"),
        (MONDAY + 48 * HOUR, None),
        (datetime(2026, 3, 30, 6, 0, tzinfo=UTC), "2026-W14"),  # summer time since yesterday
        (datetime(2026, 3, 30, 5, 59, tzinfo=UTC), None),
        (datetime(2026, 12, 28, 7, 0, tzinfo=UTC), "2026-W53"),
    ],
)
def test_the_summary_is_due_on_monday_at_eight_for_two_days(
    now: datetime, period: str | None
) -> None:
    actions = decide(facts(is_first_week=False), an_identity(), POLICY, now)
    assert actions == ([WriteSummary(period)] if period else [])


def test_a_week_has_one_summary() -> None:
    told = facts(is_first_week=False, summaries=frozenset({"2026-W48"}))
    assert decide(told, an_identity(), POLICY, MONDAY + HOUR) == []


def test_a_summary_of_sunday_night_belongs_to_the_week_that_ends() -> None:
    policy = Policy(summary_weekday=6)
    sunday = datetime(2026, 11, 22, 8, 0, tzinfo=BERLIN).astimezone(UTC)
    told = facts(is_first_week=False)
    assert decide(told, an_identity(), policy, sunday) == [WriteSummary("2026-W47")]
    assert decide(told, an_identity(), policy, sunday + 30 * HOUR) == [WriteSummary("2026-W47")]


def test_the_week_of_the_set_up_has_none() -> None:
    assert decide(facts(is_first_week=True), an_identity(), POLICY, MONDAY) == []
