"""A random walk over intake: whatever is photographed, corrected, taken back and approved in
whatever order, mail goes only where the owner said ok to a letter that showed that very address."""

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mailflow.model.scan import Page, Scan, SeenLine, Unscannable
from mailflow.store import facts
from mailflow.tick import recover
from tests.laws.play import OWNER, SERVICE, Play, text_of

CARDS: dict[bytes, tuple[str, ...]] = {
    b"one": ("Jane Roe", "Acme GmbH", "x7k2@fastpost.example"),
    b"two": ("Jane Roe", "CTO", "Acme GmbH", "jane.roe@acme.io", "www.acme.io"),
    b"three": ("Raj Rao", "Payroll Ltd", "rr1@fastpost.example", "+44 20 7946 0123"),
    b"four": ("Exit", "Gate 14"),
}
LINES = ("email: jane@acme.example", "name: June Roe", "title: CEO", "1 email: rr@pay.example",
         "email: not an address", "undo", "phone: -")  # fmt: skip


class Walk(RuleBasedStateMachine):
    """The owner with a phone, a reader of pictures that may be missing, and a clock."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play()
        self.is_installed = True
        self.play.house = replace(self.play.house, scan=self.scan)
        self.seen: set[str] = set()
        """Addresses of drafts in letters that the owner answered with ok."""

    def teardown(self) -> None:
        self.play.close()

    def scan(self, data: bytes, called: str) -> Scan | Unscannable:
        if not self.is_installed:
            return Unscannable("Install the reader; I kept it.", is_missing=True)
        lines = CARDS[data.rpartition(b" ")[2]]
        read = tuple(
            SeenLine(text, 0.99, 60, 60 + 70 * at, 60 + 24 * len(text), 105 + 70 * at)
            for at, text in enumerate(lines)
        )
        return Scan((Page(1000, 600, read),))

    @initialize()
    def begins_with_two_cards(self) -> None:
        self.sends_photos([b"one", b"three"])

    @rule(pictures=st.lists(st.sampled_from(sorted(CARDS)), min_size=1, max_size=3))
    def sends_photos(self, pictures: list[bytes]) -> None:
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = OWNER, SERVICE, "cards"
        message["Date"] = format_datetime(self.play.now)
        message["Message-ID"] = f"<photo{next(self.play._numbers)}@client.example>"
        message.set_content("")
        for name in pictures:
            data = b"\xff\xd8\xff" + b"x" * 40_000 + b" " + name
            message.add_attachment(data, "image", "jpeg", filename=f"{name.decode()}.jpg")
        self.play.account.deliver(message.as_bytes(), self.play.now)
        self.play.tick()

    @rule(who=st.sampled_from(["jane.roe@acme.io", "rr1@fastpost.example"]))
    def types_a_line(self, who: str) -> None:
        name = "Raj Rao" if who.startswith("rr") else "Jane Roe"
        self.play.tell(f"met {name} <{who}>, CTO at Acme")
        self.play.tick()

    @rule(which=st.integers(0, 3), line=st.sampled_from(LINES))
    def answers_with_a_line(self, which: int, line: str) -> None:
        letters = self.play.letters
        if letters:
            self.play.answer(letters[-1 - which % len(letters)], line)
            self.play.tick()

    @rule(which=st.integers(0, 3), how=st.sampled_from(["ok", "ok all", "ok 1", "skip"]))
    def decides(self, which: int, how: str) -> None:
        letters = self.play.letters
        if letters:
            letter = letters[-1 - which % len(letters)]
            if how != "skip":
                self.seen |= addresses_in(text_of(letter))
            self.play.answer(letter, how)
            self.play.tick()

    @rule(line=st.sampled_from(["undo", "title jane: CEO", "email raj: raj@pay.example"]))
    def tells(self, line: str) -> None:
        self.play.tell(line)
        self.play.tick()

    @rule(minutes=st.sampled_from([1, 5, 90]))
    def time_passes(self, minutes: int) -> None:
        self.play.pass_time(timedelta(minutes=minutes))
        self.play.tick()

    @rule()
    def installs_or_loses_the_reader(self) -> None:
        self.is_installed = not self.is_installed
        recover(self.play.house, self.play.now)

    @invariant()
    def mail_goes_only_where_the_owner_looked(self) -> None:
        assert {recipient for recipient, _ in self.play.carried} <= self.seen

    @invariant()
    def no_draft_is_to_an_address_nobody_has(self) -> None:
        with self.play.house.store.begin() as s:
            owner_id = self.play.house.owner_id
            for person in facts.contacts(s, owner_id):
                for draft in facts.drafts_of(s, owner_id, person.id):
                    assert draft.to in person.addresses


def addresses_in(text: str) -> set[str]:
    """Where the drafts of a letter go."""
    lines = (line for line in text.splitlines() if line.startswith(("Draft ", "To: ")))
    return {line.rpartition("<")[2].strip("> \r") for line in lines}


TestCards = pytest.mark.timeout(600)(pytest.mark.slow(Walk.TestCase))
TestCards.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
