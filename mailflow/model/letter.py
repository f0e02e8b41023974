"""What mailflow writes to its owner: receipts, approval requests, transcripts, summaries."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailflow.model.contact import Contact
from mailflow.model.draft import Draft


class LetterKind(StrEnum):
    """What a letter to the owner is for."""

    RECEIPT = "receipt"  # what was understood from cards, with the drafts beneath
    APPROVAL_REQUEST = "approval_request"  # one draft to decide on
    TRANSCRIPT = "transcript"  # each command line and what became of it
    SUMMARY = "summary"  # the weekly mail
    NOTICE = "notice"  # something the owner should know now
    QUESTION = "question"  # something only the owner can tell: did this mail go out?


ANSWERS = frozenset({LetterKind.RECEIPT, LetterKind.TRANSCRIPT})
"""The kinds that answer a mail and count against the answer limits."""


class LetterState(StrEnum):
    """Where a letter stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    HELD = "held"  # over the answer limit; its content is in the next summary


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to the owner; it needs no approval and is never sent to anybody else.

    `token_id` names the token it carries in Message-ID and Reply-To, derived from the secret key
    when it is composed, so that the database never holds it. `in_reply_to` is the owner's mail it
    answers. `period` is the ISO week of a summary ("2026-W48").
    """

    id: int
    kind: LetterKind
    state: LetterState
    subject: str
    body: str
    created_at: datetime
    html: str = ""
    token_id: int | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    period: str | None = None
    attempts: int = 0
    due_at: datetime | None = None
    message_id: str | None = None
    """Set for letters without a token; those with one derive theirs."""
    pictures: tuple[tuple[str, bytes], ...] = ()
    """JPEGs that its HTML shows as `cid:NAME`."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transcript: what the owner wrote, what became of it."""

    text: str
    said: str
    is_done: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """A field the owner should look at: what it is called, what was read, and why it is unsure."""

    field: str
    value: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """An address nothing is sent to before the owner has looked at it: the doubt, and the name of
    the piece of the picture it was read from (empty: there is none)."""

    address: str
    doubt: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """One person as a letter shows them, with the draft beneath, if there is one.

    `number` is how the owner answers for the draft; None when there is nothing to decide.
    `doubts` are sentences about fields read with doubt, `problems` about what was skipped or
    differs from what was known, `waiting` says why no draft is there. `place` is the number a
    correction of theirs may begin with; `marks` and `unseen` are what to look at.
    """

    contact: Contact
    number: int | None = None
    draft: Draft | None = None
    doubts: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    waiting: str = ""
    place: int | None = None
    marks: tuple[Mark, ...] = ()
    unseen: tuple[Unseen, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """A promise to answer the owner's mail, kept when the drafts it led to are there.

    `message_pk` is the store's number of that mail, `contact_ids` the people it was about.
    """

    id: int
    message_pk: int
    subject: str
    created_at: datetime
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    contact_ids: tuple[int, ...] = ()
