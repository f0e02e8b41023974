"""What passed between the owner and each of several contacts, one query for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from mailflow.model.facts import SentFact
from mailflow.model.interaction import Deed, Direction
from mailflow.store.interactions import MAIL
from mailflow.store.tables import InteractionEntry, MessageEntry, PromiseEntry

GAPS_READ = 50
"""As many of a pair's last exchanges tell their usual pause."""

SENT_READ = 20
"""As many mails by the owner's own hand are told of, the latest."""


def sent_by_hand(s: Session, owner_id: int, ids: Sequence[int]) -> dict[int, list[SentFact]]:
    """Contact -> the last mails the owner wrote to them without mailflow."""
    rank = func.row_number().over(
        partition_by=InteractionEntry.contact_id, order_by=InteractionEntry.at.desc()
    )
    mails = (
        select(
            InteractionEntry.contact_id,
            InteractionEntry.at,
            InteractionEntry.source,
            InteractionEntry.message_pk,
            rank.label("rank"),
        )
        .where(
            InteractionEntry.owner_id == owner_id,
            InteractionEntry.contact_id.in_(ids),
            InteractionEntry.direction == Direction.OUT,
            InteractionEntry.deed.in_(MAIL),
            ~InteractionEntry.by_mailflow,
        )
        .subquery()
    )
    of_owner = and_(MessageEntry.owner_id == owner_id, MessageEntry.id == mails.c.message_pk)
    rows = s.execute(
        select(mails, MessageEntry.message_id, MessageEntry.subject, MessageEntry.references)
        .outerjoin(MessageEntry, of_owner)
        .where(mails.c.rank <= SENT_READ)
    )
    found: dict[int, list[SentFact]] = defaultdict(list)
    for row in rows:
        message_id = row.message_id or row.source.partition(" ")[0]
        references = row.references or ()
        fact = SentFact(row.at, message_id, row.subject or "", None, references)
        found[row.contact_id].append(fact)
    return found


def median_gaps(s: Session, owner_id: int, ids: Sequence[int]) -> dict[int, float]:
    """Contact -> the usual pause between two exchanges, in days; without those met only once."""
    rank = func.row_number().over(
        partition_by=InteractionEntry.contact_id, order_by=InteractionEntry.at.desc()
    )
    latest = (
        select(InteractionEntry.contact_id, InteractionEntry.at, rank.label("rank"))
        .where(InteractionEntry.owner_id == owner_id, InteractionEntry.contact_id.in_(ids))
        .subquery()
    )
    instants: dict[int, list[datetime]] = defaultdict(list)
    rows = select(latest.c.contact_id, latest.c.at).where(latest.c.rank <= GAPS_READ)
    for contact_id, at in s.execute(rows.order_by(latest.c.at)):
        instants[contact_id].append(at)
    day = timedelta(days=1)
    return {
        contact_id: median((b - a) / day for a, b in pairwise(times))
        for contact_id, times in instants.items()
        if len(times) > 1
    }


def favours(s: Session, owner_id: int, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Contact -> favours given to them (an introduction is one) and got from them."""
    deed = InteractionEntry.deed
    given = func.count(case((deed.in_([Deed.GAVE, Deed.INTRODUCED]), 1)))
    got = func.count(case((deed == Deed.GOT, 1)))
    rows = s.execute(
        select(InteractionEntry.contact_id, given, got)
        .where(
            InteractionEntry.owner_id == owner_id,
            InteractionEntry.contact_id.in_(ids),
            deed.in_([Deed.GAVE, Deed.INTRODUCED, Deed.GOT]),
        )
        .group_by(InteractionEntry.contact_id)
    )
    found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    found.update({contact_id: (gave, gotten) for contact_id, gave, gotten in rows})
    return found


def promised(s: Session, owner_id: int, ids: Sequence[int]) -> set[int]:
    """Those to whom a promise is open."""
    return set(
        s.scalars(
            select(PromiseEntry.contact_id).where(
                PromiseEntry.owner_id == owner_id,
                PromiseEntry.contact_id.in_(ids),
                PromiseEntry.kept_at.is_(None),
            )
        )
    )


def written_by_hand(s: Session, owner_id: int, ids: Iterable[int]) -> dict[int, datetime]:
    """Contact -> when the owner last wrote to them without mailflow."""
    rows = s.execute(
        select(InteractionEntry.contact_id, func.max(InteractionEntry.at))
        .where(
            InteractionEntry.owner_id == owner_id,
            InteractionEntry.contact_id.in_(ids),
            InteractionEntry.direction == Direction.OUT,
            InteractionEntry.deed.in_(MAIL),
            ~InteractionEntry.by_mailflow,
        )
        .group_by(InteractionEntry.contact_id)
    )
    return {row.contact_id: row[1] for row in rows}
