"""What somebody gains, as the owner noted it, turned so that it can be said to them."""

from dataclasses import dataclass

from mailflow.model.contact import Contact
from mailflow.model.text import folded, printable

MAX_REASON = 400

WANTING = frozenset(
    ["needs", "need", "wants", "want", "looks", "look", "seeks", "seek", "would", "wishes", "hopes",
     "gains", "gains", "gets", "learns", "searches", "hires", "raises", "could", "is looking",
     "are looking", "is hiring", "are hiring", "is raising", "are raising", "is searching",
     "are searching", "has been looking", "have been looking", "is trying", "are trying",
     "wants to", "asked", "is after", "can use", "could use"]
)  # fmt: skip
"""How it goes on behind "she" when she is the one who gains; "he knows" speaks of the other."""

PRONOUNS = frozenset({"she", "he", "they"})
SUBJECTS = frozenset({"you", "both", "there", "it", "we", "i"}) | PRONOUNS
IRREGULAR = {"is": "are", "has": "have", "was": "were", "does": "do", "goes": "go"}
THIRD_PERSON = frozenset({"she", "he", "her", "him", "his", "hers", "himself", "herself"})


@dataclass(frozen=True, slots=True)
class Reason:
    """What somebody gains; exactly one is not empty.

    `because` fits behind "because" ("you need payroll data"), `chance` behind "a chance" ("to see
    how they did it"), `gain` stands by itself ("payroll data for the benchmark").
    """

    because: str = ""
    chance: str = ""
    gain: str = ""


def said_to(why: str, contact: Contact, other: Contact) -> Reason:
    """The owner's note on what `contact` gains from `other`, as one would say it to `contact`."""
    text = printable(why, MAX_REASON).rstrip(" .,;:!")
    for lead in ("because ", "that ", "since "):
        text = text[len(lead) :] if text.lower().startswith(lead) else text
    words = text.split()
    if not words:
        return Reason()
    if folded(words[0]) == "to":
        return Reason(chance=f"to {' '.join(words[1:])}")
    own = _named(words, contact)
    if own:
        return Reason(because=_to_you(words[own:]))
    if folded(words[0]) in PRONOUNS and _is_wanting(words[1:]):
        return Reason(because=_to_you(words[1:]))
    if folded(words[0]) in SUBJECTS:
        return Reason(because=f"{_lowered(words[0])} {' '.join(words[1:])}".strip())
    if (at := _named(words, other)) and at < len(words) and words[at][:1].islower():
        return Reason(because=text)
    return Reason(gain=text)


def speaks_of_them(reason: str) -> bool:
    """Whether a reason begins with "you" and goes on with "she" or "her", who may be the same."""
    words = [folded(word).strip(".,;:!?()'\"") for word in reason.split()]
    return words[:1] == ["you"] and bool(set(words) & THIRD_PERSON)


def _named(words: list[str], contact: Contact) -> int:
    """How many of the first words are the contact's name; 0 when none, or nothing follows."""
    name = folded(contact.name).split()
    head = [folded(word) for word in words]
    if name and head[: len(name)] == name and len(words) > len(name):
        return len(name)
    given = folded(contact.given) or (name[0] if name else "")
    return 1 if given and head[0] == given and len(words) > 1 else 0


def _is_wanting(words: list[str]) -> bool:
    plain = [folded(word) for word in words[:3]]
    return any(" ".join(plain[:count]) in WANTING for count in (1, 2, 3) if len(plain) >= count)


def _to_you(words: list[str]) -> str:
    """`needs data` as `you need data`."""
    verb, rest = words[0], words[1:]
    lowered = verb.lower()
    if lowered in IRREGULAR:
        verb = IRREGULAR[lowered]
    elif lowered.endswith(("shes", "ches", "sses", "xes", "zes")):
        verb = lowered[:-2]
    elif lowered.endswith("ies") and len(lowered) > 4:
        verb = f"{lowered[:-3]}y"
    elif lowered.endswith("s") and not lowered.endswith("ss"):
        verb = lowered[:-1]
    return " ".join(["you", verb, *rest])


def _lowered(word: str) -> str:
    return word if word == "I" else word.lower()
