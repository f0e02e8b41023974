"""Mail that came in: recorded once, with the place it was seen at and how far was read."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from mailflow.model.address import Address
from mailflow.model.interaction import Direction
from mailflow.model.mail import Classification, InboundMessage, Kind, Location, RawMessage
from mailflow.model.wire import Cursor
from mailflow.store.inserts import insert_new, table_of, upsert
from mailflow.store.tables import CursorEntry, MessageEntry, QuarantineEntry, SightingEntry

FAINT = frozenset({Kind.LIST, Kind.OTHER})
CLEAR = frozenset({Kind.INSTRUCTION, Kind.WRITTEN, Kind.REPLY, Kind.INTERACTION})
"""What a copy may turn out to be of which a faint one came first: to a list and to the owner, or
with an unproved From and then in Sent."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A message as it stands in the store.

    `is_new` only the first time it is seen, or the first time a copy is seen that is more than a
    list's. `clash`: its Message-ID is known, with another text.
    """

    message_pk: int
    is_new: bool
    clash: bool


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Bytes that could not be understood, kept until they can be replayed."""

    id: int
    location: Location
    reason: str
    data: bytes
    quarantined_at: datetime


def cursor(s: Session, owner_id: int, account: str, mailbox: str) -> Cursor | None:
    """How far the mailbox was read; None when it never was."""
    row = s.get(CursorEntry, (owner_id, account, mailbox))
    return None if row is None else Cursor(row.uidvalidity, row.last_uid)


def cursor_moved_at(s: Session, owner_id: int, account: str, mailbox: str) -> datetime | None:
    """When the mailbox was last read without an error."""
    row = s.get(CursorEntry, (owner_id, account, mailbox))
    return None if row is None else row.moved_at


def move_cursor(
    s: Session, owner_id: int, account: str, mailbox: str, to: Cursor, now: datetime
) -> None:
    """The mailbox is read so far. Belongs in the transaction that records what was read."""
    key = {"owner_id": owner_id, "account": account, "mailbox": mailbox}
    rest = {"uidvalidity": to.uidvalidity, "last_uid": to.last_uid, "moved_at": now}
    upsert(s, CursorEntry, key, rest)


def record_message(
    s: Session,
    owner_id: int,
    raw: RawMessage,
    message: InboundMessage,
    classification: Classification,
    *,
    contact_id: int | None,
    direction: Direction | None,
    text: str,
    now: datetime,
    redact: Sequence[str] = (),
) -> Recorded:
    """Record a message and where it was seen; the second time changes nothing.

    What must not be kept (tokens) is given in `redact`: it is cut out of the text, and the bytes,
    where it may be encoded, are not kept. Of our own mail nothing is kept but that it was seen.
    """
    ours = classification.kind is Kind.OURS
    hidden = [word for word in redact if word]
    message_id = _digest(message.message_id) if ours else message.message_id
    sender = message.sender
    sender_key = sender.address.key if sender else ""
    told: dict[str, Any] = {
        "body_hash": message.body_hash,
        "kind": classification.kind,
        "direction": direction,
        "contact_id": contact_id,
        "sender_key": sender_key,
        "sender_name": sender.name if sender else "",
        "subject": _without(message.subject, hidden),
        "sent_at": message.sent_at,
        "received_at": raw.received_at,
        "recorded_at": now,
        "in_reply_to": None if ours or hidden else message.in_reply_to,
        "references": () if ours or hidden else message.references,
        "evidence": [str(each) for each in classification.evidence],
        "text": "" if ours else _without(text, hidden),
        "raw": None if ours or hidden else raw.data,
    }
    named = {"owner_id": owner_id, "message_id": message_id}
    message_pk = insert_new(s, MessageEntry, {**named, **told})
    if message_pk is not None:
        _see(s, owner_id, raw.location, message_pk)
        return Recorded(message_pk, is_new=True, clash=False)
    return _seen_before(s, owner_id, raw.location, message_id, told)


def quarantine(
    s: Session, owner_id: int, location: Location, reason: str, data: bytes, now: datetime
) -> int | None:
    """Put a message aside with its bytes; None when that place is in quarantine already."""
    what = {"reason": reason, "data": data, "quarantined_at": now}
    return insert_new(s, QuarantineEntry, {"owner_id": owner_id, **_place(location), **what})


def quarantined(s: Session, owner_id: int, *, limit: int = 100) -> tuple[Quarantined, ...]:
    """What waits in quarantine, the oldest first, with its bytes."""
    rows = s.scalars(
        select(QuarantineEntry)
        .where(QuarantineEntry.owner_id == owner_id)
        .order_by(QuarantineEntry.id)
        .limit(limit)
    )
    return tuple(
        Quarantined(
            row.id,
            Location(row.account, row.mailbox, row.uidvalidity, row.uid),
            row.reason,
            row.data,
            row.quarantined_at,
        )
        for row in rows
    )


def release(s: Session, owner_id: int, quarantine_id: int) -> bool:
    """Let a message out of quarantine, its bytes with it; False when it is not there."""
    table = table_of(QuarantineEntry)
    statement = delete(table).where(
        QuarantineEntry.owner_id == owner_id, QuarantineEntry.id == quarantine_id
    )
    return s.execute(statement.returning(table.c.id)).first() is not None


def last_texts(
    s: Session, owner_id: int, sender: Address, until: datetime, limit: int = 20
) -> tuple[str, ...]:
    """The texts of the mails read from an address by then that are still kept, the latest first."""
    rows = s.scalars(
        select(MessageEntry.text)
        .where(
            MessageEntry.owner_id == owner_id,
            MessageEntry.sender_key == sender.key,
            MessageEntry.recorded_at <= until,
        )
        .order_by(MessageEntry.recorded_at.desc(), MessageEntry.id.desc())
        .limit(limit)
    )
    return tuple(text for text in rows if text)


def _seen_before(
    s: Session, owner_id: int, location: Location, message_id: str, told: Mapping[str, Any]
) -> Recorded:
    row = s.execute(
        select(
            MessageEntry.id, MessageEntry.body_hash, MessageEntry.sender_key, MessageEntry.kind
        ).where(MessageEntry.owner_id == owner_id, MessageEntry.message_id == message_id)
    ).one()
    _see(s, owner_id, location, row.id)
    is_same_sender = row.sender_key == told["sender_key"]
    if is_same_sender and row.kind in FAINT and told["kind"] in CLEAR:
        mails = table_of(MessageEntry)
        itself = (mails.c.owner_id == owner_id, mails.c.id == row.id)
        s.execute(update(mails).where(*itself).values(**told))
        return Recorded(row.id, is_new=True, clash=False)
    # a list may add a footer to each copy, and our own mail is told by its name alone
    is_listed = is_same_sender and Kind.LIST in {row.kind, told["kind"]}
    clash = row.body_hash != told["body_hash"] and row.kind is not Kind.OURS and not is_listed
    return Recorded(row.id, is_new=False, clash=clash)


def _see(s: Session, owner_id: int, location: Location, message_pk: int) -> None:
    values = {"owner_id": owner_id, **_place(location), "message_pk": message_pk}
    insert_new(s, SightingEntry, values)


def _place(location: Location) -> dict[str, str | int]:
    return {
        "account": location.account,
        "mailbox": location.mailbox,
        "uidvalidity": location.uidvalidity,
        "uid": location.uid,
    }


def _without(text: str, hidden: Sequence[str]) -> str:
    for word in hidden:
        text = text.replace(word, "…")
    return text


def _digest(message_id: str) -> str:
    return "sha256:" + hashlib.sha256(message_id.encode("utf-8", "replace")).hexdigest()
