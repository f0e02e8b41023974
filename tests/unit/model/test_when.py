"""Days and durations as people write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.model import when

TODAY = date(2026, 11, 22)  # a Sunday
NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3d", date(2026, 11, 25)),
        ("2w", date(2026, 12, 6)),
        ("1m", date(2026, 12, 22)),
        ("1y", date(2027, 11, 22)),
        ("10 days", date(2026, 12, 2)),
        ("in 3 days", date(2026, 11, 25)),
        ("two weeks", date(2026, 12, 6)),
        ("a couple of weeks", date(2026, 12, 6)),
        ("mon", date(2026, 11, 23)),
        ("Monday", date(2026, 11, 23)),
        ("sunday", date(2026, 11, 29)),
        ("on Tuesday.", date(2026, 11, 24)),
        ("next friday", date(2026, 11, 27)),
        ("next week", date(2026, 11, 23)),
        ("next month", date(2026, 12, 1)),
        ("tomorrow", date(2026, 11, 23)),
        ("today", TODAY),
        ("14 May", date(2027, 5, 14)),
        ("May 14", date(2027, 5, 14)),
        ("14th of May", date(2027, 5, 14)),
        ("14 May 2028", date(2028, 5, 14)),
        ("May 14, 2028", date(2028, 5, 14)),
        ("2027-05-14", date(2027, 5, 14)),
        ("14.5.", date(2027, 5, 14)),
        ("14.5.2027", date(2027, 5, 14)),
        ("14.05.27", date(2027, 5, 14)),
        ("14/5", date(2027, 5, 14)),
        ("5/14", date(2027, 5, 14)),
        ("6/6", date(2027, 6, 6)),
        ("until 3 December", date(2026, 12, 3)),
        ("after June", date(2027, 7, 1)),
        ("in January", date(2027, 1, 1)),
        ("end of the month", date(2026, 11, 30)),
        ("29 Feb", date(2028, 2, 29)),
        ("Montag", date(2026, 11, 23)),
        ("morgen", date(2026, 11, 23)),
        ("in zwei Wochen", date(2026, 12, 6)),
        ("nächste Woche", date(2026, 11, 23)),
        ("demain", date(2026, 11, 23)),
        ("mañana", date(2026, 11, 23)),
        ("domani", date(2026, 11, 23)),
        ("amanhã", date(2026, 11, 23)),
    ],
)
def test_a_day_is_understood(text: str, expected: date) -> None:
    assert when.day(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday", date(2026, 11, 21)),
        ("last Tue", date(2026, 11, 17)),
        ("on Friday", date(2026, 11, 20)),
        ("3 days ago", date(2026, 11, 19)),
        ("14 May", date(2026, 5, 14)),
        ("22 November", TODAY),
        ("last week", date(2026, 11, 15)),
    ],
)
def test_a_past_day_is_counted_back(text: str, expected: date) -> None:
    assert when.day(text, TODAY, past=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "5/6",
        "31 February",
        "may",
        "14.05",
        "0d",
        "99999d",
        "2w later maybe",
        "Jane",
        "32 May",
        "2026-13-01",
        "x" * 500,
    ],
)
def test_what_names_no_one_day_is_refused(text: str) -> None:
    assert when.day(text, TODAY) is None


def test_a_month_later_is_the_last_day_of_a_shorter_month() -> None:
    assert when.day("1m", date(2027, 1, 31)) == date(2027, 2, 28)


def test_a_day_begins_at_nine_in_the_owner_s_zone() -> None:
    assert when.when("mon", NOW, BERLIN) == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert when.when("14 May", NOW, BERLIN) == datetime(2027, 5, 14, 7, tzinfo=UTC)
    assert when.when("tomorrow 15:30", NOW, BERLIN) == datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
    assert when.when("mon at 3pm", NOW, BERLIN) == datetime(2026, 11, 23, 14, tzinfo=UTC)
    assert when.when("2 hours", NOW, BERLIN) == datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_the_owner_s_day_is_not_the_server_s() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # already Monday in Berlin
    assert when.when("tomorrow", late, BERLIN) == datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_an_instant_that_has_passed_is_none() -> None:
    assert when.when("2026-05-14", NOW, BERLIN) is None
    assert when.when("today 6:00", NOW, BERLIN) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [("3w", 21), ("10 days", 10), ("2 months", 60), ("1y", 365), ("3h", None), ("mon", None)],
)
def test_a_cadence_is_counted_in_days(text: str, days: int | None) -> None:
    assert when.duration_days(text) == days


def test_a_day_is_found_inside_a_sentence_with_its_year() -> None:
    assert when.find("let us meet on 14 May 2027 then", TODAY) == (
        date(2027, 5, 14),
        "on 14 May 2027",
    )
    assert when.find("nothing here", TODAY) is None


@given(st.text(max_size=300), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_no_text_ever_raises(text: str, today: date) -> None:
    when.day(text, today)
    when.find(text, today, past=True)


PIECES = st.sampled_from(
    ["3", "d", "w", "m", "next", "mon", "may", "14", "2026", ".", "/", "-", "after", "until", "29"]
)


@given(st.lists(PIECES, max_size=6), st.dates(date(1, 1, 1), date(9999, 12, 31)), st.booleans())
def test_no_date_like_text_ever_raises(words: list[str], today: date, past: bool) -> None:
    when.day(" ".join(words), today, past=past)
    when.day("".join(words), today, past=past)
