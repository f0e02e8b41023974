"""Mail as it comes in: the bytes of a place in a mailbox, and what they were understood to be."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from mailflow.model.address import NamedAddress

LOOP_HEADER = "X-Mailflow-Loop"
"""Carried by every mail mailflow writes; a mail that bears it is ours and is dropped."""

NO_MAIL_BEFORE = datetime(1970, 1, 2, tzinfo=UTC)
"""A server that has lost or never had an instant tells the zero of its clock, in some zone."""

CLOCK_AHEAD = timedelta(days=1)
"""By so much the server's clock may be ahead."""


def arrival(told: datetime, now: datetime) -> datetime:
    """When a mail came that is there at `now`: as the server tells it, or `now` where that cannot
    be true."""
    return told if NO_MAIL_BEFORE <= told <= now + CLOCK_AHEAD else now


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where a message lies: the identity IMAP gives it (RFC 9051 §2.3.1.1)."""

    account: str
    mailbox: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A message as fetched; `received_at` is INTERNALDATE in aware UTC."""

    location: Location
    data: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Oversize:
    """A message over the size cap: only its header block was fetched."""

    location: Location
    size: int
    head: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Bytes that could not be understood; `reason` is a sentence for the owner."""

    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why something was concluded: the rule that fired and the words it fired on."""

    rule: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.rule}: {self.detail}" if self.detail else self.rule


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of the MIME tree that is not the body: an attachment or inline file.

    `filename` is what the sender wrote and is never used as a path; `data` is decoded.
    `is_inline`: it stands in the text (RFC 2183 §2.1, RFC 2387), as logos do.
    """

    content_type: str
    filename: str
    data: bytes
    charset: str = "utf-8"
    is_inline: bool = False


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """A message understood as far as its structure goes. Message-IDs keep their angle brackets.

    `message_id` is made from the content when the header is missing (`has_message_id` False).
    `body_hash` is a hash of the decoded text and attachments, the same for two copies of one mail.
    `sent_at` is the Date header in aware UTC, `utc_offset` the zone it was written in.
    `headers` are (lower-case name, decoded unfolded value) in order; `text` and `html` the decoded
    bodies, `attached` the message/rfc822 parts. `problems` are sentences about what was odd.
    """

    message_id: str
    has_message_id: bool
    body_hash: str
    sender: NamedAddress | None
    to: tuple[NamedAddress, ...]
    cc: tuple[NamedAddress, ...]
    reply_to: tuple[NamedAddress, ...]
    subject: str
    sent_at: datetime | None
    utc_offset: timedelta | None
    in_reply_to: str | None
    references: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    parts: tuple[Part, ...] = ()
    attached: tuple["InboundMessage", ...] = ()
    report: tuple[tuple[tuple[str, str], ...], ...] = ()
    """The field groups of message/delivery-status and disposition-notification parts."""
    content_type: str = "text/plain"
    problems: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The first header of that name (any case), or None."""
        return next(iter(self.header_all(name)), None)

    def header_all(self, name: str) -> tuple[str, ...]:
        """Every header of that name (any case), in order."""
        folded = name.lower()
        return tuple(value for key, value in self.headers if key == folded)

    @property
    def recipients(self) -> tuple[NamedAddress, ...]:
        return self.to + self.cc


class Kind(StrEnum):
    """What a message is to the owner; decided in this order, the first that holds."""

    OURS = "ours"  # carries our loop header, or its Message-ID is one we sent: dropped
    BOUNCE = "bounce"  # a delivery status notification, permanent or transient
    AUTO_REPLY = "auto_reply"  # out-of-office and the like (RFC 3834)
    ROBOT = "robot"  # notification machines, receipts, calendars, challenge-response
    LIST = "list"  # mailing lists and newsletters
    INSTRUCTION = "instruction"  # from the owner to the service: a verdict, commands or cards
    WRITTEN = "written"  # the owner's own mail to somebody else, as found in Sent
    REPLY = "reply"  # from a contact, in answer to ours or the owner's
    INTERACTION = "interaction"  # from a contact, not in answer to anything known
    NEWCOMER = "newcomer"  # an unknown human writing to the owner
    OTHER = "other"  # everything else


@dataclass(frozen=True, slots=True)
class Classification:
    """The kind of a message with the evidence it was concluded from.

    `returns_on` is the day an auto-reply says its sender is back, as an aware UTC instant.
    """

    kind: Kind
    evidence: tuple[Evidence, ...] = ()
    returns_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Bounce:
    """One recipient of a delivery status notification (RFC 3464).

    `recipient` is the address that refused the mail, `original` the one it was sent to, where the
    notification tells them apart (a forwarding address in between); else empty.
    """

    recipient: str
    status: str
    is_permanent: bool
    diagnostic: str = ""
    message_id: str | None = None
    """The Message-ID of the returned mail, where the notification quotes it."""
    original: str = ""

    @property
    def sent_to(self) -> str:
        """The address the returned mail was sent to."""
        return self.original or self.recipient


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a mail taken apart; nothing is thrown away."""

    new_text: str
    quoted: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Forward:
    """A mail found inside a mail. `sent_at` is aware only if the forward stated a zone."""

    sender: NamedAddress | None
    to: tuple[NamedAddress, ...] = ()
    cc: tuple[NamedAddress, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None
    body: str = ""
    note: str = ""
    """What the forwarder wrote above it."""
    nested: str = ""
    """The text below `body` that belongs to mails forwarded in this one."""
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = field(default=())
    sender_name: str = ""
    """Who wrote it where the forward names no address, as Outlook does within a company."""


@dataclass(frozen=True, slots=True)
class Match:
    """Which of our mails or the owner's an incoming one answers, and how that was found."""

    message_id: str
    how: str
    is_weak: bool = False
