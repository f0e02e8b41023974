"""What deciding never does, whatever it is told."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from mailflow.deciding.decide import decide
from mailflow.deciding.guards import BUDGETS, GUARDS, World, ask, they_wrote
from mailflow.deciding.steps import Step
from mailflow.model.actions import (
    HoldDraft,
    PrepareDraft,
    SendDraft,
    ShowDraft,
    Wait,
    WithdrawDraft,
)
from mailflow.model.contact import Suppression, Tier
from mailflow.model.draft import LIVE, DraftState, Purpose
from mailflow.model.facts import ContactFacts, DraftFacts, Facts, SentFact, Settled, Traffic
from mailflow.model.policy import Identity, Policy
from tests.builders import NOW, a_contact, a_draft, an_identity

POLICY = Policy()
FOR_GOOD = datetime.max.replace(tzinfo=UTC)

instants = st.integers(-500 * 24 * 60, 10 * 24 * 60).map(lambda m: NOW + timedelta(minutes=m))
past = st.integers(-500 * 24 * 60, 0).map(lambda m: NOW + timedelta(minutes=m))
maybe = st.none() | instants
pauses = st.none() | instants | st.just(FOR_GOOD)
suppressions = st.sampled_from([None, None, None, *Suppression])
identities = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]).map(
    lambda name: an_identity(zone=ZoneInfo(name))
)
days = st.none() | instants.map(lambda at: at.date())

contacts = st.builds(
    lambda **fields: a_contact(**fields),
    id=st.integers(1, 50),
    created_at=past,
    met_on=days,
    event=st.sampled_from(["", "PyCon"]),
    form=st.sampled_from(["", "line", "vcard", "forward"]),
    name=st.sampled_from(["", "Jane Roe"]),
    address=st.sampled_from([None, "jane@acme.io", "ada@example.org"]),
    tier=st.sampled_from(list(Tier)),
    every_days=st.sampled_from([None, 0, 1, 7, 30]),
    paused_until=pauses,
    utc_offset=st.none() | st.integers(-14, 14).map(lambda h: timedelta(hours=h)),
)
purposes = st.sampled_from(list(Purpose))
drafts = st.builds(
    lambda approved, **fields: a_draft(
        approved_at=approved if fields["state"] is DraftState.APPROVED else None, **fields
    ),
    approved=past,
    id=st.integers(1, 50),
    purpose=purposes,
    state=st.sampled_from(list(DraftState)),
    created_at=past,
    due_at=instants,
    attempts=st.integers(0, 6),
)
sent = st.builds(SentFact, past, st.integers(1, 9).map("<{}@x>".format), st.just("Hi"),
                 st.none() | purposes)  # fmt: skip
settled = st.builds(Settled, purposes, st.sampled_from(sorted(set(DraftState) - LIVE)), past)
contact_facts = st.builds(
    ContactFacts, contacts, suppressions, maybe, maybe, maybe,
    st.lists(sent, max_size=5).map(tuple), st.lists(drafts, max_size=2).map(tuple),
    st.lists(settled, max_size=4).map(tuple), maybe, st.none() | st.floats(0, 1e6),
)  # fmt: skip
draft_facts = st.builds(DraftFacts, drafts, contacts, suppressions, maybe, maybe)
traffic = st.builds(
    Traffic, st.integers(0, 12), st.integers(0, 30), st.none() | past,
    st.integers(0, 12), st.integers(0, 3), st.floats(0, 1, exclude_max=True),
)  # fmt: skip
everything = st.builds(
    Facts,
    st.lists(contact_facts, max_size=3).map(tuple),
    st.lists(draft_facts, max_size=3).map(tuple),
    traffic,
    pauses,
    is_first_week=st.just(True),
)


def by_contact(told: Facts) -> dict[int, list[ContactFacts]]:
    found: dict[int, list[ContactFacts]] = {}
    for each in told.contacts:
        found.setdefault(each.contact.id, []).append(each)
    return found


@given(everything, identities)
def test_every_contact_gets_one_action_and_every_live_draft_one(
    told: Facts, identity: Identity
) -> None:
    actions = decide(told, identity, POLICY, NOW)
    for_contacts = [a.contact_id for a in actions if isinstance(a, PrepareDraft | Wait)]
    for_drafts = [a for a in actions if not isinstance(a, PrepareDraft | Wait)]
    assert sorted(for_contacts) == sorted(f.contact.id for f in told.contacts)
    assert len(for_drafts) == sum(f.draft.state in LIVE for f in told.drafts)


@given(everything, identities)
def test_waiting_ends_in_the_future_so_that_nothing_spins(told: Facts, identity: Identity) -> None:
    for action in decide(told, identity, POLICY, NOW):
        if isinstance(action, Wait | HoldDraft) and action.until is not None:
            assert action.until > NOW, action


@given(contact_facts, pauses, identities)
def test_the_suppressed_and_the_paused_are_never_written_to(
    each: ContactFacts, paused: datetime | None, identity: Identity
) -> None:
    (action,) = decide(
        Facts((each,), paused_until=paused, is_first_week=True), identity, POLICY, NOW
    )
    if isinstance(action, PrepareDraft):
        assert each.suppressed is None
        assert each.contact.paused_until is None or each.contact.paused_until <= NOW
        assert paused is None or paused <= NOW
        assert each.away_until is None or each.away_until <= NOW
        assert each.live == ()
        assert each.contact.address is not None
        assert not identity.is_owner(each.contact.address)


@given(contact_facts, identities)
def test_one_no_and_one_mail_are_enough_for_each_purpose_of_a_meeting(
    each: ContactFacts, identity: Identity
) -> None:
    each = replace(each, contact=replace(each.contact, met_on=None))
    (action,) = decide(Facts((each,), is_first_week=True), identity, POLICY, NOW)
    once = {Purpose.FOLLOW_UP, Purpose.NUDGE_1, Purpose.NUDGE_2}
    done = {s.purpose for s in each.sent} | {s.purpose for s in each.settled}
    if isinstance(action, PrepareDraft):
        assert action.purpose not in once & done


@given(contact_facts, identities, st.integers(1, 40))
def test_a_life_of_silence_brings_three_mails_and_then_peace(
    each: ContactFacts, identity: Identity, step: int
) -> None:
    """Whatever was before: if every draft is sent and never answered, at most three more go out
    in the next ten years."""
    contact = replace(each.contact, paused_until=None, met_on=None)
    each = replace(each, contact=contact, live=(), away_until=None)
    now, written = NOW + timedelta(days=11), 0
    for _ in range(60):
        (action,) = decide(Facts((each,), is_first_week=True), identity, POLICY, now)
        assert isinstance(action, PrepareDraft | Wait)
        if isinstance(action, PrepareDraft):
            written += 1
            now += timedelta(minutes=step)
            fact = SentFact(now, f"<{written}@ours>", "Hi", action.purpose)
            each = replace(each, sent=(*each.sent, fact), last_out_at=now, last_contact_at=now)
        elif action.until is None:
            break
        else:
            assert action.until > now
            now = action.until
    assert written <= 3


@given(everything, identities)
def test_only_what_is_approved_leaves_one_at_a_time_and_in_working_hours(
    told: Facts, identity: Identity
) -> None:
    sends = [a for a in decide(told, identity, POLICY, NOW) if isinstance(a, SendDraft)]
    assert len(sends) <= 1
    for send in sends:
        candidates = [f for f in told.drafts if f.draft.id == send.draft_id]
        assert any(_may_leave(f, told, identity) for f in candidates)


def _may_leave(each: DraftFacts, told: Facts, identity: Identity) -> bool:
    draft, offset = each.draft, each.contact.utc_offset
    local = NOW + offset if offset is not None else NOW.astimezone(identity.zone)
    return (
        draft.state is DraftState.APPROVED
        and draft.approved_at is not None
        and draft.approved_at + POLICY.undo_within <= NOW
        and each.suppressed is None
        and (each.wrote_in_at is None or each.wrote_in_at <= draft.created_at)
        and (each.wrote_out_at is None or each.wrote_out_at <= draft.created_at)
        and told.traffic.last_hour < POLICY.per_hour
        and told.traffic.last_day < POLICY.per_day
        and local.weekday() < 5
        and time(9) <= local.time() < time(17)
    )


@given(everything, identities)
def test_the_suppressed_lose_every_open_draft(told: Facts, identity: Identity) -> None:
    told = replace(
        told, drafts=tuple(replace(f, suppressed=Suppression.OPTED_OUT) for f in told.drafts)
    )
    for action in decide(told, identity, POLICY, NOW):
        assert not isinstance(action, SendDraft | ShowDraft)
    open_ = {f.draft.id for f in told.drafts if f.draft.state in {
        DraftState.DRAFTED, DraftState.AWAITING_APPROVAL, DraftState.SNOOZED, DraftState.APPROVED,
    }}  # fmt: skip
    withdrawn = {
        a.draft_id for a in decide(told, identity, POLICY, NOW) if isinstance(a, WithdrawDraft)
    }
    assert open_ == withdrawn


@given(everything, identities)
def test_the_weekly_budgets_hold_within_one_pass(told: Facts, identity: Identity) -> None:
    prepared = [
        a.purpose for a in decide(told, identity, POLICY, NOW) if isinstance(a, PrepareDraft)
    ]
    new = prepared.count(Purpose.FOLLOW_UP)
    revived = prepared.count(Purpose.REVIVE)
    assert new <= max(0, POLICY.new_people_per_week - told.traffic.new_people_this_week)
    assert revived <= max(0, POLICY.revivals_per_week - told.traffic.revivals_this_week)


@given(everything, identities)
def test_every_guard_answers_in_a_sentence_of_its_own_words(
    told: Facts, identity: Identity
) -> None:
    world = World(identity, POLICY, NOW, told.paused_until, 3, 1)
    for facts in told.contacts:
        since = facts.contact.created_at
        for purpose in Purpose:
            step = Step(purpose, "", NOW, NOW, "", since=since, round_began_at=since)
            for finding in ask((*GUARDS, *BUDGETS), facts, step, world):
                said = finding.guard.reason
                assert said[0].isupper(), said
                assert said.endswith("."), said
                assert "_" not in said


@given(contact_facts, identities)
def test_no_guard_says_that_they_have_not_written_when_they_have(
    facts: ContactFacts, identity: Identity
) -> None:
    world = World(identity, POLICY, NOW, None, 0, 0)
    since = facts.contact.created_at
    wrote = facts.last_in_at is not None and facts.last_in_at > since
    for purpose in Purpose:
        step = Step(purpose, "", NOW, NOW, "", since=since, round_began_at=since)
        said = they_wrote(facts, step, world).guard.reason
        assert (said == "They have not written since.") <= (not wrote)
