"""When an automatic answer says that its sender is back."""

from datetime import UTC, datetime, timedelta

from mailflow.model.mail import InboundMessage
from mailflow.reading import body
from mailflow.reading.away_words import BACK, FROM, INCLUSIVE, UNTIL, WEEKDAYS
from mailflow.reading.months import MONTHS

MAX_CHARS = 4000
MAX_WORDS = 500
WINDOW = 9
HORIZON = timedelta(days=400)


def returns_at(message: InboundMessage) -> datetime | None:
    """The day the sender says to be back, as midnight in the zone of the mail's Date, in UTC.

    1. “Back on 14 May” in any of the languages of the table. 2. “Until 14 May”; when it is said to
    be included or ends a range, the day after. A year that is missing is the next such day after
    the mail's own date. None when nothing of the kind is said, or the day is over.
    """
    if message.sent_at is None:
        return None
    offset = message.utc_offset or timedelta()
    today = (message.sent_at + offset).replace(hour=0, minute=0, second=0, microsecond=0)
    text = f"{message.subject}\n{body.plain(message)[:MAX_CHARS]}".lower()
    words = _words(text)
    found = _east_asian(text, today)
    if found is None:
        found = _find(words, BACK, today, is_until=False) or _find(
            words, UNTIL, today, is_until=True
        )
    if found is None or not today <= found <= today + HORIZON:
        return None
    return (found - offset).astimezone(UTC)


def _words(text: str) -> list[str]:
    flat = text.replace("\u00a0", " ").replace("\u202f", " ").replace("(", " ").replace(")", " ")
    return flat.split()[:MAX_WORDS]


def _find(
    words: list[str], table: dict[str, list[tuple[str, ...]]], today: datetime, *, is_until: bool
) -> datetime | None:
    """The first date that follows a phrase of the table."""
    for index, word in enumerate(words):
        for phrase in table.get(word.strip(",;:"), ()):
            if tuple(w.strip(",;:") for w in words[index : index + len(phrase)]) != phrase:
                continue
            start = index + len(phrase)
            day = date_in(words[start : start + WINDOW], today)
            if day is None:
                continue
            included = is_until and (
                "_".join(phrase) in INCLUSIVE or _ends_range(words[max(0, index - 7) : index])
            )
            return day + timedelta(days=1) if included else day
    return None


def _ends_range(before: list[str]) -> bool:
    """“from 3 May to 14 May”: a range includes its last day."""
    for index, word in enumerate(before):
        if word in FROM and any(any(c.isdigit() for c in w) for w in before[index + 1 :]):
            return True
    return False


def date_in(words: list[str], today: datetime) -> datetime | None:
    """The date that the first few words state: figures, a day and a month, or a weekday."""
    for index, word in enumerate(words):
        bare = word.strip(",;:.!?*")
        if (found := _numeric(word.strip(",;:!?*"), today)) is not None:
            return found
        if bare in MONTHS or word.strip(",;:!?*") in MONTHS:
            month = MONTHS.get(bare) or MONTHS[word.strip(",;:!?*")]
            return _with_month(words, index, month, today)
        if bare in WEEKDAYS and not _date_follows(words[index + 1 :]):
            ahead = (WEEKDAYS[bare] - today.weekday()) % 7 or 7
            return today + timedelta(days=ahead)
        if word.endswith((".", "!", "?")) and not word[:-1].isdigit():
            return None  # the sentence is over
    return None


def _date_follows(words: list[str]) -> bool:
    return any(any(c.isdigit() for c in word) for word in words[:4])


def _with_month(words: list[str], at: int, month: int, today: datetime) -> datetime | None:
    day = year = None
    for word in (*reversed(words[max(0, at - 2) : at]), *words[at + 1 : at + 4]):
        bare = _without_ordinal(word.strip(",;:.!?*"))
        if bare.isdecimal() and len(bare) == 4:
            year = year or int(bare)
        elif bare.isdecimal() and day is None and 1 <= int(bare) <= 31:
            day = int(bare)
    return _day(year, month, day, today) if day else None


def _without_ordinal(word: str) -> str:
    for suffix in ("st", "nd", "rd", "th", "er", "º", "ª"):
        word = word.removesuffix(suffix)
    return word


def _numeric(word: str, today: datetime) -> datetime | None:
    """14.05.2026, 14.5., 14/05, 2026-05-14; of two readings the next one to come."""
    for mark in "./-":
        pieces = [piece for piece in word.strip(mark).split(mark) if piece]
        if not 2 <= len(pieces) <= 3 or not all(p.isdecimal() and len(p) <= 4 for p in pieces):
            continue
        numbers = [int(piece) for piece in pieces]
        if len(pieces[0]) == 4 and len(numbers) == 3:
            return _day(numbers[0], numbers[1], numbers[2], today)
        if len(pieces[0]) > 2 or len(pieces[1]) > 2:
            return None
        if len(numbers) == 2 and mark == "-":
            return None  # a range of days, or of anything
        year = numbers[2] + (2000 if numbers[2] < 100 else 0) if len(numbers) == 3 else None
        readings = [_day(year, numbers[1], numbers[0], today)]
        if mark == "/":
            readings.append(_day(year, numbers[0], numbers[1], today))
        ahead = [day for day in readings if day is not None and day >= today]
        return min(ahead) if ahead else None
    return None


def _day(year: int | None, month: int, day: int, today: datetime) -> datetime | None:
    try:
        if year is not None:
            return today.replace(year=year, month=month, day=day)
        found = today.replace(month=month, day=day)
        return found if found >= today else found.replace(year=today.year + 1)
    except ValueError:
        return None


def _east_asian(text: str, today: datetime) -> datetime | None:
    """The last `5月14日` of the text: absences are given as ranges."""
    at = text.rfind("月")
    while at > 0:
        before, after = text[max(0, at - 2) : at], text[at + 1 : at + 4]
        month = "".join(c for c in before if c.isdecimal())
        day = "".join(c for c in after.partition("日")[0] if c.isdecimal())
        if month and day and "日" in after:
            found = _day(None, int(month), int(day), today)
            included = any(word in text[at : at + 12] for word in ("まで", "为止", "止"))
            return found + timedelta(days=1) if found and included else found
        at = text.rfind("月", 0, at)
    return None
