"""Numbers the owner sees are given once: a row that is gone leaves its number to nobody."""

import sqlalchemy as sa
from alembic import op

from mailflow.errors import StoreError

revision = "0009"
down_revision = "0008"

NUMBERED = ("contact", "correspondent", "draft", "introduction", "quarantine")
BEFORE, AFTER = "PRIMARY KEY (id)", "PRIMARY KEY (id AUTOINCREMENT)"


def upgrade() -> None:
    """SQLite is told to do what PostgreSQL does anyway."""
    if op.get_bind().dialect.name == "sqlite":
        _never_reuse()


def _never_reuse() -> None:
    """Change the tables' definitions in place: the rows stay as they are.

    A copy of each table would be the other way; dropping the old ones would take along what refers
    to them, unless foreign keys were off, and they cannot be turned off inside a transaction.
    https://sqlite.org/lang_altertable.html, on changes that do not affect what is on disk.
    """
    connection = op.get_bind()
    version = connection.scalar(sa.text("PRAGMA schema_version"))
    # The first table of this kind brings the one in which SQLite keeps the numbers.
    connection.execute(sa.text("CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT)"))
    connection.execute(sa.text("DROP TABLE numbered"))
    connection.execute(sa.text("PRAGMA writable_schema=ON"))
    changed = connection.execute(
        sa.text(
            "UPDATE sqlite_schema SET sql = replace(sql, :before, :after)"
            " WHERE type = 'table' AND name IN :names AND instr(sql, :before)"
        ).bindparams(sa.bindparam("names", NUMBERED, expanding=True)),
        {"before": BEFORE, "after": AFTER},
    )
    connection.execute(sa.text("PRAGMA writable_schema=OFF"))
    if changed.rowcount != len(NUMBERED):
        raise StoreError(
            "The tables of the store are not as mailflow made them; nothing was changed. "
            "Go back to the last backup, or to the version you came from."
        )
    connection.execute(sa.text(f"PRAGMA schema_version={(version or 0) + 100}"))
    # Without it the highest number given so far would be free again once its row is gone.
    for name in NUMBERED:
        highest = f"SELECT '{name}', id FROM {name} ORDER BY id DESC LIMIT 1"  # noqa: S608 # constants
        connection.execute(sa.text(f"INSERT INTO sqlite_sequence {highest}"))
