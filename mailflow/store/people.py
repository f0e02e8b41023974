"""What the owner says about people: their fields, promises, outcomes, pauses; and newcomers."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypedDict, Unpack

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.orm import Session

from mailflow.errors import NotFound
from mailflow.model.address import Address, NamedAddress
from mailflow.model.contact import Band, Tier
from mailflow.store.columns import clean
from mailflow.store.folding import fold
from mailflow.store.inserts import insert_new, table_of, upsert
from mailflow.store.tables import (
    ContactEntry,
    NewcomerEntry,
    OutcomeEntry,
    OwnerEntry,
    PromiseEntry,
)

CONTACTS = table_of(ContactEntry)
ONE = (
    update(CONTACTS)
    .where(CONTACTS.c.owner_id == bindparam("of"), CONTACTS.c.id == bindparam("pk"))
    .returning(CONTACTS.c.id)
)


class Fields(TypedDict, total=False):
    """What of a contact can be set directly; `due_at` is when to decide about them next."""

    name: str
    given: str
    family: str
    title: str
    org: str
    postal: str
    tier: Tier
    every_days: int | None
    paused_until: datetime | None
    is_focus: bool
    is_scored: bool
    own_band: Band | None
    event: str
    tags: tuple[str, ...]
    met_on: date | None
    notes: str
    wants: str
    offers: str
    promised: str
    through: str
    form: str
    doubts: tuple[str, ...]
    utc_offset: timedelta | None
    language: str
    due_at: datetime | None
    away_until: datetime | None


def update_contact(s: Session, owner_id: int, contact_id: int, **fields: Unpack[Fields]) -> None:
    """Set fields of a contact; raises NotFound."""
    values: dict[str, Any] = dict(fields)
    if "name" in values:
        values["folded_name"] = fold(values["name"])
    if "given" in values:
        values["folded_given"] = fold(values["given"])
    if values.get("utc_offset") is not None:
        values["utc_offset"] = int(values["utc_offset"].total_seconds())
    if s.execute(ONE, {**values, "of": owner_id, "pk": contact_id}).first() is None:
        raise NotFound(f"There is no contact {contact_id}.")


def pause_all(s: Session, owner_id: int, until: datetime | None) -> None:
    """Send nothing to anybody until then (aware UTC; None: go on)."""
    s.execute(
        update(table_of(OwnerEntry)).where(OwnerEntry.id == owner_id).values(paused_until=until)
    )


def add_promise(
    s: Session,
    owner_id: int,
    contact_id: int,
    text: str,
    now: datetime,
    *,
    due_on: date | None = None,
    source: str = "",
) -> int:
    """Keep a promise of the owner's; the number the owner calls it by. The same source again
    gives the same number."""
    last = select(func.coalesce(func.max(PromiseEntry.number), 0)).where(
        PromiseEntry.owner_id == owner_id
    )
    values = {
        "owner_id": owner_id,
        "number": last.scalar_subquery() + 1,
        "contact_id": contact_id,
        "text": text,
        "due_on": due_on,
        "made_at": now,
        "source": source or None,
    }
    made = insert_new(s, PromiseEntry, values)
    this = PromiseEntry.source == source if made is None else PromiseEntry.id == made
    return s.scalars(
        select(PromiseEntry.number).where(PromiseEntry.owner_id == owner_id, this)
    ).one()


def finish_promise(s: Session, owner_id: int, number: int, now: datetime) -> str | None:
    """The promise with that number is kept; its text, or None when no such one is open."""
    table = table_of(PromiseEntry)
    statement = (
        update(table)
        .where(
            PromiseEntry.owner_id == owner_id,
            PromiseEntry.number == number,
            PromiseEntry.kept_at.is_(None),
        )
        .values(kept_at=now)
        .returning(table.c.text)
    )
    return s.execute(statement).scalar_one_or_none()


def add_outcome(
    s: Session,
    owner_id: int,
    contact_id: int,
    text: str,
    now: datetime,
    *,
    value: int | None = None,
    event: str = "",
    source: str = "",
) -> bool:
    """Something came of knowing them; False when the source is known."""
    values = {
        "owner_id": owner_id,
        "contact_id": contact_id,
        "text": text,
        "value": value,
        "event": event,
        "came_at": now,
        "source": source or None,
    }
    return insert_new(s, OutcomeEntry, values) is not None


def note_written_to(s: Session, owner_id: int, address: Address) -> None:
    """The owner wrote to an address; counted where a newcomer has it."""
    s.execute(
        update(table_of(NewcomerEntry))
        .where(NewcomerEntry.owner_id == owner_id, NewcomerEntry.key == address.key)
        .values(mails_out=func.coalesce(NewcomerEntry.mails_out, 0) + 1)
    )


def add_newcomer(
    s: Session, owner_id: int, sender: NamedAddress, message_pk: int, at: datetime
) -> None:
    """An unknown human wrote at `at`: to be offered in the summary."""
    rest: Mapping[str, Any] = {
        "written": sender.address.written,
        "name": sender.name,
        "message_pk": message_pk,
        "first_at": at,
        "last_at": at,
        "mails": 1,
    }
    is_other = NewcomerEntry.message_pk != message_pk
    upsert(
        s,
        NewcomerEntry,
        {"owner_id": owner_id, "key": sender.address.key},
        rest,
        instead={
            "name": clean(sender.name) if sender.name else NewcomerEntry.name,
            "message_pk": message_pk,
            "last_at": case((NewcomerEntry.last_at < at, at), else_=NewcomerEntry.last_at),
            "mails": NewcomerEntry.mails + case((is_other, 1), else_=0),
        },
    )
