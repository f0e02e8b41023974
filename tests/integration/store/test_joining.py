"""Two contacts who are one person become one, and what a card did is taken back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from mailflow.model.address import Address, NamedAddress
from mailflow.model.contact import Tier
from mailflow.model.draft import Draft, DraftEvent, Purpose
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.store.inserts import insert_new, table_of
from mailflow.store.tables import AcquaintedEntry, AddressEntry, Base, NeverEntry
from tests.builders import NOW
from tests.integration.store.world import (
    a_card,
    an_exchange,
    an_introduction,
    approved,
    drafted,
    seen,
    sent,
)

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


WHO = ("contact_id", "low_id", "high_id", "by_id")
PASSING = {"id", "is_warmth_stale", "due_at"}


def whole(s: Session, owner: int) -> dict[str, list[str]]:
    """Every row about somebody, with people called by their first address: numbers may change."""
    addresses = table_of(AddressEntry)
    rows = s.execute(select(addresses).where(addresses.c.owner_id == owner))
    called = {row.contact_id: row.key for row in sorted(rows, key=lambda row: -row.position)}
    told: dict[str, list[str]] = {}
    for table in Base.metadata.sorted_tables:
        columns = set(table.columns.keys())
        if "owner_id" in columns and (columns & set(WHO) or table.name == "contact"):
            found = s.execute(select(table).where(table.c.owner_id == owner)).mappings()
            told[table.name] = sorted(said(dict(row), called) for row in found)
    return told


def said(row: dict[str, Any], called: dict[int, str]) -> str:
    people = sorted(called.get(row[name], "nobody") for name in WHO if row.get(name) is not None)
    rest = {name: value for name, value in row.items() if name not in {*WHO, *PASSING}}
    return f"{people} {rest}"


def test_two_put_together_by_mistake_are_two_again_with_all_that_was_theirs(
    s: Session, owner: int
) -> None:
    gone, kept = two_janes(s, owner)
    raj = somebody(s, owner, "Raj Rao", "raj@pay.example")
    record.add_interaction(s, owner, an_exchange(gone, at=NOW - HOUR))
    record.add_interaction(s, owner, an_exchange(kept, at=NOW - 2 * HOUR, source="<k@x>"))
    record.add_promise(s, owner, gone, "the slides", NOW)
    record.update_contact(s, owner, gone, tier=Tier.INNER, every_days=9, notes="tall")
    sent(s, owner, gone, to="jane@bank.example")
    insert_new(s, AcquaintedEntry, {"owner_id": owner, "seen_at": NOW, "subject": "x",
                                    "low_id": gone, "high_id": raj})  # fmt: skip
    for low, high in ((gone, gone), (gone, kept)):
        insert_new(s, NeverEntry, {"owner_id": owner, "low_id": low, "high_id": high})
    before = whole(s, owner)
    record.join_contacts(s, owner, gone, kept, NOW)
    (change,) = facts.last_changes(s, owner)
    assert change.is_joining
    assert change.joined_keys == {"jane@bank.example"}
    assert facts.keeps_together(s, owner, change) == ""
    back = record.part_contacts(s, owner, change)
    after = whole(s, owner)
    # what was concluded about one half went with it, and of the pair of both nothing is left
    for forgotten in ("contact_change", "never_introduce"):
        del before[forgotten]
        del after[forgotten]
    assert after == before
    assert facts.is_never_introduced(s, owner, back)
    assert not facts.is_never_introduced(s, owner, kept)
    assert facts.last_changes(s, owner) != (change,)


def test_what_came_after_the_joining_stays_with_whom_it_is_about(s: Session, owner: int) -> None:
    gone, kept = two_janes(s, owner)
    record.join_contacts(s, owner, gone, kept, NOW)
    (change,) = facts.last_changes(s, owner)
    record.update_contact(s, owner, kept, wants="a flat")
    mail = seen(s, owner, "<new@x>", 9, sender=NamedAddress(Address.parse("jane@bank.example")),
                contact_id=kept)  # fmt: skip
    for source, pk in (("<new@x>", mail.message_pk), ("<call>", None)):
        deed = an_exchange(kept, at=NOW + HOUR, source=source)
        record.add_interaction(s, owner, deed, message_pk=pk)
    mine = drafted(s, owner, kept)
    drafted(s, owner, kept, to="jane@bank.example", purpose=Purpose.NUDGE_1)
    back = record.part_contacts(s, owner, change)
    assert facts.contact(s, owner, kept).wants == "a flat"
    assert facts.contact(s, owner, back).wants == "a loan"
    assert [str(a) for a in facts.contact(s, owner, back).addresses] == ["jane@bank.example"]
    assert [str(a) for a in facts.contact(s, owner, kept).addresses] == ["jane@acme.io"]
    assert [each.source for each in facts.interactions(s, owner, back)] == ["<new@x>"]
    assert [each.source for each in facts.interactions(s, owner, kept)] == ["<call>"]
    assert [draft.id for draft in facts.drafts(s, owner)] == [mine]


def test_an_introduction_begun_since_keeps_them_together(s: Session, owner: int) -> None:
    gone, kept = two_janes(s, owner)
    raj = somebody(s, owner, "Raj Rao", "raj@pay.example")
    record.join_contacts(s, owner, gone, kept, NOW)
    (change,) = facts.last_changes(s, owner)
    assert facts.keeps_together(s, owner, change) == ""
    assert record.add_introduction(s, owner, an_introduction(kept, raj)) is not None
    assert "a part in an introduction" in facts.keeps_together(s, owner, change)


def test_a_mail_on_its_way_keeps_them_apart_or_together(s: Session, owner: int) -> None:
    gone, kept = two_janes(s, owner)
    claimed = queue.claim(s, owner, approved(s, owner, gone, to="jane@bank.example"), "<c@x>", NOW)
    assert isinstance(claimed, Draft)
    assert record.join_contacts(s, owner, gone, kept, NOW)
    (change,) = facts.last_changes(s, owner)
    assert "on its way" in facts.keeps_together(s, owner, change)
    assert facts.draft(s, owner, claimed.id).contact_id == kept
    queue.settle(s, owner, claimed.id, DraftEvent.ACCEPTED, NOW)
    assert facts.keeps_together(s, owner, change) == ""
    assert facts.draft(s, owner, claimed.id).contact_id != record.part_contacts(s, owner, change)
