"""Contacts as frozen values: by number, by address, by what the owner calls them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import cast

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlalchemy.orm import Session

from mailflow.errors import NotFound
from mailflow.model.address import Address
from mailflow.model.contact import Contact, Suppression
from mailflow.store.folding import fold
from mailflow.store.inserts import table_of
from mailflow.store.people_tables import IN_FOCUS
from mailflow.store.rows import contact_of
from mailflow.store.suppressions import digest_of
from mailflow.store.tables import AddressEntry, ContactEntry, SuppressionEntry

CANDIDATES = 20
"""More people than this are not shown for one ambiguous name."""

CONTACTS, ADDRESSES = map(table_of, (ContactEntry, AddressEntry))
ALL = select(CONTACTS).where(CONTACTS.c.owner_id == bindparam("of"))
BY_NAME = ALL.order_by(CONTACTS.c.folded_name, CONTACTS.c.id)
THESE = ALL.where(CONTACTS.c.id.in_(bindparam("ids", expanding=True)))
"""Sorted by us: SQLite would rather go through everybody by name than sort two people."""
ALL_ADDRESSES = select(ADDRESSES).where(ADDRESSES.c.owner_id == bindparam("of"))
THEIR_ADDRESSES = ALL_ADDRESSES.where(ADDRESSES.c.contact_id.in_(bindparam("ids", expanding=True)))
HOLDER = select(ADDRESSES.c.contact_id).where(
    ADDRESSES.c.owner_id == bindparam("of"), ADDRESSES.c.key == bindparam("key")
)


def contact(s: Session, owner_id: int, contact_id: int) -> Contact:
    """One contact; raises NotFound."""
    found = contacts(s, owner_id, [contact_id])
    if not found:
        raise NotFound(f"There is no contact {contact_id}.")
    return found[0]


def contacts(s: Session, owner_id: int, ids: Iterable[int] | None = None) -> tuple[Contact, ...]:
    """The contacts with these numbers (None: all), in the order of their names."""
    if ids is None:
        rows = s.execute(BY_NAME, {"of": owner_id}).all()
    else:
        found = s.execute(THESE, {"of": owner_id, "ids": list(set(ids))})
        rows = sorted(found, key=lambda row: (row.folded_name, row.id))
    return contacts_of(s, owner_id, cast("Sequence[ContactEntry]", rows), is_all=ids is None)


def contacts_of(
    s: Session, owner_id: int, rows: Sequence[ContactEntry], *, is_all: bool = False
) -> tuple[Contact, ...]:
    """The rows as contacts, with one query for all their addresses."""
    of_whom = {} if is_all else {"ids": [row.id for row in rows]}
    statement = ALL_ADDRESSES if is_all else THEIR_ADDRESSES
    addresses: dict[int, list[AddressEntry]] = defaultdict(list)
    for each in s.execute(statement, {"of": owner_id, **of_whom}) if rows else ():
        addresses[each.contact_id].append(cast("AddressEntry", each))
    return tuple(contact_of(row, addresses[row.id]) for row in rows)


def contact_by_address(s: Session, owner_id: int, address: Address) -> Contact | None:
    """Whose address it is, or None."""
    found = contact_id_of(s, owner_id, address)
    return None if found is None else contact(s, owner_id, found)


def contact_id_of(s: Session, owner_id: int, address: Address) -> int | None:
    """The number of the contact whose address it is, or None."""
    return s.scalar(HOLDER, {"of": owner_id, "key": address.key})


def find_contacts(s: Session, owner_id: int, text: str) -> tuple[Contact, ...]:
    """Whom the owner may mean: by address, else by full name, else by given name, else by a part
    of the name or the beginning of the address. Case and accents don't matter. The first of these
    ways that finds anybody decides; several are returned when it is ambiguous."""
    wanted = text.strip().strip("<>")
    address = Address.maybe(wanted.rpartition("<")[2])
    by_address = address and contact_by_address(s, owner_id, address)
    if by_address:
        return (by_address,)
    name = fold(wanted)
    for way in _ways(owner_id, name) if name else ():
        statement = select(ContactEntry).where(ContactEntry.owner_id == owner_id, way)
        rows = s.scalars(statement.order_by(ContactEntry.id).limit(CANDIDATES)).all()
        if rows:
            return contacts_of(s, owner_id, rows)
    return ()


def focus_size(s: Session, owner_id: int) -> int:
    """How many people are on the focus list."""
    statement = select(func.count()).where(ContactEntry.owner_id == owner_id, IN_FOCUS)
    return s.scalars(statement).one()


def suppressions_of(s: Session, owner_id: int, people: Iterable[Contact]) -> dict[int, Suppression]:
    """Contact -> why they are not to be written to. Whoever asked for it under one address meant
    all of them; a bounce counts for the address that would be used."""
    of_digest = {
        digest_of(s, owner_id, address.key): (person.id, position)
        for person in people
        for position, address in enumerate(person.addresses)
    }
    rows = s.execute(
        select(SuppressionEntry.digest, SuppressionEntry.reason).where(
            SuppressionEntry.owner_id == owner_id, SuppressionEntry.digest.in_(of_digest)
        )
    )
    found: dict[int, Suppression] = {}
    for digest, reason in rows if of_digest else ():
        contact_id, position = of_digest[digest]
        if reason is not Suppression.BOUNCED:
            found[contact_id] = reason
        elif position == 0:
            found.setdefault(contact_id, reason)
    return found


def _ways(owner_id: int, name: str) -> tuple[ColumnElement[bool], ...]:
    part = name.replace("/", "//").replace("%", "/%").replace("_", "/_")
    by_address = select(AddressEntry.contact_id).where(
        AddressEntry.owner_id == owner_id, AddressEntry.key.like(f"{part}%", escape="/")
    )
    return (
        ContactEntry.folded_name == name,
        ContactEntry.folded_given == name,
        or_(
            ContactEntry.folded_name.like(f"{part}%", escape="/"),
            ContactEntry.folded_name.like(f"% {part}%", escape="/"),
        ),
        ContactEntry.id.in_(by_address),
    )
