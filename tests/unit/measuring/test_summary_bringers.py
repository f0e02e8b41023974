"""Which few people brought most of a quarter, and when there is nothing to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.measuring.summary_bringers import bringers
from mailflow.model.brought import Bringer
from tests.unit.measuring.test_summary import nothing, section
from tests.unit.measuring.weeks import person


def brought(*numbers: int) -> list[Bringer]:
    """Person 1 brought so many, person 2 so many, one of each an outcome if there is one."""
    return [
        Bringer(person(at, f"Person {at}"), max(0, number - 1), min(1, number))
        for at, number in enumerate(numbers, 1)
    ]


def test_the_few_who_brought_four_fifths_are_named_with_what_they_brought() -> None:
    line = bringers(brought(1, 5, 6, 1))
    assert line is not None
    assert line.text == (
        "Two people brought 84 % of your 13 introductions and referrals: Person 3 (6) and "
        "Person 2 (5)"
    )


def test_one_who_brought_nearly_all_is_one_person() -> None:
    line = bringers(brought(9, 1, 1))
    assert line is not None
    assert (
        line.text == "One person brought 81 % of your 11 introductions and referrals: Person 1 (9)"
    )


@pytest.mark.parametrize("numbers", [(), (4,), (1, 1, 1, 1), (2, 2, 2, 2, 2, 2)])
def test_little_and_evenly_spread_says_nothing(numbers: tuple[int, ...]) -> None:
    assert bringers(brought(*numbers)) is None


def test_it_stands_among_what_came_of_it() -> None:
    lines = section(nothing(bringers=tuple(brought(9, 1, 1))), "outcomes")
    assert any("One person brought 81 %" in line for line in lines)


@given(st.lists(st.integers(1, 30), max_size=30))
def test_never_more_than_half_of_them_and_never_less_than_four_fifths(numbers: list[int]) -> None:
    line = bringers(brought(*numbers))
    if line is not None:
        share = int(line.text.partition(" brought ")[2].partition(" %")[0])
        assert 80 <= share <= 100
        assert sum(numbers) >= 5
