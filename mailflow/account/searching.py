"""Finding mail by exact Message-ID or by day, on servers that take neither to the letter."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from imapclient import IMAPClient

_SAFE = re.compile(r"[A-Za-z0-9<>@.=_+$-]+")
"""What every server takes as it stands (RFC 9051's ATOM), and what cannot end the command."""

_BATCH = 500
_FIELD = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"


def find_message_id(client: IMAPClient, message_id: str) -> list[int]:
    """UIDs in the open mailbox whose Message-ID is this one, to the letter.

    SEARCH HEADER finds substrings and ignores case (RFC 9051 §6.4.4), so it is asked for the
    longest harmless stretch, and each candidate's header field is compared.
    """
    wanted = " ".join(message_id.split())
    stretches = _SAFE.findall(wanted)
    if not stretches:
        return []
    longest: str = max(stretches, key=len)
    candidates = client.search(["HEADER", "Message-ID", longest])
    told = _fetch(client, candidates, _FIELD)
    return sorted(uid for uid, items in told if _message_id_in(items) == wanted)


def find_since(client: IMAPClient, on: date) -> list[int]:
    """UIDs in the open mailbox of mails that arrived on that day, in UTC, or later.

    SEARCH SINCE goes by the day in whatever zone the server lives in (RFC 9051 §6.4.4), so it is
    asked for a day more and each candidate's INTERNALDATE is compared.
    """
    candidates = client.search(["SINCE", on - timedelta(days=1)])
    told = _fetch(client, candidates, "INTERNALDATE")
    return sorted(uid for uid, items in told if _arrived_on(items) >= on)


def sent_or_received(client: IMAPClient, first: int, last: int, since: date | None) -> list[int]:
    """UIDs of the open mailbox from `first` to `last`, ascending, that are no drafts (Gmail keeps
    those in All Mail too), and came on that day of the server's calendar or later."""
    days = ["SINCE", since] if since else []
    return sorted(client.search(["UID", f"{first}:{last}", "UNDRAFT", *days]))


def _fetch(
    client: IMAPClient, uids: Sequence[int], item: str
) -> Iterator[tuple[int, dict[bytes, object]]]:
    for start in range(0, len(uids), _BATCH):
        yield from client.fetch(uids[start : start + _BATCH], [item]).items()


def _arrived_on(items: dict[bytes, object]) -> date:
    """What does not tell its day may have come on any."""
    at = items.get(b"INTERNALDATE")
    return at.astimezone(UTC).date() if isinstance(at, datetime) and at.tzinfo else date.max


def _message_id_in(items: dict[bytes, object]) -> str:
    """The field's value unfolded; bytes that are not UTF-8 survive as surrogates."""
    raw = next((v for k, v in items.items() if k.startswith(b"BODY[")), b"")
    text = raw.decode("utf-8", "surrogateescape") if isinstance(raw, bytes) else ""
    return " ".join(text.partition(":")[2].split())
