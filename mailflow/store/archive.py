"""Everything of an owner's as one JSON document, written and read a row to a line."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, LargeBinary, Table, func, select
from sqlalchemy import Enum as OneOf
from sqlalchemy.orm import Session

from mailflow.model.contact import Contact
from mailflow.store.columns import Base, Instant, Json, plain
from mailflow.store.contacts import contacts
from mailflow.store.inserts import table_of
from mailflow.store.schema import REVISION
from mailflow.store.tables import ContactEntry, OwnerEntry

FORM = 1
"""The number of this form of archive."""

MANY, FEW = 500, 20
"""Rows read at once; few of those that hold mails of up to 25 MB."""

END = '"end": '


def tables() -> tuple[Table, ...]:
    """Every table of rows that belong to an owner, those first that others refer to."""
    return tuple(t for t in Base.metadata.sorted_tables if "owner_id" in t.columns)


def archive(s: Session, owner_id: int) -> Iterator[str]:
    """The lines of an archive of everything of the owner's: a JSON object of `mailflow` (what it
    is), `tables` (name -> rows, one to a line) and `end` (counts, and the SHA-256 of all lines
    before it). The same rows give the same lines on every engine. Settings and secrets are not in
    it; instants are ISO 8601 in UTC, bytes base64."""
    digest = hashlib.sha256()
    counts: dict[str, int] = {}
    for line in _body(s, owner_id, counts):
        digest.update(line.encode())
        yield line
    end = {"rows": counts, "sha256": digest.hexdigest()}
    yield f"{END}{_json(end)}}}\n"


def contacts_in_turn(s: Session, owner_id: int) -> Iterator[Contact]:
    """Every contact by number, a few in memory at a time."""
    table, last = table_of(ContactEntry), 0
    while True:
        ids = s.scalars(
            select(table.c.id)
            .where(table.c.owner_id == owner_id, table.c.id > last)
            .order_by(table.c.id)
            .limit(MANY)
        ).all()
        if not ids:
            return
        yield from sorted(contacts(s, owner_id, ids), key=lambda contact: contact.id)
        last = ids[-1]


def key_of(s: Session) -> str:
    """What tells one secret from another, and nothing about it: the suppression list and tokens of
    an archive are of use only beside the secret that keyed them."""
    secret = s.info.get("secret") or b""
    return hmac.digest(secret, b"mailflow archive", hashlib.sha256).hex()


def _body(s: Session, owner_id: int, counts: dict[str, int]) -> Iterator[str]:
    owner = table_of(OwnerEntry)
    itself = s.execute(select(owner).where(owner.c.id == owner_id)).mappings().one_or_none()
    about = {
        "archive": FORM,
        "schema": REVISION,
        "key": key_of(s),
        "owner": encoded(itself) if itself is not None else None,
    }
    yield f'{{"mailflow": {_json(about)},\n"tables": {{\n'
    before = ""
    for table in tables():
        yield f'{before}"{table.name}": [\n'
        before, count = "],\n", 0
        for row in _rows(s, owner_id, table):
            yield f"{',' if count else ''}{_json(encoded(row))}\n"
            count += 1
        counts[table.name] = count
    yield "]},\n"


def _rows(s: Session, owner_id: int, table: Table) -> Iterator[Any]:
    columns = [column for column in table.columns if column.name != "owner_id"]
    asked = select(*columns).where(table.c.owner_id == owner_id)
    if "id" not in table.columns:  # engines sort texts in different orders
        rows = s.execute(asked).mappings().all()
        yield from sorted(rows, key=lambda row: json.dumps(encoded(row), sort_keys=True))
        return
    has_bytes = any(isinstance(column.type, LargeBinary) for column in columns)
    at_once = {"yield_per": FEW if has_bytes else MANY}
    yield from s.execute(asked.order_by(table.c.id), execution_options=at_once).mappings()


def encoded(row: Any) -> Json:
    """A row as JSON can say it."""
    return {name: plain(value) for name, value in row.items()}


def decoded(table: Table, name: str, value: Any) -> Any:
    """A value as the column holds it; raises ValueError, TypeError or KeyError for what is none."""
    kind = table.columns[name].type
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value, validate=True)
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, OneOf) and kind.enum_class is not None:
        return kind.enum_class(value)
    return value


def is_empty(s: Session) -> bool:
    """Whether no owner has anything in this store."""
    return all(
        s.scalar(select(func.count()).select_from(select(table).limit(1).subquery())) == 0
        for table in tables()
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
