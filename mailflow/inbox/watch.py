"""Watching many mailboxes of many accounts at once, in one loop over their connections."""

import contextlib
import random
import selectors
import socket
import threading
import time
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

from mailflow.account.idle import IdleLine
from mailflow.config import AccountConfig
from mailflow.errors import MailboxError
from mailflow.inbox.watched import Health, Place, Watched

RENEW_EVERY = timedelta(minutes=9)
"""Servers may end an IDLE after 29 minutes (RFC 2177); routers forget a silent line much sooner."""

POLL_EVERY = timedelta(minutes=1)
CONNECTING_AT_ONCE = 4
CLOSING_S = 1.0


class Watcher:
    """Waits for news. Connections heal by themselves for ever; none ever holds up another.

    INBOX and the configured mailboxes of each account are watched from the start; `follow` adds
    what becomes known later. Connecting happens in short-lived threads, a few at once. All methods
    but `wake` belong to one thread.
    """

    def __init__(
        self,
        configs: Iterable[AccountConfig],
        *,
        renew_every: timedelta = RENEW_EVERY,
        poll_every: timedelta = POLL_EVERY,
    ) -> None:
        self.was_woken = False
        """Whether the last `wait` ended because of `wake`."""
        self._configs = {config.name: config for config in configs}
        self._renew_every, self._poll_every = renew_every, poll_every
        self._random = random.Random()  # noqa: S311 - spreads retries, guards nothing
        self._watched: dict[Place, Watched] = {}
        self._news: set[Place] = set()
        self._is_woken = False
        self._is_closed = False
        self._threads: set[threading.Thread] = set()
        # What other threads and signal handlers have to say; None is a wake-up.
        self._said: SimpleQueue[tuple[Watched, IdleLine | MailboxError] | None] = SimpleQueue()
        self._alarm, self._bell = socket.socketpair()
        self._alarm.setblocking(False)
        self._bell.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._alarm, selectors.EVENT_READ)
        for config in self._configs.values():
            for mailbox in ("INBOX", *config.mailboxes, config.sent):
                if mailbox is not None:
                    self.follow(config.name, mailbox)

    def follow(self, account: str, mailbox: str) -> None:
        """Watch one more mailbox of a known account; nothing happens when it is watched already."""
        watched = Watched(self._configs[account], mailbox)
        self._watched.setdefault(watched.place, watched)

    def wake(self) -> None:
        """End the `wait` under way, or the next one, at once; from any thread or signal handler."""
        self._said.put(None)
        self._ring()

    def wait(self, timeout: float) -> set[Place]:
        """The mailboxes with news, as soon as there are any; none after `timeout` s or `wake`.

        A mailbox that has just been connected counts as news: something may have come before.
        """
        ends = time.monotonic() + timeout
        self._is_woken = False
        while True:
            due = self._look_after_all()
            self._listen(max(0.0, min(ends, due) - time.monotonic()))
            if self._news or self._is_woken or time.monotonic() >= ends:
                break
        self.was_woken = self._is_woken
        news, self._news = self._news, set()
        return news

    def health(self, now: datetime) -> Mapping[Place, Health]:
        """How each mailbox is at `now` (aware UTC)."""
        passed = time.monotonic()
        return {place: watched.health(now, passed) for place, watched in self._watched.items()}

    def close(self) -> None:
        """Hang up everywhere; connections still being made are closed when they are there."""
        self._is_closed = True
        for watched in self._watched.values():
            self._hang_up(watched)
        ends = time.monotonic() + CLOSING_S
        for thread in list(self._threads):
            thread.join(max(0.0, ends - time.monotonic()))
        self._answer_the_bell()
        self._selector.close()
        self._alarm.close()
        self._bell.close()

    # 1. what is due: connect, renew, give up

    def _look_after_all(self) -> float:
        """Do what is due for each mailbox; when something will be due next."""
        now = time.monotonic()
        free = CONNECTING_AT_ONCE - sum(w.is_connecting for w in self._watched.values())
        for watched in self._watched.values():
            if watched.line is not None and watched.line.due_at <= now:
                self._attend(watched, watched.line)
            elif free and watched.wants_connecting(now):
                free -= 1
                self._start_connecting(watched)
        return min((w.due_at(now) for w in self._watched.values()), default=float("inf"))

    def _attend(self, watched: Watched, line: IdleLine) -> None:
        try:
            line.attend()
        except MailboxError as error:
            self._lost(watched, error)

    def _start_connecting(self, watched: Watched) -> None:
        watched.is_connecting = True
        thread = threading.Thread(target=self._connect, args=(watched,), daemon=True)
        self._threads.add(thread)
        thread.start()

    def _connect(self, watched: Watched) -> None:
        """In a thread of its own: a server that does not answer holds up nobody."""
        outcome: IdleLine | MailboxError = MailboxError("Connecting failed for an unknown reason.")
        try:
            outcome = IdleLine(
                watched.config.imap,
                watched.mailbox,
                renew_every=self._renew_every * self._random.uniform(0.8, 1.0),
                poll_every=self._poll_every,
            )
        except MailboxError as error:
            outcome = error
        finally:
            self._said.put((watched, outcome))
            self._ring()
            self._threads.discard(threading.current_thread())
            if self._is_closed and isinstance(outcome, IdleLine):
                outcome.close()

    # 2. what comes: lines, connections, the bell

    def _listen(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            if key.fileobj is self._alarm:
                self._answer_the_bell()
            else:
                self._receive(key.data)

    def _receive(self, watched: Watched) -> None:
        if watched.line is None:
            return
        watched.seen(time.monotonic())
        try:
            if watched.line.receive():
                self._news.add(watched.place)
        except MailboxError as error:
            self._lost(watched, error)

    def _answer_the_bell(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._alarm.recv(4096):
                pass
        with contextlib.suppress(Empty):
            while True:
                self._hear(self._said.get_nowait())

    def _hear(self, said: tuple[Watched, IdleLine | MailboxError] | None) -> None:
        if said is None:
            self._is_woken = True
            return
        watched, outcome = said
        if isinstance(outcome, MailboxError):
            self._lost(watched, outcome)
        elif self._is_closed:
            outcome.close()
        else:
            watched.connected(outcome, time.monotonic())
            self._selector.register(outcome, selectors.EVENT_READ, watched)
            self._receive(watched)  # the answer may lie in TLS's buffer, where no selector sees it

    def _ring(self) -> None:
        with contextlib.suppress(OSError):  # full: it rings already; closed: nobody is there
            self._bell.send(b"\0")

    # 3. what breaks: tried again, ever more slowly, for ever

    def _lost(self, watched: Watched, error: MailboxError) -> None:
        self._hang_up(watched)
        watched.lost(error, time.monotonic(), self._random.random())

    def _hang_up(self, watched: Watched) -> None:
        if watched.line is not None:
            self._selector.unregister(watched.line)
            watched.line.close()
