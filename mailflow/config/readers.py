"""Readers: each turns one TOML value into what the program uses, or says what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones


class Wrong(ValueError):
    """The value cannot be used; the message goes on from "KEY: "."""


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds the file: the folder that relative paths start from, and the environment."""

    folder: Path
    env: Mapping[str, str]


Reader = Callable[[object, Around], Any]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION = re.compile(r"\s*(\d{1,6})\s*([smhdw])\s*", re.ASCII)


def shown(value: object) -> str:
    """The value as the owner would recognise it, cut short."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"“{text}”" if len(text) <= 60 else f"“{text[:60]}…”"


def text(value: object, around: Around) -> str:
    if not isinstance(value, str):
        raise Wrong(f"is {shown(value)}, which is not a text in quotes")
    return value.strip("\n")


def line(value: object, around: Around) -> str:
    words = text(value, around).strip()
    if not words:
        raise Wrong("is empty")
    if not words.isprintable():
        raise Wrong("must be one line without control characters")
    return words


def flag(value: object, around: Around) -> bool:
    if not isinstance(value, bool):
        raise Wrong(f"is {shown(value)}, but can only be true or false, without quotes")
    return value


def number(low: int, high: int) -> Reader:
    def read(value: object, around: Around) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Wrong(f"is {shown(value)}, which is not a whole number")
        if not low <= value <= high:
            raise Wrong(f"is {value}, but must be from {low} to {high}")
        return value

    return read


def counted(unit: timedelta, low: int, high: int) -> Reader:
    """A whole number of a unit that the key names, as a duration."""
    count = number(low, high)
    return lambda value, around: count(value, around) * unit


def duration(low: timedelta, high: timedelta = timedelta(days=3660)) -> Reader:
    """ "90s", "2m", "24h", "3d", "2w"."""

    def read(value: object, around: Around) -> timedelta:
        found = _DURATION.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise Wrong(f"is {shown(value)}, which is not a duration like “90s”, “2m”, “24h”, “3d”")
        span = timedelta(seconds=int(found[1]) * UNITS[found[2]])
        if not low <= span <= high:
            raise Wrong(
                f"is {shown(value)}, but must be {brief(low)} at least, {brief(high)} at most"
            )
        return span

    return read


def brief(span: timedelta) -> str:
    """The duration as it is written in the file, in the largest unit that fits."""
    seconds = int(span.total_seconds())
    unit = next((u for u in ("d", "h", "m") if seconds and seconds % UNITS[u] == 0), "s")
    return f"“{seconds // UNITS[unit]}{unit}”"


def clock(value: object, around: Around) -> time:
    """A time of day; TOML's own form (09:00:00) and "09:00"."""
    if isinstance(value, time):
        return value
    try:
        found = time.fromisoformat(value) if isinstance(value, str) and ":" in value else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        raise Wrong(f"is {shown(value)}, which is not a time of day like “09:00”")
    return found


def weekday(value: object, around: Around) -> int:
    """A day's name to 0 (Monday) to 6."""
    name = value.strip().lower()[:3] if isinstance(value, str) else ""
    if name not in DAYS:
        raise Wrong(f"is {shown(value)}, which is not a day like “mon”")
    return DAYS.index(name)


def iso_day(value: object, around: Around) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        return date.fromisoformat(value if isinstance(value, str) else "").isoformat()
    except ValueError:
        raise Wrong(f"is {shown(value)}, which is not a day like “2026-12-25”") from None


def many(read: Reader, *, at_least: int = 0) -> Reader:
    """A list; every wrong item is named."""

    def read_all(value: object, around: Around) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Wrong(f"is {shown(value)}, which is not a list in square brackets")
        if len(value) < at_least:
            raise Wrong("is an empty list")
        good, wrong = [], []
        for item in value:
            try:
                good.append(read(item, around))
            except Wrong as error:
                wrong.append(str(error))
        if wrong:
            raise Wrong("; ".join(wrong))
        return tuple(good)

    return read_all


def each_once(read: Reader, *, at_least: int = 0) -> Reader:
    listed = many(read, at_least=at_least)
    return lambda value, around: frozenset(listed(value, around))


def zone(value: object, around: Around) -> ZoneInfo:
    name = text(value, around)
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        near = get_close_matches(name, available_timezones(), n=1, cutoff=0.7)
        hint = f"; did you mean “{near[0]}”?" if near else ""
        raise Wrong(f"is {shown(name)}, which is not a known time zone{hint}") from None


def region(value: object, around: Around) -> str:
    name = text(value, around).upper()
    if not re.fullmatch("[A-Z]{2}", name):
        raise Wrong(f"is {shown(value)}, which is not a country in two letters (ISO 3166)")
    return name


def one_of(choices: type[StrEnum]) -> Reader:
    def read(value: object, around: Around) -> StrEnum:
        try:
            return choices(str(value))
        except ValueError:
            names = ", ".join(f"“{choice}”" for choice in choices)
            raise Wrong(f"is {shown(value)}, but can only be one of {names}") from None

    return read
