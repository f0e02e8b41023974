"""Introductions by double opt-in: what each event changes, and what is to be done about it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from mailflow.deciding.introductions_answers import answered, no
from mailflow.deciding.introductions_consent import ready
from mailflow.deciding.introductions_rulings import ruled
from mailflow.deciding.introductions_timers import due_at, passed
from mailflow.deciding.introductions_turn import BEFORE_THE_END, Turn
from mailflow.deciding.introductions_words import MAX_QUOTE, pair
from mailflow.model.contact import Contact, Suppression
from mailflow.model.draft import Purpose
from mailflow.model.introduction import Introduction
from mailflow.model.introduction_events import (
    Answered,
    Away,
    Barred,
    Begun,
    CameBack,
    Cancelled,
    Dropped,
    Due,
    Erased,
    Event,
    Left,
    Reaction,
    Ruled,
    Seen,
)
from mailflow.model.introduction_states import (
    AFTERWARDS,
    CONSENTING,
    MOVES,
    OPEN,
    IntroductionEvent,
    IntroductionState,
    SideEvent,
)
from mailflow.model.policy import Identity, Policy
from mailflow.model.text import printable

__all__ = ["due_at", "react"]

P, S, E, SE = Purpose, IntroductionState, IntroductionEvent, SideEvent


def react(
    introduction: Introduction,
    event: Event,
    people: Mapping[int, Contact],
    identity: Identity,
    policy: Policy,
    now: datetime,
) -> Reaction:
    """What an event does to an introduction, and what is to be done about it, in order.

    `people` are the two contacts by id, `now` is aware UTC. An event that no longer fits changes
    nothing or is told to the owner; nothing here raises for one. The introduction comes back with
    the `due_at` at which to call again with Due.
    """
    turn = _turned(Turn(introduction, people, identity, policy, now), event)
    due = due_at(turn.introduction, identity, policy)
    return Reaction(replace(turn.introduction, due_at=due), turn.actions)


def _turned(turn: Turn, event: Event) -> Turn:
    match event:
        case Begun():
            return _begun(turn)
        case Left():
            return _left(turn, event)
        case Dropped():
            return _dropped(turn, event)
        case Answered():
            return answered(turn, event)
        case Away(contact_id=contact_id, until=until):
            before = turn.introduction.side(contact_id).away_until
            return turn.side_noted(contact_id, away_until=max(until, before or until))
        case CameBack(contact_id=contact_id):
            return _came_back(turn, contact_id)
        case Barred(contact_id=contact_id, because=because):
            return _barred(turn, contact_id, because)
        case Erased(contact_id=contact_id):
            return _let_be(turn, "One of the two was erased.", because_of=contact_id)
        case Cancelled():
            return _let_be(turn, "You cancelled the introduction.", because_of=None)
        case Ruled():
            return ruled(turn, event)
        case Seen():
            return turn.moved(E.IN_TOUCH) if turn.introduction.state in AFTERWARDS else turn
        case Due():
            return passed(turn)
        case _:
            assert_never(event)


def _begun(turn: Turn) -> Turn:
    """The first ask is written; when both asked for it, the introduction itself."""
    first, second = turn.introduction.sides
    if turn.introduction.state is not S.DRAFT:
        return turn
    if first.state in CONSENTING and second.state in CONSENTING:
        return ready(turn.moved(E.BOTH_CONSENT))
    other = turn.name(second.contact_id)
    wish = f"{other} asked for this" if second.has_requested else f"{other} is asked next"
    return turn.ask_next(first, f"You want to introduce them to {other}; {wish}.")


def _left(turn: Turn, event: Left) -> Turn:
    match event.purpose:
        case P.INTRO_ASK:
            return _ask_left(turn, event)
        case P.INTRO_NUDGE:
            return turn.side_noted(event.contact_id, nudged_at=event.at)
        case P.INTRODUCTION:
            return _introduced(turn, event)
        case _:
            return turn


def _ask_left(turn: Turn, event: Left) -> Turn:
    """The side is asked from now on; the pair follows when this is what it waited for."""
    introduction = turn.introduction
    side, state = introduction.side(event.contact_id), introduction.state
    turn = turn.side_noted(
        event.contact_id, thread_id=event.message_id, thread_subject=event.subject
    )
    has_answered = side.state in CONSENTING and state is not S.RECONFIRMING
    if state not in OPEN or has_answered or not turn.can(side, SE.ASK):
        return turn  # it ended, or they answered, while the mail was on its way
    turn = turn.side_moved(
        event.contact_id, SE.ASK, asked_at=event.at, answered_at=None, again_at=None,
        is_reconfirmed=side.is_reconfirmed or state is S.RECONFIRMING,
    )  # fmt: skip
    is_first = event.contact_id == introduction.first.contact_id
    asked = E.FIRST_ASKED if is_first else E.SECOND_ASKED
    return turn.moved(asked) if (state, asked) in MOVES else turn


def _introduced(turn: Turn, event: Left) -> Turn:
    state = turn.introduction.state
    if state in AFTERWARDS or state is S.CLOSED:
        return turn
    moved = E.INTRODUCE if state is S.READY else E.LEFT_ANYWAY
    if (state, moved) in MOVES:
        turn = turn.moved(moved)
    if moved is E.LEFT_ANYWAY:
        turn = turn.tell(
            f"{pair(turn)} was leaving already when that changed ({state}): both have it now. You "
            "may want to write a word to each."
        )
    introduced = replace(turn.introduction, introduced_at=event.at, final_id=event.message_id)
    return replace(turn, introduction=introduced)


def _dropped(turn: Turn, event: Dropped) -> Turn:
    """The owner's no to a draft it needs ends it; after a week's silence it is shown once more, and
    whenever the server would not take it."""
    introduction = turn.introduction
    side = introduction.side(event.contact_id)
    is_awaited = turn.can(side, SE.ASK) and side.asked_at is not None and introduction.state in (
        S.ASKING_FIRST, S.ASKING_SECOND,
    )  # fmt: skip
    if introduction.state not in OPEN or event.purpose not in (P.INTRO_ASK, P.INTRODUCTION):
        return turn
    if event.purpose is P.INTRO_ASK and is_awaited:
        return turn  # only the owner's wish to ask again was dropped
    if not (event.is_expired or event.refused):
        return _let_be(turn, "You said no to the next step.", because_of=None)
    reason = "You had no time for this last week; after another week I let the introduction be."
    if event.refused:
        said = printable(event.refused, MAX_QUOTE)
        reason = f"The outgoing server would not take it: “{said}”. Your ok tries it again."
    if event.purpose is P.INTRODUCTION and event.refused:
        return ready(turn, reason) if introduction.state is S.READY else turn
    if event.purpose is P.INTRODUCTION:
        is_once = turn.now - introduction.since_at < turn.policy.introduction_expires_after
        return ready(turn) if introduction.state is S.READY and is_once else turn
    situation = {S.DEFERRED: "intro_later", S.RECONFIRMING: "intro_reconfirm"}.get(
        introduction.state, "intro_ask"
    )
    return turn.write(
        event.contact_id, P.INTRO_ASK, situation, reason, in_thread=side.thread_id is not None,
    )  # fmt: skip


def _came_back(turn: Turn, contact_id: int) -> Turn:
    name, state = turn.name(contact_id), turn.introduction.state
    if state in OPEN:
        reason = f"Mail to {name} comes back."
        gone = turn.ended(E.BOUNCE, reason, because_of=contact_id)
        return gone.tell(
            f"{pair(turn)} cannot go on: mail to {name} comes back. With another address of "
            f"theirs you can begin it again."
        )
    if state is S.INTRODUCED:
        other = turn.name(turn.introduction.other(contact_id).contact_id)
        return turn.moved(E.BOUNCE).tell(
            f"{pair(turn)} reached {other}, but not {name}: that copy came back. Do you have "
            f"another address of {name}? Then forward it to them by hand."
        )
    return turn


def _barred(turn: Turn, contact_id: int, because: Suppression) -> Turn:
    """Nothing goes to the suppressed: what waits for them ends as if they had said no."""
    can_say_no = turn.can(turn.introduction.side(contact_id), SE.NO)
    if turn.introduction.state not in OPEN:
        # so that no late yes of the other side brings it back
        return turn.side_moved(contact_id, SE.NO) if can_say_no else turn
    if because is Suppression.BOUNCED:
        return _came_back(turn, contact_id)
    if can_say_no:
        return no(turn, contact_id, turn.now)
    return turn.ended(E.NO, "They are never written to.", because_of=contact_id)


def _let_be(turn: Turn, reason: str, *, because_of: int | None) -> Turn:
    state = turn.introduction.state
    if state in OPEN:
        return turn.ended(E.CANCEL, reason, because_of=because_of)
    if state in AFTERWARDS:
        return turn.moved(E.CANCEL).withdraw(BEFORE_THE_END, reason)
    return turn
