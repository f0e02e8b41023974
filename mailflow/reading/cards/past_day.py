"""The day somebody was met, at the end or the beginning of a few words."""

from datetime import date

from mailflow.model.text import folded
from mailflow.model.when import day

DATED = ("on", "last", "this", "yesterday", "today", "ago")
"""A weekday in a name ("Yang Sun") is none without one of these."""
FIRST = ("yesterday", "today")
"""Days that may stand before the place: "yesterday at PyCon"."""


def without_date(text: str, today: date) -> tuple[str, date | None]:
    """The text without the past day at its end ("yesterday", "last Tue"), and that day."""
    words = text.split()
    if words and folded(words[0]) in FIRST and len(words) > 1:
        return " ".join(words[1:]), day(words[0], today, past=True)
    for at in range(max(0, len(words) - 4), len(words)):
        tail = words[at:]
        has_mark = any(folded(w) in DATED or w[0].isdigit() for w in tail)
        if has_mark and (on := day(" ".join(tail), today, past=True)) is not None and on <= today:
            return " ".join(words[:at]).removesuffix(","), on
    return text, None
