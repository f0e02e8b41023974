"""Warmth for many people at once: what it is measured from, and what was measured."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from mailflow.model.contact import Band, Warmth
from mailflow.model.interaction import Interaction
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
TOLD = ("contact_id", "direction", "deed", "at", "people", "answers_at")
SAVE = (
    update(CONTACTS)
    .where(CONTACTS.c.owner_id == bindparam("of"), CONTACTS.c.id == bindparam("who"))
    .values(warmth=bindparam("kept"), is_warmth_stale=False)
)


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
        .where(contact.owner_id == owner_id, contact.id.in_(contact_ids), contact.is_scored)
        .order_by(contact.id)
    )
    return tuple(
        Measured(row.id, row.given or row.name or row.address or "", row.own_band) for row in rows
    )


def histories(
    s: Session, owner_id: int, contact_ids: Sequence[int]
) -> dict[int, tuple[Interaction, ...]]:
    """Every exchange with each of these people, without its text, the earliest first; one query."""
    columns = [PAST[name] for name in TOLD]
    rows = s.execute(
        select(*columns)
        .where(PAST.owner_id == owner_id, PAST.contact_id.in_(contact_ids))
        .order_by(PAST.at, PAST.id)
    )
    found: defaultdict[int, list[Interaction]] = defaultdict(list)
    for contact_id, direction, deed, at, people, answers_at in rows:
        found[contact_id].append(
            Interaction(contact_id, direction, deed, at, "", people, answers_at=answers_at)
        )
    return {contact_id: tuple(each) for contact_id, each in found.items()}


def usual(s: Session, owner_id: int) -> tuple[float, ...]:
    """What `save_usual` kept; empty before the first time."""
    kept = s.scalar(select(OwnerEntry.usual).where(OwnerEntry.id == owner_id))
    return () if kept is None else (kept["answers"], kept["writes"])


def save_usual(s: Session, owner_id: int, answers: float, writes: float) -> None:
    """Keep what is usual among all contacts, for the measures to come."""
    kept = {"answers": answers, "writes": writes}
    s.execute(update(table_of(OwnerEntry)).where(OwnerEntry.id == owner_id).values(usual=kept))


def save_warmths(s: Session, owner_id: int, warmths: Mapping[int, Warmth], now: datetime) -> None:
    """Keep what was measured, and in the history the scores that changed; three statements."""
    if not warmths:
        return
    known = _last_scores(s, owner_id, list(warmths))
    s.connection().execute(
        SAVE,
        [
            {"of": owner_id, "who": contact_id, "kept": warmth_kept(warmth)}
            for contact_id, warmth in warmths.items()
        ],
    )
    changed = [
        {"owner_id": owner_id, "contact_id": contact_id, "score": w.score, "measured_at": now}
        for contact_id, w in warmths.items()
        if known.get(contact_id) != w.score
    ]
    if changed:
        s.execute(insert(table_of(ScoreEntry)), changed)


def _last_scores(s: Session, owner_id: int, contact_ids: Sequence[int]) -> dict[int, int]:
    latest = (
        select(func.max(ScoreEntry.id))
        .where(ScoreEntry.owner_id == owner_id, ScoreEntry.contact_id.in_(contact_ids))
        .group_by(ScoreEntry.contact_id)
    )
    rows = s.execute(
        select(ScoreEntry.contact_id, ScoreEntry.score).where(ScoreEntry.id.in_(latest))
    )
    return {row.contact_id: row.score for row in rows}
