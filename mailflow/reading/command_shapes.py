"""What may stand behind a keyword: each shape reads the rest of the line into a command."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from mailflow.model import command as c
from mailflow.model.contact import Tier
from mailflow.model.interaction import Deed
from mailflow.model.text import folded, printable
from mailflow.model.when import day, duration_days, when
from mailflow.reading.names import one

Shape = Callable[[str, datetime, ZoneInfo], c.Command | str | None]
"""Takes what follows the keyword; gives the command, or the advice what to write instead, or None
when the line is prose after all."""

Found = TypeVar("Found")

MAX_WHO_WORDS = 6
MAX_TEXT = 2000

NOT_A_PERSON = frozenset(
    ["i", "me", "you", "he", "she", "it", "we", "us", "they", "them", "her", "him", "his", "my",
     "your", "our", "their", "this", "that", "these", "those", "the", "a", "an", "is", "are", "was",
     "were", "be", "do", "does", "did", "can", "could", "will", "would", "should", "not", "don't",
     "to", "on", "if", "when", "what", "how", "there", "here", "have", "has", "had", "with", "from",
     "about", "some", "any", "no", "so", "up", "out", "for", "at", "in", "time", "back", "more"]
)  # fmt: skip
"""Words that are in prose and in no name: a line with one where a person belongs is prose."""


def person(text: str) -> str | None:
    """A name or address that could be somebody's, on one printable line; else None."""
    who = printable(text).strip(" .,;:!?\"'“”")
    named = one(who) if "@" in who and " " in who else None
    if named is not None:
        return str(named.address)
    words = folded(who).split()
    if not words or len(words) > MAX_WHO_WORDS or set(words) & NOT_A_PERSON:
        return None
    return who if any(ch.isalpha() for ch in who) else None


def _named(rest: str) -> tuple[str | None, str, bool]:
    """`A: text` as who, text, and whether there was a colon."""
    head, colon, text = rest.partition(":")
    return person(head), printable(text, MAX_TEXT), bool(colon)


def log(deed: Deed, *, needs_text: bool) -> Shape:
    """`call A: …`; the text may be left out unless the deed is nothing without it."""

    def read(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
        for lead in ("with ", "to ", "from "):
            if rest.lower().startswith(lead):
                rest = rest[len(lead) :].lstrip()
        who, text, has_colon = _named(rest)
        if who is None:
            return "whom?" if has_colon or not rest else None
        if needs_text and not text:
            return "what was it?"
        return c.Log(who, deed, text)

    return read


def promise(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """`A: … by DATE`: the last `by` that a day follows."""
    who, text, has_colon = _named(rest)
    if who is None:
        return "whom?" if has_colon or not rest else None
    if not text:
        return "what did you promise?"
    words = text.split()
    for at in range(len(words) - 1, 0, -1):
        if words[at].lower() in {"by", "until", "before"}:
            due = day(" ".join(words[at + 1 :]), now.astimezone(zone).date())
            if due is not None:
                return c.Promise(who, " ".join(words[:at]).rstrip(" ,;"), due)
    return c.Promise(who, text)


def referral(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """`A: … [value 5000]`, with or without the brackets and a currency sign."""
    who, text, has_colon = _named(rest)
    if who is None:
        return "from whom?" if has_colon or not rest else None
    if not text:
        return "what came of it?"
    words = text.replace("[", " ").replace("]", " ").split()
    for at in range(len(words) - 1):
        if words[at].lower().rstrip(":") == "value":
            amount = _amount(words[at + 1])
            if amount is None:
                return "the value must be a whole number."
            return c.Referral(who, " ".join(words[:at] + words[at + 2 :]).strip(" ,;"), amount)
    return c.Referral(who, text)


def _amount(word: str) -> int | None:
    plain = word.strip("$€£.,;:'").replace(",", "").replace("'", "").replace("_", "")
    factor = 1000 if plain[-1:].lower() == "k" else 1
    plain = plain[:-1] if factor > 1 else plain
    return int(plain) * factor if plain.isascii() and plain.isdigit() and len(plain) < 13 else None


def done(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    word = rest.strip(" #.!")
    if word.isascii() and word.isdigit() and len(word) < 10:
        return c.Done(int(word))
    return "which one?" if len(rest.split()) < 2 else None


def every(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """`A 3w`: the longest tail that is a duration."""
    who, days = _tail(rest, duration_days)
    if days is not None:
        return c.Every(who, days) if who else "whom?"
    return "how often?" if person(rest) else None


def tier(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    words = rest.split()
    wanted = folded(words[-1]).strip(".!,") if words else ""
    if wanted in {level.value for level in Tier}:
        who = person(" ".join(words[:-1]).removesuffix(":").removesuffix("=").strip())
        return c.SetTier(who, Tier(wanted)) if who else "whom?"
    return "which tier?" if person(rest) or not rest else None


def pause(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """`A`, `A 2w`, `all until DATE`; without a time it is for good."""
    who, until = _tail(rest, lambda text: when(text, now, zone))
    if until is None:
        who = person(rest)
    if who is None:
        return "whom?" if until is not None or not rest else None
    is_all = folded(who) in {"all", "everything", "everyone", "everybody"}
    return c.Pause(None if is_all else who, until)


def _tail(rest: str, read: Callable[[str], Found | None]) -> tuple[str | None, Found | None]:
    """The words before, and the reading of, the longest tail that `read` understands."""
    words = rest.split()[: MAX_WHO_WORDS + 8]
    for at in range(len(words)):
        found = read(" ".join(words[at:]))
        if found is not None:
            return person(" ".join(words[:at]).removesuffix(":")), found
    return None, None


def about(make: Callable[[str], c.Command]) -> Shape:
    """A person and nothing else: `who A`, `forget A`."""

    def read(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
        plain = rest.removeprefix("is ").removeprefix("on ").strip()
        who = person(plain)
        if who is None:
            return "whom?" if not rest else None
        return make(who)

    return read


def alone(command: c.Command) -> Shape:
    """Nothing, or politeness: `undo`, `undo that please`."""

    def read(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
        polite = {"me", "please", "that", "it", "last", "thanks", "the", "commands", "again"}
        return command if {w.strip(".,!?") for w in folded(rest).split()} <= polite else None

    return read
