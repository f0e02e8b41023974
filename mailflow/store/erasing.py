"""The open question whether to erase somebody: until it is answered nothing leaves to them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from mailflow.store.drafts import DRAFTS, WAITING
from mailflow.store.inserts import table_of
from mailflow.store.tables import TokenEntry, TokenItemEntry

ERASE = "forget"
"""The purpose of the token that such a question carries."""

TOKENS = table_of(TokenEntry)
ITEMS = table_of(TokenItemEntry)


def is_asked(owner_id: int, contact_ids: Collection[int], now: datetime) -> ColumnElement[bool]:
    """Whether the owner is being asked about one of them, for the claim of a draft."""
    return exists().where(*_open(owner_id, contact_ids, now))


def erasure_asked(
    s: Session, owner_id: int, contact_ids: Collection[int], now: datetime
) -> dict[int, datetime]:
    """Those of the contacts the owner is being asked about, and until when he may answer."""
    rows = s.execute(
        select(ITEMS.c.contact_id, func.max(TOKENS.c.expires_at))
        .where(*_open(owner_id, contact_ids, now))
        .group_by(ITEMS.c.contact_id)
    )
    return {row[0]: row[1] for row in rows}


def close_erasure(
    s: Session, owner_id: int, contact_id: int, now: datetime, *, only: int | None = None
) -> None:
    """The owner said no: no other question about them stays open, and their drafts go on. With
    `only` a question is withdrawn, by its token; another one holds them as before."""
    these = select(ITEMS.c.id).where(*_open(owner_id, [contact_id], now))
    if only is not None:
        these = these.where(ITEMS.c.token_id == only)
    s.execute(
        update(ITEMS)
        .where(ITEMS.c.owner_id == owner_id, ITEMS.c.id.in_(these))
        .values(is_void=True)
    )
    is_theirs = or_(DRAFTS.c.contact_id == contact_id, DRAFTS.c.second_contact_id == contact_id)
    s.execute(
        update(DRAFTS)
        .where(DRAFTS.c.owner_id == owner_id, is_theirs, DRAFTS.c.state.in_(WAITING))
        .values(look_at=now, held_because="")
    )


def _open(
    owner_id: int, contact_ids: Collection[int], now: datetime
) -> tuple[ColumnElement[bool], ...]:
    return (
        and_(TOKENS.c.owner_id == ITEMS.c.owner_id, TOKENS.c.id == ITEMS.c.token_id),
        ITEMS.c.owner_id == owner_id,
        ITEMS.c.contact_id.in_(contact_ids),
        ITEMS.c.used_at.is_(None),
        ~ITEMS.c.is_void,
        TOKENS.c.purpose == ERASE,
        TOKENS.c.expires_at > now,
    )
