"""A file of contacts as it was read, and what taking it in does, or would do."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailflow.model.card import Card


class ContactFormat(StrEnum):
    """Who wrote a file of contacts."""

    GOOGLE = "google"  # Google Contacts, “Google CSV”, its older and newer headings
    OUTLOOK = "outlook"  # Outlook's CSV, in the language of that Outlook
    LINKEDIN = "linkedin"  # Connections.csv of LinkedIn's data export
    VCARD = "vcard"  # RFC 6350 and the versions before it
    CSV = "csv"  # any table; its columns are guessed, or told by the owner


class Meaning(StrEnum):
    """What a column of a table holds of a person."""

    NAME = "name"
    GIVEN = "given"
    MIDDLE = "middle"
    FAMILY = "family"
    PREFIX = "prefix"  # Dr., Mrs.: left out of the name
    NICKNAME = "nickname"  # the name, where there is no other
    EMAIL = "email"
    PHONE = "phone"
    FAX = "fax"
    ORG = "org"
    TITLE = "title"
    URL = "url"
    POSTAL = "postal"  # a whole postal address
    STREET = "street"
    CITY = "city"
    STATE = "state"
    CODE = "code"
    COUNTRY = "country"
    TAGS = "tags"
    NOTES = "notes"
    CONNECTED = "connected"  # the day of a connection, kept as a note
    IGNORED = "ignored"  # known, and nothing to keep: birthdays, fields of the other program


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its number (from 0), its heading, what it holds.

    `group` ties the pieces of one postal address together; `kind` is that of a phone number.
    """

    number: int
    heading: str
    meaning: Meaning
    group: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """A person in a file, with the line they begin on (from 1)."""

    card: Card
    line: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row nobody is made of, or a part of one, with the reason in a sentence."""

    line: int
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class ContactsFile:
    """The people in a file. `evidence` says why it is held to be of that format; `columns` what
    each column of a table is taken for; `unknown` the headings that were not understood."""

    name: str
    format: ContactFormat
    evidence: str
    people: tuple[ReadPerson, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    columns: tuple[Column, ...] = ()
    unknown: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class Fate(StrEnum):
    """What becomes of a person in a file."""

    NEW = "new"  # nobody knew them
    MERGED = "merged"  # somebody known, who gains something
    UNCHANGED = "unchanged"  # somebody known, and nothing new about them


@dataclass(frozen=True, slots=True)
class Taken:
    """One person of a file as taken in: which fields that changed, and where the file says
    otherwise than what is known (the known stays)."""

    line: int
    label: str
    fate: Fate
    changed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    has_address: bool = True


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What taking a file in did, or would do; `number` is that of the import, None when there was
    nothing to bring or nothing was done."""

    people: tuple[Taken, ...]
    left_out: tuple[LeftOut, ...] = ()
    number: int | None = None

    def count(self, fate: Fate) -> int:
        return Counter(each.fate for each in self.people)[fate]

    @property
    def without_address(self) -> int:
        """How many of the new people have no mail address."""
        return sum(each.fate is Fate.NEW and not each.has_address for each in self.people)

    @property
    def conflicts(self) -> tuple[tuple[Taken, str], ...]:
        """Each difference with the person it is about."""
        return tuple((each, said) for each in self.people for said in each.conflicts)


@dataclass(frozen=True, slots=True)
class ContactImport:
    """A file that was taken in at `made_at` and maybe taken back at `undone_at` (aware UTC)."""

    number: int
    name: str
    format: ContactFormat
    new: int
    merged: int
    made_at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking an import back did: people gone, people who lost only what it brought, and what
    stays, as (who, why)."""

    gone: int
    reverted: int
    kept: tuple[tuple[str, str], ...] = ()
