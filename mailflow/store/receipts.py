"""Receipts that are owed to the owner, and trouble to be told in the summary."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm import Session

from mailflow.model.letter import Line, Receipt
from mailflow.store.columns import clean
from mailflow.store.inserts import insert_new, table_of, upsert
from mailflow.store.mail_tables import IS_OPEN
from mailflow.store.tables import PictureEntry, ReceiptEntry, TroubleEntry

RECEIPTS = table_of(ReceiptEntry)
CLOSE = (
    update(RECEIPTS)
    .where(RECEIPTS.c.owner_id == bindparam("of"), RECEIPTS.c.id == bindparam("pk"), IS_OPEN)
    .returning(RECEIPTS.c.id)
)


def add_receipt(
    s: Session,
    owner_id: int,
    *,
    message_pk: int,
    subject: str,
    lines: Sequence[Line],
    contact_ids: Sequence[int],
    created_at: datetime,
    in_reply_to: str | None = None,
    references: Sequence[str] = (),
) -> int | None:
    """Owe the owner an answer to that mail; None when one is, or was, owed already."""
    values = {
        "owner_id": owner_id,
        "message_pk": message_pk,
        "in_reply_to": in_reply_to,
        "references": references,
        "subject": subject,
        "lines": [asdict(line) for line in lines],
        "contact_ids": list(contact_ids),
        "created_at": created_at,
        "is_open": True,
    }
    return insert_new(s, ReceiptEntry, values)


def add_to_receipt(
    s: Session,
    owner_id: int,
    message_pk: int,
    lines: Sequence[Line],
    contact_ids: Sequence[int],
) -> bool:
    """Say more in the answer to that mail; one that was given already is given again, with only
    this in it. False when none was ever owed."""
    row = s.execute(
        select(RECEIPTS).where(RECEIPTS.c.owner_id == owner_id, RECEIPTS.c.message_pk == message_pk)
    ).one_or_none()
    if row is None:
        return False
    before = (row.lines, row.contact_ids) if row.is_open else ([], [])
    values = {
        "lines": [*before[0], *(asdict(line) for line in lines)],
        "contact_ids": list(dict.fromkeys([*before[1], *contact_ids])),
        "is_open": True,
    }
    s.execute(update(RECEIPTS).where(RECEIPTS.c.id == row.id).values(**values))
    return True


def open_receipts(s: Session, owner_id: int) -> tuple[Receipt, ...]:
    """The answers still owed, the oldest first; one waits while the mail's pictures are read."""
    reading = exists().where(
        PictureEntry.owner_id == owner_id,
        PictureEntry.message_pk == ReceiptEntry.message_pk,
        PictureEntry.is_told.is_(False),
    )
    rows = s.scalars(
        select(ReceiptEntry)
        .where(ReceiptEntry.owner_id == owner_id, IS_OPEN, ~reading)
        .order_by(ReceiptEntry.id)
    )
    return tuple(
        Receipt(
            id=row.id,
            message_pk=row.message_pk,
            subject=row.subject,
            created_at=row.created_at,
            in_reply_to=row.in_reply_to,
            references=row.references,
            lines=tuple(Line(**line) for line in row.lines),
            contact_ids=tuple(row.contact_ids),
        )
        for row in rows
    )


def close_receipt(s: Session, owner_id: int, receipt_id: int) -> bool:
    """The answer is queued; False when it was before. What it said is not kept twice."""
    values = {"is_open": False, "lines": []}
    return s.execute(CLOSE, {**values, "of": owner_id, "pk": receipt_id}).first() is not None


def add_trouble(
    s: Session, owner_id: int, kind: str, text: str, now: datetime, *, key: str
) -> None:
    """One line for the summary; the same key again only counts and renews it."""
    upsert(
        s,
        TroubleEntry,
        {"owner_id": owner_id, "key": key},
        {"kind": kind, "text": text, "first_at": now, "last_at": now, "times": 1},
        instead={"text": clean(text), "last_at": now, "times": TroubleEntry.times + 1},
    )
