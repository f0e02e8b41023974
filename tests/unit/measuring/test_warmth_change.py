"""What would change a number most is found by trying, and a band by hand hides nothing."""

from copy import deepcopy
from datetime import datetime, timedelta

import pytest
from hypothesis import given

from mailflow.measuring.warmth import Tie, measure, tie_of
from mailflow.measuring.warmth_change import by_hand, changes, said
from mailflow.model.contact import Band
from mailflow.model.interaction import Direction, Interaction
from tests.unit.measuring.test_warmth import DAYS, HISTORIES, NOW, end, mail


@given(HISTORIES, DAYS)
def test_what_is_tried_is_what_would_come_of_it(past: list[Interaction], later: timedelta) -> None:
    now = end(past) + later
    tie = tie_of(past, now)
    untouched = deepcopy(tie)
    found = {change.what: change for change in changes(tie, now)}
    assert tie == untouched
    for what, direction in (
        ("a mail from them today", Direction.IN), ("a mail of yours today", Direction.OUT),
    ):  # fmt: skip
        after = measure([*past, Interaction(1, direction, *_a_mail(now))], now)
        assert found[what].score == after.score
        assert found[what].points >= 0
    silent = found["30 more days of silence"]
    assert silent.points <= 0
    assert silent.score == measure(past, now + timedelta(days=30)).score


def _a_mail(now: datetime) -> tuple:  # type: ignore[type-arg] # deed, instant and source
    return mail(0, Direction.IN).deed, now, "tried"


@given(HISTORIES, DAYS)
def test_the_biggest_change_comes_first(past: list[Interaction], later: timedelta) -> None:
    now = end(past) + later
    sizes = [abs(change.points) for change in changes(tie_of(past, now), now)]
    assert sizes == sorted(sizes, reverse=True)


def test_the_sentence_names_what_moves_it_most_and_the_rest_behind() -> None:
    past = [mail(day, way) for day in (90, 80, 70) for way in (Direction.OUT, Direction.IN)]
    text = said(changes(tie_of(past, NOW), NOW))
    assert text.startswith("A meeting today would change it most: to ")
    assert "; a mail from them today to " in text
    assert "30 more days of silence to " in text


def test_long_after_everything_faded_more_silence_is_not_spoken_of() -> None:
    assert "silence" not in said(changes(tie_of([mail(4000, Direction.IN)], NOW), NOW))


def test_nothing_is_said_to_move_what_cannot_move() -> None:
    still = [change for change in changes(Tie(), NOW) if not round(change.points)]
    assert said(still) == "Nothing that can happen in a day would move it."


@pytest.mark.parametrize("band", Band)
def test_a_band_by_hand_replaces_the_word_and_keeps_the_number(band: Band) -> None:
    measured = measure([mail(200, Direction.IN)], NOW, "Jane")
    told = by_hand(measured, band)
    assert (told.band, told.score, told.parts) == (band, measured.score, measured.parts)
    assert told.reason == (
        f"{band.capitalize()} by your hand (by mail alone {measured.band}). {measured.reason}"
    )


def test_without_a_band_by_hand_the_measured_one_stays() -> None:
    measured = measure([mail(200, Direction.IN)], NOW)
    assert by_hand(measured, None) == measured


def test_how_warm_it_once_was_is_the_number_on_the_last_day_in_touch() -> None:
    past = [mail(day, way) for day in (900, 890, 880) for way in (Direction.OUT, Direction.IN)]
    now = measure(past, NOW)
    assert now.once == measure(past, past[-1].at).score
    assert now.once > now.score
    assert measure([], NOW).once == 0
