"""A change taken back: what a card, a correction or a word of the owner's did to a contact."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from mailflow.model.draft import WENT
from mailflow.model.mail import Kind
from mailflow.store.archive import decoded
from mailflow.store.changes import (
    ADDRESS_COLUMNS,
    ADDRESSES,
    APART,
    CHANGES,
    Change,
    addresses_of,
    is_introduced,
)
from mailflow.store.columns import plain
from mailflow.store.inserts import table_of
from mailflow.store.newcomers import reopen_newcomers
from mailflow.store.tables import (
    CardEntry,
    ContactEntry,
    DraftEntry,
    FieldEntry,
    InteractionEntry,
    MessageEntry,
)
from mailflow.store.waiting import return_mails, return_newcomers

CONTACTS, CARDS, FIELDS, DRAFTS, DEEDS, MAIL = map(
    table_of,
    (ContactEntry, CardEntry, FieldEntry, DraftEntry, InteractionEntry, MessageEntry),
)


def in_the_way(s: Session, owner_id: int, change: Change) -> str:
    """Why somebody new cannot simply be taken out again, as a sentence; empty when they can."""
    theirs = (DRAFTS.c.owner_id == owner_id, DRAFTS.c.contact_id == change.contact_id)
    if s.execute(select(DRAFTS.c.id).where(*theirs, DRAFTS.c.state.in_(WENT))).first():
        return "a mail to them has left"
    if is_introduced(s, owner_id, change.contact_id):
        return "they have a part in an introduction"
    if _in_touch_since(s, owner_id, change):
        return "you have been in touch with them"
    later = s.execute(
        select(CHANGES.c.id).where(
            CHANGES.c.owner_id == owner_id,
            CHANGES.c.contact_id == change.contact_id,
            CHANGES.c.id > change.id,
            CHANGES.c.batch != change.batch,
        )
    ).first()
    return "another card added to them since" if later else ""


def _in_touch_since(s: Session, owner_id: int, change: Change) -> bool:
    """Whether anything is known besides the card, past mail, and mail from before they were new."""
    deeds = s.scalars(
        select(DEEDS.c.source).where(
            DEEDS.c.owner_id == owner_id, DEEDS.c.contact_id == change.contact_id
        )
    )
    past = {message_id for kept in change.before.get("past", ()) for message_id in kept["mails"]}
    mails = {source.rpartition(" ")[0] for source in deeds if not source.startswith(change.source)}
    if not mails - past:
        return False
    keys = select(ADDRESSES.c.key).where(
        ADDRESSES.c.owner_id == owner_id, ADDRESSES.c.contact_id == change.contact_id
    )
    as_newcomer = s.scalars(
        select(MAIL.c.message_id).where(
            MAIL.c.owner_id == owner_id, MAIL.c.kind == Kind.NEWCOMER, MAIL.c.sender_key.in_(keys)
        )
    )
    return bool(mails - past - set(as_newcomer))


def take_back(s: Session, owner_id: int, change: Change) -> None:
    """Undo one change: somebody new goes, with every row of theirs, and what had waited under their
    addresses waits there again; else what is still as the change left it becomes what it was
    before, and the card's readings go."""
    if change.is_new:
        keys = [key for key, *_ in addresses_of(s, owner_id, change.contact_id)]
        for kept in change.before.get("past", ()):
            return_mails(s, owner_id, change.contact_id, kept, ())
        return_newcomers(s, owner_id, change.before)
        reopen_newcomers(s, owner_id, keys)
        s.execute(
            delete(CONTACTS).where(
                CONTACTS.c.owner_id == owner_id, CONTACTS.c.id == change.contact_id
            )
        )
        return
    row = s.execute(
        select(CONTACTS).where(CONTACTS.c.owner_id == owner_id, CONTACTS.c.id == change.contact_id)
    ).one()
    values = {
        name: decoded(CONTACTS, name, was)
        for name, was in change.before.items()
        if name not in APART and plain(getattr(row, name)) == change.after.get(name)
    }
    if values:
        s.execute(
            update(CONTACTS)
            .where(CONTACTS.c.owner_id == owner_id, CONTACTS.c.id == change.contact_id)
            .values(**values)
        )
    if "addresses" in change.before:
        _put_back(s, owner_id, change)
    for table in (CARDS, FIELDS):
        s.execute(
            delete(table).where(
                table.c.owner_id == owner_id,
                table.c.contact_id == change.contact_id,
                table.c.source == change.source,
            )
        )
    s.execute(delete(CHANGES).where(CHANGES.c.owner_id == owner_id, CHANGES.c.id == change.id))


def _put_back(s: Session, owner_id: int, change: Change) -> None:
    """The addresses as they were, unless they changed again or somebody else has one by now."""
    if addresses_of(s, owner_id, change.contact_id) != change.after.get("addresses"):
        return
    wanted: Iterable[list[Any]] = change.before["addresses"]
    rows = [dict(zip(ADDRESS_COLUMNS, each, strict=True)) for each in wanted]
    others = select(ADDRESSES.c.id).where(
        ADDRESSES.c.owner_id == owner_id,
        ADDRESSES.c.contact_id != change.contact_id,
        ADDRESSES.c.key.in_([row["key"] for row in rows]),
    )
    if s.execute(others.limit(1)).first() is not None:
        return
    theirs = (ADDRESSES.c.owner_id == owner_id, ADDRESSES.c.contact_id == change.contact_id)
    found = s.execute(select(ADDRESSES.c.key, ADDRESSES.c.crop).where(*theirs))
    crops = {row.key: row.crop for row in found}
    s.execute(delete(ADDRESSES).where(*theirs))
    itself = {"owner_id": owner_id, "contact_id": change.contact_id}
    back = [{**itself, "crop": crops.get(r["key"]) if r["doubt"] else None, **r} for r in rows]
    if back:
        s.execute(insert(ADDRESSES), back)
