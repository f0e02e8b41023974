"""What each card and correction changed of a contact, and how that is taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from mailflow.model.draft import WENT, Draft
from mailflow.store.archive import decoded
from mailflow.store.columns import Json, plain
from mailflow.store.inserts import insert_new, table_of
from mailflow.store.rows import draft_of
from mailflow.store.tables import (
    AddressEntry,
    CardEntry,
    ChangeEntry,
    ContactEntry,
    DraftEntry,
    FieldEntry,
    InteractionEntry,
    SideEntry,
)

CHANGES, CONTACTS, ADDRESSES, CARDS, FIELDS, DRAFTS, DEEDS = map(
    table_of,
    (
        ChangeEntry,
        ContactEntry,
        AddressEntry,
        CardEntry,
        FieldEntry,
        DraftEntry,
        InteractionEntry,
    ),
)
ADDRESS_COLUMNS = ("key", "written", "position", "doubt")
MAX_BATCH = 200
JOINED = "joined"
"""Of a joining: who went, and what of theirs the one who stayed was given."""
APART = frozenset({"addresses", JOINED})
"""What a change keeps besides fields of the contact."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that can be taken back; `batch` is the mail or command it was done by."""

    id: int
    contact_id: int
    batch: str
    source: str
    is_new: bool
    before: Json
    after: Json
    made_at: datetime

    @property
    def is_joining(self) -> bool:
        """Whether it put two contacts together; such a one is taken back by `part_contacts`."""
        return JOINED in self.before

    @property
    def joined_keys(self) -> frozenset[str]:
        """The addresses, folded, that the one who went brought to the other."""
        addresses = self.before[JOINED]["addresses"] if self.is_joining else ()
        return frozenset(key for key, _ in addresses)


def addresses_of(s: Session, owner_id: int, contact_id: int) -> list[list[Any]]:
    """The contact's addresses as they can be put back: key, as written, position, doubt."""
    rows = s.execute(
        select(*(ADDRESSES.c[name] for name in ADDRESS_COLUMNS))
        .where(ADDRESSES.c.owner_id == owner_id, ADDRESSES.c.contact_id == contact_id)
        .order_by(ADDRESSES.c.position, ADDRESSES.c.id)
    )
    return [list(row) for row in rows]


def note_change(
    s: Session,
    owner_id: int,
    contact_id: int,
    *,
    batch: str,
    source: str,
    is_new: bool,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keep what changed: fields of the contact by column, `addresses` as of `addresses_of`."""
    values = {
        "owner_id": owner_id,
        "contact_id": contact_id,
        "batch": batch,
        "source": source,
        "is_new": is_new,
        "before": {name: plain(value) for name, value in before.items()},
        "after": {name: plain(value) for name, value in after.items()},
        "made_at": now,
    }
    insert_new(s, ChangeEntry, values)


def last_changes(s: Session, owner_id: int) -> tuple[Change, ...]:
    """Everything the latest card mail, line or correction changed, the last change first."""
    of_owner = select(CHANGES).where(CHANGES.c.owner_id == owner_id)
    latest = s.execute(of_owner.order_by(CHANGES.c.id.desc()).limit(1)).one_or_none()
    if latest is None:
        return ()
    rows = s.execute(
        of_owner.where(CHANGES.c.batch == latest.batch)
        .order_by(CHANGES.c.id.desc())
        .limit(MAX_BATCH)
    )
    return tuple(
        Change(
            row.id, row.contact_id, row.batch, row.source, row.is_new, row.before, row.after,
            row.made_at,
        )
        for row in rows
    )  # fmt: skip


def last_approval(s: Session, owner_id: int) -> Draft | None:
    """The draft the owner approved last, whatever became of it."""
    row = s.scalars(
        select(DraftEntry)
        .where(DraftEntry.owner_id == owner_id, DraftEntry.approved_at.is_not(None))
        .order_by(DraftEntry.approved_at.desc(), DraftEntry.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else draft_of(row)


def in_the_way(s: Session, owner_id: int, change: Change) -> str:
    """Why somebody new cannot simply be taken out again, as a sentence; empty when they can."""
    theirs = (DRAFTS.c.owner_id == owner_id, DRAFTS.c.contact_id == change.contact_id)
    if s.execute(select(DRAFTS.c.id).where(*theirs, DRAFTS.c.state.in_(WENT))).first():
        return "a mail to them has left"
    if is_introduced(s, owner_id, change.contact_id):
        return "they have a part in an introduction"
    deeds = s.execute(
        select(DEEDS.c.source).where(
            DEEDS.c.owner_id == owner_id, DEEDS.c.contact_id == change.contact_id
        )
    )
    if any(not row.source.startswith(change.source) for row in deeds):
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


def is_introduced(s: Session, owner_id: int, contact_id: int) -> bool:
    """Whether they are one side of an introduction, over or not."""
    theirs = (SideEntry.owner_id == owner_id, SideEntry.contact_id == contact_id)
    return s.execute(select(SideEntry.id).where(*theirs).limit(1)).first() is not None


def take_back(s: Session, owner_id: int, change: Change) -> None:
    """Undo one change: somebody new goes, with every row of theirs; else what is still as the
    change left it becomes what it was before, and the card's readings go."""
    if change.is_new:
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
