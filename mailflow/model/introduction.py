"""An introduction as one value: the two sides, what each said, and whether both consent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mailflow.model.introduction_states import CONSENTING, IntroductionState, SideState

CONSENT_LASTS = timedelta(days=30)
"""An older yes is asked for again before anybody is introduced."""


class Naming(StrEnum):
    """How much an ask tells about the other side."""

    DESCRIPTOR = "descriptor"  # "a founder in payroll software"
    NAME = "name"
    NAME_AND_LINK = "name_and_link"  # the name and their web page


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. All instants aware UTC; Message-IDs keep their angle brackets.

    `why` is what they gain, in the owner's words. `naming` and `descriptor` say how this side is
    shown to the other. `consent_at` is when they said yes, or when the owner said that they asked
    for it. `words` quotes the answer last read, `answer_id` is the mail it stood in. `thread_id`
    and `thread_subject` are the ask last sent to them, which a nudge goes on from.
    """

    contact_id: int
    why: str
    naming: Naming = Naming.DESCRIPTOR
    descriptor: str = ""
    state: SideState = SideState.NOT_ASKED
    has_requested: bool = False
    is_reconfirmed: bool = False
    """Asked once more because the first yes grew old; there is no third time."""
    asked_at: datetime | None = None
    nudged_at: datetime | None = None
    """When the one nudge was written; it may have been dropped by the owner since."""
    answered_at: datetime | None = None
    consent_at: datetime | None = None
    again_at: datetime | None = None
    """When to come back to them after a later."""
    away_until: datetime | None = None
    """Until when an out-of-office moves the timers."""
    words: str = ""
    answer_id: str | None = None
    thread_id: str | None = None
    thread_subject: str = ""

    def has_consent(self, now: datetime) -> bool:
        """A yes, or the wish they came with, not older than thirty days."""
        return (
            self.state in CONSENTING
            and self.consent_at is not None
            and now - self.consent_at <= CONSENT_LASTS
        )


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two contacts who may gain from knowing each other. All instants aware UTC.

    `first` is asked first. `id` is how the owner calls it. `since_at` is when it last
    moved, `due_at` when the next thing may happen (None: only when something happens).
    `final_id` is the Message-ID of the mail to both.
    """

    id: int
    first: Side
    second: Side
    state: IntroductionState
    created_at: datetime
    since_at: datetime
    due_at: datetime | None = None
    introduced_at: datetime | None = None
    final_id: str | None = None
    outcome_asked_at: datetime | None = None
    outcome: str = ""
    outcome_at: datetime | None = None

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.first, self.second

    def side(self, contact_id: int) -> Side:
        """The side of that contact; raises KeyError for somebody else."""
        for side in self.sides:
            if side.contact_id == contact_id:
                return side
        raise KeyError(contact_id)

    def other(self, contact_id: int) -> Side:
        """The side across from that contact; raises KeyError for somebody else."""
        return self.second if self.side(contact_id) is self.first else self.first

    @property
    def writes_first(self) -> Side:
        """Who writes first once they are introduced: the one who asked, else the second."""
        return self.first if self.first.has_requested else self.second


def has_two_consents(introduction: Introduction, now: datetime) -> bool:
    """Whether the mail to both may leave at `now`: it is ready, and neither consent is missing,
    taken back or older than thirty days. To be asked again inside the claim."""
    return introduction.state is IntroductionState.READY and all(
        side.has_consent(now) for side in introduction.sides
    )
