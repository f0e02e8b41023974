"""How an import of past mail is shown: a bar on a terminal, else a log line now and then."""

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING

from mailflow.cli import show
from mailflow.errors import MailboxError, StoreUnavailable
from mailflow.model.amount import amount

if TYPE_CHECKING:
    from mailflow.tick.history import Progress

    Display = Callable[[Progress], None]

LOGGED_EVERY = 20
"""Batches between two log lines."""


def follow(steps: "Generator[Progress, None, None]", *, is_quiet: bool) -> "tuple[Progress, bool]":
    """Show how it goes until it is done or the owner stops it (Ctrl-C); whether it was done.

    MailboxError and StoreUnavailable say how far it came, and how it goes on.
    """
    from mailflow.tick.history import Progress

    last = Progress("", "", 0, 0)
    is_seen = sys.stderr.isatty() and not is_quiet
    with closing(steps), _bar() if is_seen else _lines(is_quiet=is_quiet) as display:
        try:
            for last in steps:
                display(last)
        except KeyboardInterrupt:
            return last, False
        except (MailboxError, StoreUnavailable) as error:
            if not last.account:  # it had not begun
                raise
            raise type(error)(f"{str(error).rstrip('.')}. {_how_far(last)}") from error
    return last, True


def _how_far(last: "Progress") -> str:
    are = "is" if last.read == 1 else "are"
    kept = f"{amount(last.read, 'mail')} {are} already there; run" if last.read else "Run"
    return f"{kept} `mailflow import history` again and it goes on from there."


@contextmanager
def _lines(*, is_quiet: bool) -> "Iterator[Display]":
    import structlog

    log, number, began = structlog.get_logger(), count(), monotonic()

    def display(step: "Progress") -> None:
        if not is_quiet and (next(number) % LOGGED_EVERY == 0 or step.passed == step.of):
            rate = round(step.read / max(0.001, monotonic() - began))
            share = f"{100 * step.passed // max(1, step.of)} %"
            log.info(
                "past mail", mailbox=step.mailbox, done=share, mails=step.read,
                rate=f"{rate:,}/s", left=_left(step, monotonic() - began),
            )  # fmt: skip

    yield display


def _left(step: "Progress", seconds: float) -> str:
    """How long it will take from here, at the rate until now: "2:05" in minutes and seconds."""
    if not step.passed:
        return ""
    rest = round(seconds * (step.of - step.passed) / step.passed)
    return f"{rest // 60}:{rest % 60:02}"


@contextmanager
def _bar() -> "Iterator[Display]":
    """A bar with the mails read, the rate and the time left."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(),
        TextColumn("{task.fields[mails]}"), TimeRemainingColumn(),
    )  # fmt: skip
    began = monotonic()
    # drawn with each batch and by no thread of its own: with one, the import would not fork
    with Bar(*columns, console=Console(stderr=True), auto_refresh=False) as bar:
        task = bar.add_task("", total=None, mails="")

        def display(step: "Progress") -> None:
            rate = step.read / max(0.001, monotonic() - began)
            bar.update(
                task, description=escape(show.safe(step.mailbox)), total=step.of,
                completed=step.passed, mails=f"{step.read:,} mails, {rate:,.0f}/s",
                refresh=True,
            )  # fmt: skip

        yield display
