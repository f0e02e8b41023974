"""What can happen to an introduction, and what it may ask for in turn: two closed unions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailflow.model.answer import Answer
from mailflow.model.contact import Suppression
from mailflow.model.draft import Purpose
from mailflow.model.introduction import Introduction
from mailflow.model.ruling import Ruling


@dataclass(frozen=True, slots=True)
class Begun:
    """It was recorded as new and has its number: the first ask is to be written."""


@dataclass(frozen=True, slots=True)
class Left:
    """A mail of the introduction was sent; `contact_id` is the first recipient's."""

    purpose: Purpose
    contact_id: int
    at: datetime
    message_id: str
    subject: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A draft of the introduction ended without being sent and without our withdrawing it.

    `is_expired`: the owner said nothing for a week. `refused`: the outgoing server's words, when it
    would not take the mail, and not because of a recipient, which is CameBack. Otherwise the owner
    said no to it. One that the owner sent by hand is Left.
    """

    purpose: Purpose
    contact_id: int
    is_expired: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A human answered the ask to the side of `contact_id`.

    `is_from_asked` is true when the From is the very address that was asked, and may be believed;
    `sender` is that From as the owner should read it. `in_copy` are the people besides the owner
    and the sender that it went to. `message_id` keys it: the same mail twice changes nothing.
    `at` is when it was received.
    """

    contact_id: int
    answer: Answer
    at: datetime
    message_id: str
    sender: str = ""
    is_from_asked: bool = True
    in_copy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Away:
    """An out-of-office of a side; `until` as `calendar.away_until` gives it."""

    contact_id: int
    until: datetime


@dataclass(frozen=True, slots=True)
class CameBack:
    """Mail of the introduction to that side bounced for good."""

    contact_id: int


@dataclass(frozen=True, slots=True)
class Barred:
    """A side came onto the suppression list, for whatever reason."""

    contact_id: int
    because: Suppression


@dataclass(frozen=True, slots=True)
class Erased:
    """A side is being erased; the introduction ends with it."""

    contact_id: int


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The owner lets it be."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """The owner's word on what a side said, or on what came of it.

    `contact_id` is the side it is about; not needed for what came of it.
    """

    ruling: Ruling
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A mail between the two, or to both from one of them, reached the owner."""

    contact_id: int


@dataclass(frozen=True, slots=True)
class Due:
    """`due_at` has come, or it may have."""


Event = (
    Begun
    | Left
    | Dropped
    | Answered
    | Away
    | CameBack
    | Barred
    | Erased
    | Cancelled
    | Ruled
    | Seen
    | Due
)


class Matter(StrEnum):
    """What the owner is asked, or told, about an introduction."""

    HELD = "held"  # words that are no plain yes, no or later
    LATE_YES = "late_yes"  # a yes after a no or after the end
    TAKEN_BACK = "taken_back"  # something unclear after a yes: the gate is closed
    QUIET = "quiet"  # nothing seen between the two for a week
    OUTCOME = "outcome"  # what came of it?


@dataclass(frozen=True, slots=True)
class WriteIntroductionDraft:
    """Write a draft of the introduction and show it to the owner.

    `situation` names the template. `INTRODUCTION` goes to both sides and threads with nothing;
    `in_thread` drafts go on from the side's `thread_id`. `text` is the owner's own addition.
    """

    introduction_id: int
    contact_id: int
    purpose: Purpose
    situation: str
    reason: str
    send_by: datetime
    in_thread: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawIntroductionDrafts:
    """End every live draft of these purposes that can still be ended; `contact_id` None: to
    anybody."""

    introduction_id: int
    purposes: frozenset[Purpose]
    reason: str
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class AskOwner:
    """Send the owner a question; `contact_id` is whom it is about, None for the pair.

    `text` says what happened, `words` quotes the other's words, `answers` are the ready answers:
    what to write, and what it does.
    """

    introduction_id: int
    contact_id: int | None
    matter: Matter
    text: str
    words: str = ""
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TellOwner:
    """Tell the owner what happened; nothing to decide."""

    introduction_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Suppress:
    """They asked never to be written to again."""

    contact_id: int
    reason: Suppression


IntroductionAction = (
    WriteIntroductionDraft | WithdrawIntroductionDrafts | AskOwner | TellOwner | Suppress
)


@dataclass(frozen=True, slots=True)
class Reaction:
    """The introduction as it is now, and what is to be done, in this order."""

    introduction: Introduction
    actions: tuple[IntroductionAction, ...] = ()
