"""Introductions the owner might make: numbered, with what each of the two would gain."""

from mailflow.measuring.summary_words import command, joined, name, text
from mailflow.model.contact import Contact
from mailflow.model.suggestion import Offer, Suggestion
from mailflow.model.summary import Line, Section, SummaryFacts

REASON = 200
"""Characters of a reason that a line shows."""


def offers(
    facts: SummaryFacts, after: int
) -> tuple[Section | None, tuple[tuple[int, Suggestion], ...]]:
    """The section, and the suggestion behind each number; they count on from `after`."""
    if not facts.offers:
        return None, ()
    numbered = tuple(enumerate(facts.offers, after + 1))
    lines = tuple(_line(number, offer) for number, offer in numbered)
    section = Section("offers", "You could introduce", lines, _hint([n for n, _ in numbered]))
    return section, tuple((number, offer.suggestion) for number, offer in numbered)


def _line(number: int, offer: Offer) -> Line:
    told = offer.suggestion
    gains = [f"{text(why, REASON)}." for why in (told.why_first, told.why_second) if why]
    if not told.is_mutual:
        lost = offer.second if told.why_first else offer.first
        gains.append(f"What {_first(lost)} would gain, you would have to tell me.")
    return Line(
        who=joined([name(offer.first.label), name(offer.second.label)]),
        text=gains[0],
        number=number,
        reason=" ".join(gains[1:]),
    )


def _first(contact: Contact) -> str:
    return name(contact.given or contact.label)


def _hint(numbers: list[int]) -> str:
    begin, drop = command(f"ok {numbers[0]}"), command(f"skip {numbers[-1]}")
    return (
        f"Answer with {begin} to begin one: I draft the question to the first of the two, and "
        f"nothing goes out before you approve it. {drop} drops that pair for a year."
    )
