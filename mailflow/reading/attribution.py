"""Lines that introduce a quotation: “On Monday Jane wrote:” in any client's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailflow.reading.attribution_form import (
    MAX_NAME_WORDS,
    date_leads,
    has_date,
    has_verb,
    is_iso,
    judge,
    sender_in,
)
from mailflow.reading.attribution_words import INNER, LAST_WORDS, NO_SPACES, STARTS, TAILS

__all__ = ["Attribution", "find_at", "find_speaker", "place_within", "sender_in"]

MAX_LINES = 6
MAX_CHARS = 600
BLANKS = " \t\u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Spaces, and the marks that turn the direction of writing."""
DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Lines `start` to `end` (exclusive) introduce what follows; `text` is them joined.

    `is_sure` is false for one that only its place before a marked quotation makes credible.
    """

    start: int
    end: int
    text: str
    is_sure: bool = True


def find_at(lines: Sequence[str], at: int) -> Attribution | None:
    """The attribution that begins in line `at`, over up to six lines (one may be empty)."""
    first = lines[at].strip(BLANKS)
    if not first or len(first) > MAX_CHARS or not _may_begin(first):
        return None
    joined = ""
    blanks = 0
    has_clue = False
    for index in range(at, min(len(lines), at + MAX_LINES)):
        line = lines[index].strip(BLANKS)
        if not line:
            blanks += 1
            if blanks > 1 or "<" not in "".join(lines[index + 1 : index + 2])[:3]:
                return None
            continue
        if index > at and line.startswith(">") and joined.count("<") <= joined.count(">"):
            return None
        joined = f"{joined} {line}" if joined else line
        if len(joined) > MAX_CHARS:
            return None
        if index == at and "GMT" in line[:24] and is_iso(line.split()):
            return Attribution(at, at + 1, line)
        has_clue = has_clue or "@" in line or has_verb(line)
        if not has_clue or not _ends(line):
            continue
        if line[-1] == ">" and not is_iso(joined.split(None, 1)):
            continue  # only Gmail's oldest form ends with the address
        if (sure := judge(joined)) is not None:
            if _begins_later(lines, at, index):
                return None
            return Attribution(at, index + 1, joined, sure)
        if line[-1] in ":：":
            return None
    return None


def _begins_later(lines: Sequence[str], at: int, last: int) -> bool:
    """Whether one that ends in the same line begins in a later one: “… in 2 weeks.⏎On 3 May …”."""
    for index in range(at + 1, last + 1):
        words = lines[index].split()
        if not words or not (_opens(words) or ("@" not in words[0] and has_date(words[0]))):
            continue
        rest = " ".join(line.strip() for line in lines[index : last + 1])
        if judge(rest):
            return True
    return False


def _opens(words: Sequence[str]) -> bool:
    """An opener with a figure close behind it."""
    return words[0].lower() in STARTS and any(any(c.isdigit() for c in w) for w in words[1:6])


def find_speaker(lines: Sequence[str], at: int, end: int) -> Attribution | None:
    """A short paragraph, lines `at` to `end`, that its place above a marked line betrays.

    “Jane Roe:”, “Jane mused:”, “Quoting Jane <jane@x.org>:”, “In article <id> you write:”, “On Tue,
    3 Sep 2002 the voices made Jane write:” — whoever calls this knows that marks follow.
    """
    if any(find_at(lines, index) is not None for index in range(at + 1, end)):
        return None
    text = " ".join(line.strip() for line in lines[at:end])
    if end == at + 1 and text[0] == "[" and text[-1] == "]" and len(text.split()) <= 4:
        return Attribution(at, end, text)
    if text.startswith("Quoting ") and len(text.split()) <= MAX_NAME_WORDS:
        return Attribution(at, end, text)
    if not text.endswith((":", "：", "...", "…")) or len(text) > MAX_CHARS // 2:
        return None
    low, words = text.lower(), text.split()
    if words[0].lower() in STARTS and has_date(low) and date_leads(words):
        return Attribution(at, end, text)
    if text[0].isupper() and has_date(low) and len(words) <= MAX_NAME_WORDS + 4:
        return Attribution(at, end, text)
    if "@" in low and text.endswith((":", "：")) and len(words) <= MAX_NAME_WORDS + 4:
        return Attribution(at, end, text)
    if text.endswith((":", "：")) and len(words) <= 6 and _is_speaker(words):
        return Attribution(at, end, text)
    return None


def _is_speaker(words: Sequence[str]) -> bool:
    """A name alone, or a name and a verb in the past or the third person."""
    bare = [word.rstrip(":：") for word in words]
    if any(mark in word for word in bare for mark in ",;?!()") or not bare[0][:1].isupper():
        return False
    capital = [word[:1].isupper() for word in bare]
    if all(capital):
        return len(bare) <= 4
    verb = bare[-1]
    return (
        not capital[-1]
        and (verb.endswith(("ed", "es", "wrote", "said", "says", "thusly")) or verb in LAST_WORDS)
        and sum(capital) >= len(bare) - 2
    )


def place_within(line: str) -> int | None:
    """Where an attribution begins inside a line, after other text: “reply On Wed, … wrote:”."""
    if len(line) > MAX_CHARS or not _ends(line):
        return None
    at = 0
    for _ in range(12):
        at = min((p for word in INNER if (p := line.find(word, at)) > 0), default=-1)
        if at < 0:
            return None
        rest = line[at:].lstrip(" -")
        if _opens(rest.split()) and judge(rest):
            return at
        at += 1
    return None


def _may_begin(line: str) -> bool:
    """A cheap look at the first words: an opener, a date, an address, or a verb at the end."""
    head = line[:160].lower().lstrip("-*>_ \ufeff\u200e\u200f")
    word = head.split(" ", 1)[0].strip(",;")
    if word in STARTS or head.startswith(("在", "于", "於", "ב")):
        return True
    if not DIGITS.isdisjoint(head[:40]):
        return True
    return "@" in line or _ends(line)


def _ends(line: str) -> bool:
    """Whether an attribution may end with this line: a colon, an address, or a verb."""
    end = line.rstrip(" -*_\u00a0")[-1:]
    if end in {":", "：", ">"}:
        return True
    tail = line.rstrip(TAILS).lower()
    return tail[tail.rfind(" ") + 1 :] in LAST_WORDS or tail.endswith(NO_SPACES)
