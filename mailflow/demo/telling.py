"""Tells the demo's story at 80 columns: sentences, the hour, and the mails themselves."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from mailflow.demo.mails import read, text_of
from mailflow.demo.people import ZONE

MOST_LINES = 40
"""Of a mail's text; the rest is in the file."""


class Teller:
    """Prints the story and lays every mail it shows into `folder` as a numbered .eml file."""

    def __init__(self, console: Console, folder: Path) -> None:
        self._console = console
        self._folder = folder
        self._count = 0
        folder.mkdir(parents=True, exist_ok=True)

    def say(self, text: str) -> None:
        """One paragraph of the story."""
        self._console.print(Padding(Text(text), (0, 0, 1, 0)))

    def clock(self, at: datetime, note: str = "") -> None:
        """The hour it is in the story; `note` says when the clock was set forward."""
        title = f"{at.astimezone(ZONE):%A, %d %B %Y, %H:%M}"
        self._console.rule(Text(title, style="bold"), align="left", style="dim")
        if note:
            self._console.print(Text(note, style="dim"))
        self._console.print()

    def mail(self, data: bytes, *, seen: str) -> None:
        """A mail as its reader sees it; `seen` says where it lies."""
        mail = read(data)
        name = self._keep(data, str(mail["Subject"]))
        shown = Text()
        for header in ("From", "To", *(["Cc"] if mail["Cc"] else []), "Subject", "Date"):
            shown.append(f"{header}: ", style="dim")
            shown.append(f"{_plain(str(mail[header] or ''))}\n")
        attached = [part.get_filename() or "" for part in mail.iter_attachments()]
        if attached:
            shown.append("Attached: ", style="dim")
            shown.append(f"{_plain(', '.join(attached))}\n")
        shown.append("\n")
        lines = list(_without_quotes(text_of(data).rstrip().splitlines()))
        shown.append("\n".join(_plain(line) for line in lines[:MOST_LINES]))
        if len(lines) > MOST_LINES:
            shown.append(f"\n… {len(lines) - MOST_LINES} more lines in {name}", style="dim")
        self._console.print(
            Panel(shown, title=seen, title_align="left", subtitle=name, subtitle_align="right")
        )
        self._console.print()

    def _keep(self, data: bytes, subject: str) -> str:
        self._count += 1
        words = re.findall(r"[a-z0-9]+", subject.lower())[:6]
        name = f"{self._count:02}-{'-'.join(words) or 'mail'}.eml"
        (self._folder / name).write_bytes(data)
        return f"{self._folder.name}/{name}"


def _without_quotes(lines: list[str]) -> Iterator[str]:
    """The lines with each quoted passage cut down to one: it has been read just above."""
    for number, line in enumerate(lines):
        if not line.startswith(">"):
            yield line
        elif number == 0 or not lines[number - 1].startswith(">"):
            yield "> …"


def _plain(line: str) -> str:
    """A line of a mail without anything that could steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in line.expandtabs(4))
