"""Two sides and their consents: when both may be introduced, and who writes first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailflow.model.introduction import (
    CONSENT_LASTS,
    Introduction,
    Naming,
    Side,
    has_two_consents,
)
from mailflow.model.introduction_states import IntroductionState, SideState
from tests.builders import NOW

YES = Side(1, "data", Naming.DESCRIPTOR, "a CTO", SideState.YES, consent_at=NOW)
READY = Introduction(
    5, YES, replace(YES, contact_id=2, state=SideState.STANDING), IntroductionState.READY, NOW, NOW
)


def test_two_fresh_consents_open_the_gate() -> None:
    assert has_two_consents(READY, NOW)
    assert has_two_consents(READY, NOW + CONSENT_LASTS)


@pytest.mark.parametrize("state", sorted(set(SideState) - {SideState.YES, SideState.STANDING}))
def test_no_other_answer_opens_it(state: SideState) -> None:
    assert not has_two_consents(replace(READY, first=replace(YES, state=state)), NOW)
    assert not has_two_consents(replace(READY, second=replace(YES, contact_id=2, state=state)), NOW)


def test_an_old_consent_closes_it() -> None:
    assert not has_two_consents(READY, NOW + CONSENT_LASTS + timedelta(seconds=1))
    assert not has_two_consents(replace(READY, first=replace(YES, consent_at=None)), NOW)


@pytest.mark.parametrize("state", sorted(set(IntroductionState) - {IntroductionState.READY}))
def test_only_what_is_ready_may_leave(state: IntroductionState) -> None:
    assert not has_two_consents(replace(READY, state=state), NOW)


def test_the_two_sides_are_told_apart_by_their_contact() -> None:
    assert READY.side(2) is READY.second
    assert READY.other(2) is READY.first
    with pytest.raises(KeyError):
        READY.side(3)
    with pytest.raises(KeyError):
        READY.other(3)


def test_whoever_asked_for_it_writes_first() -> None:
    asked = replace(YES, has_requested=True)
    assert replace(READY, first=asked).writes_first is asked
    assert READY.writes_first is READY.second
