"""The addresses of contacts: whose they are, and which were read with doubt and not yet seen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    bindparam,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from mailflow.model.address import Address
from mailflow.model.card import Reading
from mailflow.store.columns import Json
from mailflow.store.inserts import table_of
from mailflow.store.past_deeds import take_history
from mailflow.store.readings import clear_doubts
from mailflow.store.tables import AddressEntry
from mailflow.store.waiting import past_under, take_newcomers

ADDRESSES = table_of(AddressEntry)
OF_OWNER: BindParameter[int] = bindparam("of")
KEYS: BindParameter[list[str]] = bindparam("keys", expanding=True)
HOLDERS = select(ADDRESSES.c.key, ADDRESSES.c.contact_id).where(
    ADDRESSES.c.owner_id == OF_OWNER, ADDRESSES.c.key.in_(KEYS)
)
UNCONFIRMED = (
    select(ADDRESSES)
    .where(
        ADDRESSES.c.owner_id == OF_OWNER,
        ADDRESSES.c.contact_id.in_(bindparam("ids", expanding=True)),
        ADDRESSES.c.doubt.is_not(None),
    )
    .order_by(ADDRESSES.c.position, ADDRESSES.c.id)
)
ALONE = "Nothing else on the card confirms it."


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """An address nothing is sent to before the owner saw it: why, and where it was read (a small
    JPEG, maybe empty)."""

    address: Address
    doubt: str
    crop: bytes = b""


def holders(s: Session, owner_id: int, addresses: Sequence[Address]) -> dict[str, int]:
    """Which of the addresses belong to whom already: folded key -> contact."""
    if not addresses:
        return {}
    keys = [address.key for address in addresses]
    rows = s.execute(HOLDERS, {"of": owner_id, "keys": keys})
    return {row.key: row.contact_id for row in rows}


def add_addresses(
    s: Session,
    owner_id: int,
    contact_id: int,
    read: Mapping[Address, Reading],
    *,
    is_new: bool,
    first: int | None = None,
) -> Json:
    """Give the contact addresses nobody has, behind those it has, or from position `first` on.

    What waited under them goes along: past mail and newcomers, as `give_back` takes them.
    """
    if not read:
        return {}
    if first is None:
        first = 0 if is_new else _last_position(s, owner_id, contact_id) + 1
    rows = [
        {
            "owner_id": owner_id,
            "contact_id": contact_id,
            "key": address.key,
            "written": address.written,
            "position": position,
            "doubt": (reading.doubt or ALONE) if reading.is_unsure else None,
            "crop": reading.crop if reading.is_unsure and reading.crop else None,
        }
        for position, (address, reading) in enumerate(read.items(), first)
    ]
    s.execute(insert(ADDRESSES), rows)
    keys = [address.key for address in read]
    brought = {
        "newcomers": [kept for _, kept in take_newcomers(s, owner_id, keys)],
        "past": [kept for _, kept in past_under(s, owner_id, keys)],
    }
    if brought["past"]:
        take_history(s, owner_id, contact_id, keys)
    return {name: kept for name, kept in brought.items() if kept}


def confirm_address(s: Session, owner_id: int, address: Address) -> bool:
    """Other evidence, or the owner's word, says that it is right; False when nothing was in doubt.

    The piece of the picture has served its purpose and goes.
    """
    statement = (
        update(ADDRESSES)
        .where(
            ADDRESSES.c.owner_id == owner_id,
            ADDRESSES.c.key == address.key,
            ADDRESSES.c.doubt.is_not(None),
        )
        .values(doubt=None, crop=None)
        .returning(ADDRESSES.c.contact_id)
    )
    contact_id = s.scalar(statement)
    if contact_id is None:
        return False
    clear_doubts(s, owner_id, contact_id, "email", address.written)
    return True


def unseen(owner_id: int, keys: Iterable[str]) -> ColumnElement[bool]:
    """That one of the addresses was read with doubt, and the owner has not looked at it: asked
    inside the claim."""
    return exists().where(
        AddressEntry.owner_id == owner_id,
        AddressEntry.key.in_(list(keys)),
        AddressEntry.doubt.is_not(None),
    )


def unconfirmed(
    s: Session, owner_id: int, contact_ids: Iterable[int]
) -> dict[int, tuple[Unconfirmed, ...]]:
    """Contact -> their addresses that the owner has to see first, the preferred one first."""
    rows = s.execute(UNCONFIRMED, {"of": owner_id, "ids": list(contact_ids)})
    found: dict[int, tuple[Unconfirmed, ...]] = {}
    for row in rows:
        each = Unconfirmed(Address(row.key, row.written), row.doubt, row.crop or b"")
        found[row.contact_id] = (*found.get(row.contact_id, ()), each)
    return found


def _last_position(s: Session, owner_id: int, contact_id: int) -> int:
    highest = select(func.max(ADDRESSES.c.position)).where(
        ADDRESSES.c.owner_id == owner_id, ADDRESSES.c.contact_id == contact_id
    )
    found = s.scalar(highest)
    return -1 if found is None else found
