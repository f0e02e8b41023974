"""An import taken back: exactly what it brought, and nothing that was learned since."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from mailflow.errors import MailflowError, NotFound
from mailflow.model.imports import Undone
from mailflow.store.chunks import chunks
from mailflow.store.import_learned import learned
from mailflow.store.import_restoring import give_back, take_back
from mailflow.store.inserts import table_of
from mailflow.store.tables import ContactEntry, ImportEntry, ImportRowEntry

PEOPLE, ROWS = table_of(ContactEntry), table_of(ImportRowEntry)


def undo_import(s: Session, owner_id: int, number: int, now: datetime) -> Undone:
    """Take an import back.

    Whoever it made a contact goes, with past mail and newcomers as they were before; unless
    something was learned since: they were written to, edited, met, in another file. Whoever was
    known loses what it added, except what was changed since. Raises NotFound, and MailflowError
    when it was taken back before.
    """
    made = s.scalars(
        select(ImportEntry).where(ImportEntry.owner_id == owner_id, ImportEntry.number == number)
    ).one_or_none()
    if made is None:
        raise NotFound(f"There is no import {number}; `mailflow import list` shows them.")
    if made.undone_at is not None:
        day = f"{made.undone_at:%d %B %Y}"
        raise MailflowError(f"Import {number} was taken back already, on {day}.")
    gone = reverted = 0
    kept: list[tuple[str, str]] = []
    for some in chunks(_rows(s, owner_id, made.id)):
        rows = dict(some)
        people = _people(s, owner_id, list(rows))
        new = {pk: of_one for pk, of_one in rows.items() if of_one[-1].is_new}
        why = learned(s, owner_id, made, {pk: people[pk] for pk in new}, new)
        kept += [(_label(people[pk], rows[pk]), said) for pk, said in why.items()]
        for pk, of_one in rows.items():
            if pk not in new:
                stays = take_back(s, owner_id, people[pk], of_one)
                kept += [(_label(people[pk], of_one), said) for said in stays]
                reverted += 1
        gone += _remove(s, owner_id, {pk: new[pk] for pk in new if pk not in why})
    s.execute(delete(ROWS).where(ROWS.c.owner_id == owner_id, ROWS.c.import_id == made.id))
    table = table_of(ImportEntry)
    this = (table.c.owner_id == owner_id, table.c.id == made.id)
    s.execute(update(table).where(*this).values(undone_at=now))
    return Undone(gone, reverted, tuple(kept))


def _rows(s: Session, owner_id: int, import_id: int) -> Iterator[tuple[int, list[Any]]]:
    """What the import brought, by contact, the latest first; one that made them a contact last."""
    rows = s.execute(
        select(ROWS)
        .where(ROWS.c.owner_id == owner_id, ROWS.c.import_id == import_id)
        .order_by(ROWS.c.contact_id, ROWS.c.id.desc())
    ).all()
    for contact_id, of_one in groupby(rows, key=lambda row: row.contact_id):
        yield contact_id, list(of_one)


def _people(s: Session, owner_id: int, ids: Sequence[int]) -> dict[int, Any]:
    rows = s.execute(select(PEOPLE).where(PEOPLE.c.owner_id == owner_id, PEOPLE.c.id.in_(ids)))
    return {row.id: row for row in rows}


def _remove(s: Session, owner_id: int, people: Mapping[int, Sequence[Any]]) -> int:
    """Delete contacts with all that hangs on them; their past is given back before."""
    give_back(s, owner_id, people)
    ids = list(people)
    s.execute(delete(PEOPLE).where(PEOPLE.c.owner_id == owner_id, PEOPLE.c.id.in_(ids)))
    return len(ids)


def _label(person: Any, rows: Sequence[Any]) -> str:
    first = next((key for row in rows for key in row.brought.get("addresses", ())), "")
    return str(person.name or first or f"contact {person.id}")
