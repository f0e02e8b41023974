"""Machines told by subject and sender alone, quickly, for mail that comes by the thousand."""

import re
from functools import lru_cache

from mailflow.model.address import NamedAddress
from mailflow.model.mail import InboundMessage
from mailflow.reading import bounce_words
from mailflow.reading.automatic import replied_by_form, robot_by_form
from mailflow.reading.automatic_words import (
    AUTO_SUBJECTS,
    CHALLENGES,
    NAMED_SUBJECTS,
    NO_REPLY,
    WEAK_SUBJECTS,
)

CACHED = 4096
DAEMON_BEGINNINGS = ("mailer-daemon", "postmaster", "mdaemon")
WORD = re.compile("[a-z0-9]+")
TELLING = frozenset(
    next(iter(WORD.findall(phrase)), "")
    for phrase in (*AUTO_SUBJECTS, *NAMED_SUBJECTS, *WEAK_SUBJECTS)
)
"""The first words of what machines write into subjects, as far as it is ASCII."""


@lru_cache(maxsize=CACHED)
def is_machine(named: NamedAddress) -> bool:
    """Whether name or address are those of a daemon or of nobody who reads answers."""
    local, name = named.address.local.lower().partition("+")[0], named.name.lower()
    if local in bounce_words.DAEMONS or local.startswith(DAEMON_BEGINNINGS):
        return True
    flat = local.replace("-", "").replace("_", "").replace(".", "")
    is_daemons = any(phrase in name for phrase in bounce_words.DAEMON_NAMES)
    return is_daemons or flat.startswith(NO_REPLY)


def writes_as_machine(sender: NamedAddress, subject: str, in_reply_to: str | None) -> bool:
    """Whether subject or sender are a machine's, by the rules for any other mail; these are only
    asked where a word of the subject gives reason to."""
    low = subject.lower()
    is_plain = low.isascii() and TELLING.isdisjoint(WORD.findall(low))
    if not is_plain and replied_by_form(_minimal(sender, subject, in_reply_to)):
        return True
    if any(phrase in low for phrase in CHALLENGES):
        return True
    return _is_robot(sender)


@lru_cache(maxsize=CACHED)
def _is_robot(sender: NamedAddress) -> bool:
    return robot_by_form(_minimal(sender)) is not None


def _minimal(
    sender: NamedAddress, subject: str = "", in_reply_to: str | None = None
) -> InboundMessage:
    return InboundMessage(
        message_id="", has_message_id=True, body_hash="", sender=sender, to=(), cc=(),
        reply_to=(), subject=subject, sent_at=None, utc_offset=None, in_reply_to=in_reply_to,
        references=(), headers=(), text="", html="",
    )  # fmt: skip
