"""Past mail with a contact as interactions, and what was exchanged before they were one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mailflow.model.history import PastMail
from mailflow.model.interaction import Deed, Direction
from mailflow.store.bulk import Row, execute_many
from mailflow.store.columns import Base
from mailflow.store.inserts import table_of
from mailflow.store.interactions import later
from mailflow.store.tables import (
    ContactEntry,
    CorrespondentEntry,
    ExchangeEntry,
    InteractionEntry,
)


def take_history(s: Session, owner_id: int, contact_id: int, keys: Iterable[str]) -> bool:
    """Give a contact the exchanges of the correspondents with these addresses, who they are now;
    whether there were any."""
    people, past = table_of(CorrespondentEntry), table_of(ExchangeEntry)
    theirs = (people.c.owner_id == owner_id, people.c.key.in_(list(keys)))
    found = s.execute(
        select(people.c.id, people.c.utc_offset, people.c.language).where(*theirs)
    ).all()
    if not found:
        return False
    ids = [row.id for row in found]
    rows = s.execute(
        select(past.c.message_id, past.c.direction, past.c.at, past.c.people).where(
            past.c.owner_id == owner_id, past.c.correspondent_id.in_(ids)
        )
    )
    deeds = [
        deed(owner_id, contact_id, PastMail(row.message_id, row.direction, (), row.at, row.people))
        for row in rows
    ]
    add_deeds(s, owner_id, deeds)
    offset = next((row.utc_offset for row in found if row.utc_offset is not None), None)
    contact = table_of(ContactEntry)
    if offset is not None:
        s.execute(
            update(contact)
            .where(
                contact.c.owner_id == owner_id,
                contact.c.id == contact_id,
                contact.c.utc_offset.is_(None),
            )
            .values(utc_offset=offset)
        )
    language = next((row.language for row in found if row.language), None)
    if language is not None:
        s.execute(
            update(contact)
            .where(
                contact.c.owner_id == owner_id,
                contact.c.id == contact_id,
                contact.c.language.is_(None),
            )
            .values(language=language)
        )
    s.execute(delete(people).where(*theirs))
    return True


def add_deeds(s: Session, owner_id: int, deeds: Sequence[Row]) -> None:
    """Insert rows of interactions that are missing; the contacts' last instants move with them."""
    insert_missing(s, InteractionEntry, deeds)
    last: dict[int, dict[Direction, datetime]] = {}
    for row in deeds:
        of_contact = last.setdefault(row["contact_id"], {})
        of_contact[row["direction"]] = max(row["at"], of_contact.get(row["direction"], row["at"]))
    for contact_id, at in last.items():
        values: dict[str, Any] = {
            "is_warmth_stale": True,
            "last_contact_at": later(ContactEntry.last_contact_at, max(at.values())),
        }
        if Direction.IN in at:
            values["last_in_at"] = later(ContactEntry.last_in_at, at[Direction.IN])
        if Direction.OUT in at:
            values["last_out_at"] = later(ContactEntry.last_out_at, at[Direction.OUT])
        s.execute(
            update(table_of(ContactEntry))
            .where(ContactEntry.owner_id == owner_id, ContactEntry.id == contact_id)
            .values(**values)
        )


def deed(owner_id: int, contact_id: int, mail: PastMail, text: str = "") -> Row:
    """An interaction as the daemon would record it from the same mail."""
    return {
        "owner_id": owner_id,
        "contact_id": contact_id,
        "direction": mail.direction,
        "deed": Deed.MAIL,
        "at": mail.at,
        "source": f"{mail.message_id} {contact_id}",
        "people": mail.people,
        "text": text,
        "answers_at": None,
        "is_weak": False,
        "by_mailflow": False,
        "message_pk": None,
    }


def exchange(owner_id: int, correspondent_id: int, mail: PastMail) -> Row:
    """A past mail with somebody who is no contact."""
    return {
        "owner_id": owner_id,
        "correspondent_id": correspondent_id,
        "message_id": mail.message_id,
        "direction": mail.direction,
        "at": mail.at,
        "people": mail.people,
    }


def insert_missing(s: Session, entry: type[Base], rows: Sequence[Row]) -> None:
    """Insert those rows, of the same columns all, that no unique constraint knows already."""
    execute_many(s, _insert_or_nothing(table_of(entry), s.get_bind().dialect.name), rows)


@lru_cache(maxsize=16)
def _insert_or_nothing(table: Table, dialect: str) -> Any:
    """Made once for each table, so that the engine's form of it is, too."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing()
