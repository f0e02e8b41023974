"""One line of an answer taken apart into verdicts and the numbers they are for."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mailflow.approving.words import (
    ALL,
    APPROVE,
    AROUND_LATER,
    AROUND_NO,
    FILL,
    HAPPENED,
    LATER,
    PHRASES,
    REJECT,
    SEND_AGAIN,
    tokens,
)
from mailflow.model.closing import bare
from mailflow.model.command import Approve, Happened, Reject, SendAgain, Snooze, Verdict
from mailflow.model.when import when

MAX_LINE = 300
MAX_ITEMS = 500
HEADS = APPROVE | REJECT | LATER


@dataclass(frozen=True, slots=True)
class Clause:
    """One verdict with the numbers it names; `is_all` when it says so, nothing named otherwise."""

    verdict: Verdict
    numbers: tuple[int, ...] = ()
    is_all: bool = False


def clauses_of(line: str, now: datetime, zone: ZoneInfo) -> list[Clause] | None:
    """The verdicts of a line that holds nothing else; None when it holds anything else."""
    if not line or len(line) > MAX_LINE or "?" in line:
        return None
    if (whole := _whole(line)) is not None:
        return [whole]
    found: list[Clause] = []
    for segment in _segments(tokens(line)):
        numbers = _numbers(segment)
        if numbers and found and not isinstance(found[-1].verdict, Snooze):
            found[-1] = replace(found[-1], numbers=found[-1].numbers + numbers)
        elif (clause := _clause(segment, now, zone)) is not None:
            found.append(clause)
        elif not set(segment) <= FILL:
            return None
    return found or None


def _whole(line: str) -> Clause | None:
    """Answers that are one only as a whole: `sent`, `send again`, `looks good`."""
    spoken = bare(line)
    words = spoken.split()
    number = (int(words[-1]),) if words and words[-1].isdecimal() and len(words[-1]) < 5 else ()
    spoken = " ".join(words[:-1]) if number else spoken
    for phrases, verdict in (
        (HAPPENED, Happened()),
        (SEND_AGAIN, SendAgain()),
        (PHRASES["approve"], Approve()),
        (PHRASES["reject"], Reject()),
    ):
        if spoken in phrases:
            return Clause(verdict, number)
    return None


def _segments(words: list[str]) -> list[list[str]]:
    """Parted at `,`, `;`, and before a second verb that follows a number or a time."""
    segments: list[list[str]] = [[]]
    for word in words:
        is_verb = word in HEADS
        if word in {",", ";"} or (is_verb and any(c.isdigit() for w in segments[-1] for c in w)
                                  and set(segments[-1]) & HEADS):  # fmt: skip
            segments.append([])
        if word not in {",", ";"}:
            segments[-1].append(word)
    return [
        [w for w in segment if w not in {"and", "&", "then"}] for segment in segments if segment
    ]


def _clause(words: list[str], now: datetime, zone: ZoneInfo) -> Clause | None:
    if set(words) & LATER:
        return _snooze([w for w in words if w not in LATER | AROUND_LATER], now, zone)
    is_all = bool(set(words) & ALL)
    spoken = [w for w in words if w not in ALL and not _number(w)]
    numbers = tuple(n for w in words for n in _number(w))
    heads = set(spoken)
    if heads & APPROVE and heads <= APPROVE | FILL:
        return Clause(Approve(), numbers, is_all)
    after = heads & {"don't", "dont"}
    if heads & REJECT and heads <= REJECT | AROUND_NO | ({"send"} if after else set()):
        return Clause(Reject(), numbers, is_all)
    return None


def _snooze(words: list[str], now: datetime, zone: ZoneInfo) -> Clause | None:
    """`2 1w`, `3d`, `all mon`: the shortest run of leading numbers that leaves a time."""
    is_all = bool(words) and words[0] in ALL
    words = words[1:] if is_all else words
    for count in range(min(len(words), 20)):
        numbers = _numbers(words[:count])
        if count and not numbers:
            return None
        if (until := when(" ".join(words[count:]), now, zone)) is not None:
            return Clause(Snooze(until), numbers, is_all)
    return None


def _numbers(words: list[str]) -> tuple[int, ...]:
    """The item numbers when there is nothing but numbers, else none."""
    found = [_number(w) for w in words]
    return tuple(n for group in found for n in group) if all(found) else ()


def _number(word: str) -> tuple[int, ...]:
    """`3`, `#3` or the range `2-4`."""
    low, dash, high = word.strip("#").partition("-")
    if not (low.isdecimal() and len(low) < 5) or (
        dash and not (high.isdecimal() and len(high) < 5)
    ):
        return ()
    return tuple(range(int(low), int(high) + 1))[:MAX_ITEMS] if dash else (int(low),)
