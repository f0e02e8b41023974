"""The store as one object: opened once, asked for transactions, held by one daemon at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from mailflow.errors import StoreError
from mailflow.store.failures import unavailable
from mailflow.store.hold import Hold
from mailflow.store.inserts import insert_new
from mailflow.store.schema import Standing, demand, standing, upgrade
from mailflow.store.tables import OwnerEntry

__all__ = ["Session", "Store", "ensure_owner"]

BUSY_SECONDS = 10
"""How long a transaction waits for another program's to end."""


class Store:
    """A database of mailflow's, SQLite or PostgreSQL.

    `secret` keys the hashes on the suppression list; it lives outside the database.
    """

    def __init__(self, engine: Engine, place: str, secret: bytes) -> None:
        self._engine = engine
        self._hasty = engine.execution_options(is_redone=True)
        self._looking = engine.execution_options(is_looking=True)
        self._hold: Hold | None = None
        self.place = place
        self.secret = secret

    @classmethod
    def open(cls, url: str, *, create: bool = True, secret: bytes = b"") -> "Store":
        """Open the database at a SQLAlchemy URL; a new one is given its tables if `create`.

        Raises SchemaMismatch when its tables are older or newer than this program, StoreUnavailable
        when it is locked, full or unreachable, StoreError when there is none or the URL is wrong.
        """
        store = cls.connect(url, create=create, secret=secret)
        try:
            store._check(create=create)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def connect(cls, url: str, *, create: bool = True, secret: bytes = b"") -> "Store":
        """Like `open`, but takes tables of any age: for `upgrade`, and to look at what is there."""
        parsed = _parsed(url)
        if parsed.get_backend_name() == "sqlite":
            _ready_file(parsed, create=create)
        place = parsed.database or "memory" if _is_sqlite(parsed) else parsed.render_as_string()
        return cls(_engine(parsed), place, secret)

    @contextmanager
    def begin(self, *, is_redone: bool = False) -> Iterator[Session]:
        """One transaction: committed at the end, undone by an exception.

        SQLite's is a writing one from its start, so that nobody can come between what is read and
        what is written. With `is_redone` the disk need not have it yet when this returns: a power
        cut may take it back, with all that came after it, and what it did is then simply done
        again. Raises StoreUnavailable when the database is locked, full or unreachable.
        """
        with (
            self._failures_told(),
            Session(
                self._hasty if is_redone else self._engine,
                expire_on_commit=False,
                autoflush=False,
                info={"secret": self.secret},
                execution_options={"populate_existing": True},
            ) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def look(self) -> Iterator[Session]:
        """One transaction that only reads, and holds up nobody who writes: to its end it sees the
        store as it was at its beginning."""
        with (
            self._failures_told(),
            Session(self._looking, info={"secret": self.secret}, autoflush=False) as session,
            session.begin(),
        ):
            yield session

    def upgrade(self) -> None:
        """Bring the tables to what this program expects; nothing happens when they are."""
        with self._connection() as connection:
            upgrade(connection)

    def standing(self) -> Standing:
        """Whether the tables are missing, older, newer or just right."""
        with self._connection() as connection:
            return standing(connection)

    def hold(self, state_dir: Path, *, owner: str = "") -> None:
        """Keep the store for this process, until `close`; raises StoreInUse when another has it.

        SQLite is held by a lock on a file beside it (in `state_dir` for one in memory), PostgreSQL
        by an advisory lock, for each `owner` apart. Both end with the process, however it ends.
        """
        if self._hold is None:
            self._hold = Hold.take(self._engine, state_dir, owner)

    def close(self) -> None:
        """Give back the lock and the connections."""
        if self._hold is not None:
            self._hold.release()
            self._hold = None
        self._engine.dispose()

    def _check(self, *, create: bool) -> None:
        with self._connection() as connection:
            found = standing(connection)
            if found is Standing.EMPTY and create:
                upgrade(connection)
            else:
                demand(found, self.place)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with self._failures_told(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _failures_told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            told = unavailable(error, self.place)
            if told is None:
                raise
            raise told from error


def ensure_owner(s: Session, name: str, now: datetime) -> int:
    """The owner's number; a new owner is given one."""
    values = {"name": name, "created_at": now}
    known = select(OwnerEntry.id).where(OwnerEntry.name == name)
    found = s.scalar(known)
    return found or insert_new(s, OwnerEntry, values) or s.scalars(known).one()


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        parsed.get_dialect()
    except (ArgumentError, ImportError) as error:
        raise StoreError(
            f"The store cannot be opened: {error}. Write store.url as sqlite:///path or, with"
            " mailflow[postgres] installed, postgresql://user@host/name."
        ) from None
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreError(
            f"The store cannot be a {parsed.get_backend_name()} database: SQLite or PostgreSQL."
        )
    return parsed


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _ready_file(url: URL, *, create: bool) -> None:
    """Make sure that only the owner can read the file; WAL files inherit its mode."""
    if not url.database or url.database == ":memory:":
        return
    path = Path(url.database)
    try:
        if not path.exists():
            if not create:
                raise StoreError(f"There is no store at {path}; `mailflow init` makes one.")
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        elif path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise StoreError(f"The store at {path} cannot be made: {error.strerror}.") from error


def _engine(url: URL) -> Engine:
    if not _is_sqlite(url):
        wait = BUSY_SECONDS * 1000
        options = f"-c timezone=UTC -c lock_timeout={wait}"
        arguments = {"options": options, "connect_timeout": BUSY_SECONDS}
        engine = create_engine(
            url, pool_pre_ping=True, connect_args=arguments, hide_parameters=True
        )
        event.listen(engine, "begin", _begin_hastily)
        return engine
    # what people wrote must not reach the log by way of an error; the connection used last has the
    # pages of the moment
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_SECONDS},
        hide_parameters=True,
        pool_use_lifo=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_writing)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for setting in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_writing(connection: Connection) -> None:
    """FULL by rule: a claim must outlive a power cut, or its mail would be sent again."""
    if connection.get_execution_options().get("is_looking", False):
        connection.exec_driver_sql("BEGIN")
        return
    is_redone = connection.get_execution_options().get("is_redone", False)
    wanted = "NORMAL" if is_redone else "FULL"
    if connection.info.get("synchronous") != wanted:
        connection.exec_driver_sql(f"PRAGMA synchronous={wanted}")
        connection.info["synchronous"] = wanted
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_hastily(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("is_looking", False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    elif options.get("is_redone", False):
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
