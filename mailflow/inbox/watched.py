"""One watched mailbox: connected, connecting, or waiting to be tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailflow.account.idle import IdleLine
from mailflow.config import AccountConfig
from mailflow.errors import LoginRefused, MailboxError

FIRST_RETRY_S = 1.0
LAST_RETRY_S = 300.0
REFUSED_RETRY_S = 60.0
"""A refused password is not tried often: providers lock accounts for that."""

STABLE_AFTER_S = 60.0
"""A connection that lasted so long was a good one: the next attempt need not wait long."""

Place = tuple[str, str]
"""An account's name and a mailbox."""


@dataclass(frozen=True, slots=True)
class Health:
    """When the server last showed a sign of life for a mailbox (aware UTC, None: never), and the
    sentence for what is wrong now, or nothing."""

    seen_at: datetime | None
    trouble: str


class Watched:
    """Instants here are those of `time.monotonic`."""

    def __init__(self, config: AccountConfig, mailbox: str) -> None:
        self.config, self.mailbox = config, mailbox
        self.line: IdleLine | None = None
        self.is_connecting = False
        self.retry_at = 0.0
        self._connected_at = 0.0
        self._failures = 0
        self._seen_at: float | None = None
        self._trouble = ""

    @property
    def place(self) -> Place:
        return self.config.name, self.mailbox

    def wants_connecting(self, now: float) -> bool:
        return self.line is None and not self.is_connecting and self.retry_at <= now

    def due_at(self, now: float) -> float:
        """When to look after it though nothing comes; what is being connected will ring."""
        if self.line is not None:
            return self.line.due_at
        return self.retry_at if self.retry_at > now and not self.is_connecting else float("inf")

    def connected(self, line: IdleLine, now: float) -> None:
        self.line, self.is_connecting = line, False
        self._connected_at = now
        self._trouble = ""

    def seen(self, now: float) -> None:
        self._seen_at = now

    def lost(self, error: MailboxError, now: float, jitter: float) -> None:
        """Try again later, each time twice as late; `jitter` from 0 to 1 spreads the attempts."""
        if self.line is not None and now - self._connected_at > STABLE_AFTER_S:
            self._failures = 0
        self.line, self.is_connecting = None, False
        self._trouble = str(error)
        delay = min(FIRST_RETRY_S * 2.0 ** min(self._failures, 16), LAST_RETRY_S)
        if isinstance(error, LoginRefused):
            delay = max(delay, REFUSED_RETRY_S)
        self._failures += 1
        self.retry_at = now + delay * (0.5 + jitter / 2)

    def health(self, now: datetime, passed: float) -> Health:
        """As of `now` (aware UTC), when the monotonic clock shows `passed`."""
        if self._seen_at is None:
            return Health(None, self._trouble)
        return Health(now - timedelta(seconds=passed - self._seen_at), self._trouble)
