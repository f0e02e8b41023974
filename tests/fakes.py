"""Mail accounts and an outgoing server in memory; they pass the suites of the real ones."""

import email
import email.policy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from mailflow.errors import MailboxError, NoSuchMailbox
from mailflow.model.mail import Location, Oversize, RawMessage
from mailflow.model.wire import Accepted, Cursor, Envelope, Folders, Outcome, Refused, Unknown
from tests.servers.smtp import HANG_UP, Fault, Taken

ABOUT_THE_ACCOUNT = frozenset({421, 454, 530, 534, 535, 538})


@dataclass
class Kept:
    """A mail in a mailbox."""

    data: bytes
    flags: frozenset[str]
    at: datetime


@dataclass
class Mailbox:
    """Mails by UID, ascending."""

    uidvalidity: int
    uidnext: int = 1
    mails: dict[int, Kept] = field(default_factory=dict)

    def put(self, kept: Kept) -> int:
        uid, self.uidnext = self.uidnext, self.uidnext + 1
        self.mails[uid] = kept
        return uid


class MemoryMailStore:
    """A `MailStore` in memory. `trouble` makes every call fail until it is cleared.

    `on_step` is told what is about to be changed on the server and what has been, and may raise.
    """

    def __init__(
        self,
        name: str,
        *,
        files_sent_itself: bool = False,
        on_step: Callable[[str], None] = lambda step: None,
    ) -> None:
        self.name = name
        self.files_sent_itself = files_sent_itself
        self.trouble = ""
        self.on_step = on_step
        self._next_uidvalidity = 1
        self.mailboxes: dict[str, Mailbox] = {}
        for mailbox in ("INBOX", "Sent", "Drafts", "Trash"):
            self.create(mailbox)

    # -- what a server's operator and other mail programs do -----------------------------------

    def create(self, mailbox: str) -> None:
        self.mailboxes[mailbox] = Mailbox(self._next_uidvalidity)
        self._next_uidvalidity += 1

    def renumber(self, mailbox: str) -> None:
        """Restore the mailbox from a backup: same mails, other UIDs, another UIDVALIDITY."""
        old = self.mailboxes[mailbox]
        self.create(mailbox)
        for kept in old.mails.values():
            self.mailboxes[mailbox].put(kept)

    def deliver(self, data: bytes, at: datetime, mailbox: str = "INBOX") -> int:
        return self.mailboxes[mailbox].put(Kept(data, frozenset(), at))

    def held(self, mailbox: str) -> list[bytes]:
        """The mails in a mailbox, in order."""
        return [kept.data for kept in self.mailboxes[mailbox].mails.values()]

    # -- MailStore -----------------------------------------------------------------------------

    def folders(self) -> Folders:
        self._check()

        def there(name: str) -> str | None:
            return name if name in self.mailboxes else None

        return Folders(
            "INBOX", there("Sent"), there("Drafts"), all=there("All Mail"), trash=there("Trash")
        )

    def cursor(self, mailbox: str) -> Cursor:
        opened = self._open(mailbox)
        return Cursor(opened.uidvalidity, opened.uidnext - 1)

    def fetch_after(
        self, mailbox: str, cursor: Cursor, *, max_bytes: int, limit: int
    ) -> Iterator[RawMessage | Oversize]:
        opened = self._open(mailbox)
        if opened.uidvalidity != cursor.uidvalidity:
            raise MailboxError(f"The folder “{mailbox}” was renumbered; it has to be read again.")
        uids = [uid for uid in opened.mails if uid > cursor.last_uid][:limit]
        for uid in uids:
            self._check()
            kept = opened.mails.get(uid)
            if kept is None:
                continue
            at = Location(self.name, mailbox, opened.uidvalidity, uid)
            if len(kept.data) <= max_bytes:
                yield RawMessage(at, kept.data, kept.at)
            else:
                head = kept.data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
                yield Oversize(at, len(kept.data), head, kept.at)

    def fetch(self, mailbox: str, uids: Sequence[int]) -> Iterator[RawMessage]:
        opened = self._open(mailbox)
        for uid in sorted(set(uids) & set(opened.mails)):
            at = Location(self.name, mailbox, opened.uidvalidity, uid)
            yield RawMessage(at, opened.mails[uid].data, opened.mails[uid].at)

    def search_message_id(self, mailbox: str, message_id: str) -> list[int]:
        mails = self._open(mailbox).mails
        wanted = " ".join(message_id.split())
        return [uid for uid, kept in mails.items() if wanted and _message_id(kept.data) == wanted]

    def search_since(self, mailbox: str, on: date) -> list[int]:
        mails = self._open(mailbox).mails
        return [uid for uid, kept in mails.items() if kept.at.date() >= on]

    def append(self, mailbox: str, data: bytes, flags: Sequence[str], at: datetime) -> int | None:
        opened = self._open(mailbox)
        self.on_step(f"before APPEND {mailbox}")
        uid = opened.put(Kept(data, frozenset(flags), at.astimezone(UTC).replace(microsecond=0)))
        self.on_step(f"after APPEND {mailbox}")
        return uid

    def remove(self, mailbox: str, uids: Sequence[int]) -> None:
        opened = self._open(mailbox)
        self.on_step(f"before EXPUNGE {mailbox}")
        for uid in uids:
            opened.mails.pop(uid, None)
        self.on_step(f"after EXPUNGE {mailbox}")

    def move(self, mailbox: str, uids: Sequence[int], to: str) -> None:
        opened = self._open(mailbox)
        self.on_step(f"before MOVE {mailbox}")
        if to not in self.mailboxes:
            self.create(to)
        for uid in sorted(set(uids) & set(opened.mails)):
            self.mailboxes[to].put(opened.mails.pop(uid))
        self.on_step(f"after MOVE {mailbox}")

    def close(self) -> None:
        """Nothing is held open."""

    def _check(self) -> None:
        if self.trouble:
            raise MailboxError(self.trouble)

    def _open(self, mailbox: str) -> Mailbox:
        self._check()
        if mailbox not in self.mailboxes:
            there = ", ".join(f"“{name}”" for name in self.mailboxes)
            raise NoSuchMailbox(f"There is no folder “{mailbox}” in the account: only {there}.")
        return self.mailboxes[mailbox]


class MemoryPost:
    """A `Post` in memory that delivers into MemoryMailStores, sub-addresses included.

    `accounts` are the stores by address in lower case; a recipient in none of them is taken all
    the same. `fail` works as ScriptedSmtp's. `on_step` is told each step and what follows the
    final dot (`DELIVERED`), and may raise, as a crash does.
    """

    def __init__(
        self,
        accounts: Mapping[str, MemoryMailStore],
        clock: Callable[[], datetime],
        *,
        on_step: Callable[[str], None] = lambda step: None,
    ) -> None:
        self.accounts = accounts
        self.clock = clock
        self.on_step = on_step
        self.faults: list[Fault] = []
        self.taken: list[Taken] = []

    def fail(self, step: str, reply: str, *, to: str = "", is_taken: bool = False) -> Fault:
        fault = Fault(step, reply, to=to, is_taken=is_taken)
        self.faults.append(fault)
        return fault

    def heal(self) -> None:
        self.faults.clear()

    def send(self, envelope: Envelope, data: bytes) -> Outcome:
        steps = [("CONNECT", ""), ("EHLO", ""), ("AUTH", ""), ("MAIL", envelope.sender)]
        steps += [("RCPT", recipient) for recipient in envelope.recipients]
        steps += [("DATA", ""), ("BODY", "")]
        for step, argument in steps:
            fault = self._reach(step, argument)
            if fault is not None:
                to = argument if step == "RCPT" else ""
                return _refused(step, fault.reply or HANG_UP, to)
        fault = self._reach("DOT", "")
        if fault is None or fault.is_taken:
            self._take(envelope, data)
        if fault is None:
            return Accepted("250 2.0.0 queued")
        if not fault.reply:
            return Unknown("The mail was given, but no answer came.")
        return _refused("DOT", fault.reply)

    def _reach(self, step: str, argument: str) -> Fault | None:
        self.on_step(step)
        for fault in self.faults:
            if fault.step == step and fault.times > 0 and fault.to in argument:
                fault.times -= 1
                return fault
        return None

    def _take(self, envelope: Envelope, data: bytes) -> None:
        self.taken.append(Taken(envelope, data))
        sender = self.accounts.get(_person(envelope.sender))
        if sender is not None and sender.files_sent_itself:
            sender.deliver(data, self.clock(), "Sent")
        for recipient in envelope.recipients:
            account = self.accounts.get(_person(recipient))
            if account is not None:
                account.deliver(data, self.clock())
        self.on_step("DELIVERED")


def _refused(step: str, reply: str, recipient: str = "") -> Refused:
    if not reply or step in {"CONNECT", "EHLO", "AUTH"}:
        return Refused(False, 0, reply or "The connection was lost.")
    code = int(reply[:3])
    is_permanent = 500 <= code < 600 and code not in ABOUT_THE_ACCOUNT
    return Refused(is_permanent, code, reply, recipient)


def _person(address: str) -> str:
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _message_id(data: bytes) -> str:
    head = email.message_from_bytes(
        data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", policy=email.policy.compat32
    )
    found = head.get("Message-ID", "")
    raw = str(found).encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return " ".join(raw.split())
