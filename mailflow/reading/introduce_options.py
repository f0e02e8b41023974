"""The lines under `introduce A and B`: who asked for it, who is asked first, how each is shown."""

from dataclasses import dataclass

from mailflow.model.introduction import Naming
from mailflow.model.text import folded, printable

MAX_DESCRIPTOR = 100
MAX_LINE = 300
BULLETS = "-*•/ \t"
QUOTES = "\"'“”„«»‘’"

ASKED = ("asked for this", "asked for it", "asked me for this", "asked me for it", "wants this",
         "asked for the introduction", "asked for the intro", "asked me to introduce them",
         "requested this", "asked to be introduced", "asked for an introduction",
         "asked for an intro")  # fmt: skip
LEVELS = {
    "by name and link": Naming.NAME_AND_LINK,
    "by name with link": Naming.NAME_AND_LINK,
    "with name and link": Naming.NAME_AND_LINK,
    "by name": Naming.NAME,
    "with name": Naming.NAME,
    "by descriptor": Naming.DESCRIPTOR,
    "without name": Naming.DESCRIPTOR,
    "without a name": Naming.DESCRIPTOR,
}
LEADS = ("describe ", "show ", "present ")


@dataclass(frozen=True, slots=True)
class Option:
    """One such line; `side` is 0 or 1, None when it cannot be told which one is meant."""

    side: int | None
    has_asked: bool = False
    naming: Naming | None = None
    descriptor: str = ""
    goes_first: bool = False
    is_for_both: bool = False


def option(line: str, first: str, second: str) -> Option | None:
    """What the line asks for, if it is one of these and names one of the two; else None."""
    written = printable(line, MAX_LINE).strip(BULLETS).rstrip(" .!;")
    text = folded(written)
    if text.startswith("ask ") and text.endswith(" first"):
        who = text.removeprefix("ask ").removesuffix(" first")
        return (
            Option(_side(who, first, second), goes_first=True)
            if _is_one(who, first, second)
            else None
        )
    for phrase in ASKED:
        if text.endswith(f" {phrase}"):
            return _asked(text.removesuffix(f" {phrase}"), first, second)
    for phrase, naming in LEVELS.items():
        if text.endswith(f" {phrase}"):
            who = text.removesuffix(f" {phrase}").strip(" :,")
            if _is_one(who, first, second):
                return Option(_side(who, first, second), naming=naming)
    for lead in LEADS:
        if text.startswith(lead) and len(text) == len(written):
            written = written[len(lead) :]
    head, joint, tail = written.partition(" as ")
    if joint and tail.strip(QUOTES + " ") and _is_one(folded(head).strip(" :,"), first, second):
        descriptor = printable(tail, MAX_DESCRIPTOR).strip(QUOTES + " .")
        side = _side(folded(head).strip(" :,"), first, second)
        return Option(side, naming=Naming.DESCRIPTOR, descriptor=descriptor)
    return None


def begins_with_one(line: str, first: str, second: str) -> bool:
    """Whether a line starts with one of the two names, so that it must be about this."""
    head = folded(printable(line, MAX_LINE).strip(BULLETS)).replace(":", " ").split()[:1]
    return bool(head) and bool(
        {head[0], head[0].removesuffix("'s")} & (names_of(first) | names_of(second))
    )


def _asked(who: str, first: str, second: str) -> Option | None:
    who = who.strip(" :,")
    if who in {"both", "they both", "both of them"}:
        return Option(None, has_asked=True, is_for_both=True)
    return (
        Option(_side(who, first, second), has_asked=True) if _is_one(who, first, second) else None
    )


def names_of(who: str) -> set[str]:
    """The folded words by which that side may be called below: of an address also its local part's
    pieces."""
    words = set(folded(who).split())
    for word in tuple(words):
        if "@" in word:
            local = word.partition("@")[0]
            words |= {local, *local.replace(".", " ").replace("_", " ").replace("-", " ").split()}
    return words


def _is_one(who: str, first: str, second: str) -> bool:
    words = set(who.split())
    return bool(words) and (words <= names_of(first) or words <= names_of(second))


def _side(who: str, first: str, second: str) -> int | None:
    """Which of the two is called so; None when both could be."""
    words = set(who.split())
    fits = [side for side, name in enumerate((first, second)) if words <= names_of(name)]
    return fits[0] if len(fits) == 1 else None
