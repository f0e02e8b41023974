"""What an answer of a side does: only an unmistakable one moves anything, a no always does."""

from dataclasses import replace
from datetime import datetime

from mailflow.deciding.calendar import at_local
from mailflow.deciding.introductions_consent import REOPENABLE, settled
from mailflow.deciding.introductions_turn import Turn
from mailflow.deciding.introductions_words import (
    ON_LATE_YES,
    ON_WORDS,
    lowered,
    on_day,
    pair,
    quoted,
    why_held,
)
from mailflow.model.answer import Say
from mailflow.model.contact import Suppression
from mailflow.model.draft import Purpose
from mailflow.model.introduction import Side
from mailflow.model.introduction_events import Answered, Matter, Suppress
from mailflow.model.introduction_states import (
    AFTERWARDS,
    CONSENTING,
    OPEN,
    IntroductionEvent,
    IntroductionState,
    SideEvent,
    SideState,
)
from mailflow.model.when import AT_HOUR

P, S, E, SE = Purpose, IntroductionState, IntroductionEvent, SideEvent

OVERTAKEN = frozenset({P.INTRO_ASK, P.INTRO_NUDGE, P.INTRODUCTION})
"""Drafts that any answer but a yes leaves without a point, as long as it is not decided."""

QUESTIONS = frozenset({P.INTRO_ASK, P.INTRO_NUDGE})

SIDE_EVENTS = {
    Say.YES: SE.YES,
    Say.NO: SE.NO,
    Say.STOP: SE.NO,
    Say.LATER: SE.LATER,
    Say.CONDITIONAL: SE.CONDITION,
    Say.QUESTION: SE.UNCLEAR,
    Say.AMBIGUOUS: SE.UNCLEAR,
}


def answered(turn: Turn, event: Answered) -> Turn:
    """One answer, counted once.

    1. Only the address that was asked can say yes, no, later or stop; a yes or later counts only
    when nobody else has it in copy. 2. Before the introduction the side moves and the pair
    follows. 3. Afterwards nothing can be taken back, and after the end a yes is held for the owner.
    """
    side = turn.introduction.side(event.contact_id)
    if side.answer_id == event.message_id:
        return turn
    event = replace(event, at=_believed(event.at, side, turn.now))
    says = SIDE_EVENTS[event.answer.say]
    if not event.is_from_asked or (event.in_copy and says is not SE.NO):
        says = SE.UNCLEAR
    if says is SE.LATER and turn.introduction.state is S.DRAFT:
        says = SE.UNCLEAR  # nothing was asked that could be put off
    turn = turn.side_noted(event.contact_id, words=quoted(event.answer), answer_id=event.message_id)
    if event.is_from_asked and event.answer.say is Say.STOP:
        turn = turn.do(Suppress(event.contact_id, Suppression.OPTED_OUT))
    if turn.introduction.state not in OPEN or not turn.can(side, says):
        return _too_late(turn, event, says)
    match says:
        case SE.YES:
            return _yes(turn, event)
        case SE.NO:
            return no(turn, event.contact_id, event.at)
        case SE.LATER:
            return _later(turn, event)
        case _:
            return _held(turn, event, says)


def _believed(at: datetime, side: Side, now: datetime) -> datetime:
    """Clocks are wrong at times, but no answer is older than its question, or of tomorrow."""
    return min(now, max(at, side.asked_at or at))


def _yes(turn: Turn, event: Answered) -> Turn:
    turn = turn.side_moved(
        event.contact_id, SE.YES, answered_at=event.at, consent_at=event.at, again_at=None
    )
    turn = turn.withdraw(QUESTIONS, "They answered.", contact_id=event.contact_id)
    return settled(turn)


def no(turn: Turn, contact_id: int, at: datetime) -> Turn:
    """A no before the final send ends it, whatever was said or approved before."""
    before = turn.introduction.side(contact_id)
    name = turn.name(contact_id)
    verb = "took the yes back" if before.state in CONSENTING else "said no"
    turn = turn.side_moved(contact_id, SE.NO, answered_at=at)
    turn = turn.ended(E.NO, f"{name} {verb}.", because_of=contact_id)
    words = turn.introduction.side(contact_id).words
    said = f": “{words}”" if words else ""
    return turn.tell(f"{pair(turn)} will not be: {name} {verb}{said}. Nobody else learns of it.")


def _later(turn: Turn, event: Answered) -> Turn:
    on = event.answer.on
    again_at = at_local(on, AT_HOUR, turn.identity.zone) if on is not None else None
    return put_off(turn, event.contact_id, event.at, again_at)


def put_off(turn: Turn, contact_id: int, at: datetime, again_at: datetime | None) -> Turn:
    """Later, on the day that was named, else in three months; what waits is withdrawn."""
    if again_at is None or again_at <= turn.now:
        again_at = turn.now + turn.policy.introduction_later_after
    name = turn.name(contact_id)
    turn = turn.side_moved(contact_id, SE.LATER, answered_at=at, again_at=again_at)
    turn = turn.withdraw(OVERTAKEN, f"{name} asked for later.").moved(E.LATER)
    words = turn.introduction.side(contact_id).words
    said = f": “{words}”" if words else ""
    return turn.tell(
        f"{name} put it off{said}. {pair(turn)} comes back to you on {on_day(again_at, turn)}."
    )


def _held(turn: Turn, event: Answered, says: SideEvent) -> Turn:
    """Words that are no plain yes or no close the gate until the owner says what they mean."""
    had_agreed = turn.introduction.side(event.contact_id).state in CONSENTING
    turn = turn.side_moved(event.contact_id, says, answered_at=event.at)
    text = why_held(turn, event)
    if had_agreed:
        text += " They had said yes before, so until you answer nobody is introduced."
        turn = turn.withdraw(
            frozenset({P.INTRODUCTION}), f"{turn.name(event.contact_id)} wrote again after the yes."
        )
    turn = turn.withdraw(QUESTIONS, "They answered.", contact_id=event.contact_id)
    matter = Matter.TAKEN_BACK if had_agreed else Matter.HELD
    return turn.ask_owner(event.contact_id, matter, text, ON_WORDS, words=quoted(event.answer))


def _too_late(turn: Turn, event: Answered, says: SideEvent) -> Turn:
    """After the end, and after the introduction, an answer moves no pair by itself."""
    state, name = turn.introduction.state, turn.name(event.contact_id)
    side, words = turn.introduction.side(event.contact_id), quoted(event.answer)
    note = f"{name} wrote about {lowered(pair(turn))}, which is {state}: “{words}”."
    if says is SE.NO:
        if turn.can(side, SE.NO):  # so that no late yes of the other side brings it back
            turn = turn.side_moved(event.contact_id, SE.NO, answered_at=event.at)
        return turn.tell(note) if state in AFTERWARDS else turn
    if says is SE.YES and state in REOPENABLE and side.state not in CONSENTING:
        return turn.side_noted(event.contact_id, answered_at=event.at).ask_owner(
            event.contact_id, Matter.LATE_YES,
            f"{name} says yes, but {lowered(pair(turn))} had ended ({state}), so I hold it for "
            "you.",
            ON_LATE_YES, words=words,
        )  # fmt: skip
    if side.state in CONSENTING and says is not SE.YES:
        # a yes that is in doubt by now opens nothing, should the owner count a late one
        turn = turn.side_moved(event.contact_id, says, answered_at=event.at)
    is_news = side.state in (SideState.SILENT, SideState.NOT_ASKED) and state not in AFTERWARDS
    return turn.tell(note) if is_news else turn
