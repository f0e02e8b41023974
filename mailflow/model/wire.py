"""What goes over the wire and comes back, as the stages see it: envelopes and outcomes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from mailflow.model.mail import Oversize, RawMessage


@dataclass(frozen=True, slots=True)
class Envelope:
    """SMTP MAIL FROM and RCPT TO (RFC 5321); bare addresses."""

    sender: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server took the mail for every recipient."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """The server said no and nothing was sent. `code` is the SMTP reply code (0: no connection).

    `recipient` is the envelope recipient that was refused, when it was one of them.
    """

    is_permanent: bool
    code: int
    detail: str
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The line was lost after DATA began to end: it may have gone, or not."""

    detail: str


Outcome = Accepted | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a mailbox was read; `last_uid` 0 means nothing yet."""

    uidvalidity: int
    last_uid: int


@dataclass(frozen=True, slots=True)
class Folders:
    """The mailboxes with a special use (RFC 6154), by their names on the server; None if absent."""

    inbox: str
    sent: str | None
    drafts: str | None
    all: str | None = None
    archive: str | None = None
    trash: str | None = None
    junk: str | None = None


class MailStore(Protocol):
    """One mail account as the stages use it. Every method may raise MailboxError.

    No method but `append`, `remove` and `move` changes anything on the server, and those are only
    called on mail that mailflow wrote itself or that was sent to the service.
    """

    @property
    def name(self) -> str:
        """The account's name in the configuration."""
        ...

    @property
    def files_sent_itself(self) -> bool:
        """True when the provider puts what it sends into Sent by itself (Gmail)."""
        ...

    def folders(self) -> Folders: ...

    def cursor(self, mailbox: str) -> Cursor:
        """Where the mailbox ends now: its UIDVALIDITY and UIDNEXT - 1."""
        ...

    def fetch_after(
        self, mailbox: str, cursor: Cursor, *, max_bytes: int, limit: int
    ) -> Iterator[RawMessage | Oversize]:
        """Up to `limit` messages with a UID above the cursor's, ascending; BODY.PEEK only."""
        ...

    def fetch(self, mailbox: str, uids: Sequence[int]) -> Iterator[RawMessage]:
        """Messages by UID, whole; those that are gone are left out."""
        ...

    def search_message_id(self, mailbox: str, message_id: str) -> list[int]:
        """UIDs whose Message-ID header is exactly this one."""
        ...

    def search_since(self, mailbox: str, on: date) -> list[int]:
        """UIDs of messages that arrived on that day (in UTC) or later, ascending."""
        ...

    def append(self, mailbox: str, data: bytes, flags: Sequence[str], at: datetime) -> int | None:
        """Store a mail; the UID the server says it has (UIDPLUS), else None."""
        ...

    def remove(self, mailbox: str, uids: Sequence[int]) -> None:
        """Delete mailflow's own copies by UID EXPUNGE; without UIDPLUS only set \\Deleted."""
        ...

    def move(self, mailbox: str, uids: Sequence[int], to: str) -> None:
        """Move mail to another mailbox, made if it is missing."""
        ...

    def close(self) -> None: ...


class Post(Protocol):
    """The outgoing server of one account."""

    def send(self, envelope: Envelope, data: bytes) -> Outcome:
        """One SMTP transaction, all recipients or none: a single refused RCPT refuses the mail."""
        ...
