"""When an introduction is due next, and what time does then: nudges, the end, questions."""

from dataclasses import replace
from datetime import datetime, timedelta

from mailflow.deciding.calendar import add_business_days
from mailflow.deciding.introductions_consent import reconfirmed
from mailflow.deciding.introductions_turn import Turn
from mailflow.deciding.introductions_words import ON_OUTCOME, ON_QUIET, lowered, pair
from mailflow.deciding.steps import LONG_AGO
from mailflow.model.amount import amount
from mailflow.model.draft import Purpose
from mailflow.model.introduction import CONSENT_LASTS, Introduction, Side
from mailflow.model.introduction_events import Matter
from mailflow.model.introduction_states import (
    AFTERWARDS,
    ASKING,
    CONSENTING,
    IntroductionEvent,
    IntroductionState,
    SideEvent,
    SideState,
)
from mailflow.model.policy import Identity, Policy

P, S, E, SE = Purpose, IntroductionState, IntroductionEvent, SideEvent

WAITED_FOR = frozenset({SideState.ASKED, SideState.CONDITIONAL, SideState.AMBIGUOUS})
SECOND = timedelta(seconds=1)


def due_at(introduction: Introduction, identity: Identity, policy: Policy) -> datetime | None:
    """The next instant (aware UTC) at which time alone changes something; None for never."""
    match introduction.state:
        case S.DRAFT:
            return introduction.created_at + policy.introduction_expires_after
        case S.ASKING_FIRST | S.ASKING_SECOND | S.RECONFIRMING:
            nudges = [_nudge_at(side, identity, policy) for side in introduction.sides]
            return min([expires_at(introduction, policy), *(at for at in nudges if at)])
        case S.DEFERRED:
            later = [side.again_at for side in introduction.sides if side.again_at is not None]
            return min(later) if later else introduction.due_at
        case S.READY:
            return _ready_until(introduction, policy)
        case S.INTRODUCED:
            return _introduced_at(introduction) + policy.introduction_quiet_after
        case S.CONNECTED | S.QUIET:
            asked, wait = introduction.outcome_asked_at, policy.introduction_outcome_after
            return (asked or _introduced_at(introduction)) + wait
        case _:
            return None


def expires_at(introduction: Introduction, policy: Policy) -> datetime:
    """Until when answers are awaited: the latest of what each side is still given."""
    given = [
        _awaited_until(side, policy) for side in introduction.sides if side.state in WAITED_FOR
    ]
    # an ask that the owner has not approved yet, counted from when it was written
    return max([*given, *([] if given else [_since(introduction, policy)])])


def _since(introduction: Introduction, policy: Policy) -> datetime:
    return introduction.since_at + policy.introduction_expires_after


def _awaited_until(side: Side, policy: Policy) -> datetime:
    """Two weeks from the ask or from words the owner has to judge; a week after a nudge or after
    an absence at least."""
    asked = max(at for at in (side.asked_at, side.answered_at, LONG_AGO) if at is not None)
    until = asked + policy.introduction_expires_after
    for at in (side.nudged_at, side.away_until):
        if at is not None:
            until = max(until, at + policy.introduction_quiet_after)
    return until


def _nudge_at(side: Side, identity: Identity, policy: Policy) -> datetime | None:
    """When the one reminder is due; None when it was written or they have answered."""
    if side.state is not SideState.ASKED or side.nudged_at is not None or side.asked_at is None:
        return None
    days = policy.introduction_nudge_after_days
    due = add_business_days(side.asked_at, days, identity.zone, policy.holidays)
    return due if side.away_until is None else max(due, side.away_until)


def _ready_until(introduction: Introduction, policy: Policy) -> datetime:
    """Until a consent is too old, or words the owner must judge have waited too long."""
    waiting = [
        _awaited_until(side, policy) for side in introduction.sides if side.state not in CONSENTING
    ]
    given = [
        side.consent_at + CONSENT_LASTS + SECOND
        for side in introduction.sides
        if side.state in CONSENTING and side.consent_at is not None
    ]
    return min([*waiting, *given], default=_since(introduction, policy))


def _introduced_at(introduction: Introduction) -> datetime:
    return introduction.introduced_at or introduction.since_at


def passed(turn: Turn) -> Turn:
    """What time alone does to it now, one thing at a time; unchanged when nothing is due."""
    due = due_at(turn.introduction, turn.identity, turn.policy)
    if due is None or turn.now < due:
        return turn
    state = turn.introduction.state
    if state in ASKING:
        return _waited(turn)
    if state is S.DRAFT:
        cancelled = turn.ended(E.TIME_OUT, "It waited too long for your ok.", because_of=None)
        return cancelled.tell(f"{pair(turn)} was not begun in two weeks; I let it be.")
    if state is S.DEFERRED:
        return _come_back(turn)
    if state is S.READY:
        return _grown_old(turn)
    return _afterwards(turn) if state in AFTERWARDS else turn


def _waited(turn: Turn) -> Turn:
    """The nudge of each side that is due for it; else the end."""
    if turn.now >= expires_at(turn.introduction, turn.policy):
        return _expired(turn)
    for side in turn.introduction.sides:
        at = _nudge_at(side, turn.identity, turn.policy)
        if at is not None and at <= turn.now:
            days = turn.policy.introduction_nudge_after_days
            turn = turn.side_noted(side.contact_id, nudged_at=turn.now).write(
                side.contact_id, P.INTRO_NUDGE, "intro_nudge",
                f"No answer from {turn.name(side.contact_id)} for "
                f"{amount(days, 'business day')}; this is the only reminder.",
                in_thread=True,
            )  # fmt: skip
    return turn


def _expired(turn: Turn) -> Turn:
    """Silence is an answer; whoever was silent is not told, and whoever had agreed is."""
    silent = [side for side in turn.introduction.sides if turn.can(side, SE.SILENCE)]
    for side in silent:
        turn = turn.side_moved(side.contact_id, SE.SILENCE)
    names = " and ".join(turn.name(side.contact_id) for side in silent)
    reason = f"No answer from {names}." if names else "The next question waited too long for you."
    gone = turn.ended(E.TIME_OUT, reason, because_of=None)
    return gone.tell(f"{pair(turn)} ended: {lowered(reason)}")


def _come_back(turn: Turn) -> Turn:
    """The day of a later: the question is written once more, and waits two weeks for the owner."""
    waiting = [side for side in turn.introduction.sides if side.again_at is not None]
    if not waiting:
        return _expired(turn)
    for side in waiting:
        if side.again_at is not None and side.again_at <= turn.now:
            name = turn.name(side.contact_id)
            turn = turn.side_noted(side.contact_id, again_at=None).write(
                side.contact_id, P.INTRO_ASK, "intro_later",
                f"{name} wanted to be asked again about now.",
                in_thread=side.thread_id is not None,
            )  # fmt: skip
    until = turn.now + turn.policy.introduction_expires_after
    return replace(turn, introduction=replace(turn.introduction, due_at=until))


def _grown_old(turn: Turn) -> Turn:
    if all(side.state in CONSENTING for side in turn.introduction.sides):
        return reconfirmed(turn)
    return _expired(turn) if turn.now >= _ready_until(turn.introduction, turn.policy) else turn


def _afterwards(turn: Turn) -> Turn:
    """A week of quiet, a month, and another: the owner is asked twice and then left alone."""
    introduction = turn.introduction
    if introduction.state is S.INTRODUCED:
        return turn.moved(E.TIME_OUT).ask_owner(
            None, Matter.QUIET,
            f"{pair(turn)} left a week ago, and I saw no word between them. They may have moved "
            "you to BCC, as you asked. Do you know more?",
            ON_QUIET,
        )  # fmt: skip
    if introduction.outcome_asked_at is not None:
        return turn.moved(E.TIME_OUT)
    asked = replace(introduction, outcome_asked_at=turn.now)
    return replace(turn, introduction=asked).ask_owner(
        None, Matter.OUTCOME, f"{pair(turn)} is a month old. What came of it?", ON_OUTCOME
    )
