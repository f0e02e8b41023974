"""What deciding may ask for: a closed union, applied one by one by the tick."""

from dataclasses import dataclass
from datetime import datetime

from mailflow.model.draft import Purpose


@dataclass(frozen=True, slots=True)
class Guard:
    """One reason not to write, asked and answered; `hit` means it held the mail back."""

    name: str
    hit: bool
    reason: str


@dataclass(frozen=True, slots=True)
class PrepareDraft:
    """Write a draft and show it to the owner. `situation` names the template."""

    contact_id: int
    purpose: Purpose
    situation: str
    reason: str
    send_by: datetime
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing for this contact now; look again at `until` (None: only when something happens)."""

    contact_id: int
    until: datetime | None
    reason: str
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawDraft:
    """The draft was overtaken by events."""

    draft_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class ExpireDraft:
    """The owner said nothing for too long."""

    draft_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class ShowDraft:
    """Ask the owner (again): a snooze is over, or a draft was never shown."""

    draft_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class SendDraft:
    """The window is open and the caps allow it: claim and send."""

    draft_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class HoldDraft:
    """An approved draft may not leave before `until`."""

    draft_id: int
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class WriteSummary:
    """The weekly summary for the ISO week `period` is due."""

    period: str


Action = (
    PrepareDraft | Wait | WithdrawDraft | ExpireDraft | ShowDraft | SendDraft | HoldDraft
    | WriteSummary
)  # fmt: skip
