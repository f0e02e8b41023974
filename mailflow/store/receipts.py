"""Receipts that are owed to the owner, and trouble to be told in the summary."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mailflow.model.letter import Line, Receipt
from mailflow.store.columns import clean
from mailflow.store.inserts import insert_new, table_of, upsert
from mailflow.store.mail_tables import IS_OPEN
from mailflow.store.tables import ReceiptEntry, TroubleEntry


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


def open_receipts(s: Session, owner_id: int) -> tuple[Receipt, ...]:
    """The answers still owed, the oldest first."""
    rows = s.scalars(
        select(ReceiptEntry)
        .where(ReceiptEntry.owner_id == owner_id, IS_OPEN)
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
    table = table_of(ReceiptEntry)
    statement = (
        update(table)
        .where(ReceiptEntry.owner_id == owner_id, ReceiptEntry.id == receipt_id, IS_OPEN)
        .values(is_open=False, lines=[])
        .returning(table.c.id)
    )
    return s.execute(statement).first() is not None


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
