"""What a check finds, and what checks are given to look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from mailflow.config import AccountConfig, Config
from mailflow.model.wire import MailStore, Post


class Level(StrEnum):
    """How bad it is."""

    FINE = "fine"  # nothing to do
    ADVICE = "advice"  # works, but could be better or safer
    FAULT = "fault"  # mailflow cannot do its work like this


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, and what to do about it unless it is fine.

    `authserv_id` is the name of a server that was seen to vouch for the owner's own mail, where
    the configuration names none.
    """

    level: Level
    sentence: str
    fix: str = ""
    authserv_id: str = ""


def fine(sentence: str) -> Finding:
    return Finding(Level.FINE, sentence)


def advice(sentence: str, fix: str) -> Finding:
    return Finding(Level.ADVICE, sentence, fix)


def fault(sentence: str, fix: str) -> Finding:
    return Finding(Level.FAULT, sentence, fix)


@dataclass
class Patient:
    """What is examined. `has_imap` and `has_smtp` are learned on the way: checks that need the
    line leave when it is known not to stand. `wait` is how long to look for a mail."""

    config: Config
    path: Path
    account: AccountConfig
    imap: MailStore
    post: Post
    capabilities: Callable[[], frozenset[str]]
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    wait: timedelta = timedelta(seconds=60)
    sends_mail: bool = True
    has_imap: bool = False
    has_smtp: bool = False


Check = Callable[[Patient], Iterator[Finding]]
