"""What is known of the people an import made contacts of, beyond what the import brought."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select
from sqlalchemy.orm import Session

from mailflow.model.card import Card
from mailflow.model.contact import Tier
from mailflow.model.field_words import in_words
from mailflow.model.interaction import Deed
from mailflow.store.archive import decoded
from mailflow.store.columns import Base, Json
from mailflow.store.import_known import SOURCE
from mailflow.store.inserts import table_of
from mailflow.store.merging import new_values
from mailflow.store.tables import (
    AddressEntry,
    CardEntry,
    ContactEntry,
    DecisionEntry,
    FieldEntry,
    ImportEntry,
    ImportRowEntry,
    InteractionEntry,
    ScoreEntry,
)

PEOPLE = table_of(ContactEntry)
FOLLOWING = frozenset(
    ["id", "owner_id", "created_at", "due_at", "away_until", "last_in_at", "last_out_at",
     "last_contact_at", "warmth", "is_warmth_stale", "utc_offset", "language", "folded_name",
     "folded_given", "doubts"]
)  # fmt: skip
"""Columns that follow from others or from mail, and are not the owner's word."""

OWN = frozenset(
    table_of(entry).name
    for entry in (
        AddressEntry, CardEntry, DecisionEntry, FieldEntry, ImportRowEntry, InteractionEntry,
        ScoreEntry,
    )
)  # fmt: skip
"""Tables whose rows are looked at one by one, or follow from others; a row about somebody in any
other table was learned since."""


def learned(
    s: Session,
    owner_id: int,
    made: ImportEntry,
    people: Mapping[int, Any],
    rows: Mapping[int, Sequence[Any]],
) -> dict[int, str]:
    """Contact -> why they stay, in a sentence; those are left out of whom nothing more is known.

    `people` are their rows, `rows` what the import brought of each, the latest first.
    """
    why: dict[int, str] = {}
    for pk, person in people.items():
        if said := _edited(person, rows[pk]):
            why[pk] = said
    ids = [pk for pk in people if pk not in why]
    if not ids:
        return why
    keys = _keys(rows)
    since = or_(
        InteractionEntry.at > made.made_at,
        InteractionEntry.by_mailflow,
        InteractionEntry.message_pk.is_not(None),
        InteractionEntry.deed != Deed.MAIL,
    )
    questions: tuple[tuple[Any, ColumnElement[bool], str], ...] = (
        (InteractionEntry, since, "stays: you have been in touch since."),
        (AddressEntry, AddressEntry.key.not_in(keys), "stays: another address came to be known."),
        (CardEntry, CardEntry.source.not_like(f"{SOURCE}%"), "stays: a card of theirs came since."),
    )
    for entry, more, said in questions:
        of_them = (entry.owner_id == owner_id, entry.contact_id.in_(ids))
        for pk in s.scalars(select(entry.contact_id).where(*of_them, more).distinct()):
            why.setdefault(pk, said)
    for pk in _in_other_files(s, owner_id, made.id, ids):
        why.setdefault(pk, "stays: another import adds to it.")
    for table, column in _references():
        about = and_(table.c.owner_id == owner_id, column.in_(ids))
        for pk in s.scalars(select(column).where(about).distinct()):
            why.setdefault(pk, "stays: there is more about them since.")
    return why


def _in_other_files(s: Session, owner_id: int, import_id: int, ids: Sequence[int]) -> set[int]:
    """Contacts about whom another import said something new."""
    rows = s.execute(
        select(ImportRowEntry.contact_id, ImportRowEntry.brought).where(
            ImportRowEntry.owner_id == owner_id,
            ImportRowEntry.contact_id.in_(ids),
            ImportRowEntry.import_id != import_id,
        )
    )
    return {row.contact_id for row in rows if row.brought}


def _edited(person: Any, rows: Sequence[Any]) -> str:
    """A column that is not as the import left it."""
    told = _expected(rows)
    for name, value in person._mapping.items():
        if name == "phones":
            value = [phone["e164"] or phone["written"] for phone in value]
        expected = told.get(name)
        present = list(value) if isinstance(value, tuple) else value
        if name not in FOLLOWING and (present or None) != (expected or None):
            return f"stays: this was changed since: {in_words(name)}."
    return ""


def _expected(rows: Sequence[Any]) -> Json:
    """The contact's columns as the import left them."""
    told: Json = {**new_values(Card(), datetime.min.replace(tzinfo=UTC)), "tier": Tier.NONE}
    for row in reversed(rows):
        told |= {name: after for name, (_, after) in row.brought.get("fields", {}).items()}
        rules = row.brought.get("rules", {})
        told |= {name: decoded(PEOPLE, name, value) for name, value in rules.items()}
        for name in ("tags", "urls", "phones"):
            told[name] = [*told[name], *row.brought.get(name, ())]
    return told


def _keys(rows: Mapping[int, Sequence[Any]]) -> list[str]:
    return [
        key
        for of_one in rows.values()
        for row in of_one
        for key in row.brought.get("addresses", ())
    ]


def _references() -> Iterator[tuple[Table, ColumnElement[int]]]:
    """Every column of every other table that refers to a contact."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if (
                table.name not in OWN
                and key.column.table is PEOPLE
                and key.parent.name != "owner_id"
            ):
                yield table, key.parent
