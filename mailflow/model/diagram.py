"""Draws the state machines as text for the pages in docs/, from the tables the program runs on."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from mailflow.model import introduction_states as introductions
from mailflow.model.draft import LIVE, MOVES, OPEN_TO_OWNER, DraftState

State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)

PAGE = """\
# The life of a draft

Drawn from `MOVES` in `mailflow/model/draft.py` by `make docs`; a test keeps this page up to date.
A move that is not drawn raises `IllegalMove` and changes nothing.

```mermaid
{diagram}
```

| in this state | |
|---|---|
| {live} | the draft is alive: no second one of the same purpose for the same contact |
| {open_to_owner} | the owner's word still changes what happens |
| {final} | the draft is settled for good |
"""


def mermaid(moves: Mapping[tuple[State, Event], State], start: State) -> str:
    """A Mermaid state diagram: one arrow for each pair of states, named by all its events."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for (state, event), target in moves.items():
        arrows.setdefault((state, target), []).append(event.value)
    lines = ["stateDiagram-v2", f"    [*] --> {start.value}"]
    for (state, target), events in arrows.items():
        lines.append(f"    {state.value} --> {target.value}: {', '.join(events)}")
    lines += [f"    {state.value} --> [*]" for state in final_states(moves)]
    return "\n".join(lines)


def final_states(moves: Mapping[tuple[State, Event], State]) -> list[State]:
    """The states no move leaves, in the order the table reaches them."""
    left = {state for state, _ in moves}
    return [state for state in dict.fromkeys(moves.values()) if state not in left]


def page() -> str:
    """The whole of docs/states.md."""

    def names(states: frozenset[DraftState] | list[DraftState]) -> str:
        return ", ".join(f"`{state.value}`" for state in DraftState if state in states)

    return PAGE.format(
        diagram=mermaid(MOVES, DraftState.DRAFTED),
        live=names(LIVE),
        open_to_owner=names(OPEN_TO_OWNER),
        final=names(final_states(MOVES)),
    )


DRAWINGS: dict[str, Callable[[], str]] = {
    "the pair": lambda: mermaid(introductions.MOVES, introductions.IntroductionState.DRAFT),
    "one side": lambda: mermaid(introductions.SIDE_MOVES, introductions.SideState.NOT_ASKED),
}
"""What stands behind `<!-- drawn: NAME -->` in docs/introductions.md, up to `<!-- end -->`."""


def redrawn(text: str) -> str:
    """The same page with each drawing as the table draws it today. Raises ValueError when a page
    lacks the marks of one."""
    for name, draw in DRAWINGS.items():
        opening, closing = f"<!-- drawn: {name} -->", "<!-- end -->"
        head, found, rest = text.partition(opening)
        _, ended, tail = rest.partition(closing)
        if not found or not ended:
            raise ValueError(f"The page has no place for the drawing of {name}.")
        text = f"{head}{opening}\n```mermaid\n{draw()}\n```\n{closing}{tail}"
    return text
