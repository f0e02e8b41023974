"""A row of a table made a card, by what its columns hold."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from mailflow.model.address import Address
from mailflow.model.card import Card, Phone
from mailflow.model.imports import Column, LeftOut, Meaning, ReadPerson
from mailflow.reading.cards import person, phones, roles, told
from mailflow.reading.contacts import cells
from mailflow.reading.contacts.table import Record

M = Meaning
PIECES = (M.STREET, M.CODE, M.CITY, M.STATE, M.COUNTRY)
"""The pieces of a postal address in the order they are written in."""

ON_LINKEDIN = "Connected on LinkedIn on {}."


class Layout:
    """Where in a row each thing stands."""

    def __init__(self, columns: Sequence[Column], name: str, region: str) -> None:
        self.name, self.region = name, region
        self._of: dict[Meaning, list[Column]] = defaultdict(list)
        for column in columns:
            self._of[column.meaning].append(column)

    def person(self, record: Record) -> tuple[ReadPerson | None, list[LeftOut]]:
        """Who the row is about, if anybody, and what of it was left out."""
        row = _Row(record, self._of)
        source = f"{self.name} line {record.line}"
        full, given, family = _name(row)
        addresses, bad = cells.addresses(row.values(M.EMAIL))
        org, title = row.first(M.ORG), row.first(M.TITLE)
        who = full or org or (str(addresses[0]) if addresses else "")
        left_out = [LeftOut(record.line, who, _no_address(text)) for text in bad]
        if not full and not addresses:
            left_out.append(LeftOut(record.line, who, "It has neither a name nor a mail address."))
            return None, left_out
        postal = _postal(row, self._of)
        calls, faxes = self._phones(row, postal, addresses, source)
        card = Card(
            name=told.field(full, source),
            given=given,
            family=family,
            title=told.field(title, source),
            org=told.field(org, source),
            emails=tuple(roles.reading(address, source) for address in addresses),
            phones=calls,
            faxes=faxes,
            urls=cells.links(row.values(M.URL)),
            postal=postal,
            tags=cells.tags(row.values(M.TAGS)),
            notes=_notes(row),
        )
        return ReadPerson(card, record.line), left_out

    def _phones(
        self, row: "_Row", postal: str, addresses: Iterable[Address], source: str
    ) -> tuple[tuple[Phone, ...], tuple[Phone, ...]]:
        written = [
            (number, column)
            for column in (*self._of[M.PHONE], *self._of[M.FAX])
            for number in cells.numbers([row.cell(column)])
        ][: cells.MAX_EACH]
        if not written:
            return (), ()
        numbers = [number for number, _ in written]
        region = phones.region([postal], [a.domain for a in addresses], numbers, self.region)
        all_told = (
            told.Number(number, column.kind, is_fax=column.meaning is M.FAX)
            for number, column in written
        )
        return told.numbers(all_told, region, source)


class _Row:
    """The cells of one row by what they hold."""

    def __init__(self, record: Record, of: dict[Meaning, list[Column]]) -> None:
        self._cells, self._of = record.cells, of

    def cell(self, column: Column) -> str:
        return self._cells[column.number] if column.number < len(self._cells) else ""

    def values(self, meaning: Meaning) -> list[str]:
        """The cells of that meaning that hold anything, as they stand."""
        found = (self.cell(column) for column in self._of.get(meaning, ()))
        return [cell for cell in found if cell and not cell.isspace()]

    def first(self, meaning: Meaning) -> str:
        """The first of them as one printable line."""
        return next((text for cell in self.values(meaning) if (text := cells.plain(cell))), "")


def _name(row: _Row) -> tuple[str, str, str]:
    """The whole name, the given and the family name; an address in their place is none."""
    given, family = row.first(M.GIVEN), row.first(M.FAMILY)
    whole = row.first(M.NAME)
    if "@" in given or "@" in family:
        given = family = ""
    if given or family:
        parts = (given, row.first(M.MIDDLE), family)
        full = whole or " ".join(part for part in parts if part)
        return _capitals(full), person.capitals(given), person.capitals(family)
    straight = person.straight(whole if "@" not in whole else "")
    if not straight:
        nickname = row.first(M.NICKNAME)
        straight = person.straight(nickname if "@" not in nickname else "")
    return (straight, *person.split(straight))


def _capitals(full: str) -> str:
    is_flat = len(full.split()) > 1 and (full.isupper() or full.islower())
    return person.capitals(full) if is_flat else full


def _postal(row: _Row, of: dict[Meaning, list[Column]]) -> str:
    """The first postal address: whole, else put together of one group's pieces."""
    for cell in row.values(M.POSTAL):
        lines = [text for line in cell.split("\n") if (text := cells.plain(line).rstrip(", "))]
        return ", ".join(lines)
    groups = dict.fromkeys(column.group for piece in PIECES for column in of.get(piece, ()))
    for group in groups:
        found = {
            piece: " ".join(
                text
                for column in of.get(piece, ())
                if column.group == group and (text := cells.plain(row.cell(column)))
            )
            for piece in PIECES
        }
        if any(found[piece] for piece in (M.STREET, M.CODE, M.CITY)):
            town = " ".join(text for text in (found[M.CODE], found[M.CITY]) if text)
            both = (found[M.STREET], town, found[M.STATE], found[M.COUNTRY])
            return ", ".join(text for text in both if text)
    return ""


def _notes(row: _Row) -> str:
    found = [cells.notes(cell) for cell in row.values(M.NOTES)]
    if connected := row.first(M.CONNECTED)[:40]:
        found.append(ON_LINKEDIN.format(connected))
    return "\n".join(dict.fromkeys(text for text in found if text))[: cells.MAX_NOTES]


def _no_address(text: str) -> str:
    if text[:3].lower() == "/o=":
        return "Outlook kept an internal name of Exchange in place of the mail address."
    return f"“{text}” is not a mail address; I left it out."
