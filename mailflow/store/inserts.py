"""Inserts that say whether the row is new, by the tables' own unique constraints."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mailflow.store.columns import Base


def table_of(entry: type[Base]) -> Table:
    """The table behind a mapped class."""
    return cast("Table", entry.__table__)


def insert_new(s: Session, entry: type[Base], values: Mapping[str, Any]) -> int | None:
    """Insert one row; its id, or None when a unique constraint says that it is there already."""
    table = table_of(entry)
    statement = _insert(s, table).values(**values).on_conflict_do_nothing()
    return s.execute(statement.returning(table.c.id)).scalar_one_or_none()


def upsert(
    s: Session,
    entry: type[Base],
    key: Mapping[str, Any],
    rest: Mapping[str, Any],
    *,
    instead: Mapping[str, Any] | None = None,
) -> None:
    """Insert one row, or give the row with that key the other values (or those of `instead`)."""
    statement = _insert(s, table_of(entry)).values(**key, **rest)
    changes = dict(rest if instead is None else instead)
    s.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changes))


def _insert(s: Session, table: Table) -> "sqlite.Insert | postgresql.Insert":
    if s.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
