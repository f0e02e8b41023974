"""Header fields of many mails at once: UID FETCH with its answers read straight off the line."""

import re
import time
from collections import deque
from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError

from mailflow.model.history import Head

FIELDS = (
    "FROM TO CC DATE MESSAGE-ID IN-REPLY-TO SUBJECT CONTENT-TYPE RETURN-PATH AUTO-SUBMITTED"
    " CONTENT-LANGUAGE ACCEPT-LANGUAGE"
    " PRECEDENCE LIST-ID LIST-POST LIST-UNSUBSCRIBE MAILING-LIST X-AUTOREPLY X-AUTORESPOND"
    " X-MAILFLOW-LOOP X-CRON-ENV X-GITHUB-REASON X-FAILED-RECIPIENTS"
)
"""What tells people from machines; each mail's answer repeats the list, so it is short."""

ITEMS = f"(UID INTERNALDATE BODY.PEEK[HEADER.FIELDS ({FIELDS})])".encode()
IN_FLIGHT = 2
"""Commands under way at a time: the server works on one while we read the other."""

MAX_HEAD = 128 * 1024
MAX_LITERALS = 100
MAX_AT = 40

_LITERAL = re.compile(rb"\{(\d{1,12})\+?\}\r\n\Z")
_UID = re.compile(rb"\bUID (\d{1,10})\b", re.IGNORECASE)
_AT = re.compile(
    rb'\bINTERNALDATE " ?(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"',
    re.IGNORECASE,
)
_BODY = re.compile(rb"\bBODY\[[^\]]{0,2000}\]", re.IGNORECASE)
_OF_BODY = re.compile(_BODY.pattern + rb"(?:<\d+>)? ~?\{\d+\+?\}\r\n\Z", re.IGNORECASE)
_OF_AT = re.compile(rb"\bINTERNALDATE \{\d+\+?\}\r\n\Z", re.IGNORECASE)
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
_USUAL = re.compile(
    rb"\* \d{1,10} FETCH \(UID (\d{1,10}) " + _AT.pattern.removeprefix(rb"\b") + rb" BODY\["
    rb"HEADER\.FIELDS \([^()]*\)\] \{(\d{1,5})\}\r\n\Z",
    re.IGNORECASE,
)
"""How most servers answer: the items in the order they were asked for, then the header fields."""

_EPOCH = datetime.fromtimestamp(0, UTC)
_MONTHS = {
    name: number
    for number, name in enumerate(
        b"jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}

NextSet = Callable[[], Sequence[int] | None]
"""The UIDs to ask for next, ascending; None when there are none now."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came for a set of UIDs: the heads of those that are there, or the server's refusal in
    its own words. `seconds` were spent waiting for it."""

    uids: Sequence[int]
    heads: list[Head]
    refusal: str = ""
    seconds: float = 0.0


def heads(client: IMAPClient, next_set: NextSet) -> Generator[Answer, None, None]:
    """Fetch sets of mails from the open mailbox, each with one command, until there is no next.

    A generator left in the middle leaves answers on the line, which is then of no more use.
    """
    under_way: deque[tuple[bytes, Sequence[int]]] = deque()
    # a server may work on two commands at once, and end the second first (RFC 9051 §5.5)
    early: dict[int, Head] = {}
    done: dict[bytes, str] = {}
    while True:
        _send(client, next_set, under_way)
        if not under_way:
            return
        tag, uids = under_way.popleft()
        began = time.monotonic()
        found, refusal = _read(client._imap, tag, [each for each, _ in under_way], done)
        seconds = time.monotonic() - began
        early |= {head.uid: head for head in found}
        mine = [early.pop(uid) for uid in uids if uid in early]
        _send(client, next_set, under_way)
        yield Answer(uids, [] if refusal else mine, refusal, seconds)


def uid_set(uids: Sequence[int]) -> str:
    """Ascending UIDs in the shortest form: `1:3,7` (RFC 9051 sequence-set)."""
    runs: list[list[int]] = []
    for uid in uids:
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(f"{a}" if a == b else f"{a}:{b}" for a, b in runs)


def _send(
    client: IMAPClient, next_set: NextSet, under_way: deque[tuple[bytes, Sequence[int]]]
) -> None:
    wire = client._imap
    while len(under_way) < IN_FLIGHT and (uids := next_set()):
        tag = wire._new_tag()
        wire.tagged_commands.pop(tag, None)  # imaplib shall not wait for what it never sees
        wire.send(b"%b UID FETCH %b %b\r\n" % (tag, uid_set(uids).encode("ascii"), ITEMS))
        under_way.append((tag, uids))


def _read(
    wire: Any, tag: bytes, under_way: Collection[bytes], done: dict[bytes, str]
) -> tuple[list[Head], str]:
    """Every head up to the tagged answer, and the words of a refusal. What is said to a later
    command before that is kept in `done`."""
    found: list[Head] = []
    readline = wire.readline
    while tag not in done:
        line: bytes = readline()
        if line.startswith(b"* "):
            if (head := _untagged(wire, line)) is not None:
                found.append(head)
            continue
        of, _, said = line.partition(b" ")
        if of == tag or of in under_way:
            is_fine = said[:3].upper() == b"OK "
            done[of] = "" if is_fine else said.decode("utf-8", "replace").strip()
        elif not line.endswith(b"\n"):
            raise IMAPClientAbortError("the server closed the connection")
        elif not line.startswith(b"+"):
            raise IMAPClientAbortError(f"unexpected answer: {line[:80]!r}")
    return found, done.pop(tag)


def _untagged(wire: Any, line: bytes) -> Head | None:
    """An untagged answer to its end, whatever it is; a head if it is one."""
    if (usual := _USUAL.match(line)) is not None:
        uid, *at, octets = usual.groups()
        data = _literal(wire, int(octets))
        if (rest := wire.readline()) == b")\r\n":
            return Head(int(uid), data, _instant(at))
        return _further(wire, line, data, rest)
    if line[:5].upper() == b"* BYE":
        raise IMAPClientAbortError(line[2:200].decode("utf-8", "replace").strip())
    return _further(wire, b"", None, line)


def _further(wire: Any, said: bytes, data: bytes | None, rest: bytes) -> Head | None:
    """An answer to its end; `said` is what came before `rest`, `data` the header fields if they
    were in it."""
    for _ in range(MAX_LITERALS):
        said += rest
        if not rest.endswith(b"}\r\n") or (size := _LITERAL.search(rest)) is None:
            return _head(said, data)
        literal = _literal(wire, int(size[1]))
        if data is None and _OF_BODY.search(said):
            data = literal
        elif _OF_AT.search(said):
            said += b'INTERNALDATE "%b"' % literal[:MAX_AT]
        rest = wire.readline()
    raise IMAPClientAbortError("an answer without end")


def _literal(wire: Any, size: int) -> bytes:
    """The octets of a literal; of a huge one the lines at its beginning (RFC 9051 §4.3)."""
    data: bytes = wire.read(min(size, MAX_HEAD))
    left = size - len(data)
    if left:
        data = data[: data.rfind(b"\n") + 1]
    while left > 0:
        skipped = len(wire.read(min(left, MAX_HEAD)))
        if not skipped:
            raise IMAPClientAbortError("the server closed the connection")
        left -= skipped
    return data


def _head(said: bytes, data: bytes | None) -> Head | None:
    """`* 1 FETCH (UID 7 INTERNALDATE "…" BODY[HEADER.FIELDS (…)] {9}`, in any order of items, all
    of it but the literals; None for other news."""
    if b" FETCH " not in said[:32].upper():
        return None
    items = _STRING.sub(b"", said)
    body, uid = _BODY.search(items), _UID.search(_BODY.sub(b"", items))
    if body is None or uid is None:
        return None
    at = _AT.search(said)
    return Head(int(uid[1]), data or b"", _instant(at.groups()) if at else _EPOCH)


def _instant(at: Sequence[bytes]) -> datetime:
    day, month, year, hour, minute, second, sign, hours, minutes = at
    try:
        zone = _zone(sign, int(hours), int(minutes))
        moment = datetime(
            int(year), _MONTHS[month.lower()], int(day),
            int(hour), int(minute), min(int(second), 59), tzinfo=zone,
        )  # fmt: skip
        return moment.astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        return _EPOCH


@lru_cache(maxsize=128)
def _zone(sign: bytes, hours: int, minutes: int) -> timezone:
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if sign == b"-" else offset)
