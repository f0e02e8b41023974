"""What the owner noted about a person: what they want, what they offer, what was promised."""

from collections.abc import Iterable
from dataclasses import dataclass

SAID = {
    "wants": "wants", "want": "wants", "needs": "wants", "looking for": "wants", "seeks": "wants",
    "asked for": "wants", "offers": "offers", "offer": "offers", "can offer": "offers",
    "promised": "promised", "i promised": "promised", "i owe": "promised", "promise": "promised",
}  # fmt: skip
"""How a note begins that is a wish, an offer or a promise, and the field it fills."""


@dataclass(frozen=True, slots=True)
class Said:
    """The notes of a line or beside a card, by what they are."""

    notes: str = ""
    wants: str = ""
    offers: str = ""
    promised: str = ""


def kind(piece: str) -> tuple[str, str] | None:
    """The field and the text of a note such as `wants intros`; None for another."""
    text = piece.strip()
    lowered = text.lower()
    for lead, kind in SAID.items():
        for subject in ("", "she ", "he ", "they "):
            start = subject + lead
            if lowered.startswith(start) and lowered[len(start) : len(start) + 1] in {" ", ":"}:
                return kind, text[len(start) :].strip(" :")
    return None


def _at_commas(text: str) -> list[str]:
    """`nice talk, wants our benchmark` parted where a comma is followed by a wish or an offer."""
    parts: list[str] = []
    for piece in text.split(","):
        if parts and kind(piece) is None:
            parts[-1] += f",{piece}"
        else:
            parts.append(piece)
    return parts


def parted(pieces: Iterable[str]) -> Said:
    """Notes parted into what they want, what they offer, what was promised, and the rest."""
    found: dict[str, list[str]] = {"notes": [], "wants": [], "offers": [], "promised": []}
    for piece in (part for whole in pieces for part in _at_commas(whole)):
        if piece.strip():
            name, text = kind(piece) or ("notes", piece.strip())
            found[name].append(text)
    return Said(**{name: "; ".join(texts) for name, texts in found.items()})
