"""What taking a file of contacts in would do, and did, as the owner reads it."""

from collections.abc import Sequence
from typing import Any

from mailflow.cli import show
from mailflow.model.field_words import in_words
from mailflow.model.imports import ContactFormat, ContactsFile, Fate, TakenIn

SHOWN = 10
"""Lines of each kind that are shown; --json has them all."""

FORMATS = {
    ContactFormat.GOOGLE: "contacts of Google's",
    ContactFormat.OUTLOOK: "contacts of Outlook's",
    ContactFormat.LINKEDIN: "connections of LinkedIn's",
    ContactFormat.VCARD: "vCards",
    ContactFormat.CSV: "a table",
}


def preview(file: ContactsFile, told: TakenIn) -> None:
    """What the file is taken for, and what would happen."""
    show.text(f"{file.name}: {FORMATS[file.format]}; {file.evidence}.")
    if file.format is ContactFormat.CSV and file.columns:
        said = ", ".join(f"{c.meaning} = “{c.heading}”" for c in file.columns)
        show.text(f"Columns: {said}. If that is wrong: --map name=HEADING,email=HEADING.")
    if file.unknown:
        shown = ", ".join(f"“{heading}”" for heading in file.unknown[:SHOWN])
        show.text(f"Columns that I leave out: {shown}{_more(file.unknown)}.")
    show.text(f"{counts(told)}.")
    cards = {person.line: person.card for person in file.people}
    for fate, heading in ((Fate.NEW, "New"), (Fate.MERGED, "Known, and gain something")):
        found = [each for each in told.people if each.fate is fate]
        if found:
            show.text(f"{heading}:{_of(found)}")
        for each in found[:SHOWN]:
            card = cards[each.line]
            org = f" at {card.org.value}" if card.org else ""
            address = (
                f" <{card.address}>" if card.address and str(card.address) != each.label else ""
            )
            gains = ", ".join(in_words(name) for name in each.changed)
            show.text(f"  {each.label}{address}{org}{f': {gains}' if gains else ''}")
    conflicts = [f"line {each.line}, {each.label}: {said}" for each, said in told.conflicts]
    _lines("The file says otherwise than you know", conflicts)
    reasons = [
        f"line {each.line}{f', {each.who}' if each.who else ''}: {each.reason}"
        for each in told.left_out
    ]
    _lines("Left out", reasons)


def counts(told: TakenIn) -> str:
    """The figures in one line; what there is none of is not said."""
    new, without = told.count(Fate.NEW), told.without_address
    found = {
        "new" + (f" ({without:,} without a mail address)" if without else ""): new,
        "merged with somebody known": told.count(Fate.MERGED),
        "unchanged": told.count(Fate.UNCHANGED),
        "left out": len(told.left_out),
        "differences" if len(told.conflicts) != 1 else "difference": len(told.conflicts),
    }
    return ", ".join(f"{number:,} {what}" for what, number in found.items() if number) or "Nobody"


def summary(told: TakenIn, *, has_news: bool) -> str:
    """How it ended."""
    if told.number is not None:
        return (
            f"Import {told.number} is done. Nobody is written to: the new ones lie on the shelf"
            f" until you begin. `mailflow import undo {told.number}` takes it back."
        )
    if not has_news:
        return "Nothing of it is new; nothing was changed."
    return "Nothing was changed yet. --apply takes them in."


def as_rows(file: ContactsFile, told: TakenIn) -> dict[str, Any]:
    """The same for programs."""
    return {
        "file": file.name,
        "format": file.format,
        "evidence": file.evidence,
        "columns": {c.heading: c.meaning for c in file.columns},
        "unknown": list(file.unknown),
        "import": told.number,
        "new": told.count(Fate.NEW),
        "without_address": told.without_address,
        "merged": told.count(Fate.MERGED),
        "unchanged": told.count(Fate.UNCHANGED),
        "people": [
            {
                "line": each.line,
                "name": each.label,
                "fate": each.fate,
                "changed": list(each.changed),
                "conflicts": list(each.conflicts),
            }
            for each in told.people
        ],
        "left_out": [
            {"line": each.line, "who": each.who, "reason": each.reason} for each in told.left_out
        ],
    }


def _lines(heading: str, lines: Sequence[str]) -> None:
    if lines:
        show.text(f"{heading}:{_of(lines)}")
    for line in lines[:SHOWN]:
        show.text(f"  {line}")


def _of(found: Sequence[object]) -> str:
    return f" (the first {SHOWN} of {len(found):,}; --json has all)" if len(found) > SHOWN else ""


def _more(found: Sequence[object]) -> str:
    return f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
