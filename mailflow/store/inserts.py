"""Inserts that say whether the row is new, by the tables' own unique constraints."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mailflow.store.columns import Base

Insert = sqlite.Insert | postgresql.Insert


def table_of(entry: type[Base]) -> Table:
    """The table behind a mapped class."""
    return cast("Table", entry.__table__)


def insert_new(s: Session, entry: type[Base], values: Mapping[str, Any]) -> int | None:
    """Insert one row; its id, or None when a unique constraint says that it is there already."""
    asked = {name: value for name, value in values.items() if isinstance(value, ColumnElement)}
    given = {name: value for name, value in values.items() if name not in asked}
    statement = _insert_or_nothing(table_of(entry), s.get_bind().dialect.name)
    return s.execute(statement.values(**asked) if asked else statement, given).scalar_one_or_none()


def upsert(
    s: Session,
    entry: type[Base],
    key: Mapping[str, Any],
    rest: Mapping[str, Any],
    *,
    instead: Mapping[str, Any] | None = None,
) -> None:
    """Insert one row, or give the row with that key the other values (or those of `instead`)."""
    table, dialect = table_of(entry), s.get_bind().dialect.name
    if instead is None:
        statement = _insert_or_replace(table, dialect, tuple(key), tuple(rest))
    else:
        statement = _insert(table, dialect).on_conflict_do_update(
            index_elements=list(key), set_=dict(instead)
        )
    s.execute(statement, {**key, **rest})


@lru_cache(maxsize=64)
def _insert_or_nothing(table: Table, dialect: str) -> Any:
    """Made once for each table: building a statement costs more than running it."""
    return _insert(table, dialect).on_conflict_do_nothing().returning(table.c.id)


@lru_cache(maxsize=64)
def _insert_or_replace(
    table: Table, dialect: str, key: tuple[str, ...], rest: tuple[str, ...]
) -> Any:
    statement = _insert(table, dialect)
    changes = {name: statement.excluded[name] for name in rest}
    return statement.on_conflict_do_update(index_elements=list(key), set_=changes)


def _insert(table: Table, dialect: str) -> Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
