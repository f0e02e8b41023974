"""Days told by the calendar: `14 May`, `May 14, 2026`, `2026-05-14`, `14.5.`, `after June`."""

from collections.abc import Sequence
from datetime import date

from mailflow.model.day_words import LEAD, MONTHS, WEEKDAYS

MONTH_ALONE = frozenset(["in", "after", "until", "till", "dans", "en"])
"""With one of these before it, a month alone is its first day ("after": that of the next one)."""


def by_calendar(words: Sequence[str], today: date, past: bool) -> date | None:
    """The day that folded words name, or None; raises ValueError for a 30 February.

    A day without a year is the nearest after `today`, with `past` the last one up to it.
    """
    core = [w for w in words if w not in LEAD and w not in WEEKDAYS]
    match core:
        case [number]:
            if number in MONTHS and MONTH_ALONE & set(words):
                first = _yearless(MONTHS[number], 1, today, past)
                return months_on(first, 1) if first and "after" in words else first
            return _numeric(number, today, past)
        case [a, b]:
            month, number = (MONTHS.get(a), b) if a in MONTHS else (MONTHS.get(b), a)
            return _yearless(month, _int(number), today, past) if month else None
        case [a, b, year]:
            month, number = (MONTHS.get(a), b) if a in MONTHS else (MONTHS.get(b), a)
            return date(_year(year), month, _int(number)) if month else None
    return None


def _numeric(word: str, today: date, past: bool) -> date | None:
    """2026-05-14 (ISO 8601), 14.5. and 14.5.2026, 14/5 where no other reading is possible."""
    if word.count("-") == 2:
        year, month, number = (_int(piece) for piece in word.split("-"))
        return date(year, month, number) if year > 999 else None
    if word.count(".") == 2:
        first, second, last = word.split(".")
        return _dated(_int(first), _int(second), last, today, past)
    if word.count("/") in {1, 2}:
        first, second, last = (*word.split("/"), "")[:3]
        number, month = sorted((_int(first), _int(second)), reverse=True)
        return _dated(number, month, last, today, past) if number > 12 or number == month else None
    return None


def _dated(number: int, month: int, year: str, today: date, past: bool) -> date | None:
    return date(_year(year), month, number) if year else _yearless(month, number, today, past)


def _yearless(month: int, number: int, today: date, past: bool) -> date | None:
    """The nearest such day after today, or with `past` up to today; 29 February waits its turn."""
    years = range(today.year, today.year - 9, -1) if past else range(today.year, today.year + 9)
    for year in years:
        try:
            found = date(year, month, number)
        except ValueError:
            continue
        if found <= today if past else found > today:
            return found
    return None


def _int(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise ValueError("not a small number")
    return int(text)


def _year(text: str) -> int:
    year = _int(text)
    return year + 2000 if len(text) == 2 else year


def months_on(start: date, count: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    for last in (start.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(start.day, last))
        except ValueError:
            continue
    raise ValueError("no such month")
