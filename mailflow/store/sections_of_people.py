"""Sections of the summary: who is warming or cooling, and whose turn it is."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ScalarSelect, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from mailflow.model.interaction import Deed
from mailflow.model.summary import TurnLine, WarmthLine
from mailflow.store.pairs import favours
from mailflow.store.sections import MOST, people
from mailflow.store.tables import ContactEntry, InteractionEntry, ScoreEntry

WEEKS = 12
MOVED_BY = 5


def warmth(s: Session, owner_id: int, since: datetime, now: datetime) -> tuple[WarmthLine, ...]:
    """The focus list, and everybody whose score moved by five points or more since."""
    before = _score_at(owner_id, since)
    after = _score_at(owner_id, now)
    measured_since = select(ScoreEntry.contact_id).where(
        ScoreEntry.owner_id == owner_id, ScoreEntry.measured_at > since
    )
    moved = and_(ContactEntry.id.in_(measured_since), func.abs(after - before) >= MOVED_BY)
    rows = s.execute(
        select(ContactEntry.id, before)
        .where(
            ContactEntry.owner_id == owner_id,
            ContactEntry.is_scored,
            or_(ContactEntry.is_focus, moved),
        )
        .order_by(ContactEntry.id)
        .limit(MOST)
    ).all()
    whose = people(s, owner_id, (row.id for row in rows))
    weekly = _weekly(s, owner_id, whose, now)
    return tuple(
        WarmthLine(whose[contact_id], score, weekly.get(contact_id, (0,) * WEEKS))
        for contact_id, score in rows
    )


def turns(s: Session, owner_id: int, since: datetime) -> tuple[TurnLine, ...]:
    """Who wrote last, after `since`, and was not answered; and to whom a favour is owed."""
    who = ContactEntry  # for short
    unanswered = and_(
        who.last_in_at >= since, or_(who.last_out_at.is_(None), who.last_out_at < who.last_in_at)
    )
    rows = s.execute(
        select(who.id, who.last_in_at, who.last_out_at)
        .where(who.owner_id == owner_id, or_(unanswered, who.id.in_(_owed(owner_id))))
        .order_by(who.last_in_at.desc(), who.id)
        .limit(MOST)
    ).all()
    ids = [each.id for each in rows]
    whose = people(s, owner_id, ids)
    done = favours(s, owner_id, ids)
    words = _last_favours(s, owner_id, ids)
    return tuple(
        TurnLine(whose[i], in_at, out_at, done[i][0], done[i][1], words.get(i, ""))
        for i, in_at, out_at in rows
    )


def _score_at(owner_id: int, at: datetime) -> ScalarSelect[int]:
    """The score as it was known at that instant (NULL: not measured then)."""
    return (
        select(ScoreEntry.score)
        .where(
            ScoreEntry.owner_id == owner_id,
            ScoreEntry.contact_id == ContactEntry.id,
            ScoreEntry.measured_at <= at,
        )
        .order_by(ScoreEntry.measured_at.desc(), ScoreEntry.id.desc())
        .limit(1)
        .correlate(ContactEntry)
        .scalar_subquery()
    )


def _weekly(
    s: Session, owner_id: int, ids: Collection[int], now: datetime
) -> dict[int, tuple[int, ...]]:
    """How often in touch in each of the last twelve weeks, the oldest first."""
    week = timedelta(weeks=1)
    rows = s.execute(
        select(InteractionEntry.contact_id, InteractionEntry.at).where(
            InteractionEntry.owner_id == owner_id,
            InteractionEntry.contact_id.in_(ids),
            InteractionEntry.at > now - WEEKS * week,
            InteractionEntry.at <= now,
        )
    )
    counts: dict[int, list[int]] = defaultdict(lambda: [0] * WEEKS)
    for contact_id, at in rows:
        counts[contact_id][WEEKS - 1 - (now - at) // week] += 1
    return {contact_id: tuple(count) for contact_id, count in counts.items()}


def _owed(owner_id: int) -> Select[int]:
    """Those who did the owner more favours than they were done."""
    deed = InteractionEntry.deed
    balance = case((deed == Deed.GOT, 1), else_=-1)
    return (
        select(InteractionEntry.contact_id)
        .where(
            InteractionEntry.owner_id == owner_id,
            deed.in_([Deed.GOT, Deed.GAVE, Deed.INTRODUCED]),
        )
        .group_by(InteractionEntry.contact_id)
        .having(func.sum(balance) > 0)
    )


def _last_favours(s: Session, owner_id: int, ids: Collection[int]) -> dict[int, str]:
    rows = s.execute(
        select(InteractionEntry.contact_id, InteractionEntry.text)
        .where(
            InteractionEntry.owner_id == owner_id,
            InteractionEntry.contact_id.in_(ids),
            InteractionEntry.deed == Deed.GOT,
        )
        .order_by(InteractionEntry.at)
    )
    return {row.contact_id: row.text for row in rows}
