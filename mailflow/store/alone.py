"""What nobody else may change while a transaction runs, where the database does not see to it."""

import time

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from mailflow.store.inserts import table_of
from mailflow.store.tables import (
    AddressEntry,
    ContactEntry,
    CorrespondentEntry,
    SuppressionEntry,
)

WHO_IS_WHO = (ContactEntry, AddressEntry, CorrespondentEntry, SuppressionEntry)
TRIES, PAUSE_S = 200, 0.05
LOCK_NOT_AVAILABLE = "55P03"
"""PostgreSQL's code for it (its manual, appendix A)."""


def keep_people(s: Session) -> None:
    """To the transaction's end nobody else makes, joins or forgets people.

    SQLite has one writer anyway. PostgreSQL's tables are locked against other writers, all or
    none: whoever waits for one while holding another stands in the way of somebody who has that.
    """
    if s.get_bind().dialect.name == "sqlite":
        return
    names = ", ".join(table_of(entry).name for entry in WHO_IS_WHO)
    lock = text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE NOWAIT")
    for _ in range(TRIES):
        try:
            with s.begin_nested():
                s.execute(lock)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            time.sleep(PAUSE_S)
        else:
            return
    s.execute(lock)
