"""A small world of mailboxes: people with accounts, and the servers that carry their mail."""

import smtplib
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from mailflow.account.imap import ImapAccount
from mailflow.config import AccountConfig, Wrap
from mailflow.model.mail import RawMessage
from mailflow.model.wire import Cursor, Envelope
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import ScriptedSmtp

T = TypeVar("T")


class World:
    """Accounts on one Dovecot; what the scripted SMTP server accepts arrives in their INBOXes.

    `bounced` holds the recipients nobody is.
    """

    def __init__(self, dovecot: Dovecot) -> None:
        self.dovecot = dovecot
        self.smtp = ScriptedSmtp(deliver=self._deliver)
        self.bounced: list[str] = []
        self._readers: dict[str, ImapAccount] = {}

    def account(self, name: str, wrap: Wrap = Wrap.PLAIN) -> AccountConfig:
        """A new person's account; its name is its address."""
        address = self.dovecot.new_user(name)
        return self.dovecot.account(address, wrap, smtp=self.smtp.server(address))

    def reader(self, account: AccountConfig) -> ImapAccount:
        """The account as its owner's mail program would read it."""
        return self._readers.setdefault(account.name, ImapAccount(account))

    def mails(self, account: AccountConfig, mailbox: str = "INBOX") -> list[RawMessage]:
        """Everything in the mailbox."""
        reader = self.reader(account)
        start = Cursor(reader.cursor(mailbox).uidvalidity, 0)
        got = reader.fetch_after(mailbox, start, max_bytes=2**31, limit=10_000)
        return [mail for mail in got if isinstance(mail, RawMessage)]

    def stop(self) -> None:
        for reader in self._readers.values():
            reader.close()
        self.smtp.stop()

    def _deliver(self, envelope: Envelope, data: bytes) -> None:
        for recipient in envelope.recipients:
            try:
                self.dovecot.deliver(recipient, data, envelope.sender)
            except smtplib.SMTPRecipientsRefused:
                self.bounced.append(recipient)


def eventually(look: Callable[[], T], seconds: float = 60) -> T:
    """Look until there is something to see; AssertionError when there never is."""
    ends = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.02)
    return seen


@pytest.fixture
def world(dovecot: Dovecot) -> Iterator[World]:
    """Fresh people on the shared Dovecot, with an SMTP server that follows this test's script."""
    made = World(dovecot)
    yield made
    made.stop()
