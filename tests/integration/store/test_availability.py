"""A store that is locked, full, held or gone says so, and nothing is half written."""

import multiprocessing
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailflow.errors import StoreError, StoreInUse, StoreUnavailable
from mailflow.model.address import Address
from mailflow.model.contact import Suppression
from mailflow.model.mail import Location
from mailflow.store import database, record
from mailflow.store.database import Store, ensure_owner
from tests.builders import NOW
from tests.integration.store.conftest import SECRET


@contextmanager
def opened(url: str) -> Iterator[Store]:
    store = Store.open(url, secret=SECRET)
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mailflow.db"


def test_a_locked_store_says_so_and_works_again_afterwards(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    with opened(f"sqlite:///{path}") as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        locked = pytest.raises(StoreUnavailable, match=r"locked by another.*was not written")
        with locked, store.begin() as s:
            ensure_owner(s, "Ada", NOW)
        other.execute("ROLLBACK")
        other.close()
        with store.begin() as s:
            assert ensure_owner(s, "Ada", NOW)


def test_an_error_of_the_store_repeats_nothing_of_what_it_was_given(path: Path) -> None:
    wrong = sa.text("INSERT INTO owner (nowhere) VALUES (:note)")
    with opened(f"sqlite:///{path}") as store:
        with pytest.raises(sa.exc.DBAPIError) as failed, store.begin() as s:
            s.execute(wrong, {"note": "a private note"})
        assert "private" not in str(failed.value)


def test_a_full_disk_says_so_and_loses_nothing_that_was_there(path: Path) -> None:
    with opened(f"sqlite:///{path}") as store:
        with store.begin() as s:
            ada = ensure_owner(s, "Ada", NOW)
        with pytest.raises(StoreUnavailable, match="no room left"), store.begin() as s:
            pages = s.execute(sa.text("PRAGMA page_count")).scalar_one()
            s.execute(sa.text(f"PRAGMA max_page_count = {pages}"))
            for uid in range(100):
                place = Location("home", "INBOX", 1, uid)
                record.quarantine(s, ada, place, "x", b"x" * 10_000, NOW)
        with store.begin() as s:
            s.execute(sa.text("PRAGMA max_page_count = 1000000"))
            assert record.quarantined(s, ada) == ()
            assert ensure_owner(s, "Ada", NOW) == ada


def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    path.write_bytes(b"these are the owner's holiday notes, all of them, and dear" * 40)
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="not a database"):
        Store.open(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        Store.open(f"sqlite:///{tmp_path / 'file' / 'mailflow.db'}")


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    url = "postgresql://ada:hunter2@127.0.0.1:1/mailflow"
    with pytest.raises(StoreUnavailable, match="cannot be reached") as caught:
        Store.open(url)
    assert "hunter2" not in str(caught.value)


def test_an_exception_undoes_the_whole_transaction(fresh_url: str) -> None:
    with opened(fresh_url) as store:
        with pytest.raises(RuntimeError), store.begin() as s:
            ensure_owner(s, "Ada", NOW)
            raise RuntimeError
        engine = sa.create_engine(fresh_url)
        with engine.connect() as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM owner")).scalar_one() == 0
        engine.dispose()


def test_a_second_daemon_is_kept_away_until_the_first_one_ends(
    fresh_url: str, tmp_path: Path
) -> None:
    with opened(fresh_url) as first, opened(fresh_url) as second:
        first.hold(tmp_path, owner="Ada")
        first.hold(tmp_path, owner="Ada")
        with pytest.raises(StoreInUse, match="Another mailflow"):
            second.hold(tmp_path, owner="Ada")
        with second.begin() as s:
            assert ensure_owner(s, "Ada", NOW), "the command line still works"
        first.close()
        second.hold(tmp_path, owner="Ada")


def hold_and_wait(url: str, state_dir: Path, ready: "multiprocessing.synchronize.Event") -> None:
    store = Store.open(url, secret=SECRET)
    store.hold(state_dir)
    ready.set()
    multiprocessing.Event().wait()


def test_a_daemon_that_was_killed_does_not_lock_its_successor_out(
    fresh_url: str, tmp_path: Path
) -> None:
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Event()
    daemon = spawn.Process(target=hold_and_wait, args=(fresh_url, tmp_path, ready))
    daemon.start()
    try:
        assert ready.wait(60)
        with opened(fresh_url) as store:
            with pytest.raises(StoreInUse):
                store.hold(tmp_path)
            daemon.kill()
            daemon.join()
            hold_soon(store, tmp_path)
    finally:
        daemon.kill()
        daemon.join()
        daemon.close()


def hold_soon(store: Store, state_dir: Path) -> None:
    """A server needs a moment to see that a client has died."""
    import time

    ends = time.monotonic() + 40
    while True:
        try:
            return store.hold(state_dir)
        except StoreInUse:
            assert time.monotonic() < ends
            time.sleep(0.05)


def test_without_its_secret_the_store_refuses_to_say_that_somebody_may_be_written_to(
    fresh_url: str,
) -> None:
    store = Store.open(fresh_url)
    jane = Address.parse("jane@acme.io")
    with pytest.raises(StoreError, match="secret"), store.begin() as s:
        record.is_suppressed(s, ensure_owner(s, "Ada", NOW), jane)
    with pytest.raises(StoreError, match="secret"), store.begin() as s:
        record.suppress(s, ensure_owner(s, "Ada", NOW), jane, Suppression.OWNER, NOW)
    store.close()


def test_sqlite_commits_survive_a_power_cut(path: Path) -> None:
    with opened(f"sqlite:///{path}") as store, store.begin() as s:
        assert s.execute(sa.text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert s.execute(sa.text("PRAGMA synchronous")).scalar_one() == 2, "FULL"
        assert s.execute(sa.text("PRAGMA foreign_keys")).scalar_one() == 1
