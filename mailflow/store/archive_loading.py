"""An archive loaded into an empty store, whole or not at all."""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from sqlalchemy import Table, delete, func, insert, select, text
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.orm import Session

from mailflow.errors import SchemaMismatch, StoreError
from mailflow.store.archive import END, FEW, FORM, MANY, decoded, is_empty, key_of, tables
from mailflow.store.columns import Json
from mailflow.store.inserts import table_of
from mailflow.store.schema import REVISION
from mailflow.store.tables import OwnerEntry

MAX_LINE = 128 * 1024 * 1024
"""A quarantined mail of 25 MB has 34 MB in base64; no line is longer than this."""

KEYED = ("suppression", "token")
DAMAGED = "The archive is damaged: {what}. Nothing was loaded; take another copy of it."


def load_archive(s: Session, owner_id: int, file: BinaryIO) -> int:
    """Load an archive; how many rows that were. `file` is read twice: looked through, then loaded.

    1. It must be whole and as it was written, of no newer program, of this secret. 2. The store
    must hold nothing. 3. The owner takes the archive's place: number, beginning, pauses; the name
    stays that of the configuration. Raises StoreError or SchemaMismatch; the transaction is to be
    given up then.
    """
    about, counts = _looked_through(file)
    _demand(s, about, counts)
    _become(s, owner_id, about["owner"])
    file.seek(0)
    known = {table.name: table for table in tables()}
    loaded: Counter[str] = Counter()
    for name, some in _batches(file):
        if name not in known:
            raise StoreError(DAMAGED.format(what=f"no table is called “{name[:40]}”"))
        _insert(s, about["owner"]["id"], known[name], some)
        loaded[name] += len(some)
    # a list of suppressions that lost a line would have somebody written to who must not be
    if +loaded != +Counter(counts):
        raise StoreError(DAMAGED.format(what="it holds other rows than it counts at its end"))
    _count_on(s, (*known.values(), table_of(OwnerEntry)))
    return loaded.total()


def _looked_through(file: BinaryIO) -> tuple[Json, dict[str, int]]:
    """What the archive says of itself and how many rows it has, once its sum is right."""
    digest = hashlib.sha256()
    about: Json = {}
    for number, line in enumerate(_lines(file)):
        if number == 0:
            about = _about(line)
        if line.startswith(END.encode()):
            end = _parsed(line.rstrip()[len(END) : -1], "its last line cannot be read")
            if file.readline(1):
                raise StoreError(DAMAGED.format(what="something follows its end"))
            if not hmac.compare_digest(str(end.get("sha256")), digest.hexdigest()):
                raise StoreError(DAMAGED.format(what="it was changed since it was written"))
            return about, _counts(end.get("rows"))
        digest.update(line)
    raise StoreError(DAMAGED.format(what="its end is missing"))


def _counts(told: Any) -> dict[str, int]:
    if not isinstance(told, dict) or not all(type(each) is int for each in told.values()):
        raise StoreError(DAMAGED.format(what="its last line counts no rows"))
    return told


def _about(line: bytes) -> Json:
    """The first line: that it is an archive of ours, by which program."""
    head = line.rstrip().rstrip(b",")
    if not head.startswith(b'{"mailflow": '):
        raise StoreError(
            "That is no archive that `mailflow export all` wrote. Contacts of other programs are"
            " taken in with `mailflow import contacts`."
        )
    about = _parsed(head + b"}", "its first line cannot be read")["mailflow"]
    if not isinstance(about, dict) or not _is_owner(about.get("owner")):
        raise StoreError(DAMAGED.format(what="it does not say whose it is"))
    if about.get("archive") != FORM or str(about.get("schema", "")) > REVISION:
        raise SchemaMismatch(
            "The archive was written by a newer mailflow; install that one, or a later, to load it."
        )
    return about


def _is_owner(told: object) -> bool:
    return isinstance(told, dict) and type(told.get("id")) is int


def _demand(s: Session, about: Json, counts: dict[str, int]) -> None:
    owners = s.scalars(select(func.count()).select_from(OwnerEntry)).one()
    if owners > 1 or not is_empty(s):
        raise StoreError(
            "The store holds people or mail already, and an archive is loaded only into an empty"
            " one: name another in store.url, or move the old one away."
        )
    if any(counts.get(name) for name in KEYED) and about.get("key") != key_of(s):
        raise StoreError(
            "The archive was written beside another secret key. Copy secret.key from there into"
            " your store.state_dir first: without it nobody could tell who must not be written to."
        )


def _become(s: Session, owner_id: int, owner: Json) -> None:
    """Make the one owner of the empty store the owner of the archive."""
    table = table_of(OwnerEntry)
    name = s.scalars(select(table.c.name).where(table.c.id == owner_id)).one()
    s.execute(delete(table))
    values = {n: _value(table, n, v) for n, v in owner.items() if n in table.columns}
    try:
        s.execute(insert(table), {**values, "name": name})
    except (StatementError, OverflowError) as error:
        if isinstance(error, OperationalError):
            raise
        raise StoreError(DAMAGED.format(what="its owner is none")) from error


def _batches(file: BinaryIO) -> Iterator[tuple[str, list[Json]]]:
    """The rows of each table in turn, some at a time."""
    name = ""
    batch: list[Json] = []
    for line in _lines(file):
        row = line.rstrip().lstrip(b",")
        if row.startswith(b"{") and name:
            batch.append(_parsed(row, f"a row of {name} cannot be read"))
            if len(batch) >= (FEW if len(row) > 100_000 else MANY):
                yield name, batch
                batch = []
        elif row.startswith(b'"') and row.endswith(b": ["):
            name = row[1:].partition(b'"')[0].decode("utf-8", "replace")
        elif batch:
            yield name, batch
            batch = []
    if batch:
        yield name, batch


def _insert(s: Session, owner_id: int, table: Table, rows: list[Json]) -> None:
    """Rows of an older program may lack columns that may be empty."""
    needed = [c for c in table.columns if c.name != "owner_id"]
    values = []
    for row in rows:
        extra = row.keys() - {column.name for column in needed}
        missing = [c.name for c in needed if c.name not in row and not c.nullable]
        if extra or missing:
            what = ", ".join(sorted(extra) or missing)
            raise StoreError(
                f"The archive does not fit this version: {table.name} is about {what[:80]}. Load it"
                " with the version that wrote it, then upgrade that store."
            )
        full = {c.name: _value(table, c.name, row.get(c.name)) for c in needed}
        values.append({"owner_id": owner_id, **full})
    try:
        s.connection().execute(insert(table), values)
    except (StatementError, OverflowError) as error:
        if isinstance(error, OperationalError):
            raise
        what = f"the rows of {table.name} contradict each other"
        raise StoreError(DAMAGED.format(what=what)) from error


def _value(table: Table, name: str, value: Any) -> Any:
    try:
        return decoded(table, name, value)
    except (ValueError, TypeError, KeyError) as error:
        what = f"{table.name} has a {name} that is none"
        raise StoreError(DAMAGED.format(what=what)) from error


def _count_on(s: Session, filled: tuple[Table, ...]) -> None:
    """PostgreSQL hands out numbers by itself: from the highest on."""
    if s.get_bind().dialect.name != "postgresql":
        return
    for table in filled:
        if "id" in table.columns:
            highest = s.scalar(select(func.max(table.c.id)))
            if highest is not None:
                where = {"name": table.name, "last": highest}
                s.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), where)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(MAX_LINE):
        if len(line) >= MAX_LINE:
            raise StoreError(DAMAGED.format(what="a line of it has no end"))
        yield line


def _parsed(line: bytes, what: str) -> Json:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise StoreError(DAMAGED.format(what=what)) from error
    if not isinstance(found, dict):
        raise StoreError(DAMAGED.format(what=what))
    return found
