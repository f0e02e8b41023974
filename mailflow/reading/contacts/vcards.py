"""A file of vCards of any number, each read as a card that came by mail would be."""

from collections.abc import Iterator
from dataclasses import replace

from mailflow.model.card import Card
from mailflow.model.imports import LeftOut, ReadPerson
from mailflow.model.mail import Unreadable
from mailflow.reading.cards import vcard
from mailflow.reading.cards.vcard_lines import blocks
from mailflow.reading.contacts import cells
from mailflow.reading.contacts.table import MAX_LEFT_OUT, MAX_ROWS

MAX_LINES = 5_000
"""Lines of one card that are read; a picture may take some thousands."""


def people(
    text: str, name: str, region: str
) -> tuple[tuple[ReadPerson, ...], tuple[LeftOut, ...]] | Unreadable:
    """The people of a text of vCards, and what was left out."""
    found: list[ReadPerson] = []
    left_out: list[LeftOut] = []
    for line, card_text in _cards(text):
        if len(found) == MAX_ROWS:
            return Unreadable(f"{name} holds more than 100,000 cards; split it.")
        data = card_text.encode("utf-8", "replace")
        read, problems = vcard.read(data, f"{name} line {line}", region=region)
        card = read[0] if read else None
        who = card.name.value if card and card.name else ""
        if len(left_out) < MAX_LEFT_OUT:
            left_out += [LeftOut(line, who, problem) for problem in problems]
        if card is None:
            continue
        if card.name is None and not card.emails:
            left_out.append(LeftOut(line, who, "It has neither a name nor a mail address."))
        else:
            found.append(ReadPerson(_with_more(card, data), line))
    return tuple(found), tuple(left_out[:MAX_LEFT_OUT])


def _cards(text: str) -> Iterator[tuple[int, str]]:
    """Each outermost card with the line it begins on; what stands between cards is no card."""
    begun = depth = 0
    lines: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        mark = line[:40].strip().upper().replace(" ", "")
        if mark == "BEGIN:VCARD":
            if not depth:
                begun, lines = number, []
            depth += 1
        if depth and len(lines) < MAX_LINES:
            lines.append(line)
        if mark == "END:VCARD" and depth:
            depth -= 1
            if not depth:
                yield begun, "\n".join(lines)
    if depth:
        yield begun, "\n".join(lines)


def _with_more(card: Card, data: bytes) -> Card:
    """The card with its categories as tags, and its notes with their line breaks; its form is none:
    nobody was met."""
    for block in blocks(data):
        fields = vcard.Fields(block)
        found = [piece for value in fields.values("CATEGORIES") for piece in _listed(value)]
        notes = "\n".join(
            text for value in fields.values("NOTE") if (text := cells.notes(_unescaped(value)))
        )
        return replace(card, tags=cells.tags(found), notes=notes[: cells.MAX_NOTES], form="")
    return card


def _listed(value: str) -> list[str]:
    """A list parted at commas that are not escaped (RFC 6350 §3.4)."""
    pieces = value.replace("\\\\", "\x00").replace("\\,", "\x01").split(",")
    return [piece.replace("\x01", " ").replace("\x00", "\\") for piece in pieces]


def _unescaped(value: str) -> str:
    """A text value with its escapes undone (RFC 6350 §3.4)."""
    out: list[str] = []
    escaped = False
    for character in value:
        if escaped:
            out.append("\n" if character in "nN" else character)
            escaped = False
        elif character == "\\":
            escaped = True
        else:
            out.append(character)
    return "".join(out)
