"""When a mailbox counts as read: quiet ones, and those whose last mail is gone again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from mailflow.store import facts
from tests.laws.play import OWNER, Play


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


def read_at(play: Play, mailbox: str) -> datetime | None:
    with play.house.store.begin() as s:
        told = facts.summary_facts(s, play.house.owner_id, play.now, period="2026-W48")
    return {each.mailbox: each.seen_at for each in told.watched}[mailbox]


def test_a_mailbox_whose_last_mail_was_deleted_counts_as_read(play: Play) -> None:
    play.account.remove("INBOX", [play.account.deliver(b"Subject: x\r\n\r\n", play.now)])
    for _ in range(3):
        play.pass_time(timedelta(hours=9))
        play.tick()
    assert read_at(play, "INBOX") == play.now


def test_mail_that_comes_after_one_that_is_gone_is_read(play: Play) -> None:
    play.account.remove("INBOX", [play.account.deliver(b"Subject: x\r\n\r\n", play.now)])
    play.pass_time(timedelta(hours=2))
    play.tick()
    play.account.deliver(play.mail("olga@x.example", OWNER, "Hello", subject="Boats"), play.now)
    play.tick()
    with play.house.store.begin() as s:
        told = facts.summary_facts(s, play.house.owner_id, play.now, period="2026-W48")
    assert [str(each.sender.address) for each in told.newcomers] == ["olga@x.example"]
