"""Ada's world with many couples in it: one daemon, one clock, and for each trial two people nobody
else has to do with."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from email.message import EmailMessage
from typing import TypeVar

from tests.acceptance.daemon import PATIENCE
from tests.acceptance.world import World, text_of

T = TypeVar("T")

POLICY = """
default_tier = "none"
absurd_per_tick = 200
new_people_per_week = 500
suggestions_per_week = 0
per_day = 500
per_hour = 100
spacing_min = "1s"
spacing_max = "2s"
"""

FAMILIES = (
    "Ashgrove", "Birchgrove", "Cedargrove", "Dogwood", "Elmgrove", "Firgrove", "Gumgrove",
    "Hazelwood", "Ivygrove", "Junipergrove", "Kaurigrove", "Larchgrove", "Maplewood", "Nutmeg",
    "Oakgrove", "Pinegrove", "Quincegrove", "Rowangrove", "Sprucegrove", "Teakwood", "Umbrella",
    "Viburnum", "Willowgrove", "Yewgrove", "Zelkova", "Aldergrove", "Beechgrove", "Chestnut",
)  # fmt: skip
"""Letters are found by these names: none occurs in another word, as Fir does in “first”."""


@dataclass
class Couple:
    """Two people who do not know each other: Jane, an engineer, and Raj, a founder, who has more
    to lose and is asked first."""

    world: World
    family: str
    jane: str = field(init=False)
    raj: str = field(init=False)

    def __post_init__(self) -> None:
        self.jane = self.world.contact("jane")
        self.raj = self.world.contact("raj")

    @property
    def met(self) -> str:
        return (
            f"met Jane {self.family} <{self.jane}>, engineer\n"
            f"met Raj {self.family}son <{self.raj}>, founder\n"
        )

    # what Ada does

    def introduce(self, *more: str) -> EmailMessage:
        """She asks for the introduction; mailflow's answer with the first question."""
        line = f"introduce {self.jane} and {self.raj}: a way to pay abroad / a first customer"
        below = (f"{self.jane} as “an engineer in aviation”", f"{self.raj} as “a founder in HR”")
        return self.world.letter(self.world.tell("\n".join([line, *below, *more])))

    def decide(self, letter: EmailMessage, verdict: str = "ok", more: str = "") -> None:
        """She answers for what the letter shows of them, which may be beside others' drafts."""
        shown = re.findall(r"^Draft (\d+), to: (.*)$", text_of(letter), re.MULTILINE)
        theirs = [number for number, to in shown if self.jane in to or self.raj in to]
        numbers = theirs if len(shown) > 1 else []
        self.world.approve(letter, " ".join([verdict, *numbers, more]).strip())

    def ask(self, *more: str) -> EmailMessage:
        """Raj is asked; the mail he got."""
        self.decide(self.introduce(*more))
        return self.gets(self.raj)

    def ask_both(self) -> EmailMessage:
        """Raj says yes and Jane is asked; the mail she got."""
        with self.shown() as letter:
            self.answer(self.raj, "Yes, gladly!")
        self.decide(letter())
        return self.gets(self.jane)

    def agree(self) -> EmailMessage:
        """Both say yes; the letter that shows the mail to both."""
        self.ask()
        self.ask_both()
        with self.shown() as letter:
            self.answer(self.jane, "Yes please.")
        return letter()

    def introduced(self) -> EmailMessage:
        """Both say yes and Ada says ok; the mail as Jane got it."""
        self.decide(self.agree())
        return self.gets(self.jane, "Intro:")

    # what they do

    def answer(
        self,
        who: str,
        text: str,
        *,
        sender: str = "",
        to: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """One of them, or somebody in their place, answers the latest mail to them."""
        mail = self.world.answer(self.mails(who)[-1], sender or who, text, to=to)
        for name, value in (headers or {}).items():
            mail[name] = value
        self.world.lay(self.world.owner, mail)
        return mail

    # what there is to see

    def mails(self, who: str, subject: str = "") -> list[EmailMessage]:
        return [m for m in self.world.mails(who) if subject in str(m["Subject"])]

    def gets(self, who: str, subject: str = "") -> EmailMessage:
        """The next mail that comes to one of them once the undo time is over."""
        before = len(self.mails(who, subject))
        self.world.pass_time(timedelta(minutes=4))
        found = until(lambda: self.mails(who, subject)[before:], self.world)
        return found[0]

    def letters(self) -> list[EmailMessage]:
        """All that mailflow wrote to Ada about them."""
        return self.world.found(
            self.world.owner, "HEADER", "X-Mailflow-Loop", '""', "TEXT", f'"{self.family}"'
        )

    def told(self) -> str:
        return "\n".join(f"{each['Subject']}\n{text_of(each)}" for each in self.letters())

    def shown(self) -> "Next":
        """What happens in the block brings a new letter about them that can be answered."""
        return Next(self)

    def hears(self, words: str) -> None:
        """Wait until Ada was written these words about them."""
        until(lambda: words in self.told(), self.world)

    def who(self) -> str:
        """What mailflow knows of Raj."""
        return text_of(self.world.letter(self.world.tell(f"who {self.raj}")))

    def nobody_was_introduced(self) -> None:
        """Time enough passes for anything that was approved to leave."""
        self.world.pass_time(timedelta(minutes=4))
        self.world.settle()
        assert self.mails(self.jane, "Intro:") == []
        assert self.mails(self.raj, "Intro:") == []


class Next:
    """The next letter about a couple that bears a token."""

    def __init__(self, couple: Couple) -> None:
        self._couple = couple

    def __enter__(self) -> Callable[[], EmailMessage]:
        known = {str(each["Message-ID"]) for each in self._couple.letters()}
        service = self._couple.world.service

        def new() -> list[EmailMessage]:
            return [
                each
                for each in self._couple.letters()
                if each["Message-ID"] not in known
                and service not in str(each["Reply-To"] or service)
                and not str(each["Subject"]).startswith("Your week")
            ]

        return lambda: until(new, self._couple.world)[0]

    def __exit__(self, *_: object) -> None:
        return


def until(get: Callable[[], T], world: World, seconds: float = PATIENCE) -> T:
    """The first thing that is something; fails with what lies there and the daemon's log."""
    ends = time.monotonic() + seconds
    while not (found := get()):
        assert time.monotonic() < ends, f"{lately(world)}\n{world.daemon.log_text()}"
        time.sleep(0.1)
    return found


def lately(world: World) -> str:
    """The latest mails to Ada and in her Sent, and the hour it is, for who must find out why."""
    lines = [
        f"{folder}: {mail['Date']} {mail['From']} to {mail['To']}: {mail['Subject']}"
        for folder in ("INBOX", "Sent")
        for mail in world.mails(world.owner, folder)[-15:]
    ]
    return "\n".join([f"at {world.clock.now()}", *lines])


@dataclass
class Town:
    """The world with its couples, each given out once."""

    world: World
    couples: Iterator[Couple] = field(init=False)

    def settle_in(self) -> None:
        """Ada met them all; their first mails are out of the way."""
        couples = [Couple(self.world, family) for family in FAMILIES]
        self.couples = iter(couples)
        self.world.daemon.start()
        receipt = self.world.letter(self.world.tell("".join(each.met for each in couples)))
        self.world.approve(receipt, "skip all")

    def couple(self) -> Couple:
        """Two whom nobody introduced yet, on a Tuesday morning."""
        now = self.world.clock.now()
        days = (1 - now.weekday()) % 7 or 7
        at = (now + timedelta(days=days)).replace(hour=10, minute=0, second=0, microsecond=0)
        self.world.clock.set(at.astimezone(UTC))
        return next(self.couples)
