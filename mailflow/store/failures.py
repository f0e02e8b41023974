"""What a database's failures mean to the owner."""

import sqlite3
from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from mailflow.errors import StoreUnavailable

LOCKED = "is locked by another program"
FULL = "has no room left on its disk; free some"
READ_ONLY = "cannot be written: it or its folder is read-only"
BROKEN = "is damaged; restore it from your backup"
DISK = "cannot be read or written: its disk reports an error"

SQLITE: Mapping[int, str] = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_IOERR: DISK,
    sqlite3.SQLITE_CORRUPT: BROKEN,
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: look at its folder and the rights on it",
    sqlite3.SQLITE_NOTADB: "is not a database",
    sqlite3.SQLITE_PROTOCOL: LOCKED,
}
"""SQLite's primary result codes (sqlite.org/rescode.html)."""

POSTGRES: Mapping[str, str] = {
    "08": "cannot be reached",
    "25006": READ_ONLY,
    "28": "refuses the user name or password",
    "3D": "does not exist on that server",
    "40": "was wanted by two programs at once",
    "53": FULL,
    "53300": "has too many visitors just now",
    "55P03": LOCKED,
    "57": "is being shut down or restarted",
    "58": DISK,
    "XX001": BROKEN,
}
"""PostgreSQL's codes or classes of codes (its manual, appendix A); the longer one counts."""


def unavailable(error: DBAPIError, place: str) -> StoreUnavailable | None:
    """The failure as a sentence, or None when it is not the world's fault but ours.

    Whatever it was, the transaction was not committed; those before it were.
    """
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        sentence = SQLITE.get(code & 0xFF)  # the upper bits only tell the circumstances
        return None if sentence is None else _said(place, sentence)
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        sentence = POSTGRES.get(state) or POSTGRES.get(state[:2])
        return None if sentence is None else _said(place, sentence)
    if isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated:
        return _said(place, f"cannot be reached ({' '.join(str(error.orig).split())})")
    return None


def _said(place: str, sentence: str) -> StoreUnavailable:
    return StoreUnavailable(f"The store {place} {sentence}. What was in hand was not written.")
