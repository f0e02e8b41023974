"""What the demo's story is played on, and how its people act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from mailflow.daemon import Daemon
from mailflow.demo.clock import StoryClock
from mailflow.demo.mails import read, recipient, to_service
from mailflow.demo.people import ADA, Person
from mailflow.demo.telling import Teller
from mailflow.demo.world import World

AT_MOST = timedelta(hours=8)


@dataclass(frozen=True)
class Stage:
    """What the story is played on."""

    world: World
    clock: StoryClock
    daemon: Daemon
    teller: Teller
    folder: Path

    def send(self, sender: Person, mail: EmailMessage, *, seen: str) -> None:
        """Somebody writes: shown, then really sent."""
        self.teller.mail(mail.as_bytes(), seen=seen)
        self.world.submit(sender, [recipient(mail)], mail)

    def await_mail(self, reader: Person, folder: str, wanted: Callable[[bytes], bool]) -> bytes:
        """The mail that is bound to come."""
        return self.world.wait_for(reader, folder, wanted)

    def letter(self, about: EmailMessage) -> bytes:
        """mailflow's letter to Ada that answers this mail of hers."""
        message_id = str(about["Message-ID"])
        return self.await_mail(ADA, "INBOX", lambda data: read(data)["In-Reply-To"] == message_id)

    def ask(self, text: str) -> bytes:
        """Ada writes to mailflow without further ado; what it answers."""
        mail = to_service("", text, self.clock())
        self.world.submit(ADA, [recipient(mail)], mail)
        return self.letter(mail)

    def later(self, at: datetime, note: str) -> None:
        """Set the clock forward, honestly; the daemon looks in on the hours between."""
        while at - self.clock() > AT_MOST:
            self.clock.forward(AT_MOST)
            self.settle()
        self.clock.forward_to(at)
        self.teller.clock(self.clock(), note)
        self.daemon.wake()

    def leap(self, at: datetime, note: str) -> None:
        """Set the clock forward in one go: nothing happens in between that the story tells of."""
        self.settle()
        self.clock.forward_to(at)
        self.teller.clock(self.clock(), note)
        self.settle()

    def settle(self) -> None:
        """Let the daemon finish a whole pass over what there is now."""
        for _ in range(2):  # the first may have begun before
            self.daemon.has_looked.clear()
            self.daemon.wake()
            self.daemon.has_looked.wait(timeout=20)
