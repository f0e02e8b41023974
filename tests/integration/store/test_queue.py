"""Drafts, claims, tokens and letters: whoever comes second changes nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from mailflow.model.address import Address
from mailflow.model.card import Card, Reading
from mailflow.model.contact import Suppression
from mailflow.model.draft import Draft, DraftEvent, DraftState, Purpose
from mailflow.model.letter import LetterKind, LetterState
from mailflow.store import facts, queue, record
from mailflow.store.database import Session, Store
from mailflow.store.queue import NotClaimed
from mailflow.store.tables import DraftEntry
from tests.builders import NOW
from tests.integration.store.world import WEEK, allowed, approved, drafted, jane, sent, shown

E, S = DraftEvent, DraftState
JANE = Address.parse("jane@acme.io")


def test_a_contact_has_one_live_draft_of_a_purpose(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    first = drafted(s, owner, contact)
    again: Any = {"contact_id": contact, "to": JANE, "subject": "x", "body": "y", "now": NOW}
    assert queue.add_draft(s, owner, purpose=Purpose.FOLLOW_UP, **again) is None
    assert queue.add_draft(s, owner, purpose=Purpose.NUDGE_1, **again) is not None
    assert queue.move(s, owner, first, E.WITHDRAW, NOW)
    assert queue.add_draft(s, owner, purpose=Purpose.FOLLOW_UP, **again) is not None


def test_a_draft_comes_back_as_it_was_put_in(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    draft_id = drafted(
        s,
        owner,
        contact,
        lint=("over 125 words",),
        references=("<a@b>", "<c@d>"),
        in_reply_to="<c@d>",
        reason="met at PyCon",
        account="home",
        due_at=NOW + WEEK,
    )
    assert facts.draft(s, owner, draft_id) == Draft(
        id=draft_id,
        contact_id=contact,
        purpose=Purpose.FOLLOW_UP,
        state=S.DRAFTED,
        version=1,
        to=JANE,
        to_name="Jane Roe",
        subject="Good to meet you",
        body="Hi Jane",
        created_at=NOW,
        due_at=NOW + WEEK,
        reason="met at PyCon",
        lint=("over 125 words",),
        in_reply_to="<c@d>",
        references=("<a@b>", "<c@d>"),
        account="home",
    )


def test_an_ok_to_an_older_version_changes_nothing(s: Session, owner: int) -> None:
    draft_id = shown(s, owner, jane(s, owner))
    assert queue.edit(s, owner, draft_id, None, "Hello Jane", (), NOW)
    assert queue.move(s, owner, draft_id, E.APPROVE, NOW, version=1) is None
    assert facts.draft(s, owner, draft_id).state is S.AWAITING_APPROVAL
    now_approved = queue.move(s, owner, draft_id, E.APPROVE, NOW, version=2)
    assert now_approved is not None
    assert (now_approved.state, now_approved.body) == (S.APPROVED, "Hello Jane")


def test_an_edit_takes_an_approval_back(s: Session, owner: int) -> None:
    draft_id = approved(s, owner, jane(s, owner))
    edited = queue.edit(s, owner, draft_id, "New subject", "New text", ("lint",), NOW)
    assert edited is not None
    assert (edited.state, edited.version, edited.approved_at) == (S.AWAITING_APPROVAL, 2, None)
    assert (edited.subject, edited.body, edited.lint) == ("New subject", "New text", ("lint",))
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", NOW), NotClaimed)


def test_the_schema_itself_refuses_an_approval_of_another_version(s: Session, owner: int) -> None:
    draft_id = approved(s, owner, jane(s, owner))
    with pytest.raises(IntegrityError), s.begin_nested():
        row = s.get_one(DraftEntry, draft_id)
        row.version = 2
        s.flush()


@pytest.mark.parametrize("event", [E.EDIT, E.CLAIM])
def test_edits_and_claims_are_no_plain_moves(s: Session, owner: int, event: DraftEvent) -> None:
    with pytest.raises(ValueError, match="more than a move"):
        queue.move(s, owner, shown(s, owner, jane(s, owner)), event, NOW)


def test_only_what_ends_an_attempt_settles(s: Session, owner: int) -> None:
    with pytest.raises(ValueError, match="settles nothing"):
        queue.settle(s, owner, shown(s, owner, jane(s, owner)), E.APPROVE, NOW)


def test_a_draft_that_is_gone_is_not_moved(s: Session, owner: int) -> None:
    assert queue.move(s, owner, 10**6, E.APPROVE, NOW) is None
    assert queue.edit(s, owner, 10**6, None, "x", (), NOW) is None
    assert isinstance(queue.claim(s, owner, 10**6, "<1@x>", NOW), NotClaimed)
    assert not queue.hold(s, owner, 10**6, NOW)


def test_of_two_claims_one_wins(store: Store, owner: int) -> None:
    with store.begin() as s:
        draft_id = approved(s, owner, jane(s, owner))
    outcomes = []
    for _ in range(2):
        with store.begin() as s:
            outcomes.append(queue.claim(s, owner, draft_id, "<1@x>", NOW))
    assert [isinstance(outcome, Draft) for outcome in outcomes] == [True, False]


def test_a_claim_is_remembered_with_its_message_id(s: Session, owner: int) -> None:
    draft_id = approved(s, owner, jane(s, owner))
    claimed = queue.claim(s, owner, draft_id, "<first@x>", NOW)
    assert isinstance(claimed, Draft)
    assert (claimed.state, claimed.message_id, claimed.sending_at, claimed.attempts) == (
        S.SENDING, "<first@x>", NOW, 1,
    )  # fmt: skip
    assert [draft.id for draft in queue.sending(s, owner)] == [draft_id]


def test_a_second_attempt_keeps_the_first_message_id(s: Session, owner: int) -> None:
    draft_id = approved(s, owner, jane(s, owner))
    queue.claim(s, owner, draft_id, "<first@x>", NOW)
    later = NOW + timedelta(minutes=5)
    put_off = queue.settle(
        s, owner, draft_id, E.REFUSED_FOR_NOW, NOW, failure="451 busy", retry_at=later
    )
    assert put_off is not None
    assert (put_off.state, put_off.due_at, put_off.failure) == (S.APPROVED, later, "451 busy")
    assert isinstance(queue.claim(s, owner, draft_id, "<second@x>", NOW), NotClaimed)
    again = queue.claim(s, owner, draft_id, "<second@x>", later)
    assert isinstance(again, Draft)
    assert (again.message_id, again.attempts) == ("<first@x>", 2)


@pytest.mark.parametrize("reason", list(Suppression))
def test_nothing_is_claimed_for_a_suppressed_address(
    s: Session, owner: int, reason: Suppression
) -> None:
    draft_id = approved(s, owner, jane(s, owner))
    record.suppress(s, owner, Address.parse("JANE@ACME.IO"), reason, NOW)
    refused = queue.claim(s, owner, draft_id, "<1@x>", NOW)
    assert refused == NotClaimed(f"jane@acme.io is on the suppression list ({reason.because}).")
    allowed(s, owner, JANE)
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", NOW), Draft)


def test_nothing_is_claimed_for_who_asked_for_it_under_another_address(
    s: Session, owner: int
) -> None:
    home = Address.parse("jane@home.example")
    contact = jane(s, owner)
    card = Card(emails=(Reading(str(home)),))
    record.save_card(s, owner, card, "her other card", NOW, known=contact)
    draft_id = approved(s, owner, contact)
    record.suppress(s, owner, home, Suppression.OPTED_OUT, NOW)
    refused = queue.claim(s, owner, draft_id, "<1@x>", NOW)
    assert refused == NotClaimed(
        "jane@acme.io is on the suppression list (they asked not to be written to)."
    )
    allowed(s, owner, home)
    record.suppress(s, owner, home, Suppression.BOUNCED, NOW)
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", NOW), Draft)


def test_nothing_is_claimed_while_the_owner_is_asked_whether_to_erase_them(
    s: Session, owner: int
) -> None:
    contact, other = jane(s, owner), jane(s, owner, "Raj Rao", "raj@rao.in")
    draft_id = approved(s, owner, contact)
    until = NOW + WEEK
    for _ in range(2):
        queue.add_token(s, owner, queue.ERASE, [(1, None, 1)], NOW, until, b"s", contact_id=contact)
    assert facts.erasure_asked(s, owner, [contact, other], NOW) == {contact: until}
    refused = queue.claim(s, owner, draft_id, "<1@x>", NOW)
    assert refused == NotClaimed("You are being asked whether to erase whom it goes to.")
    queue.close_erasure(s, owner, other, NOW)
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", NOW), NotClaimed)
    assert facts.erasure_asked(s, owner, [contact], until) == {}
    queue.hold(s, owner, draft_id, until, "waits")
    queue.close_erasure(s, owner, contact, NOW)
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", NOW), Draft)


def test_nothing_is_claimed_while_the_person_is_paused(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    draft_id = approved(s, owner, contact)
    record.update_contact(s, owner, contact, paused_until=NOW + WEEK)
    assert queue.claim(s, owner, draft_id, "<1@x>", NOW) == NotClaimed("Jane Roe is paused.")
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", NOW + WEEK), Draft)


def test_nothing_is_claimed_while_everything_is_paused(s: Session, owner: int) -> None:
    draft_id = approved(s, owner, jane(s, owner))
    record.pause_all(s, owner, datetime.max.replace(tzinfo=UTC))
    assert queue.claim(s, owner, draft_id, "<1@x>", NOW) == NotClaimed("Everything is paused.")
    record.pause_all(s, owner, None)
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", NOW), Draft)


@pytest.mark.parametrize("put_off", ["due", "held"])
def test_nothing_is_claimed_before_its_time(s: Session, owner: int, put_off: str) -> None:
    draft_id = shown(s, owner, jane(s, owner))
    due = NOW + timedelta(minutes=2)
    queue.move(s, owner, draft_id, E.APPROVE, NOW, due_at=due if put_off == "due" else NOW)
    if put_off == "held":
        assert queue.hold(s, owner, draft_id, due, "working hours")
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", NOW), NotClaimed)
    assert isinstance(queue.claim(s, owner, draft_id, "<1@x>", due), Draft)


def test_a_held_draft_says_why_and_is_looked_at_again_then(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    draft_id = approved(s, owner, contact)
    until = NOW + timedelta(hours=3)
    queue.hold(s, owner, draft_id, until, "It waits for their working hours.")
    held = facts.draft(s, owner, draft_id)
    assert (held.held_because, held.due_at) == ("It waits for their working hours.", NOW)
    assert facts.due_drafts(s, owner, NOW) == ()
    assert [each.draft.id for each in facts.due_drafts(s, owner, until)] == [draft_id]
    record.wake_contact(s, owner, contact, NOW)
    assert [each.draft.id for each in facts.due_drafts(s, owner, NOW)] == [draft_id]


def test_what_was_sent_is_to_be_filed_once(s: Session, owner: int) -> None:
    draft_id = sent(s, owner, jane(s, owner))
    assert [draft.id for draft in queue.unfiled(s, owner)] == [draft_id]
    queue.mark_filed(s, owner, draft_id, NOW)
    assert queue.unfiled(s, owner) == ()
    assert facts.draft(s, owner, draft_id).filed_at == NOW


def test_what_the_owner_sent_by_hand_needs_no_filing(s: Session, owner: int) -> None:
    draft_id = shown(s, owner, jane(s, owner))
    by_hand = queue.move(
        s, owner, draft_id, E.SENT_BY_OWNER, NOW, sent_at=NOW, message_id="<hand@x>"
    )
    assert by_hand is not None
    assert (by_hand.state, by_hand.message_id, by_hand.filed_at) == (S.SENT, "<hand@x>", NOW)
    assert queue.unfiled(s, owner) == ()


def test_an_uncertain_draft_is_the_owners_to_decide(s: Session, owner: int) -> None:
    draft_id = approved(s, owner, jane(s, owner))
    queue.claim(s, owner, draft_id, "<1@x>", NOW)
    queue.settle(s, owner, draft_id, E.LOST, NOW, failure="the line broke")
    assert [draft.id for draft in queue.to_show(s, owner)] == [draft_id]
    assert facts.due_drafts(s, owner, NOW + WEEK) == (), "never resent by itself"
    again = queue.settle(s, owner, draft_id, E.SEND_AGAIN, NOW)
    assert again is not None
    assert again.message_id == "<1@x>"
    assert isinstance(queue.claim(s, owner, draft_id, "<2@x>", NOW), Draft)


def test_drafts_are_shown_when_new_edited_or_taken_back(s: Session, owner: int) -> None:
    draft_id = drafted(s, owner, jane(s, owner))

    def waiting() -> list[int]:
        return [draft.id for draft in queue.to_show(s, owner)]

    assert waiting() == [draft_id]
    shown_once = queue.mark_shown(s, owner, draft_id, 1, NOW, due_at=NOW + WEEK)
    assert shown_once is not None
    assert (shown_once.state, shown_once.due_at) == (S.AWAITING_APPROVAL, NOW + WEEK)
    assert waiting() == []
    queue.edit(s, owner, draft_id, None, "x", (), NOW)
    assert queue.mark_shown(s, owner, draft_id, 1, NOW, due_at=NOW) is None, "an older text"
    assert waiting() == [draft_id]
    queue.mark_shown(s, owner, draft_id, 2, NOW, due_at=NOW + WEEK)
    queue.move(s, owner, draft_id, E.APPROVE, NOW)
    assert waiting() == []
    queue.move(s, owner, draft_id, E.UNDO, NOW)
    assert waiting() == [draft_id]
    queue.mark_shown(s, owner, draft_id, 2, NOW, due_at=NOW + WEEK)
    queue.move(s, owner, draft_id, E.SNOOZE, NOW, due_at=NOW + WEEK)
    assert waiting() == []
    queue.want_shown(s, owner, draft_id)
    assert waiting() == [draft_id]
    queue.move(s, owner, draft_id, E.REJECT, NOW)
    assert waiting() == []
    queue.want_shown(s, owner, draft_id)
    assert waiting() == [], "it is settled"


def test_the_copy_in_drafts_follows_the_draft(s: Session, owner: int) -> None:
    draft_id = shown(s, owner, jane(s, owner))
    (missing,) = queue.to_place(s, owner)
    assert (missing.draft.id, missing.is_wanted, missing.placed_version) == (draft_id, True, None)
    queue.placed(s, owner, draft_id, 1, "Drafts", 7, 42)
    assert queue.to_place(s, owner) == ()
    queue.edit(s, owner, draft_id, None, "x", (), NOW)
    (outdated,) = queue.to_place(s, owner)
    assert outdated.is_wanted
    assert (outdated.placed_version, outdated.mailbox, outdated.uidvalidity, outdated.uid) == (
        1, "Drafts", 7, 42,
    )  # fmt: skip
    queue.placed(s, owner, draft_id, 2, "Drafts", 7, None)
    queue.move(s, owner, draft_id, E.REJECT, NOW)
    (superfluous,) = queue.to_place(s, owner)
    assert (superfluous.is_wanted, superfluous.placed_version, superfluous.uid) == (False, 2, None)
    queue.placed(s, owner, draft_id, None)
    assert queue.to_place(s, owner) == ()


def test_a_draft_that_was_never_shown_is_not_placed(s: Session, owner: int) -> None:
    drafted(s, owner, jane(s, owner))
    assert queue.to_place(s, owner) == ()


def a_token(s: Session, owner: int, *items: tuple[int, int | None, int]) -> int:
    token = queue.add_token(s, owner, "approve", items, NOW, NOW + WEEK, b"salt")
    queue.set_token_hash(s, owner, token, b"digest-%d" % token)
    return token


def test_a_token_is_found_by_its_hash_and_each_item_works_once(s: Session, owner: int) -> None:
    draft_id = shown(s, owner, jane(s, owner))
    token = a_token(s, owner, (1, draft_id, 1), (2, draft_id, 1))
    found = queue.find_token(s, owner, [b"wrong", b"digest-%d" % token])
    assert found is not None
    assert (found.id, found.purpose, found.expires_at) == (token, "approve", NOW + WEEK)
    assert [(item.number, item.draft_id, item.version) for item in found.items] == [
        (1, draft_id, 1),
        (2, draft_id, 1),
    ]
    assert queue.token_salts(s, owner, [token, 10**6]) == {token: b"salt"}
    assert queue.token_salts(s, owner, []) == {}
    assert queue.use_token_item(s, owner, token, 1, NOW)
    assert not queue.use_token_item(s, owner, token, 1, NOW)
    assert queue.use_token_item(s, owner, token, 2, NOW)
    assert not queue.use_token_item(s, owner, token, 3, NOW)
    used = queue.find_token(s, owner, [b"digest-%d" % token])
    assert used is not None
    assert [item.used_at for item in used.items] == [NOW, NOW]


def test_an_expired_token_opens_nothing(s: Session, owner: int) -> None:
    draft_id = shown(s, owner, jane(s, owner))
    token = a_token(s, owner, (1, draft_id, 1))
    assert not queue.use_token_item(s, owner, token, 1, NOW + WEEK)


@pytest.mark.parametrize("end", ["edit", "settle", "void"])
def test_a_token_of_an_older_text_or_a_settled_draft_opens_nothing(
    s: Session, owner: int, end: str
) -> None:
    draft_id = shown(s, owner, jane(s, owner))
    token = a_token(s, owner, (1, draft_id, 1))
    if end == "edit":
        queue.edit(s, owner, draft_id, None, "x", (), NOW)
    elif end == "settle":
        queue.move(s, owner, draft_id, E.EXPIRE, NOW)
    else:
        queue.void_tokens(s, owner, draft_id)
    assert not queue.use_token_item(s, owner, token, 1, NOW)
    found = queue.find_token(s, owner, [b"digest-%d" % token])
    assert found is not None
    assert found.items[0].is_void


def test_a_token_may_be_about_a_person(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    token = queue.add_token(
        s, owner, "forget", [(1, None, 1)], NOW, NOW + WEEK, b"s", contact_id=contact
    )
    queue.set_token_hash(s, owner, token, b"d-%d" % token)
    found = queue.find_token(s, owner, [b"d-%d" % token])
    assert found is not None
    assert [(item.draft_id, item.contact_id) for item in found.items] == [(None, contact)]
    assert queue.use_token_item(s, owner, token, 1, NOW)


def a_letter(s: Session, owner: int, **fields: object) -> int | None:
    plain = {"kind": LetterKind.RECEIPT, "subject": "s", "body": "b", "now": NOW}
    return queue.add_letter(s, owner, **{**plain, **fields})  # type: ignore[arg-type] # by name


def test_a_week_has_one_summary(s: Session, owner: int) -> None:
    week = {"kind": LetterKind.SUMMARY, "period": "2026-W48"}
    assert a_letter(s, owner, **week) is not None
    assert a_letter(s, owner, **week) is None
    assert facts.summaries(s, owner) == {"2026-W48"}


def test_a_letter_is_claimed_once_and_settled_once(s: Session, owner: int) -> None:
    letter_id = a_letter(s, owner, references=("<a@b>",), in_reply_to="<a@b>", html="<p>")
    assert letter_id is not None
    (queued,) = queue.queued_letters(s, owner, NOW)
    assert (queued.id, queued.references, queued.html) == (letter_id, ("<a@b>",), "<p>")
    claimed = queue.claim_letter(s, owner, letter_id, NOW, message_id="<l@x>")
    assert claimed is not None
    assert (claimed.state, claimed.message_id, claimed.attempts) == (
        LetterState.SENDING,
        "<l@x>",
        1,
    )
    assert queue.claim_letter(s, owner, letter_id, NOW) is None
    assert [letter.id for letter in queue.sending_letters(s, owner)] == [letter_id]
    assert queue.settle_letter(s, owner, letter_id, LetterState.SENT, NOW)
    assert not queue.settle_letter(s, owner, letter_id, LetterState.SENT, NOW)
    assert queue.queued_letters(s, owner, NOW) == queue.sending_letters(s, owner) == ()


def test_a_letter_that_was_refused_is_tried_again_later(s: Session, owner: int) -> None:
    letter_id = a_letter(s, owner)
    assert letter_id is not None
    queue.claim_letter(s, owner, letter_id, NOW, message_id="<l@x>")
    later = NOW + timedelta(minutes=5)
    queue.settle_letter(s, owner, letter_id, LetterState.QUEUED, NOW, retry_at=later)
    assert queue.queued_letters(s, owner, NOW) == ()
    assert queue.claim_letter(s, owner, letter_id, NOW) is None
    again = queue.claim_letter(s, owner, letter_id, later, message_id="<other@x>")
    assert again is not None
    assert (again.message_id, again.attempts) == ("<l@x>", 2)


def test_letters_about_one_thing_are_one_letter(s: Session, owner: int) -> None:
    assert a_letter(s, owner, key="trouble 1") is not None
    assert a_letter(s, owner, key="trouble 1") is None


def test_answers_count_against_the_limit_unless_they_were_kept_back(s: Session, owner: int) -> None:
    a_letter(s, owner)
    a_letter(s, owner, kind=LetterKind.TRANSCRIPT, now=NOW - WEEK)
    a_letter(s, owner, kind=LetterKind.APPROVAL_REQUEST)
    a_letter(s, owner, is_held=True)
    a_letter(s, owner, is_understood=True)
    a_letter(s, owner, is_understood=False)
    assert queue.answers_since(s, owner, NOW - timedelta(hours=1)) == 2
    assert queue.answers_since(s, owner, NOW - 2 * WEEK) == 3
    assert queue.answers_since(s, owner, NOW - 2 * WEEK, is_understood=True) == 4
    assert len(queue.queued_letters(s, owner, NOW)) == 5
