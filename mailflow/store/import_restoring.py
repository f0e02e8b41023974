"""What an import brought to one person taken from them again, and given back to where it was."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from mailflow.model.field_words import in_words
from mailflow.model.interaction import Direction
from mailflow.store.columns import Json
from mailflow.store.folding import fold
from mailflow.store.inserts import table_of
from mailflow.store.merging import GROWING
from mailflow.store.tables import (
    AddressEntry,
    CardEntry,
    ContactEntry,
    DraftEntry,
    FieldEntry,
    InteractionEntry,
    MessageEntry,
)
from mailflow.store.waiting import mails_of, return_mails, return_newcomers

DEEDS = table_of(InteractionEntry)


def give_back(s: Session, owner_id: int, people: Mapping[int, Sequence[Any]]) -> None:
    """Past mail and newcomers of people who are about to go become what they were: past mail with
    a correspondent, a newcomer to be offered. `people` are what the import brought of each."""
    of_them = (DEEDS.c.owner_id == owner_id, DEEDS.c.contact_id.in_(list(people)))
    with_mail = set(s.scalars(select(DEEDS.c.contact_id).where(*of_them).distinct()))
    for contact_id, rows in people.items():
        past = [kept for row in rows for kept in row.brought.get("past", ())]
        if past or contact_id in with_mail:
            _return_past(s, owner_id, contact_id, past, rows)
        for row in rows:
            return_newcomers(s, owner_id, row.brought)


def _return_past(
    s: Session, owner_id: int, contact_id: int, past: list[Json], rows: Sequence[Any]
) -> None:
    """What was read from the mailbox after the import belongs to the first of the addresses."""
    known = {message_id for kept in past for message_id in kept["mails"]}
    later = [m for m in mails_of(s, owner_id, contact_id) if m.message_id not in known]
    if later and not past:
        key = next(key for row in rows for key in row.brought.get("addresses", ()))
        past = [{"key": key, "written": key, "name": "", "utc_offset": None, "mails": []}]
    for at, kept in enumerate(past):
        return_mails(s, owner_id, contact_id, kept, () if at else later)


def take_back(s: Session, owner_id: int, person: Any, rows: Sequence[Any]) -> list[str]:
    """Somebody known loses what the import added, the latest first; sentences about what stays
    because it was changed since."""
    values = dict(person._mapping)
    stays: list[str] = []
    for row in rows:
        brought: Json = row.brought
        stays += _fields_back(values, brought)
        for name in ("tags", "urls"):
            gone = set(brought.get(name, ()))
            values[name] = tuple(each for each in values[name] if each not in gone)
        gone = set(brought.get("phones", ()))
        values["phones"] = [p for p in values["phones"] if (p["e164"] or p["written"]) not in gone]
        stays += _addresses_back(s, owner_id, person.id, brought)
        _forget_row(s, owner_id, person.id, row.source)
    values |= {"folded_name": fold(values["name"]), "folded_given": fold(values["given"])}
    changed = {name: value for name, value in values.items() if value != getattr(person, name)}
    table = table_of(ContactEntry)
    itself = (table.c.owner_id == owner_id, table.c.id == person.id)
    if any("past" in row.brought for row in rows):
        changed |= _last_instants(s, owner_id, person.id)
    if changed:
        s.execute(update(table).where(*itself).values(**changed))
    return stays


def _fields_back(values: dict[str, Any], brought: Json) -> list[str]:
    stays = []
    for name, (before, after) in brought.get("fields", {}).items():
        present = values[name]
        if present == after:
            values[name] = before
        elif name in GROWING and present.startswith(after):
            values[name] = (before + present[len(after) :]).lstrip("\n; ")
        elif present != before:
            stays.append(f"keeps what was changed since: {in_words(name)}.")
    return stays


def _addresses_back(s: Session, owner_id: int, contact_id: int, brought: Json) -> list[str]:
    stays: list[str] = []
    used: list[str] = []
    table = table_of(AddressEntry)
    for key in brought.get("addresses", ()):
        if _is_used(s, owner_id, key):
            stays.append(f"keeps {key}: there is mail with it.")
            used.append(key)
            continue
        this = (table.c.owner_id == owner_id, table.c.contact_id == contact_id, table.c.key == key)
        s.execute(delete(table).where(*this))
        for kept in brought.get("past", ()):
            if kept["key"] == key:
                return_mails(s, owner_id, contact_id, kept, ())
    return_newcomers(s, owner_id, brought, but=used)
    return stays


def _is_used(s: Session, owner_id: int, key: str) -> bool:
    is_to = or_(DraftEntry.to_key == key, DraftEntry.second_key == key)
    drafts = (DraftEntry.owner_id == owner_id, is_to)
    mails = (
        MessageEntry.owner_id == owner_id,
        MessageEntry.sender_key == key,
        MessageEntry.contact_id.is_not(None),
    )
    asked = (select(DraftEntry.id).where(*drafts), select(MessageEntry.id).where(*mails))
    return any(s.scalar(each.limit(1)) is not None for each in asked)


def _forget_row(s: Session, owner_id: int, contact_id: int, source: str) -> None:
    for entry in (FieldEntry, CardEntry):
        table = table_of(entry)
        of_them = (table.c.owner_id == owner_id, table.c.contact_id == contact_id)
        s.execute(delete(table).where(*of_them, table.c.source == source))


def _last_instants(s: Session, owner_id: int, contact_id: int) -> dict[str, Any]:
    """When somebody was last in touch, after mails of theirs went."""
    of_them = (DEEDS.c.owner_id == owner_id, DEEDS.c.contact_id == contact_id)

    def last(*more: Any) -> datetime | None:
        found: datetime | None = s.scalar(select(func.max(DEEDS.c.at)).where(*of_them, *more))
        return found

    mail = DEEDS.c.deed.in_(["mail", "reply"])
    return {
        "last_contact_at": last(),
        "last_in_at": last(mail, DEEDS.c.direction == Direction.IN),
        "last_out_at": last(mail, DEEDS.c.direction == Direction.OUT),
        "is_warmth_stale": True,
    }
