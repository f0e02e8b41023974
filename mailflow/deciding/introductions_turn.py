"""One event's work on one introduction: moves through the tables, and the actions they lead to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict, Unpack

from mailflow.model.contact import Contact
from mailflow.model.draft import OF_INTRODUCTIONS, Purpose
from mailflow.model.introduction import Introduction, Naming, Side
from mailflow.model.introduction_events import (
    AskOwner,
    IntroductionAction,
    Matter,
    TellOwner,
    WithdrawIntroductionDrafts,
    WriteIntroductionDraft,
)
from mailflow.model.introduction_states import (
    CONSENTING,
    SIDE_MOVES,
    IntroductionEvent,
    SideEvent,
    SideState,
    advance,
    advance_side,
)
from mailflow.model.policy import Identity, Policy

P, E = Purpose, IntroductionEvent

BEFORE_THE_END = OF_INTRODUCTIONS - {P.INTRO_CLOSING}
"""What has no point any more once an introduction has ended."""


class SideChanges(TypedDict, total=False):
    """The fields of a side that an event may set."""

    is_reconfirmed: bool
    asked_at: datetime | None
    nudged_at: datetime | None
    answered_at: datetime | None
    consent_at: datetime | None
    again_at: datetime | None
    away_until: datetime | None
    words: str
    answer_id: str | None
    thread_id: str | None
    thread_subject: str


@dataclass(frozen=True, slots=True)
class Turn:
    """An introduction on its way through one event; every method gives a new turn.

    `people` are the two contacts by id.
    """

    introduction: Introduction
    people: Mapping[int, Contact]
    identity: Identity
    policy: Policy
    now: datetime
    actions: tuple[IntroductionAction, ...] = ()

    def name(self, contact_id: int) -> str:
        """How the owner calls that side."""
        return self.people[contact_id].label

    def shown(self, side: Side) -> str:
        """How that side is shown to the other in mail; for the owner's letters use `name`."""
        return side.descriptor if side.naming is Naming.DESCRIPTOR else self.name(side.contact_id)

    def moved(self, event: IntroductionEvent) -> "Turn":
        """The pair moves; raises IllegalMove when the table has no such move."""
        state = advance(self.introduction.state, event)
        moved = replace(self.introduction, state=state, since_at=self.now)
        return replace(self, introduction=moved)

    def can(self, side: Side, event: SideEvent) -> bool:
        return (side.state, event) in SIDE_MOVES

    def side_moved(
        self, contact_id: int, event: SideEvent, **changes: Unpack[SideChanges]
    ) -> "Turn":
        """One side moves; raises IllegalMove when its table has no such move."""
        side = self.introduction.side(contact_id)
        state = advance_side(side.state, event)
        return self.with_side(replace(side, state=state, **changes))

    def side_noted(self, contact_id: int, **changes: Unpack[SideChanges]) -> "Turn":
        """Something about a side is kept; its state stays."""
        return self.with_side(replace(self.introduction.side(contact_id), **changes))

    def with_side(self, side: Side) -> "Turn":
        introduction = self.introduction
        if side.contact_id == introduction.first.contact_id:
            return replace(self, introduction=replace(introduction, first=side))
        return replace(self, introduction=replace(introduction, second=side))

    def do(self, *actions: IntroductionAction) -> "Turn":
        return replace(self, actions=(*self.actions, *actions))

    def write(
        self, contact_id: int, purpose: Purpose, situation: str, reason: str,
        *, in_thread: bool = False, text: str = "",
    ) -> "Turn":  # fmt: skip
        """A draft to that side, for the owner to approve."""
        send_by = self.now + self.policy.approval_expires_after
        return self.do(
            WriteIntroductionDraft(
                self.introduction.id, contact_id, purpose, situation, reason, send_by,
                in_thread=in_thread, text=text,
            )
        )  # fmt: skip

    def withdraw(
        self, purposes: frozenset[Purpose], reason: str, contact_id: int | None = None
    ) -> "Turn":
        return self.do(
            WithdrawIntroductionDrafts(self.introduction.id, purposes, reason, contact_id)
        )

    def tell(self, text: str) -> "Turn":
        return self.do(TellOwner(self.introduction.id, text))

    def ask_owner(
        self, contact_id: int | None, matter: Matter, text: str,
        answers: tuple[tuple[str, str], ...], *, words: str = "",
    ) -> "Turn":  # fmt: skip
        return self.do(AskOwner(self.introduction.id, contact_id, matter, text, words, answers))

    def ended(self, event: IntroductionEvent, reason: str, *, because_of: int | None) -> "Turn":
        """It ends before anybody was introduced.

        1. The drafts that have no point any more are withdrawn. 2. Whoever had consented and is
        not the one it failed on hears one line, the same whatever the reason was.
        """
        turn = self.moved(event).withdraw(BEFORE_THE_END, reason)
        for side in self.introduction.sides:
            if side.state in CONSENTING and side.contact_id != because_of:
                turn = turn.write(
                    side.contact_id, P.INTRO_CLOSING, "intro_closing",
                    f"{reason} {self.name(side.contact_id)} had agreed, and this line ends it; "
                    "it says nothing of the reason.",
                    in_thread=side.thread_id is not None,
                )  # fmt: skip
        return turn

    def ask_next(self, side: Side, reason: str) -> "Turn":
        """The first ask to a side that was not asked yet."""
        if side.state is not SideState.NOT_ASKED:
            return self
        return self.write(side.contact_id, P.INTRO_ASK, "intro_ask", reason)
