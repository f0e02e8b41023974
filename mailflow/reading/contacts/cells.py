"""What stands in a cell: several addresses, numbers or labels, notes of many lines."""

from collections.abc import Iterable

from mailflow.model.address import Address
from mailflow.model.text import printable
from mailflow.reading import address_field

MAX_EACH = 20
"""Addresses, numbers, links or labels of one person that are kept."""
MAX_NOTES = 5_000
MAX_TAG = 40
SEVERAL = ":::"
"""Google's mark between several values in one cell."""
NOT_LABELS = frozenset({"mycontacts", "starred", "other contacts", "restored from", "imported on"})
FORMULA = "=+-@\t\r'"
"""What an apostrophe is put before in a table, so that a spreadsheet does not reckon with it."""


def plain(cell: str) -> str:
    """The cell as one printable line, without the apostrophe that guards it in a spreadsheet."""
    text = printable(cell)
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in FORMULA else text


def notes(cell: str) -> str:
    """The cell with its line breaks, every line printable."""
    body = cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in FORMULA else cell
    lines = [printable(line, MAX_NOTES) for line in body[:MAX_NOTES].split("\n")]
    return "\n".join(lines).strip()


def addresses(cells: Iterable[str]) -> tuple[list[Address], list[str]]:
    """Each address once, in order; and what stood there and is none."""
    found: dict[Address, None] = {}
    bad: list[str] = []
    for line in (line for cell in cells for line in cell.replace(SEVERAL, "\n").split("\n")):
        told, none = address_field.addresses(line)
        found |= dict.fromkeys(told)
        bad += none
    return list(found)[:MAX_EACH], bad[:MAX_EACH]


def numbers(cells: Iterable[str]) -> list[str]:
    """Telephone numbers as they are written."""
    return _pieces(cells, "")[:MAX_EACH]


def links(cells: Iterable[str]) -> tuple[str, ...]:
    """Web addresses; what is none is left out."""
    found = [p for p in _pieces(cells, " ") if "." in p and ("://" in p or "@" not in p)]
    return tuple(dict.fromkeys(found))[:MAX_EACH]


def tags(cells: Iterable[str]) -> tuple[str, ...]:
    """Labels, groups and categories as tags: one word each, without the program's own groups."""
    found: dict[str, None] = {}
    for piece in _pieces(cells, ",;"):
        label = piece.lstrip("*# ").strip()
        if label and not label.lower().startswith(tuple(NOT_LABELS)):
            found.setdefault("-".join(label.split())[:MAX_TAG])
    return tuple(found)[:MAX_EACH]


def _pieces(cells: Iterable[str], separators: str) -> list[str]:
    """The values of cells, parted at Google's mark, at line breaks and at the separators."""
    found: list[str] = []
    for cell in cells:
        text = cell[:10_000].replace(SEVERAL, "\n")
        if "<" not in text:
            for separator in separators:
                text = text.replace(separator, "\n")
        found += [piece for line in text.split("\n") if (piece := plain(line))]
    return found
