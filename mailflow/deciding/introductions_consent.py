"""What a consent leads to: the other side is asked, the introduction is written, or asked anew."""

from mailflow.deciding.introductions_turn import Turn
from mailflow.deciding.introductions_words import lowered, pair
from mailflow.model.draft import Purpose
from mailflow.model.introduction_states import (
    CONSENTING,
    IntroductionEvent,
    IntroductionState,
    SideState,
)

P, S, E = Purpose, IntroductionState, IntroductionEvent

REOPENABLE = frozenset({S.EXPIRED, S.DECLINED})


def settled(turn: Turn) -> Turn:
    """The pair follows its sides, after one of them consented or was counted as consenting."""
    introduction = turn.introduction
    state, first, second = introduction.state, introduction.first, introduction.second
    both = first.state in CONSENTING and second.state in CONSENTING
    if state is S.RECONFIRMING:
        if not both:
            return turn
        is_fresh = all(side.has_consent(turn.now) for side in introduction.sides)
        return ready(turn.moved(E.BOTH_CONSENT)) if is_fresh else reconfirmed(turn)
    if state in REOPENABLE:
        return _reopened(turn, both=both)
    if both:
        return ready(turn if state is S.READY else turn.moved(E.BOTH_CONSENT))
    is_put_off = second.state is SideState.LATER
    if first.state in CONSENTING and not is_put_off and state in (S.ASKING_FIRST, S.DEFERRED):
        return _ask_second(turn.moved(E.FIRST_CONSENTS))
    return turn


def _reopened(turn: Turn, *, both: bool) -> Turn:
    """A late yes that the owner counts goes on where it would have gone on, if it still can."""
    introduction = turn.introduction
    if both:
        return ready(turn.moved(E.REOPEN_READY))
    open_again = introduction.second.state in (SideState.NOT_ASKED, SideState.ASKED)
    if introduction.first.state in CONSENTING and open_again:
        return _ask_second(turn.moved(E.REOPEN))
    return turn.tell(
        f"Introduction {introduction.id} stays ended: the other side did not agree, and a late "
        "yes of one cannot change that."
    )


def _ask_second(turn: Turn) -> Turn:
    first, second = turn.introduction.sides
    return turn.ask_next(
        second,
        f"{turn.name(first.contact_id)} would like to meet {turn.name(second.contact_id)}; "
        "next comes the same question to the other side.",
    )


def ready(turn: Turn, why_again: str = "") -> Turn:
    """Both consent: the introduction is written, unless a consent is too old by now; `why_again`
    says in sentences why once more."""
    stale = [side for side in turn.introduction.sides if not side.has_consent(turn.now)]
    if stale:
        return reconfirmed(turn)
    first, second = (turn.name(side.contact_id) for side in turn.introduction.sides)
    return turn.write(
        turn.introduction.first.contact_id, P.INTRODUCTION, "introduction",
        f"{why_again} {first} and {second} both agreed. This goes to both, and each sees the "
        "other's address here for the first time.".lstrip(),
    )  # fmt: skip


def reconfirmed(turn: Turn) -> Turn:
    """A consent grew older than thirty days: that side is asked once more, and only once."""
    stale = [side for side in turn.introduction.sides if not side.has_consent(turn.now)]
    names = " and ".join(turn.name(side.contact_id) for side in stale)
    if any(side.is_reconfirmed for side in stale):
        reason = f"The yes of {names} grew too old a second time."
        gone = turn.ended(E.TIME_OUT, reason, because_of=stale[0].contact_id)
        return gone.tell(f"{pair(turn)} ended: {lowered(reason)}")
    because = f"The yes of {names} is more than 30 days old."
    turn = turn.moved(E.STALE).withdraw(frozenset({P.INTRODUCTION}), because)
    for side in stale:
        turn = turn.write(
            side.contact_id, P.INTRO_ASK, "intro_reconfirm",
            f"The yes of {turn.name(side.contact_id)} is more than 30 days old; before both are "
            "introduced I ask once more.",
            in_thread=side.thread_id is not None,
        )  # fmt: skip
    return turn
