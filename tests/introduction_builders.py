"""Jane and Raj, and an introduction of them that a test leads through its events."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from mailflow.deciding.introducing import NotBegun, begin
from mailflow.deciding.introductions import react
from mailflow.model.answer import Answer, Say
from mailflow.model.card import Phone
from mailflow.model.contact import Contact
from mailflow.model.draft import Purpose
from mailflow.model.introducing import Introduce
from mailflow.model.introduction import Introduction
from mailflow.model.introduction_events import (
    Answered,
    AskOwner,
    Begun,
    Due,
    Event,
    IntroductionAction,
    Left,
    TellOwner,
    WithdrawIntroductionDrafts,
    WriteIntroductionDraft,
)
from mailflow.model.introduction_facts import PairFacts, SideFacts
from mailflow.model.policy import Policy
from tests.builders import NOW, a_contact, an_identity

JANE = a_contact(phones=(Phone("+493012345678", "030 12345678"),), urls=("https://roe.example/me",))
RAJ = a_contact(
    id=2, name="Raj Rao", given="Raj", family="Rao", title="Founder", org="Initech",
    address="raj@initech.example", phones=(Phone("+14155550123", "+1 415 555 0123"),),
    urls=("https://initech.example/raj",),
)  # fmt: skip
PEOPLE: Mapping[int, Contact] = {JANE.id: JANE, RAJ.id: RAJ}
POLICY = Policy()
ADA = an_identity()


def an_introduce(**fields: Any) -> Introduce:
    """Ada's instruction, without any wish beyond the reasons."""
    return Introduce(**{
        "first": "jane", "second": "raj", "why_first": "she needs payroll data",
        "why_second": "he looks for a first customer", **fields,
    })  # fmt: skip


def try_to_begin(
    command: Introduce | None = None, one: SideFacts | None = None, two: SideFacts | None = None,
    pair: PairFacts | None = None, *, now: datetime = NOW,
) -> Introduction | NotBegun:  # fmt: skip
    """What comes of an instruction about Jane and Raj."""
    return begin(
        command or an_introduce(), one or SideFacts(JANE), two or SideFacts(RAJ),
        pair or PairFacts(), ADA, POLICY, now,
    )  # fmt: skip


def an_introduction(command: Introduce | None = None, *, now: datetime = NOW) -> Introduction:
    """As recorded; Raj, the founder, is asked first."""
    begun = try_to_begin(command, now=now)
    assert isinstance(begun, Introduction), begun
    return begun


class Play:
    """Leads one introduction through its events; `last` are the actions of the latest one."""

    def __init__(self, command: Introduce | None = None, policy: Policy = POLICY) -> None:
        self.now = NOW
        self.policy = policy
        self.introduction = an_introduction(command)
        self.last: tuple[IntroductionAction, ...] = ()
        self.mails = 0
        self.on(Begun())

    def on(self, event: Event) -> tuple[IntroductionAction, ...]:
        done = react(self.introduction, event, PEOPLE, ADA, self.policy, self.now)
        self.introduction, self.last = done.introduction, done.actions
        return self.last

    def after(self, **span: float) -> "Play":
        self.now += timedelta(**span)
        return self

    def wait(self, **span: float) -> tuple[IntroductionAction, ...]:
        """Time passes; whatever is due by then happens, in its order."""
        end = self.now + timedelta(**span)
        found: list[IntroductionAction] = []
        for _ in range(100):
            due = self.introduction.due_at
            if due is None or due > end:
                break
            self.now = max(self.now, due)
            found += self.on(Due())
        else:
            raise AssertionError("it is due for ever")
        self.now, self.last = end, tuple(found)
        return self.last

    def left(self, purpose: Purpose, contact: Contact) -> tuple[IntroductionAction, ...]:
        self.mails += 1
        return self.on(
            Left(purpose, contact.id, self.now, f"<{self.mails}@example.org>", "A question")
        )

    def says(
        self, contact: Contact, say: Say, words: str = "", on: date | None = None, **fields: Any
    ) -> tuple[IntroductionAction, ...]:
        self.mails += 1
        return self.on(
            Answered(**{
                "contact_id": contact.id, "answer": Answer(say, words or say.value, on),
                "at": self.now, "message_id": f"<{self.mails}@their.example>",
                "sender": str(contact.address), **fields,
            })
        )  # fmt: skip

    def written(self) -> list[tuple[Purpose, int, str]]:
        """The drafts asked for by the latest event: purpose, to whom, template."""
        return [
            (a.purpose, a.contact_id, a.situation)
            for a in self.last
            if isinstance(a, WriteIntroductionDraft)
        ]

    def told(self) -> str:
        return " ".join(a.text for a in self.last if isinstance(a, TellOwner))

    def asked(self) -> AskOwner | None:
        return next((a for a in self.last if isinstance(a, AskOwner)), None)

    def withdrawn(self) -> set[Purpose]:
        found = [a.purposes for a in self.last if isinstance(a, WithdrawIntroductionDrafts)]
        return set[Purpose]().union(*found)
