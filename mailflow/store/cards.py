"""A card becomes a contact, or adds to one: nothing that was known is overwritten silently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from mailflow.errors import NotFound
from mailflow.model.address import Address
from mailflow.model.card import Card
from mailflow.model.contact import Tier
from mailflow.store.folding import fold
from mailflow.store.inserts import insert_new, table_of
from mailflow.store.interactions import origin
from mailflow.store.merging import Merged, merge, new_values, readings
from mailflow.store.past_deeds import take_history
from mailflow.store.tables import (
    AddressEntry,
    CardEntry,
    ContactEntry,
    FieldEntry,
    MessageEntry,
    NewcomerEntry,
)

CARDS, CONTACTS, ADDRESSES, NEWCOMERS = map(
    table_of, (CardEntry, ContactEntry, AddressEntry, NewcomerEntry)
)
OF_OWNER: BindParameter[int] = bindparam("of")
KEYS: BindParameter[list[str]] = bindparam("keys", expanding=True)

SAVED_FROM = select(CARDS.c.contact_id).where(
    CARDS.c.owner_id == OF_OWNER, CARDS.c.source == bindparam("source")
)
HOLDERS = select(ADDRESSES.c.key, ADDRESSES.c.contact_id).where(
    ADDRESSES.c.owner_id == OF_OWNER, ADDRESSES.c.key.in_(KEYS)
)
NAMESAKES = (
    select(CONTACTS.c.id, CONTACTS.c.org)
    .where(CONTACTS.c.owner_id == OF_OWNER, CONTACTS.c.folded_name == bindparam("name"))
    .limit(20)
)
NO_NEWCOMERS = delete(NEWCOMERS).where(NEWCOMERS.c.owner_id == OF_OWNER, NEWCOMERS.c.key.in_(KEYS))


@dataclass(frozen=True, slots=True)
class SavedCard:
    """What a card did: the contact, whether it is new, which fields changed, and sentences about
    what is unsure or differs from what was known."""

    contact_id: int
    is_new: bool
    changed: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def save_card(
    s: Session,
    owner_id: int,
    card: Card,
    source: str,
    now: datetime,
    *,
    known: int | None = None,
    tier: Tier = Tier.NONE,
    message_pk: int | None = None,
) -> SavedCard:
    """Save one person's card; the same source twice changes nothing.

    1. The contact is `known`, or who has one of the addresses, or the only one of that name and
       organisation (of that name, for a card without an address), or new with `tier`.
    2. Every field read is kept with its source; what the contact has already stays unless it was
       unsure, and a difference is said in `doubts`.
    3. The contact is due now.

    Whether an address is on the suppression list is asked before, with `is_suppressed`.
    """
    before = s.scalar(SAVED_FROM, {"of": owner_id, "source": source})
    if before is not None:
        return SavedCard(before, is_new=False)
    addresses = _addresses(card)
    holders = _holders(s, owner_id, addresses)
    contact_id = known or next((holders[a.key] for a in addresses if a.key in holders), None)
    by_name = None if contact_id else _namesake(s, owner_id, card)
    contact_id = contact_id or by_name
    if contact_id is None:
        contact_id, merged = _create(s, owner_id, card, now, tier), None
    else:
        merged = _merge(s, owner_id, contact_id, card, now)
    fresh = [address for address in addresses if address.key not in holders]
    _add_addresses(s, owner_id, contact_id, fresh, is_new=merged is None)
    _keep_readings(s, owner_id, contact_id, card, source, now)
    pk = origin(owner_id, source) if message_pk is None else message_pk
    row = {"owner_id": owner_id, "source": source, "contact_id": contact_id, "saved_at": now}
    insert_new(s, CardEntry, {**row, "message_pk": pk})
    doubts = (*card.doubts, *_strays(holders, contact_id))
    if by_name and fresh:
        doubts += (f"{fresh[0]} is new; it was added to somebody of that name you know.",)
    if merged is None:
        return SavedCard(contact_id, is_new=True, doubts=doubts)
    changed = (*merged.changed, "emails") if fresh else tuple(merged.changed)
    return SavedCard(contact_id, is_new=False, changed=changed, doubts=(*doubts, *merged.doubts))


def cards_since(s: Session, owner_id: int, sender_key: str, since: datetime) -> int:
    """How many cards were saved from the mail of that sender since."""
    statement = (
        select(func.count())
        .select_from(CardEntry)
        .join(
            MessageEntry,
            and_(
                MessageEntry.owner_id == CardEntry.owner_id, MessageEntry.id == CardEntry.message_pk
            ),
        )
        .where(
            CardEntry.owner_id == owner_id,
            CardEntry.saved_at >= since,
            MessageEntry.sender_key == sender_key,
        )
    )
    return s.scalars(statement).one()


def _addresses(card: Card) -> list[Address]:
    read = (Address.maybe(reading.value) for reading in card.emails)
    return list(dict.fromkeys(address for address in read if address is not None))


def _holders(s: Session, owner_id: int, addresses: Sequence[Address]) -> dict[str, int]:
    """Which of the addresses belong to whom already."""
    if not addresses:
        return {}
    keys = [address.key for address in addresses]
    rows = s.execute(HOLDERS, {"of": owner_id, "keys": keys})
    return {row.key: row.contact_id for row in rows}


def _namesake(s: Session, owner_id: int, card: Card) -> int | None:
    """The one contact of that name at that organisation; for a card without an address it is
    enough when nothing speaks against it. Two of that name are nobody."""
    name = fold(card.name.value) if card.name else ""
    if not name:
        return None
    org = fold(card.org.value) if card.org else ""
    rows = s.execute(NAMESAKES, {"of": owner_id, "name": name}).all()
    same = [row.id for row in rows if org and fold(row.org) == org]
    if not same and not card.emails:
        same = [row.id for row in rows if not org or not row.org]
    return same[0] if len(same) == 1 else None


def _create(s: Session, owner_id: int, card: Card, now: datetime, tier: Tier) -> int:
    values = {"owner_id": owner_id, "tier": tier, **new_values(card, now)}
    table = table_of(ContactEntry)
    return int(s.execute(insert(table).returning(table.c.id), values).scalar_one())


def _merge(s: Session, owner_id: int, contact_id: int, card: Card, now: datetime) -> Merged:
    row = s.scalars(
        select(ContactEntry).where(ContactEntry.owner_id == owner_id, ContactEntry.id == contact_id)
    ).one_or_none()
    if row is None:
        raise NotFound(f"There is no contact {contact_id}.")
    kept = s.scalars(
        select(FieldEntry).where(
            FieldEntry.owner_id == owner_id, FieldEntry.contact_id == contact_id
        )
    )
    merged = merge(row, kept, card)
    s.execute(
        update(table_of(ContactEntry))
        .where(ContactEntry.owner_id == owner_id, ContactEntry.id == contact_id)
        .values(**merged.values, due_at=now)
    )
    return merged


def _add_addresses(
    s: Session, owner_id: int, contact_id: int, addresses: Sequence[Address], *, is_new: bool
) -> None:
    if not addresses:
        return
    first = 0 if is_new else _last_position(s, owner_id, contact_id) + 1
    rows = [
        {
            "owner_id": owner_id,
            "contact_id": contact_id,
            "key": address.key,
            "written": address.written,
            "position": position,
        }
        for position, address in enumerate(addresses, first)
    ]
    s.execute(insert(table_of(AddressEntry)), rows)
    keys = [address.key for address in addresses]
    s.execute(NO_NEWCOMERS, {"of": owner_id, "keys": keys})
    take_history(s, owner_id, contact_id, keys)


def _last_position(s: Session, owner_id: int, contact_id: int) -> int:
    highest = select(func.max(AddressEntry.position)).where(
        AddressEntry.owner_id == owner_id, AddressEntry.contact_id == contact_id
    )
    found = s.scalar(highest)
    return -1 if found is None else found


def _keep_readings(
    s: Session, owner_id: int, contact_id: int, card: Card, source: str, now: datetime
) -> None:
    rows = [
        {
            "owner_id": owner_id,
            "contact_id": contact_id,
            "field": name,
            "value": reading.value,
            "confidence": reading.confidence,
            "source": source,
            "read_from": reading.source,
            "read_at": now,
        }
        for name, reading in readings(card)
    ]
    if rows:
        s.execute(insert(table_of(FieldEntry)), rows)


def _strays(holders: Mapping[str, int], contact_id: int) -> tuple[str, ...]:
    """Addresses on the card that belong to somebody else stay theirs."""
    return tuple(
        f"{key} belongs to somebody else you know; it was left with them."
        for key, holder in holders.items()
        if holder != contact_id
    )
