"""Which column of a table holds what: proposed by headings and contents, or told by the owner."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mailflow.errors import MailflowError
from mailflow.model.imports import Column, Meaning
from mailflow.model.text import folded, printable
from mailflow.reading.contacts import headings
from mailflow.reading.contacts.table import LOOKED_AT, Record

NAMING = frozenset({Meaning.NAME, Meaning.GIVEN, Meaning.FAMILY, Meaning.NICKNAME})
SAMPLE = 200
"""Rows whose contents are looked at where headings do not tell."""
MOST = 0.6
MAX_HEADING = 80
TOLD = {meaning.value: meaning for meaning in Meaning if meaning is not Meaning.IGNORED}


@dataclass(frozen=True, slots=True)
class Headed:
    """A table with its columns; `rows` are the people's, `title` the cells of the row of headings
    ("column 1" and so on where there is none). `unknown` headings stand over contents that nothing
    is made of."""

    columns: tuple[Column, ...]
    rows: tuple[Record, ...]
    title: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    has_headings: bool = True


def headed(records: Sequence[Record]) -> Headed | None:
    """Find the row of headings, past a preamble, and what each column holds; None when neither
    headings nor contents tell."""
    at = _headings_at(records)
    if at is None:
        return _by_contents(records)
    cells, rows = records[at].cells, tuple(records[at + 1 :])
    columns = [
        Column(number, printable(cell, 80), meaning, headings.group(cell), headings.kind(cell))
        for number, cell in enumerate(cells)
        if (meaning := headings.meaning(cell)) is not None
    ]
    columns = _settled(columns)
    columns += _guessed(rows, columns, cells)
    known = {column.number for column in columns}
    unknown = tuple(
        printable(cell, 80)
        for number, cell in enumerate(cells)
        if number not in known and cell.strip() and _has_contents(rows, number)
    )
    return Headed(tuple(sorted(columns, key=lambda c: c.number)), rows, cells, unknown)


def told(found: Headed, wanted: Mapping[Meaning, str]) -> Headed:
    """The same table with what the owner says about its columns: a heading or a number (from 1)
    for each meaning, nothing for a meaning the table does not have. Raises MailflowError."""
    columns = [column for column in found.columns if column.meaning not in wanted]
    for meaning, heading in wanted.items():
        if not heading:
            continue
        number = _number_of(heading, found.title)
        columns = [column for column in columns if column.number != number]
        title = printable(found.title[number], 80)
        columns.append(Column(number, title, meaning, kind=headings.kind(title)))
    known = {column.heading for column in columns}
    unknown = tuple(heading for heading in found.unknown if heading not in known)
    return replace(found, columns=tuple(sorted(columns, key=lambda c: c.number)), unknown=unknown)


def wishes(pieces: Iterable[str]) -> dict[Meaning, str]:
    """What `name=Full Name,email=Mail` asks for; raises MailflowError for words that are none."""
    found: dict[Meaning, str] = {}
    for piece in (each for text in pieces for each in text.split(",")):
        word, equals, heading = piece.partition("=")
        if word.strip() not in TOLD or not equals:
            raise MailflowError(
                f"--map: “{printable(piece, 60)}” should be FIELD=HEADING, with a field of"
                f" {', '.join(sorted(TOLD))}."
            )
        found[TOLD[word.strip()]] = heading.strip()
    return found


def _number_of(heading: str, cells: Sequence[str]) -> int:
    wanted = folded(heading).strip()
    for number, cell in enumerate(cells):
        if folded(printable(cell, 80)).strip() == wanted:
            return number
    is_number = heading.isascii() and heading.isdigit() and len(heading) < 4
    if is_number and 0 < int(heading) <= len(cells):
        return int(heading) - 1
    there = ", ".join(f"“{printable(cell, 40)}”" for cell in cells[:30] if cell.strip())
    raise MailflowError(
        f"--map: no column is called “{printable(heading, 40)}”; there are {there}."
    )


def _headings_at(records: Sequence[Record]) -> int | None:
    """The first row that reads as headings, with no address among them: two that are known, one of
    a name or an address; else the very first row, if it has one of those."""
    first: int | None = None
    for at, record in enumerate(records[:LOOKED_AT]):
        if any("@" in cell or len(cell) > MAX_HEADING for cell in record.cells):
            continue
        found = [headings.meaning(cell) for cell in record.cells if cell.strip()]
        known = [meaning for meaning in found if meaning not in (None, Meaning.IGNORED)]
        if not any(meaning in NAMING or meaning is Meaning.EMAIL for meaning in known):
            continue
        if len(known) > 1:
            return at
        first = at if at == 0 else first
    return first


def _settled(columns: list[Column]) -> list[Column]:
    """Words that mean one thing alone and another beside their like: "Nom" beside "Prénom" is the
    family name, "Nombre" beside "Apellidos" the given one, "Title" beside "Job Title" is Dr."""
    meanings = {column.meaning for column in columns}
    plain = {c.number for c in columns if " ".join(headings.words(c.heading)) in headings.TITLES}
    has_position = any(c.meaning is Meaning.TITLE and c.number not in plain for c in columns)
    settled = []
    for column in columns:
        meaning = column.meaning
        if meaning is Meaning.NAME and " ".join(headings.words(column.heading)) in (
            headings.FULL_NAMES
        ):
            if Meaning.GIVEN in meanings and Meaning.FAMILY not in meanings:
                meaning = Meaning.FAMILY
            elif Meaning.FAMILY in meanings and Meaning.GIVEN not in meanings:
                meaning = Meaning.GIVEN
        elif column.number in plain and has_position:
            meaning = Meaning.PREFIX
        settled.append(replace(column, meaning=meaning))
    return settled


def _by_contents(records: Sequence[Record]) -> Headed | None:
    """A table whose headings are unknown words, or missing: a column of addresses, and one of
    names."""
    first, rest = records[0].cells, records[1:]
    if any("@" in cell for cell in first):
        width = max(len(record.cells) for record in records[:SAMPLE])
        first, rest = tuple(f"column {number + 1}" for number in range(width)), records
        has_headings = False
    else:
        has_headings = True
    columns = _guessed(rest, [], first)
    if not any(column.meaning is Meaning.EMAIL for column in columns):
        return None
    known = {column.number for column in columns}
    unknown = tuple(
        printable(cell, 80)
        for n, cell in enumerate(first)
        if n not in known and _has_contents(rest, n)
    )
    ordered = tuple(sorted(columns, key=lambda c: c.number))
    return Headed(ordered, tuple(rest), first, unknown, has_headings)


def _guessed(
    rows: Sequence[Record], columns: Sequence[Column], cells: Sequence[str]
) -> list[Column]:
    """Columns of addresses, and one of names, where the headings tell of none."""
    known = {column.number for column in columns}
    meanings = {column.meaning for column in columns}
    left = [number for number in range(len(cells)) if number not in known]
    found: list[Column] = []
    if Meaning.EMAIL not in meanings:
        mails = [number for number in left if _share(rows, number, _is_address) >= MOST]
        found += [Column(n, printable(cells[n], 80), Meaning.EMAIL) for n in mails]
        left = [number for number in left if number not in mails]
    if not meanings & NAMING:
        names = [number for number in left if _share(rows, number, _is_name) >= MOST]
        found += [Column(n, printable(cells[n], 80), Meaning.NAME) for n in names[:1]]
    return found


def _share(rows: Sequence[Record], number: int, is_one: Callable[[str], bool]) -> float:
    """How many of the cells that hold anything are such."""
    cells = [r.cells[number].strip() for r in rows[:SAMPLE] if number < len(r.cells)]
    filled = [cell for cell in cells if cell]
    return sum(map(is_one, filled)) / len(filled) if filled else 0.0


def _is_address(cell: str) -> bool:
    local, at, host = cell.rpartition("@")
    return bool(at and local and "." in host) and len(cell) < 320


def _is_name(cell: str) -> bool:
    letters = sum(character.isalpha() or character in " .-'’" for character in cell)
    return 2 <= len(cell) <= 60 and " " in cell and letters == len(cell)


def _has_contents(rows: Sequence[Record], number: int) -> bool:
    return any(number < len(r.cells) and r.cells[number].strip() for r in rows[:SAMPLE])
