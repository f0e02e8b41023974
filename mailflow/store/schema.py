"""Whether the tables are the ones this program expects, and how they get there."""

from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from mailflow.errors import SchemaMismatch, StoreError

REVISION = "0010"
"""The migration this program was written against; asked for by every start, so kept at hand."""

VERSION_TABLE = "mailflow_version"
MIGRATIONS = Path(__file__).parent / "migrations"


class Standing(StrEnum):
    """How a database's tables compare with what this program expects."""

    EMPTY = "empty"  # no tables of ours
    OLDER = "older"  # `mailflow upgrade` brings them up
    NEWER = "newer"  # made by a later program
    RIGHT = "right"


def standing(connection: Connection) -> Standing:
    """Look without changing anything."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return Standing.EMPTY
    found = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608 # a constant
    if found is None:
        return Standing.EMPTY
    if found == REVISION:
        return Standing.RIGHT
    return Standing.OLDER if (MIGRATIONS / "versions" / f"{found}.py").exists() else Standing.NEWER


def demand(found: Standing, place: str) -> None:
    """Raises SchemaMismatch or StoreError unless the tables are right."""
    if found is Standing.OLDER:
        raise SchemaMismatch(
            f"The store {place} was written by an older mailflow: make a copy of it,"
            " then run `mailflow upgrade`."
        )
    if found is Standing.NEWER:
        raise SchemaMismatch(
            f"The store {place} was written by a newer mailflow; install that one again."
        )
    if found is Standing.EMPTY:
        raise StoreError(f"The store {place} holds nothing yet; `mailflow init` makes one.")


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, in the transaction of `connection`."""
    from alembic import command  # noqa: PLC0415 # slow to import, and needed once in a lifetime
    from alembic.config import Config  # noqa: PLC0415 # the same

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('mailflow upgrade'))"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
