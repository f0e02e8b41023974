"""People offered to the owner as contacts: who, under which number, and what was said to it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from mailflow.model.address import Address, NamedAddress
from mailflow.model.history import Correspondent
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.model.mail import Kind
from mailflow.store.correspondents import acquaintances
from mailflow.store.inserts import table_of
from mailflow.store.tables import MessageEntry, NewcomerOfferEntry, TokenItemEntry

OFFERS = table_of(NewcomerOfferEntry)
SHOWN_AGAIN_AFTER = timedelta(days=180)
"""Whoever was offered and not answered about is left alone for so long."""

LATER = OFFERS.alias()


def acquaintances_to_offer(
    s: Session, owner_id: int, now: datetime, limit: int
) -> tuple[Correspondent, ...]:
    """Those of `acquaintances` who were not declined, put off beyond `now` (aware UTC), nor offered
    within half a year before it; first whoever was put off until now, then the most mutual. Two
    queries, whatever the number."""
    first = put_off_until(owner_id, now)
    lately = and_(OFFERS.c.shown_at > now - SHOWN_AGAIN_AFTER, OFFERS.c.key.not_in(first))
    apart = select(OFFERS.c.key).where(OFFERS.c.owner_id == owner_id, or_(_is_off(now), lately))
    return acquaintances(s, owner_id, limit, apart=apart, first=first)


def set_aside(owner_id: int, now: datetime) -> Select[Any]:
    """The folded addresses of those whom the owner does not want as contacts, or not before some
    time after `now` (aware UTC)."""
    return select(OFFERS.c.key).where(OFFERS.c.owner_id == owner_id, _is_off(now))


def put_off_until(owner_id: int, now: datetime) -> Select[Any]:
    """The folded addresses of those whom the owner put off until some time before `now` (aware
    UTC), and who were not offered since that time."""
    since = and_(
        LATER.c.owner_id == OFFERS.c.owner_id,
        LATER.c.key == OFFERS.c.key,
        LATER.c.shown_at >= OFFERS.c.again_at,
    )
    return select(OFFERS.c.key).where(
        OFFERS.c.owner_id == owner_id, OFFERS.c.again_at <= now, ~exists().where(since)
    )


def asked_again(s: Session, owner_id: int, now: datetime) -> frozenset[str]:
    """The same, read."""
    return frozenset(s.scalars(put_off_until(owner_id, now)))


def _is_off(now: datetime) -> ColumnElement[bool]:
    return or_(OFFERS.c.is_adopted.is_(False), OFFERS.c.again_at > now)


def add_newcomer_offers(
    s: Session,
    owner_id: int,
    token_id: int,
    numbered: Sequence[tuple[int, NamedAddress]],
    now: datetime,
) -> None:
    """Keep whom a summary offers, each under their number."""
    rows = [
        {
            "owner_id": owner_id,
            "key": each.address.key,
            "written": each.address.written,
            "name": each.name,
            "shown_at": now,
            "token_id": token_id,
            "number": number,
        }
        for number, each in numbered
    ]
    if rows:
        s.execute(insert(OFFERS), rows)


def newcomers_under(s: Session, owner_id: int, token_id: int) -> dict[int, NamedAddress]:
    """Number -> who was offered under it in the letter with that token."""
    rows = s.execute(
        select(OFFERS)
        .where(OFFERS.c.owner_id == owner_id, OFFERS.c.token_id == token_id)
        .order_by(OFFERS.c.number)
    )
    found = ((row, Address.maybe(row.written)) for row in rows)
    return {row.number: NamedAddress(address, row.name) for row, address in found if address}


def mail_of_newcomer(
    s: Session, owner_id: int, address: Address, contact_id: int, limit: int = 50
) -> tuple[Interaction, ...]:
    """What somebody wrote to the owner before they were the contact `contact_id`, as interactions,
    the latest first."""
    rows = s.execute(
        select(
            MessageEntry.message_id, MessageEntry.subject,
            MessageEntry.sent_at, MessageEntry.received_at,
        )
        .where(
            MessageEntry.owner_id == owner_id,
            MessageEntry.sender_key == address.key,
            MessageEntry.kind == Kind.NEWCOMER,
        )
        .order_by(MessageEntry.recorded_at.desc(), MessageEntry.id.desc())
        .limit(limit)
    )  # fmt: skip
    return tuple(
        Interaction(
            contact_id,
            Direction.IN,
            Deed.MAIL,
            min(row.sent_at or row.received_at, row.received_at),
            f"{row.message_id} {contact_id}",
            text=row.subject,
        )
        for row in rows
    )


def decide_newcomer(
    s: Session, owner_id: int, token_id: int, number: int, now: datetime, *, is_adopted: bool
) -> None:
    """Keep what the owner said to it; the last word counts."""
    s.execute(
        update(OFFERS)
        .where(
            OFFERS.c.owner_id == owner_id,
            OFFERS.c.token_id == token_id,
            OFFERS.c.number == number,
        )
        .values(is_adopted=is_adopted, decided_at=now)
    )


def put_off_newcomer(
    s: Session, owner_id: int, token_id: int, number: int, again_at: datetime
) -> None:
    """Keep from when on (aware UTC) the owner may be asked about them again."""
    s.execute(
        update(OFFERS)
        .where(
            OFFERS.c.owner_id == owner_id,
            OFFERS.c.token_id == token_id,
            OFFERS.c.number == number,
        )
        .values(again_at=again_at)
    )


def reopen_newcomers(s: Session, owner_id: int, keys: Collection[str]) -> None:
    """Whoever was kept, and is no contact any more, can be answered about again: under the number
    they had, by the folded address."""
    rows = s.execute(
        update(OFFERS)
        .where(OFFERS.c.owner_id == owner_id, OFFERS.c.key.in_(keys), OFFERS.c.is_adopted)
        .values(is_adopted=None, decided_at=None)
        .returning(OFFERS.c.token_id, OFFERS.c.number)
    ).all()
    items = table_of(TokenItemEntry)
    for row in rows:
        this = (items.c.token_id == row.token_id, items.c.number == row.number)
        s.execute(update(items).where(items.c.owner_id == owner_id, *this).values(used_at=None))
