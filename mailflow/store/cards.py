"""A card becomes a contact, or adds to one: nothing that was known is overwritten silently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from mailflow.errors import NotFound
from mailflow.model.address import Address
from mailflow.model.card import Card, Reading
from mailflow.model.contact import Tier
from mailflow.store.addresses import OF_OWNER, add_addresses, confirm_address, holders
from mailflow.store.changes import addresses_of, note_change
from mailflow.store.inserts import insert_new, table_of
from mailflow.store.interactions import origin
from mailflow.store.merging import Kept, Merged, merge, new_values, readings
from mailflow.store.namesakes import namesake
from mailflow.store.rhythm import apply_tag_rules
from mailflow.store.tables import CardEntry, ContactEntry, FieldEntry

CARDS = table_of(CardEntry)
SAVED_FROM = select(CARDS.c.contact_id).where(
    CARDS.c.owner_id == OF_OWNER, CARDS.c.source == bindparam("source")
)


@dataclass(frozen=True, slots=True)
class SavedCard:
    """What a card did: the contact, whether it is new, which fields changed, and sentences about
    what is unsure or differs from what was known.

    `kept` are the fields that stayed though the card says something else, `of_addresses` the
    sentences on addresses that were left with somebody else or added by the name alone; `is_before`
    when the card was saved earlier.
    """

    contact_id: int
    is_new: bool
    changed: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()
    of_addresses: tuple[str, ...] = ()
    is_before: bool = False


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
    batch: str = "",
) -> SavedCard:
    """Save one person's card; the same source twice changes nothing.

    1. The contact is `known`, or who has one of the addresses, or whom `namesake` finds, or new
       with `tier`.
    2. Every field read is kept with its source; what the contact has already stays unless it was
       unsure, and a difference is said in `doubts`. An address read with doubt is nowhere written
       to before it is confirmed.
    3. What changed is noted, so that all of one `batch` (of one source) can be taken back.
    4. What the owner said of a tag holds for whoever gets it.
    5. The contact is due now.

    Whether an address is on the suppression list is asked before, with `is_suppressed`.
    """
    before = s.scalar(SAVED_FROM, {"of": owner_id, "source": source})
    if before is not None:
        return SavedCard(before, is_new=False, is_before=True)
    read = _addresses(card)
    held = holders(s, owner_id, list(read))
    contact_id = known or next((held[a.key] for a in read if a.key in held), None)
    by_name = None if contact_id else namesake(s, owner_id, card)
    contact_id = contact_id or by_name
    fresh = {address: reading for address, reading in read.items() if address.key not in held}
    batch = batch or source
    if contact_id is None:
        contact_id, merged = _create(s, owner_id, card, now, tier), None
        brought = add_addresses(s, owner_id, contact_id, fresh, is_new=True)
        note_change(
            s, owner_id, contact_id, is_new=True, before=brought, after={},
            batch=batch, source=source, now=now,
        )  # fmt: skip
    else:
        sure = [a for a, r in read.items() if held.get(a.key) == contact_id and not r.is_unsure]
        merged = _add_to(s, owner_id, contact_id, card, fresh, sure, source, batch, now)
    tags = card.tags if merged is None else merged.added_tags
    apply_tag_rules(s, owner_id, contact_id, tags, is_new=merged is None)
    _keep_readings(s, owner_id, contact_id, card, source, now)
    pk = origin(owner_id, source) if message_pk is None else message_pk
    row = {"owner_id": owner_id, "source": source, "contact_id": contact_id, "saved_at": now}
    insert_new(s, CardEntry, {**row, "message_pk": pk})
    of_addresses = tuple(_strays(held, contact_id))
    if by_name and fresh:
        said = f"{next(iter(fresh))} is new; it was added to somebody of that name you know."
        of_addresses += (said,)
    return _saved(contact_id, merged, card.doubts, of_addresses, has_address=bool(fresh))


def _saved(
    contact_id: int,
    merged: Merged | None,
    doubts: tuple[str, ...],
    of_addresses: tuple[str, ...],
    *,
    has_address: bool,
) -> SavedCard:
    doubts += of_addresses
    if merged is None:
        return SavedCard(contact_id, is_new=True, doubts=doubts, of_addresses=of_addresses)
    return SavedCard(
        contact_id,
        is_new=False,
        changed=(*merged.changed, "emails") if has_address else tuple(merged.changed),
        doubts=(*doubts, *(each.said("this card") for each in merged.kept)),
        kept=tuple(merged.kept),
        of_addresses=of_addresses,
    )


def _add_to(
    s: Session,
    owner_id: int,
    contact_id: int,
    card: Card,
    fresh: Mapping[Address, Reading],
    sure: Iterable[Address],
    source: str,
    batch: str,
    now: datetime,
) -> Merged:
    """One more card of somebody known; an address it has without doubt lacks no evidence now."""
    was: dict[str, object] = {}
    had = addresses_of(s, owner_id, contact_id)
    merged = merge_into(s, owner_id, contact_id, card, now, was)
    add_addresses(s, owner_id, contact_id, fresh, is_new=False)
    for address in sure:
        confirm_address(s, owner_id, address)
    has = addresses_of(s, owner_id, contact_id)
    note_change(
        s, owner_id, contact_id, is_new=False,
        before=was | {"addresses": had}, after=merged.values | {"addresses": has},
        batch=batch, source=source, now=now,
    )  # fmt: skip
    return merged


def _addresses(card: Card) -> dict[Address, Reading]:
    """The surest reading of each address."""
    found: dict[Address, Reading] = {}
    for reading in card.emails:
        address = Address.maybe(reading.value)
        if address is not None and not (
            address in found and found[address].confidence >= reading.confidence
        ):
            found[address] = reading
    return found


def _create(s: Session, owner_id: int, card: Card, now: datetime, tier: Tier) -> int:
    values = {"owner_id": owner_id, "tier": tier, **new_values(card, now)}
    table = table_of(ContactEntry)
    return int(s.execute(insert(table).returning(table.c.id), values).scalar_one())


def merge_into(
    s: Session,
    owner_id: int,
    contact_id: int,
    card: Card,
    now: datetime,
    was: dict[str, object] | None = None,
) -> Merged:
    """Add what a card says to a contact, addresses aside; raises NotFound. `was` is filled with
    what stood there before."""
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
    if was is not None:
        was.update((name, getattr(row, name)) for name in merged.values)
    s.execute(
        update(table_of(ContactEntry))
        .where(ContactEntry.owner_id == owner_id, ContactEntry.id == contact_id)
        .values(**merged.values, due_at=now)
    )
    return merged


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
            "doubt": reading.doubt if reading.is_unsure and reading.doubt else None,
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
