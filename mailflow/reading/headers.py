"""Header fields as values: addresses, Message-IDs, references and dates (RFC 5322 §3)."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from mailflow.model.address import NamedAddress
from mailflow.reading.names import address_list
from mailflow.reading.words import decode_words, unfold

MAX_REFERENCES = 100
MAX_ID = 998

Headers = tuple[tuple[str, str], ...]


def read(raw: list[tuple[str, str]]) -> Headers:
    """Every field decoded and unfolded, in order."""
    return tuple((name, unfold(decode_words(unfold(value)))) for name, value in raw)


def addresses(raw: list[tuple[str, str]], name: str) -> tuple[NamedAddress, ...]:
    """The addresses of all fields of that name."""
    return tuple(
        named for key, value in raw if key == name for named in address_list(unfold(value))
    )


def message_ids(value: str) -> tuple[str, ...]:
    """Every `<id>` in a value, in order, once; a bare id gets its brackets (RFC 5322 §3.6.4)."""
    found: dict[str, None] = {}
    at = 0
    while (start := value.find("<", at)) >= 0:
        end = value.find(">", start)
        if end < 0:
            break
        inner = "".join(value[start + 1 : end].rpartition("<")[2].split())
        if inner and len(inner) <= MAX_ID:
            found[f"<{inner}>"] = None
        at = end + 1
    if not found:
        for word in value.split():
            if "@" in word and len(word) <= MAX_ID:
                found[f"<{word.strip('<>;,()')}>"] = None
    return tuple(found)


def references(value: str) -> tuple[str, ...]:
    """The References, oldest first; of very long chains the last hundred."""
    return message_ids(value)[-MAX_REFERENCES:]


def date(value: str) -> tuple[datetime | None, timedelta | None]:
    """A Date field in aware UTC and the zone it was written in; (None, None) if unreadable.

    `-0000` and a missing zone mean UTC with an unknown zone (RFC 5322 §3.3).
    """
    try:
        parts = parsedate_tz(value[:200])
        if parts is None:
            return None, None
        year, month, day, hour, minute, second = parts[:6]
        offset = parts[9]
        zone = UTC if offset is None else timezone(timedelta(seconds=offset))
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
        known = offset is not None and not value.rstrip().endswith("-0000")
        return moment.astimezone(UTC), timedelta(seconds=offset or 0) if known else None
    except (ValueError, OverflowError, IndexError, TypeError):
        return None, None


def fields(text: str) -> tuple[Headers, ...]:
    """Groups of `Name: value` lines with an empty line between them (RFC 3464 §2.1)."""
    groups: list[list[tuple[str, str]]] = [[]]
    for line in text.split("\n")[:5000]:
        line = line.rstrip()
        if not line:
            if groups[-1]:
                groups.append([])
        elif line[0] in " \t" and groups[-1]:
            name, value = groups[-1][-1]
            if len(value) < MAX_ID * 4:
                groups[-1][-1] = (name, f"{value} {line.strip()}")
        else:
            name, colon, value = line.partition(":")
            if colon and len(groups) < 1000:
                groups[-1].append((name.strip().lower(), value.strip()))
    return tuple(tuple(group) for group in groups if group)
