"""Two contacts who are one person become one, and what a card did is taken back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from mailflow.model.address import Address
from mailflow.model.draft import Draft
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.store.inserts import insert_new, table_of
from mailflow.store.tables import AcquaintedEntry, NeverEntry
from tests.builders import NOW
from tests.integration.store.world import a_card, an_exchange, approved, drafted, sent

HOUR = timedelta(hours=1)


def somebody(s: Session, owner: int, name: str, email: str, **fields: Any) -> int:
    card = a_card(name, email, **fields)
    return record.save_card(s, owner, card, f"<{email}> card", NOW).contact_id


def two_janes(s: Session, owner: int) -> tuple[int, int]:
    gone = somebody(s, owner, "Jane Roe", "jane@bank.example", wants="a loan", tags=("bankers",))
    kept = somebody(s, owner, "Jane Roe", "jane@acme.io", wants="intros")
    return gone, kept


def pairs(s: Session, owner: int, entry: Any) -> set[tuple[int, int]]:
    table = table_of(entry)
    rows = s.execute(select(table.c.low_id, table.c.high_id).where(table.c.owner_id == owner))
    return {(row.low_id, row.high_id) for row in rows}


def test_the_one_who_stays_has_everything_of_the_other(s: Session, owner: int) -> None:
    gone, kept = two_janes(s, owner)
    record.add_interaction(s, owner, an_exchange(gone, at=NOW - HOUR))
    record.add_promise(s, owner, gone, "the slides", NOW)
    went = sent(s, owner, gone, to="jane@bank.example")
    assert record.join_contacts(s, owner, gone, kept, NOW)
    (jane,) = facts.contacts(s, owner)
    assert jane.id == kept
    assert [str(a) for a in jane.addresses] == ["jane@acme.io", "jane@bank.example"]
    assert (jane.wants, jane.tags) == ("intros; a loan", ("bankers",))
    assert facts.draft(s, owner, went).contact_id == kept
    told = facts.contact_facts(s, owner, kept)
    assert told.has_open_promise
    assert told.last_in_at == NOW - HOUR


def test_drafts_to_the_one_who_goes_go_too(s: Session, owner: int) -> None:
    gone, kept = two_janes(s, owner)
    drafted(s, owner, gone, to="jane@bank.example")
    mine = drafted(s, owner, kept)
    assert record.join_contacts(s, owner, gone, kept, NOW)
    assert [draft.id for draft in facts.drafts(s, owner)] == [mine]


def test_whom_they_know_is_known_once_and_in_order(s: Session, owner: int) -> None:
    gone, kept = two_janes(s, owner)
    raj = somebody(s, owner, "Raj Rao", "raj@pay.example")
    seen = {"owner_id": owner, "seen_at": NOW, "subject": "x"}
    for low, high in ((gone, kept), (gone, raj), (kept, raj)):
        insert_new(s, AcquaintedEntry, {**seen, "low_id": low, "high_id": high})
    insert_new(s, NeverEntry, {"owner_id": owner, "low_id": gone, "high_id": gone})
    assert record.join_contacts(s, owner, gone, kept, NOW)
    assert pairs(s, owner, AcquaintedEntry) == {(kept, raj)}
    assert pairs(s, owner, NeverEntry) == {(kept, kept)}


def test_somebody_new_is_taken_out_with_every_row(s: Session, owner: int) -> None:
    jane = somebody(s, owner, "Jane Roe", "jane@acme.io")
    drafted(s, owner, jane)
    (change,) = facts.last_changes(s, owner)
    assert facts.in_the_way(s, owner, change) == ""
    record.take_back(s, owner, change)
    assert facts.contacts(s, owner) == ()
    assert facts.drafts(s, owner) == ()
    assert facts.last_changes(s, owner) == ()


def test_somebody_with_a_history_or_a_mail_under_way_stays(s: Session, owner: int) -> None:
    jane = somebody(s, owner, "Jane Roe", "jane@acme.io")
    (change,) = facts.last_changes(s, owner)
    record.add_interaction(s, owner, an_exchange(jane, at=NOW - HOUR))
    assert "in touch" in facts.in_the_way(s, owner, change)
    raj = somebody(s, owner, "Raj Rao", "raj@pay.example")
    (change,) = facts.last_changes(s, owner)
    claimed = queue.claim(s, owner, approved(s, owner, raj, to="raj@pay.example"), "<c@x>", NOW)
    assert isinstance(claimed, Draft)
    assert "has left" in facts.in_the_way(s, owner, change)


def test_what_a_card_added_is_taken_back_and_what_came_later_stays(s: Session, owner: int) -> None:
    jane = somebody(s, owner, "Jane Roe", "jane@acme.io")
    before = facts.contact(s, owner, jane)
    more = a_card("Jane Roe", "jane@acme.io", "jane@home.example", wants="a loan", notes="tall")
    record.save_card(s, owner, more, "<more> card 0", NOW)
    record.update_contact(s, owner, jane, notes="tall and kind")
    (change,) = facts.last_changes(s, owner)
    record.take_back(s, owner, change)
    after = facts.contact(s, owner, jane)
    assert after == replace(before, notes="tall and kind")
    again = record.save_card(s, owner, more, "<more> card 0", NOW)
    assert not again.is_before, "the card can be sent again"


def test_an_address_another_has_by_now_stays_with_them(s: Session, owner: int) -> None:
    jane = somebody(s, owner, "Jane Roe", "jane@acme.io")
    right = Address.parse("jane@acme.com")
    record.correct_address(s, owner, jane, right, "fix", NOW, by="you")
    (change,) = facts.last_changes(s, owner)
    record.save_card(s, owner, a_card("June Ray", "jane@acme.io"), "<june> card", NOW)
    record.take_back(s, owner, change)
    assert facts.contact(s, owner, jane).addresses == (right,)
    june = facts.contact_by_address(s, owner, Address.parse("jane@acme.io"))
    assert june is not None
    assert june.name == "June Ray"


def test_the_changes_of_one_mail_are_one_batch(s: Session, owner: int) -> None:
    for number, name in enumerate(("Jane Roe", "Raj Rao")):
        email = f"{name[:3].lower()}@x.example"
        record.save_card(s, owner, a_card(name, email), f"<m> card {number}", NOW, batch="<m>")
    assert len(facts.last_changes(s, owner)) == 2
