"""The watcher tells news at once, heals by itself, and costs nothing while nothing happens."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailflow.config import AccountConfig, Secret, Wrap
from mailflow.inbox.watch import Watcher
from mailflow.inbox.watched import Place
from tests.servers.dovecot import Dovecot
from tests.servers.imap import ScriptedImap, serving
from tests.servers.process import free_port

MAIL = b"From: jane@acme.test\r\nSubject: hello\r\n\r\nhi\r\n"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PATIENCE = 40
"""Seconds for what takes hundredths of one: far below `renew` and `poll`, which would tell too."""


@pytest.fixture
def imap() -> Iterator[ScriptedImap]:
    with serving(ScriptedImap()) as server:
        yield server


def watching(*accounts: AccountConfig, renew: float = 500, poll: float = 500) -> Watcher:
    return Watcher(
        accounts, renew_every=timedelta(seconds=renew), poll_every=timedelta(seconds=poll)
    )


def wait_for(watcher: Watcher, *places: Place) -> None:
    """Wait until all the places had news, as long as a busy machine may need."""
    ends = time.monotonic() + PATIENCE
    missing = set(places)
    while missing:
        left = ends - time.monotonic()
        assert left > 0, f"no news of {missing}: {watcher.health(NOW)}"
        missing -= watcher.wait(left)


def wait_until(watcher: Watcher, holds: Callable[[], bool]) -> None:
    """Have the watcher work until something is so, without minding its news."""
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends, watcher.health(NOW)
        watcher.wait(0.02)


def is_quiet(watcher: Watcher, seconds: float = 0.4) -> bool:
    return watcher.wait(seconds) == set()


def settled(watcher: Watcher, imap: ScriptedImap, times: int = 1) -> None:
    """Wait until the watcher idles (again) and its news is taken."""
    wait_until(watcher, lambda: imap.count("IDLE") >= times)
    watcher.wait(0.05)


@pytest.mark.dovecot
@pytest.mark.parametrize("wrap", list(Wrap))
def test_a_delivery_is_told_of_its_mailbox_and_of_no_other(dovecot: Dovecot, wrap: Wrap) -> None:
    accounts = [dovecot.account(dovecot.new_user(), wrap) for _ in range(3)]
    watcher = watching(*accounts)
    try:
        wait_for(watcher, *((a.name, "INBOX") for a in accounts))
        assert is_quiet(watcher)
        dovecot.deliver(accounts[1].name, MAIL)
        assert watcher.wait(PATIENCE) == {(accounts[1].name, "INBOX")}
    finally:
        watcher.close()


@pytest.mark.dovecot
def test_a_folder_that_becomes_known_later_is_watched_too(dovecot: Dovecot) -> None:
    account = dovecot.account(dovecot.new_user())
    watcher = watching(account)
    try:
        wait_for(watcher, (account.name, "INBOX"))
        watcher.follow(account.name, "Sent")
        watcher.follow(account.name, "Sent")
        wait_for(watcher, (account.name, "Sent"))
        assert set(watcher.health(NOW)) == {(account.name, "INBOX"), (account.name, "Sent")}
    finally:
        watcher.close()


@pytest.mark.dovecot
def test_a_server_killed_while_it_idles_is_found_again_and_nothing_is_missed(
    own_dovecot: Dovecot,
) -> None:
    account = own_dovecot.account(own_dovecot.new_user())
    place = (account.name, "INBOX")
    watcher = watching(account)
    try:
        wait_for(watcher, place)
        own_dovecot.kill()
        began, cpu = time.monotonic(), time.process_time()
        assert watcher.wait(1.5) == set()
        assert time.process_time() - cpu < 0.3 * (time.monotonic() - began)
        wait_until(watcher, lambda: bool(watcher.health(NOW)[place].trouble))
        own_dovecot.start()
        own_dovecot.deliver(account.name, MAIL)
        wait_for(watcher, place)
        assert watcher.health(NOW)[place].trouble == ""
        # connected before the delivery it has news twice, for the connection and for the mail
        wait_until(watcher, lambda: is_quiet(watcher))
        own_dovecot.deliver(account.name, MAIL)
        wait_for(watcher, place)
    finally:
        watcher.close()


@pytest.mark.dovecot
def test_without_idle_it_asks_now_and_then(dovecot_without_idle: Dovecot) -> None:
    account = dovecot_without_idle.account(dovecot_without_idle.new_user())
    watcher = watching(account, poll=0.3)
    try:
        wait_for(watcher, (account.name, "INBOX"))
        dovecot_without_idle.deliver(account.name, MAIL)
        wait_for(watcher, (account.name, "INBOX"))
        assert is_quiet(watcher, 1)
    finally:
        watcher.close()


def test_a_line_that_comes_in_pieces_is_put_together(imap: ScriptedImap) -> None:
    watcher = watching(imap.account())
    try:
        settled(watcher, imap)
        for piece in (b"* 4 EX", b"IST", b"S\r"):
            imap.push(piece)
            assert is_quiet(watcher, 0.1)
        imap.push(b"\n")
        assert watcher.wait(PATIENCE) == {("ada", "INBOX")}
    finally:
        watcher.close()


@pytest.mark.parametrize(
    "line", [b"* OK Still here", b"* 2 EXPUNGE", b"* 1 FETCH (FLAGS (\\Seen))", b"* 0 RECENT", b""]
)
def test_what_is_not_new_mail_wakes_nobody(imap: ScriptedImap, line: bytes) -> None:
    watcher = watching(imap.account())
    try:
        settled(watcher, imap)
        imap.push(line + b"\r\n")
        assert is_quiet(watcher)
        assert imap.count("EXAMINE") == 1
    finally:
        watcher.close()


@pytest.mark.parametrize("how", ["bye", "end of stream", "endless line"])
def test_a_broken_line_is_replaced_and_counts_as_news(imap: ScriptedImap, how: str) -> None:
    watcher = watching(imap.account())
    try:
        settled(watcher, imap)
        if how == "bye":
            imap.push(b"* BYE shutting down\r\n")
        elif how == "endless line":
            imap.push(b"x" * 2_000_000)
        else:
            imap.hang_up()
        assert watcher.wait(PATIENCE) == {("ada", "INBOX")}
        assert imap.count("EXAMINE") == 2
    finally:
        watcher.close()


def test_idle_is_renewed_in_time_and_a_renewal_is_no_news(imap: ScriptedImap) -> None:
    watcher = watching(imap.account(), renew=0.2)
    try:
        settled(watcher, imap)
        while imap.count("DONE") < 3:
            assert is_quiet(watcher, 0.1)
        assert imap.count("EXAMINE") == 1
        imap.push(b"* 4 EXISTS\r\n")
        assert watcher.wait(PATIENCE) == {("ada", "INBOX")}
    finally:
        watcher.close()


def test_a_server_that_no_longer_answers_is_given_up_and_connected_anew(
    imap: ScriptedImap,
) -> None:
    watcher = watching(imap.account(timeout=1), renew=0.2)
    try:
        settled(watcher, imap)
        imap.is_deaf = True
        while not watcher.health(NOW)["ada", "INBOX"].trouble:
            watcher.wait(0.1)
        imap.is_deaf = False
        wait_for(watcher, ("ada", "INBOX"))
        assert "did not answer" not in watcher.health(NOW)["ada", "INBOX"].trouble
    finally:
        watcher.close()


def test_idle_that_is_offered_but_refused_falls_back_to_asking(imap: ScriptedImap) -> None:
    imap.answer("IDLE", "NO not today")
    watcher = watching(imap.account(), poll=0.2)
    try:
        wait_for(watcher, ("ada", "INBOX"))
        imap.answer("NOOP", "* 4 EXISTS", "OK done")
        assert watcher.wait(PATIENCE) == {("ada", "INBOX")}
    finally:
        watcher.close()


def test_a_dead_server_does_not_hold_up_the_others(imap: ScriptedImap) -> None:
    with serving(ScriptedImap()) as deaf:
        deaf.is_deaf = True
        watcher = watching(deaf.account("deaf", timeout=4 * PATIENCE), imap.account("ada"))
        try:
            wait_for(watcher, ("ada", "INBOX"))
            settled(watcher, imap)
            imap.push(b"* 4 EXISTS\r\n")
            wait_for(watcher, ("ada", "INBOX"))
        finally:
            watcher.close()


def test_a_wake_up_ends_the_wait_at_once_even_if_it_came_before(imap: ScriptedImap) -> None:
    watcher = watching(imap.account())
    try:
        settled(watcher, imap)
        watcher.wake()
        began = time.monotonic()
        assert watcher.wait(2 * PATIENCE) == set()
        assert watcher.was_woken
        threading.Timer(0.2, watcher.wake).start()
        assert watcher.wait(2 * PATIENCE) == set()
        assert watcher.was_woken
        assert 0.1 < time.monotonic() - began < PATIENCE
        assert watcher.wait(0.1) == set()
        assert not watcher.was_woken
    finally:
        watcher.close()


@pytest.mark.dovecot
def test_health_tells_when_a_mailbox_was_last_seen_and_what_is_wrong(dovecot: Dovecot) -> None:
    good = dovecot.account(dovecot.new_user())
    wrong = dovecot.account(dovecot.new_user())
    wrong = replace(wrong, imap=replace(wrong.imap, secret=Secret(command=("echo", "wrong"))))
    away = replace(good, name="away", imap=replace(good.imap, port=free_port()))
    watcher = watching(good, wrong, away)
    watcher.follow(good.name, "Nowhere")
    try:
        wait_for(watcher, (good.name, "INBOX"))
        wait_until(watcher, lambda: sum(bool(h.trouble) for h in watcher.health(NOW).values()) >= 3)
        health = watcher.health(NOW)
        seen_at = health[good.name, "INBOX"].seen_at
        assert seen_at is not None
        assert timedelta(0) <= NOW - seen_at < timedelta(seconds=2 * PATIENCE)
        assert health[good.name, "INBOX"].trouble == ""
        assert "refused the login" in health[wrong.name, "INBOX"].trouble
        assert health[wrong.name, "INBOX"].seen_at is None
        assert "Nobody answers" in health["away", "INBOX"].trouble
        assert "“Nowhere” cannot be followed" in health[good.name, "Nowhere"].trouble
    finally:
        watcher.close()


def test_waiting_costs_no_processor_time(imap: ScriptedImap) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        other = replace(
            imap.account("silent", timeout=4 * PATIENCE).imap, port=silent.getsockname()[1]
        )
        accounts = [imap.account(f"ada{n}") for n in range(10)]
        watcher = watching(*accounts, AccountConfig("silent", imap=other, smtp=other))
        try:
            wait_for(watcher, *((a.name, "INBOX") for a in accounts))
            settled(watcher, imap, times=len(accounts))
            assert is_quiet(watcher)
            cpu = time.process_time()
            assert watcher.wait(2) == set()
            assert time.process_time() - cpu < 0.02
        finally:
            watcher.close()
