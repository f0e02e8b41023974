"""Business days, working hours and weeks, across daylight saving."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.deciding.calendar import (
    add_business_days,
    away_until,
    is_business_day,
    iso_week,
    met_at,
    next_week_start,
    next_window,
    recipient_zone,
    week_start,
)
from mailflow.model.card import Phone
from mailflow.model.policy import Policy
from tests.builders import BERLIN, NOW, a_contact, an_identity

ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
        "America/Sao_Paulo", "Pacific/Apia", "UTC",
    )
]  # fmt: skip
instants = st.integers(0, 15 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
zones = st.sampled_from(ZONES)


def local(text: str, zone: tzinfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-18T10:30", 4, "2026-11-24T10:30"),  # Wednesday, over a weekend
        ("2026-11-20T16:00", 1, "2026-11-23T16:00"),  # Friday to Monday
        ("2026-11-21T08:00", 1, "2026-11-23T08:00"),  # from a Saturday
        ("2026-03-27T09:00", 1, "2026-03-30T09:00"),  # clocks go forward in between
        ("2026-10-23T09:00", 1, "2026-10-26T09:00"),  # and back
        ("2026-11-18T10:30", 0, "2026-11-18T10:30"),
    ],
)
def test_business_days_keep_the_time_of_day(start: str, days: int, end: str) -> None:
    assert add_business_days(local(start), days, BERLIN) == local(end)


def test_holidays_are_no_business_days() -> None:
    start, holidays = local("2026-12-23T10:00"), {"2026-12-24", "2026-12-25"}
    assert add_business_days(start, 1, BERLIN, holidays) == local("2026-12-28T10:00")


@given(instants, st.integers(0, 30), zones)
def test_so_many_business_days_lie_in_between(start: datetime, days: int, zone: ZoneInfo) -> None:
    end = add_business_days(start, days, zone)
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    counted = sum(
        is_business_day(first + timedelta(days=n), ()) for n in range(1, (last - first).days + 1)
    )
    assert end >= start
    assert counted == days


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-18T10:30", "2026-11-18T10:30"),  # within
        ("2026-11-18T09:00", "2026-11-18T09:00"),  # at the opening
        ("2026-11-18T06:00", "2026-11-18T09:00"),  # too early
        ("2026-11-18T17:00", "2026-11-19T09:00"),  # closed
        ("2026-11-20T17:30", "2026-11-23T09:00"),  # Friday evening
        ("2026-03-28T12:00", "2026-03-30T09:00"),  # over the night without two o'clock
        ("2026-10-24T12:00", "2026-10-26T09:00"),  # over the night with two of them
    ],
)
def test_the_window_opens_on_weekdays_from_nine_to_five(now: str, opens: str) -> None:
    assert next_window(local(now), Policy(), BERLIN) == local(opens)


def test_the_window_stays_shut_on_holidays() -> None:
    policy = Policy(holidays=frozenset({"2026-11-19"}))
    assert next_window(local("2026-11-18T18:00"), policy, BERLIN) == local("2026-11-20T09:00")


@given(instants, zones)
def test_a_window_is_never_in_the_past_and_always_in_working_hours(
    now: datetime, zone: ZoneInfo
) -> None:
    opens = next_window(now, Policy(), zone)
    at = opens.astimezone(zone)
    assert now <= opens <= now + timedelta(days=3, hours=17)
    assert at.weekday() < 5
    assert time(9) <= at.time() < time(17)


@given(instants, zones)
def test_an_open_window_is_found_open_again(now: datetime, zone: ZoneInfo) -> None:
    opens = next_window(now, Policy(), zone)
    assert next_window(opens, Policy(), zone) == opens


def test_a_policy_without_any_window_waits_instead_of_looping() -> None:
    never = Policy(window_days=frozenset())
    assert next_window(NOW, never, BERLIN) > NOW + timedelta(days=300)


@given(instants, zones)
def test_a_week_begins_on_monday_and_the_next_one_after_now(now: datetime, zone: ZoneInfo) -> None:
    start, following = week_start(now, zone), next_week_start(now, zone)
    assert start <= now < following
    # a zone may skip midnight, or a whole day
    assert start.astimezone(zone).date().weekday() in (0, 1)
    assert timedelta(days=5) < following - start < timedelta(days=8)


def test_iso_weeks_follow_the_standard_at_the_turn_of_the_year() -> None:
    assert iso_week(date(2027, 1, 3)) == "2026-W53"
    assert iso_week(date(2026, 11, 23)) == "2026-W48"
    assert iso_week(date(2025, 12, 29)) == "2026-W01"


@pytest.mark.parametrize(
    ("returns", "until"),
    [
        (local("2026-11-27T09:00"), local("2026-12-01T09:00")),  # two business days on
        (None, NOW + timedelta(days=7)),
        (NOW - timedelta(days=3), NOW + timedelta(days=7)),  # a return that is past
        (NOW + timedelta(days=900), NOW + timedelta(days=7)),  # or absurdly far
    ],
)
def test_an_absence_lasts_until_two_days_after_the_return(
    returns: datetime | None, until: datetime
) -> None:
    assert away_until(returns, NOW, Policy(), BERLIN) == until


def test_the_zone_of_their_mail_counts_before_their_phone_and_the_owners() -> None:
    phone = (Phone("+14155550100", "+1 415 555 0100"),)
    identity = an_identity()
    offset = a_contact(utc_offset=timedelta(hours=-5), phones=phone)
    by_mail = recipient_zone(offset, identity, NOW)
    by_phone = recipient_zone(a_contact(phones=phone), identity, NOW)
    assert by_mail.utcoffset(NOW) == timedelta(hours=-5)
    assert by_phone.utcoffset(NOW) == timedelta(hours=-8)
    assert recipient_zone(a_contact(), identity, NOW) == BERLIN


@pytest.mark.parametrize("e164", ["+999123", "nonsense", "+", "+49", ""])
def test_a_phone_that_tells_no_country_is_passed_over(e164: str) -> None:
    contact = a_contact(phones=(Phone(e164, "?"), Phone("+442079460000", "020 7946 0000")))
    zone = recipient_zone(contact, an_identity(), NOW)
    assert zone.utcoffset(NOW) in (timedelta(0), timedelta(hours=1))


def test_a_meeting_of_an_earlier_day_was_in_its_evening() -> None:
    contact = a_contact(met_on=date(2026, 11, 16))
    assert met_at(contact, BERLIN) == local("2026-11-16T18:00")
    assert met_at(a_contact(met_on=date(2026, 11, 18)), BERLIN) == a_contact().created_at
    assert met_at(a_contact(met_on=None), BERLIN) == a_contact().created_at
