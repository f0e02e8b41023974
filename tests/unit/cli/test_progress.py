"""An import as it is shown: to the end, or to where the owner stops it."""

import io
from collections.abc import Generator
from contextlib import redirect_stderr

from structlog.testing import capture_logs

from mailflow.cli.progress import follow
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
