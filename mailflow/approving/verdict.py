"""The owner's answer to what was shown: approve, reject, snooze, a new text, or a question back."""

from datetime import datetime
from zoneinfo import ZoneInfo

from mailflow.approving.clauses import HEADS, Clause, clauses_of
from mailflow.approving.words import (
    AS_IS,
    FILL,
    NEW_TEXT,
    is_closing,
    is_own_name,
    tokens,
    without_name,
)
from mailflow.model.closing import bare, is_farewell, own_lines, without_prefix
from mailflow.model.command import Edit, Numbered, SendAsIs, Unclear, Verdict

ONE = "write “ok”, “skip”, “later 3d”, or the new text under a line “new text:”."
MANY = "write for example “ok 1 3, skip 2, later 4 1w”, or “ok all”."
MIN_WORDS = 3
"""A new text has at least so many words; less is a slip."""


def read(
    text: str, subject: str, items: int, *, now: datetime, zone: ZoneInfo, owner: str = ""
) -> tuple[Numbered, ...] | Unclear:
    """What the owner's answer says about the `items` things shown (1 for an approval request).

    `text` is the new text of the mail, quotes cut; `subject` counts only when there is no text.
    `now` is aware, `zone` the owner's, `owner` their name (it may stand under the answer). A line
    that begins like a verdict and goes on is Unclear: nothing is ever sent on a guess. A verdict
    with no numbers covers the one item, or with `all` every one.
    """
    lines = list(own_lines(text))
    start = next((i for i, line in enumerate(lines) if line.strip()), None)
    if start is None:
        return _from_subject(subject, items, now, zone)
    first, rest = lines[start].strip(), lines[start + 1 :]
    if (worded := _new_text(first, rest, items)) is not None:
        return worded
    clauses = clauses_of(without_name(first, owner), now, zone)
    if clauses is None:
        return _prose(first, rest, items)
    after_farewell = False
    for line in filter(None, map(str.strip, rest)):
        more = None if after_farewell else clauses_of(line, now, zone)
        if more is None and not is_closing(line, after_farewell=after_farewell, owner=owner):
            return Unclear(
                line, f"“{first}” is followed by more text, so I did nothing: {_advice(items)}"
            )
        clauses += more or []
        is_end = is_farewell(line.partition(",")[0]) or is_own_name(line, owner)
        after_farewell = after_farewell or is_end
    return _settled(first, clauses, items)


def _advice(items: int) -> str:
    return ONE if items == 1 else MANY


def _from_subject(
    subject: str, items: int, now: datetime, zone: ZoneInfo
) -> tuple[Numbered, ...] | Unclear:
    line = without_prefix(subject)
    clauses = clauses_of(line, now, zone)
    if not clauses:
        return Unclear(line, f"The answer was empty; {_advice(items)}")
    return _settled(line, clauses, items)


def _new_text(first: str, rest: list[str], items: int) -> tuple[Numbered, ...] | Unclear | None:
    """`send as is` and `new text:`, each with an optional number, and what follows them."""
    head, colon, inline = first.partition(":")
    words = [w for w in bare(head).split() if w not in {"please", "pls", "number"}]
    number = int(words.pop()) if words and words[-1].isdecimal() and len(words[-1]) < 5 else None
    spoken = " ".join(words)
    is_as_is = spoken in AS_IS
    if not is_as_is and not (colon and spoken in NEW_TEXT):
        return None
    body = "\n".join([inline.strip(), *rest]).strip()
    if not is_as_is and not body:
        return Unclear(first, "There is no text under it; write the new text below that line.")
    verdict: Verdict = SendAsIs(body) if is_as_is else Edit(body)
    if number is None and items != 1:
        return Unclear(first, f"Which one? Write “{spoken} 2:” and the text below it.")
    return _settled(first, [Clause(verdict, () if number is None else (number,))], items)


def _prose(first: str, rest: list[str], items: int) -> tuple[Numbered, ...] | Unclear:
    """Any other text is the new text, where it can only be meant for one draft."""
    words = [w for w in tokens(first) if w not in {",", ";"}]
    leading = next((w for w in words if w not in FILL), words[0] if words else "?")
    if leading in HEADS or leading == "?":
        return Unclear(
            first, f"It begins like a decision but says more, so I did nothing: {_advice(items)}"
        )
    if items != 1:
        return Unclear(first, f"I cannot tell which of the {items} this is for: {MANY}")
    body = "\n".join([first, *rest]).strip()
    if len(body.split()) < MIN_WORDS:
        return Unclear(first, f"That is too short for a new text: {ONE}")
    return (Numbered((), Edit(body)),)


def _settled(line: str, clauses: list[Clause], items: int) -> tuple[Numbered, ...] | Unclear:
    """The clauses as verdicts on numbers that exist, each number decided once."""
    if items < 1:
        return Unclear(line, "There is nothing open to decide on in that mail.")
    merged: list[Numbered] = []
    taken: dict[int, Verdict] = {}
    for clause in clauses:
        named = clause.numbers or (
            tuple(range(1, items + 1)) if clause.is_all or items == 1 else ()
        )
        if not named:
            return Unclear(line, f"There are {items} to decide on: {MANY}")
        for number in named:
            if not 1 <= number <= items:
                return Unclear(line, f"There is no number {number}, only 1 to {items}.")
            if taken.setdefault(number, clause.verdict) != clause.verdict:
                return Unclear(line, f"It says two things about number {number}: {_advice(items)}")
        covers = () if clause.is_all or items == 1 else tuple(dict.fromkeys(named))
        merged.append(Numbered(covers, clause.verdict))
    return tuple(dict.fromkeys(merged))
