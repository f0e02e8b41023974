"""Introductions made to the owner: who brought whom, and what came of those people."""

from collections import Counter
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mailflow.model.brought import Bringer, Brought
from mailflow.store.contacts import contacts
from mailflow.store.inserts import insert_new
from mailflow.store.tables import BroughtEntry, OutcomeEntry


def note_brought(
    s: Session, owner_id: int, contact_id: int, by_id: int, at: datetime, source: str
) -> bool:
    """Keep that `by_id` brought `contact_id`; False when that was known."""
    values = {
        "owner_id": owner_id,
        "contact_id": contact_id,
        "by_id": by_id,
        "brought_at": at,
        "source": source,
    }
    return insert_new(s, BroughtEntry, values) is not None


def brought_with(s: Session, owner_id: int, contact_id: int) -> tuple[Brought, ...]:
    """The introductions to the owner that a contact made or came by, the earliest first."""
    rows = s.scalars(
        select(BroughtEntry)
        .where(
            BroughtEntry.owner_id == owner_id,
            (BroughtEntry.contact_id == contact_id) | (BroughtEntry.by_id == contact_id),
        )
        .order_by(BroughtEntry.brought_at, BroughtEntry.id)
    ).all()
    ids = {i for row in rows for i in (row.contact_id, row.by_id)}
    people = {each.id: each for each in contacts(s, owner_id, ids)}
    return tuple(Brought(people[row.contact_id], people[row.by_id], row.brought_at) for row in rows)


def bringers(s: Session, owner_id: int, since: datetime, until: datetime) -> tuple[Bringer, ...]:
    """Who brought people or referrals in that time, the most first; introductions count when they
    were made, a referral or opportunity for the one it is kept with."""
    brought = _counted(s, owner_id, BroughtEntry.by_id, BroughtEntry.brought_at, since, until)
    came = _counted(s, owner_id, OutcomeEntry.contact_id, OutcomeEntry.came_at, since, until)
    people = {each.id: each for each in contacts(s, owner_id, brought.keys() | came.keys())}
    found = [Bringer(people[i], brought[i], came[i]) for i in brought.keys() | came.keys()]
    return tuple(sorted(found, key=lambda each: (-each.total, each.contact.id)))


def _counted(
    s: Session,
    owner_id: int,
    whose: InstrumentedAttribute[int],
    at: InstrumentedAttribute[datetime],
    since: datetime,
    until: datetime,
) -> Counter[int]:
    rows = s.execute(
        select(whose, func.count())
        .where(whose.class_.owner_id == owner_id, at >= since, at < until)
        .group_by(whose)
    )
    return Counter({row[0]: row[1] for row in rows})
