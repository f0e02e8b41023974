"""An outgoing message before it is sent, and the whole of its life as one table."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailflow.errors import IllegalMove
from mailflow.model.address import Address


class Purpose(StrEnum):
    """Why a draft exists; a contact has at most one live draft per purpose and introduction."""

    FOLLOW_UP = "follow_up"  # the first mail after meeting
    NUDGE_1 = "nudge_1"  # the first reminder
    NUDGE_2 = "nudge_2"  # the last reminder
    KEEP_IN_TOUCH = "keep_in_touch"  # the cadence came round
    REVIVE = "revive"  # waking a dormant tie
    INTRO_ASK = "intro_ask"  # may I introduce you? to one side
    INTRO_NUDGE = "intro_nudge"  # the one reminder of an ask
    INTRO_CLOSING = "intro_closing"  # to the side that consented, when nothing comes of it
    INTRODUCTION = "introduction"  # to both sides, when both said yes
    THANKS = "thanks"  # for an introduction to the owner
    REPLY_OWED = "reply_owed"  # they asked something, and the owner has not answered


OF_INTRODUCTIONS = frozenset(
    {Purpose.INTRO_ASK, Purpose.INTRO_NUDGE, Purpose.INTRO_CLOSING, Purpose.INTRODUCTION}
)
"""The purposes that belong to an introduction; such a draft bears its `introduction_id`."""


class DraftState(StrEnum):
    """Where a draft stands."""

    DRAFTED = "drafted"  # written, not yet shown to the owner
    AWAITING_APPROVAL = "awaiting_approval"  # shown; the token of this version is out
    SNOOZED = "snoozed"  # the owner said later; shown again at `due_at`
    APPROVED = "approved"  # the owner said ok to this version; leaves when the window opens
    SENDING = "sending"  # claimed and committed; SMTP may have begun
    SENT = "sent"  # accepted by the server, or found in the account, or sent by the owner's hand
    UNCERTAIN = "uncertain"  # a crash or a lost line; the owner is asked
    FAILED = "failed"  # refused for good, or for too long
    REJECTED = "rejected"  # the owner said no
    EXPIRED = "expired"  # the owner said nothing for too long
    WITHDRAWN = "withdrawn"  # overtaken by events: they wrote, the owner wrote, they are suppressed
    BOUNCED = "bounced"  # came back after it was sent


class DraftEvent(StrEnum):
    """What can happen to a draft."""

    SHOW = "show"  # the approval request is queued
    EDIT = "edit"  # new text: a new version and a new token
    APPROVE = "approve"
    SNOOZE = "snooze"
    REJECT = "reject"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    UNDO = "undo"  # the owner takes an approval back in time
    CLAIM = "claim"  # taken for sending, committed before SMTP begins
    ACCEPTED = "accepted"  # the server took it
    REFUSED_FOR_NOW = "refused_for_now"  # 4xx
    REFUSED = "refused"  # 5xx, or 4xx for too long
    LOST = "lost"  # nobody can tell whether it went
    FOUND = "found"  # its Message-ID was found in the account
    SENT_BY_OWNER = "sent_by_owner"  # the owner sent it from the Drafts folder
    SEND_AGAIN = "send_again"  # the owner says an uncertain one did not go
    BOUNCE = "bounce"


S, E = DraftState, DraftEvent

MOVES: dict[tuple[DraftState, DraftEvent], DraftState] = {
    (S.DRAFTED, E.SHOW): S.AWAITING_APPROVAL,
    (S.DRAFTED, E.WITHDRAW): S.WITHDRAWN,
    (S.DRAFTED, E.SENT_BY_OWNER): S.SENT,
    (S.AWAITING_APPROVAL, E.EDIT): S.AWAITING_APPROVAL,
    (S.AWAITING_APPROVAL, E.APPROVE): S.APPROVED,
    (S.AWAITING_APPROVAL, E.SNOOZE): S.SNOOZED,
    (S.AWAITING_APPROVAL, E.REJECT): S.REJECTED,
    (S.AWAITING_APPROVAL, E.EXPIRE): S.EXPIRED,
    (S.AWAITING_APPROVAL, E.WITHDRAW): S.WITHDRAWN,
    (S.AWAITING_APPROVAL, E.SENT_BY_OWNER): S.SENT,
    (S.SNOOZED, E.SHOW): S.AWAITING_APPROVAL,
    (S.SNOOZED, E.EDIT): S.AWAITING_APPROVAL,
    (S.SNOOZED, E.APPROVE): S.APPROVED,
    (S.SNOOZED, E.SNOOZE): S.SNOOZED,
    (S.SNOOZED, E.REJECT): S.REJECTED,
    (S.SNOOZED, E.WITHDRAW): S.WITHDRAWN,
    (S.SNOOZED, E.SENT_BY_OWNER): S.SENT,
    (S.APPROVED, E.CLAIM): S.SENDING,
    (S.APPROVED, E.EDIT): S.AWAITING_APPROVAL,
    (S.APPROVED, E.UNDO): S.AWAITING_APPROVAL,
    (S.APPROVED, E.REJECT): S.REJECTED,
    (S.APPROVED, E.SNOOZE): S.SNOOZED,
    (S.APPROVED, E.WITHDRAW): S.WITHDRAWN,
    (S.APPROVED, E.SENT_BY_OWNER): S.SENT,
    (S.SENDING, E.ACCEPTED): S.SENT,
    (S.SENDING, E.FOUND): S.SENT,
    (S.SENDING, E.REFUSED_FOR_NOW): S.APPROVED,
    (S.SENDING, E.REFUSED): S.FAILED,
    (S.SENDING, E.LOST): S.UNCERTAIN,
    (S.UNCERTAIN, E.FOUND): S.SENT,
    (S.UNCERTAIN, E.SENT_BY_OWNER): S.SENT,
    (S.UNCERTAIN, E.SEND_AGAIN): S.APPROVED,
    (S.UNCERTAIN, E.REJECT): S.REJECTED,
    (S.SENT, E.BOUNCE): S.BOUNCED,
}

LIVE = frozenset({S.DRAFTED, S.AWAITING_APPROVAL, S.SNOOZED, S.APPROVED, S.SENDING, S.UNCERTAIN})
"""The states in which a draft blocks another of the same purpose to the same contact."""

OPEN_TO_OWNER = frozenset({S.AWAITING_APPROVAL, S.SNOOZED, S.APPROVED})
"""The states in which the owner's verdict can still change what happens."""

UNDER_WAY = frozenset({S.SENDING, S.UNCERTAIN})
"""The states that only the outbox, or the owner's own look into Sent, can end."""

WENT = UNDER_WAY | {S.SENT, S.BOUNCED}
"""The states of a draft that went out, or may have."""


def advance(state: DraftState, event: DraftEvent) -> DraftState:
    """The next state; raises IllegalMove, naming both, when the table has no such move."""
    try:
        return MOVES[state, event]
    except KeyError:
        raise IllegalMove(f"A draft that is {state} cannot {event}.") from None


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail to one contact. `version` counts the texts the owner was shown, from 1.

    `due_at` is when the next thing may happen: the send time of an approved draft, the end of a
    snooze, the expiry of an approval request. `message_id` is set when it is first claimed and
    never changes. `number` is how the owner calls it on the command line. `to` is the address
    it is bound to. All instants aware UTC.
    """

    id: int
    contact_id: int
    purpose: Purpose
    state: DraftState
    version: int
    to: Address
    to_name: str
    subject: str
    body: str
    created_at: datetime
    due_at: datetime
    reason: str = ""
    lint: tuple[str, ...] = ()
    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    approved_at: datetime | None = None
    sending_at: datetime | None = None
    sent_at: datetime | None = None
    filed_at: datetime | None = None
    attempts: int = 0
    failure: str = ""
    account: str = ""
    held_because: str = ""
    """Why it did not go further when it was last looked at; empty when nothing holds it."""
    introduction_id: int | None = None
    """What it belongs to, for the purposes in OF_INTRODUCTIONS. Unique while it lives, together
    with contact and purpose: somebody may be asked about two introductions at once."""
    second_contact_id: int | None = None
    second_to: Address | None = None
    second_name: str = ""
    """The other recipient of the introduction itself; no other mail has two."""

    @property
    def recipients(self) -> tuple[Address, ...]:
        """Everybody it goes to."""
        return (self.to,) if self.second_to is None else (self.to, self.second_to)
