"""The sentences and ready answers by which the owner learns of an introduction."""

from datetime import datetime

from mailflow.deciding.introductions_turn import Turn
from mailflow.model.answer import Answer, Say
from mailflow.model.introduction_events import Answered
from mailflow.model.text import printable

MAX_QUOTE = 300

ON_WORDS = (
    ("counts as yes", "and I go on as after a plain yes"),
    ("counts as no", "and it ends; the other side learns nothing"),
    ("ask again: your words", "and I ask once more, with your words, which you see first"),
)
"""Ready answers to words that are no plain yes, no or later."""

ON_LATE_YES = (
    ("counts as yes", "and I go on where it had stopped"),
    ("counts as no", "and it stays ended"),
)
ON_QUIET = (
    ("they are in touch", "and I ask in three weeks what came of it"),
    ("no word yet", "and I wait and ask you once more"),
    ("nothing came of it", "and it is closed"),
)
ON_OUTCOME = (
    ("it helped: what came of it", "and I keep that in your words"),
    ("they met", "and I keep that"),
    ("nothing came of it", "and it is closed"),
    ("do not know", "and it is closed without a word"),
)

DOUBTS = {
    Say.CONDITIONAL: "ties it to a condition",
    Say.QUESTION: "asks something back",
    Say.AMBIGUOUS: "is no plain yes or no",
}


def pair(turn: Turn) -> str:
    """How the owner reads which introduction it is."""
    first, second = (turn.name(side.contact_id) for side in turn.introduction.sides)
    return f"The introduction of {first} and {second}"


def lowered(text: str) -> str:
    """A sentence as it goes on behind other words."""
    return text[:1].lower() + text[1:]


def why_held(turn: Turn, event: Answered) -> str:
    """Why the owner has to say what an answer means, as sentences."""
    name = turn.name(event.contact_id)
    if not event.is_from_asked:
        who = printable(event.sender, 120) or "another address"
        return f"{who} answered in place of {name}; I asked another address, so I count nothing."
    if event.in_copy:
        copied = ", ".join(printable(each, 80) for each in event.in_copy[:3])
        return f"{name} answered with {copied} in copy, so I leave it to you what that means."
    return f"{name} answered, and the answer {DOUBTS.get(event.answer.say, DOUBTS[Say.AMBIGUOUS])}."


def quoted(answer: Answer) -> str:
    """Their own words, on one line; the full stop is the sentence's that quotes them."""
    return printable(answer.words, MAX_QUOTE).removesuffix(".")


def on_day(at: datetime, turn: Turn) -> str:
    return f"{at.astimezone(turn.identity.zone):%-d %B %Y}"
