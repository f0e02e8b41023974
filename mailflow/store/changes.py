"""What each card and correction changed of a contact, and how that is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailflow.model.draft import Draft
from mailflow.store.columns import Json, plain
from mailflow.store.inserts import insert_new, table_of
from mailflow.store.rows import draft_of
from mailflow.store.tables import (
    AddressEntry,
    ChangeEntry,
    DraftEntry,
    SideEntry,
)

CHANGES, ADDRESSES = map(table_of, (ChangeEntry, AddressEntry))
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
    """Keep what changed: fields of the contact by column, `addresses` as of `addresses_of`; before
    somebody new what `add_addresses` says went along."""
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


def is_introduced(s: Session, owner_id: int, contact_id: int) -> bool:
    """Whether they are one side of an introduction, over or not."""
    theirs = (SideEntry.owner_id == owner_id, SideEntry.contact_id == contact_id)
    return s.execute(select(SideEntry.id).where(*theirs).limit(1)).first() is not None
