"""An introduction the owner might make, found in what two contacts want and offer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailflow.model.contact import Band, Contact

Pair = tuple[int, int]
"""Two contacts by number, the smaller first."""


def pair_of(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


class Decided(StrEnum):
    """What the owner said to a suggestion."""

    BEGUN = "begun"  # the introduction was started
    DECLINED = "declined"  # not this pair, for a year


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contact as suggestions see it; private notes are not among it.

    `domains` are those of the addresses, folded. `band` is None when warmth was never measured;
    `is_scored` False when the owner wants no score of this person.
    """

    id: int
    name: str = ""
    given: str = ""
    title: str = ""
    org: str = ""
    wants: str = ""
    offers: str = ""
    tags: tuple[str, ...] = ()
    event: str = ""
    postal: str = ""
    domains: frozenset[str] = frozenset()
    band: Band | None = None
    is_scored: bool = True
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """What stands against pairs: `barred` contacts are never suggested, `busy` ones not now.

    `apart` are the pairs that were introduced, asked or suggested lately, that know each other
    or that the owner declined.
    """

    barred: frozenset[int] = frozenset()
    busy: frozenset[int] = frozenset()
    apart: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two contacts and what each would gain, in words that give away nothing but what the other
    wants, offers and does. An empty reason means that none was found; the owner is asked for it.

    `first` has more to lose and would be asked first. `merit` only orders suggestions.
    """

    first: int
    second: int
    why_first: str
    why_second: str
    merit: float = 0.0

    @property
    def pair(self) -> Pair:
        return pair_of(self.first, self.second)

    @property
    def is_mutual(self) -> bool:
        """Whether both would gain."""
        return bool(self.why_first and self.why_second)


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion with its two people, as the summary shows it."""

    first: Contact
    second: Contact
    suggestion: Suggestion
