"""The few wordings of the owner's word on an introduction, each a ruling; no other is guessed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from mailflow.model.ruling import AskAgain, CameOfIt, Counted, CountsAs, InTouch, Ruling
from mailflow.model.text import folded, printable
from mailflow.model.when import when

MAX_LINE = 1000
MAX_TEXT = 800

COUNT = frozenset({"counts", "count", "treat", "take"})
FILL = frozenset({"it", "that", "this", "as", "a", "an", "her", "his", "their", "answer", "for",
                  "please", "the"})  # fmt: skip
COUNTED = {
    "yes": Counted.YES, "yes.": Counted.YES, "ja": Counted.YES, "no": Counted.NO,
    "nein": Counted.NO, "later": Counted.LATER,
}  # fmt: skip

ASK = frozenset(
    ["ask again", "ask her again", "ask him again", "ask them again", "ask once more", "again"]
)
IN_TOUCH = frozenset(
    ["they are in touch", "they're in touch", "in touch", "connected", "they are connected",
     "they wrote", "they write", "they talked", "they spoke", "they talk", "they are talking",
     "they have been in touch", "they found each other"]
)  # fmt: skip
NO_WORD = frozenset(
    ["no word yet", "no word", "not yet", "nothing yet", "they are not in touch", "not that i know",
     "no news", "no news yet"]
)  # fmt: skip
OUTCOMES = {
    "it helped": "it helped", "that helped": "it helped", "helped": "it helped",
    "it worked": "it helped", "it worked out": "it helped", "success": "it helped",
    "they met": "they met", "they have met": "they met", "they meet": "they met",
    "nothing came of it": "nothing came of it", "nothing came": "nothing came of it",
    "nothing": "nothing came of it", "it did not work out": "nothing came of it",
    "it did not work": "nothing came of it", "do not know": "not known",
    "i do not know": "not known", "don't know": "not known", "i don't know": "not known",
    "no idea": "not known", "not known": "not known", "unknown": "not known",
}  # fmt: skip
"""What the owner may write, and the words it is kept by."""


def ruling_in(line: str, *, now: datetime, zone: ZoneInfo) -> Ruling | None:
    """The ruling that is the whole of a line, `: TEXT` behind it included; None for none.

    `now` is aware, `zone` the owner's: days are counted there.
    """
    head, _, text = line.strip()[:MAX_LINE].partition(":")
    said = " ".join(folded(head).split()).strip(' .!"“”*')
    counted = _counts(said, now, zone) if not text.strip() else None
    if counted is not None:
        return counted
    if said in ASK:
        return AskAgain(printable(text, MAX_TEXT))
    if said in OUTCOMES:
        words, value = _valued(printable(text, MAX_TEXT))
        return CameOfIt(OUTCOMES[said], words, value)
    if text.strip():
        return None
    if said in IN_TOUCH or said in NO_WORD:
        return InTouch(said in IN_TOUCH)
    return None


def _counts(said: str, now: datetime, zone: ZoneInfo) -> CountsAs | None:
    """`counts as yes`, `count it as a no`, `counts as later, june`, and nothing else beside it."""
    words = said.replace(",", " ").split()
    if not words or not set(words[:4]) & COUNT or "as" not in words:
        return None
    start = next(at for at, word in enumerate(words) if word in COUNT)
    rest = [word for word in words[start + 1 :] if word not in FILL]
    if set(words[:start]) - FILL or not rest or rest[0] not in COUNTED:
        return None
    counted = COUNTED[rest[0]]
    if counted is not Counted.LATER:
        return CountsAs(counted) if len(rest) == 1 else None
    if len(rest) == 1:
        return CountsAs(counted)
    until_at = when(" ".join(rest[1:]), now, zone)
    return CountsAs(counted, until_at) if until_at is not None else None


def _valued(text: str) -> tuple[str, int | None]:
    """`they signed, value 5000` as the words and the amount."""
    words = text.split()
    for at in range(len(words) - 1):
        amount = words[at + 1].strip("$€£.,;'")
        if words[at].lower().strip("[(,") == "value" and amount.isascii() and amount.isdigit():
            kept = " ".join(words[:at] + words[at + 2 :]).strip(" ,;[]()")
            return kept, int(amount[:12])
    return text, None
