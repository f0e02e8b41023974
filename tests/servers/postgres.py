"""PostgreSQL from a temporary folder: one server per test process, one database per test."""

import shutil
import signal
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.servers import process

USER = process.server_user("postgres")


class Postgres:
    """A private server that trusts whoever reaches it on the loopback; nothing of it lasts."""

    def __init__(self) -> None:
        binaries = sorted(
            Path("/usr/lib/postgresql").glob("*/bin"), key=lambda b: int(b.parent.name)
        )
        latest = binaries[-1] if binaries else Path()
        initdb = process.require(latest / "initdb", "postgresql")
        self.base = process.folder("pg-", USER)
        self.port = process.free_port()
        self._names = count(1)
        self._make(initdb)
        self._process = process.Process(
            [latest / "postgres", "-D", self.base / "d", *self._settings()],
            self.base / "log",
            USER,
        )
        self._wait()

    def _make(self, initdb: Path) -> None:
        made = process.Process(
            [initdb, "-D", self.base / "d", "-U", "mailflow", "-A", "trust", "--no-sync",
             "-E", "UTF8", "--locale=C.UTF-8"],
            self.base / "initdb.log",
            USER,
        )  # fmt: skip
        assert made.popen.wait(60) == 0, made.log_text()

    def _settings(self) -> list[str]:
        settings = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.base),
            "fsync": "off",
            "full_page_writes": "off",
            "max_connections": "100",
        }
        return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

    def _wait(self) -> None:
        import psycopg

        ends = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self._plain("postgres")).close()
            except psycopg.OperationalError:
                running = self._process.popen.poll() is None
                assert running and time.monotonic() < ends, self._process.log_text()
                time.sleep(0.02)
            else:
                return

    def _plain(self, database: str) -> str:
        return f"postgresql://mailflow@127.0.0.1:{self.port}/{database}"

    def url(self, database: str = "postgres") -> str:
        """The address of a database in SQLAlchemy's form."""
        return self._plain(database).replace("postgresql:", "postgresql+psycopg:")

    def create_database(self) -> str:
        """Make an empty database and tell its name."""
        name = f"test_{next(self._names)}"
        self._run(f"CREATE DATABASE {name}")
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database and whoever is still connected to it."""
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._plain("postgres"), autocommit=True) as line:
            line.execute(statement.encode())

    def stop(self) -> None:
        self._process.stop(signal.SIGINT)
        shutil.rmtree(self.base, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """One PostgreSQL for the whole test process."""
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Postgres) -> str:
    """The URL of the server's own database `postgres`; tests use `postgres_database`."""
    return postgres_server.url()


@pytest.fixture
def postgres_database(postgres_server: Postgres) -> Iterator[str]:
    """The URL of an empty database that is dropped after the test."""
    name = postgres_server.create_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)
