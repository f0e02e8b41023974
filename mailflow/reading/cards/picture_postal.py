"""The postal address on a picture: its lines, in order."""

from collections.abc import Sequence

from mailflow.reading.cards import judge, places, postcodes
from mailflow.reading.cards.candidates import Candidate
from mailflow.reading.cards.picture_lines import Line, are_in_row, is_below
from mailflow.reading.cards.vocabulary import POSTAL

PART, STRONG = 0.5, 0.7
MAX_PARTS = 6
MIN_LETTERS = 3


def postal(rest: Sequence[Candidate], lines: Sequence[Line]) -> str:
    """The lines of the address that stand together, joined by commas; nothing where no line is one
    for certain. Of several addresses the first."""
    found = list(dict.fromkeys(rest))
    groups: list[list[Candidate]] = []
    for candidate in found:
        strength = _strength(candidate)
        near = bool(groups) and _is_near(groups[-1][-1], candidate, lines)
        if (strength >= PART and near and len(groups[-1]) < MAX_PARTS) or (
            near and _is_city(candidate) and _strength(groups[-1][-1]) >= PART
        ):
            groups[-1].append(candidate)
        elif strength >= PART:
            groups.append([candidate])
    for group in groups:
        if any(_strength(c) >= STRONG for c in group):
            return ", ".join(dict.fromkeys(_mended(c.text.strip(" ,;")) for c in group))
    return ""


def _mended(text: str) -> str:
    """The letter O in a postcode as the digit it is: `O6600`."""
    words = (w.replace("O", "0") if _is_code(w) else w for w in text.split())
    return " ".join(words)


def _is_code(word: str) -> bool:
    plain = word.strip(",.;").replace("O", "0")
    return len(plain) > 3 and plain.isdecimal() and any(c.isdigit() for c in word)


def _strength(candidate: Candidate) -> float:
    if sum(c.isalpha() for c in candidate.text) < MIN_LETTERS:
        return 0.0
    if candidate.label == POSTAL or postcodes.region(candidate.text):
        return 0.9
    return judge.postal(candidate.text)


def _is_city(candidate: Candidate) -> bool:
    """A line below a street that is a town's or a country's name and nothing else."""
    text = candidate.text
    words = text.replace(",", " ").split()
    is_known = bool(places.country(text)) or bool(places.city(text))
    return is_known and len(words) <= 4 and judge.title(text) < PART


def _is_near(a: Candidate, b: Candidate, lines: Sequence[Line]) -> bool:
    first, second = lines[a.line], lines[b.line]
    if a.line == b.line or is_below(first, second) or are_in_row(first, second):
        return True
    return b.line - a.line <= 2 and not first.has_place
