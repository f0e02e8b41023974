"""A file of contacts: which program wrote it, and the people in it."""

from collections.abc import Mapping, Sequence

from mailflow.model.imports import (
    Column,
    ContactFormat,
    ContactsFile,
    LeftOut,
    Meaning,
    ReadPerson,
)
from mailflow.model.mail import Unreadable
from mailflow.model.text import printable
from mailflow.reading.contacts import headings, vcards
from mailflow.reading.contacts.columns import Headed, headed, told
from mailflow.reading.contacts.rows import Layout
from mailflow.reading.contacts.table import MAX_LEFT_OUT, MAX_ROWS, table, text_of

OUTLOOK_MARKS = 4
"""So many headings that only Outlook writes make a file Outlook's."""

GOOGLES = (("value",), ("type",), ("label",), ("formatted",))
"""What Google's numbered headings end in: "E-mail 1 - Value"."""

NEEDED = frozenset({Meaning.NAME, Meaning.GIVEN, Meaning.FAMILY, Meaning.EMAIL, Meaning.NICKNAME})
"""Without one of these a table tells of nobody."""

NO_COLUMNS = (
    "{name} has no column that I recognise as a name or a mail address. Its first row is {first}."
    " Say which is which: --map name=HEADING,email=HEADING."
)


def read(
    data: bytes,
    name: str,
    *,
    region: str,
    format: ContactFormat | None = None,  # noqa: A002 # what the owner calls it
    wanted: Mapping[Meaning, str] | None = None,
) -> ContactsFile | Unreadable:
    """The people in a file, by its content; `name` is only said, never opened.

    `format` overrides what the content tells, `wanted` which columns hold what (a heading or a
    number from 1). `region` (ISO 3166) is the owner's, for phone numbers without a country code.
    Raises MailflowError for a `wanted` column that is not there.
    """
    named = printable(name, 80) or "the file"
    text = text_of(data, named)
    if isinstance(text, Unreadable):
        return text
    if not text.strip():
        return Unreadable(f"{named} is empty.")
    is_vcard = "BEGIN:VCARD" in text[:100_000].upper()
    if format is ContactFormat.VCARD or (format is None and is_vcard):
        return _vcards(text, named, region)
    return _table(text, named, region, format, wanted or {})


def _vcards(text: str, name: str, region: str) -> ContactsFile | Unreadable:
    found = vcards.people(text, name, region)
    if isinstance(found, Unreadable):
        return found
    people, left_out = found
    if not people and not left_out:
        return Unreadable(f"{name} holds no vCard.")
    evidence = "it holds BEGIN:VCARD"
    return ContactsFile(name, ContactFormat.VCARD, evidence, people, left_out)


def _table(
    text: str,
    name: str,
    region: str,
    format: ContactFormat | None,  # noqa: A002 # what the owner calls it
    wanted: Mapping[Meaning, str],
) -> ContactsFile | Unreadable:
    rows = table(text, name)
    if isinstance(rows, Unreadable):
        return rows
    if not rows.records:
        return Unreadable(f"{name} holds no rows.")
    found = headed(rows.records)
    if found is None:
        found = Headed((), rows.records[1:], rows.records[0].cells)
    if wanted:
        found = told(found, wanted)
    if not any(column.meaning in NEEDED for column in found.columns):
        shown = ", ".join(f"“{printable(cell, 40)}”" for cell in found.title[:12] if cell.strip())
        return Unreadable(NO_COLUMNS.format(name=name, first=shown or "empty"))
    if len(found.rows) > MAX_ROWS:
        return Unreadable(f"{name} holds more than 100,000 rows; split it into smaller files.")
    told_by, evidence = _recognised(found)
    people, left_out = _people(found, name, region)
    if format is not None:
        told_by, evidence = format, "you said so"
    return ContactsFile(
        name=name,
        format=told_by,
        evidence=evidence,
        people=tuple(people),
        left_out=(*rows.left_out, *left_out)[:MAX_LEFT_OUT],
        columns=tuple(c for c in found.columns if c.meaning is not Meaning.IGNORED),
        unknown=found.unknown,
    )


def _people(found: Headed, name: str, region: str) -> tuple[list[ReadPerson], list[LeftOut]]:
    layout = Layout(found.columns, name, region)
    people: list[ReadPerson] = []
    left_out: list[LeftOut] = []
    for record in found.rows:
        one, missed = layout.person(record)
        if one is not None:
            people.append(one)
        left_out += missed
    return people, left_out


def _recognised(found: Headed) -> tuple[ContactFormat, str]:
    """The program whose headings these are, and the words that say so."""
    title = found.title
    said = {" ".join(headings.words(cell)) for cell in title}
    if any(column.meaning is Meaning.CONNECTED for column in found.columns):
        return ContactFormat.LINKEDIN, f"it has a column “{_of(found, Meaning.CONNECTED)}”"
    numbered = [c for c in title if " - " in c and headings.words(c)[-1:] in GOOGLES]
    if len(numbered) > 1 or {"group membership", "given name"} <= said:
        shown = numbered[0] if numbered else "Group Membership"
        return ContactFormat.GOOGLE, f"it has headings such as “{printable(shown, 40)}”"
    marks = [cell for cell in title if _is_outlooks(cell)]
    if len(marks) >= OUTLOOK_MARKS:
        return ContactFormat.OUTLOOK, f"it has headings such as “{printable(marks[0], 40)}”"
    if not found.has_headings:
        return ContactFormat.CSV, "it is a table without headings; I went by its contents"
    return ContactFormat.CSV, "it is a table of no program I know; I went by its headings"


def _is_outlooks(cell: str) -> bool:
    """Phones and addresses told apart as business and private ones, types of mail addresses."""
    meaning = headings.meaning(cell)
    is_split = meaning in {Meaning.PHONE, Meaning.FAX, Meaning.STREET, Meaning.CITY, Meaning.CODE}
    of = frozenset(headings.words(cell))
    is_type = bool(of & headings.MAIL) and meaning is Meaning.IGNORED
    return (is_split and headings.kind(cell) in {"work", "home"}) or is_type


def _of(found: Headed, meaning: Meaning) -> str:
    columns: Sequence[Column] = found.columns
    return next(column.heading for column in columns if column.meaning is meaning)
