"""An introduction by double opt-in: the pair's life and each side's, as two tables."""

from enum import StrEnum

from mailflow.errors import IllegalMove


class IntroductionState(StrEnum):
    """Where an introduction stands."""

    DRAFT = "draft"  # begun; the first ask has not left yet
    ASKING_FIRST = "asking_first"  # the first side is asked; the other knows nothing
    ASKING_SECOND = "asking_second"  # the first consents; the second is asked, or is about to be
    DEFERRED = "deferred"  # a side said later; comes back to the owner on the day
    READY = "ready"  # both consent; the introduction waits for the owner's ok
    RECONFIRMING = "reconfirming"  # a yes grew too old; that side is asked once more
    INTRODUCED = "introduced"  # the mail to both has left
    CONNECTED = "connected"  # a word between the two was seen
    QUIET = "quiet"  # nothing was seen for a week; the owner is asked
    DECLINED = "declined"  # a side said no, or took its yes back
    EXPIRED = "expired"  # a side said nothing for too long
    UNDELIVERABLE = "undeliverable"  # mail to a side came back for good
    CANCELLED = "cancelled"  # the owner let it be, or a side was erased
    CLOSED = "closed"  # introduced, and the owner has nothing more to tell


class IntroductionEvent(StrEnum):
    """What can happen to the pair."""

    FIRST_ASKED = "first_asked"  # the ask to the first side left
    SECOND_ASKED = "second_asked"  # the ask to the second side left
    FIRST_CONSENTS = "first_consents"  # the first side does, the second not yet
    BOTH_CONSENT = "both_consent"
    NO = "no"  # a side said no or took its yes back
    LATER = "later"  # a side put it off
    TIME_OUT = "time_out"  # the state lasted as long as it may
    BOUNCE = "bounce"  # mail to a side came back for good
    CANCEL = "cancel"  # the owner's word, or a side was erased
    STALE = "stale"  # a consent is too old
    INTRODUCE = "introduce"  # the mail to both left
    IN_TOUCH = "in_touch"  # a word between the two was seen, or the owner says so
    OUTCOME = "outcome"  # the owner said what came of it
    LEFT_ANYWAY = "left_anyway"  # the mail to both was on its way when the state changed
    REOPEN = "reopen"  # the owner counts a late yes of the first side
    REOPEN_READY = "reopen_ready"  # the owner counts a late yes, and with it both consent


S, E = IntroductionState, IntroductionEvent

MOVES: dict[tuple[IntroductionState, IntroductionEvent], IntroductionState] = {
    (S.DRAFT, E.FIRST_ASKED): S.ASKING_FIRST,
    (S.DRAFT, E.BOTH_CONSENT): S.READY,
    (S.DRAFT, E.NO): S.DECLINED,
    (S.DRAFT, E.BOUNCE): S.UNDELIVERABLE,
    (S.DRAFT, E.CANCEL): S.CANCELLED,
    (S.DRAFT, E.TIME_OUT): S.CANCELLED,
    (S.ASKING_FIRST, E.FIRST_CONSENTS): S.ASKING_SECOND,
    (S.ASKING_FIRST, E.BOTH_CONSENT): S.READY,
    (S.ASKING_FIRST, E.NO): S.DECLINED,
    (S.ASKING_FIRST, E.LATER): S.DEFERRED,
    (S.ASKING_FIRST, E.TIME_OUT): S.EXPIRED,
    (S.ASKING_FIRST, E.BOUNCE): S.UNDELIVERABLE,
    (S.ASKING_FIRST, E.CANCEL): S.CANCELLED,
    (S.ASKING_SECOND, E.SECOND_ASKED): S.ASKING_SECOND,
    (S.ASKING_SECOND, E.BOTH_CONSENT): S.READY,
    (S.ASKING_SECOND, E.NO): S.DECLINED,
    (S.ASKING_SECOND, E.LATER): S.DEFERRED,
    (S.ASKING_SECOND, E.TIME_OUT): S.EXPIRED,
    (S.ASKING_SECOND, E.BOUNCE): S.UNDELIVERABLE,
    (S.ASKING_SECOND, E.CANCEL): S.CANCELLED,
    (S.DEFERRED, E.FIRST_ASKED): S.ASKING_FIRST,
    (S.DEFERRED, E.SECOND_ASKED): S.ASKING_SECOND,
    (S.DEFERRED, E.FIRST_CONSENTS): S.ASKING_SECOND,
    (S.DEFERRED, E.BOTH_CONSENT): S.READY,
    (S.DEFERRED, E.LATER): S.DEFERRED,
    (S.DEFERRED, E.NO): S.DECLINED,
    (S.DEFERRED, E.TIME_OUT): S.EXPIRED,
    (S.DEFERRED, E.BOUNCE): S.UNDELIVERABLE,
    (S.DEFERRED, E.CANCEL): S.CANCELLED,
    (S.READY, E.INTRODUCE): S.INTRODUCED,
    (S.READY, E.STALE): S.RECONFIRMING,
    (S.READY, E.NO): S.DECLINED,
    (S.READY, E.LATER): S.DEFERRED,
    (S.READY, E.TIME_OUT): S.EXPIRED,
    (S.READY, E.BOUNCE): S.UNDELIVERABLE,
    (S.READY, E.CANCEL): S.CANCELLED,
    (S.RECONFIRMING, E.BOTH_CONSENT): S.READY,
    (S.RECONFIRMING, E.STALE): S.RECONFIRMING,
    (S.RECONFIRMING, E.NO): S.DECLINED,
    (S.RECONFIRMING, E.LATER): S.DEFERRED,
    (S.RECONFIRMING, E.TIME_OUT): S.EXPIRED,
    (S.RECONFIRMING, E.BOUNCE): S.UNDELIVERABLE,
    (S.RECONFIRMING, E.CANCEL): S.CANCELLED,
    (S.INTRODUCED, E.IN_TOUCH): S.CONNECTED,
    (S.INTRODUCED, E.TIME_OUT): S.QUIET,
    (S.INTRODUCED, E.BOUNCE): S.UNDELIVERABLE,
    (S.INTRODUCED, E.OUTCOME): S.CLOSED,
    (S.INTRODUCED, E.CANCEL): S.CLOSED,
    (S.QUIET, E.IN_TOUCH): S.CONNECTED,
    (S.QUIET, E.OUTCOME): S.CLOSED,
    (S.QUIET, E.TIME_OUT): S.CLOSED,
    (S.QUIET, E.CANCEL): S.CLOSED,
    (S.CONNECTED, E.IN_TOUCH): S.CONNECTED,
    (S.CONNECTED, E.OUTCOME): S.CLOSED,
    (S.CONNECTED, E.TIME_OUT): S.CLOSED,
    (S.CONNECTED, E.CANCEL): S.CLOSED,
    (S.RECONFIRMING, E.LEFT_ANYWAY): S.INTRODUCED,
    (S.DEFERRED, E.LEFT_ANYWAY): S.INTRODUCED,
    (S.DECLINED, E.LEFT_ANYWAY): S.INTRODUCED,
    (S.EXPIRED, E.LEFT_ANYWAY): S.INTRODUCED,
    (S.CANCELLED, E.LEFT_ANYWAY): S.INTRODUCED,
    (S.UNDELIVERABLE, E.LEFT_ANYWAY): S.INTRODUCED,
    (S.EXPIRED, E.REOPEN): S.ASKING_SECOND,
    (S.EXPIRED, E.REOPEN_READY): S.READY,
    (S.DECLINED, E.REOPEN): S.ASKING_SECOND,
    (S.DECLINED, E.REOPEN_READY): S.READY,
}

ASKING = frozenset({S.ASKING_FIRST, S.ASKING_SECOND, S.RECONFIRMING})
"""The states in which an answer of a side is awaited."""

OPEN = frozenset({S.DRAFT, S.DEFERRED, S.READY}) | ASKING
"""Before the introduction: a no ends it, and the same pair cannot be begun again."""

AFTERWARDS = frozenset({S.INTRODUCED, S.CONNECTED, S.QUIET})
"""The two know each other; only the owner is asked for what came of it."""

ENDED = frozenset({S.DECLINED, S.EXPIRED, S.UNDELIVERABLE, S.CANCELLED, S.CLOSED})


def advance(state: IntroductionState, event: IntroductionEvent) -> IntroductionState:
    """The next state; raises IllegalMove, naming both, when the table has no such move."""
    try:
        return MOVES[state, event]
    except KeyError:
        raise IllegalMove(f"An introduction that is {state} cannot {event}.") from None


class SideState(StrEnum):
    """What one side has said so far."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    YES = "yes"
    NO = "no"
    LATER = "later"
    CONDITIONAL = "conditional"  # yes, if; the owner decides
    AMBIGUOUS = "ambiguous"  # the owner decides: a question, an assistant, people in copy
    SILENT = "silent"  # no answer in time
    WITHDRAWN = "withdrawn"  # a yes taken back
    STANDING = "standing"  # they asked for the introduction


class SideEvent(StrEnum):
    """What can happen to one side."""

    ASK = "ask"  # an ask to them left: the first, one on the day of a later, one more after 30 days
    REQUEST = "request"  # the owner says that they asked for this
    YES = "yes"
    NO = "no"
    LATER = "later"
    CONDITION = "condition"
    UNCLEAR = "unclear"
    SILENCE = "silence"
    COUNT = "count"  # the owner counts what they said as a yes


SS, SE = SideState, SideEvent

SIDE_MOVES: dict[tuple[SideState, SideEvent], SideState] = {
    (SS.NOT_ASKED, SE.ASK): SS.ASKED,
    (SS.NOT_ASKED, SE.REQUEST): SS.STANDING,
    (SS.NOT_ASKED, SE.NO): SS.NO,
    (SS.STANDING, SE.NO): SS.WITHDRAWN,
    (SS.YES, SE.NO): SS.WITHDRAWN,
    (SS.YES, SE.COUNT): SS.YES,
    (SS.SILENT, SE.NO): SS.NO,
    **{(side, SE.COUNT): SS.YES for side in (SS.NO, SS.SILENT, SS.WITHDRAWN)},
    **{(side, SE.ASK): SS.ASKED for side in (SS.YES, SS.STANDING)},
    **{
        (side, event): target
        for side in (SS.ASKED, SS.LATER, SS.CONDITIONAL, SS.AMBIGUOUS)
        for event, target in (
            (SE.NO, SS.NO), (SE.SILENCE, SS.SILENT), (SE.COUNT, SS.YES), (SE.ASK, SS.ASKED),
        )
    },
    **{
        (side, event): target
        for side in (SS.ASKED, SS.LATER, SS.CONDITIONAL, SS.AMBIGUOUS, SS.YES, SS.STANDING)
        for event, target in (
            (SE.YES, SS.YES), (SE.LATER, SS.LATER), (SE.CONDITION, SS.CONDITIONAL),
            (SE.UNCLEAR, SS.AMBIGUOUS),
        )
    },
}  # fmt: skip

CONSENTING = frozenset({SS.YES, SS.STANDING})
"""Only these open the gate."""


def advance_side(state: SideState, event: SideEvent) -> SideState:
    """The side's next state; raises IllegalMove, naming both, when there is no such move."""
    try:
        return SIDE_MOVES[state, event]
    except KeyError:
        raise IllegalMove(f"A side that is {state} cannot {event}.") from None
