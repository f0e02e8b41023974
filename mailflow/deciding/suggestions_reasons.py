"""What one would gain from the other, in words that may be read by them: no names, no companies."""

from mailflow.deciding.suggestions_words import WORD, employer
from mailflow.model.suggestion import Candidate
from mailflow.model.text import folded, printable

MAX_WANT, MAX_ANSWER = 12, 14
"""Words of each that a reason quotes; an ask has ninety in all."""

LEADS = tuple(
    f"{lead} "
    for lead in (
        "an introduction to", "an intro to", "introductions to", "intros to", "intro to",
        "introduction to", "to be introduced to", "contact with", "contacts to", "to get to know",
        "to find", "to meet with", "to meet", "to know", "to talk to", "meeting", "looking for",
        "help finding", "help to find",
    )
)  # fmt: skip
"""What stands before the thing itself when somebody says what he wants, folded."""

ABLE = frozenset({"can", "could", "will", "is", "has", "knows", "runs", "does"})
"""A first word after which an offer is a predicate: "can review decks"."""


def reason(want: str, field: str, answer: str, gainer: Candidate, giver: Candidate) -> str:
    """Why the gainer would want to meet the giver, as the line `introduce` takes.

    It speaks of the gainer by name, as the owner would note it, and a mail turns that into "you".
    Words that name the giver or the giver's company are left out, except those the gainer asked
    for.
    """
    looking, who = _looking(_short(want, MAX_WANT)), _who(field, answer, giver, want)
    return f"{gainer.given or gainer.name} is {looking}, and this is somebody {who}"


def _looking(want: str) -> str:
    lead = next((lead for lead in LEADS if folded(want).startswith(lead)), "")
    rest = want[len(lead) :] if len(folded(want)) == len(want) else want
    first = rest.partition(" ")[0]
    if first.endswith("ing") and len(first) > len("thing"):
        return rest
    return f"looking {rest}" if first == "to" else f"looking for {rest}"


def _who(field: str, answer: str, giver: Candidate, want: str) -> str:
    text = _short(answer, MAX_ANSWER)
    if field == "org":
        return "who works there"
    if _names(text, giver, want):
        return "who may be just right"
    if field == "title":
        return f"who works as {text}"
    if field == "tags":
        return f"from the world of {text.replace('-', ' ').replace('_', ' ')}"
    return f"who {text}" if text.partition(" ")[0] in ABLE else f"who offers {text}"


def _names(text: str, giver: Candidate, want: str) -> bool:
    """Whether the text tells who the giver is by a word that the gainer did not use."""
    words = set(WORD.findall(folded(text))) - set(WORD.findall(folded(want)))
    names = {word for word in WORD.findall(folded(giver.name)) if len(word) > 1}
    is_company = bool(employer(giver.org)) and employer(giver.org) <= words
    at_domain = {domain.partition(".")[0] for domain in giver.domains}
    return bool(words & names) or is_company or bool(words & at_domain) or "@" in text


def _short(text: str, words: int) -> str:
    return printable(" ".join(text.split()[:words])).rstrip(" ,;:.!?")
