"""Bytes of a table taken apart into records: any charset, any separator, quotes left open."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailflow.model.imports import LeftOut
from mailflow.model.mail import Unreadable
from mailflow.reading.charset import decode

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 100_000
MAX_LINES = 2_000_000
MAX_RECORD = 100_000
"""Characters of one row; the fields of no person are longer."""
MAX_COLUMNS = 500
MAX_LEFT_OUT = 1_000
SEPARATORS = ",;\t|"
LOOKED_AT = 30
"""Rows at the beginning by which the separator and the headings are told."""

OTHER_FILES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "is an Excel workbook or a ZIP archive. Unpack it, or save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel or Outlook file. Export the contacts as CSV"),
    (b"!BDN", "is an Outlook data file. Export the contacts from Outlook as CSV"),
    (b"%PDF", "is a PDF. Export the contacts as CSV or vCard"),
    (b"SQLite format 3", "is a database. Export the contacts as CSV or vCard"),
)
"""How files begin that hold no table that can be read, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one row, and the line of the file it begins on (from 1)."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that hold anything, and those that could not be taken apart."""

    records: tuple[Record, ...]
    left_out: tuple[LeftOut, ...] = ()


def text_of(data: bytes, name: str) -> str | Unreadable:
    """The text of a file, without NULs; Unreadable says what it is instead."""
    if len(data) > MAX_BYTES:
        return Unreadable(f"{name} is over 50 MB; split it into smaller files.")
    for mark, said in OTHER_FILES:
        if data.startswith(mark):
            return Unreadable(f"{name} {said}.")
    head = data[:4000]
    if head.count(0) > len(head) // 4 and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", "replace")
    else:
        text = decode(data)
    beginning = text[:4000]
    if sum(_is_odd(character) for character in beginning) * 10 > len(beginning):
        return Unreadable(f"{name} is no text that I can read; export the contacts as CSV.")
    if beginning.lstrip().lower().startswith(("<!doctype", "<html", "<?xml")):
        return Unreadable(f"{name} is a web page or XML. Export the contacts as CSV or vCard.")
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _is_odd(character: str) -> bool:
    is_control = character < " " and character not in "\t\r\n"
    return is_control or character == "\N{REPLACEMENT CHARACTER}"


def table(text: str, name: str) -> Table | Unreadable:
    """The rows of a text, parted at the separator that its first rows agree on.

    A quotation mark that opens and never closes spoils its own line only.
    """
    if text.count("\n") > MAX_LINES:
        return Unreadable(f"{name} has more lines than any address book; split it.")
    first = 1
    separator = ""
    if text[:4].lower() == "sep=" and text[5:6] == "\n":  # Excel's own way to say it
        separator, text, first = text[4], text[6:], 2
    records: list[Record] = []
    left_out: list[LeftOut] = []
    ahead: list[tuple[int, str]] = []
    for line, row in _rows(text.split("\n"), first):
        if not row.strip():
            continue
        if not separator:
            ahead.append((line, row))
            if len(ahead) < LOOKED_AT:
                continue
            separator = _separator([row for _, row in ahead])
        for at, each in ahead or [(line, row)]:
            _take(at, each, separator, records, left_out)
        ahead = []
        if len(records) > MAX_ROWS + LOOKED_AT:
            return Unreadable(f"{name} holds more than 100,000 rows; split it into smaller files.")
    if ahead:
        separator = _separator([row for _, row in ahead])
        for at, each in ahead:
            _take(at, each, separator, records, left_out)
    return Table(tuple(records), tuple(left_out))


def _take(
    line: int, row: str, separator: str, records: list[Record], left_out: list[LeftOut]
) -> None:
    cells = _cells(row, separator)
    if isinstance(cells, str):
        if len(left_out) < MAX_LEFT_OUT:
            left_out.append(LeftOut(line, "", cells))
    elif any(cell.strip() for cell in cells):
        records.append(Record(line, cells))


def _rows(lines: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    """Lines joined where a quotation mark is open (RFC 4180 §2), in one pass over their marks.

    Where the joined row would be longer than any row is, its first line stands alone.
    """
    odd = [line.count('"') % 2 == 1 for line in lines]
    closing = _next_true(odd)
    at = 0
    while at < len(lines):
        end = at
        if odd[at]:
            end = closing[at + 1] if at + 1 < len(lines) else len(lines)
            size = 0
            for piece in range(at, min(end, len(lines) - 1) + 1):
                size += len(lines[piece]) + 1
                if size > MAX_RECORD or piece - at > LOOKED_AT * 10:
                    end = len(lines)
                    break
            if end >= len(lines):
                end = at
        yield first + at, "\n".join(lines[at : end + 1])
        at = end + 1


def _next_true(flags: Sequence[bool]) -> list[int]:
    """For each place the nearest place at or after it that is true (their number: none)."""
    found = [len(flags)] * (len(flags) + 1)
    for at in range(len(flags) - 1, -1, -1):
        found[at] = at if flags[at] else found[at + 1]
    return found


def _cells(row: str, separator: str) -> tuple[str, ...] | str:
    """The cells of a row, or the reason why there are none."""
    if len(row) > MAX_RECORD:
        return f"The row is {len(row):,} characters long; a person's row has a few hundred."
    if row.count(separator) > MAX_COLUMNS * 20:
        return f"The row has over {MAX_COLUMNS} columns."
    if '"' not in row:
        cells = row.split(separator)
    else:
        try:
            cells = next(csv.reader([row], delimiter=separator))
        except (csv.Error, StopIteration):
            return "Its quotation marks are not in pairs."
        if row.count('"') % 2:
            return "A quotation mark opens and is never closed."
    if len(cells) > MAX_COLUMNS:
        return f"The row has over {MAX_COLUMNS} columns."
    return tuple(cells)


def _separator(rows: Sequence[str]) -> str:
    """The separator that most rows have the same number of outside quotes, the more the better."""

    def agreement(separator: str) -> tuple[int, int]:
        counts = Counter(_outside(row, separator) for row in rows)
        del counts[0]
        times, number = max(((times, n) for n, times in counts.items()), default=(0, 0))
        return times, number

    return max(SEPARATORS, key=agreement)


def _outside(row: str, separator: str) -> int:
    return sum(piece.count(separator) for piece in row[:MAX_RECORD].split('"')[::2])
