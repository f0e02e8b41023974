"""A small world in memory for random walks: people, and a service that may die anywhere."""

import re
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

from mailflow.config import AccountConfig, Config, Secret, Server, Wrap
from mailflow.config.templates import read_templates
from mailflow.drafting.render import Templates
from mailflow.model.address import Address
from mailflow.model.policy import Identity
from mailflow.store.database import Store, ensure_owner
from mailflow.tick import recover, tick
from mailflow.tick.house import House
from tests.fakes import MemoryMailStore, MemoryPost

OWNER = "ada@example.org"
SERVICE = "ada+mailflow@example.org"
SECRET = b"s" * 32
BEGINS = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
SHOWN_DRAFT = re.compile(r"^Draft (\d+), to: .*?([^\s<>]+@[^\s<>]+?)>?$", re.M)


class Died(BaseException):
    """The process was killed at a fault point."""


def server() -> Server:
    return Server("127.0.0.1", 1, Wrap.PLAIN, OWNER, Secret(env="NOBODY_ASKS"))


class Play:
    """One owner's mailboxes, an outgoing server and the service, driven step by step."""

    def __init__(self, *, authserv_id: str | None = None, is_begun: bool = True) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="laws-")
        self.now = BEGINS
        self.account = MemoryMailStore("ada", on_step=self._step)
        self.post = MemoryPost({OWNER: self.account}, lambda: self.now, on_step=self._step)
        self.dies_after: int | None = None
        """How many more steps the process lives; None for ever."""
        self.steps: Counter[str] = Counter()
        self._numbers = iter(range(1, 1_000_000))
        identity = Identity(
            "Ada Byron",
            (Address.parse(OWNER),),
            Address.parse(SERVICE),
            ZoneInfo("Europe/Berlin"),
            authserv_id=authserv_id,
        )
        state = Path(self.folder.name)
        self.config = Config(
            identity=identity,
            accounts=(AccountConfig("ada", server(), server()),),
            store_url=f"sqlite:///{state / 'mailflow.db'}",
            state_dir=state,
        )
        self.templates = Templates(read_templates(None))
        self.house = self._open()
        if is_begun:
            self.tick()

    def _open(self) -> House:
        file = Path(self.folder.name) / "mailflow.db"
        if not file.exists():
            file.write_bytes(_new_store())
        store = Store.open(self.config.store_url, secret=SECRET)
        with store.begin() as s:
            owner_id = ensure_owner(s, OWNER, self.now)
        return House(
            config=self.config,
            owner_id=owner_id,
            store=store,
            accounts={"ada": self.account},
            posts={"ada": self.post},
            templates=self.templates,
            secret=SECRET,
        )

    def close(self) -> None:
        self.house.store.close()
        self.folder.cleanup()

    def tick(self) -> bool:
        """One pass; False when the process died in it and was started again."""
        try:
            with patch("mailflow.faults.point", self._step):
                tick(self.house, self.now)
        except Died:
            self.dies_after = None
            self.house.store.close()
            self.house = self._open()
            recover(self.house, self.now)
            return False
        self.dies_after = None
        return True

    def _step(self, name: str) -> None:
        self.steps[name] += 1
        if self.dies_after is not None:
            self.dies_after -= 1
            if self.dies_after < 0:
                raise Died(name)

    # the world's own moves

    @property
    def letters(self) -> list[EmailMessage]:
        """What the service wrote to its owner, in order."""
        inbox = (parsed(data) for data in self.account.held("INBOX"))
        return [message for message in inbox if message["X-Mailflow-Loop"]]

    @property
    def carried(self) -> list[tuple[str, EmailMessage]]:
        """What the server took for somebody else than the owner: (recipient, mail), in order."""
        return [
            (recipient, parsed(taken.data))
            for taken in self.post.taken
            for recipient in taken.envelope.recipients
            if not recipient.startswith("ada")
        ]

    def mail(
        self,
        sender: str,
        to: str,
        text: str,
        *,
        subject: str = "",
        headers: dict[str, str] | None = None,
    ) -> bytes:
        """A mail as somebody's client writes it, now."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = sender, to, subject
        message["Date"] = format_datetime(self.now)
        message["Message-ID"] = f"<m{next(self._numbers)}@client.example>"
        for name, value in (headers or {}).items():
            message[name] = value
        message.set_content(text)
        return message.as_bytes()

    def tell(self, text: str, *, to: str = SERVICE, headers: dict[str, str] | None = None) -> None:
        """The owner writes to the service."""
        data = self.mail(OWNER, to, text, headers=headers)
        self.account.deliver(data, self.now)

    def answer(self, letter: EmailMessage, text: str, *, sender: str = OWNER) -> None:
        """Somebody, mostly the owner, answers a letter as a client would."""
        headers = {"In-Reply-To": str(letter["Message-ID"])}
        data = self.mail(sender, str(letter["Reply-To"] or SERVICE), text, headers=headers)
        self.account.deliver(data, self.now)

    def pass_time(self, by: timedelta) -> None:
        self.now += by


@cache
def _new_store() -> bytes:
    """The bytes of a store as it is made; making it takes longer than a short walk."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mailflow.db"
        Store.open(f"sqlite:///{file}", secret=SECRET).close()
        return file.read_bytes()


def parsed(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def words_of(text: str) -> str:
    """A text as it is compared: its words, however they are wrapped."""
    return " ".join(text.split())


def shown_drafts(letter: EmailMessage) -> dict[int, tuple[str, str]]:
    """Number to (address, words) of the drafts a letter shows word for word."""
    found: dict[int, tuple[str, str]] = {}
    current: tuple[int, str] | None = None
    lines: list[str] = []
    for line in [*text_of(letter).splitlines(), "end"]:
        if match := SHOWN_DRAFT.match(line):
            current = int(match[1]), match[2]
            lines = []
        elif line.startswith("|") and current:
            lines.append(line[1:])
        elif current and lines:
            found[current[0]] = current[1], words_of(" ".join(lines))
            current = None
    return found
