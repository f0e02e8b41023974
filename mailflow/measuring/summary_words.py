"""How the summary says things: days, counts, names, and lines that a terminal shows whole."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailflow.model.text import folded, printable

WIDTH = 72
"""Columns of the plain text; quoted twice in an answer it still fits a terminal of eighty."""
NAME_LIMIT, TEXT_LIMIT, REASON_LIMIT = 60, 140, 240
"""Characters of what others wrote that one line shows."""

BLOCKS = "▁▂▃▄▅▆▇█"
TOGETHER = "\u00a0"
"""A space at which no client breaks a line; plain text gets a plain one."""
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
"""Around a right-to-left name, so that the line about it keeps its direction (UAX #9)."""

NEVER_FIRST = frozenset(
    ["met", "introduce", "intro", "connect", "call", "called", "coffee", "lunch", "dinner", "gave",
     "got", "promised", "promise", "done", "referral", "every", "tier", "pause", "focus", "forget",
     "export", "who", "why", "undo", "help", "commands", "ok", "okay", "okey", "k", "yes", "yep",
     "yup", "yeah", "sure", "send", "approve", "approved", "go", "lgtm", "ja", "oui", "si", "sim",
     "no", "nope", "skip", "drop", "reject", "cancel", "discard", "later", "snooze", "postpone",
     "remind", "sent", "resend", "it", "looks", "sounds", "all", "do"]
)  # fmt: skip
"""Words that begin an instruction: no line of the summary begins with one of them."""


def name(text: str) -> str:
    """Somebody's name for a line: printable, short, isolated when it is written right to left."""
    return _isolated(_cut(printable(text, NAME_LIMIT * 2), NAME_LIMIT))


def text(written: str, limit: int = TEXT_LIMIT) -> str:
    """Words of somebody else's for a line: printable, short, isolated like a name."""
    return _isolated(_cut(printable(written, limit * 2), limit))


def about(reason: str, who: str) -> str:
    """A reason that names `who`, with the name made safe for a line."""
    said = _cut(printable(reason, REASON_LIMIT * 2), REASON_LIMIT)
    return said.replace(who, name(who)) if who else said


def count(number: int, one: str, many: str = "") -> str:
    """“one draft”, “12 drafts”."""
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    spoken = small[number] if 0 <= number < len(small) else f"{number:,}".replace(",", " ")
    return f"{spoken} {one if number == 1 else many or one + 's'}"


def joined(parts: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def numbers(found: Sequence[int]) -> str:
    """Ascending numbers: “1 to 4 and 7”."""
    runs: list[list[int]] = []
    for number in found:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [
        f"{run[0]} to {run[-1]}" if len(run) > 2 else joined([str(each) for each in run])
        for run in runs
    ]
    return joined(parts)


def command(written: str) -> str:
    """What the owner may write, in quotes, kept on one line."""
    return f"“{written}”".replace(" ", TOGETHER)


def capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def day(at: datetime | date, today: date, zone: ZoneInfo) -> str:
    """A day as one says it from `today`: yesterday, tomorrow, Thursday, 3 May.

    The words beside it tell whether a Thursday is past."""
    on = at.astimezone(zone).date() if isinstance(at, datetime) else at
    away = (on - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if away in near:
        return near[away]
    if -7 < away < 7:
        return f"{on:%A}"
    return f"{on.day} {on:%B}" if on.year == today.year else f"{on.day} {on:%B %Y}"


def on_day(at: datetime | date, today: date, zone: ZoneInfo) -> str:
    """The same after a verb: yesterday, on Thursday, on 3 May."""
    said = day(at, today, zone)
    return said if said in ("yesterday", "today", "tomorrow") else f"on {said}"


def times(number: int) -> str:
    """“once”, “twice”, “three times”."""
    return {1: "once", 2: "twice"}.get(number) or count(number, "time")


def days_between(first: date, last: date) -> str:
    """“23–29 November”, “28 December – 3 January”."""
    if first.month == last.month:
        return f"{first.day}–{last.day} {last:%B}"
    return f"{first.day} {first:%B} – {last.day} {last:%B}"


def sparkline(steps: Sequence[int]) -> str:
    """A course of counts in one row of blocks."""
    top = max(steps, default=0)
    return "".join(BLOCKS[-(-step * 7 // top) if top else 0] for step in steps)


def width(written: str) -> int:
    """Columns a terminal needs for it (UAX #11): wide letters two, marks and isolates none."""
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) in {"Cf", "Mn", "Me"}
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in written
    )


def wrap(written: str, first: str = "", rest: str = "") -> tuple[str, ...]:
    """Rows of at most `WIDTH` columns, `first` before the first and `rest` before the others.

    No row begins with a word that could be read as an instruction: either `rest` puts a sign
    before it, as it must where others' words are wrapped, or the word stays with the one before.
    """
    is_signed = bool(rest.strip())
    rows, row = [], first
    for chunk in _chunks(written, is_signed=is_signed):
        begun = row if row.endswith(" ") or not row.strip() else row + " "
        if row not in (first, rest) and width(begun) + width(chunk) > WIDTH:
            rows.append(row)
            begun = rest
        row = begun + chunk
    return tuple(each.replace(TOGETHER, " ") for each in (*rows, row))


def _chunks(written: str, *, is_signed: bool) -> list[str]:
    """Words that may begin a row, each with those after it that may not; long ones are cut."""
    chunks: list[str] = []
    for word in written.split(" "):
        if not is_signed and chunks and _begins_instruction(word):
            chunks[-1] += " " + word
            continue
        while width(word) > WIDTH - 12:
            chunks.append(word[: (WIDTH - 12) // 2])
            word = word[(WIDTH - 12) // 2 :]
        chunks.append(word)
    return chunks


def _begins_instruction(word: str) -> bool:
    return folded(word.partition(TOGETHER)[0]).strip(".,:;!?*“”\"'()[]#_~-") in NEVER_FIRST


def _isolated(shown: str) -> str:
    is_rtl = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in shown)
    return f"{ISOLATE}{shown}{END_ISOLATE}" if is_rtl else shown


def _cut(written: str, limit: int) -> str:
    if len(written) <= limit:
        return written
    kept = written[: limit - 1]
    at = kept.rfind(" ")  # rather a word less than half of one
    return kept[: at if at > limit * 2 // 3 else None].rstrip() + "…"
