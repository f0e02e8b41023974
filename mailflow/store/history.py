"""What was written down about one contact, and the drafts there are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailflow.errors import NotFound
from mailflow.model.actions import Guard
from mailflow.model.draft import LIVE, Draft, DraftState
from mailflow.model.interaction import Interaction
from mailflow.store.people_tables import WARMTH_STALE
from mailflow.store.queue_tables import LIVE_DRAFT
from mailflow.store.rows import draft_of, guard_of, interaction_of
from mailflow.store.tables import ContactEntry, DecisionEntry, DraftEntry, InteractionEntry


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a contact at `at` (aware UTC), with every guard that was asked."""

    at: datetime
    action: str
    reason: str
    guards: tuple[Guard, ...] = ()


def draft(s: Session, owner_id: int, draft_id: int) -> Draft:
    """One draft; raises NotFound."""
    row = s.scalars(
        select(DraftEntry).where(DraftEntry.owner_id == owner_id, DraftEntry.id == draft_id)
    ).one_or_none()
    if row is None:
        raise NotFound(f"There is no draft {draft_id}.")
    return draft_of(row)


def drafts(
    s: Session, owner_id: int, states: Collection[DraftState] | None = None
) -> tuple[Draft, ...]:
    """The drafts in these states (None: in any), in the order they were made."""
    statement = select(DraftEntry).where(DraftEntry.owner_id == owner_id)
    if states is not None:
        statement = statement.where(DraftEntry.state.in_(states))
        if LIVE.issuperset(states):
            statement = statement.where(LIVE_DRAFT)
    return tuple(map(draft_of, s.scalars(statement.order_by(DraftEntry.id))))


def drafts_of(s: Session, owner_id: int, contact_id: int) -> tuple[Draft, ...]:
    """The live drafts to one contact."""
    rows = s.scalars(
        select(DraftEntry)
        .where(DraftEntry.owner_id == owner_id, DraftEntry.contact_id == contact_id, LIVE_DRAFT)
        .order_by(DraftEntry.id)
    )
    return tuple(map(draft_of, rows))


def decisions(s: Session, owner_id: int, contact_id: int) -> tuple[Decision, ...]:
    """What was decided about the contact lately, the latest first."""
    rows = s.scalars(
        select(DecisionEntry)
        .where(DecisionEntry.owner_id == owner_id, DecisionEntry.contact_id == contact_id)
        .order_by(DecisionEntry.id.desc())
    )
    return tuple(
        Decision(row.decided_at, row.action, row.reason, tuple(map(guard_of, row.guards)))
        for row in rows
    )


def interactions(s: Session, owner_id: int, contact_id: int) -> tuple[Interaction, ...]:
    """Every exchange with the contact, the earliest first."""
    rows = s.scalars(
        select(InteractionEntry)
        .where(InteractionEntry.owner_id == owner_id, InteractionEntry.contact_id == contact_id)
        .order_by(InteractionEntry.at, InteractionEntry.id)
    )
    return tuple(map(interaction_of, rows))


def stale(s: Session, owner_id: int, limit: int = 200) -> tuple[int, ...]:
    """The scored contacts with whom something happened since their warmth was measured."""
    statement = select(ContactEntry.id).where(
        ContactEntry.owner_id == owner_id, WARMTH_STALE, ContactEntry.is_scored
    )
    return tuple(s.scalars(statement.order_by(ContactEntry.id).limit(limit)))
