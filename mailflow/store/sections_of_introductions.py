"""The summary's section on introductions: what is under way, and what ended since the last one."""

from datetime import datetime

from sqlalchemy.orm import Session

from mailflow.model.contact import Contact
from mailflow.model.introduction import Introduction
from mailflow.model.introduction_states import OPEN, IntroductionState, SideState
from mailflow.model.summary import IntroductionLine
from mailflow.store.introductions import introductions_since
from mailflow.store.sections import people

HELD = frozenset({SideState.CONDITIONAL, SideState.AMBIGUOUS})


def under_way(s: Session, owner_id: int, since: datetime) -> tuple[IntroductionLine, ...]:
    """Those that can still move, and those that came to their end since."""
    found = introductions_since(s, owner_id, since)
    ids = (side.contact_id for each in found for side in each.sides)
    whose = people(s, owner_id, ids)
    return tuple(
        IntroductionLine(
            id=each.id,
            first=whose[each.first.contact_id],
            second=whose[each.second.contact_id],
            state=each.state.value,
            since=each.since_at,
            note=_note(each, whose),
        )
        for each in found
    )


def _note(introduction: Introduction, whose: dict[int, Contact]) -> str:
    """What the owner should know of it beyond its state."""
    if introduction.outcome:
        return f"{introduction.outcome}."
    for side in introduction.sides:
        label = whose[side.contact_id].label
        if introduction.state in OPEN and side.state in HELD:
            return f"{label} wrote: “{side.words}”"
        if introduction.state is IntroductionState.DEFERRED and side.again_at is not None:
            return f"{label} said later; it comes back on {side.again_at:%-d %B}."
    return ""
