"""The demo's mail world: an IMAP and an SMTP server on this machine, in a thread of their own."""

import asyncio
import importlib.util
import threading
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from zoneinfo import ZoneInfo

from mailflow.config import AccountConfig, Config, Secret, Server, Wrap
from mailflow.demo.people import ADA, EVERYBODY, PASSWORD, SERVICE, Person
from mailflow.errors import MailflowError
from mailflow.model.policy import Identity

if TYPE_CHECKING:
    from mailflow.demo.imap import Mailboxes

T = TypeVar("T")
Predicate = Callable[[bytes], bool]


class DemoUnavailable(MailflowError):
    """The demo's servers are not installed, or one of its mails did not come in time."""


def _utc_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  the world's own clock, unless the story brings one


class World:
    """Three mailboxes and the servers between them, on real sockets of the loopback interface.

    `clock` gives the instants (aware UTC) that the servers stamp mail with. Use it in a `with`
    block, or call `start` and `stop`.
    """

    def __init__(self, clock: Callable[[], datetime] = _utc_now) -> None:
        self._clock = clock
        self._loop: asyncio.AbstractEventLoop
        self._thread: threading.Thread | None = None
        self._servers: list[asyncio.Server] = []
        self._mailboxes: Mailboxes

    def start(self, imap_port: int = 0, smtp_port: int = 0) -> None:
        """Bring both servers up; port 0 takes a free one. DemoUnavailable without the extra."""
        require_servers()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="demo", daemon=True)
        self._thread.start()
        self._run(self._open(imap_port, smtp_port))

    async def _open(self, imap_port: int, smtp_port: int) -> None:
        from mailflow.demo import imap, smtp  # noqa: PLC0415  only here are they needed

        self._mailboxes = imap.Mailboxes(PASSWORD)
        self._servers.append(await self._mailboxes.serve(imap_port))
        for person in EVERYBODY:
            await self._mailboxes.add(person.address)
        self._servers.append(await smtp.serve(self._mailboxes, PASSWORD, self._clock, smtp_port))

    def stop(self) -> None:
        """Close both servers and every line to them."""
        if self._thread is None:
            return
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._thread = None
        self._loop.close()

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        lines = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def imap_port(self) -> int:
        return self._port(0)

    @property
    def smtp_port(self) -> int:
        return self._port(1)

    def _port(self, index: int) -> int:
        port: int = self._servers[index].sockets[0].getsockname()[1]
        return port

    def deliver(self, person: Person, data: bytes, folder: str = "INBOX") -> None:
        """Lay a mail into somebody's folder without sending it."""
        self._run(self._mailboxes.store(person.address, folder, data, self._clock()))

    def mailbox(self, person: Person, folder: str = "INBOX") -> list[bytes]:
        """Every mail of the folder as stored, oldest first."""
        return self._run(self._mailboxes.read(person.address, folder))

    def wait_for(
        self,
        person: Person,
        folder: str,
        wanted: Predicate,
        within: timedelta = timedelta(seconds=20),
    ) -> bytes:
        """The first mail of the folder that is wanted; DemoUnavailable when none comes in time."""
        deadline = time.monotonic() + within.total_seconds()
        while time.monotonic() < deadline:
            for data in self.mailbox(person, folder):
                if wanted(data):
                    return data
            time.sleep(0.02)
        raise DemoUnavailable(
            f"The mail the story waits for did not come to {person.name}'s {folder} "
            f"within {within.total_seconds():.0f} seconds."
        )

    def account_of(self, person: Person, password_file: Path) -> AccountConfig:
        """How somebody reaches both servers; the password is read from the file."""
        secret, user = Secret(file=password_file), str(person.address)
        host = "127.0.0.1"
        return AccountConfig(
            name=person.address.local,
            imap=Server(host, self.imap_port, Wrap.PLAIN, user, secret),
            smtp=Server(host, self.smtp_port, Wrap.PLAIN, user, secret),
        )

    def config_for_owner(self, folder: Path) -> Config:
        """Ada's configuration; password, store and secret key lie in `folder`, which is made."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        password_file = folder / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(PASSWORD, encoding="utf-8")
        return Config(
            identity=Identity(
                name=ADA.name,
                addresses=(ADA.address,),
                service=SERVICE,
                zone=ZoneInfo("Europe/Berlin"),
                signature="Ada",
            ),
            accounts=(self.account_of(ADA, password_file),),
            store_url=f"sqlite:///{folder / 'mailflow.db'}",
            state_dir=folder,
            tick_every=timedelta(seconds=1),
        )

    def _run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout=30)


def require_servers() -> None:
    """Say how to install the demo's servers when they are missing."""
    if not all(importlib.util.find_spec(name) for name in ("pymap", "aiosmtpd")):
        raise DemoUnavailable(
            "The demo brings its own mail servers, which are not installed: "
            "pip install 'mailflow[demo]'"
        )
