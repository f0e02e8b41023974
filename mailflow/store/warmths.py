"""Warmth for many people at once: what it is measured from, and what was measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    String,
    bindparam,
    func,
    insert,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import UserDefinedType

from mailflow.model.contact import Band, Warmth
from mailflow.model.interaction import Brief, Deed, Direction
from mailflow.store.bulk import execute_many
from mailflow.store.inserts import table_of
from mailflow.store.rows import warmth_kept
from mailflow.store.tables import (
    AddressEntry,
    ContactEntry,
    InteractionEntry,
    OwnerEntry,
    ScoreEntry,
)

CONTACTS = table_of(ContactEntry)
PAST = table_of(InteractionEntry).c
DIRECTIONS, DEEDS = {each.value: each for each in Direction}, {each.value: each for each in Deed}


READ_AT_ONCE = 200
"""Rows of histories taken from the engine together; more would be looked through for garbage."""
MANY = 500
"""More people than this are asked for by a range of numbers."""


class Raw(UserDefinedType[Any]):
    """A column as the engine's driver gives it."""

    cache_ok = True


SAVE = (
    update(CONTACTS)
    .where(CONTACTS.c.owner_id == bindparam("of"), CONTACTS.c.id == bindparam("who"))
    .values(warmth=bindparam("kept"), is_warmth_stale=bindparam("no"))
)
SCORES = insert(table_of(ScoreEntry))


@dataclass(frozen=True, slots=True)
class Measured:
    """Somebody whose warmth is measured: what the owner calls them, and the band set by hand."""

    id: int
    called: str
    own_band: Band | None


def measured(s: Session, owner_id: int, contact_ids: Sequence[int]) -> tuple[Measured, ...]:
    """Those of the people whose warmth is measured; one query."""
    contact = CONTACTS.c
    address = (
        select(AddressEntry.written)
        .where(AddressEntry.owner_id == owner_id, AddressEntry.contact_id == contact.id)
        .order_by(AddressEntry.position, AddressEntry.id)
        .limit(1)
        .scalar_subquery()
    )
    rows = s.execute(
        select(contact.id, contact.given, contact.name, address.label("address"), contact.own_band)
        .where(contact.owner_id == owner_id, _among(contact.id, contact_ids), contact.is_scored)
        .order_by(contact.id)
    )
    return tuple(
        Measured(row.id, row.given or row.name or row.address or "", row.own_band) for row in rows
    )


def spans_of_contacts(s: Session, owner_id: int, most: int) -> tuple[range, ...]:
    """Ranges of numbers, each of at most so many, in which all contacts lie."""
    first, last = s.execute(
        select(func.min(CONTACTS.c.id), func.max(CONTACTS.c.id)).where(
            CONTACTS.c.owner_id == owner_id
        )
    ).one()
    if first is None:
        return ()
    return tuple(range(at, min(at + most, last + 1)) for at in range(first, last + 1, most))


def histories(
    s: Session, owner_id: int, contact_ids: Sequence[int]
) -> Iterator[tuple[int, tuple[Brief, ...]]]:
    """Every exchange with each of these people who had any, by their numbers, the earliest first.

    One query, read as it is used up: nobody's history waits for the others'.
    """
    # a hundred thousand rows are read of a Monday: their columns are made into values by hand
    rows = s.execute(
        select(
            PAST.contact_id,
            type_coerce(PAST.direction, String),
            type_coerce(PAST.deed, String),
            type_coerce(PAST.at, Raw),
            PAST.people,
            type_coerce(PAST.answers_at, Raw),
        )
        .where(PAST.owner_id == owner_id, _among(PAST.contact_id, contact_ids))
        .order_by(PAST.contact_id, PAST.at, PAST.id)
    )
    told = chain.from_iterable(rows.partitions(READ_AT_ONCE))
    for contact_id, group in groupby(told, key=itemgetter(0)):
        yield (
            contact_id,
            tuple(
                Brief(
                    DIRECTIONS[direction],
                    DEEDS[deed],
                    _instant(at),
                    people,
                    None if answers_at is None else _instant(answers_at),
                )
                for _, direction, deed, at, people, answers_at in group
            ),
        )


def usual(s: Session, owner_id: int) -> tuple[float, ...]:
    """What `save_usual` kept; empty before the first time."""
    kept = s.scalar(select(OwnerEntry.usual).where(OwnerEntry.id == owner_id))
    # 0: what was kept before it was learnt how long relationships last
    return () if kept is None else (kept["answers"], kept["writes"], kept.get("ends", 0.0))


def save_usual(s: Session, owner_id: int, answers: float, writes: float, ends: float) -> None:
    """Keep what is usual among all contacts, for the measures to come."""
    kept = {"answers": answers, "writes": writes, "ends": ends}
    s.execute(update(table_of(OwnerEntry)).where(OwnerEntry.id == owner_id).values(usual=kept))


def save_warmths(s: Session, owner_id: int, warmths: Mapping[int, Warmth], now: datetime) -> None:
    """Keep what was measured, and in the history the scores that changed; three statements."""
    if not warmths:
        return
    known = _last_scores(s, owner_id, warmths)
    kept = [
        {"of": owner_id, "who": contact_id, "kept": warmth_kept(warmth), "no": False}
        for contact_id, warmth in warmths.items()
    ]
    execute_many(s, SAVE, kept)
    changed = [
        {"owner_id": owner_id, "contact_id": contact_id, "score": w.score, "measured_at": now}
        for contact_id, w in warmths.items()
        if known.get(contact_id) != w.score
    ]
    execute_many(s, SCORES, changed)


def _last_scores(s: Session, owner_id: int, warmths: Mapping[int, Warmth]) -> dict[int, int]:
    """What stands last in the history of each, which is what the contact has."""
    ids = range(min(warmths), max(warmths) + 1) if len(warmths) > MANY else list(warmths)
    score = CONTACTS.c.warmth["score"].as_integer()
    rows = s.execute(
        select(CONTACTS.c.id, score.label("score")).where(
            CONTACTS.c.owner_id == owner_id, _among(CONTACTS.c.id, ids), score.is_not(None)
        )
    )
    return {row.id: row.score for row in rows}


def _among(column: Column[int], ids: Sequence[int]) -> ColumnElement[bool]:
    """Being one of the numbers; a range of them is no list of parameters."""
    return column.between(ids.start, ids.stop - 1) if isinstance(ids, range) else column.in_(ids)


def _instant(at: datetime | str) -> datetime:
    """SQLite keeps text in UTC, PostgreSQL instants."""
    if isinstance(at, str):
        return datetime.fromisoformat(f"{at}+00:00")
    return at.astimezone(UTC)
