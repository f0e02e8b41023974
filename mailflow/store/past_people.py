"""Whose addresses past mail names: contacts', correspondents' known and new; nobody's forgotten."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from mailflow.model.address import NamedAddress
from mailflow.model.contact import Suppression
from mailflow.store.alone import keep_people
from mailflow.store.bulk import Row
from mailflow.store.chunks import chunks
from mailflow.store.columns import clean
from mailflow.store.inserts import table_of
from mailflow.store.suppressions import digest_of
from mailflow.store.tables import AddressEntry, CorrespondentEntry, SuppressionEntry

MAX_WORDS = 3
"""A longer name says no more than one of so many words."""

MAX_KNOWN = 10_000
"""People; past them they are forgotten all together and asked for anew."""


CACHED_KB = 4_000
"""Of SQLite's pages: an import passes over many and comes back to few."""

PAGES_AHEAD = 8_000
"""So many are written ahead before they are put in place: batches write the same ones again."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody writes from: seconds east of UTC, and a language; as their mail says."""

    offset: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class _Stored:
    id: int
    name: str
    offset: int | None
    language: str | None


NOWHERE = Place()


class PastPeople:
    """Who is who in past mail, as far as it was asked."""

    def __init__(self) -> None:
        self.contacts: dict[str, int] = {}
        """Folded address -> contact."""
        self._others: dict[str, _Stored] = {}

    @property
    def size(self) -> int:
        """How many people are known."""
        return len(self.contacts) + len(self._others)

    def meet(
        self,
        s: Session,
        owner_id: int,
        named: Mapping[str, NamedAddress],
        places: Mapping[str, Place],
    ) -> None:
        """Find these by their folded addresses; those not known yet become correspondents, whose
        names and places follow their mail."""
        unknown = [key for key in named if key not in self.contacts and key not in self._others]
        self.contacts |= contacts_of_keys(s, owner_id, unknown)
        self._look_up(s, owner_id, [key for key in unknown if key not in self.contacts])
        self._follow(s, owner_id, named, places)
        new = {
            key: other
            for key, other in named.items()
            if key not in self.contacts and key not in self._others
        }
        for key in _forgotten(s, owner_id, new):
            del new[key]
        self._make(s, owner_id, new, places)

    def correspondent(self, key: str) -> int | None:
        """Who has this folded address without being a contact."""
        stored = self._others.get(key)
        return stored.id if stored else None

    def _look_up(self, s: Session, owner_id: int, keys: Iterable[str]) -> None:
        table = table_of(CorrespondentEntry)
        asked = select(table.c.key, table.c.id, table.c.name, table.c.utc_offset, table.c.language)
        for some in chunks(keys):
            for row in s.execute(asked.where(table.c.owner_id == owner_id, table.c.key.in_(some))):
                self._others[row.key] = _Stored(row.id, row.name, row.utc_offset, row.language)

    def _follow(
        self,
        s: Session,
        owner_id: int,
        named: Mapping[str, NamedAddress],
        places: Mapping[str, Place],
    ) -> None:
        changed: list[Row] = []
        for key, other in named.items():
            if (before := self._others.get(key)) is None:
                continue
            place = places.get(key, NOWHERE)
            now = _Stored(
                before.id,
                clean(fuller(before.name, other.name)),
                before.offset if place.offset is None else place.offset,
                place.language or before.language,
            )
            if now != before:
                self._others[key] = now
                told = {"now_name": now.name, "now_offset": now.offset}
                changed.append({"of": owner_id, "pk": now.id, **told, "now_language": now.language})
        if changed:
            _update_each(s, changed)

    def _make(
        self,
        s: Session,
        owner_id: int,
        new: Mapping[str, NamedAddress],
        places: Mapping[str, Place],
    ) -> None:
        table = table_of(CorrespondentEntry)
        for some in chunks(new):
            rows = {key: _row(owner_id, new[key], places.get(key, NOWHERE)) for key in some}
            made = s.execute(insert(table).returning(table.c.key, table.c.id), list(rows.values()))
            for key, made_id in made:
                row = rows[key]
                rest = row["name"], row["utc_offset"], row["language"]
                self._others[key] = _Stored(made_id, *rest)


class Remembered:
    """Batch after batch of past mail names the same people: they stay known from one transaction
    to the next as long as nobody else writes to the database, where that can be told."""

    def __init__(self) -> None:
        self._people = PastPeople()
        self._mark: object = None

    @contextmanager
    def people(self, s: Session, owner_id: int) -> Iterator[PastPeople]:
        """The people for a transaction; everything that it changes belongs in the block. Nobody
        else changes who is who meanwhile."""
        keep_people(s)
        if self._mark is None or self._mark != _mark(s, owner_id) or self._people.size > MAX_KNOWN:
            self._people = PastPeople()
            if (connection := _sqlite(s)) is not None:
                connection.execute(f"PRAGMA cache_size=-{CACHED_KB}")
                connection.execute(f"PRAGMA wal_autocheckpoint={PAGES_AHEAD}")
        self._mark = None
        yield self._people
        self._mark = _mark(s, owner_id)


def _row(owner_id: int, other: NamedAddress, place: Place) -> Row:
    return {
        "owner_id": owner_id,
        "key": other.address.key,
        "written": other.address.written,
        "name": clean(other.name),
        "utc_offset": place.offset,
        "language": place.language or None,
    }


def contacts_of_keys(s: Session, owner_id: int, keys: Iterable[str]) -> dict[str, int]:
    """Folded address -> contact."""
    table = table_of(AddressEntry)
    statement = select(table.c.key, table.c.contact_id).where(table.c.owner_id == owner_id)
    return {
        row.key: row.contact_id
        for some in chunks(keys)
        for row in s.execute(statement.where(table.c.key.in_(some)))
    }


def fuller(known: str, other: str) -> str:
    """The name that says more: “Jane Roe” rather than “Jane”."""
    if known == other:
        return known
    return other if min(len(other.split()), MAX_WORDS) > len(known.split()) else known


def _mark(s: Session, owner_id: int) -> object:
    """What is another once anybody has written to the database; None where that cannot be told.

    SQLite's data_version changes with what other connections commit, total_changes with our own.
    """
    if (connection := _sqlite(s)) is None:
        return None
    version = connection.execute("PRAGMA data_version").fetchone()
    return owner_id, id(connection), version, connection.total_changes


def _sqlite(s: Session) -> sqlite3.Connection | None:
    connection = s.connection().connection.driver_connection
    return connection if isinstance(connection, sqlite3.Connection) else None


def _update_each(s: Session, changed: Sequence[Row]) -> None:
    table = table_of(CorrespondentEntry)
    s.connection().execute(
        update(table)
        .where(table.c.owner_id == bindparam("of"), table.c.id == bindparam("pk"))
        .values(
            name=bindparam("now_name"),
            utc_offset=bindparam("now_offset"),
            language=bindparam("now_language"),
        ),
        list(changed),
    )


def _forgotten(s: Session, owner_id: int, keys: Iterable[str]) -> set[str]:
    """Those of the addresses that belong to somebody who was forgotten."""
    table = table_of(SuppressionEntry)
    found: set[str] = set()
    for some in chunks(keys):
        digests = {digest_of(s, owner_id, key): key for key in some}
        rows = s.scalars(
            select(table.c.digest).where(
                table.c.owner_id == owner_id,
                table.c.reason == Suppression.FORGOTTEN,
                table.c.digest.in_(digests),
            )
        )
        found |= {digests[digest] for digest in rows}
    return found
