"""What happened with a contact, what was decided about them, and when to look at them again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, case, delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from mailflow.model.actions import Guard
from mailflow.model.contact import Warmth
from mailflow.model.draft import Draft
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.store.drafts import WAITING
from mailflow.store.inserts import insert_new, table_of
from mailflow.store.rows import guard_kept
from mailflow.store.tables import (
    ContactEntry,
    DecisionEntry,
    DraftEntry,
    InteractionEntry,
    MessageEntry,
)
from mailflow.store.warmths import save_warmths

MAIL = frozenset({Deed.MAIL, Deed.REPLY})

DECISIONS_KEPT = 20

DECISIONS = table_of(DecisionEntry)
OF_CONTACT = (
    DECISIONS.c.owner_id == bindparam("of"),
    DECISIONS.c.contact_id == bindparam("whom"),
)
NEWEST_FIRST = select(DECISIONS.c.id).where(*OF_CONTACT).order_by(DECISIONS.c.id.desc()).limit(1)
RENEW = (
    update(DECISIONS)
    .where(
        *OF_CONTACT,
        DECISIONS.c.action == bindparam("what"),
        DECISIONS.c.reason == bindparam("why"),
        DECISIONS.c.id == NEWEST_FIRST.scalar_subquery(),
    )
    .returning(DECISIONS.c.id)
)
FORGET_OLD = delete(DECISIONS).where(
    *OF_CONTACT, DECISIONS.c.id <= NEWEST_FIRST.offset(DECISIONS_KEPT).scalar_subquery()
)


def origin(owner_id: int, source: str) -> ScalarSelect[int]:
    """The recorded message a source begins with the Message-ID of (NULL when there is none)."""
    return (
        select(MessageEntry.id)
        .where(
            MessageEntry.owner_id == owner_id,
            MessageEntry.message_id == source.partition(" ")[0],
        )
        .scalar_subquery()
    )


def add_interaction(
    s: Session,
    owner_id: int,
    interaction: Interaction,
    *,
    message_pk: int | None = None,
    by_mailflow: bool = False,
) -> bool:
    """Record an exchange; False, and nothing changed, when its source is known.

    The contact's last instants move with it, and its warmth is to be measured again. The message
    it was concluded from is the one its source begins with, unless `message_pk` tells.
    `by_mailflow`: an approved draft went out, the owner did not write by hand.
    """
    source = interaction.source
    inserted = insert_new(
        s,
        InteractionEntry,
        {
            "owner_id": owner_id,
            "contact_id": interaction.contact_id,
            "direction": interaction.direction,
            "deed": interaction.deed,
            "at": interaction.at,
            "source": source,
            "people": interaction.people,
            "text": interaction.text,
            "answers_at": interaction.answers_at,
            "is_weak": interaction.is_weak,
            "by_mailflow": by_mailflow,
            "message_pk": origin(owner_id, source) if message_pk is None else message_pk,
        },
    )
    if inserted is None:
        return False
    values: dict[str, Any] = {
        "is_warmth_stale": True,
        "last_contact_at": later(ContactEntry.last_contact_at, interaction.at),
    }
    if interaction.deed in MAIL and interaction.direction is Direction.IN:
        values["last_in_at"] = later(ContactEntry.last_in_at, interaction.at)
    if interaction.deed in MAIL and interaction.direction is Direction.OUT:
        values["last_out_at"] = later(ContactEntry.last_out_at, interaction.at)
    _set(s, owner_id, interaction.contact_id, **values)
    return True


def add_sent_interaction(s: Session, owner_id: int, draft: Draft, now: datetime) -> bool:
    """A draft went out; its copy in Sent, seen later, is known by the same source."""
    source = f"{draft.message_id or f'draft-{draft.id}'} {draft.contact_id}"
    at = draft.sent_at or now
    mail = Interaction(draft.contact_id, Direction.OUT, Deed.MAIL, at, source)
    return add_interaction(s, owner_id, mail, by_mailflow=True)


def wake_contact(s: Session, owner_id: int, contact_id: int, now: datetime) -> None:
    """Something happened: decide about the contact, and their waiting drafts, in this tick."""
    _set(s, owner_id, contact_id, due_at=now)
    s.execute(
        update(table_of(DraftEntry))
        .where(
            DraftEntry.owner_id == owner_id,
            DraftEntry.contact_id == contact_id,
            DraftEntry.state.in_(WAITING),
        )
        .values(look_at=now)
    )


def set_away(s: Session, owner_id: int, contact_id: int, until: datetime | None) -> None:
    """Their out-of-office says so."""
    _set(s, owner_id, contact_id, away_until=until)


def save_warmth(s: Session, owner_id: int, contact_id: int, warmth: Warmth, now: datetime) -> None:
    """Keep a measured warmth, and its score in the history when it changed."""
    save_warmths(s, owner_id, {contact_id: warmth}, now)


def note_decision(
    s: Session,
    owner_id: int,
    contact_id: int,
    action_name: str,
    reason: str,
    guards: Sequence[Guard],
    now: datetime,
) -> None:
    """Keep what was decided and why; the same decision again only renews the last one."""
    kept = [guard_kept(guard) for guard in guards]
    of_contact = {"of": owner_id, "whom": contact_id}
    same = {"what": action_name, "why": reason}
    values = {"guards": kept, "decided_at": now}
    if s.execute(RENEW, {**values, **of_contact, **same}).first() is not None:
        return
    about = {"owner_id": owner_id, "contact_id": contact_id}
    insert_new(s, DecisionEntry, {**about, "action": action_name, "reason": reason, **values})
    s.execute(FORGET_OLD, of_contact)


def _set(s: Session, owner_id: int, contact_id: int, **values: Any) -> None:
    s.execute(
        update(table_of(ContactEntry))
        .where(ContactEntry.owner_id == owner_id, ContactEntry.id == contact_id)
        .values(**values)
    )


def later(column: "InstrumentedAttribute[datetime | None]", at: datetime) -> Any:
    """What a column of instants is to hold so that it never goes back."""
    return case((or_(column.is_(None), column < at), at), else_=column)
