"""How Alembic runs the migrations: on the connection and in the transaction it is handed."""

from alembic import context

from mailflow.store.schema import VERSION_TABLE
from mailflow.store.tables import Base


def migrate() -> None:
    """Run what `alembic.command` asked for."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        version_table=VERSION_TABLE,
        transaction_per_migration=False,
    )
    context.run_migrations()


if __name__ == "env_py":  # the name Alembic loads this file by; importing it does nothing
    migrate()
