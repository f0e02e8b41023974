"""Days and durations as people write them in one line: `3d`, `mon`, `14 May`, `next week`."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from mailflow.model.calendar import by_calendar, months_on
from mailflow.model.day_words import LEAD, NEXT, NUMBERS, TOMORROW, UNITS, WEEKDAYS
from mailflow.model.text import folded

AT_HOUR = time(9)
"""When on a day something comes back, in the owner's zone."""

MAX_AMOUNT = 3660
MAX_WORDS = 6
MAX_LENGTH = 60


def day(text: str, today: date, *, past: bool = False) -> date | None:
    """The one day that the whole of `text` names, seen from `today`; None if it names none.

    A day without a year, or a weekday, is the next one after today; with `past` the last one up to
    today. `5/6` is refused: nobody can tell the month from the day.
    """
    words = _words(text)
    return _day(words, today, past) if words and len(words) <= MAX_WORDS + 2 else None


def when(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant (aware UTC, after `now`) that `text` names: a day means 9:00 in `zone`."""
    words = _words(text)
    hours = _amount(words)
    if hours and hours[1] == "h":
        return (now + timedelta(hours=hours[0])).astimezone(UTC)
    at, words = _clock(words)
    today = now.astimezone(zone).date()
    on = _day(words, today, past=False) if words else (today if at else None)
    if on is None:
        return None
    instant = datetime.combine(on, at or AT_HOUR, zone).astimezone(UTC)
    return instant if instant > now else None


def duration_days(text: str) -> int | None:
    """`3w`, `10 days`, `2 months` as a number of days (a month is 30, a year 365), else None."""
    amount = _amount(_words(text))
    if amount is None or amount[1] == "h":
        return None
    return amount[0] * {"d": 1, "w": 7, "m": 30, "y": 365}[amount[1]]


def find(text: str, today: date, *, past: bool = False) -> tuple[date, str] | None:
    """The first day named anywhere in `text` (its first 2,000 characters) and the words naming it.

    The longest run of words that is a day wins, so "on 14 May 2027" keeps its year.
    """
    spans = text[:2000].split()
    for start in range(len(spans)):
        for length in range(min(MAX_WORDS, len(spans) - start), 0, -1):
            words = " ".join(spans[start : start + length])
            if len(words) <= MAX_LENGTH and (found := day(words, today, past=past)):
                return found, words
    return None


def _words(text: str) -> list[str]:
    """Folded words with digits and letters parted: "3d." gives ["3", "d"], dates stay whole."""
    if len(text) > MAX_LENGTH:
        return []
    words: list[str] = []
    for raw in folded(text).replace(",", " ").split():
        word = raw.strip("!?;:()\"'-")
        word = word if word[:1].isdigit() and word.count(".") > 1 else word.rstrip(".")
        digits = "".join(takewhile(lambda c: "0" <= c <= "9", word))
        rest = word[len(digits) :]
        if digits and rest.isalpha():
            words += [digits] if rest in {"st", "nd", "rd", "th"} else [digits, rest]
        elif word:
            words.append(word)
    return words


def _day(words: Sequence[str], today: date, past: bool) -> date | None:
    try:
        return _relative(words, today, past) or by_calendar(words, today, past)
    except (ValueError, OverflowError):
        return None


def _relative(words: Sequence[str], today: date, past: bool) -> date | None:
    """Days told by their distance: tomorrow, 3d, in two weeks, mon, next friday, last tue."""
    core = [w for w in words if w not in LEAD]
    match core:
        case ["today" | "tonight" | "heute" | "oggi" | "hoy" | "hoje" | "vandaag"]:
            return today
        case ["yesterday" | "gestern" | "hier" | "ayer" | "ieri" | "gisteren" | "ontem"]:
            return today - timedelta(days=1)
        case [word] | [word, "morning"] if word in TOMORROW:
            return today + timedelta(days=1)
        case ["day", "tomorrow"]:
            return today + timedelta(days=2)
        case ["day", "yesterday"]:
            return today - timedelta(days=2)
        case [turn, word] if turn in NEXT or word in {"prochaine", "prochain", "proxima"}:
            return _next(word if turn in NEXT else turn, today)
        case ["last" | "this" as turn, word] if word in WEEKDAYS:
            return _weekday(WEEKDAYS[word], today, past or turn == "last")
        case ["last", "week"]:
            return today - timedelta(days=7)
        case ["end", "week"]:
            return today + timedelta(days=(4 - today.weekday()) % 7)
        case ["end", "month"]:
            return months_on(today.replace(day=1), 1) - timedelta(days=1)
        case [word] if word in WEEKDAYS:
            return _weekday(WEEKDAYS[word], today, past)
    return _counted(words, today)


def _counted(words: Sequence[str], today: date) -> date | None:
    ago = bool(words) and words[-1] == "ago"
    amount = _amount(words[:-1] if ago else words)
    if amount is None or amount[1] == "h":
        return None
    count = -amount[0] if ago else amount[0]
    match amount[1]:
        case "d":
            return today + timedelta(days=count)
        case "w":
            return today + timedelta(weeks=count)
        case "m":
            return months_on(today, count)
        case _:
            return months_on(today, 12 * count)


def _amount(words: Sequence[str]) -> tuple[int, str] | None:
    """A count and its unit: ["3", "w"], ["in", "a", "couple", "of", "weeks"]."""
    core = [w for w in words if w not in LEAD]
    if len(core) == 3 and core[0] == "a":
        core = core[1:]
    if len(core) != 2 or core[1] not in UNITS:
        return None
    count = int(core[0]) if core[0].isdecimal() and len(core[0]) < 5 else NUMBERS.get(core[0], 0)
    return (count, UNITS[core[1]]) if 0 < count <= MAX_AMOUNT else None


def _next(word: str, today: date) -> date | None:
    """`next week` is its Monday; `next friday` the one of the week that starts on that Monday."""
    monday = today + timedelta(days=7 - today.weekday())
    if word in WEEKDAYS:
        return monday + timedelta(days=WEEKDAYS[word])
    match UNITS.get(word):
        case "w":
            return monday
        case "m":
            return months_on(today.replace(day=1), 1)
        case "y":
            return date(today.year + 1, 1, 1)
    return None


def _weekday(weekday: int, today: date, past: bool) -> date:
    away = (today.weekday() - weekday) % 7 if past else (weekday - today.weekday()) % 7
    return today - timedelta(days=away or 7) if past else today + timedelta(days=away or 7)


def _clock(words: list[str]) -> tuple[time | None, list[str]]:
    """A time of day at the end: ["mon", "15:30"], ["at", "3", "pm"]; else None and all words."""
    if len(words) > 1 and words[-1] in {"am", "pm"} and words[-2].isdecimal():
        hour = int(words[-2]) % 12 + (12 if words[-1] == "pm" else 0)
        return time(hour), words[:-2]
    text, colon, minute = words[-1].partition(":") if words else ("", "", "")
    is_clock = bool(colon) and len(text) <= 2 and len(minute) == 2 and (text + minute).isdecimal()
    if is_clock and int(text) < 24 and int(minute) < 60:
        return time(int(text), int(minute)), words[:-1]
    return None, words
