"""The people a file may be about: found by address, profile, name and employer, or phone."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailflow.model.address import Address
from mailflow.model.card import Card
from mailflow.model.imports import ReadPerson
from mailflow.store.chunks import chunks
from mailflow.store.folding import fold
from mailflow.store.inserts import table_of
from mailflow.store.merging import Read, merge
from mailflow.store.past_people import contacts_of_keys
from mailflow.store.tables import CardEntry, ContactEntry, FieldEntry

CARDS, CONTACTS, FIELDS = map(table_of, (CardEntry, ContactEntry, FieldEntry))
SOURCE = "contacts "
"""How the source of an imported card begins; the digest of what it says follows."""

PROFILES = ("linkedin.com/in/", "xing.com/profile/")
"""Addresses of pages that are about one person."""


NAMESAKES = 50
"""People of one name among whom one is looked for."""

Index = dict[str, dict[int, None]]


@dataclass(slots=True)
class Someone:
    """A person as they stand while a file is taken in: `row` is what is known, by the columns of a
    contact, and no part of any session. `number` is the contact's, below zero for one who is new.
    `mails` are the keys of their addresses as far as they are known here."""

    number: int
    row: Any
    readings: list[Read] = field(default_factory=list)
    mails: set[str] = field(default_factory=set)

    @property
    def is_new(self) -> bool:
        return self.number < 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of a file, with what each step asks for again and again."""

    card: Card
    line: int
    source: str
    addresses: tuple[Address, ...]


def candidate(person: ReadPerson) -> Candidate:
    """The person with the source of their card and each of their addresses once."""
    card = person.card
    read = (Address.maybe(reading.value) for reading in card.emails)
    addresses = tuple(dict.fromkeys(address for address in read if address is not None))
    return Candidate(card, person.line, source_of(card), addresses)


def source_of(card: Card) -> str:
    """What names a card by what it says, wherever it stood: the same row twice is one."""
    said = [
        *(reading.value if reading else "" for reading in (card.name, card.title, card.org)),
        card.given, card.family, card.postal, card.notes, card.tags, card.urls,
        [reading.value for reading in card.emails],
        [phone.e164 or phone.written for phone in card.phones],
        [fax.e164 or fax.written for fax in card.faxes],
    ]  # fmt: skip
    return SOURCE + hashlib.sha256(json.dumps(said).encode()).hexdigest()


class Known:
    """Everybody the owner knows, as far as the cards of one file may be about them."""

    def __init__(self, s: Session, owner_id: int, people: Sequence[Candidate]) -> None:
        self._people: dict[int, Someone] = {}
        self._by_name: Index = defaultdict(dict)
        self._by_profile: Index = defaultdict(dict)
        self._by_phone: Index = defaultdict(dict)
        self.sources = _sources(s, owner_id, {person.source for person in people})
        asked = [person for person in people if person.source not in self.sources]
        keys = {address.key for person in asked for address in person.addresses}
        self.holders = contacts_of_keys(s, owner_id, keys)
        self._index(s, owner_id, [person.card for person in asked])

    def someone(self, person: Candidate) -> Someone | None:
        """Who the card is about.

        1. Who has one of its addresses. 2. Whose profile page it names. 3. The only one of that
        name and organisation. 4. One of that name and phone number. 5. One of that name whom it
        says nothing new about. Where both have addresses of this very file, they are two.
        """
        for address in person.addresses:
            if address.key in self.holders:
                return self._people[self.holders[address.key]]
        card = person.card
        profiles = set(_profiles(card.urls))
        for profile in profiles:
            if found := self._by_profile.get(profile):
                return self._people[next(iter(found))]
        name = fold(card.name.value) if card.name else ""
        if not name:
            return None
        alike = [
            each
            for number in islice(self._by_name.get(name, ()), NAMESAKES)
            if self._may_be(each := self._people[number], card, profiles)
        ]
        return _of_employer(alike, card) or self._of_phone(alike, card) or _nothing_new(alike, card)

    def add(self, someone: Someone) -> None:
        """Somebody new, or with something new: the rest of the file may be about them too."""
        number = someone.number
        self._people[number] = someone
        for key in someone.mails:
            self.holders.setdefault(key, number)
        row = someone.row
        _put(self._by_name, fold(row.name), number)
        for profile in _profiles(row.urls):
            _put(self._by_profile, profile, number)
        for phone in row.phones:
            _put(self._by_phone, phone["e164"], number)

    def _may_be(self, person: Someone, card: Card, profiles: set[str]) -> bool:
        theirs = set(_profiles(person.row.urls))
        if theirs and profiles and not theirs & profiles:
            return False
        return not (person.is_new and person.mails and card.emails)

    def _of_phone(self, alike: Sequence[Someone], card: Card) -> Someone | None:
        numbers = {n for phone in card.phones for n in self._by_phone.get(phone.e164, ())}
        return next((person for person in alike if person.number in numbers), None)

    def _index(self, s: Session, owner_id: int, cards: Sequence[Card]) -> None:
        """Read the whole row of everybody a card may be about, and of nobody else."""
        names = {fold(card.name.value) for card in cards if card.name}
        profiles = {profile for card in cards for profile in _profiles(card.urls)}
        wanted = set(self.holders.values())
        statement = select(CONTACTS.c.id, CONTACTS.c.folded_name, CONTACTS.c.urls)
        for row in s.execute(statement.where(CONTACTS.c.owner_id == owner_id)):
            if row.folded_name in names or (row.urls and profiles & set(_profiles(row.urls))):
                wanted.add(row.id)
        for some in chunks(sorted(wanted)):
            for someone in _read(s, owner_id, some):
                self.add(someone)


def _of_employer(alike: Sequence[Someone], card: Card) -> Someone | None:
    org = fold(card.org.value) if card.org else ""
    same = [person for person in alike if org and fold(person.row.org) == org]
    return same[0] if len(same) == 1 else None


def _nothing_new(alike: Sequence[Someone], card: Card) -> Someone | None:
    if card.emails:
        return None
    for person in alike:
        merged = merge(person.row, person.readings, card)
        if not merged.changed and not merged.kept:
            return person
    return None


def _read(s: Session, owner_id: int, ids: Sequence[int]) -> Iterator[Someone]:
    """Contacts with their readings, out of any session: what is tried on them is not written."""
    readings: dict[int, list[Read]] = defaultdict(list)
    asked = select(FIELDS.c.contact_id, FIELDS.c.field, FIELDS.c.value, FIELDS.c.confidence)
    for pk, *read in s.execute(
        asked.where(FIELDS.c.owner_id == owner_id, FIELDS.c.contact_id.in_(ids))
    ):
        readings[pk].append(Read(*read))
    themselves = (CONTACTS.c.owner_id == owner_id, CONTACTS.c.id.in_(ids))
    for row in s.execute(select(CONTACTS).where(*themselves)):
        yield Someone(row.id, SimpleNamespace(**row._mapping), readings[row.id])


def _sources(s: Session, owner_id: int, sources: Iterable[str]) -> dict[str, int]:
    """Cards that were saved before, with whose they were."""
    found: dict[str, int] = {}
    for some in chunks(sorted(sources)):
        rows = s.execute(
            select(CARDS.c.source, CARDS.c.contact_id).where(
                CARDS.c.owner_id == owner_id, CARDS.c.source.in_(some)
            )
        )
        found |= {row.source: row.contact_id for row in rows}
    return found


def _profiles(urls: Iterable[str]) -> Iterator[str]:
    for url in urls:
        bare = url.casefold().partition("://")[2] or url.casefold()
        path = bare.removeprefix("www.").partition("?")[0].rstrip("/")
        if path.startswith(PROFILES):
            yield path


def _put(index: Index, key: str, number: int) -> None:
    if key:
        index[key][number] = None
