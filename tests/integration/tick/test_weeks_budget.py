"""The week's budget as the summary tells it: the week of the guard, Monday to Monday at home."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailflow.deciding.calendar import iso_week, week_start
from mailflow.store import facts
from mailflow.tick.house import House
from mailflow.tick.summarise import week_of
from tests.integration.store.world import drafted, jane
from tests.laws.play import Play

MINUTE = timedelta(minutes=1)
MONDAYS = [
    ("Pacific/Kiritimati", "2026-11-16"),  # 14 hours ahead of UTC
    ("Pacific/Pago_Pago", "2026-11-16"),  # 11 hours behind
    ("Asia/Kathmandu", "2026-11-16"),
    ("Europe/Berlin", "2026-03-23"),  # the clocks go forward in the night before the next
    ("Europe/Berlin", "2026-10-19"),  # and back
    ("America/Santiago", "2026-08-31"),  # forward at midnight
    ("Australia/Lord_Howe", "2026-09-28"),  # by half an hour
]


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


def at_home(play: Play, zone: ZoneInfo) -> House:
    identity = replace(play.house.identity, zone=zone)
    return replace(play.house, config=replace(play.config, identity=identity))


@pytest.mark.parametrize(("zone_name", "day"), MONDAYS)
def test_the_summary_counts_the_week_of_the_owners_own_zone(
    play: Play, zone_name: str, day: str
) -> None:
    zone = ZoneInfo(zone_name)
    monday = datetime.fromisoformat(day).replace(tzinfo=zone)
    next_monday = monday + timedelta(days=7)  # by the wall clock
    first, last = monday.astimezone(UTC), next_monday.astimezone(UTC) - MINUTE
    house = at_home(play, zone)
    begun = (first - MINUTE, first, last - 1 * MINUTE, last, last + MINUTE, last + 2 * MINUTE)
    with house.store.begin() as s:
        for number, at in enumerate(begun):
            person = jane(s, house.owner_id, f"P {number}", f"p{number}@x.io")
            drafted(s, house.owner_id, person, now=at)
            guard = facts.traffic(s, house.owner_id, at, week_start(at, zone))
            assert guard.new_people_this_week == (1, 1, 2, 3, 1, 2)[number]
        for hours in (8, 32):
            now = (next_monday + timedelta(hours=hours)).astimezone(UTC)
            period = iso_week(now.astimezone(zone).date())
            assert week_of(s, house, period, now).new_people == 3
        now = (next_monday + timedelta(days=3)).astimezone(UTC)
        assert week_of(s, house, iso_week(next_monday.date()), now).new_people == 2
