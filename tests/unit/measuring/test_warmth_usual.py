"""What is learnt of one owner's contacts together: how long ties last, and what that changes."""

from datetime import UTC, datetime, timedelta
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.measuring.warmth import Tie, tie_of
from mailflow.measuring.warmth_owner import survey, usual
from mailflow.measuring.warmth_usual import (
    ENDS_MOST,
    LATER,
    Shifts,
    Usual,
    shifts,
    told_by_past,
    usual_ends,
)
from mailflow.model.interaction import Deed, Direction, Interaction

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ENDS = st.floats(1e-6, ENDS_MOST)
SHARES = st.floats(0.02, 0.98)


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


@given(ENDS, ENDS)
def test_the_sooner_relationships_end_the_less_the_past_tells(one: float, other: float) -> None:
    few, many = sorted((one, other))
    assert 1.0 >= told_by_past(few) >= told_by_past(many) > 0.0
    assert told_by_past(0.0) == 1.0


ASKED_OFTEN = st.lists(st.floats(1, 13), max_size=12)


def asked(answered_after: list[float], misses: int, silence: float) -> Tie:
    """Somebody asked every 20 days who answered after so many days, then not at all."""
    found: list[Interaction] = []
    total = len(answered_after) + misses
    for number in range(total):
        at = NOW - timedelta(days=silence + 20.0 * (total - number))
        found.append(Interaction(1, Direction.OUT, Deed.MAIL, at, f"q{number}"))
        if number < len(answered_after):
            back = at + timedelta(days=answered_after[number])
            found.append(Interaction(1, Direction.IN, Deed.REPLY, back, f"a{number}"))
    return tie_of(found, NOW)


@given(ASKED_OFTEN, ASKED_OFTEN, st.integers(0, 9), st.integers(0, 9), SHARES, ENDS)
def test_how_long_ties_last_never_changes_who_of_two_is_likelier_to_answer(
    one: list[float], other: list[float], lost: int, missed: int, answers: float, ends: float
) -> None:
    pair = asked(one, lost, 3.0), asked(other, missed, 40.0)
    plain = [each.chances(NOW, Usual(answers)) for each in pair]
    brief = [each.chances(NOW, Usual(answers, 0.0, ends)) for each in pair]
    ahead = plain[0].answers_14d - plain[1].answers_14d
    assert (brief[0].answers_14d - brief[1].answers_14d) * ahead >= 0.0


@given(st.floats(1e-3, 13.9), st.floats(0, 300), SHARES, ENDS)
def test_an_answer_is_never_worth_less_than_no_answer_whatever_is_usual(
    wait: float, later: float, answers: float, ends: float
) -> None:
    question = Interaction(1, Direction.OUT, Deed.MAIL, NOW - timedelta(days=14 + later), "q")
    back = Interaction(1, Direction.IN, Deed.REPLY, question.at + timedelta(days=wait), "a")
    level = Usual(answers, 0.0, ends)
    without, with_it = (tie_of(past, NOW) for past in ([question], [question, back]))
    assert with_it.chances(NOW, level).answers_7d >= without.chances(NOW, level).answers_7d
    assert with_it.chances(NOW, level).answers_14d >= without.chances(NOW, level).answers_14d


@given(ASKED_OFTEN, st.integers(0, 9), st.floats(0, 300), st.floats(0, 300), SHARES, ENDS)
def test_silence_never_makes_an_answer_likelier_whatever_is_usual(
    answered: list[float], misses: int, first: float, more: float, answers: float, ends: float
) -> None:
    tie, level = asked(answered, misses, 1.0), Usual(answers, 0.0, ends)
    sooner = tie.chances(NOW + timedelta(days=first), level)
    later = tie.chances(NOW + timedelta(days=first + more), level)
    assert later.answers_7d <= sooner.answers_7d + 1e-12
    assert later.answers_14d <= sooner.answers_14d + 1e-12


def test_where_nobody_ever_answers_nobody_is_expected_to() -> None:
    everybody = [asked([], 5, 2.0 + n) for n in range(40)]
    level, found = survey(everybody, NOW)
    assert level.answers < 0.15
    assert all(chances.answers_14d < 0.05 for chances in found)


def test_where_everybody_answers_at_once_so_will_the_next() -> None:
    everybody = [asked([0.01] * 5, 0, 2.0 + n) for n in range(40)]
    level, found = survey(everybody, NOW)
    assert level.answers > 0.85
    assert all(chances.answers_7d > 0.9 for chances in found)


def test_three_people_do_not_settle_what_is_usual() -> None:
    keen, mute = ([asked(each, miss, 5.0)] * 3 for each, miss in (([0.1] * 4, 0), ([], 4)))
    assert 0.5 < usual(keen, NOW).answers < 0.65
    assert 0.35 < usual(mute, NOW).answers < 0.5
    assert all(0.5 < chances.answers_14d < 0.95 for chances in survey(keen, NOW)[1])
    assert all(0.05 < chances.answers_14d < 0.4 for chances in survey(mute, NOW)[1])


def test_sixty_days_of_mail_are_no_reason_for_certainty() -> None:
    people = [tie(*range(n % 9, 60, 6 + n % 7)) for n in range(25)]
    for chances in survey(people, NOW)[1]:
        assert 0.1 < chances.answers_7d <= chances.answers_14d < 0.95


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
