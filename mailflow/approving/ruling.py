"""The owner's answer to a question about an introduction: a ruling, or what to write instead."""

from datetime import datetime
from zoneinfo import ZoneInfo

from mailflow.approving.words import is_closing
from mailflow.model.closing import is_farewell, own_lines, without_prefix
from mailflow.model.command import Unclear
from mailflow.model.introduction_events import Matter
from mailflow.model.ruling import AskAgain, CameOfIt, InTouch, Ruling
from mailflow.model.ruling_words import ruling_in
from mailflow.model.text import folded, printable

MAX_TEXT = 800

ADVICE = {
    Matter.HELD: "write “counts as yes”, “counts as no”, or “ask again:” and your words.",
    Matter.LATE_YES: "write “counts as yes” or “counts as no”.",
    Matter.TAKEN_BACK: "write “counts as yes”, “counts as no”, or “ask again:” and your words.",
    Matter.QUIET: "write “they are in touch”, “no word yet”, or “nothing came of it”.",
    Matter.OUTCOME: "write “it helped:” and what came of it, “they met”, “nothing came of it”, or "
    "“do not know”.",
}

PLAIN = {
    "yes": InTouch(True), "yes they did": InTouch(True), "they did": InTouch(True),
    "no": InTouch(False), "they met": InTouch(True), "they have met": InTouch(True),
}  # fmt: skip
"""Short answers to "did they find each other?", and to nothing else."""


def read(
    text: str, subject: str, matter: Matter, *, now: datetime, zone: ZoneInfo, owner: str = ""
) -> Ruling | Unclear:
    """What the owner's answer to the question about `matter` says.

    `text` is the new text of the mail, quotes cut; `subject` counts only when there is no text.
    `now` is aware, `zone` the owner's, `owner` their name (it may stand under the answer). A bare
    yes to "what does Jane mean?" is Unclear: nobody is introduced on a guess.
    """
    lines = [line.strip() for line in own_lines(text)]
    start = next((at for at, line in enumerate(lines) if line), None)
    if start is None:
        first, rest = without_prefix(subject), []
    else:
        first, rest = lines[start], lines[start + 1 :]
    said = folded(first).strip(" .!")
    if matter is Matter.QUIET and said in PLAIN:
        ruling: Ruling | None = PLAIN[said]
    else:
        ruling = ruling_in(first, now=now, zone=zone)
    if ruling is None:
        return Unclear(printable(first), f"I did not take that for an answer: {ADVICE[matter]}")
    if isinstance(ruling, AskAgain | CameOfIt) and ":" in first:
        return _with_more(ruling, rest, owner)
    if more := _more(rest, owner):
        return Unclear(
            printable(more[0]), f"“{printable(first, 80)}” is followed by more text, so I did "
            f"nothing: {ADVICE[matter]}",
        )  # fmt: skip
    return ruling


def _with_more(ruling: AskAgain | CameOfIt, rest: list[str], owner: str) -> Ruling:
    """The words behind the colon may go on below it."""
    text = printable(" ".join([ruling.text, *_more(rest, owner)]), MAX_TEXT)
    if isinstance(ruling, AskAgain):
        return AskAgain(text)
    return CameOfIt(ruling.outcome, text, ruling.value)


def _more(lines: list[str], owner: str) -> list[str]:
    """The lines up to the goodbye."""
    kept: list[str] = []
    for line in filter(None, lines):
        if is_farewell(line.partition(",")[0]) or is_closing(
            line, after_farewell=False, owner=owner
        ):
            break
        kept.append(line)
    return kept
