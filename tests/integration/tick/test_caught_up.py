"""Whether everything that came was read, asked before a mail that an unread no would forbid."""

from collections.abc import Iterator

import pytest

from mailflow.tick.caught_up import is_caught_up
from tests.laws.play import OWNER, Play


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


def test_a_mail_that_came_since_the_last_pass_is_unread_until_the_next(play: Play) -> None:
    assert is_caught_up(play.house)
    play.account.deliver(play.mail("jane@acme.io", OWNER, "No."), play.now)
    assert not is_caught_up(play.house)
    play.tick()
    assert is_caught_up(play.house)


def test_a_mail_that_came_and_was_deleted_leaves_nothing_unread(play: Play) -> None:
    play.account.deliver(play.mail("jane@acme.io", OWNER, "No."), play.now)
    mails = play.account.mailboxes["INBOX"].mails
    mails.pop(max(mails))
    assert is_caught_up(play.house)


def test_a_renumbered_mailbox_is_read_first(play: Play) -> None:
    play.account.renumber("INBOX")
    assert not is_caught_up(play.house)


def test_an_empty_mailbox_that_was_renumbered_is_read_once_and_then_followed(play: Play) -> None:
    play.account.create("INBOX")
    play.tick()
    assert is_caught_up(play.house)
    play.tell("met Jane Roe <jane@acme.io> @PyCon")
    play.tick()
    assert "jane@acme.io" in play.account.held("Drafts")[0].decode()
