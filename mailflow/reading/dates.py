"""Dates as clients write them into quoted and forwarded mail, in many languages."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

from mailflow.reading.headers import date as header_date
from mailflow.reading.months import MONTHS
from mailflow.reading.tables import words as table

ZONES = {
    "gmt": 0, "utc": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "met": 1,
    "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "oez": 2, "oesz": 3, "msk": 3, "est": -5, "edt": -4,
    "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "hst": -10,
    "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "sgt": 8, "hkt": 8, "nzst": 12, "nzdt": 13,
    "hec": 1, "heec": 2, "seč": 1, "selč": 2, "ist": 5.5,
}  # fmt: skip

AFTERNOON = frozenset(
    table(
        "pm p.m. p.m pm, μμ μ.μ. odp. du. nachm. ip. م 下午 晚上 午後 오후 em ch ตอนเย็น sore malam"
    )
)
MORNING = frozenset(
    table("am a.m. a.m am, πμ π.μ. dop. de. vorm. ap. ص 上午 早上 凌晨 午前 오전 sa")
)


def read(text: str) -> datetime | None:
    """The moment a text states: aware if it names a zone or an offset, else naive; None if none.

    RFC 5322 dates first; then figures, month names of some thirty languages, and East Asian forms.
    Purely numeric day and month are read day first unless the first is over 12 or a.m./p.m. says
    that an American wrote it.
    """
    text = text[:200].strip()
    if any(mark in text for mark in ("年", "년")):
        return _safely(_east_asian, text)
    found = _rfc(text)
    return found if found is not None else _safely(_loose, text)


def _rfc(text: str) -> datetime | None:
    """The RFC 5322 form with an offset; others are left to the looser reader."""
    words = text.split()
    tail = words[-2:] if words and words[-1].startswith("(") else words[-1:]
    if not tail or len(tail[0]) != 5 or tail[0][0] not in "+-":
        return None
    moment, offset = header_date(text)
    if moment is None:
        return None
    return moment.astimezone(timezone(offset)) if offset is not None else moment


def _safely(reader: Callable[[str], datetime | None], text: str) -> datetime | None:
    try:
        return reader(text)
    except (ValueError, OverflowError):
        return None


def _east_asian(text: str) -> datetime | None:
    spaced = text
    for mark in "年月日년월일時时시分분秒초()（）,，星期曜週周":
        spaced = spaced.replace(mark, f" {mark} ")
    for word in ("上午", "下午", "午前", "午後", "오전", "오후", "晚上", "早上", "凌晨"):
        spaced = spaced.replace(word, f" {word} ")
    numbers = [w for w in spaced.split() if w[0].isdecimal()]
    if len(numbers) < 3:
        return None
    year, month, day = (int(n) for n in numbers[:3])
    hour, minute, second = _clock(numbers[3:], spaced)
    return _with_zone(datetime(year, month, day, hour, minute, second), text.split())  # noqa: DTZ001 - naive until its zone is known


def _clock(numbers: list[str], text: str) -> tuple[int, int, int]:
    if not numbers:
        return 0, 0, 0
    pieces = numbers[0].split(":") if ":" in numbers[0] else numbers[:2]
    values = [int(p) for p in pieces[:3] if p.isdecimal()] + [0, 0, 0]
    hour = _of_day(values[0], set(text.split()))
    return hour, values[1], values[2]


def _of_day(hour: int, words: set[str]) -> int:
    if words & AFTERNOON and hour < 12:
        return hour + 12
    if words & MORNING and hour == 12:
        return 0
    return hour


def _loose(text: str) -> datetime | None:
    low = text.lower().replace("\u202f", " ").replace("\u00a0", " ").replace(",", " , ")
    words = [word.strip(",;()[]\"'") for word in low.split()]
    words = [word for word in words if word][:60]
    words = _joined_days(words)
    clock = _find_clock(words)
    day = _find_day(words, american=clock is not None and bool(set(words) & {"am", "pm"}))
    if day is None:
        return None
    hour, minute, second = clock or (0, 0, 0)
    moment = datetime(*day, _of_day(hour, set(words)), minute, second)  # noqa: DTZ001 - naive until its zone is known
    return _with_zone(moment, words)


def _find_clock(words: list[str]) -> tuple[int, int, int] | None:
    for index, word in enumerate(words):
        bare = word.removesuffix("am").removesuffix("pm")
        pieces = bare.replace("h", ":").split(":") if ":" in bare or "h" in bare else []
        if (
            not pieces
            and index
            and words[index - 1] in {"kl.", "kl", "klo", "kell", "alle", "ore", "ב-"}
        ):
            pieces = bare.split(".")
        if not pieces and bare.count(".") in {1, 2} and len(bare) in {4, 5, 7, 8}:
            pieces = bare.split(".") if not _is_numeric_day(bare) else []
        if 2 <= len(pieces) <= 3 and all(p.isdecimal() and len(p) <= 2 for p in pieces if p):
            values = [int(p or 0) for p in pieces] + [0]
            if values[0] < 24 and values[1] < 60 and values[2] < 60:
                words[index] = word[len(bare) :]  # what is left of “4:19pm”
                return values[0], values[1], values[2]
    return None


def _joined_days(words: list[str]) -> list[str]:
    """`27. 10. 2021` as one word, as Czech and Slovak write it with spaces."""
    for index in range(len(words) - 2):
        one, two, three = words[index : index + 3]
        is_day = (
            one.endswith(".") and two.endswith(".") and (one + two).replace(".", "").isdecimal()
        )
        if is_day and three[:4].isdecimal() and len(three.rstrip(".")) == 4:
            return [*words[:index], one + two + three.rstrip("."), *words[index + 3 :]]
    return words


def _is_numeric_day(word: str) -> bool:
    pieces = word.split(".")
    return len(pieces) == 3 and len(pieces[2]) in {2, 4} and int(pieces[1] or 99) <= 12


def _find_day(words: list[str], *, american: bool) -> tuple[int, int, int] | None:
    for word in words:
        if (found := _numeric_day(word, american=american)) is not None:
            return found
    month = year = day = None
    for word in words:
        bare = word.strip(".'")
        if month is None and (bare in MONTHS or word in MONTHS):
            month = MONTHS.get(word) or MONTHS[bare]
        elif bare.isdecimal() and len(bare) == 4 and year is None:
            year = int(bare)
        elif day is None and _ordinal(bare) is not None:
            day = _ordinal(bare)
    if month is None or day is None or year is None:
        return None
    return year, month, day


def _ordinal(word: str) -> int | None:
    for suffix in ("st", "nd", "rd", "th", "er", "º", "ª", "."):
        word = word.removesuffix(suffix)
    return int(word) if word.isdecimal() and 1 <= int(word) <= 31 and len(word) <= 2 else None


def _numeric_day(word: str, *, american: bool) -> tuple[int, int, int] | None:
    for mark in "/.-":
        pieces = word.strip(mark).split(mark)
        if len(pieces) != 3:
            continue
        if len(pieces[0]) == 4 and all(p.isdecimal() for p in pieces):
            return int(pieces[0]), int(pieces[1]), int(pieces[2])
        if len(pieces[2]) in {2, 4} and pieces[2].isdecimal() and pieces[0].isdecimal():
            year = int(pieces[2]) + (2000 if len(pieces[2]) == 2 else 0)
            if not pieces[1].isdecimal():
                month = MONTHS.get(pieces[1])
                return (year, month, int(pieces[0])) if month else None
            first, second = int(pieces[0]), int(pieces[1])
            if second > 12 or (american and first <= 12):
                first, second = second, first
            return year, second, first
    return None


def _with_zone(moment: datetime, words: list[str]) -> datetime:
    for index, word in enumerate(reversed(words)):
        low = word.lower().strip("()")
        for prefix in ("gmt", "utc", ""):
            offset = _offset(low.removeprefix(prefix)) if low.startswith(prefix) else None
            if offset is not None:
                return moment.replace(tzinfo=timezone(offset))
        if low in ZONES and index < 3:
            hours = ZONES[low]
            return moment.replace(tzinfo=timezone(timedelta(hours=hours)) if hours else UTC)
    return moment


def _offset(text: str) -> timedelta | None:
    if text[:1] not in {"+", "-"} or not 2 <= len(text) <= 6:
        return None
    digits = text[1:].replace(":", "")
    if not digits.isdecimal():
        return None
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        return None
    value = timedelta(hours=hours, minutes=minutes)
    return -value if text[0] == "-" else value
