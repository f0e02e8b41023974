"""Ada's world for the daemon's trials: her mailbox and her contacts' in Dovecot, her outgoing
server, her clock, and the daemon that serves her."""

import imaplib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import make_msgid
from pathlib import Path
from typing import Self

from tests.acceptance.daemon import PATIENCE, Clock, Daemon
from tests.acceptance.outgoing import Outgoing, into
from tests.servers.dovecot import PASSWORD, Dovecot

TUESDAY = datetime(2020, 3, 3, 10, 0, tzinfo=UTC)
"""Inside everybody's working hours, with a working week around it; years before the real day,
because a story goes on for months and mail servers take no date of arrival in the future."""

CONFIG = """
[owner]
name = "Ada Lovelace"
addresses = ["{owner}"]
zone = "UTC"
signature = "Ada"
[service]
address = "{service}"
[accounts.main.imap]
host = "127.0.0.1"
port = {imap_port}
security = "plain"
user = "{owner}"
password_file = "password"
[accounts.main.smtp]
host = "127.0.0.1"
port = {smtp_port}
security = "plain"
user = "{owner}"
password_file = "password"
[store]
state_dir = "state"
[daemon]
tick_seconds = 5
[policy]
answers_per_hour = 50
answers_per_day = 200
{policy}
"""

Wanted = Callable[[EmailMessage], bool]


def anything(_mail: EmailMessage) -> bool:
    return True


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return "" if body is None else str(body.get_content())


@dataclass
class World:
    """Everything around one daemon. Instants are the story's: `clock` tells them."""

    dovecot: Dovecot
    folder: Path
    policy: str = ""
    outgoing: Outgoing = field(init=False)
    owner: str = field(init=False)
    clock: Clock = field(init=False)
    daemon: Daemon = field(init=False)

    def __post_init__(self) -> None:
        self.outgoing = into(self.dovecot)
        self.owner = self.dovecot.new_user("ada")
        self.clock = Clock(self.folder / "clock", TUESDAY)
        (self.folder / "password").write_text(PASSWORD)
        (self.folder / "password").chmod(0o600)
        config = self.folder / "config.toml"
        config.write_text(
            CONFIG.format(
                owner=self.owner,
                service=self.service,
                imap_port=self.dovecot.imap_port,
                smtp_port=self.outgoing.port,
                policy=self.policy,
            )
        )
        self.daemon = Daemon(config, self.clock, self.folder / "daemon.log")

    @property
    def service(self) -> str:
        return self.owner.replace("@", "+mailflow@")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.daemon.close()
        self.outgoing.stop()

    def contact(self, name: str) -> str:
        """A person with a mailbox; tells the address."""
        return self.dovecot.new_user(name)

    # Mail that people write. It is laid into the mailbox with the story's own date, because a
    # delivery agent would stamp it with the real one.

    def lay(self, user: str, mail: EmailMessage, folder: str = "INBOX", flags: str = "") -> None:
        """Put a mail into somebody's mailbox as of now."""
        self.lay_bytes(user, mail.as_bytes(), folder, flags)

    def lay_bytes(self, user: str, data: bytes, folder: str = "INBOX", flags: str = "") -> None:
        """The same for what no client would write."""
        with self._imap(user) as imap:
            at = imaplib.Time2Internaldate(self.clock.now())
            done, detail = imap.append(folder, flags, at, data)
            assert done == "OK", detail

    def write(self, sender: str, to: str, subject: str, text: str) -> EmailMessage:
        """A mail as a client composes it; not sent yet."""
        mail = EmailMessage(policy=default)
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        mail["Date"] = self.clock.now()
        mail["Message-ID"] = make_msgid(domain="example.test")
        mail.set_content(text)
        return mail

    def answer(
        self, mail: EmailMessage, sender: str, text: str, *, to: str | None = None
    ) -> EmailMessage:
        """An answer with the original quoted; `to` when it does not go where it was asked to."""
        asked = mail["Reply-To"] or mail["From"]
        reply = self.write(
            sender,
            to or asked.addresses[0].addr_spec,
            f"Re: {mail['Subject']}",
            text + "\n\nOn that day somebody wrote:\n" + quoted(mail),
        )
        reply["In-Reply-To"] = mail["Message-ID"]
        reply["References"] = f"{mail['References'] or ''} {mail['Message-ID']}".strip()
        return reply

    def owner_sends(self, mail: EmailMessage) -> EmailMessage:
        """The owner's client sends a mail to the service and keeps its copy in Sent."""
        self.lay(self.owner, mail, "Sent", "\\Seen")
        self.lay(self.owner, mail)
        return mail

    def tell(self, text: str, subject: str = "") -> EmailMessage:
        """The owner tells the service something."""
        return self.owner_sends(self.write(self.owner, self.service, subject, text))

    def say(self, letter: EmailMessage, text: str) -> EmailMessage:
        """The owner answers one of mailflow's letters."""
        return self.owner_sends(self.answer(letter, self.owner, text))

    def meet(self, name: str, address: str) -> EmailMessage:
        """The owner sends somebody's card to the service; mailflow's receipt with the draft."""
        card = self.write(self.owner, self.service, f"{name}'s card", "")
        return self.letter(self.owner_sends(with_vcard(card, name, address)))

    def approve(self, letter: EmailMessage, word: str = "ok") -> EmailMessage:
        """The owner answers a question; mailflow's transcript of what became of it."""
        return self.letter(self.say(letter, word))

    def let_it_leave(self) -> None:
        """The time to take an approval back is over, and so is the pause between two mails."""
        self.pass_time(timedelta(minutes=4))

    # What lies where

    def mails(self, user: str, folder: str = "INBOX") -> list[EmailMessage]:
        """Every mail of a folder, oldest first; reading changes no flag."""
        return [message_from_bytes(data, policy=default) for _, data in self.stored(user, folder)]

    def stored(self, user: str, folder: str = "INBOX") -> list[tuple[str, bytes]]:
        """The flags and the bytes of every mail of a folder, oldest first."""
        with self._imap(user) as imap:
            imap.select(folder, readonly=True)
            _, found = imap.uid("FETCH", "1:*", "(FLAGS BODY.PEEK[])")
        return [(item[0].decode(), item[1]) for item in found if isinstance(item, tuple)]

    def found(self, user: str, *criteria: str, folder: str = "INBOX") -> list[EmailMessage]:
        """The mails that a search (RFC 9051 §6.4.4) finds, oldest first."""
        with self._imap(user) as imap:
            imap.select(folder, readonly=True)
            _, uids = imap.uid("SEARCH", *criteria)
            wanted = uids[0].decode().replace(" ", ",")
            _, got = imap.uid("FETCH", wanted, "(BODY.PEEK[])") if wanted else ("OK", [])
        data = [item[1] for item in got if isinstance(item, tuple)]
        return [message_from_bytes(each, policy=default) for each in data]

    def wait_for(
        self,
        user: str,
        wanted: Wanted = anything,
        folder: str = "INBOX",
        seconds: float = PATIENCE,
    ) -> EmailMessage:
        """The first mail that is wanted; fails with what there is and the daemon's log."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            found = next(filter(wanted, self.mails(user, folder)), None)
            if found is not None:
                return found
            time.sleep(0.1)
        there = [f"{mail['From']}: {mail['Subject']}" for mail in self.mails(user, folder)]
        raise AssertionError(
            f"not in {user}'s {folder}, which has {there}\n{self.daemon.log_text()}"
        )

    def wait_until(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until something is so."""
        ends = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < ends, self.daemon.log_text()
            time.sleep(0.1)

    def letter(self, about: EmailMessage) -> EmailMessage:
        """mailflow's letter that answers this mail of the owner's."""
        return self.wait_for(self.owner, lambda mail: mail["In-Reply-To"] == about["Message-ID"])

    def letters(self) -> list[EmailMessage]:
        """All that mailflow wrote to the owner; other mail, whatever is in it, is not even read."""
        return self.found(self.owner, "HEADER", "X-Mailflow-Loop", '""')

    @contextmanager
    def next_question(self) -> Iterator[Callable[[], EmailMessage]]:
        """What happens in the block makes mailflow ask something; calling what it gives waits for
        that letter: one that can be answered, is new, and is not the summary."""
        known = {mail["Message-ID"] for mail in self.mails(self.owner)}

        def is_it(mail: EmailMessage) -> bool:
            reply_to = str(mail["Reply-To"] or self.service)
            is_new = mail["Message-ID"] not in known and mail["X-Mailflow-Loop"] is not None
            is_summary = str(mail["Subject"]).startswith("Your week")
            return is_new and self.service not in reply_to and not is_summary

        yield lambda: self.wait_for(self.owner, is_it)

    def pass_time(self, by: timedelta) -> None:
        """Set the clock forward and have the daemon look at it: a newsletter arrives."""
        self.clock.forward(by)
        self.look()

    def look(self) -> None:
        """Have the daemon make a pass now."""
        news = self.write("news@shop.example", self.owner, "Offers", "Buy now.")
        news["List-Id"] = "<offers.shop.example>"
        news["List-Unsubscribe"] = "<mailto:off@shop.example>"
        self.lay(self.owner, news)

    def settle(self) -> None:
        """Wait until the daemon has made a pass that began after now."""
        for _ in range(2):  # the first to end may have begun before
            self.daemon.drain()
            self.look()
            self.daemon.wait_for(b"WATCHDOG=1")

    @contextmanager
    def _imap(self, user: str) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.dovecot.imap_port, timeout=30) as imap:
            imap.login(user, PASSWORD)
            yield imap


def quoted(mail: EmailMessage) -> str:
    return "".join(f"> {line}\n" for line in text_of(mail).splitlines())


VCARD = """\
BEGIN:VCARD
VERSION:3.0
FN:{name}
ORG:Acme
TITLE:CTO
EMAIL:{address}
END:VCARD
"""


def with_vcard(mail: EmailMessage, name: str, address: str) -> EmailMessage:
    """The mail with somebody's card attached."""
    data = VCARD.format(name=name, address=address).replace("\n", "\r\n").encode()
    mail.add_attachment(data, maintype="text", subtype="vcard", filename="card.vcf")
    return mail
