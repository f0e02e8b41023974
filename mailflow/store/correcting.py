"""What the owner puts right about a contact; his word stands above every card."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from mailflow.errors import NotFound
from mailflow.model.address import Address
from mailflow.model.card import CERTAIN, Reading
from mailflow.model.draft import OPEN_TO_OWNER, Draft, DraftEvent, DraftState, advance
from mailflow.store.addresses import ADDRESSES, add_addresses
from mailflow.store.changes import addresses_of, note_change
from mailflow.store.drafts import next_version, present
from mailflow.store.folding import fold
from mailflow.store.inserts import table_of
from mailflow.store.readings import clear_doubts
from mailflow.store.tables import (
    ContactEntry,
    DraftEntry,
    FieldEntry,
    MessageEntry,
)

CONTACTS, FIELDS = map(table_of, (ContactEntry, FieldEntry))


def correct_fields(
    s: Session,
    owner_id: int,
    contact_id: int,
    field: str,
    values: Mapping[str, Any],
    source: str,
    now: datetime,
    *,
    shown: str,
    by: str,
    batch: str = "",
) -> None:
    """Set columns of a contact because the owner said so; raises NotFound.

    `field` is what is put right, `shown` its new value in words, `by` how the owner said it ("you,
    by mail"). Can be taken back; the doubts about the field go.
    """
    itself = (CONTACTS.c.owner_id == owner_id, CONTACTS.c.id == contact_id)
    row = s.execute(select(CONTACTS).where(*itself)).one_or_none()
    if row is None:
        raise NotFound(f"There is no contact {contact_id}.")
    after = dict(values)
    for name in ("name", "given"):
        if name in after:
            after[f"folded_{name}"] = fold(after[name])
    before = {name: getattr(row, name) for name in after} | {"doubts": row.doubts}
    s.execute(update(CONTACTS).where(*itself).values(**after, due_at=now))
    _note_reading(s, owner_id, contact_id, field, shown, source, by, now)
    clear_doubts(s, owner_id, contact_id, field)
    after["doubts"] = s.scalar(select(CONTACTS.c.doubts).where(*itself))
    note_change(
        s, owner_id, contact_id, batch=batch or source, source=source, is_new=False,
        before=before, after=after, now=now,
    )  # fmt: skip


def correct_address(
    s: Session,
    owner_id: int,
    contact_id: int,
    address: Address,
    source: str,
    now: datetime,
    *,
    by: str,
    batch: str = "",
) -> bool:
    """Make that the address to write to; False when somebody else has it.

    The old first address stays behind it if mail was exchanged with it, else it was a misreading
    and goes. What the owner says needs no other evidence.
    """
    holder = s.scalar(
        select(ADDRESSES.c.contact_id).where(
            ADDRESSES.c.owner_id == owner_id, ADDRESSES.c.key == address.key
        )
    )
    if holder not in {None, contact_id}:
        return False
    before = addresses_of(s, owner_id, contact_id)
    theirs = (ADDRESSES.c.owner_id == owner_id, ADDRESSES.c.contact_id == contact_id)
    if before and before[0][0] != address.key and not _is_used(s, owner_id, contact_id, before[0]):
        s.execute(delete(ADDRESSES).where(*theirs, ADDRESSES.c.key == before[0][0]))
    s.execute(update(ADDRESSES).where(*theirs).values(position=ADDRESSES.c.position + 1))
    if holder is None:
        told = {address: Reading(str(address), CERTAIN, by)}
        add_addresses(s, owner_id, contact_id, told, is_new=False, first=0)
    else:
        this = (*theirs, ADDRESSES.c.key == address.key)
        s.execute(
            update(ADDRESSES)
            .where(*this)
            .values(position=0, doubt=None, crop=None, written=address.written)
        )
    _note_reading(s, owner_id, contact_id, "email", str(address), source, by, now)
    itself = (CONTACTS.c.owner_id == owner_id, CONTACTS.c.id == contact_id)
    doubts = s.scalar(select(CONTACTS.c.doubts).where(*itself))
    clear_doubts(s, owner_id, contact_id, "email", before[0][1] if before else None)
    clear_doubts(s, owner_id, contact_id, "email", str(address))
    s.execute(update(CONTACTS).where(*itself).values(due_at=now))
    note_change(
        s, owner_id, contact_id, batch=batch or source, source=source, is_new=False,
        before={"addresses": before, "doubts": doubts},
        after={
            "addresses": addresses_of(s, owner_id, contact_id),
            "doubts": s.scalar(select(CONTACTS.c.doubts).where(*itself)),
        },
        now=now,
    )  # fmt: skip
    return True


def has_written_to(s: Session, owner_id: int, address: Address) -> bool:
    """Whether a mail was sent there, or may have been."""
    return (
        s.execute(
            select(DraftEntry.id)
            .where(
                DraftEntry.owner_id == owner_id,
                DraftEntry.to_key == address.key,
                DraftEntry.sending_at.is_not(None),
            )
            .limit(1)
        ).first()
        is not None
    )


def rewrite(
    s: Session,
    owner_id: int,
    draft: Draft,
    *,
    to: Address,
    to_name: str,
    subject: str,
    body: str,
    now: datetime,
    lint: tuple[str, ...] = (),
    due_at: datetime | None = None,
) -> Draft | None:
    """The draft with another address or text, as a new version to be shown again; None when it is
    being sent or was settled. The approval and the tokens of the old version are void."""
    row = present(s, owner_id, draft.id, draft.version)
    if row is None:
        return None
    state = row.state
    if state is not DraftState.DRAFTED:
        if state not in OPEN_TO_OWNER:
            return None
        state = advance(state, DraftEvent.EDIT)
    said = {
        "to_key": to.key,
        "to_written": to.written,
        "to_name": to_name,
        "subject": subject,
        "body": body,
        "lint": lint,
    }
    return next_version(s, row, state, said, due_at)


def _note_reading(
    s: Session, owner_id: int, contact_id: int, field: str, value: str, source: str, by: str,
    now: datetime,
) -> None:  # fmt: skip
    row = {
        "owner_id": owner_id,
        "contact_id": contact_id,
        "field": field,
        "value": value,
        "confidence": CERTAIN,
        "source": source,
        "read_from": by,
        "read_at": now,
        "doubt": None,
    }
    s.execute(insert(FIELDS), [row])


def _is_used(s: Session, owner_id: int, contact_id: int, address: list[Any]) -> bool:
    """Whether mail was exchanged with it: surely when a mail has it, and as far as one can tell
    when there is past mail with them and nothing said that it was misread."""
    key, doubt = address[0], address[3]
    sent = select(DraftEntry.id).where(
        DraftEntry.owner_id == owner_id,
        DraftEntry.to_key == key,
        DraftEntry.sending_at.is_not(None),
    )
    came = select(MessageEntry.id).where(
        MessageEntry.owner_id == owner_id, MessageEntry.sender_key == key
    )
    in_touch = select(CONTACTS.c.id).where(
        CONTACTS.c.owner_id == owner_id,
        CONTACTS.c.id == contact_id,
        or_(CONTACTS.c.last_in_at.is_not(None), CONTACTS.c.last_out_at.is_not(None)),
    )
    asked = (sent, came) if doubt else (sent, came, in_touch)
    return any(s.execute(each.limit(1)).first() for each in asked)
