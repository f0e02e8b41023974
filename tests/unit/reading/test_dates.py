"""Dates as clients write them into forwards, and days as people write them into absences."""

from datetime import UTC, datetime, timedelta

import pytest

from mailflow.reading import dates
from mailflow.reading.away import date_in

NAIVE = "2026-03-02T16:05:00"


@pytest.mark.parametrize(
    "text",
    [
        "Mon, Mar 2, 2026 at 4:05 PM",
        "Monday, March 2, 2026 4:05 PM",
        "2 March 2026 at 16:05",
        "Monday, 2 March 2026, 16:05",
        "03/02/2026 4:05 PM",
        "02/03/2026 16:05",
        "2026-03-02 16:05",
        "02.03.2026 16:05",
        "lundi 2 mars 2026 à 16:05",
        "2 mars 2026 à 16h05",
        "Montag, 2. März 2026 um 16:05 Uhr",
        "lunes, 2 de marzo de 2026 16:05",
        "lunedì 2 marzo 2026 16:05",
        "segunda-feira, 2 de março de 2026 16:05",
        "maandag 2 maart 2026 16:05",
        "mandag den 2. marts 2026 16.05",
        "den 2 mars 2026 16:05",
        "maanantai 2. maaliskuuta 2026 klo 16.05",
        "poniedziałek, 2 marca 2026 16:05",
        "po 2. 3. 2026 v 16:05",
        "2026. március 2. 16:05",
        "luni, 2 martie 2026, 16:05",
        "понедельник, 2 марта 2026 г. в 16:05",
        "понеділок, 2 березня 2026 р. о 16:05",
        "2 Mart 2026 Pazartesi 16:05",
        "Δευτέρα, 2 Μαρτίου 2026 16:05",
        "2026年3月2日 16:05",
        "2026年3月2日(月) 午後4:05",
        "2026年3月2日周一 下午4:05",
        "2026년 3월 2일 (월) 오후 4:05",
        "K, 2. märts 2026 kell 16:05",
    ],
)
def test_a_date_without_a_zone_stays_naive(text: str) -> None:
    found = dates.read(text)
    assert found is not None
    assert found.tzinfo is None
    assert found.isoformat() == NAIVE


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 2 Mar 2026 16:05:00 +0100",
        "2 March 2026 at 16:05:00 CET",
        "Monday, March 2, 2026, 04:05:00 PM GMT+1",
        "2. März 2026 um 16:05:00 MEZ",
        "2 mars 2026 à 16:05:00 UTC+1",
        "mandag 2. mars 2026 kl. 16:05:00 CET",
        "2026-03-02 16:05:00 GMT+01:00",
    ],
)
def test_a_stated_zone_makes_it_aware(text: str) -> None:
    found = dates.read(text)
    assert found is not None
    assert found.utcoffset() == timedelta(hours=1)
    assert found.astimezone(UTC) == datetime(2026, 3, 2, 15, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "soon", "99/99/9999", "Mon, 31 Feb 2026", "2026年99月1日", "1" * 500]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates.read(text) is None


TODAY = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("14 May", "2026-05-14"),
        ("May 14th, 2026", "2026-05-14"),
        ("the 14th of May", "2026-05-14"),
        ("14.05.", "2026-05-14"),
        ("14/05/2026", "2026-05-14"),
        ("05/14/2026", "2026-05-14"),
        ("2026-05-14", "2026-05-14"),
        ("Monday", "2026-03-09"),
        ("Tuesday", "2026-03-10"),
        ("Thursday 14 May", "2026-05-14"),
        ("2 January", "2027-01-02"),
        ("14 de mayo", "2026-05-14"),
        ("14. Mai", "2026-05-14"),
    ],
)
def test_a_day_is_read_against_the_mails_own_date(words: str, day: str) -> None:
    found = date_in(words.lower().split(), TODAY)
    assert found is not None
    assert f"{found:%Y-%m-%d}" == day


@pytest.mark.parametrize("words", ["further notice.", "then. On 4 May", "10-31", "31.02.", ""])
def test_words_that_name_no_day(words: str) -> None:
    assert date_in(words.lower().split(), TODAY) is None
