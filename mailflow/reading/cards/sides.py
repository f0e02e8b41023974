"""Several pictures of one mail: front and back of a card are one person, two cards are two."""

from collections.abc import Iterable, Sequence

from mailflow.model.address import Address
from mailflow.model.card import Card
from mailflow.model.text import folded
from mailflow.reading.cards import judge, merge, person

AGREES = 0.7
"""How well a name has to fit the local part of an address to stand on the same card."""


def joined(pictures: Sequence[Sequence[Card]]) -> list[Card]:
    """The people on pictures given in the mail's order, each picture with the cards seen on it.

    1. Who has the same address or the same name on two pictures is one person.
    2. A picture that shows one card without a name, or without an address, is the other side of
       the card on the picture before it, or after it, when nothing speaks against it.
    """
    kept: list[tuple[int, Card]] = []
    for number, cards in enumerate(pictures):
        for card in cards:
            at = next((i for i, (_, known) in enumerate(kept) if _is_same(known, card)), None)
            if at is None and len(cards) == 1:
                at = _front_of(kept, number, card)
            if at is None:
                kept.append((number, card))
            else:
                kept[at] = (kept[at][0], merge.merged([kept[at][1], card]))
    return [card for _, card in kept]


def _is_same(a: Card, b: Card) -> bool:
    if _addresses(a) & _addresses(b):
        return True
    if a.name is None or b.name is None:
        return False
    first, second = (set(folded(c.name.value).split()) for c in (a, b) if c.name is not None)
    return len(first) > 1 and first == second


def _front_of(kept: Sequence[tuple[int, Card]], number: int, card: Card) -> int | None:
    """Where the only card of the picture before stands, if this is its other side."""
    before = [i for i, (of, _) in enumerate(kept) if of == number - 1]
    return before[0] if len(before) == 1 and _completes(kept[before[0]][1], card) else None


def _completes(a: Card, b: Card) -> bool:
    """Whether one has what the other lacks, and they do not contradict each other."""
    if a.name is not None and b.name is not None:
        return False
    if a.emails and b.emails:
        return bool(_domains(a) & _domains(b))
    named, other = (a, b) if a.name is not None else (b, a)
    if named.name is not None and other.emails and not named.emails:
        fits = (person.agreement(named.name.value, each) for each in _parsed(other))
        return max(fits, default=0.0) >= AGREES or _is_company(named, other)
    return True


def _is_company(named: Card, other: Card) -> bool:
    """The company on one side is the domain on the other."""
    return named.org is not None and any(
        judge.fits(named.org.value, each.domain) for each in _parsed(other)
    )


def _addresses(card: Card) -> set[str]:
    return {reading.value.casefold() for reading in card.emails}


def _domains(card: Card) -> set[str]:
    return {each.domain.casefold() for each in _parsed(card)}


def _parsed(card: Card) -> Iterable[Address]:
    found = (Address.maybe(reading.value) for reading in card.emails)
    return [address for address in found if address is not None]
