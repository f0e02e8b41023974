"""A refused mail is tried again ever more slowly, and not for ever."""

from datetime import UTC, datetime, timedelta

from mailflow.outbox.backoff import next_try

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_each_failure_waits_longer_and_the_seventh_gives_up() -> None:
    tries = [next_try(attempts, NOW) for attempts in range(1, 8)]
    waits = [None if at is None else at - NOW for at in tries]
    minutes, hours = timedelta(minutes=1), timedelta(hours=1)
    wanted = [minutes, 5 * minutes, 15 * minutes, hours, 4 * hours, 12 * hours, None]
    assert waits == wanted


def test_a_mail_never_tried_waits_as_after_the_first_failure() -> None:
    assert next_try(0, NOW) == next_try(1, NOW)
