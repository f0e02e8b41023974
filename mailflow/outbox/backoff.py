"""When a mail that was refused for now is tried again; pure."""

from datetime import datetime, timedelta

DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try after `attempts` failed ones (1 or more); None when it was tried often enough.

    `now` and the answer are aware UTC.
    """
    if attempts > len(DELAYS):
        return None
    return now + DELAYS[max(attempts, 1) - 1]
