"""The demo's clock: it runs like any other, and is set forward when the story says so."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class StoryClock:
    """Call it for the story's present instant, aware UTC. It never goes back."""

    def __init__(self, begins_at: datetime, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._began = ticks()
        self._at_zero = begins_at.astimezone(UTC)

    def __call__(self) -> datetime:
        return self._at_zero + timedelta(seconds=self._ticks() - self._began)

    def forward_to(self, at: datetime) -> None:
        """Set the clock to `at` (aware); an instant that has passed changes nothing."""
        self._at_zero += max(timedelta(), at - self())

    def forward(self, by: timedelta) -> None:
        self.forward_to(self() + by)


STORY_LASTS = timedelta(weeks=6)
"""From its first Monday to what came of the introduction, with a week to spare."""


def story_begins(today: datetime) -> datetime:
    """10:02 on the Thursday before a Monday, long enough ago that the whole story lies in the past
    by `today`, in `today`'s zone: no mail from the future.
    """
    monday = today - STORY_LASTS - timedelta(days=today.weekday())
    return (monday - timedelta(days=4)).replace(hour=10, minute=2, second=0, microsecond=0)
