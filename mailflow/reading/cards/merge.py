"""Several readings of one person made one card: the surest wins, agreement strengthens, a
contradiction is said."""

from dataclasses import replace
from functools import reduce

from mailflow.model.card import Card, Phone, Reading
from mailflow.model.text import folded
from mailflow.reading.cards import person

RIVAL = 0.75
"""What is left of a field's confidence when equally good evidence says something else."""


def merged(cards: list[Card]) -> Card:
    """One card out of at least one, the strongest evidence first (a code before a vCard before a
    picture). Nothing is lost: addresses, numbers, links, tags and notes are joined."""
    return reduce(_two, cards)


def _two(a: Card, b: Card) -> Card:
    name = _field(a.name, b.name, "name")
    given, family = _parts(name, a, b)
    return replace(
        a,
        name=name,
        given=given,
        family=family,
        title=_field(a.title, b.title, "title"),
        org=_field(a.org, b.org, "company"),
        emails=_readings(a.emails, b.emails),
        phones=_phones(a.phones, b.phones),
        faxes=_phones(a.faxes, b.faxes),
        urls=_joined(a.urls, b.urls),
        postal=a.postal or b.postal,
        event=a.event or b.event,
        tags=_joined(a.tags, b.tags),
        notes=_texts(a.notes, b.notes),
        wants=_texts(a.wants, b.wants),
        offers=_texts(a.offers, b.offers),
        promised=_texts(a.promised, b.promised),
        through=a.through or b.through,
        met_on=a.met_on or b.met_on,
        problems=_joined(a.problems, b.problems),
        missed=_joined(a.missed, b.missed),
    )


def _parts(name: Reading | None, *cards: Card) -> tuple[str, str]:
    """Given and family name as the card that the name comes from has them."""
    for card in cards:
        if name is not None and card.name is not None and card.name.value == name.value:
            return card.given, card.family
    return person.split(name.value) if name is not None else ("", "")


def _field(a: Reading | None, b: Reading | None, what: str) -> Reading | None:
    """The surer reading; both together when they agree, in doubt when equally sure ones differ."""
    if a is None or b is None:
        return a or b
    if _same(a.value, b.value):
        longer = a if len(a.value) >= len(b.value) else b
        sure = 1 - (1 - a.confidence) * (1 - b.confidence)
        return replace(longer, confidence=sure, doubt="" if sure >= a.confidence else a.doubt)
    best, other = (a, b) if a.confidence >= b.confidence else (b, a)
    if best.confidence - other.confidence > 1 - RIVAL or what != "name":
        return best
    doubt = f"{other.source} says “{other.value}” where {best.source} says “{best.value}”."
    return replace(best, confidence=min(best.confidence, RIVAL), doubt=doubt)


def _same(a: str, b: str) -> bool:
    """Equal, or one has all words of the other: "Jane Roe" and "Dr. Jane Q. Roe"."""
    first, second = (set(folded(text).replace(".", "").split()) for text in (a, b))
    return first <= second or second <= first


def _readings(a: tuple[Reading, ...], b: tuple[Reading, ...]) -> tuple[Reading, ...]:
    kept: dict[str, Reading] = {}
    for reading in (*a, *b):
        key = reading.value.casefold()
        known = kept.get(key)
        kept[key] = reading if known is None else (_field(known, reading, "address") or known)
    return tuple(kept.values())


def _phones(a: tuple[Phone, ...], b: tuple[Phone, ...]) -> tuple[Phone, ...]:
    kept: dict[str, Phone] = {}
    for phone in (*a, *b):
        kept.setdefault(phone.e164 or "".join(c for c in phone.written if c.isdigit()), phone)
    return tuple(kept.values())


def _joined(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))


def _texts(a: str, b: str) -> str:
    return a if not b or b in a else "; ".join(filter(None, [a, b]))
