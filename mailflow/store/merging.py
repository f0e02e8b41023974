"""What a card adds to what is known of a person, field by field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from mailflow.model.card import UNSURE_BELOW, Card, Phone, Reading
from mailflow.model.field_words import in_words
from mailflow.store.columns import Json
from mailflow.store.folding import fold
from mailflow.store.rows import phone_kept
from mailflow.store.tables import ContactEntry, FieldEntry

STAYING = ("title", "org", "postal", "through")
"""The first sure value stays; another one is a doubt."""

NEWEST = ("event", "met_on")
"""The latest meeting is the one the next mail speaks of."""

GROWING = ("notes", "wants", "offers", "promised")
"""The owner's own words: added to, never replaced."""

MAX_DOUBTS = 12


MAX_NUMBER = 60


class Read(NamedTuple):
    """A reading of one field, as far as merging asks for it."""

    field: str
    value: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Kept:
    """A field that stayed as it was, and what the new card has instead."""

    field: str
    present: str
    new: str

    def said(self, by: str) -> str:
        """The sentence for the owner; `by` is what says otherwise, such as "this card"."""
        what = in_words(self.field)
        return f"Their {what} was “{self.present}”, {by} says “{self.new}”; kept as it was."


@dataclass(slots=True)
class Merged:
    """What to write, which fields that changes, and what differs and was kept."""

    values: dict[str, Any] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    added_tags: tuple[str, ...] = ()

    def put(self, name: str, value: object) -> None:
        self.values[name] = value
        self.changed.append(name)


def readings(card: Card) -> list[tuple[str, Reading]]:
    """Every field of a card that says something, as (name, reading)."""
    found = [("name", card.name), ("title", card.title), ("org", card.org)]
    read = [(name, reading) for name, reading in found if reading is not None and reading.value]
    read += [("email", reading) for reading in card.emails]
    plain = ("given", "family", "postal", "event", "notes", "wants", "offers", "promised")
    for name in (*plain, "through", "form"):
        if value := getattr(card, name):
            read.append((name, Reading(value)))
    if card.met_on:
        read.append(("met_on", Reading(card.met_on.isoformat())))
    numbers = [("phone", phone) for phone in card.phones] + [("fax", fax) for fax in card.faxes]
    read += [
        (
            name,
            Reading(
                (each.e164 or each.written)[:MAX_NUMBER], each.confidence, each.source, each.doubt
            ),
        )
        for name, each in numbers
    ]
    read += [("url", Reading(url)) for url in card.urls]
    return read + [("tag", Reading(tag)) for tag in card.tags]


def new_values(card: Card, now: datetime) -> dict[str, Any]:
    """A contact's row, from its first card; due now."""
    name = _value(card.name)
    return {
        "name": name,
        "given": card.given,
        "family": card.family,
        "folded_name": fold(name),
        "folded_given": fold(card.given),
        "title": _value(card.title),
        "org": _value(card.org),
        "phones": [phone_kept(phone) for phone in card.phones],
        "urls": card.urls,
        "postal": card.postal,
        "is_focus": False,
        "is_scored": True,
        "event": card.event,
        "tags": card.tags,
        "met_on": card.met_on,
        "notes": card.notes,
        "wants": card.wants,
        "offers": card.offers,
        "promised": card.promised,
        "through": card.through,
        "form": card.form,
        "doubts": card.doubts[:MAX_DOUBTS],
        "created_at": now,
        "due_at": now,
        "is_warmth_stale": False,
    }


def merge(row: ContactEntry, kept: Iterable[FieldEntry | Read], card: Card) -> Merged:
    """What the card changes of the contact. `kept` are the readings its values came from."""
    merged = Merged()
    sure = _confidences(kept)
    _merge_name(merged, row, card, sure)
    for name in STAYING:
        _stay(merged, name, getattr(row, name), _reading(getattr(card, name)), sure)
    for name in NEWEST:
        if (new := getattr(card, name)) and new != getattr(row, name):
            merged.put(name, new)
    for name in GROWING:
        _grow(merged, name, getattr(row, name), getattr(card, name))
    _unite(merged, row, card)
    if not row.form and card.form:
        merged.values["form"] = card.form
    doubts = tuple(dict.fromkeys((*row.doubts, *card.doubts)))
    if doubts != row.doubts:
        merged.values["doubts"] = doubts[-MAX_DOUBTS:]
    return merged


def _merge_name(
    merged: Merged, row: ContactEntry, card: Card, sure: Mapping[tuple[str, str], float]
) -> None:
    """The parts of a name move together, so that no one is called by half of each."""
    _stay(merged, "name", row.name, card.name, sure)
    new_name = "name" in merged.values
    if not new_name and fold(row.name) != fold(_value(card.name)):
        return
    for name in ("given", "family"):
        part: str = getattr(card, name)
        if part and (new_name or not getattr(row, name)):
            merged.values[name] = part
    merged.values |= {
        f"folded_{name}": fold(merged.values[name])
        for name in ("name", "given")
        if name in merged.values
    }


def _stay(
    merged: Merged,
    name: str,
    present: str,
    new: Reading | None,
    sure: Mapping[tuple[str, str], float],
) -> None:
    if new is None or not new.value or fold(new.value) == fold(present):
        return
    was_unsure = sure.get((name, fold(present)), 1.0) < UNSURE_BELOW
    if not present or (was_unsure and not new.is_unsure):
        merged.put(name, new.value)
        return
    merged.kept.append(Kept(name, present, new.value))


def _grow(merged: Merged, name: str, present: str, new: str) -> None:
    if not new or fold(new) in fold(present):
        return
    joint = "\n" if name == "notes" else "; "
    merged.put(name, f"{present}{joint}{new}" if present else new)


def _unite(merged: Merged, row: ContactEntry, card: Card) -> None:
    for name in ("tags", "urls"):
        present: tuple[str, ...] = getattr(row, name)
        known = {fold(each) for each in present}
        more = [each for each in getattr(card, name) if fold(each) not in known]
        if more:
            merged.put(name, (*present, *more))
            merged.added_tags = tuple(more) if name == "tags" else merged.added_tags
    phones = _more_phones(row.phones, card.phones)
    if phones:
        merged.put("phones", [*row.phones, *phones])


def _more_phones(present: Sequence[Json], new: Sequence[Phone]) -> list[Json]:
    known = {phone["e164"] or phone["written"] for phone in present}
    return [phone_kept(phone) for phone in new if (phone.e164 or phone.written) not in known]


def _confidences(kept: Iterable[FieldEntry | Read]) -> dict[tuple[str, str], float]:
    """How sure each value is: as sure as the surest reading of it."""
    sure: dict[tuple[str, str], float] = {}
    for each in kept:
        key = (each.field, fold(each.value))
        sure[key] = max(sure.get(key, 0.0), each.confidence)
    return sure


def _reading(value: "Reading | str | None") -> Reading | None:
    return Reading(value) if isinstance(value, str) else value


def _value(reading: Reading | None) -> str:
    return reading.value if reading else ""
