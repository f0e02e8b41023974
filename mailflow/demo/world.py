"""The demo's mail world: an IMAP and an SMTP server on this machine, in a thread of their own."""

import asyncio
import importlib.util
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from mailflow.account.smtp import SmtpPost
from mailflow.config import AccountConfig, Config, Secret, Server, Wrap
from mailflow.demo.people import ADA, EVERYBODY, PASSWORD, SERVICE, ZONE, Person
from mailflow.errors import MailflowError
from mailflow.model.address import Address
from mailflow.model.policy import Identity
from mailflow.model.wire import Accepted, Envelope

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

    `clock` gives the instants (aware UTC) that the servers stamp mail with; `folder` is made and
    holds what the owner's configuration needs. Use it in a `with` block, or `start` and `stop` it.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime] = _utc_now) -> None:
        self._folder = folder
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
        within: timedelta = timedelta(seconds=60),
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

    def submit(self, sender: Person, recipients: Sequence[Address], message: EmailMessage) -> None:
        """Send a mail as somebody, through the outgoing server; DemoUnavailable when it refuses."""
        post = SmtpPost(self.account_of(sender))
        try:
            envelope = Envelope(str(sender.address), tuple(map(str, recipients)))
            outcome = post.send(envelope, message.as_bytes(policy=SMTP))
        finally:
            post.close()
        if not isinstance(outcome, Accepted):
            raise DemoUnavailable(f"{sender.name}'s mail was not taken: {outcome.detail}")

    def account_of(self, person: Person) -> AccountConfig:
        """How somebody reaches both servers."""
        secret, user = Secret(file=self._password_file()), str(person.address)
        host = "127.0.0.1"
        return AccountConfig(
            name=person.address.local,
            imap=Server(host, self.imap_port, Wrap.PLAIN, user, secret),
            smtp=Server(host, self.smtp_port, Wrap.PLAIN, user, secret),
        )

    def _password_file(self) -> Path:
        file = self._folder / "password"
        if not file.exists():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(PASSWORD, encoding="utf-8")
        return file

    def config_for_owner(self) -> Config:
        """Ada's configuration; her store and her secret key lie in the folder."""
        return Config(
            identity=Identity(
                name=ADA.name,
                addresses=(ADA.address,),
                service=SERVICE,
                zone=ZONE,
                signature="Ada Lindgren · Lindgren Instruments",
                about="we build measuring instruments",
                region="DE",
            ),
            accounts=(self.account_of(ADA),),
            store_url=f"sqlite:///{self._folder / 'mailflow.db'}",
            state_dir=self._folder,
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
