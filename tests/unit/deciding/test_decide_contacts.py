"""Who is written to, when and why not: a table of situations."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mailflow.deciding.decide import decide
from mailflow.model.actions import Action, PrepareDraft, Wait
from mailflow.model.address import Address
from mailflow.model.contact import Band, Suppression, Tier, Warmth
from mailflow.model.draft import DraftState, Purpose
from mailflow.model.facts import ContactFacts, Traffic
from mailflow.model.policy import Policy
from tests.builders import (
    NOW,
    a_contact,
    a_draft,
    a_sent,
    a_settled,
    an_identity,
    contact_facts,
    facts,
)

DAY = timedelta(days=1)
POLICY = Policy()


def decided(
    told: ContactFacts, now: datetime = NOW, policy: Policy = POLICY, **more: Any
) -> PrepareDraft | Wait:
    (action,) = decide(facts(contacts=(told,), **more), an_identity(), policy, now)
    assert isinstance(action, PrepareDraft | Wait)
    return action


def prepared(told: ContactFacts, now: datetime = NOW, **more: Any) -> PrepareDraft:
    action = decided(told, now, **more)
    assert isinstance(action, PrepareDraft), action
    return action


def waits(told: ContactFacts, now: datetime = NOW, **more: Any) -> Wait:
    action = decided(told, now, **more)
    assert isinstance(action, Wait), action
    return action


def hits(action: PrepareDraft | Wait) -> list[str]:
    return [guard.name for guard in action.guards if guard.hit]


@pytest.mark.parametrize(
    ("contact", "situation"),
    [
        ({"event": "PyCon", "form": "line"}, "met_at_event"),
        ({"event": "PyCon", "form": "vcard"}, "met_at_event"),
        ({"event": "", "form": "line"}, "first_meeting"),
        ({"event": "", "form": "vcard"}, "card_only"),
        ({"event": "", "form": "forward"}, "forwarded"),
        ({"event": "", "form": "signature"}, "forwarded"),
    ],
)
def test_how_they_met_chooses_the_first_mail(contact: dict[str, str], situation: str) -> None:
    action = prepared(contact_facts(a_contact(**contact)))
    assert (action.purpose, action.situation) == (Purpose.FOLLOW_UP, situation)


def test_a_first_mail_should_leave_within_a_day_of_meeting() -> None:
    today = prepared(contact_facts())
    earlier = prepared(contact_facts(a_contact(met_on=date(2026, 11, 16))))
    assert today.send_by == a_contact().created_at + DAY
    assert earlier.send_by == datetime(2026, 11, 17, 17, tzinfo=UTC)


def test_every_guard_is_kept_with_its_reason_when_none_hit() -> None:
    action = prepared(contact_facts())
    assert hits(action) == []
    assert {"suppressed", "paused", "away", "they_wrote", "weekly_budget"} <= {
        guard.name for guard in action.guards
    }
    assert all(guard.reason.endswith(".") for guard in action.guards)


@pytest.mark.parametrize(
    ("told", "guard"),
    [
        (contact_facts(suppressed=Suppression.OPTED_OUT), "suppressed"),
        (contact_facts(suppressed=Suppression.BOUNCED), "suppressed"),
        (contact_facts(a_contact(address=None)), "no_address"),
        (contact_facts(a_contact(address="ada@example.org")), "own_address"),
        (contact_facts(a_contact(address="ada+mailflow@example.org")), "own_address"),
        (contact_facts(a_contact(name="", given="")), "no_name"),
        (contact_facts(a_contact(name="jane@acme.io", given="")), "no_name"),
    ],
)
def test_some_reasons_hold_until_something_happens(told: ContactFacts, guard: str) -> None:
    action = waits(told)
    assert hits(action) == [guard]
    assert action.until is None


@pytest.mark.parametrize(
    ("told", "guard"),
    [
        (contact_facts(last_in_at=NOW), "they_wrote"),
        (contact_facts(last_out_at=NOW), "you_wrote"),
        (contact_facts(sent=(a_sent(None, NOW - timedelta(hours=3)),)), "you_wrote"),
        *(
            (contact_facts(settled=(a_settled(Purpose.FOLLOW_UP, state, NOW),)), "settled")
            for state in (
                DraftState.REJECTED,
                DraftState.EXPIRED,
                DraftState.WITHDRAWN,
                DraftState.FAILED,
            )
        ),
    ],
)
def test_some_reasons_close_the_follow_up_for_good(told: ContactFacts, guard: str) -> None:
    told = replace(told, contact=replace(told.contact, tier=Tier.NONE))
    action = waits(told)
    assert hits(action) == [guard]
    assert action.until is None or action.until > NOW + 30 * DAY


@pytest.mark.parametrize("purpose", [Purpose.KEEP_IN_TOUCH, Purpose.REVIVE])
def test_a_first_mail_makes_no_sense_after_a_later_one(purpose: Purpose) -> None:
    told = contact_facts(sent=(a_sent(purpose, NOW),), last_out_at=NOW, last_contact_at=NOW)
    assert "you_wrote" in hits(waits(told, NOW + 10 * DAY))


def test_what_they_wrote_before_the_card_came_does_not_stop_the_follow_up() -> None:
    told = contact_facts(a_contact(form="forward", event=""), last_in_at=NOW - timedelta(hours=5))
    assert prepared(told).situation == "forwarded"


def test_a_name_alone_without_any_meeting_gets_no_first_mail() -> None:
    known = a_contact(form="", event="", met_on=None, tier=Tier.NONE)
    assert waits(contact_facts(known)).reason == "Nothing is planned for them."


def test_a_doubtful_address_is_shown_and_not_held_back() -> None:
    doubt = "The address jane@acme.io was hard to read."
    action = prepared(contact_facts(a_contact(doubts=(doubt,))))
    shown = next(guard for guard in action.guards if guard.name == "doubtful_address")
    assert doubt in shown.reason


@pytest.mark.parametrize("purpose", list(Purpose))
def test_one_open_draft_is_enough_whatever_it_is_for(purpose: Purpose) -> None:
    draft = a_draft(purpose=purpose)
    action = waits(contact_facts(live=(draft,)))
    assert (action.until, hits(action)) == (draft.due_at, ["live_draft"])


def test_a_draft_that_should_be_settled_is_looked_after_the_next_day() -> None:
    action = waits(contact_facts(live=(a_draft(due_at=NOW - DAY),)))
    assert action.until == NOW + DAY


def test_pauses_hold_until_they_end() -> None:
    until = NOW + 3 * DAY
    one = waits(contact_facts(a_contact(paused_until=until)))
    everybody = waits(contact_facts(), paused_until=until)
    assert (one.until, hits(one)) == (until, ["paused"])
    assert (everybody.until, hits(everybody)) == (until, ["paused_all"])


def test_a_pause_for_good_is_said_so_and_breaks_nothing() -> None:
    for_good = datetime.max.replace(tzinfo=UTC)
    action = waits(contact_facts(a_contact(paused_until=for_good)), paused_until=for_good)
    assert action.until == for_good
    assert "until you say otherwise" in action.reason


def test_a_pause_that_is_over_holds_nothing() -> None:
    told = contact_facts(a_contact(paused_until=NOW - DAY))
    assert prepared(told, paused_until=NOW - DAY).purpose is Purpose.FOLLOW_UP


def test_an_absence_moves_the_time() -> None:
    back = NOW + 9 * DAY
    told = contact_facts(away_until=back, sent=(a_sent(Purpose.FOLLOW_UP, NOW - 10 * DAY),))
    action = waits(told)
    assert (action.until, hits(action)[-1]) == (back, "away")


def after_follow_up(sent_at: datetime, **more: Any) -> ContactFacts:
    contact = a_contact(created_at=sent_at - timedelta(hours=2))
    fields = {"sent": (a_sent(Purpose.FOLLOW_UP, sent_at),), "last_out_at": sent_at, **more}
    return contact_facts(contact, last_contact_at=fields.get("last_out_at"), **fields)


SENT = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
NUDGED = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_the_first_nudge_comes_after_four_business_days() -> None:
    told = after_follow_up(SENT)
    early = waits(told, SENT + DAY)
    assert early.until == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert prepared(told, early.until).purpose is Purpose.NUDGE_1


def test_the_second_nudge_comes_eight_business_days_after_the_first() -> None:
    sent = (a_sent(Purpose.FOLLOW_UP, SENT), a_sent(Purpose.NUDGE_1, NUDGED))
    told = after_follow_up(SENT, sent=sent, last_out_at=NUDGED)
    early = waits(told, NUDGED + DAY)
    assert early.until == datetime(2026, 12, 4, 9, 30, tzinfo=UTC)
    assert prepared(told, early.until).purpose is Purpose.NUDGE_2


def test_there_is_no_third_nudge_and_silence_is_left_alone() -> None:
    last = datetime(2026, 12, 4, 10, tzinfo=UTC)
    sent = (
        a_sent(Purpose.FOLLOW_UP, SENT), a_sent(Purpose.NUDGE_1, NUDGED),
        a_sent(Purpose.NUDGE_2, last),
    )  # fmt: skip
    told = after_follow_up(SENT, sent=sent, last_out_at=last)
    action = waits(told, last + 400 * DAY)
    assert (action.until, hits(action)[-1]) == (None, "no_answer")


@pytest.mark.parametrize(
    "more",
    [
        {"last_in_at": SENT + DAY},
        {"last_out_at": SENT + DAY},
        {"sent": (a_sent(Purpose.FOLLOW_UP, SENT), a_sent(None, SENT + DAY))},
        {"settled": (a_settled(Purpose.NUDGE_1, DraftState.REJECTED, SENT + DAY),)},
        {"settled": (a_settled(Purpose.NUDGE_1, DraftState.EXPIRED, SENT + DAY),)},
    ],
)
def test_what_stops_a_nudge(more: dict[str, Any]) -> None:
    action = waits(after_follow_up(SENT, **more), SENT + 7 * DAY)
    assert action.until is not None
    assert action.until > SENT + 50 * DAY
    assert "keep in touch" in action.reason


def test_a_call_stops_a_nudge_too() -> None:
    told = replace(after_follow_up(SENT), last_contact_at=SENT + DAY)
    action = waits(told, SENT + 7 * DAY)
    assert "in_touch" in hits(action)
    assert action.until == SENT + DAY + 60 * DAY


def test_the_log_of_the_mail_itself_is_no_contact_of_another_kind() -> None:
    told = replace(after_follow_up(SENT), last_contact_at=SENT + timedelta(seconds=40))
    assert prepared(told, SENT + 7 * DAY).purpose is Purpose.NUDGE_1


def test_meeting_again_on_a_later_day_opens_a_new_round() -> None:
    first = after_follow_up(SENT, last_in_at=SENT + DAY)
    again = replace(first, contact=replace(first.contact, met_on=date(2027, 3, 1)))
    assert prepared(again, datetime(2027, 3, 1, 19, tzinfo=UTC)).purpose is Purpose.FOLLOW_UP
    refused = replace(
        again,
        settled=(
            a_settled(Purpose.FOLLOW_UP, DraftState.REJECTED, datetime(2027, 3, 1, 20, tzinfo=UTC)),
        ),
    )
    assert "settled" in hits(waits(refused, datetime(2027, 3, 1, 21, tzinfo=UTC)))


@pytest.mark.parametrize("days", [1, 5, 30, 59])
def test_another_card_while_a_round_is_under_way_opens_none(days: int) -> None:
    """Completing somebody's data must not bring them the same letter twice."""
    later = SENT + days * DAY
    again = replace(after_follow_up(SENT, last_in_at=SENT + DAY).contact, met_on=later.date())
    action = waits(replace(after_follow_up(SENT, last_in_at=SENT + DAY), contact=again), later)
    assert "settled" in hits(action)
    assert "The mail to keep in touch is due on" in action.reason


def test_a_meeting_dated_in_the_future_opens_no_round() -> None:
    told = contact_facts(
        a_contact(met_on=date(2027, 6, 1), created_at=NOW - 3 * DAY),
        settled=(a_settled(Purpose.FOLLOW_UP, DraftState.REJECTED, NOW - 2 * DAY),),
    )
    assert "settled" in hits(waits(told))


def known(**more: Any) -> ContactFacts:
    """Jane, known for two years, with whom a conversation was had 100 days ago."""
    contact = a_contact(
        **{"form": "", "event": "", "created_at": NOW - 800 * DAY, **more.pop("contact", {})}
    )
    last = NOW - 100 * DAY
    return contact_facts(
        contact, **{"last_in_at": last, "last_out_at": last, "last_contact_at": last, **more}
    )


@pytest.mark.parametrize(("tier", "days"), [(Tier.INNER, 21), (Tier.KEY, 60), (Tier.WIDE, 180)])
def test_the_cadence_comes_from_the_tier(tier: Tier, days: int) -> None:
    last = NOW - 10 * DAY
    told = known(contact={"tier": tier}, last_contact_at=last, last_in_at=last, last_out_at=last)
    action = waits(told)
    assert action.until == last + timedelta(days=days)
    assert prepared(told, action.until).purpose is Purpose.KEEP_IN_TOUCH


def test_a_cadence_of_ones_own_comes_before_the_tiers() -> None:
    told = known(contact={"tier": Tier.WIDE, "every_days": 21})
    assert prepared(told).purpose is Purpose.KEEP_IN_TOUCH
    assert "every 21" in prepared(told).reason


def test_any_interaction_resets_the_cadence() -> None:
    told = known(last_contact_at=NOW - 2 * DAY)
    assert waits(told).until == NOW + 58 * DAY


def test_a_skipped_turn_comes_round_again_after_a_whole_cadence() -> None:
    skipped = a_settled(Purpose.KEEP_IN_TOUCH, DraftState.REJECTED, NOW - 5 * DAY)
    assert waits(known(settled=(skipped,))).until == NOW + 55 * DAY


def dormant(gap: float | None, silent_for: int, **more: Any) -> ContactFacts:
    last = NOW - silent_for * DAY
    contact = {"tier": Tier.NONE, "id": 5} | more.pop("contact", {})
    return known(
        contact=contact, median_gap_days=gap,
        last_in_at=last, last_out_at=last, last_contact_at=last, **more,
    )  # fmt: skip


@pytest.mark.parametrize(("gap", "days"), [(7, 180), (30, 240), (90, 365), (None, 365), (1e9, 365)])
def test_a_tie_is_dormant_after_eight_of_its_own_pauses(gap: float | None, days: int) -> None:
    assert waits(dormant(gap, days - 1)).until == NOW + DAY
    assert prepared(dormant(gap, days)).purpose is Purpose.REVIVE


def test_who_never_wrote_is_not_revived() -> None:
    told = replace(dormant(7, 500), last_in_at=None)
    assert waits(told).until is None


def all_decided(*told: ContactFacts, traffic: Traffic) -> list[Action]:
    policy = Policy(new_people_per_week=2, revivals_per_week=2)
    return decide(facts(contacts=told, traffic=traffic), an_identity(), policy, NOW)


def test_two_revivals_a_week_go_to_the_once_warm_first() -> None:
    people = [
        dormant(7, 400, contact={"id": n, "warmth": Warmth(n, Band.DORMANT, "")})
        for n in (1, 9, 5, 3)
    ]
    actions = all_decided(*people, traffic=Traffic())
    assert [a.contact_id for a in actions if isinstance(a, PrepareDraft)] == [9, 5]
    waiting = [a for a in actions if isinstance(a, Wait)]
    assert {a.until for a in waiting} == {datetime(2026, 11, 22, 23, tzinfo=UTC)}


def test_new_people_beyond_the_weeks_budget_wait_for_monday_with_the_reason() -> None:
    people = [contact_facts(a_contact(id=n)) for n in (1, 2, 3)]
    actions = all_decided(*people, traffic=Traffic(new_people_this_week=1))
    assert [type(a).__name__ for a in actions] == ["PrepareDraft", "Wait", "Wait"]
    last = actions[-1]
    assert isinstance(last, Wait)
    assert last.until == datetime(2026, 11, 22, 23, tzinfo=UTC)  # Monday in Berlin
    assert hits(last) == ["weekly_budget"]


def test_people_in_focus_get_the_budget_first() -> None:
    people = [contact_facts(a_contact(id=n, is_focus=n == 3)) for n in (1, 2, 3)]
    actions = all_decided(*people, traffic=Traffic(new_people_this_week=1))
    assert [a.contact_id for a in actions if isinstance(a, PrepareDraft)] == [3]


def test_the_budget_does_not_hold_back_what_is_not_new() -> None:
    told = known()
    actions = all_decided(told, traffic=Traffic(new_people_this_week=99))
    assert isinstance(actions[0], PrepareDraft)


def test_two_addresses_of_the_owner_are_both_ones_own() -> None:
    identity = an_identity(addresses=(Address.parse("ada@example.org"), Address.parse("a@b.org")))
    told = contact_facts(a_contact(address="A@b.org"))
    (action,) = decide(facts(contacts=(told,)), identity, POLICY, NOW)
    assert isinstance(action, Wait)
    assert hits(action) == ["own_address"]


def test_a_holiday_is_no_business_day_for_a_nudge() -> None:
    policy = Policy(holidays=frozenset({"2026-11-20"}))
    action = decided(after_follow_up(SENT), SENT + DAY, policy)
    assert isinstance(action, Wait)
    assert action.until == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
