"""How long it takes to find whom to introduce to whom among 10,000 contacts."""

import random
import time
from datetime import UTC, datetime

from mailflow.deciding.suggestions import choose, rank
from mailflow.model.contact import Band
from mailflow.model.suggestion import Candidate, Ties
from mailflow.model.text import folded

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
PEOPLE, TRIES = 10_000, 5
LIMIT = 1.0
"""Seconds it may take."""

THINGS = (
    "payroll", "seed", "glass", "harbour", "valve", "climate", "falcon", "piano", "vaccine",
    "battery", "bakery", "freight", "wine", "museum", "drone", "textile", "timber", "sensor",
    "podcast", "theatre", "fishing", "hydrogen", "insurance", "robot", "school", "hospital",
)  # fmt: skip
DOINGS = (
    "investors", "designers", "lawyers", "customers", "pilots", "mentors", "exports", "research",
    "branding", "accounting", "licensing", "logistics", "recruiting", "speakers", "workshops",
    "translation", "maintenance", "forecasting", "safety", "pricing",
)  # fmt: skip


def crowd(count: int, *, rare: int) -> list[Candidate]:
    """Contacts of whom each wants two things and offers one; a few words are on everybody's lips,
    `rare` others on hardly anybody's."""
    draw = random.Random(7)
    words = [*THINGS, *DOINGS, *(f"{t}{d[:3]}{n}" for t in THINGS for d in DOINGS
                                 for n in range(max(1, rare // 520)))]  # fmt: skip
    shares = [1 / (place + 1) for place in range(len(words))]

    def phrase(length: int) -> str:
        return " ".join(draw.choices(words, shares, k=length))

    return [
        Candidate(
            number,
            f"Person {number}",
            title=phrase(1).title(),
            org=f"Company {number % 3000}",
            wants=f"{phrase(3)}; {phrase(2)}",
            offers=phrase(3),
            tags=(folded(phrase(1)),),
            domains=frozenset({f"company{number}.example"}),
            band=draw.choice((Band.COOL, Band.WARM, Band.CLOSE)),
        )
        for number in range(count)
    ]


def main() -> None:
    """A row for few common words and one for many rare ones; seconds of processor time."""
    for name, rare in (("few words", 520), ("many words", 5200)):
        people = crowd(PEOPLE, rare=rare)
        spent = []
        for _ in range(TRIES):
            began = time.process_time()
            chosen = choose(rank(people, NOW), Ties())
            spent.append(time.process_time() - began)
        best = min(spent)
        verdict = "met" if best < LIMIT else "missed"
        print(
            f"{len(chosen)} introductions among {PEOPLE:,}, {name}: {best:.2f} s "
            f"(under {LIMIT:.0f} s: {verdict}); both gain: {all(e.is_mutual for e in chosen)}"
        )


if __name__ == "__main__":
    main()
