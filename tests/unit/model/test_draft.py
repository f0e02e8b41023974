"""The life of a draft: every state met with every event."""

from itertools import product

import pytest

from mailflow.errors import IllegalMove
from mailflow.model.diagram import final_states
from mailflow.model.draft import LIVE, MOVES, OPEN_TO_OWNER, DraftEvent, DraftState, advance

S, E = DraftState, DraftEvent
PAIRS = list(product(DraftState, DraftEvent))
LEGAL = [pair for pair in PAIRS if pair in MOVES]
ILLEGAL = [pair for pair in PAIRS if pair not in MOVES]


@pytest.mark.parametrize(("state", "event"), LEGAL)
def test_a_legal_move_goes_where_the_table_says(state: DraftState, event: DraftEvent) -> None:
    assert advance(state, event) is MOVES[state, event]


@pytest.mark.parametrize(("state", "event"), ILLEGAL)
def test_an_illegal_move_is_refused_by_name_and_changes_nothing(
    state: DraftState, event: DraftEvent
) -> None:
    before = dict(MOVES)
    with pytest.raises(IllegalMove, match=rf"{state}\b.*\b{event}"):
        advance(state, event)
    assert before == MOVES


def reachable(start: DraftState) -> set[DraftState]:
    found, frontier = {start}, [start]
    while frontier:
        state = frontier.pop()
        steps = {target for (origin, _), target in MOVES.items() if origin is state} - found
        found |= steps
        frontier += steps
    return found


def test_every_state_can_be_reached_and_every_event_can_happen() -> None:
    assert reachable(S.DRAFTED) == set(DraftState)
    assert {event for _, event in MOVES} == set(DraftEvent)


def test_sending_begins_only_from_what_the_owner_approved() -> None:
    assert {state for (state, _), target in MOVES.items() if target is S.SENDING} == {S.APPROVED}


def test_only_the_owners_word_or_a_refusal_for_now_makes_a_draft_approved() -> None:
    ways = {event for (_, event), target in MOVES.items() if target is S.APPROVED}
    assert ways == {E.APPROVE, E.SEND_AGAIN, E.REFUSED_FOR_NOW}


def test_an_uncertain_draft_is_never_claimed_by_itself() -> None:
    assert (S.UNCERTAIN, E.CLAIM) not in MOVES
    assert MOVES[S.UNCERTAIN, E.SEND_AGAIN] is S.APPROVED


def test_what_has_been_sent_never_comes_alive_again() -> None:
    assert reachable(S.SENT) == {S.SENT, S.BOUNCED}


def test_every_live_draft_can_still_end() -> None:
    for state in LIVE:
        assert reachable(state) - LIVE


def test_live_and_settled_states_do_not_overlap() -> None:
    assert LIVE.isdisjoint(final_states(MOVES))
    assert OPEN_TO_OWNER < LIVE
