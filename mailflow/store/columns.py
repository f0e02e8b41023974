"""The kinds of columns the tables are made of, the same on SQLite and PostgreSQL."""

import base64
import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from enum import Enum as Choice
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Enum, ForeignKeyConstraint, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

MAX_KEY = 900
"""Octets of a text that may stand in an index; PostgreSQL refuses entries over 2,704."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The tables of mailflow; names of constraints follow from their columns."""

    metadata = MetaData(naming_convention=NAMES)


ONCE = {"sqlite_autoincrement": True}
"""For tables whose numbers the owner is shown: none is given again when its row is gone."""


class Instant(TypeDecorator[datetime]):
    """An instant: aware in, aware UTC out, whatever the engine keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return _utc(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], object] | None:
        """On SQLite as text at once, in the form of SQLAlchemy's own type: instants are many."""
        return _written if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone")
    return value.astimezone(UTC)


def _written(value: datetime | None) -> str | None:
    if value is None:
        return None
    return _utc(value).replace(tzinfo=None).isoformat(" ", "microseconds")


def clean(text: str) -> str:
    """What both engines can keep: no NUL (PostgreSQL), no lone surrogate (both)."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


class Words(TypeDecorator[str]):
    """Text as people write it, strangers among them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


class Key(TypeDecorator[str]):
    """Text that is looked up: kept whole while it fits an index, else by its digest."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        cleaned = clean(value)
        if len(cleaned) * 4 <= MAX_KEY or len(cleaned.encode()) <= MAX_KEY:
            return cleaned
        return "sha256:" + hashlib.sha256(cleaned.encode()).hexdigest()


class Strings(TypeDecorator[tuple[str, ...]]):
    """A tuple of texts, as a JSON array."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> list[str] | None:
        return None if value is None else [clean(item) for item in value]

    def process_result_value(
        self, value: list[str] | None, dialect: Dialect
    ) -> tuple[str, ...] | None:
        return None if value is None else tuple(value)


def one_of(members: type[StrEnum], *, checked: bool = False) -> Enum:
    """A column of one enum's values; `checked` has the database itself refuse others."""
    return Enum(
        members,
        name="state" if checked else None,
        native_enum=False,
        create_constraint=checked,
        length=32,
        values_callable=lambda enum: [member.value for member in enum],
    )


def belongs_to(table: str, column: str, ondelete: str | None = "CASCADE") -> ForeignKeyConstraint:
    """A reference that cannot cross owners: (owner_id, column) -> (owner_id, id) of `table`."""
    return ForeignKeyConstraint(
        ["owner_id", column], [f"{table}.owner_id", f"{table}.id"], ondelete=ondelete
    )


Document = JSON
"""A JSON value of our own making."""

Json = dict[str, Any]


def plain(value: object) -> Any:
    """A column's value as JSON has it: instants and days as ISO 8601, octets in base64."""
    match value:
        case Choice():
            return value.value
        case date():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case tuple():
            return list(value)
        case _:
            return value
