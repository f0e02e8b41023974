"""An import as it is shown: to the end, or to where the owner stops it."""

import io
from collections.abc import Generator
from contextlib import redirect_stderr

import pytest
from structlog.testing import capture_logs

from mailflow.cli.progress import follow
from mailflow.errors import MailboxError, MailflowError, NoSuchMailbox, StoreUnavailable
from mailflow.tick.history import Progress


class Terminal(io.StringIO):
    """Somebody looks."""

    def isatty(self) -> bool:
        return True


def steps(stopped_at: int = 100) -> Generator[Progress, None, None]:
    for number in range(5):
        if number == stopped_at:
            raise KeyboardInterrupt
        yield Progress("home", "[b]INBOX\x1b[0m", 100 * number, 400, read=90 * number)


def test_the_last_step_is_told() -> None:
    last, is_whole = follow(steps(), is_quiet=True)
    assert (last.read, is_whole) == (360, True)


def test_ctrl_c_ends_it_with_what_was_done() -> None:
    last, is_whole = follow(steps(stopped_at=3), is_quiet=True)
    assert (last.read, is_whole) == (180, False)


def breaking(error: MailflowError, *done: int) -> Generator[Progress, None, None]:
    for read in done:
        yield Progress("home", "INBOX", read, 4000, read=read)
    raise error


@pytest.mark.parametrize("error", [StoreUnavailable("It is locked."), MailboxError("He said no")])
def test_what_breaks_says_how_far_it_came_and_how_it_goes_on(error: MailflowError) -> None:
    with pytest.raises(type(error)) as told:
        follow(breaking(error, 0, 1250), is_quiet=True)
    first = str(error).rstrip(".")
    assert str(told.value) == (
        f"{first}. 1,250 mails are already there; run `mailflow import history` again and it goes"
        " on from there."
    )
    with pytest.raises(type(error), match=r"\. Run `mailflow import history` again"):
        follow(breaking(error, 0), is_quiet=True)


def test_what_fails_before_it_began_is_told_as_it_is() -> None:
    with pytest.raises(MailboxError) as told:
        follow(breaking(NoSuchMailbox("There is no folder “x”.")), is_quiet=True)
    assert str(told.value) == "There is no folder “x”."


def test_nothing_to_do_is_no_trouble() -> None:
    last, is_whole = follow(steps(stopped_at=0), is_quiet=True)
    assert (last.read, is_whole) == (0, False)


def test_a_terminal_sees_a_bar_and_no_strangers_control_characters() -> None:
    with redirect_stderr(Terminal()) as seen:
        follow(steps(), is_quiet=False)
    assert "360 mails" in seen.getvalue()
    assert "[b]INBOX[0m" in seen.getvalue()
    assert "100%" in seen.getvalue()


def test_a_log_line_says_how_far_how_fast_and_how_long_it_will_take() -> None:
    with capture_logs() as lines:
        follow(steps(), is_quiet=False)
    assert [line["done"] for line in lines] == ["0 %", "100 %"]
    assert lines[0]["left"] == ""
    assert lines[1]["left"] == "0:00"
    assert str(lines[1]["rate"]).endswith("/s")
