"""Past mail understood by its header fields alone: who wrote to whom, when; no machines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from mailflow.model.address import NamedAddress
from mailflow.model.history import PastMail
from mailflow.model.interaction import Direction
from mailflow.model.mail import LOOP_HEADER, Kind, Unreadable
from mailflow.reading import headers
from mailflow.reading.automatic import (
    AUTO_REPLY_HEADERS,
    LIST_HEADERS,
    ROBOT_HEADERS,
)
from mailflow.reading.classify import nature
from mailflow.reading.language import hint
from mailflow.reading.machines import CACHED, is_machine, writes_as_machine
from mailflow.reading.names import address_list, one, pieces
from mailflow.reading.parse import parse
from mailflow.reading.quick_headers import date, fields
from mailflow.reading.words import decode_words, unfold

PROOF = frozenset([*LIST_HEADERS, "list-unsubscribe", LOOP_HEADER.lower()])
"""Fields that only machines' mail and mailflow's own have, whatever they say."""

DOUBT = frozenset(
    [*AUTO_REPLY_HEADERS, *ROBOT_HEADERS, "precedence", "x-precedence", "x-apple-action",
     "x-post-messageclass", "x-failed-recipients", "delivered-to"]
)  # fmt: skip
"""Fields that have to be read to know what they mean."""

NULL_PATHS = frozenset(["<>", "<mailer-daemon>", "<#@[]>"])
MACHINE_SUBMITS = frozenset(["auto-generated", "auto-replied", "auto-notified"])
REPORT = "multipart/report"
PLAIN_ID = re.compile(f"<[^<> ]{{1,{headers.MAX_ID}}}>")
MAX_SPLIT = 3000
"""Characters of an address field that cannot hold more addresses than are ever read."""

MAX_CACHED = 150
"""Characters of an address field that is worth remembering."""


@dataclass(frozen=True, slots=True)
class Own:
    """The folded addresses of the owner, and the service's."""

    keys: frozenset[str]
    service: str


class _Read(NamedTuple):
    """A person's mail, by what its header fields say."""

    message_id: str
    sender: NamedAddress | None
    recipients: tuple[NamedAddress, ...]
    subject: str
    sent_at: datetime | None
    utc_offset: timedelta | None
    in_reply_to: str | None
    language: str


class _Odd(Exception):
    """Not what nearly all mail looks like: to be read with care."""


def past_mail(data: bytes, received_at: datetime, own: Own, *, in_sent: bool) -> PastMail | None:
    """The mail whose header fields are `data`, if it went between the owner and people.

    None for bounces, automatic answers, robots, lists and mail between the owner and mailflow.
    What is ordinary is read by a quick way that says the same as the careful one.
    """
    try:
        read = _quickly(data)
    except _Odd:
        read = carefully(data, received_at)
    return None if read is None else _concluded(read, received_at, own, in_sent=in_sent)


def carefully(data: bytes, received_at: datetime) -> _Read | None:
    """As any other mail is read; None for a machine's."""
    message = parse(data, received_at=received_at)
    if isinstance(message, Unreadable) or message.header(LOOP_HEADER) is not None:
        return None
    if nature(message).kind is not Kind.OTHER or _is_report(message.header("content-type") or ""):
        return None
    return _Read(
        message.message_id, message.sender, message.recipients, message.subject,
        message.sent_at, message.utc_offset, message.in_reply_to,
        hint(
            message.header("content-language") or "", message.header("accept-language") or "",
            message.subject,
        ),
    )  # fmt: skip


def _quickly(data: bytes) -> _Read | None:
    """As `carefully`; raises _Odd for what it does not know.

    1. Fields that prove a machine. 2. Fields that need care. 3. The rest is plain.
    """
    found = fields(data)
    if found is None:
        raise _Odd
    if not PROOF.isdisjoint(found):
        return None
    if (submitted := found.get("auto-submitted", "no").lower()) != "no":
        if submitted in MACHINE_SUBMITS:
            return None
        raise _Odd
    message_id = found.get("message-id", "")
    if not DOUBT.isdisjoint(found) or not _is_plain_id(message_id):
        raise _Odd
    senders = _addresses(found.get("from", ""))
    if not senders or found.get("return-path", "").lower() in NULL_PATHS:
        raise _Odd
    if _is_report(found.get("content-type", "")):
        return None
    subject = found.get("subject", "")
    if "=?" in subject:
        subject = unfold(decode_words(subject))
    sent_at, offset = date(found.get("date", ""))
    read = _Read(
        message_id, senders[0], _addresses(found.get("to", "")) + _addresses(found.get("cc", "")),
        subject, sent_at, offset, _first_id(found.get("in-reply-to", "")),
        hint(found.get("content-language", ""), found.get("accept-language", ""), subject),
    )  # fmt: skip
    if writes_as_machine(senders[0], subject, read.in_reply_to):
        return None
    if is_machine(senders[0]):
        raise _Odd
    return read


def _concluded(read: _Read, received_at: datetime, own: Own, *, in_sent: bool) -> PastMail | None:
    sender = read.sender
    is_out = in_sent or (sender is not None and sender.address.key in own.keys)
    others: Iterable[NamedAddress] = read.recipients if is_out else (sender,) if sender else ()
    people = {
        named.address.key: named
        for named in reversed([*others])
        if named.address.key not in own.keys and not is_machine(named)
    }
    if not people or own.service in people:
        return None
    return PastMail(
        message_id=read.message_id,
        direction=Direction.OUT if is_out else Direction.IN,
        others=tuple(reversed(people.values())),
        at=min(read.sent_at, received_at) if read.sent_at else received_at,
        people=max(1, len(read.recipients)),
        subject=read.subject,
        in_reply_to=read.in_reply_to,
        utc_offset=read.utc_offset,
        language=read.language,
    )


def _is_report(content_type: str) -> bool:
    return content_type.lstrip()[: len(REPORT)].lower() == REPORT


def _is_plain_id(value: str) -> bool:
    return PLAIN_ID.fullmatch(value) is not None


def _first_id(value: str) -> str | None:
    if not value or _is_plain_id(value):
        return value or None
    return next(iter(headers.message_ids(value)), None)


def _addresses(value: str) -> tuple[NamedAddress, ...]:
    if not value:
        return ()
    return _remembered(value) if len(value) <= MAX_CACHED else _split(value)


@lru_cache(maxsize=CACHED)
def _remembered(value: str) -> tuple[NamedAddress, ...]:
    return _split(value)


def _split(value: str) -> tuple[NamedAddress, ...]:
    """As `address_list`, one address at a time, for most of them are met again and again."""
    if len(value) > MAX_SPLIT:
        return address_list(value)
    found = (_one(piece.strip()) for piece in pieces(value))
    return tuple(named for named in found if named is not None)


@lru_cache(maxsize=CACHED)
def _one(piece: str) -> NamedAddress | None:
    return one(piece)
