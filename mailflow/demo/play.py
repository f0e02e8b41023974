"""`mailflow demo`: the real daemon plays its main job in the demo's world, mail by mail."""

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from mailflow import logs
from mailflow.daemon import Daemon
from mailflow.demo.clock import StoryClock, story_begins
from mailflow.demo.people import ADA, EVERYBODY, PASSWORD, SERVICE, ZONE
from mailflow.demo.stage import Stage
from mailflow.demo.story import tell
from mailflow.demo.telling import Teller
from mailflow.demo.world import DemoUnavailable, World

MARK = ".mailflow-demo"
"""A file that says a folder is the demo's own, so that the next one may clear it."""

CONNECT = """\
The servers stay up. Connect a mail client to look around, or to write to mailflow yourself:

  IMAP  127.0.0.1, port {imap}, no encryption
  SMTP  127.0.0.1, port {smtp}, no encryption, password login
  as    {users}
  with  the password {password}

mailflow reads what {owner} sends to {service}. Ctrl-C ends it.
"""


def play(folder: Path, *, keep: bool = False) -> int:
    """Play the story, leaving its mails, the summary and the log in `folder`; the exit code.

    With `keep` the servers and the daemon stay up until Ctrl-C. DemoUnavailable when the extra is
    missing, the folder is somebody else's, or a mail does not come in time.
    """
    _clear(folder)
    console = Console(width=80 if not sys.stdout.isatty() else None, highlight=False)
    began = time.monotonic()
    clock = StoryClock(story_begins(_today()))
    with (
        _logging_to(folder / "mailflow.log"),
        World(folder / "state", clock) as world,
        _running(world, clock) as daemon,
    ):
        tell(Stage(world, clock, daemon, Teller(console, folder / "mails"), folder))
        console.print(_closing(folder, time.monotonic() - began), markup=False)
        if keep:
            _stay(console, world)
    return 0


@contextmanager
def _logging_to(file: Path) -> Iterator[None]:
    """The daemon's log beside the story instead of through it."""
    with file.open("w", encoding="utf-8") as stream:
        logs.configure(stream)
        try:
            yield
        finally:
            logs.configure()


@contextmanager
def _running(world: World, clock: StoryClock) -> Iterator[Daemon]:
    """The real daemon, in a thread of its own, until the block ends."""
    daemon = Daemon(world.config_for_owner(), clock)
    thread = threading.Thread(target=daemon.run, name="daemon", daemon=True)
    thread.start()
    try:
        if not daemon.has_looked.wait(timeout=60):
            raise DemoUnavailable("The daemon did not come up; see mailflow.log.")
        yield daemon
    finally:
        daemon.stop()
        thread.join(timeout=15)


def _clear(folder: Path) -> None:
    """An empty folder with our mark; one that is not ours is left alone."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise DemoUnavailable(
                f"{folder} is not empty and not an earlier demo's; name another folder."
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()


def _closing(folder: Path, seconds: float) -> str:
    return (
        f"That was the daemon itself, over IMAP and SMTP, in {seconds:.0f} seconds.\n\n"
        f"  {folder / 'summary.html'}  the summary as a mail client shows it\n"
        f"  {folder / 'mails'}  every mail you have seen\n"
        f"  {folder / 'mailflow.log'}  what the daemon wrote down\n\n"
        f"With your own account: mailflow init, then mailflow run.\n"
    )


def _stay(console: Console, world: World) -> None:
    users = ", ".join(str(person.address) for person in EVERYBODY)
    text = CONNECT.format(
        imap=world.imap_port, smtp=world.smtp_port, users=users, password=PASSWORD,
        owner=ADA.address, service=SERVICE,
    )  # fmt: skip
    console.print(text, markup=False)
    try:
        while True:
            time.sleep(timedelta(hours=1).total_seconds())
    except KeyboardInterrupt:
        console.print("Closing.")


def _today() -> datetime:
    return datetime.now(UTC).astimezone(ZONE)  # noqa: TID251  chooses the story's date, no more
