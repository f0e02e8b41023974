"""Introductions in the store: begun once for a pair, changed under a lock, found by what comes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, or_, select, update
from sqlalchemy.orm import Session

from mailflow.errors import NotFound
from mailflow.model.draft import LIVE, Draft, Purpose
from mailflow.model.introduction import Introduction, Side
from mailflow.model.introduction_states import ENDED, IntroductionState
from mailflow.store.inserts import insert_new, table_of
from mailflow.store.rows import draft_of
from mailflow.store.tables import DraftEntry, IntroductionEntry, SideEntry

PAIRS, SIDES = table_of(IntroductionEntry), table_of(SideEntry)
OF_SIDE = tuple(field.name for field in fields(Side))
OF_PAIR = (
    "state", "created_at", "since_at", "due_at", "introduced_at", "final_id", "outcome_asked_at",
    "outcome", "outcome_at",
)  # fmt: skip
"""What of the values is kept under the same name."""


def add_introduction(s: Session, owner_id: int, introduction: Introduction) -> int | None:
    """A new introduction (its `id` is given here); its number, or None when one of the same two
    is open already."""
    low, high = sorted(side.contact_id for side in introduction.sides)
    values = {"owner_id": owner_id, "low_id": low, "high_id": high, **_pair(introduction)}
    made = insert_new(s, IntroductionEntry, values)
    if made is not None:
        rows = [
            {"owner_id": owner_id, "introduction_id": made, "place": place, **_side(side)}
            for place, side in enumerate(introduction.sides, start=1)
        ]
        s.execute(insert(SIDES), rows)
    return made


def introduction(s: Session, owner_id: int, introduction_id: int) -> Introduction:
    """One introduction, which nobody else changes until the transaction is over (SQLite's is the
    only one that writes; elsewhere its row is locked). Raises NotFound."""
    found = _read(s, owner_id, PAIRS.c.id == introduction_id, is_locked=True)
    if not found:
        raise NotFound(f"There is no introduction {introduction_id}.")
    return found[0]


def save_introduction(s: Session, owner_id: int, before: Introduction, after: Introduction) -> bool:
    """Write what became of it; False, and nothing changed, when it is not (any more) in the state
    that `before` saw."""
    statement = (
        update(PAIRS)
        .where(
            PAIRS.c.owner_id == owner_id,
            PAIRS.c.id == after.id,
            PAIRS.c.state == before.state,
            PAIRS.c.since_at == before.since_at,
        )
        .values(**_pair(after))
        .returning(PAIRS.c.id)
    )
    if s.execute(statement).first() is None:
        return False
    for place, (was, side) in enumerate(zip(before.sides, after.sides, strict=True), start=1):
        if was != side:
            itself = (SIDES.c.owner_id == owner_id, SIDES.c.introduction_id == after.id)
            s.execute(update(SIDES).where(*itself, SIDES.c.place == place).values(**_side(side)))
    return True


def introductions(
    s: Session, owner_id: int, states: Iterable[IntroductionState] | None = None
) -> tuple[Introduction, ...]:
    """Those in these states (None: in any), in the order they were begun."""
    return _read(s, owner_id, *(() if states is None else (PAIRS.c.state.in_(set(states)),)))


def introductions_since(s: Session, owner_id: int, since: datetime) -> tuple[Introduction, ...]:
    """Those that can still move, and those that came to their end since."""
    return _read(s, owner_id, or_(PAIRS.c.state.not_in(ENDED), PAIRS.c.since_at >= since))


def introductions_of(s: Session, owner_id: int, contact_id: int) -> tuple[Introduction, ...]:
    """Every introduction the contact is a side of."""
    theirs = or_(PAIRS.c.low_id == contact_id, PAIRS.c.high_id == contact_id)
    return _read(s, owner_id, theirs)


def introductions_between(
    s: Session, owner_id: int, one_id: int, other_id: int
) -> tuple[Introduction, ...]:
    """Every introduction of these two to one another, the latest last."""
    low, high = sorted((one_id, other_id))
    return _read(s, owner_id, PAIRS.c.low_id == low, PAIRS.c.high_id == high)


def due_introductions(
    s: Session, owner_id: int, now: datetime, limit: int = 200
) -> tuple[int, ...]:
    """The numbers of those that time has something to do with, the longest due first."""
    rows = select(PAIRS.c.id).where(PAIRS.c.owner_id == owner_id, PAIRS.c.due_at <= now)
    return tuple(s.scalars(rows.order_by(PAIRS.c.due_at, PAIRS.c.id).limit(limit)))


def drafts_in_introduction(
    s: Session,
    owner_id: int,
    introduction_id: int,
    purposes: Iterable[Purpose],
    contact_id: int | None = None,
) -> tuple[Draft, ...]:
    """The live drafts of it for these purposes, to that side (None: to either)."""
    wanted = select(DraftEntry).where(
        DraftEntry.owner_id == owner_id,
        DraftEntry.introduction_id == introduction_id,
        DraftEntry.purpose.in_(set(purposes)),
        DraftEntry.state.in_(LIVE),
    )
    if contact_id is not None:
        wanted = wanted.where(DraftEntry.contact_id == contact_id)
    return tuple(map(draft_of, s.scalars(wanted.order_by(DraftEntry.id))))


def _read(
    s: Session, owner_id: int, *where: ColumnElement[bool], is_locked: bool = False
) -> tuple[Introduction, ...]:
    statement = (
        select(PAIRS)
        .where(PAIRS.c.owner_id == owner_id, *where)
        .order_by(PAIRS.c.created_at, PAIRS.c.id)
    )
    rows = s.execute(statement.with_for_update() if is_locked else statement).all()
    sides = _sides(s, owner_id, [row.id for row in rows])
    return tuple(_introduction_of(row, *sides[row.id]) for row in rows)


def _sides(s: Session, owner_id: int, ids: Sequence[int]) -> dict[int, list[Side]]:
    found: dict[int, list[Side]] = defaultdict(list)
    if ids:
        rows = select(SIDES).where(SIDES.c.owner_id == owner_id, SIDES.c.introduction_id.in_(ids))
        for row in s.execute(rows.order_by(SIDES.c.introduction_id, SIDES.c.place)):
            found[row.introduction_id].append(
                Side(**{name: row._mapping[name] for name in OF_SIDE})
            )
    return found


def _introduction_of(row: Row[Any], first: Side, second: Side) -> Introduction:
    kept = {name: row._mapping[name] for name in OF_PAIR}
    return Introduction(id=row.id, first=first, second=second, **kept)


def _pair(introduction: Introduction) -> dict[str, Any]:
    return {name: getattr(introduction, name) for name in OF_PAIR}


def _side(side: Side) -> dict[str, Any]:
    return {name: getattr(side, name) for name in OF_SIDE}
