"""Contacts as a table for other programs: CSV (RFC 4180) under the headings of Google Contacts."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from mailflow.model.contact import Contact

NAMED = ("First Name", "Middle Name", "Last Name", "File As", "Organization Name",
         "Organization Title", "Notes", "Labels", "Address 1 - Formatted")  # fmt: skip
FORMULA = "=+-@\t\r'"
"""A cell that begins so is a formula to a spreadsheet, or hides that it is one (OWASP, CSV
injection)."""

DIALLED = frozenset("+0123456789 ()-./")


def written(people: Callable[[], Iterable[Contact]]) -> Iterator[str]:
    """The lines of the table. `people` is gone through twice: the first time for its width."""
    width = [0, 0, 0]
    for contact in people():
        width = list(map(max, width, _counts(contact)))
    mails, phones, links = width
    headings = [
        *NAMED,
        *(f"E-mail {n} - Value" for n in range(1, mails + 1)),
        *(
            f"Phone {n} - {part}"
            for n in range(1, phones + 1)
            for part in ("Label", "Value")
        ),
        *(f"Website {n} - Value" for n in range(1, links + 1)),
    ]  # fmt: skip
    yield _line(headings)
    for contact in people():
        yield _line(_row(contact, mails, phones, links))


def guarded(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula; numbers that can be dialled stay."""
    is_formula = cell[:1] and cell[0] in FORMULA and not frozenset(cell) <= DIALLED
    return f"'{cell}" if is_formula else cell


def _counts(contact: Contact) -> tuple[int, int, int]:
    return len(contact.addresses), len(contact.phones), len(contact.urls)


def _row(contact: Contact, mails: int, phones: int, links: int) -> list[str]:
    numbers = [(phone.kind, phone.e164 or phone.written) for phone in contact.phones]
    return [
        *_name(contact),
        contact.name,
        contact.org,
        contact.title,
        contact.notes,
        " ::: ".join(contact.tags),
        contact.postal,
        *_filled([str(address) for address in contact.addresses], mails),
        *_filled([text for pair in numbers for text in pair], 2 * phones),
        *_filled(list(contact.urls), links),
    ]


def _name(contact: Contact) -> tuple[str, str, str]:
    """Given, middle and family name, where they make up the whole; else the whole in one."""
    name, given, family = contact.name, contact.given, contact.family
    if name.startswith(f"{given} ") and name.endswith(f" {family}") and given and family:
        middle = name[len(given) : -len(family)].strip()
        return given, middle, family
    return name, "", ""


def _filled(values: list[str], count: int) -> list[str]:
    return values + [""] * (count - len(values))


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([guarded(cell.replace("\0", "")) for cell in cells])
    return out.getvalue()
