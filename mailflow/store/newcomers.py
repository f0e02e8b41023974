"""People offered to the owner as contacts: who, under which number, and what was said to it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, insert, or_, select, update
from sqlalchemy.orm import Session

from mailflow.model.address import Address, NamedAddress
from mailflow.model.history import Correspondent
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.model.mail import Kind
from mailflow.store.correspondents import acquaintances
from mailflow.store.inserts import table_of
from mailflow.store.tables import MessageEntry, NewcomerOfferEntry

OFFERS = table_of(NewcomerOfferEntry)
SHOWN_AGAIN_AFTER = timedelta(days=180)
"""Whoever was offered and not answered about is left alone for so long."""


def acquaintances_to_offer(
    s: Session, owner_id: int, now: datetime, limit: int
) -> tuple[Correspondent, ...]:
    """Those of `acquaintances` who were not declined, nor offered within half a year before `now`
    (aware UTC); the most mutual first. Two queries, whatever the number."""
    lately = OFFERS.c.shown_at > now - SHOWN_AGAIN_AFTER
    apart = select(OFFERS.c.key).where(
        OFFERS.c.owner_id == owner_id, or_(OFFERS.c.is_adopted.is_(False), lately)
    )
    return acquaintances(s, owner_id, limit, apart=apart)


def declined(owner_id: int) -> Select[Any]:
    """The folded addresses of those whom the owner does not want as contacts."""
    return select(OFFERS.c.key).where(OFFERS.c.owner_id == owner_id, OFFERS.c.is_adopted.is_(False))


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
