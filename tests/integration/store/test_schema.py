"""The tables: migrations make exactly the ones the program speaks of, and their age is checked."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from mailflow.errors import SchemaMismatch, StoreError
from mailflow.store.database import Store, ensure_owner
from mailflow.store.schema import MIGRATIONS, REVISION, VERSION_TABLE, Standing
from mailflow.store.tables import Base
from tests.builders import NOW
from tests.integration.store.conftest import SECRET


def test_the_migrated_schema_is_the_one_the_program_speaks_of(fresh_url: str) -> None:
    Store.open(fresh_url, secret=SECRET).close()
    engine = sa.create_engine(fresh_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "version_table": VERSION_TABLE,
            },
        )
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert differences == []


def test_migrations_and_metadata_make_the_same_constraints(fresh_url: str) -> None:
    Store.open(fresh_url, secret=SECRET).close()
    engine = sa.create_engine(fresh_url)
    migrated = constraints(engine)
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    made = constraints(engine)
    engine.dispose()
    assert migrated == made
    assert len(made) == len(Base.metadata.tables)


def constraints(engine: sa.Engine) -> dict[str, Any]:
    """Everything the engine itself enforces, which Alembic does not compare in full."""
    inspector = sa.inspect(engine)
    return {
        table: {
            "checks": sorted(
                (c["name"] or "", " ".join(c["sqltext"].split()))
                for c in inspector.get_check_constraints(table)
            ),
            "foreign": sorted(
                (
                    f["name"] or "",
                    f["referred_table"],
                    str(f["options"]),
                    str(f["referred_columns"]),
                )
                for f in inspector.get_foreign_keys(table)
            ),
            "unique": sorted(
                (u["name"] or "", u["column_names"])
                for u in inspector.get_unique_constraints(table)
            ),
            "indexes": sorted(
                (i["name"] or "", str(i["column_names"]), i["unique"], where_of(i))
                for i in inspector.get_indexes(table)
            ),
        }
        for table in inspector.get_table_names()
        if table != VERSION_TABLE
    }


def where_of(index: Any) -> str:
    options = index.get("dialect_options", {})
    return str(options.get("sqlite_where", options.get("postgresql_where", "")))


def test_the_revision_at_hand_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_a_new_store_is_made_and_opened_again_as_it_is(fresh_url: str) -> None:
    first = Store.open(fresh_url, secret=SECRET)
    with first.begin() as s:
        ada = ensure_owner(s, "Ada", NOW)
    first.close()
    again = Store.open(fresh_url, create=False, secret=SECRET)
    with again.begin() as s:
        assert ensure_owner(s, "Ada", NOW) == ada
        assert ensure_owner(s, "Bob", NOW) != ada
    assert again.standing() is Standing.RIGHT
    again.upgrade()
    assert again.standing() is Standing.RIGHT
    again.close()


def test_a_store_that_is_not_there_is_not_made_by_looking(fresh_url: str) -> None:
    with pytest.raises(StoreError, match="mailflow init"):
        Store.open(fresh_url, create=False)


def test_a_store_of_a_newer_program_is_refused(fresh_url: str) -> None:
    Store.open(fresh_url, secret=SECRET).close()
    set_revision(fresh_url, "9999")
    with pytest.raises(SchemaMismatch, match="newer mailflow"):
        Store.open(fresh_url)
    set_revision(fresh_url, REVISION)
    Store.open(fresh_url).close()


def test_a_store_of_an_older_program_says_what_to_run(
    fresh_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(fresh_url, secret=SECRET).close()
    monkeypatch.setattr("mailflow.store.schema.REVISION", "9999")
    with pytest.raises(SchemaMismatch, match="mailflow upgrade"):
        Store.open(fresh_url)


def set_revision(url: str, revision: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        statement = f"UPDATE {VERSION_TABLE} SET version_num = :revision"
        connection.execute(sa.text(statement), {"revision": revision})
    engine.dispose()


def test_every_table_belongs_to_owners() -> None:
    without = {name for name, table in Base.metadata.tables.items() if "owner_id" not in table.c}
    assert without == {"owner"}


def test_every_reference_and_every_unique_rule_stays_within_one_owner() -> None:
    loose = [
        f"{table.name}: {[column.name for column in rule.columns]}"
        for table in Base.metadata.tables.values()
        for rule in [*table.constraints, *(index for index in table.indexes if index.unique)]
        if isinstance(rule, sa.UniqueConstraint | sa.ForeignKeyConstraint | sa.Index)
        and table.name != "owner"
        and "owner_id" not in {column.name for column in rule.columns}
    ]
    assert loose == []


def test_a_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "mailflow.db"
    store = Store.open(f"sqlite:///{path}", secret=SECRET)
    with store.begin() as s:
        ensure_owner(s, "Ada", NOW)
        modes = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    store.close()
    assert modes == {"mailflow.db": 0o600, "mailflow.db-wal": 0o600, "mailflow.db-shm": 0o600}


def test_a_file_that_was_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "mailflow.db"
    Store.open(f"sqlite:///{path}", secret=SECRET).close()
    path.chmod(0o644)
    Store.open(f"sqlite:///{path}", secret=SECRET).close()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://x/y", "sqlite+nothing:///x", "oracle://x", ""]
)
def test_a_url_that_cannot_be_a_store_is_said_to_be_so(url: str) -> None:
    with pytest.raises(StoreError, match=r"^The store cannot be"):
        Store.open(url)


def test_a_store_of_the_first_version_is_upgraded_with_its_rows(fresh_url: str) -> None:
    engine = sa.create_engine(fresh_url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            sa.text("INSERT INTO owner (name, created_at) VALUES ('Ada', :now)"),
            {"now": NOW.replace(tzinfo=None) if engine.dialect.name == "sqlite" else NOW},
        )
    engine.dispose()
    with pytest.raises(SchemaMismatch, match="mailflow upgrade"):
        Store.open(fresh_url)
    store = Store.connect(fresh_url, secret=SECRET)
    store.upgrade()
    assert store.standing() is Standing.RIGHT
    with store.begin() as s:
        assert ensure_owner(s, "Ada", NOW) == 1
    store.close()
    engine = sa.create_engine(fresh_url)
    assert constraints(engine).keys() == Base.metadata.tables.keys()
    engine.dispose()
