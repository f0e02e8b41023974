"""Numbers the owner is shown mean one thing for ever: none is given to somebody else later."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from mailflow.store import record
from mailflow.store.database import Store
from mailflow.store.schema import MIGRATIONS, Standing
from mailflow.store.tables import Base
from tests.builders import NOW
from tests.integration.store.conftest import SECRET
from tests.integration.store.world import a_place, an_introduction, drafted, jane

NUMBERED = {
    name
    for name, table in Base.metadata.tables.items()
    if table.dialect_options["sqlite"]["autoincrement"]
}


def test_who_comes_after_somebody_forgotten_gets_none_of_their_numbers(
    store: Store, owner: int
) -> None:
    with store.begin() as s:
        raj = jane(s, owner, "Raj Roe", "raj@acme.io")
        first = jane(s, owner)
        draft = drafted(s, owner, first)
        introduction = record.add_introduction(s, owner, an_introduction(raj, first))
        assert introduction is not None
    with store.begin() as s:
        record.forget(s, owner, first, NOW)
    with store.begin() as s:
        again = jane(s, owner)
        assert again > first
        assert drafted(s, owner, again) > draft
        later = record.add_introduction(s, owner, an_introduction(raj, again))
        assert later is not None
        assert later > introduction


def test_a_mail_set_aside_later_gets_no_number_of_one_that_was_read(
    store: Store, owner: int
) -> None:
    def set_aside(uid: int) -> int:
        with store.begin() as s:
            number = record.quarantine(s, owner, a_place(uid), "odd", b"x", NOW)
        assert number is not None
        return number

    first = set_aside(1)
    with store.begin() as s:
        record.release(s, owner, first)
    assert set_aside(2) > first


def migrated_to(connection: sa.Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def definitions(connection: sa.Connection) -> dict[str, str]:
    found = connection.execute(sa.text("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"))
    return {name: sql for name, sql in found if name in Base.metadata.tables}


def with_people(connection: sa.Connection) -> None:
    """A row in the oldest form of a table, and one that belongs to it."""
    connection.execute(sa.text("INSERT INTO owner (name, created_at) VALUES ('Ada', '2026-01-01')"))
    add_contact(connection)
    connection.execute(
        sa.text("INSERT INTO contact_address VALUES (7, 1, 1, 'k', 'w', 0, NULL, NULL)")
    )


def add_contact(connection: sa.Connection) -> None:
    needed = {
        name: "''"
        for name, kind in Base.metadata.tables["contact"].c.items()
        if not kind.nullable and name not in {"id", "owner_id"}
    }
    names, values = ", ".join(needed), ", ".join(needed.values())
    connection.execute(sa.text(f"INSERT INTO contact (owner_id, {names}) VALUES (1, {values})"))


def test_the_numbers_of_a_store_that_grew_up_are_kept_and_never_given_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mailflow.db'}"
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        migrated_to(connection, "0008")
        with_people(connection)
    engine.dispose()
    store = Store.connect(url, secret=SECRET)
    store.upgrade()
    assert store.standing() is Standing.RIGHT
    store.close()
    with engine.begin() as connection:
        connection.execute(sa.text("PRAGMA foreign_keys=ON"))
        assert connection.scalar(sa.text("PRAGMA integrity_check")) == "ok"
        assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
        once = {name for name, sql in definitions(connection).items() if "AUTOINCREMENT" in sql}
        assert once == NUMBERED == {
            "contact", "correspondent", "draft", "introduction", "quarantine",
        }  # fmt: skip
        assert connection.scalar(sa.text("SELECT id FROM contact_address")) == 7
    with engine.begin() as connection:
        connection.execute(sa.text("PRAGMA foreign_keys=ON"))
        with_nobody = sa.text("DELETE FROM contact RETURNING id")
        assert connection.execute(with_nobody).scalars().all() == [1]
        add_contact(connection)
        assert connection.scalars(sa.text("SELECT id FROM contact")).all() == [2]
    engine.dispose()


def test_an_upgrade_that_fails_leaves_the_tables_as_they_were(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'mailflow.db'}")
    sa.event.listen(engine, "connect", lambda raw, _: setattr(raw, "isolation_level", None))
    sa.event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        migrated_to(connection, "0008")
        before = definitions(connection)
    with pytest.raises(RuntimeError, match="power cut"), engine.begin() as connection:
        migrated_to(connection, "0009")
        raise RuntimeError("power cut")
    engine.dispose()
    with engine.begin() as connection:
        assert definitions(connection) == before
        migrated_to(connection, "0009")
        assert definitions(connection) != before
    engine.dispose()
