"""What the pure stages are told: everything they may base a conclusion on, read beforehand."""

from dataclasses import dataclass
from datetime import datetime

from mailflow.model.contact import Contact, Suppression
from mailflow.model.draft import Draft, DraftState, Purpose

BEING_ERASED = "You are being asked whether to erase whom it goes to."
"""Why a draft is held and cannot be claimed while `erasure_asked_until` is ahead."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows about one incoming message, asked before it is classified.

    `is_ours` is true when its Message-ID is in our table of sent mail. `contact_id` is the contact
    its From address belongs to. `is_from_owner` and `to_service` compare folded addresses.
    `in_sent` is true for a message found in the Sent mailbox.
    `is_authentic` says whether the From may be believed for commands: None when no
    `security.authserv_id` is configured.
    """

    is_ours: bool = False
    is_from_owner: bool = False
    to_service: bool = False
    in_sent: bool = False
    contact_id: int | None = None
    is_authentic: bool | None = None
    ours_sent: frozenset[str] = frozenset()
    """Of the Message-IDs this message refers to: those that the owner or mailflow sent."""


@dataclass(frozen=True, slots=True)
class SentFact:
    """One mail that went to the contact by mailflow or by the owner's hand."""

    sent_at: datetime
    message_id: str
    subject: str
    purpose: Purpose | None = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """A draft that ended without being sent, or was sent: what deciding must not repeat."""

    purpose: Purpose
    state: DraftState
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """The last mail of a contact's, which asks something."""

    at: datetime
    message_id: str
    subject: str
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thanks:
    """Whom a contact introduced to the owner last, by name, and when (aware UTC)."""

    at: datetime
    whom: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """Everything `deciding` is told about one contact that is due. All instants aware UTC.

    `last_in_at`/`last_out_at` count human mail only; `last_contact_at` any interaction of any
    kind. `median_gap_days` is the pair's usual pause. `away_until` from an out-of-office.
    `has_met_mail` is true when the owner wrote to them by hand before any draft.
    """

    contact: Contact
    suppressed: Suppression | None = None
    last_in_at: datetime | None = None
    last_out_at: datetime | None = None
    last_contact_at: datetime | None = None
    sent: tuple[SentFact, ...] = ()
    live: tuple[Draft, ...] = ()
    settled: tuple[Settled, ...] = ()
    away_until: datetime | None = None
    median_gap_days: float | None = None
    has_open_promise: bool = False
    favours_given: int = 0
    favours_got: int = 0
    asked: Asked | None = None
    to_thank: Thanks | None = None
    mutual: str = ""
    """The name of somebody whom both the contact and the owner know."""


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """Everything `deciding` is told about one draft that is due."""

    draft: Draft
    contact: Contact
    suppressed: Suppression | None = None
    wrote_in_at: datetime | None = None
    """When the contact last wrote, if after the draft was made."""
    wrote_out_at: datetime | None = None
    """When the owner last wrote to them by hand, if after the draft was made."""
    erasure_asked_until: datetime | None = None
    """Until when the owner may answer whether to erase somebody it goes to, if he is asked."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """What went out lately, for the caps and the budget."""

    last_hour: int = 0
    last_day: int = 0
    last_sent_at: datetime | None = None
    new_people_this_week: int = 0
    revivals_this_week: int = 0
    jitter: float = 0.5
    """A number in [0, 1) drawn by the caller, for the spacing."""
    hour_frees_at: datetime | None = None
    day_frees_at: datetime | None = None
    """When the hour's or the day's cap has room again, where the store knows it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One tick's input to `deciding`: what is due, never the whole table."""

    contacts: tuple[ContactFacts, ...] = ()
    drafts: tuple[DraftFacts, ...] = ()
    traffic: Traffic = Traffic()
    paused_until: datetime | None = None
    """The owner paused everything until then (aware UTC; datetime.max for good)."""
    summaries: frozenset[str] = frozenset()
    """ISO weeks ("2026-W48") that already have a summary."""
    is_first_week: bool = False
    """Whether mailflow was set up in this ISO week."""
