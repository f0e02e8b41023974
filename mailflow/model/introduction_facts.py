"""What deciding is told before an introduction is begun: about each side, and about the pair."""

from dataclasses import dataclass
from datetime import datetime

from mailflow.model.contact import Contact, Suppression


@dataclass(frozen=True, slots=True)
class SideFacts:
    """One of the two. `is_never` is true when the owner wants them never to be introduced."""

    contact: Contact
    suppressed: Suppression | None = None
    is_never: bool = False


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What passed between the two so far. All instants aware UTC.

    `open_id` is an introduction of the pair that has not ended. `asked_at` is when either was last
    asked about the other. `shared_at` and `shared_subject` are the latest mail with both in it,
    introductions of ours included. `is_never` when the owner wants this pair never introduced.
    """

    open_id: int | None = None
    asked_at: datetime | None = None
    introduced_at: datetime | None = None
    shared_at: datetime | None = None
    shared_subject: str = ""
    is_never: bool = False
