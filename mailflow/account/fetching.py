"""Fetching mail by UID from an open mailbox: sizes first, then whole mails in bounded batches."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, ProtocolError

from mailflow.model.mail import Location, Oversize, RawMessage

BATCH_BYTES = 4 * 1024 * 1024
BATCH_MAILS = 200
HEAD_BYTES = 256 * 1024
"""How much of an oversize mail's header block is worth having."""

_WIDEN = 4
_EPOCH = datetime.fromtimestamp(0, UTC)
_APPENDUID = re.compile(rb"\[APPENDUID \d+ (\d+)\]", re.IGNORECASE)

Sizes = Mapping[int, int]
"""UID to size in bytes, ascending."""

Items = Mapping[bytes, Any]
"""What FETCH told about one mail, by the names of RFC 9051 §7.5.2."""


def sizes_after(client: IMAPClient, after: int, last: int, limit: int) -> Sizes:
    """The first `limit` mails with a UID above `after`, up to `last`.

    Searched in windows of UIDs that widen over gaps, so that no answer outgrows what is wanted.
    """
    found: list[int] = []
    first, width = after + 1, max(limit, 16)
    while first <= last and len(found) < limit:
        to = min(first + width - 1, last)
        found += client.search(f"UID {first}:{to}")
        first, width = to + 1, width * _WIDEN
    return sizes_of(client, sorted(found)[:limit])


def sizes_of(client: IMAPClient, uids: Sequence[int]) -> Sizes:
    """Those of the UIDs that are still there."""
    found: dict[int, int] = {}
    ordered = sorted(set(uids))
    for start in range(0, len(ordered), BATCH_MAILS):
        answer = client.fetch(ordered[start : start + BATCH_MAILS], ["RFC822.SIZE"])
        # A server that cannot tell a size has the mail all the same.
        found |= {uid: int(items.get(b"RFC822.SIZE") or 0) for uid, items in answer.items()}
    untold = [uid for uid in ordered if uid not in found]
    return dict(sorted((found | dict.fromkeys(still_there(client, untold), 0)).items()))


def still_there(client: IMAPClient, uids: Sequence[int]) -> list[int]:
    """Those that were not deleted meanwhile; the server looks again before it says so."""
    if not uids:
        return []
    client.noop()
    found: set[int] = set()
    for start in range(0, len(uids), BATCH_MAILS):
        found.update(client.search(f"UID {','.join(map(str, uids[start : start + BATCH_MAILS]))}"))
    return sorted(found & set(uids))


def batches(sizes: Sizes, max_bytes: int | None) -> Iterator[dict[int, int]]:
    """Group mails so that one answer stays near BATCH_BYTES; a big mail travels alone."""
    batch: dict[int, int] = {}
    total = 0
    for uid, size in sizes.items():
        weight = HEAD_BYTES if max_bytes is not None and size > max_bytes else size
        if batch and (total + weight > BATCH_BYTES or len(batch) >= BATCH_MAILS):
            yield batch
            batch, total = {}, 0
        batch[uid] = size
        total += weight
    if batch:
        yield batch


def fetch_batch(
    client: IMAPClient,
    sizes: Sizes,
    place: Callable[[int], Location],
    max_bytes: int | None,
) -> list[RawMessage | Oversize]:
    """The mails of one batch in order of UID; of those over `max_bytes` only the head.

    What was deleted meanwhile is left out. A mail the server itself cannot read out comes with
    whatever part of it could be had, maybe with no bytes at all, so that it blocks no other.
    """
    small = [uid for uid, size in sizes.items() if max_bytes is None or size <= max_bytes]
    big = [uid for uid in sizes if uid not in set(small)]
    got: dict[int, RawMessage | Oversize] = {}
    for uid, items in _fetch_all(client, small, (b"INTERNALDATE", b"BODY.PEEK[]")).items():
        got[uid] = _mail(place(uid), _content(items), _received_at(items), max_bytes)
    head = f"BODY.PEEK[HEADER]<0.{HEAD_BYTES}>".encode()
    for uid, items in _fetch_all(client, big, (b"INTERNALDATE", head)).items():
        got[uid] = Oversize(place(uid), sizes[uid], _content(items), _received_at(items))
    return [got[uid] for uid in sorted(got)]


def appended_uid(answer: bytes | None) -> int | None:
    """The UID in an APPENDUID response code (RFC 4315 §3), if the server told it."""
    found = _APPENDUID.search(answer or b"")
    return int(found[1]) if found else None


def _mail(
    location: Location, data: bytes, received_at: datetime, max_bytes: int | None
) -> RawMessage | Oversize:
    """Servers that convert mail as they serve it tell sizes that are only about right."""
    if max_bytes is None or len(data) <= max_bytes:
        return RawMessage(location, data, received_at)
    head = data.partition(b"\r\n\r\n")[0][:HEAD_BYTES]
    return Oversize(location, len(data), head + b"\r\n\r\n", received_at)


def _fetch_all(
    client: IMAPClient, uids: Sequence[int], items: tuple[bytes, ...]
) -> dict[int, Items]:
    """What is passed over and still there is asked for by itself, and comes with nothing if it is
    passed over again: the cursor moves on, and would never come back to it."""
    answer = _fetch(client, uids, items)
    for uid in still_there(client, [uid for uid in uids if uid not in answer]):
        answer[uid] = _fetch_one(client, uid, items) or {}
    return answer


def _fetch(client: IMAPClient, uids: Sequence[int], items: tuple[bytes, ...]) -> dict[int, Items]:
    if not uids:
        return {}
    try:
        answer: dict[int, Items] = client.fetch(uids, items)
    except (IMAPClientAbortError, ProtocolError):
        raise
    except (IMAPClientError, ValueError):
        return {uid: found for uid in uids if (found := _fetch_one(client, uid, items)) is not None}
    return {uid: found for uid, found in answer.items() if any(b"BODY[" in key for key in found)}


def _fetch_one(client: IMAPClient, uid: int, items: tuple[bytes, ...]) -> Items | None:
    """One mail of a batch that the server refused; None when it is gone."""
    for wanted in (items, items[1:], (b"BODY.PEEK[HEADER]",)):
        try:
            answer: dict[int, Items] = client.fetch([uid], wanted)
        except (IMAPClientAbortError, ProtocolError):
            raise
        except (IMAPClientError, ValueError):
            continue
        return answer.get(uid)
    return {}


def _content(items: Items) -> bytes:
    return next((bytes(items[key] or b"") for key in items if key.startswith(b"BODY[")), b"")


def _received_at(items: Items) -> datetime:
    """INTERNALDATE in aware UTC; the epoch when the server told none that can be read."""
    at = items.get(b"INTERNALDATE")
    return at.astimezone(UTC) if isinstance(at, datetime) and at.tzinfo else _EPOCH
