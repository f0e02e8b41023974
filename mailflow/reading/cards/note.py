"""What the owner wrote beside cards: for one contact its words, for all the event and the tags."""

from dataclasses import replace
from datetime import date

from mailflow.model.card import Card
from mailflow.model.closing import is_farewell, own_lines
from mailflow.model.policy import Identity
from mailflow.model.text import folded, printable
from mailflow.reading.cards import line, said
from mailflow.reading.cards.past_day import without_date

MAX_NOTES = 2000
MET = ("met", "we met", "i met", "just met", "talked to", "spoke with")
WHOM = frozenset(["her", "him", "them", "both"])
PLACES = ("at ", "@ ", "during ", "after ")
IN_AN_EVENT = 5
"""Words of a place that may be an event's name."""


def own_note(note: str, identity: Identity) -> str:
    """The owner's words above a card, without their farewell, name and signature."""
    kept: list[str] = []
    for text in own_lines(note):
        is_name = folded(text.strip(" -–—")) == folded(identity.name)
        if is_name or is_farewell(text) or is_farewell(text.partition(",")[0]):
            break
        kept.append(text)
    return "\n".join(kept).strip()


def noted(found: list[Card], note: str, today: date, problems: list[str]) -> list[Card]:
    """The cards with the owner's note: event, day and tags for all, its words for the one contact
    it can be about. `today` is the owner's day, from which "yesterday" is counted back."""
    event, tags = line.marks(note)
    words = [w for w in map(str.strip, note.splitlines()) if w]
    parts = said.parted(piece for text in words for piece in _without_marks(text).split(";"))
    place, met_on = _met(words, today)
    out = [
        replace(line.marked(card, event or place, tags), met_on=card.met_on or met_on)
        for card in found
    ]
    has_words = any((parts.notes, parts.wants, parts.offers, parts.promised))
    if len(out) == 1:
        only = out[0]
        out = [
            replace(
                only, wants=parts.wants, offers=parts.offers, promised=parts.promised,
                notes="; ".join(filter(None, [parts.notes, only.notes]))[:MAX_NOTES],
            )
        ]  # fmt: skip
    elif has_words and len(out) > 1:
        problems.append(
            "I could not tell whom your note is about, so I kept it with none of them: "
            f"“{printable(parts.notes or parts.wants or parts.promised, 120)}”."
        )
    return out


def _met(words: list[str], today: date) -> tuple[str, date | None]:
    """Where and when, from a note that begins with it: "met her yesterday at the PyCon dinner"."""
    for text in words:
        lowered = text.lower()
        lead = next((lead for lead in MET if lowered.startswith(f"{lead} ")), None)
        if lead is None:
            continue
        clause = text[len(lead) :].partition(",")[0].partition(";")[0].partition(". ")[0]
        told = [w for w in clause.strip(" .").split() if w.lower() not in WHOM]
        clause, met_on = without_date(" ".join(told), today)
        for count in (1, 2, 3):  # "met her last Tuesday at …"
            first, on = without_date(" ".join(told[:count]), today)
            if not first and on is not None:
                clause, met_on = " ".join(told[count:]), on
        for lead in PLACES:
            if clause.lower().startswith(lead):
                place = clause[len(lead) :].strip()
                is_name = any(w[:1].isupper() for w in place.split())
                if is_name and len(place.split()) <= IN_AN_EVENT:
                    return printable(place, 80), met_on
        return "", met_on
    return "", None


def _without_marks(text: str) -> str:
    """The line without `@EVENT` and its year, and without `#tag`s."""
    kept: list[str] = []
    after_event = False
    for word in text.split():
        is_mark = word[0] in "@#" and len(word) > 1
        if not is_mark and not (after_event and word.strip(".,;:").isdecimal()):
            kept.append(word)
        after_event = word[0] == "@"
    return " ".join(kept)
