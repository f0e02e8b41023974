"""Introductions in the store: one open for a pair, changed under a lock, gated inside the claim."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from mailflow.errors import NotFound
from mailflow.model.address import Address
from mailflow.model.contact import Suppression
from mailflow.model.draft import Draft, DraftState, Purpose
from mailflow.model.introduction import Introduction, Naming, Side
from mailflow.model.introduction_states import IntroductionState, SideState
from mailflow.store import facts, queue, record
from mailflow.store.database import Session, Store
from mailflow.store.inserts import table_of
from mailflow.store.queue import NotClaimed, OfIntroduction
from mailflow.store.tables import DraftEntry
from tests.builders import NOW
from tests.integration.store.test_rights import everything
from tests.integration.store.world import an_introduction, approved, drafted, jane, shown

RAJ = Address.parse("raj@rao.in")
DAY = timedelta(days=1)
S, SS = IntroductionState, SideState


def two(s: Session, owner: int) -> tuple[int, int]:
    """Jane and Raj."""
    return jane(s, owner), jane(s, owner, "Raj Rao", "raj@rao.in")


def begun(s: Session, owner: int, **fields: Any) -> Introduction:
    """An introduction of the two, as it comes back from the store."""
    first, second = two(s, owner)
    number = record.add_introduction(s, owner, an_introduction(first, second, **fields))
    assert number is not None
    return facts.introduction(s, owner, number)


def with_states(pair: Introduction, first: SideState, second: SideState) -> Introduction:
    """Both sides as if they had answered yesterday."""
    one, other = (
        replace(side, state=state, consent_at=NOW - DAY)
        for side, state in zip(pair.sides, (first, second), strict=True)
    )
    return replace(pair, first=one, second=other)


def ready(s: Session, owner: int) -> tuple[Introduction, int]:
    """Both consent, and the owner said ok to the mail to both."""
    pair = begun(s, owner)
    willing = with_states(replace(pair, state=S.READY), SS.YES, SS.STANDING)
    assert record.save_introduction(s, owner, pair, willing)
    draft_id = approved(
        s, owner, pair.first.contact_id, purpose=Purpose.INTRODUCTION,
        introduction=OfIntroduction(pair.id, pair.second.contact_id, RAJ, "Raj Rao"),
    )  # fmt: skip
    return willing, draft_id


def test_an_introduction_comes_back_as_it_was_put_in(s: Session, owner: int) -> None:
    first, second = two(s, owner)
    jane = Side(
        first, "investors", Naming.NAME, "a CTO", SS.YES, has_requested=True, is_reconfirmed=True,
        asked_at=NOW, nudged_at=NOW + DAY, answered_at=NOW + 2 * DAY, consent_at=NOW + 2 * DAY,
        again_at=NOW + 9 * DAY, away_until=NOW + 3 * DAY, words="Yes, gladly", answer_id="<a@x>",
        thread_id="<t@x>", thread_subject="May I?",
    )  # fmt: skip
    full = replace(
        an_introduction(first, second), first=jane, state=S.CONNECTED, introduced_at=NOW,
        final_id="<f@x>", outcome_asked_at=NOW, outcome="a contract", outcome_at=NOW + DAY,
    )  # fmt: skip
    number = record.add_introduction(s, owner, full)
    assert number is not None
    assert facts.introduction(s, owner, number) == replace(full, id=number)


def test_of_a_pair_one_introduction_is_open_whoever_is_asked_first(s: Session, owner: int) -> None:
    pair = begun(s, owner)
    turned = an_introduction(pair.second.contact_id, pair.first.contact_id)
    assert record.add_introduction(s, owner, turned) is None
    assert record.save_introduction(s, owner, pair, replace(pair, state=S.CANCELLED))
    again = record.add_introduction(s, owner, turned)
    found = facts.introductions_between(s, owner, pair.first.contact_id, pair.second.contact_id)
    assert [each.id for each in found] == [pair.id, again]


def test_what_changed_in_the_meantime_is_not_written_over(s: Session, owner: int) -> None:
    pair = begun(s, owner)
    asked = replace(pair, state=S.ASKING_FIRST, since_at=NOW + DAY)
    assert record.save_introduction(s, owner, pair, asked)
    assert not record.save_introduction(s, owner, pair, replace(pair, state=S.CANCELLED))
    assert facts.introduction(s, owner, pair.id).state is S.ASKING_FIRST


def test_the_schema_refuses_a_consent_without_its_instant(s: Session, owner: int) -> None:
    pair = begun(s, owner)
    yes = replace(pair, first=replace(pair.first, state=SS.YES, consent_at=None))
    with pytest.raises(IntegrityError), s.begin_nested():
        record.save_introduction(s, owner, pair, yes)


def test_what_time_has_something_to_do_with_is_found(s: Session, owner: int) -> None:
    pair = begun(s, owner, due_at=NOW + DAY)
    assert facts.due_introductions(s, owner, NOW) == ()
    assert facts.due_introductions(s, owner, NOW + DAY) == (pair.id,)
    assert record.save_introduction(s, owner, pair, replace(pair, due_at=None))
    assert facts.due_introductions(s, owner, NOW + 400 * DAY) == ()


def test_somebody_may_be_asked_about_two_introductions_at_once(s: Session, owner: int) -> None:
    pair = begun(s, owner)
    ask: dict[str, Any] = {"purpose": Purpose.INTRO_ASK}
    first = drafted(s, owner, pair.first.contact_id, introduction=OfIntroduction(pair.id), **ask)
    another = OfIntroduction(pair.id + 1)
    assert drafted(s, owner, pair.first.contact_id, introduction=another, **ask) != first
    with pytest.raises(AssertionError):
        drafted(s, owner, pair.first.contact_id, introduction=OfIntroduction(pair.id), **ask)
    found = facts.drafts_in_introduction(s, owner, pair.id, [Purpose.INTRO_ASK])
    assert [each.id for each in found] == [first]


def test_the_mail_to_both_is_claimed_with_two_consents(s: Session, owner: int) -> None:
    _, draft_id = ready(s, owner)
    claimed = queue.claim(s, owner, draft_id, "<1@x>", NOW)
    assert isinstance(claimed, Draft)
    assert [str(each) for each in claimed.recipients] == ["jane@acme.io", "raj@rao.in"]


@pytest.mark.parametrize("state", [state for state in SS if state not in (SS.YES, SS.STANDING)])
@pytest.mark.parametrize("is_first", [True, False])
def test_the_mail_to_both_is_never_claimed_without_two_consents(
    s: Session, owner: int, state: SideState, is_first: bool
) -> None:
    pair, draft_id = ready(s, owner)
    states = (state, SS.YES) if is_first else (SS.YES, state)
    assert record.save_introduction(s, owner, pair, with_states(pair, *states))
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", NOW), NotClaimed)
    assert facts.draft(s, owner, draft_id).state is DraftState.APPROVED


@pytest.mark.parametrize("state", [state for state in S if state is not S.READY])
def test_the_mail_to_both_is_never_claimed_but_from_ready(
    s: Session, owner: int, state: IntroductionState
) -> None:
    pair, draft_id = ready(s, owner)
    after = replace(pair, state=state, introduced_at=NOW)
    assert record.save_introduction(s, owner, pair, after)
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", NOW), NotClaimed)


def test_a_consent_older_than_thirty_days_opens_no_gate(s: Session, owner: int) -> None:
    _, draft_id = ready(s, owner)
    late = NOW - DAY + timedelta(days=30, seconds=1)
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", late), NotClaimed)
    in_time = late - timedelta(seconds=1)
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", in_time), Draft)


@pytest.mark.parametrize("who", ["jane@acme.io", "raj@rao.in"])
def test_neither_of_the_two_may_be_suppressed(s: Session, owner: int, who: str) -> None:
    _, draft_id = ready(s, owner)
    record.suppress(s, owner, Address.parse(who), Suppression.OPTED_OUT, NOW)
    refused = queue.claim(s, owner, draft_id, "<1@x>", NOW)
    assert refused == NotClaimed(
        f"{who} is on the suppression list (they asked not to be written to)."
    )


@pytest.mark.parametrize("is_first", [True, False])
def test_neither_of_the_two_may_be_paused(s: Session, owner: int, is_first: bool) -> None:
    pair, draft_id = ready(s, owner)
    side = pair.first if is_first else pair.second
    record.update_contact(s, owner, side.contact_id, paused_until=NOW + DAY)
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", NOW), NotClaimed)


def test_an_ask_does_not_leave_once_its_introduction_has_ended(s: Session, owner: int) -> None:
    pair = begun(s, owner)
    draft_id = approved(
        s, owner, pair.first.contact_id, purpose=Purpose.INTRO_ASK,
        introduction=OfIntroduction(pair.id),
    )  # fmt: skip
    assert record.save_introduction(s, owner, pair, replace(pair, state=S.CANCELLED))
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", NOW), NotClaimed)


def test_a_no_and_the_claim_at_the_same_time_come_one_after_the_other(
    store: Store, owner: int
) -> None:
    """Whoever holds the introduction first, the mail never leaves on a consent that was gone."""
    with store.begin() as s:
        pair, draft_id = ready(s, owner)
    claims: list[Draft | NotClaimed] = []

    def claim() -> None:
        with store.begin() as other:
            claims.append(queue.claim(other, owner, draft_id, "<1@x>", NOW))

    with store.begin() as s:
        held = facts.introduction(s, owner, pair.id)
        thread = Thread(target=claim)
        thread.start()
        thread.join(0.3)
        assert claims == [], "the claim waits for whoever reads the no"
        no = with_states(replace(held, state=S.DECLINED), SS.YES, SS.WITHDRAWN)
        assert record.save_introduction(s, owner, held, no)
    thread.join(15)
    assert [type(each) for each in claims] == [NotClaimed]


def test_two_in_one_mail_are_known_by_the_latest(s: Session, owner: int) -> None:
    first, second = two(s, owner)
    assert facts.acquainted(s, owner, first, second) is None
    record.note_acquainted(s, owner, [second, first], NOW, "Lunch")
    record.note_acquainted(s, owner, [first, second], NOW - DAY, "Earlier")
    assert facts.acquainted(s, owner, second, first) == (NOW, "Lunch")


def test_a_never_holds_for_a_person_or_a_pair_until_it_is_taken_back(
    s: Session, owner: int
) -> None:
    first, second = two(s, owner)
    assert record.never_introduce(s, owner, first, second)
    assert not record.never_introduce(s, owner, second, first)
    assert facts.is_never_introduced(s, owner, first, second)
    assert not facts.is_never_introduced(s, owner, first)
    assert record.never_introduce(s, owner, first)
    assert set(facts.nevers_of(s, owner, first)) == {second, None}
    assert record.may_introduce(s, owner, first)
    assert not record.may_introduce(s, owner, first)
    assert facts.nevers_of(s, owner, first) == (second,)


@pytest.mark.parametrize("erased", ["jane", "raj"])
def test_an_erased_side_leaves_nothing_with_the_other(s: Session, owner: int, erased: str) -> None:
    pair, final_id = ready(s, owner)
    sides = {"jane": pair.first.contact_id, "raj": pair.second.contact_id}
    record.note_acquainted(s, owner, sides.values(), NOW, f"{erased.title()} and I")
    record.never_introduce(s, owner, *sides.values())
    stays = next(each for name, each in sides.items() if name != erased)
    ask = shown(s, owner, stays, purpose=Purpose.INTRO_ASK, introduction=OfIntroduction(pair.id),
                subject=f"May I introduce you to {erased.title()} R.?", body=erased,
                reason=f"{erased} is fine", to="kept@x.io", to_name="Kept")  # fmt: skip
    last = drafted(s, owner, stays, purpose=Purpose.INTRO_CLOSING, body="It will not be.",
                   introduction=OfIntroduction(pair.id), to="kept@x.io", to_name="Kept",
                   subject=f"Re: May I introduce you to {erased.title()} R.?")  # fmt: skip
    record.forget(s, owner, sides[erased], NOW)
    with pytest.raises(NotFound):
        facts.introduction(s, owner, pair.id)
    left = everything(s, owner)
    rows = [row for rows in left.values() for row in rows if erased in row.lower()]
    assert [row for row in rows if "raj@rao.in" not in row and "jane@acme.io" not in row] == []
    states = {each.id: each.state for each in facts.drafts(s, owner)}
    assert states[ask] is DraftState.WITHDRAWN
    assert states.get(final_id) in (None, DraftState.WITHDRAWN)
    assert facts.draft(s, owner, last).body == "It will not be."
    numbers = s.scalars(select(table_of(DraftEntry).c.introduction_id).where(
        table_of(DraftEntry).c.owner_id == owner)).all()  # fmt: skip
    assert all(number < 0 for number in numbers)


def test_an_export_tells_their_own_part_and_the_other_only_once_introduced(
    s: Session, owner: int
) -> None:
    pair = begun(s, owner)
    told = record.export_contact(s, owner, pair.first.contact_id)["introduction"]
    assert told[0]["why"] == "investors"
    assert "with" not in told[0]
    assert "outcome" not in told[0]
    made = replace(pair, state=S.INTRODUCED, introduced_at=NOW, outcome="a contract")
    assert record.save_introduction(s, owner, pair, made)
    told = record.export_contact(s, owner, pair.first.contact_id)["introduction"]
    assert told[0]["with"] == "Raj Rao"
    assert told[0]["outcome"] == "a contract"


def test_the_summary_is_told_what_is_under_way_and_what_ended_since(s: Session, owner: int) -> None:
    pair = begun(s, owner)
    week = {"period": "2026-W48", "since": NOW - DAY}
    lines = facts.summary_facts(s, owner, NOW, **week).introductions  # type: ignore[arg-type]
    assert [(each.id, each.first.name, each.second.name, each.state) for each in lines] == [
        (pair.id, "Jane Roe", "Raj Rao", "draft")
    ]
    ended = replace(pair, state=S.EXPIRED, since_at=NOW - 2 * DAY)
    assert record.save_introduction(s, owner, pair, ended)
    assert facts.summary_facts(s, owner, NOW, **week).introductions == ()  # type: ignore[arg-type]
