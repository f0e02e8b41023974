"""`introduce A and B: why A gains / why B gains`, on one line or with the reasons below it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailflow.model.closing import is_delimiter, is_farewell, is_quote
from mailflow.model.command import Unclear
from mailflow.model.introducing import Introduce
from mailflow.model.text import folded, printable
from mailflow.reading.command_shapes import MAX_TEXT, NOT_A_PERSON, person
from mailflow.reading.introduce_options import Option, begins_with_one, names_of, option

USAGE = "introduce A and B: why A gains / why B gains"
JOINTS = ("<>", " and ", " & ", " with ", " to ", "&", " und ", " et ", ", ")
"""What may stand between the two, tried in this order."""

SIDES = 2
MIN_WORDS = 3
"""A reason below the line that names no side has at least so many words."""


@dataclass(frozen=True, slots=True)
class _Below:
    """What stood under the first line: reasons, options, and how many lines that were."""

    reasons: tuple[str, ...]
    labelled: dict[int, str]
    options: tuple[Option, ...]
    used: int
    strange: str = ""
    """A line about one of the two that nobody understands: no wish is passed over in silence."""


def read(lines: Sequence[str]) -> tuple[Introduce | Unclear | None, int]:
    """The introduction in the first line and how many lines it took; None when that is prose.

    `lines` start behind the keyword; the first holds the rest of its line. Below it may stand the
    reasons and what `introduce_options` reads, in any order.
    """
    head, _, tail = _past_colon(lines[0])
    is_anyway, head = _anyway(head)
    pair = pair_of(head)
    if pair is None:
        if NOT_A_PERSON & set(folded(head).split()):
            return None, 0
        return Unclear(f"introduce {lines[0]}", f"Whom to whom? Write “{USAGE}”."), 1
    below = _read_below(lines[1:], pair, _split(tail))
    line = f"introduce {lines[0]}"
    if doubt := _doubt(below, pair):
        return Unclear(line, doubt), below.used
    left = list(below.reasons)
    why = [below.labelled.get(side) or (left.pop(0) if left else "") for side in (0, 1)]
    if left:
        advice = f"Write “{USAGE}”, or each reason on a line of its own."
        return Unclear(line, f"That is more than one reason a side. {advice}"), below.used
    first, second = pair
    missing = [who for who, text in zip(pair, why, strict=True) if not text]
    if missing:
        advice = f"write “introduce {first} and {second}: why {first} gains / why {second} gains”."
        whose = " and ".join(missing)
        return Unclear(line, f"Why would {whose} want it? Both need a reason: {advice}"), below.used
    plain = Introduce(first, second, why[0], why[1], is_anyway=is_anyway)
    return _with_options(plain, below.options), below.used


def _anyway(head: str) -> tuple[bool, str]:
    for mark in ("anyway ", "anyhow "):
        if folded(head[: len(mark)]) == mark:
            return True, head[len(mark) :]
    stripped = head.rstrip()
    if folded(stripped).endswith(" anyway"):
        return True, stripped[: -len(" anyway")]
    return False, head


def _read_below(lines: Sequence[str], pair: tuple[str, str], reasons: list[str]) -> _Below:
    """The lines below as far as they belong to it; a blank one is passed when more follows."""
    first, second = pair
    labelled: dict[int, str] = {}
    options: list[Option] = []
    used, read_so_far, strange = 1, 1, ""
    for line in lines:
        read_so_far += 1
        if not line.strip():
            continue
        is_next = read_so_far == used + 1
        found = option(line, first, second)
        if found is not None:
            options.append(found)
            used = read_so_far
            continue
        is_full = len(reasons) + len(labelled) >= SIDES
        if is_full and is_next and begins_with_one(line, first, second):
            strange = printable(line, 80)
            used = read_so_far
            break
        if is_full or not is_next or not _is_reason(line, first, second):
            break
        used = read_so_far
        side, text = _labelled(line, first, second)
        if side is None:
            reasons += _split(text)
        else:
            labelled[side] = text
    return _Below(tuple(reasons), labelled, tuple(options), used, strange)


def _doubt(below: _Below, pair: tuple[str, str]) -> str:
    """A line below that names nobody in particular or says nothing known, as a sentence."""
    if below.strange:
        return (
            f"I do not understand “{below.strange}”, so I began nothing. Below an introduction may "
            f"stand “{pair[0]} asked for this”, “{pair[0]} as a founder in payroll software”, "
            f"“{pair[0]} by name”, “{pair[0]} by name and link”, or “ask {pair[0]} first”."
        )
    if any(each.side is None and not each.is_for_both for each in below.options):
        return (
            f"Both could be meant by a line below; call them “{pair[0]}” and “{pair[1]}” there, "
            "or by their addresses."
        )
    return ""


def _with_options(plain: Introduce, options: Sequence[Option]) -> Introduce:
    """The same with what the lines below asked for; of two about one thing the last counts."""
    found = plain
    for each in options:
        if each.has_asked:
            found = replace(
                found,
                first_asked=found.first_asked or each.is_for_both or each.side == 0,
                second_asked=found.second_asked or each.is_for_both or each.side == 1,
            )
        elif each.goes_first:
            found = replace(found, ask_first=found.second if each.side else found.first)
        elif each.side == 0:
            found = replace(found, naming_first=each.naming, as_first=each.descriptor)
        else:
            found = replace(found, naming_second=each.naming, as_second=each.descriptor)
    return found


def _past_colon(text: str) -> tuple[str, str, str]:
    """Cut at the first colon that is not inside an address's brackets."""
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "<") - (character == ">")
        if character == ":" and depth <= 0:
            return text[:at], ":", text[at + 1 :].strip()
    return text, "", ""


def pair_of(head: str) -> tuple[str, str] | None:
    """The two that a text names, joined by `and`, `&`, `<>` and the like; None for others."""
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
            if names_of(who) & words:
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
