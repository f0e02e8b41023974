"""The country of a card, as its numbers, address, domains, words and names tell it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailflow.reading.cards import phones, picture_language, places
from mailflow.reading.cards.picture_pieces import Parts

MAX_REGIONS = 4
MAX_GUESSED = 2
AMERICAN = frozenset(["US", "CA", "PR", "JM", "TT", "BS", "BB", "DO"])
GROUPED = frozenset(
    ["999-999-9999", "(999) 999-9999", "999.999.9999", "(999)999-9999", "(999) 999.9999"]
)
"""How numbers are grouped in North America and hardly anywhere else."""
SPACED = "999 999 9999"


@dataclass(frozen=True, slots=True)
class Home:
    """The regions (ISO 3166) in which a card's numbers may be dialled, likeliest first.
    `is_told` when the card tells the first, and it is not only the owner's own. `country` is what
    its address, its domains or most of its numbers tell, `guess` where its names are at home;
    either may be empty."""

    regions: tuple[str, ...]
    is_told: bool
    country: str = ""
    guess: str = ""

    @property
    def culture(self) -> str:
        """The region whose names and letters the card has, as far as can be told."""
        return self.regions[0] if self.is_told or not self.guess else self.guess


def home(parts: Sequence[Parts], hosts: Iterable[str], own: str) -> Home:
    """Where the card is at home: its numbers with a country code, its address, its domains, its
    cities and letters; else the owner's `own` region."""
    dialled = (run.text for part in parts for run in part.runs)
    spoken = [code for text in dialled if is_international(text) and (code := _region(text))]
    texts = [piece.text for part in parts for piece in part.texts]
    placed = list(places.regions(texts, hosts))
    common = Counter(spoken).most_common(1)
    country = next(iter(placed), common[0][0] if common and common[0][1] > 1 else "")
    spoken += placed
    american = own if own in AMERICAN else "US"
    shapes = (_shape(run.text) for part in parts for run in part.runs)
    spoken += [american for s in shapes if s in GROUPED or (own in AMERICAN and s == SPACED)]
    spoken += picture_language.regions(part.line.text for part in parts)
    found_in = tuple(dict.fromkeys(spoken))[:MAX_REGIONS]
    guessed = picture_language.homes(texts)[:MAX_GUESSED]
    return Home(
        tuple(dict.fromkeys([*found_in, own, *guessed])),
        bool(found_in),
        country,
        next(iter(guessed), ""),
    )


def _shape(text: str) -> str:
    """How a number is grouped: `1-800-555-0199` gives 999-999-9999."""
    plain = text.strip().removeprefix("1-").removeprefix("1 ").removeprefix("1.")
    return "".join("9" if c.isdigit() else c for c in plain)


def is_international(text: str) -> bool:
    return text.startswith(("+", "(+", "00", "(00"))


def _region(text: str) -> str:
    return phones.region((), (), [text.replace("(O)", "(0)")], "")
