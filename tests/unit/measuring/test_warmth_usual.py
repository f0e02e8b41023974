"""What is learnt of one owner's contacts together: how long ties last, and what that changes."""

from datetime import UTC, datetime, timedelta
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.measuring.warmth import Tie, tie_of
from mailflow.measuring.warmth_owner import survey, usual
from mailflow.measuring.warmth_usual import ENDS_MOST, LATER, Shifts, Usual, shifts, usual_ends
from mailflow.model.interaction import Deed, Direction, Interaction

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ENDS = st.floats(1e-6, ENDS_MOST)


def tie(*days_ago: float, way: Direction = Direction.IN) -> Tie:
    found = [
        Interaction(1, way, Deed.MAIL, NOW - timedelta(days=days), f"m{days}") for days in days_ago
    ]
    return tie_of(found, NOW)


def test_while_nothing_is_known_of_how_long_ties_last_no_chance_moves() -> None:
    assert shifts(0.0) == Shifts(0.0, 0.0, 0.0, 0.0)
    found = tie(40, 3)
    assert found.chances(NOW, Usual(0.5, 0.0, 0.0)) == found.chances(NOW)


@given(ENDS, ENDS)
def test_the_sooner_relationships_end_the_smaller_is_each_chance(one: float, other: float) -> None:
    few, many = sorted((one, other))
    assert all(fewer >= more - 1e-12 for fewer, more in zip(shifts(few), shifts(many), strict=True))


@given(ENDS)
def test_the_further_away_the_more_of_a_chance_is_lost(ends: float) -> None:
    lost = shifts(ends)
    assert 0.0 >= lost.writes_30d >= lost.writes_90d - LATER
    assert 0.0 >= lost.answers_7d >= lost.answers_14d


@given(ENDS, st.floats(0, 400), st.integers(1, 20))
def test_more_time_never_means_a_smaller_chance(ends: float, silence: float, mails: int) -> None:
    found = tie(*(silence + 9 * n for n in range(mails)))
    chances = found.chances(NOW, Usual(0.5, 0.0, ends))
    assert chances.writes_90d >= chances.writes_30d
    assert chances.answers_14d >= chances.answers_7d


@given(ENDS, st.floats(0, 900))
def test_how_long_others_last_moves_the_chances_and_not_the_number(
    ends: float, silence: float
) -> None:
    found = tie(silence + 30, silence)
    assert found.chances(NOW, Usual(0.5, 0.0, ends)).number == found.chances(NOW).number


def test_of_a_time_longer_than_itself_a_relationship_lives_only_a_part() -> None:
    # of 90 days one lives ln(1 + 90 / 10) · 10 = 23, where ties last ten days on the mean
    assert shifts(0.1).writes_90d == pytest.approx(1.2 * log(23.03 / 90) + LATER, abs=1e-3)


def test_days_lived_over_ends_is_how_long_a_relationship_lasts() -> None:
    assert usual_ends(lasted=0.0, ended=0.0) == pytest.approx(1 / 20)
    assert usual_ends(lasted=99_980.0, ended=99.0) == pytest.approx(1 / 1000)
    assert usual_ends(lasted=0.0, ended=5000.0) == ENDS_MOST


def test_where_people_write_for_a_week_and_never_again_they_are_expected_to_stop() -> None:
    brief = [tie(20 + n, 18 + n, 15 + n) for n in range(40)]
    lasting = [tie(700 + n, 400 + n, 200 + n, 100 + n, 15 + n) for n in range(40)]
    assert 1 / usual(brief, NOW).ends < 20
    assert 1 / usual(lasting, NOW).ends > 500
    someone = tie(12, 9, 4)
    chances = [someone.chances(NOW, Usual(ends=usual(them, NOW).ends)) for them in (brief, lasting)]
    assert chances[0].writes_90d < chances[1].writes_90d - 0.2
    assert chances[0].answers_14d < chances[1].answers_14d


def test_people_who_never_wrote_do_not_say_how_long_relationships_last() -> None:
    lasting = [tie(700 + n, 300 + n, 15 + n) for n in range(9)]
    asked = [tie(10, way=Direction.OUT) for _ in range(500)]
    assert usual([*lasting, *asked], NOW).ends == pytest.approx(usual(lasting, NOW).ends)
    assert usual(asked, NOW).ends == usual([Tie()], NOW).ends == 0.0


def test_a_mailbox_of_one_mail_is_no_reason_for_great_hopes_or_none() -> None:
    level, (chances,) = survey([tie(1)], NOW)
    assert 10 < 1 / level.ends < 30
    assert 0.05 < chances.writes_90d < 0.5
