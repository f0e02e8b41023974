"""What is kept about a person can be had, and can be made to go; what is old goes by itself."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from mailflow.errors import NotFound
from mailflow.model.address import Address, NamedAddress
from mailflow.model.contact import Suppression
from mailflow.model.draft import DraftEvent, Purpose
from mailflow.model.interaction import Direction
from mailflow.model.letter import LetterKind, LetterState, Line
from mailflow.model.mail import Kind
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.store.inserts import table_of
from mailflow.store.tables import Base, LetterEntry, MessageEntry
from tests.builders import NOW
from tests.integration.store.world import (
    ADA,
    JANE,
    WEEK,
    a_card,
    a_place,
    an_exchange,
    drafted,
    jane,
    seen,
    sent,
    shown,
)

RAJ = NamedAddress(Address.parse("raj@rao.in"), "Raj Rao")
YEAR, MONTH = timedelta(days=400), timedelta(days=30)


def everything(s: Session, owner: int) -> dict[str, list[str]]:
    """Every row of an owner's, as text; sorted, because a table has no order of its own."""
    return {
        entry.__tablename__: sorted(
            repr(tuple(row))
            for row in s.execute(select(table_of(entry)).where(table_of(entry).c.owner_id == owner))
        )
        for entry in (mapper.class_ for mapper in Base.registry.mappers)
        if entry.__tablename__ != "owner"
    }


def a_life_with_jane(s: Session, owner: int) -> tuple[int, int]:
    """Jane in every table there is, and Raj, who shares some mail with her."""
    seen(s, owner, "<cards@x>", 1, kind=Kind.INSTRUCTION, sender=ADA,
         text="met Jane Roe <jane@acme.io>", data=b"met Jane Roe <jane@acme.io>")  # fmt: skip
    contact = record.save_card(s, owner, a_card(notes="tall"), "<cards@x> 1", NOW).contact_id
    raj_card = a_card("Raj Rao", "raj@rao.in")
    raj = record.save_card(s, owner, raj_card, "<cards@x> 2", NOW).contact_id
    seen(s, owner, "<hers@x>", 2, contact_id=contact, text="Dear Ada, yours Jane", data=b"Jane")
    seen(s, owner, "<old@x>", 3, kind=Kind.NEWCOMER, text="before she was a contact")
    group = seen(s, owner, "<group@x>", 4, sender=RAJ, contact_id=raj, text="Jane said no")
    for each in (contact, raj):
        exchange = an_exchange(each, Direction.IN, NOW, source=f"<group@x> {each}", text="no")
        record.add_interaction(s, owner, exchange, message_pk=group.message_pk)
    both = an_exchange(raj, Direction.IN, NOW, source=f"<hers@x> {raj}")
    record.add_interaction(s, owner, both)
    draft_id = sent(s, owner, contact, f"<{owner}-d@x>", body="Hi Jane, good to meet you")
    nudge = shown(s, owner, contact, purpose=Purpose.NUDGE_1)
    kept = drafted(s, owner, raj, to="raj@rao.in", to_name="Raj Rao", body="Hi Raj")
    record.note_decision(s, owner, contact, "Wait", "Jane sleeps", (), NOW)
    record.add_promise(s, owner, contact, "the benchmark", NOW)
    record.add_outcome(s, owner, contact, "a client", NOW)
    record.add_trouble(s, owner, "bounce", "Mail to Jane@acme.io bounced.", NOW, key="b")
    record.add_trouble(s, owner, "other", "The clock is wrong.", NOW, key="c")
    record.quarantine(s, owner, a_place(8), "broken", b"From: Jane@acme.io\r\n\xff", NOW)
    record.quarantine(s, owner, a_place(9), "broken", b"From: eve@evil.example", NOW)
    pk = seen(s, owner, "<cards@x>", 1).message_pk
    record.add_receipt(s, owner, message_pk=pk, subject="Re: Jane", lines=(Line("met Jane", "ok"),),
                       contact_ids=(contact, raj), created_at=NOW)  # fmt: skip
    token = queue.add_token(s, owner, "a", [(1, nudge, 1)], NOW, NOW + WEEK, b"s")
    letter = {"kind": LetterKind.APPROVAL_REQUEST, "now": NOW, "html": "<p>"}
    for fields in (
        {"subject": "Approve", "body": "Hi J.", "token_id": token},
        {"subject": "Receipt", "body": "Added two people.", "in_reply_to": "<cards@x>"},
        {"subject": "Week", "body": "Jane Roe is warming.", "period": "2026-W47"},
        {"subject": "Other", "body": "Raj Rao is warming."},
    ):
        queue.add_letter(s, owner, **letter, **fields)  # type: ignore[arg-type] # by name
    assert {draft_id, nudge, kept} == {each.id for each in facts.drafts(s, owner)}
    return contact, raj


def test_a_forgotten_person_is_gone_from_every_table(s: Session, owner: int) -> None:
    contact, raj = a_life_with_jane(s, owner)
    assert sum("jane" in row.lower() for rows in everything(s, owner).values() for row in rows) > 9
    assert record.forget(s, owner, contact, NOW) > 15
    left = everything(s, owner)
    named = {
        table: row
        for table, rows in left.items()
        for row in rows
        if "jane" in row.lower() or "acme.io" in row.lower()
    }
    assert named == {}
    assert [each.id for each in facts.contacts(s, owner)] == [raj]
    with pytest.raises(NotFound):
        facts.contact(s, owner, contact)
    for address in ("jane@acme.io", "JANE@acme.io"):
        suppressed = record.is_suppressed(s, owner, Address.parse(address))
        assert suppressed is Suppression.FORGOTTEN


def test_forgetting_one_person_leaves_the_others_as_they_were(s: Session, owner: int) -> None:
    contact, raj = a_life_with_jane(s, owner)
    before = facts.contact_facts(s, owner, raj)
    exchanges = facts.interactions(s, owner, raj)
    record.forget(s, owner, contact, NOW)
    assert facts.contact_facts(s, owner, raj) == before
    assert facts.interactions(s, owner, raj) == exchanges
    assert [each.data for each in record.quarantined(s, owner)] == [b"From: eve@evil.example"]
    bodies = s.scalars(select(LetterEntry.body).where(LetterEntry.owner_id == owner)).all()
    assert sorted(bodies) == ["", "Raj Rao is warming."], "the summary stays, without its text"
    assert not seen(s, owner, "<cards@x>", 1).is_new, "that the mail was seen is still known"


def test_a_letter_that_is_on_its_way_is_emptied_not_deleted(s: Session, owner: int) -> None:
    contact, _ = a_life_with_jane(s, owner)
    letters = queue.queued_letters(s, owner, NOW)
    for letter in letters:
        queue.claim_letter(s, owner, letter.id, NOW)
    record.forget(s, owner, contact, NOW)
    assert len(queue.sending_letters(s, owner)) == len(letters)


def test_an_export_holds_what_is_kept_and_is_json(s: Session, owner: int) -> None:
    contact, _ = a_life_with_jane(s, owner)
    exported = record.export_contact(s, owner, contact)
    text = json.dumps(exported)
    for piece in (
        "Jane Roe", "jane@acme.io", "tall", "Jane sleeps", "the benchmark", "a client",
        "Hi Jane, good to meet you", "Dear Ada, yours Jane", "2026-11-18T09:30:00+00:00",
    ):  # fmt: skip
        assert piece in text, piece
    assert "Hi Raj" not in text
    assert len(exported["draft"]) == 2
    assert {row["message_id"] for row in exported["message"]} == {"<hers@x>", "<group@x>"}


def test_raw_mail_goes_first_then_the_texts(s: Session, owner: int) -> None:
    pk = seen(s, owner).message_pk

    def kept() -> tuple[bool, str]:
        row = s.get_one(MessageEntry, pk)
        return row.raw is not None, row.text

    def prune(after: timedelta) -> None:
        record.prune(s, owner, NOW + after, YEAR, MONTH)

    prune(MONTH)
    assert kept() == (True, "hello")
    prune(MONTH + timedelta(seconds=1))
    assert kept() == (False, "hello")
    prune(YEAR)
    assert kept() == (False, "hello")
    prune(YEAR + timedelta(seconds=1))
    assert kept() == (False, "")
    assert not seen(s, owner, uid=2).is_new, "the same mail still changes nothing"


def test_pruning_leaves_what_is_under_way_alone(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    done = sent(s, owner, contact)
    live = shown(s, owner, contact, purpose=Purpose.NUDGE_1)
    token = queue.add_token(s, owner, "a", [(1, live, 1)], NOW, NOW + 2 * YEAR, b"s")
    record.prune(s, owner, NOW + YEAR + WEEK, YEAR, MONTH)
    assert facts.draft(s, owner, done).body == ""
    assert facts.draft(s, owner, live).body == "Hi Jane"
    assert queue.use_token_item(s, owner, token, 1, NOW + YEAR + WEEK)
    assert facts.contact(s, owner, contact).name == "Jane Roe"


def test_what_is_over_is_pruned(s: Session, owner: int) -> None:
    draft_id = shown(s, owner, jane(s, owner))
    queue.move(s, owner, draft_id, DraftEvent.REJECT, NOW)
    queue.set_token_hash(
        s, owner, queue.add_token(s, owner, "a", [(1, draft_id, 1)], NOW, NOW, b"s"), b"d"
    )
    mail = seen(s, owner, kind=Kind.INSTRUCTION).message_pk
    record.add_receipt(s, owner, message_pk=mail, subject="s", lines=(), contact_ids=(),
                       created_at=NOW)  # fmt: skip
    open_still = record.open_receipts(s, owner)
    record.add_newcomer(s, owner, JANE, mail, NOW)
    record.add_trouble(s, owner, "other", "x", NOW, key="x")
    record.quarantine(s, owner, a_place(), "x", b"x", NOW)
    letter = queue.add_letter(s, owner, kind=LetterKind.NOTICE, subject="s", body="b", now=NOW)
    assert letter is not None
    queue.claim_letter(s, owner, letter, NOW)
    queue.settle_letter(s, owner, letter, LetterState.SENT, NOW)
    assert record.prune(s, owner, NOW + YEAR + WEEK, YEAR, MONTH) == 9
    left = everything(s, owner)
    for table in ("token", "token_item", "newcomer", "trouble", "quarantine", "contact_change"):
        assert left[table] == [], table
    assert record.open_receipts(s, owner) == open_still
    assert record.prune(s, owner, NOW + YEAR + WEEK, YEAR, MONTH) == 0


def test_whoever_was_put_off_is_kept_until_the_owner_is_asked_again(s: Session, owner: int) -> None:
    token = queue.add_token(s, owner, "summary", [(1, None, 1), (2, None, 1)], NOW, NOW, b"s")
    raj = NamedAddress(Address.parse("raj@acme.io"), "Raj")
    record.add_newcomer_offers(s, owner, token, [(1, JANE), (2, raj)], NOW)
    record.put_off_newcomer(s, owner, token, 1, NOW + YEAR + 2 * WEEK)
    record.prune(s, owner, NOW + YEAR + WEEK, YEAR, MONTH)
    assert set(facts.newcomers_under(s, owner, token)) == {1}
    record.prune(s, owner, NOW + 2 * YEAR + 3 * WEEK, YEAR, MONTH)
    assert facts.newcomers_under(s, owner, token) == {}


def test_pruning_is_due_once_in_a_while(s: Session, owner: int) -> None:
    day = timedelta(days=1)
    assert record.is_prune_due(s, owner, NOW, day)
    record.prune(s, owner, NOW, YEAR, MONTH)
    assert not record.is_prune_due(s, owner, NOW + day - timedelta(seconds=1), day)
    assert record.is_prune_due(s, owner, NOW + day, day)
