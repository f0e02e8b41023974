"""The people the owner has long exchanged mail with who are no contacts: to be offered as such."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from mailflow.errors import NotFound
from mailflow.model.address import Address
from mailflow.model.history import Correspondent
from mailflow.model.interaction import Direction
from mailflow.store.chunks import chunks
from mailflow.store.inserts import table_of
from mailflow.store.tables import CorrespondentEntry, ExchangeEntry

PEOPLE, PAST = table_of(CorrespondentEntry), table_of(ExchangeEntry)
EACH_WAY = 2
"""So many mails in each direction make an acquaintance."""

PERSONAL = 10
"""Mail to more people than this is no sign of knowing one of them."""


def acquaintances(
    s: Session,
    owner_id: int,
    limit: int = 1000,
    *,
    apart: Select[Any] | None = None,
    first: Select[Any] | None = None,
) -> tuple[Correspondent, ...]:
    """Correspondents written to, and heard from, at least twice, by mail to a few people; the most
    mutual first. `apart` selects folded addresses that are left out, `first` some to begin with."""
    heard, written = _mails(Direction.IN), _mails(Direction.OUT)
    mutual = case((heard < written, heard), else_=written)
    begin = [] if first is None else [case((PEOPLE.c.key.in_(first), 0), else_=1)]
    statement = (
        _counted(owner_id)
        .having(heard >= EACH_WAY, written >= EACH_WAY)
        .order_by(*begin, mutual.desc(), func.max(PAST.c.at).desc(), PEOPLE.c.id)
        .limit(limit)
    )
    if apart is not None:
        statement = statement.where(PEOPLE.c.key.not_in(apart))
    return _read(s, owner_id, statement)


def correspondents(s: Session, owner_id: int, ids: Sequence[int]) -> tuple[Correspondent, ...]:
    """Correspondents by number, in that order; raises NotFound."""
    found: dict[int, Correspondent] = {}
    for some in chunks(ids):
        rows = _read(s, owner_id, _counted(owner_id).where(PEOPLE.c.id.in_(some)))
        found |= {each.id: each for each in rows}
    missing = next((pk for pk in ids if pk not in found), None)
    if missing is not None:
        raise NotFound(f"There is nobody with the number {missing}; `mailflow adopt` lists them.")
    return tuple(found[pk] for pk in ids)


def _counted(owner_id: int) -> Select[Any]:
    return (
        select(
            PEOPLE.c.id,
            PEOPLE.c.written.label("address"),
            PEOPLE.c.name,
            PEOPLE.c.utc_offset,
            PEOPLE.c.language,
            _mails(Direction.IN).label("heard"),
            _mails(Direction.OUT).label("written"),
            func.min(PAST.c.at).label("first_at"),
            func.max(PAST.c.at).label("last_at"),
        )
        .join(
            PAST, (PAST.c.owner_id == PEOPLE.c.owner_id) & (PAST.c.correspondent_id == PEOPLE.c.id)
        )
        .where(PEOPLE.c.owner_id == owner_id)
        .group_by(PEOPLE.c.id)
    )


def _mails(direction: Direction) -> Any:
    is_one = (PAST.c.direction == direction) & (PAST.c.people <= PERSONAL)
    return func.coalesce(func.sum(case((is_one, 1), else_=0)), 0)


def _read(s: Session, owner_id: int, statement: Select[Any]) -> tuple[Correspondent, ...]:
    rows = s.execute(statement).all()
    gaps = _median_gaps(s, owner_id, [row.id for row in rows])
    return tuple(
        Correspondent(
            id=row.id,
            address=address,
            name=row.name,
            heard=row.heard,
            written=row.written,
            first_at=row.first_at,
            last_at=row.last_at,
            median_gap_days=gaps.get(row.id),
            utc_offset=None if row.utc_offset is None else timedelta(seconds=row.utc_offset),
            language=row.language or "",
        )
        for row in rows
        if (address := Address.maybe(row.address)) is not None
    )


def _median_gaps(s: Session, owner_id: int, ids: Sequence[int]) -> dict[int, float]:
    """The usual pause in days between two days with mail."""
    gaps: dict[int, list[int]] = defaultdict(list)
    for some in chunks(ids):
        last: dict[int, datetime] = {}
        rows = s.execute(
            select(PAST.c.correspondent_id, PAST.c.at)
            .where(
                PAST.c.owner_id == owner_id,
                PAST.c.correspondent_id.in_(some),
            )
            .order_by(PAST.c.at)
        )
        for row in rows:
            before = last.get(row.correspondent_id)
            if before is not None and (days := (row.at.date() - before.date()).days):
                gaps[row.correspondent_id].append(days)
            last[row.correspondent_id] = row.at
    return {pk: float(median(found)) for pk, found in gaps.items()}
