"""Who knows whom, and whom the owner never wants to introduce."""

from collections.abc import Iterable
from datetime import datetime
from itertools import combinations

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from mailflow.store.inserts import insert_new, table_of, upsert
from mailflow.store.tables import AcquaintedEntry, NeverEntry


def note_acquainted(
    s: Session, owner_id: int, contact_ids: Iterable[int], at: datetime, subject: str = ""
) -> None:
    """These contacts were in one mail, written at `at`; of several mails the latest is kept."""
    for low, high in combinations(sorted(set(contact_ids)), 2):
        key = {"owner_id": owner_id, "low_id": low, "high_id": high}
        rest = {"seen_at": at, "subject": subject}
        known = acquainted(s, owner_id, low, high)
        if known is None or known[0] < at:
            upsert(s, AcquaintedEntry, key, rest)


def acquainted(
    s: Session, owner_id: int, one_id: int, other_id: int
) -> tuple[datetime, str] | None:
    """When the latest mail with both in it was written, and its subject; None: there is none."""
    low, high = sorted((one_id, other_id))
    row = s.execute(
        select(AcquaintedEntry.seen_at, AcquaintedEntry.subject).where(
            AcquaintedEntry.owner_id == owner_id,
            AcquaintedEntry.low_id == low,
            AcquaintedEntry.high_id == high,
        )
    ).one_or_none()
    return None if row is None else (row.seen_at, row.subject)


def never_introduce(s: Session, owner_id: int, one_id: int, other_id: int | None = None) -> bool:
    """Never introduce these two, or (`other_id` None) the one to anybody; False if that was so."""
    low, high = _pair(one_id, other_id)
    values = {"owner_id": owner_id, "low_id": low, "high_id": high}
    return insert_new(s, NeverEntry, values) is not None


def may_introduce(s: Session, owner_id: int, one_id: int, other_id: int | None = None) -> bool:
    """Take such a never back; False when there was none."""
    low, high = _pair(one_id, other_id)
    never = table_of(NeverEntry)
    statement = (
        delete(never)
        .where(never.c.owner_id == owner_id, never.c.low_id == low, never.c.high_id == high)
        .returning(never.c.id)
    )
    return s.execute(statement).first() is not None


def is_never_introduced(
    s: Session, owner_id: int, one_id: int, other_id: int | None = None
) -> bool:
    """Whether the owner never wants to introduce these two, or the one to anybody."""
    low, high = _pair(one_id, other_id)
    never = NeverEntry
    itself = (never.owner_id == owner_id, never.low_id == low, never.high_id == high)
    return s.scalar(select(never.id).where(*itself)) is not None


def nevers_of(s: Session, owner_id: int, contact_id: int) -> tuple[int | None, ...]:
    """Whom the contact is never introduced to; None among them: to anybody."""
    never = NeverEntry
    theirs = or_(never.low_id == contact_id, never.high_id == contact_id)
    rows = s.execute(
        select(never.low_id, never.high_id)
        .where(never.owner_id == owner_id, theirs)
        .order_by(never.id)
    )
    found = (next((each for each in row if each != contact_id), None) for row in rows)
    return tuple(found)


def _pair(one_id: int, other_id: int | None) -> tuple[int, int]:
    low, high = sorted((one_id, one_id if other_id is None else other_id))
    return low, high
