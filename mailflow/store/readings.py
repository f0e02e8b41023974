"""Where a contact's fields came from, and which of them are in doubt."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from mailflow.store.folding import fold
from mailflow.store.inserts import table_of
from mailflow.store.tables import ContactEntry, FieldEntry

CONTACTS, FIELDS = map(table_of, (ContactEntry, FieldEntry))
DOUBTED = (
    select(FIELDS)
    .where(
        FIELDS.c.owner_id == bindparam("of"),
        FIELDS.c.contact_id.in_(bindparam("ids", expanding=True)),
        FIELDS.c.doubt.is_not(None),
    )
    .order_by(FIELDS.c.id)
)


@dataclass(frozen=True, slots=True)
class Doubted:
    """A field of a contact that was read with doubt: its name, what it says, and the sentence."""

    field: str
    value: str
    doubt: str


def doubted(s: Session, owner_id: int, contact_ids: Iterable[int]) -> dict[int, list[Doubted]]:
    """Contact -> the fields still in doubt, in the order they were read. A doubt goes when the same
    value is read elsewhere without one, when it is put right, and when the owner confirms it."""
    rows = s.execute(DOUBTED, {"of": owner_id, "ids": list(contact_ids)})
    found: dict[int, dict[tuple[str, str], Doubted]] = {}
    for row in rows:
        each = Doubted(row.field, row.value, row.doubt)
        found.setdefault(row.contact_id, {}).setdefault((row.field, fold(row.value)), each)
    return {contact_id: list(fields.values()) for contact_id, fields in found.items()}


def clear_doubts(
    s: Session, owner_id: int, contact_id: int, field: str, value: str | None = None
) -> None:
    """The field (only with that value, if one is given) is in doubt no more."""
    theirs = (FIELDS.c.owner_id == owner_id, FIELDS.c.contact_id == contact_id)
    rows = s.execute(
        select(FIELDS.c.id, FIELDS.c.value, FIELDS.c.doubt).where(
            *theirs, FIELDS.c.field == field, FIELDS.c.doubt.is_not(None)
        )
    ).all()
    gone = [row for row in rows if value is None or fold(row.value) == fold(value)]
    if not gone:
        return
    s.execute(update(FIELDS).where(FIELDS.c.id.in_([row.id for row in gone])).values(doubt=None))
    itself = (CONTACTS.c.owner_id == owner_id, CONTACTS.c.id == contact_id)
    doubts = s.scalar(select(CONTACTS.c.doubts).where(*itself)) or ()
    said = {row.doubt for row in gone}
    left = tuple(doubt for doubt in doubts if doubt not in said)
    if left != doubts:
        s.execute(update(CONTACTS).where(*itself).values(doubts=left))
