"""Where reading a mailbox goes on."""

from hypothesis import given
from hypothesis import strategies as st

from mailflow.inbox.cursor import Continue, Nothing, Renumbered, Start, plan
from mailflow.model.wire import Cursor

cursors = st.builds(Cursor, st.integers(1, 5), st.integers(0, 50))


def test_a_new_mailbox_starts_at_its_end() -> None:
    assert plan(None, Cursor(7, 41)) == Start(Cursor(7, 41))


def test_new_mail_is_read_from_where_it_was_left() -> None:
    assert plan(Cursor(7, 41), Cursor(7, 44)) == Continue(Cursor(7, 41))


def test_a_quiet_mailbox_is_left_alone() -> None:
    assert plan(Cursor(7, 41), Cursor(7, 41)) == Nothing()


def test_a_new_uidvalidity_is_a_renumbered_mailbox_even_when_the_uids_agree() -> None:
    assert plan(Cursor(7, 41), Cursor(8, 41)) == Renumbered(Cursor(8, 41))


def test_uids_that_went_back_are_a_renumbered_mailbox() -> None:
    assert plan(Cursor(7, 41), Cursor(7, 12)) == Renumbered(Cursor(7, 12))


@given(stored=cursors, server=cursors)
def test_nothing_new_is_ever_skipped(stored: Cursor, server: Cursor) -> None:
    step = plan(stored, server)
    is_same_mailbox = stored.uidvalidity == server.uidvalidity
    if is_same_mailbox and server.last_uid > stored.last_uid:
        assert step == Continue(stored)
    else:
        assert isinstance(step, Nothing) == (stored == server)
