"""What went wrong since the last summary, and which mailboxes were read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TroubleKind(StrEnum):
    """What went wrong; the summary groups by it."""

    BOUNCE = "bounce"  # a mail came back for good
    FAILED = "failed"  # a draft was refused
    QUARANTINE = "quarantine"  # a mail could not be read
    FLOOD = "flood"  # too much at once: recorded, nothing drafted
    HELD = "held"  # an answer to the owner that was over the limit
    FAULT = "fault"  # a message or a draft was put aside after an error
    OTHER = "other"  # anything else the owner should know


@dataclass(frozen=True, slots=True)
class TroubleLine:
    """One thing that went wrong since the last summary; `text` is a sentence for the owner."""

    kind: TroubleKind
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WatchLine:
    """A watched mailbox and when it was last read without an error (None: never)."""

    account: str
    mailbox: str
    seen_at: datetime | None
