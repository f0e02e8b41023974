"""The life of an introduction and of each side: every state met with every event."""

from itertools import product

import pytest

from mailflow.errors import IllegalMove
from mailflow.model.diagram import final_states
from mailflow.model.introduction_states import (
    AFTERWARDS,
    CONSENTING,
    ENDED,
    MOVES,
    OPEN,
    SIDE_MOVES,
    IntroductionEvent,
    IntroductionState,
    SideEvent,
    SideState,
    advance,
    advance_side,
)

S, E, SS, SE = IntroductionState, IntroductionEvent, SideState, SideEvent
PAIRS = list(product(S, E))
SIDE_PAIRS = list(product(SS, SE))


@pytest.mark.parametrize(("state", "event"), [pair for pair in PAIRS if pair in MOVES])
def test_a_legal_move_goes_where_the_table_says(
    state: IntroductionState, event: IntroductionEvent
) -> None:
    assert advance(state, event) is MOVES[state, event]


@pytest.mark.parametrize(("state", "event"), [pair for pair in PAIRS if pair not in MOVES])
def test_an_illegal_move_is_refused_by_name_and_changes_nothing(
    state: IntroductionState, event: IntroductionEvent
) -> None:
    before = dict(MOVES)
    with pytest.raises(IllegalMove, match=rf"{state}\b.*\b{event}"):
        advance(state, event)
    assert before == MOVES


@pytest.mark.parametrize(("state", "event"), [pair for pair in SIDE_PAIRS if pair in SIDE_MOVES])
def test_a_legal_move_of_a_side_goes_where_its_table_says(
    state: SideState, event: SideEvent
) -> None:
    assert advance_side(state, event) is SIDE_MOVES[state, event]


@pytest.mark.parametrize(
    ("state", "event"), [pair for pair in SIDE_PAIRS if pair not in SIDE_MOVES]
)
def test_an_illegal_move_of_a_side_is_refused_by_name_and_changes_nothing(
    state: SideState, event: SideEvent
) -> None:
    before = dict(SIDE_MOVES)
    with pytest.raises(IllegalMove, match=rf"{state}\b.*\b{event}"):
        advance_side(state, event)
    assert before == SIDE_MOVES


def reachable(start: IntroductionState) -> set[IntroductionState]:
    found, frontier = {start}, [start]
    while frontier:
        state = frontier.pop()
        steps = {target for (origin, _), target in MOVES.items() if origin is state} - found
        found |= steps
        frontier += steps
    return found


def test_every_state_can_be_reached_and_every_event_can_happen() -> None:
    assert reachable(S.DRAFT) == set(S)
    assert {event for _, event in MOVES} == set(E)
    assert set(SIDE_MOVES.values()) | {SS.NOT_ASKED} == set(SS)
    assert {event for _, event in SIDE_MOVES} == set(SE)


def test_nobody_is_introduced_but_from_ready() -> None:
    ways = {(state, event) for (state, event), to in MOVES.items() if to is S.INTRODUCED}
    decided = {(state, event) for state, event in ways if event is not E.LEFT_ANYWAY}
    assert decided == {(S.READY, E.INTRODUCE)}
    assert (S.READY, E.LEFT_ANYWAY) not in MOVES


def test_ready_is_reached_only_by_two_consents() -> None:
    ways = {event for (_, event), target in MOVES.items() if target is S.READY}
    assert ways == {E.BOTH_CONSENT, E.REOPEN_READY}


def test_a_no_ends_it_from_everywhere_before_the_introduction() -> None:
    assert {state for state, event in MOVES if event is E.NO} == OPEN
    assert {MOVES[state, E.NO] for state in OPEN} == {S.DECLINED}


def test_an_answer_moves_nothing_once_they_are_introduced() -> None:
    answers = {E.NO, E.LATER, E.FIRST_CONSENTS, E.BOTH_CONSENT, E.STALE}
    assert not any((state, event) in MOVES for state in AFTERWARDS for event in answers)


def test_after_a_no_or_an_end_only_the_owner_goes_on() -> None:
    for state in ENDED:
        left = {event for origin, event in MOVES if origin is state}
        assert left <= {E.REOPEN, E.REOPEN_READY, E.LEFT_ANYWAY}


def test_every_open_introduction_can_be_cancelled_and_can_end_by_time_alone() -> None:
    for state in OPEN:
        assert MOVES[state, E.CANCEL] is S.CANCELLED
        assert MOVES[state, E.TIME_OUT] in ENDED
    assert final_states(MOVES) == [S.CLOSED]


def test_the_three_kinds_of_states_are_all_states_and_do_not_overlap() -> None:
    assert set(S) == OPEN | AFTERWARDS | ENDED
    assert len(OPEN) + len(AFTERWARDS) + len(ENDED) == len(S)


def test_only_a_yes_the_owners_word_and_a_wish_consent() -> None:
    ways = {event for (_, event), target in SIDE_MOVES.items() if target in CONSENTING}
    assert ways == {SE.YES, SE.COUNT, SE.REQUEST}


def test_a_no_is_heard_from_every_side_that_has_not_said_one() -> None:
    assert {state for state, event in SIDE_MOVES if event is SE.NO} == set(SS) - {
        SS.NO, SS.WITHDRAWN,
    }  # fmt: skip


def test_a_yes_after_a_no_or_after_silence_moves_nothing_by_itself() -> None:
    for state in (SS.NO, SS.WITHDRAWN, SS.SILENT, SS.NOT_ASKED):
        assert (state, SE.YES) not in SIDE_MOVES
