"""The long-running service: waits for mail or for the clock, and makes one pass each time."""

import gc
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import schedule
import structlog

from mailflow.account.imap import ImapAccount
from mailflow.account.smtp import SmtpPost
from mailflow.config import Config
from mailflow.config.templates import read_templates
from mailflow.drafting.render import Templates
from mailflow.errors import MailboxError, StoreUnavailable
from mailflow.inbox.watch import Watcher
from mailflow.model.actions import Action
from mailflow.scanner.scanner import Scanner
from mailflow.store import queue
from mailflow.store.database import Store, ensure_owner
from mailflow.store.secret import read_secret
from mailflow.tick import dry_run, recover, tick
from mailflow.tick.house import Copies, House
from mailflow.tick.mail import Intake

log = structlog.get_logger()
Clock = Callable[[], datetime]
PATIENCE = timedelta(seconds=8)
"""How long the work in hand may take once the daemon was asked to leave."""


def clock() -> datetime:
    """The present instant, aware UTC; shifted by the seconds in the file MAILFLOW_CLOCK names.

    The file is for rehearsals: it is how one plays a week in a minute.
    """
    now = datetime.now(UTC)
    if name := os.environ.get("MAILFLOW_CLOCK"):
        now += timedelta(seconds=float(Path(name).read_text(encoding="ascii").strip() or 0))
    return now


@contextmanager
def open_house(config: Config, now: Clock = clock, *, holds: bool = True) -> Iterator[House]:
    """Open the store, the accounts and the templates, and close them again.

    With `holds` the store is held against a second instance (StoreInUse).
    """
    secret = read_secret(config.state_dir)
    store = Store.open(config.store_url, secret=secret)
    accounts = {a.name: ImapAccount(a) for a in config.accounts}
    posts = {a.name: SmtpPost(a) for a in config.accounts}
    scanner = Scanner(config.pictures)
    try:
        if holds:
            store.hold(config.state_dir)
        with store.begin() as s:
            owner_id = ensure_owner(s, config.identity.address.key, now())
            newest = queue.newest_draft(s, owner_id)
        yield House(
            config=config,
            owner_id=owner_id,
            store=store,
            accounts=accounts,
            posts=posts,
            templates=Templates(read_templates(config.templates_dir), read_templates(None)),
            secret=secret,
            scan=scanner.scan,
            rest=scanner.let_go_when_idle,
            copies=Copies(newest if holds else None),
        )
    finally:
        scanner.close()
        for account in accounts.values():
            account.close()
        for post in posts.values():
            post.close()
        store.close()


class Daemon:
    """Owns one scheduler, the watcher and the stop flag; calls `tick`."""

    def __init__(self, config: Config, now: Clock = clock) -> None:
        self.config = config
        self.now = now
        self.has_looked = threading.Event()
        """Set after the first pass: from now on every mail that arrives is seen."""
        self._stop = threading.Event()
        self._watcher: Watcher | None = None
        self._passed_at = 0.0
        """When the last pass ended, by a clock that nobody sets."""

    def stop(self) -> None:
        """Finish the work in hand and leave; callable from a signal handler or another thread."""
        self._stop.set()
        self.wake()

    def wake(self) -> None:
        """Make a pass now."""
        if self._watcher is not None:
            self._watcher.wake()

    def run(self) -> int:
        """Serve until stopped; the exit code."""
        with open_house(self.config, self.now) as house:
            self._watcher = Watcher(self.config.accounts)
            gc.freeze()  # what was imported stays: it need not be looked through for garbage
            try:
                recover(house, self.now())
                self._serve(house, self._watcher)
            finally:
                _notify("STOPPING=1")
                self._watcher.close()
        return 0

    def _serve(self, house: House, watcher: Watcher) -> None:
        metronome = schedule.Scheduler()
        every = self.config.tick_every.total_seconds()
        metronome.every(max(1, int(every))).seconds.do(self._pass, house)
        self._pass(house)
        while not self._stop.is_set():
            idle = metronome.idle_seconds
            changed = watcher.wait(max(0.0, min(every, idle if idle is not None else every)))
            if self._stop.is_set():
                break
            # the metronome goes by the clock on the wall, which is set back an hour every autumn
            is_late = time.monotonic() - self._passed_at >= every
            if changed or watcher.was_woken or is_late:
                metronome.run_all()
            else:
                metronome.run_pending()

    def _pass(self, house: House) -> None:
        """One tick; whatever goes wrong in it, the daemon lives and tells systemd that it does."""
        try:
            intake = Intake(now=self.now())
            tick(house, intake.now, is_stopping=self._stop.is_set, intake=intake)
            self._follow_sent(house)
            if intake.is_unfinished:
                self.wake()
        except StoreUnavailable as error:
            log.error("store unavailable; the next pass tries again", error=str(error))
        except Exception:
            log.exception("pass failed")
        if not self.has_looked.is_set():
            _notify("READY=1")
        self.has_looked.set()
        self._passed_at = time.monotonic()
        _notify("WATCHDOG=1")

    def _follow_sent(self, house: House) -> None:
        """Watch Sent as well, once the server has told what it is called."""
        for name, account in house.accounts.items():
            with suppress(MailboxError):  # the tick has told of it; the next pass tries again
                sent = account.folders().sent
                if sent is not None and self._watcher is not None:
                    self._watcher.follow(name, sent)


def run(config: Config) -> int:
    """Run the daemon in this process until SIGTERM or SIGINT; the exit code."""
    daemon = Daemon(config)
    heard, told = socket.socketpair()
    told.setblocking(False)
    with heard, told:
        # Handlers run between two steps of the main thread, which may be waiting for the store's
        # lock in C; the descriptor tells at once, and another thread listens.
        signal.set_wakeup_fd(told.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _signal, _frame: None)
        threading.Thread(target=_leave_when_told, args=(daemon, heard), daemon=True).start()
        try:
            return daemon.run()
        finally:
            signal.set_wakeup_fd(-1)


def _leave_when_told(daemon: Daemon, heard: socket.socket) -> None:
    """Have the work in hand finished; if that takes too long, leave as it stands.

    A server that does not answer must not hold up a shutdown: every step leaves a state from
    which the next start goes on, as after a power cut.
    """
    with suppress(OSError):  # it has left for another reason
        if heard.recv(1):
            daemon.stop()
            time.sleep(PATIENCE.total_seconds())
            log.warning("left with work in hand; the next start goes on with it")
            os._exit(0)


def once(config: Config, *, dry: bool = False) -> list[Action]:
    """One pass and out; the decided actions. With `dry` nothing is changed.

    Raises MailboxError, after the pass, for an account that could not be read.
    """
    with open_house(config, holds=not dry) as house:
        if dry:
            return dry_run(house, clock())
        recover(house, clock())
        intake = Intake(now=clock())
        actions = tick(house, intake.now, intake=intake)
    if intake.unreachable:
        raise MailboxError(" ".join(intake.unreachable.values()))
    return actions


def _notify(state: str) -> None:
    """Tell systemd (sd_notify(3)); nothing happens where no one listens."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.setblocking(False)  # a supervisor that does not listen must not hold up the mail
        notify.sendto(state.encode(), address)
