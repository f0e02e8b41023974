"""Output: tables that fit the terminal, JSON for programs, and no stranger's control characters."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mailflow.model.text import HIDDEN, JOINERS, printable

Row = Mapping[str, Any]
"""One thing in a list, by the names that `--json` shows."""

NUMBERS, SHORT = frozenset({"number", "warmth"}), frozenset({"mails", "rhythm"})
"""Columns that never wrap; figures stand to the right."""

WIDE = 160
"""Columns where no terminal says how many there are: a pipe should not lose the end of a line."""


def listing(rows: Sequence[Row], columns: Mapping[str, str], *, as_json: bool, empty: str) -> None:
    """Rows as a table of `columns` (name to heading) or as JSON; `empty` if there are none."""
    if as_json:
        as_data(rows)
    elif not rows:
        print(empty)
    else:
        table(rows, columns)


def as_data(value: object) -> None:
    """JSON on standard output; instants and days in ISO 8601."""
    sys.stdout.write(data_text(value))


def data_text(value: object) -> str:
    """The same as text."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    return _escaped(text) + "\n"


def table(rows: Iterable[Row], columns: Mapping[str, str]) -> None:
    """A table no wider than the terminal; long values are wrapped, never cut."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name, heading in columns.items():
        made.add_column(
            heading,
            overflow="fold",
            justify="right" if name in NUMBERS else "left",
            no_wrap=name in NUMBERS | SHORT,
        )
    for row in rows:
        made.add_row(*(_cell(row.get(name)) for name in columns))
    console().print(made)


def console() -> Any:
    """A Rich console as wide as the terminal, or WIDE where there is none."""
    from rich.console import Console

    return Console(
        width=None if sys.stdout.isatty() else WIDE, highlight=False, markup=False, emoji=False
    )


def text(block: str) -> None:
    """Several lines, with line breaks and tabs kept and nothing that could steer a terminal."""
    print(safe(block).rstrip())


def safe(block: str) -> str:
    """Text whose only control characters are line breaks and tabs."""
    from unicodedata import category

    lines = block.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or c in JOINERS or category(c) not in HIDDEN)


def moment(at: datetime | None, zone: ZoneInfo) -> str:
    """An instant on the owner's clock."""
    return f"{at.astimezone(zone):%a %d %b %Y %H:%M}" if at else ""


def _cell(value: object) -> Any:
    from rich.text import Text

    if value is None:
        return Text("")
    if isinstance(value, (list, tuple)):
        return Text("\n".join(printable(str(item)) for item in value))
    return Text(printable(str(value), limit=2000))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def _escaped(text: str) -> str:
    """JSON whose strings hold invisible characters only as \\u escapes."""
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)
