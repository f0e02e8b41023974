"""What one card of a file does to one person, worked out before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from mailflow.model.address import Address
from mailflow.model.card import Card, Phone, Reading
from mailflow.model.contact import Tier
from mailflow.model.imports import Fate, Taken
from mailflow.store.columns import Json
from mailflow.store.folding import fold
from mailflow.store.import_known import Candidate, Known, Someone
from mailflow.store.merging import Merged, Read, merge, new_values, readings

LISTS = ("tags", "urls")
KEPT = ("name", "title", "org", "postal")
"""Fields of which a second value is kept as a reading, beside the one that counts."""

PARTS = ("given", "family", "folded_name", "folded_given")
"""What moves with a name."""


@dataclass(slots=True)
class Step:
    """One card taken in: whose it is, what it changes, what stays as evidence of it."""

    person: Candidate
    someone: Someone
    taken: Taken
    addresses: Sequence[Address] = ()
    brought: Json = field(default_factory=dict)
    readings: list[tuple[str, Reading]] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return self.taken.fate is Fate.UNCHANGED and not self.readings


def begin(known: Known, person: Candidate, number: int, now: datetime) -> Step:
    """Somebody new, on the shelf: nothing is due."""
    card, addresses = person.card, person.addresses
    values = {**new_values(card, now), "due_at": None, "tier": Tier.NONE}
    row = SimpleNamespace(**values)
    someone = Someone(number, row, mails={address.key for address in addresses})
    known.add(someone)
    told = {name: ["", values[name]] for name in ("name", "given", "family", "title", "org")}
    told |= {name: ["", values[name]] for name in ("postal", "notes")}
    brought: Json = {"fields": {name: pair for name, pair in told.items() if pair[1]}}
    brought |= {name: list(values[name]) for name in LISTS if values[name]}
    if values["phones"]:
        brought["phones"] = [_told(phone) for phone in values["phones"]]
    brought["addresses"] = [address.key for address in addresses]
    said = Taken(person.line, _label(card), Fate.NEW, has_address=bool(addresses))
    found = readings(card)
    someone.readings += _entries(found)
    return Step(person, someone, said, addresses, brought, found)


def add(known: Known, person: Candidate, someone: Someone) -> Step:
    """What the card adds to somebody known, whose values stay as they are."""
    row = someone.row
    card = replace(person.card, phones=_unknown(person.card.phones, row.phones))
    merged = merge(row, someone.readings, card)
    values = _values(merged)
    fresh = [a for a in person.addresses if a.key not in known.holders]
    strays = [
        f"{address} belongs to somebody else you know; it was left with them."
        for address in person.addresses
        if known.holders.get(address.key, someone.number) != someone.number
    ]
    brought = _brought(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    changed = [name for name in merged.changed if name in values]
    if fresh:
        brought["addresses"] = [address.key for address in fresh]
        changed.append("emails")
        someone.mails |= {address.key for address in fresh}
    conflicts = (*(each.said("the file") for each in merged.kept), *strays)
    kept = _kept(card, someone, brought, fresh)
    someone.readings += _entries(kept)
    if brought:
        known.add(someone)
    fate = Fate.MERGED if brought else Fate.UNCHANGED
    said = Taken(
        person.line, row.name or _label(card), fate, tuple(changed), conflicts,
        has_address=bool(person.addresses),
    )  # fmt: skip
    return Step(person, someone, said, fresh, brought, kept)


def _unknown(phones: Sequence[Phone], known: Sequence[Json]) -> tuple[Phone, ...]:
    """The numbers that are not known under another spelling."""
    spelt = {_digits(each[name]) for each in known for name in ("e164", "written")}
    return tuple(p for p in phones if not {_digits(p.e164), _digits(p.written)} & spelt - {""})


def _digits(number: str) -> str:
    return "".join(character for character in number if character.isdigit())


def _values(merged: Merged) -> dict[str, Any]:
    """What to write of what merging found: the parts of a name only with the name."""
    values = {name: merged.values[name] for name in merged.changed}
    if "name" in values:
        values |= {name: merged.values[name] for name in PARTS if name in merged.values}
    return values


def _brought(row: Any, values: dict[str, Any]) -> Json:
    """Texts as [before, after], lists by what is added to them."""
    brought: Json = {}
    for name, value in values.items():
        if name in LISTS:
            before = getattr(row, name)
            brought[name] = [each for each in value if each not in before]
        elif name == "phones":
            brought[name] = [_told(phone) for phone in value[len(row.phones) :]]
        elif name not in ("folded_name", "folded_given"):
            brought.setdefault("fields", {})[name] = [getattr(row, name) or "", value]
    return brought


def _kept(
    card: Card, someone: Someone, brought: Json, fresh: Sequence[Address]
) -> list[tuple[str, Reading]]:
    """The readings worth keeping: of what was brought, and of what contradicts what is known."""
    told = brought.get("fields", {})
    added = {
        "tag": set(brought.get("tags", ())),
        "url": set(brought.get("urls", ())),
        "phone": set(brought.get("phones", ())),
        "email": {str(address) for address in fresh},
    }
    seen = {(each.field, fold(each.value)) for each in someone.readings}
    found = []
    for name, reading in readings(card):
        is_rival = name in KEPT and fold(reading.value) != fold(getattr(someone.row, name))
        is_rival = is_rival and (name, fold(reading.value)) not in seen
        if name in told or reading.value in added.get(name, ()) or is_rival:
            found.append((name, reading))
    return found


def _entries(found: Sequence[tuple[str, Reading]]) -> list[Read]:
    return [Read(name, reading.value, reading.confidence) for name, reading in found]


def _told(phone: Json) -> str:
    return str(phone["e164"] or phone["written"])


def _label(card: Card) -> str:
    if card.name and card.name.value:
        return card.name.value
    return card.emails[0].value if card.emails else ""
