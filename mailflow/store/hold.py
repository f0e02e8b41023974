"""The lock that keeps a second daemon away from the same store."""

import fcntl
import hashlib
import os
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from mailflow.errors import StoreInUse, StoreUnavailable

IN_USE = "Another mailflow already works on {place}; stop it first (one is enough)."


class Hold:
    """The lock, while it is held. The operating system or the server frees it if we die."""

    def __init__(self, descriptor: int | None, connection: Connection | None) -> None:
        self._descriptor = descriptor
        self._connection = connection

    @classmethod
    def take(cls, engine: Engine, state_dir: Path, owner: str) -> "Hold":
        """Raises StoreInUse when another process has it."""
        if engine.dialect.name == "sqlite":
            return cls(_lock_file(engine, state_dir), None)
        return cls(None, _lock_server(engine, owner))

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()


def _lock_file(engine: Engine, state_dir: Path) -> int:
    database = engine.url.database
    beside = Path(f"{database}.lock") if database and database != ":memory:" else None
    path = beside or state_dir / "mailflow.lock"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreUnavailable(f"The lock {path} cannot be made: {error.strerror}.") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise StoreInUse(IN_USE.format(place=database)) from error
    return descriptor


def _lock_server(engine: Engine, owner: str) -> Connection:
    digest = hashlib.sha256(b"mailflow:" + owner.encode()).digest()
    key = int.from_bytes(digest[:8], "big", signed=True)
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}):
        connection.close()
        raise StoreInUse(IN_USE.format(place=engine.url.render_as_string()))
    return connection
