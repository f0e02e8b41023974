"""The same store twice, on SQLite and on PostgreSQL; each test is an owner of its own in it."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from mailflow.store.database import Session, Store, ensure_owner
from tests.builders import NOW

SECRET = b"s" * 32
ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
_names = count(1)


@pytest.fixture(params=ENGINES)
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database that holds nothing."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'mailflow.db'}"
    url: str = request.getfixturevalue("postgres_database")
    return url


@pytest.fixture(scope="session", params=ENGINES)
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """One store for all tests of an engine, as people share one."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'mailflow.db'}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = server.url(server.create_database())
    opened = Store.open(url, secret=SECRET)
    yield opened
    opened.close()


@pytest.fixture
def owner(store: Store) -> int:
    """An owner nobody else is."""
    with store.begin() as s:
        return ensure_owner(s, f"owner {next(_names)}", NOW)


@pytest.fixture
def s(store: Store) -> Iterator[Session]:
    """One transaction for tests that need no second one."""
    with store.begin() as session:
        yield session
