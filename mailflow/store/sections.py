"""Sections of the summary: drafts, who is due, replies, newcomers."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from mailflow.model.address import Address, NamedAddress
from mailflow.model.contact import Contact
from mailflow.model.draft import LIVE
from mailflow.model.interaction import Direction
from mailflow.model.summary import DraftLine, DueLine, NewcomerLine, ReplyLine
from mailflow.store.contacts import contacts
from mailflow.store.interactions import MAIL
from mailflow.store.newcomers import put_off_until, set_aside
from mailflow.store.queue_tables import LIVE_DRAFT
from mailflow.store.rows import draft_of, interaction_of
from mailflow.store.tables import (
    ContactEntry,
    CorrespondentEntry,
    DecisionEntry,
    DraftEntry,
    ExchangeEntry,
    InteractionEntry,
    MessageEntry,
    NewcomerEntry,
)

MOST = 500
"""As many lines of one section are read; nobody reads more, and the summary shows fewer."""


def people(s: Session, owner_id: int, ids: Iterable[int]) -> dict[int, Contact]:
    """The contacts by their numbers."""
    return {each.id: each for each in contacts(s, owner_id, ids)}


def drafts(s: Session, owner_id: int) -> tuple[DraftLine, ...]:
    """Every live draft with its person."""
    rows = s.scalars(
        select(DraftEntry)
        .where(DraftEntry.owner_id == owner_id, LIVE_DRAFT)
        .order_by(DraftEntry.id)
        .limit(MOST)
    ).all()
    whose = people(s, owner_id, (row.contact_id for row in rows))
    return tuple(DraftLine(draft_of(row), whose[row.contact_id]) for row in rows)


def due(s: Session, owner_id: int, until: datetime) -> tuple[DueLine, ...]:
    """Whose turn comes until then, without a live draft, and what was last said about why."""
    has_draft = exists().where(
        DraftEntry.owner_id == owner_id,
        DraftEntry.contact_id == ContactEntry.id,
        DraftEntry.state.in_(LIVE),
    )
    made = aliased(DecisionEntry)
    last_decision = (
        select(func.max(made.id))
        .where(made.owner_id == owner_id, made.contact_id == ContactEntry.id)
        .scalar_subquery()
    )
    rows = s.execute(
        select(ContactEntry.id, ContactEntry.due_at, DecisionEntry.reason)
        .outerjoin(
            DecisionEntry,
            and_(DecisionEntry.owner_id == owner_id, DecisionEntry.id == last_decision),
        )
        .where(ContactEntry.owner_id == owner_id, ContactEntry.due_at <= until, ~has_draft)
        .order_by(ContactEntry.due_at, ContactEntry.id)
        .limit(MOST)
    ).all()
    whose = people(s, owner_id, (row.id for row in rows))
    return tuple(DueLine(whose[row.id], row.due_at, row.reason or "") for row in rows)


def replies(s: Session, owner_id: int, since: datetime) -> tuple[ReplyLine, ...]:
    """Mail that contacts wrote since, and whether the owner wrote to them after it."""
    later = aliased(InteractionEntry)
    is_answered = (
        exists()
        .where(
            later.owner_id == owner_id,
            later.contact_id == InteractionEntry.contact_id,
            later.direction == Direction.OUT,
            later.at > InteractionEntry.at,
        )
        .label("is_answered")
    )
    rows = s.execute(
        select(InteractionEntry, MessageEntry.subject, is_answered)
        .outerjoin(
            MessageEntry,
            and_(MessageEntry.owner_id == owner_id, MessageEntry.id == InteractionEntry.message_pk),
        )
        .where(
            InteractionEntry.owner_id == owner_id,
            InteractionEntry.at >= since,
            InteractionEntry.direction == Direction.IN,
            InteractionEntry.deed.in_(MAIL),
        )
        .order_by(InteractionEntry.at, InteractionEntry.id)
        .limit(MOST)
    ).all()
    whose = people(s, owner_id, (row[0].contact_id for row in rows))
    return tuple(
        ReplyLine(whose[row.contact_id], interaction_of(row), subject or "", bool(answered))
        for row, subject, answered in rows
    )


def newcomers(
    s: Session, owner_id: int, since: datetime, now: datetime
) -> tuple[NewcomerLine, ...]:
    """Unknown humans who wrote since, or were put off until now, and were neither declined nor put
    off for longer; with the mails of past years. First those put off, then the latest."""
    is_put_off = NewcomerEntry.key.in_(put_off_until(owner_id, now))
    rows = s.scalars(
        select(NewcomerEntry)
        .where(
            NewcomerEntry.owner_id == owner_id,
            or_(NewcomerEntry.last_at >= since, is_put_off),
            NewcomerEntry.key.not_in(set_aside(owner_id, now)),
        )
        .order_by(case((is_put_off, 0), else_=1), NewcomerEntry.last_at.desc(), NewcomerEntry.id)
        .limit(MOST)
    ).all()
    past = _exchanged(s, owner_id, [row.key for row in rows])
    return tuple(
        NewcomerLine(
            row.id,
            NamedAddress(Address(row.key, row.written), row.name),
            row.last_at,
            mails_in=max(row.mails, past.get((row.key, Direction.IN), 0)),
            mails_out=max(row.mails_out or 0, past.get((row.key, Direction.OUT), 0)),
        )
        for row in rows
    )


def _exchanged(s: Session, owner_id: int, keys: Sequence[str]) -> dict[tuple[str, Direction], int]:
    """By folded address: the mails each way that the import of past mail found."""
    rows = s.execute(
        select(CorrespondentEntry.key, ExchangeEntry.direction, func.count())
        .join(
            ExchangeEntry,
            and_(
                ExchangeEntry.owner_id == owner_id,
                ExchangeEntry.correspondent_id == CorrespondentEntry.id,
            ),
        )
        .where(CorrespondentEntry.owner_id == owner_id, CorrespondentEntry.key.in_(keys))
        .group_by(CorrespondentEntry.key, ExchangeEntry.direction)
    )
    return {(key, direction): count for key, direction, count in rows}
