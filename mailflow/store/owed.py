"""What the owner owes people in words: an answer to a question, a thank-you; and whom both know."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from mailflow.model.facts import Asked, Thanks
from mailflow.model.interaction import Direction
from mailflow.store.interactions import MAIL
from mailflow.store.tables import (
    AcquaintedEntry,
    BroughtEntry,
    ContactEntry,
    InteractionEntry,
    MessageEntry,
)

PERSONAL = 3
"""Addressees of a mail that still asks the owner rather than a round."""
THANKED = 3
"""Names in one thank-you."""


def asked(s: Session, owner_id: int, ids: Sequence[int]) -> dict[int, Asked]:
    """Contact -> their last mail to the owner, where its own words hold a question mark."""
    rank = func.row_number().over(
        partition_by=InteractionEntry.contact_id, order_by=InteractionEntry.at.desc()
    )
    heard = (
        select(
            InteractionEntry.contact_id,
            InteractionEntry.at,
            InteractionEntry.people,
            InteractionEntry.message_pk,
            rank.label("rank"),
        )
        .where(
            InteractionEntry.owner_id == owner_id,
            InteractionEntry.contact_id.in_(ids),
            InteractionEntry.direction == Direction.IN,
            InteractionEntry.deed.in_(MAIL),
        )
        .subquery()
    )
    of_owner = and_(MessageEntry.owner_id == owner_id, MessageEntry.id == heard.c.message_pk)
    rows = s.execute(
        select(
            heard.c.contact_id, heard.c.at, MessageEntry.message_id, MessageEntry.subject,
            MessageEntry.references,
        )
        .join(MessageEntry, of_owner)
        .where(heard.c.rank == 1, heard.c.people <= PERSONAL, MessageEntry.text.contains("?"))
    )  # fmt: skip
    return {
        row.contact_id: Asked(row.at, row.message_id, row.subject, tuple(row.references or ()))
        for row in rows
    }


def to_thank(s: Session, owner_id: int, ids: Sequence[int]) -> dict[int, Thanks]:
    """Contact -> whom they introduced to the owner last, and when."""
    rows = s.execute(
        select(BroughtEntry.by_id, BroughtEntry.brought_at, ContactEntry.name)
        .join(
            ContactEntry,
            and_(ContactEntry.owner_id == owner_id, ContactEntry.id == BroughtEntry.contact_id),
        )
        .where(BroughtEntry.owner_id == owner_id, BroughtEntry.by_id.in_(ids))
        .order_by(BroughtEntry.brought_at.desc(), BroughtEntry.id)
    )
    found: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for by_id, at, name in rows:
        if name and (not found[by_id] or found[by_id][0][0].date() == at.date()):
            found[by_id].append((at, name))
    return {
        by_id: Thanks(each[0][0], tuple(name for _, name in each[:THANKED]))
        for by_id, each in found.items()
        if each
    }


def mutual(s: Session, owner_id: int, ids: Sequence[int]) -> dict[int, str]:
    """Contact -> the name of somebody seen in one mail with them whom the owner knows best."""
    other = ContactEntry
    rows = s.execute(
        select(
            AcquaintedEntry.low_id, AcquaintedEntry.high_id, other.id, other.name,
            other.warmth["score"].as_integer().label("score"),
        )
        .join(
            other,
            and_(
                other.owner_id == owner_id,
                or_(other.id == AcquaintedEntry.low_id, other.id == AcquaintedEntry.high_id),
            ),
        )
        .where(
            AcquaintedEntry.owner_id == owner_id,
            or_(AcquaintedEntry.low_id.in_(ids), AcquaintedEntry.high_id.in_(ids)),
        )
    )  # fmt: skip
    best: dict[int, tuple[int, str]] = {}
    wanted = set(ids)
    for low, high, known, name, score in rows:
        theirs = high if known == low else low
        rank = (score or 0, name)
        if theirs in wanted and name and " " in name and rank > best.get(theirs, (-1, "")):
            best[theirs] = rank
    return {contact_id: name for contact_id, (_, name) in best.items()}
