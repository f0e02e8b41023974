"""Everything that is kept about one person, ready for JSON."""

from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.orm import Session

from mailflow.errors import NotFound
from mailflow.store.columns import Base, plain
from mailflow.store.inserts import table_of
from mailflow.store.introduction_rights import introductions_told
from mailflow.store.tables import (
    AddressEntry,
    BroughtEntry,
    CardEntry,
    ChangeEntry,
    ContactEntry,
    DecisionEntry,
    DraftEntry,
    FieldEntry,
    ImportRowEntry,
    InteractionEntry,
    MessageEntry,
    NewcomerOfferEntry,
    OutcomeEntry,
    PromiseEntry,
    ScoreEntry,
    SuggestionEntry,
)

THEIRS: tuple[type[Base], ...] = (
    AddressEntry,
    FieldEntry,
    CardEntry,
    ImportRowEntry,
    InteractionEntry,
    PromiseEntry,
    OutcomeEntry,
    DecisionEntry,
    ScoreEntry,
    DraftEntry,
    ChangeEntry,
)
"""The tables whose rows are about one contact."""

BETWEEN: tuple[tuple[type[Base], str, str], ...] = (
    (SuggestionEntry, "first_id", "second_id"),
    (BroughtEntry, "contact_id", "by_id"),
)
"""The tables whose rows are about two, with the columns that say which."""

INNER = frozenset({"owner_id", "contact_id", "raw", "crop", "folded_name", "folded_given"})
"""Columns that tell nothing that is not told by others."""


def export_contact(s: Session, owner_id: int, contact_id: int) -> dict[str, Any]:
    """What is kept about a person, by table; instants as ISO 8601 in UTC. Raises NotFound."""
    people = table_of(ContactEntry)
    itself = _rows(s, people, people.c.owner_id == owner_id, people.c.id == contact_id)
    if not itself:
        raise NotFound(f"There is no contact {contact_id}.")
    found: dict[str, Any] = {"contact": itself[0]}
    for entry in THEIRS:
        table = table_of(entry)
        found[table.name] = _rows(
            s, table, table.c.owner_id == owner_id, table.c.contact_id == contact_id
        )
    found["introduction"] = [
        {name: plain(value) for name, value in each.items()}
        for each in introductions_told(s, owner_id, contact_id)
    ]
    found["suggestion"] = _between(
        s, owner_id, contact_id, SuggestionEntry, "first_id", "second_id"
    )
    found["brought"] = _between(s, owner_id, contact_id, BroughtEntry, "contact_id", "by_id")
    found["newcomer_offer"] = _offers(s, owner_id, contact_id)
    found["message"] = _messages(s, owner_id, contact_id)
    return found


def _between(
    s: Session, owner_id: int, contact_id: int, entry: type[Base], one: str, other: str
) -> list[dict[str, Any]]:
    """Rows about two contacts, of whom this is one; the other is told by number only."""
    table = table_of(entry)
    theirs = or_(table.c[one] == contact_id, table.c[other] == contact_id)
    return _rows(s, table, table.c.owner_id == owner_id, theirs)


def _offers(s: Session, owner_id: int, contact_id: int) -> list[dict[str, Any]]:
    """When a summary offered them, before they were a contact."""
    offers, addresses = table_of(NewcomerOfferEntry), table_of(AddressEntry)
    theirs = select(addresses.c.key).where(
        addresses.c.owner_id == owner_id, addresses.c.contact_id == contact_id
    )
    return _rows(s, offers, offers.c.owner_id == owner_id, offers.c.key.in_(theirs))


def _messages(s: Session, owner_id: int, contact_id: int) -> list[dict[str, Any]]:
    """Mail from them, and mail that was concluded to be to them."""
    with_them = select(InteractionEntry.message_pk).where(
        InteractionEntry.owner_id == owner_id, InteractionEntry.contact_id == contact_id
    )
    mail = table_of(MessageEntry)
    theirs = or_(mail.c.contact_id == contact_id, mail.c.id.in_(with_them))
    return _rows(s, mail, mail.c.owner_id == owner_id, theirs)


def _rows(s: Session, table: Table, *where: ColumnElement[bool]) -> list[dict[str, Any]]:
    columns = [column for column in table.columns if column.name not in INNER]
    rows = s.execute(select(*columns).where(*where).order_by(table.c.id)).mappings()
    return [{name: plain(value) for name, value in row.items()} for row in rows]
