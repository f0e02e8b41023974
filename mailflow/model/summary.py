"""What the weekly summary is told (filled by `store.facts.summary_facts`), and what it becomes.

Everything is read beforehand with a number of queries that does not grow with the contacts; all
instants are aware UTC; nothing here is already worded for the owner unless it says so.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from mailflow.model.address import NamedAddress
from mailflow.model.brought import Bringer
from mailflow.model.contact import Band, Contact
from mailflow.model.draft import Draft
from mailflow.model.history import Correspondent
from mailflow.model.interaction import Interaction
from mailflow.model.suggestion import Offer, Suggestion
from mailflow.model.trouble import TroubleKind, TroubleLine, WatchLine

__all__ = ["TroubleKind", "TroubleLine", "WatchLine"]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft with the person it is for."""

    draft: Draft
    contact: Contact


@dataclass(frozen=True, slots=True)
class DueLine:
    """Somebody whose turn comes at `due_at`, without a live draft; `reason` is a sentence."""

    contact: Contact
    due_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """An answer or a mail from a contact. `subject` is the thread's; `is_answered` when the owner
    wrote back since."""

    contact: Contact
    interaction: Interaction
    subject: str = ""
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class WarmthLine:
    """A person whose warmth moved, or who is on the focus list; `contact.warmth` is as of now.

    `before` is the score at the last summary (None: not measured then). `weekly` counts the
    interactions in each of the last twelve weeks, the oldest first; empty when not read.
    """

    contact: Contact
    before: int | None = None
    weekly: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnLine:
    """Who did what last: the last mail each way, and the favours each way."""

    contact: Contact
    last_in_at: datetime | None = None
    last_out_at: datetime | None = None
    favours_given: int = 0
    favours_got: int = 0
    last_favour: str = ""
    """The owner's own words about the last favour received, if any."""


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """An open promise of the owner's; `number` is how the owner calls it."""

    number: int
    contact: Contact
    text: str
    made_at: datetime
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class IntroductionLine:
    """An introduction under way. `state` is the word of its table; `note` what the owner should
    know of it, as a sentence."""

    id: int
    first: Contact
    second: Contact
    state: str
    since: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewcomerLine:
    """An unknown human who wrote to the owner; offered, never adopted silently."""

    id: int
    sender: NamedAddress
    last_at: datetime
    mails_in: int = 1
    mails_out: int = 0


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """What came of it: a referral or an opportunity, in the owner's words."""

    contact: Contact
    text: str
    at: datetime
    value: int | None = None


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """A first meeting and when its follow-up left (None: not yet)."""

    met_at: datetime
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """Everything the summary of one ISO week is made from.

    `period` like "2026-W48"; `since` is when the last summary was made, or a week ago.

    - `drafts`: every live draft (model.draft.LIVE); the summary sorts them by state.
    - `due`: due within the next seven days.
    - `replies`: since `since`, robots and lists left out.
    - `warmth`: the focus list, and everybody who moved by five points or more since `before`.
    - `turns`: those who wrote last in the past 60 days and have no answer, and those to whom the
      owner owes a favour.
    - `follow_ups`: first meetings of the past eight weeks.
    - `outcomes`: of the past year; `trouble`: since `since`.
    - `quarantined` and `held` count what still waits, however old.
    - `bands` counts scored contacts by band; `people` all contacts.
    """

    period: str
    since: datetime
    is_first: bool = False
    people: int = 0
    added: int = 0
    """Contacts new since `since`."""
    bands: tuple[tuple[Band, int], ...] = ()
    drafts: tuple[DraftLine, ...] = ()
    due: tuple[DueLine, ...] = ()
    replies: tuple[ReplyLine, ...] = ()
    warmth: tuple[WarmthLine, ...] = ()
    turns: tuple[TurnLine, ...] = ()
    promises: tuple[PromiseLine, ...] = ()
    introductions: tuple[IntroductionLine, ...] = ()
    bringers: tuple[Bringer, ...] = ()
    """Who brought people and referrals in the last quarter; filled once, when one is over."""
    offers: tuple[Offer, ...] = ()
    """Introductions the owner might make, not offered within a month."""
    newcomers: tuple[NewcomerLine, ...] = ()
    acquaintances: tuple[Correspondent, ...] = ()
    """People of the owner's past mail who are no contacts and may be offered; the most mutual
    first."""
    asked_again: frozenset[str] = frozenset()
    """Folded addresses of newcomers and acquaintances whom the owner put off until now."""
    outcomes: tuple[OutcomeLine, ...] = ()
    follow_ups: tuple[FollowUpLine, ...] = ()
    sent: int = 0
    """Mails that mailflow sent to contacts since `since`."""
    new_people: int = 0
    """Begun in the week that is over; from its third day on, in the one that runs."""
    trouble: tuple[TroubleLine, ...] = ()
    quarantined: int = 0
    held: int = 0
    watched: tuple[WatchLine, ...] = ()
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section: `who` is the person (may be empty), `text` what there is to say.

    `number` answers to "ok N"; `quote` is a text word for word; `reason` says why the line is
    here. `bar` is a move on a scale from 0 to 100 (from, to); `steps` a small course of counts,
    the oldest first, with `steps_label` saying the same in words. `rows` are the whole line as
    plain text, wrapped.
    """

    text: str
    who: str = ""
    number: int | None = None
    quote: str = ""
    reason: str = ""
    bar: tuple[int, int] | None = None
    steps: tuple[int, ...] = ()
    steps_label: str = ""
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One section as shown; `hint` says how to answer, `left_out` what was not shown."""

    key: str
    title: str
    lines: tuple[Line, ...]
    hint: str = ""
    left_out: str = ""
    rows: tuple[str, ...] = ()
    """The hint as plain text, wrapped."""
    tail: tuple[str, ...] = ()
    """`left_out` as plain text, wrapped."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The weekly summary, ready for the template `summary`.

    `items` binds a number to (number, draft id, version), for the token; a number without a draft
    is in `offered`, or in `newcomers` when it stands for a person. `values` are the names the
    template uses. `is_empty` when nothing happened and nothing is asked.
    """

    period: str
    sections: tuple[Section, ...]
    items: tuple[tuple[int, int | None, int], ...] = ()
    offered: tuple[tuple[int, Suggestion], ...] = ()
    newcomers: tuple[tuple[int, NamedAddress], ...] = ()
    is_empty: bool = False
    values: dict[str, object] = field(default_factory=dict)
