"""The owner's word: what an answer counts as, whether to ask again, and what came of it."""

from dataclasses import replace
from typing import assert_never

from mailflow.deciding.introductions_answers import no, put_off
from mailflow.deciding.introductions_consent import REOPENABLE, settled
from mailflow.deciding.introductions_turn import BEFORE_THE_END, Turn
from mailflow.deciding.introductions_words import lowered, pair
from mailflow.model.contact import Suppression
from mailflow.model.draft import Purpose
from mailflow.model.introduction import Side
from mailflow.model.introduction_events import Ruled
from mailflow.model.introduction_states import (
    AFTERWARDS,
    OPEN,
    IntroductionEvent,
    IntroductionState,
    SideEvent,
    SideState,
)
from mailflow.model.ruling import AskAgain, CameOfIt, Counted, CountsAs, InTouch, Ruling

P, S, E, SE = Purpose, IntroductionState, IntroductionEvent, SideEvent

TO_RULE_ON = frozenset({SideState.CONDITIONAL, SideState.AMBIGUOUS})
AWAITED = frozenset({SideState.ASKED, SideState.LATER}) | TO_RULE_ON


def ruled(turn: Turn, event: Ruled) -> Turn:
    """Apply the owner's word; where it no longer fits, say so and change nothing."""
    match event.ruling:
        case CountsAs() as counts:
            side = _meant(turn, event.contact_id)
            return turn.tell(_whose(turn)) if side is None else _count(turn, side, counts)
        case AskAgain(text=text):
            side = _meant(turn, event.contact_id)
            return turn.tell(_whose(turn)) if side is None else _ask_again(turn, side, text)
        case InTouch(is_so=is_so):
            return _in_touch(turn, is_so=is_so)
        case CameOfIt() as came:
            return _outcome(turn, came)
        case _:
            assert_never(event.ruling)


def against(ruling: Ruling, name: str, suppressed: Suppression | None) -> str:
    """Why the owner's word on that side cannot be followed, as a sentence; empty when it can.

    To be asked before Ruled: whoever is on the suppression list is not asked again, and nothing
    they said before counts as a yes.
    """
    if suppressed is None or not isinstance(ruling, CountsAs | AskAgain):
        return ""
    if isinstance(ruling, CountsAs) and ruling.counted is Counted.NO:
        return ""
    return f"{name} is on the suppression list ({suppressed.because}); nothing was changed."


def _meant(turn: Turn, contact_id: int | None) -> Side | None:
    """The side the ruling is about: the one named, else the only one there is a doubt about."""
    if contact_id is not None:
        return turn.introduction.side(contact_id)
    for states in (TO_RULE_ON, AWAITED, frozenset({SideState.SILENT, SideState.NO})):
        found = [side for side in turn.introduction.sides if side.state in states]
        if len(found) == 1:
            return found[0]
    return None


def _whose(turn: Turn) -> str:
    name = turn.name(turn.introduction.first.contact_id)
    return f"Whose answer? Write “introduction {turn.introduction.id}: {name} counts as yes”."


def _count(turn: Turn, side: Side, counts: CountsAs) -> Turn:
    state, contact_id = turn.introduction.state, side.contact_id
    if state not in OPEN | REOPENABLE:
        return turn.tell(f"{pair(turn)} is {state}; nothing was changed.")
    match counts.counted:
        case Counted.YES if turn.can(side, SE.COUNT):
            # what they said counts from when they said it, so that it grows old in time
            at = side.answered_at or turn.now
            return settled(
                turn.side_moved(contact_id, SE.COUNT, consent_at=at, answered_at=at, again_at=None)
            )
        case Counted.NO if state in REOPENABLE:
            return turn.side_moved(contact_id, SE.NO) if turn.can(side, SE.NO) else turn
        case Counted.NO if turn.can(side, SE.NO):
            return no(turn, contact_id, turn.now)
        case Counted.LATER if state in OPEN - {S.DRAFT} and turn.can(side, SE.LATER):
            return put_off(turn, contact_id, side.answered_at or turn.now, counts.until_at)
    name, said = turn.name(contact_id), side.state.replace("_", " ")
    return turn.tell(f"{name} is {said} and {lowered(pair(turn))} {state}; nothing was changed.")


def _ask_again(turn: Turn, side: Side, text: str) -> Turn:
    name = turn.name(side.contact_id)
    if turn.introduction.state not in OPEN or side.state not in AWAITED:
        return turn.tell(
            f"{name} is not waited for in {lowered(pair(turn))}; nothing was asked again."
        )
    return turn.write(
        side.contact_id, P.INTRO_ASK, "intro_again", f"You wanted to ask {name} again.",
        in_thread=side.thread_id is not None, text=text,
    )  # fmt: skip


def _in_touch(turn: Turn, *, is_so: bool) -> Turn:
    state = turn.introduction.state
    if not is_so:
        return turn
    if state in AFTERWARDS:
        return turn.moved(E.IN_TOUCH)
    if state in OPEN:
        gone = turn.moved(E.CANCEL)
        return gone.withdraw(BEFORE_THE_END, "They found each other without it.")
    return turn.tell(f"{pair(turn)} is {state}; nothing was changed.")


def _outcome(turn: Turn, came: CameOfIt) -> Turn:
    """Kept in the owner's words; told once more later, the newer word counts."""
    state = turn.introduction.state
    if state not in AFTERWARDS and state is not S.CLOSED:
        return turn.tell(f"{pair(turn)} is {state}, so nothing can have come of it yet.")
    words = ": ".join(part for part in (came.outcome, came.text) if part)
    turn = turn if state is S.CLOSED else turn.moved(E.OUTCOME)
    kept = replace(turn.introduction, outcome=words, outcome_at=turn.now)
    return replace(turn, introduction=kept)
