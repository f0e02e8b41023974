"""The story's clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from mailflow.demo.clock import StoryClock, story_begins

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 3, 5, 9, 2, tzinfo=UTC)


@given(st.integers(0, 60 * 24 * 4000))
def test_the_story_is_over_by_now_and_not_long_ago(minutes: int) -> None:
    today = (AT + timedelta(minutes=minutes)).astimezone(BERLIN)
    begins = story_begins(today)
    assert (begins.isoweekday(), begins.hour, begins.minute) == (4, 10, 2)
    ends = begins.replace(hour=23) + timedelta(days=5 + 31)  # a month after the introduction
    assert ends <= today
    assert today - begins <= timedelta(weeks=8)


def test_the_clock_runs_and_is_only_ever_set_forward() -> None:
    ticks = iter([0.0, 1.5, 2.0, 2.0, 3.0, 3.0])
    clock = StoryClock(AT, lambda: next(ticks))
    assert clock() == AT + timedelta(seconds=1.5)
    clock.forward_to(AT + timedelta(hours=1))
    assert clock() == AT + timedelta(hours=1)
    clock.forward_to(AT)
    assert clock() == AT + timedelta(hours=1, seconds=1)
