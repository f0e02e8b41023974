"""One understood message on its way through a tick, and what the tick counts as it goes."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from mailflow.model.address import Address
from mailflow.model.facts import Known
from mailflow.model.interaction import Direction
from mailflow.model.mail import Body, Classification, InboundMessage, Kind, RawMessage


@dataclass(frozen=True, slots=True)
class Mail:
    """A message with its kind and its text taken apart; `is_renumbered` when its mailbox was."""

    raw: RawMessage
    message: InboundMessage
    classification: Classification
    known: Known
    body: Body
    is_renumbered: bool = False

    @property
    def kind(self) -> Kind:
        return self.classification.kind

    @property
    def sender(self) -> Address | None:
        return self.message.sender.address if self.message.sender else None

    @property
    def direction(self) -> Direction | None:
        if self.kind is Kind.WRITTEN or self.is_copied_to_service:
            return Direction.OUT
        return Direction.IN if self.kind in (Kind.REPLY, Kind.INTERACTION) else None

    @property
    def is_copied_to_service(self) -> bool:
        """The owner wrote to somebody else, with the service in copy."""
        is_believed = self.kind is Kind.INSTRUCTION and self.known.is_authentic is not False
        return is_believed and len(self.message.recipients) > 1

    @property
    def at(self) -> datetime:
        """When it was written, never later than when it arrived."""
        sent_at, received_at = self.message.sent_at, self.raw.received_at
        return min(sent_at, received_at) if sent_at else received_at

    @property
    def is_own_copy(self) -> bool:
        """The copy in Sent of what the owner wrote to the service: the one that arrives counts."""
        return self.known.in_sent and self.known.to_service


@dataclass(slots=True)
class Intake:
    """What one pass has seen so far."""

    now: datetime
    seen: int = 0
    quarantined: int = 0
    people_by_sender: Counter[str] = field(default_factory=Counter)
    unreachable: dict[str, str] = field(default_factory=dict)
    done: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """By account and mailbox: the UIDs of mail to the service that was carried out."""
    missing: dict[str, str] = field(default_factory=dict)
    """By account: the sentence for a folder the owner named that is not there."""
    is_unfinished: bool = False
    """There is more to read than this pass had time for: the next one should follow at once."""
