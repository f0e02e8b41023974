"""`introduce A and B: why A gains / why B gains`, on one line or with the reasons below it."""

from collections.abc import Sequence

from mailflow.model.closing import is_delimiter, is_farewell, is_quote
from mailflow.model.command import Unclear
from mailflow.model.introducing import Introduce
from mailflow.model.text import folded, printable
from mailflow.reading.command_shapes import MAX_TEXT, NOT_A_PERSON, person

USAGE = "introduce A and B: why A gains / why B gains"
JOINTS = ("<>", " and ", " & ", " with ", " to ", "&", " und ", " et ", ", ")
"""What may stand between the two, tried in this order."""

MIN_WORDS = 3
"""A reason below the line that names no side has at least so many words."""


def read(lines: Sequence[str]) -> tuple[Introduce | Unclear | None, int]:
    """The introduction in the first line and how many lines it took; None when that is prose.

    `lines` start behind the keyword; the first holds the rest of its line.
    """
    head, _, tail = _past_colon(lines[0])
    pair = _pair(head)
    if pair is None:
        if NOT_A_PERSON & set(folded(head).split()):
            return None, 0
        return Unclear(f"introduce {lines[0]}", f"Whom to whom? Write “{USAGE}”."), 1
    first, second = pair
    reasons = _split(tail)
    used = 1
    labelled: dict[int, str] = {}
    for line in lines[1:]:
        if len(reasons) + len(labelled) >= 2 or not _is_reason(line, first, second):
            break
        used += 1
        side, text = _labelled(line, first, second)
        if side is None:
            reasons += _split(text)
        else:
            labelled[side] = text
    why = [labelled.get(side) or (reasons.pop(0) if reasons else "") for side in (0, 1)]
    line = f"introduce {lines[0]}"
    if reasons:
        advice = f"Write “{USAGE}”, or each reason on a line of its own."
        return Unclear(line, f"That is more than one reason a side. {advice}"), used
    missing = [who for who, text in zip((first, second), why, strict=True) if not text]
    if missing:
        advice = f"write “introduce {first} and {second}: why {first} gains / why {second} gains”."
        whose = " and ".join(missing)
        return Unclear(line, f"Why would {whose} want it? Both need a reason: {advice}"), used
    return Introduce(first, second, why[0], why[1]), used


def _past_colon(text: str) -> tuple[str, str, str]:
    """Cut at the first colon that is not inside an address's brackets."""
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "<") - (character == ">")
        if character == ":" and depth <= 0:
            return text[:at], ":", text[at + 1 :].strip()
    return text, "", ""


def _pair(head: str) -> tuple[str, str] | None:
    lowered = head.lower()
    for joint in JOINTS:
        if lowered.count(joint) == 1:
            at = lowered.index(joint)
            first, second = person(head[:at]), person(head[at + len(joint) :])
            if first and second:
                return first, second
    return None


def _split(text: str) -> list[str]:
    """Parted at ` / `, else at a single slash that belongs to no URL; empty pieces are dropped."""
    text = printable(text, MAX_TEXT)
    pieces = text.split(" / ")
    if len(pieces) == 1 and text.count("/") == 1:
        pieces = text.split("/")
    return [piece.strip(" /;") for piece in pieces if piece.strip(" /;")]


def _labelled(line: str, first: str, second: str) -> tuple[int | None, str]:
    """`why jane: …`, `jane gains: …`, `for raj: …`: the side it is for, and the reason."""
    text = line.strip().lstrip("-*•/ ").strip()
    head, colon, tail = text.partition(":")
    words = set(folded(head).split())
    if colon and tail.strip() and len(words) <= 8:
        for side, who in enumerate((first, second)):
            if set(folded(who).split()) & words:
                return side, printable(tail, MAX_TEXT)
    return None, text


def _is_reason(line: str, first: str, second: str) -> bool:
    """Whether a line below can be one: not blank, no quote, no goodbye, and some words long."""
    if not line.strip() or is_quote(line) or is_delimiter(line):
        return False
    if is_farewell(line) or is_farewell(line.partition(",")[0]):
        return False
    side, text = _labelled(line, first, second)
    return side is not None or len(text.split()) >= MIN_WORDS
