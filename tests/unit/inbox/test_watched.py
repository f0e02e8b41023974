"""When a mailbox whose connection broke is tried again."""

from datetime import UTC, datetime, timedelta

from mailflow.config import AccountConfig, Secret, Server, Wrap
from mailflow.errors import LoginRefused, MailboxError
from mailflow.inbox.watched import LAST_RETRY_S, Health, Watched

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SERVER = Server("localhost", 143, Wrap.PLAIN, "ada", Secret(env="X"))
BROKEN = MailboxError("The connection was lost.")


def watched() -> Watched:
    return Watched(AccountConfig("ada", SERVER, SERVER), "INBOX")


def waits(mailbox: Watched, times: int, error: MailboxError = BROKEN) -> list[float]:
    """How long it waits after each of so many failures in a row, without luck."""
    found = []
    for at in range(times):
        mailbox.lost(error, float(at), jitter=1.0)
        found.append(mailbox.retry_at - at)
    return found


def test_each_failure_waits_twice_as_long_up_to_five_minutes_and_never_gives_up() -> None:
    assert waits(watched(), 11) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert waits(watched(), 5000)[-1] == LAST_RETRY_S


def test_chance_spreads_the_attempts_over_half_the_time() -> None:
    mailbox = watched()
    mailbox.lost(BROKEN, 100.0, jitter=0.0)
    assert mailbox.retry_at == 100.5


def test_a_refused_password_is_not_tried_every_second() -> None:
    assert waits(watched(), 3, LoginRefused("no")) == [60, 60, 60]


def test_a_mailbox_is_connected_when_its_time_has_come_and_only_once() -> None:
    mailbox = watched()
    assert mailbox.wants_connecting(0.0)
    mailbox.is_connecting = True
    assert not mailbox.wants_connecting(0.0)
    assert mailbox.due_at(0.0) == float("inf")
    mailbox.lost(BROKEN, 10.0, jitter=1.0)
    assert not mailbox.wants_connecting(10.5)
    assert mailbox.due_at(10.5) == 11.0
    assert mailbox.wants_connecting(11.0)


def test_health_tells_the_last_sign_of_life_on_the_wall_clock() -> None:
    mailbox = watched()
    assert mailbox.health(NOW, 50.0) == Health(None, "")
    mailbox.seen(40.0)
    mailbox.lost(BROKEN, 45.0, jitter=0.5)
    assert mailbox.health(NOW, 50.0) == Health(NOW - timedelta(seconds=10), str(BROKEN))
