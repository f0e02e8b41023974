"""What the owner may tell the service: one frozen value per instruction and per verdict."""

from dataclasses import dataclass
from datetime import date, datetime

from mailflow.model.card import Card
from mailflow.model.contact import Tier
from mailflow.model.correction import Correct
from mailflow.model.demand import Write
from mailflow.model.interaction import Deed
from mailflow.model.introducing import (
    CancelIntroduction,
    Introduce,
    MayIntroduce,
    NeverIntroduce,
    RuleIntroduction,
)
from mailflow.model.steering import Look, Resume, SetBand


@dataclass(frozen=True, slots=True)
class Approve:
    """Send it as it stands."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Drop it."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """Ask again at `until_at` (aware UTC)."""

    until_at: datetime


@dataclass(frozen=True, slots=True)
class Edit:
    """The owner's new text, to be shown once more before it is sent."""

    text: str


@dataclass(frozen=True, slots=True)
class SendAsIs:
    """The owner's new text, to be sent without another look; empty means the draft as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Happened:
    """Answer to "did this go out?": it did."""


@dataclass(frozen=True, slots=True)
class SendAgain:
    """Answer to "did this go out?": it did not, send it."""


Verdict = Approve | Reject | Snooze | Edit | SendAsIs | Happened | SendAgain


@dataclass(frozen=True, slots=True)
class Numbered:
    """A verdict on the numbered items of a batch or summary; `numbers` empty means all."""

    numbers: tuple[int, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Met:
    """`met NAME <ADDRESS>…`: a person to add."""

    card: Card


@dataclass(frozen=True, slots=True)
class Log:
    """Something that happened with a known person, off mail: `call A: …`, `gave A: …`."""

    who: str
    deed: Deed
    text: str = ""
    through: str = ""
    """Who introduced them to the owner, for a meeting."""


@dataclass(frozen=True, slots=True)
class Promise:
    """`promised A: … by DATE`."""

    who: str
    text: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """`done N`: the promise with that number is kept."""

    number: int


@dataclass(frozen=True, slots=True)
class Referral:
    """`referral A: … [value 5000]`."""

    who: str
    text: str
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Every:
    """`every A 3w`: a cadence in days for one person, or for those with a tag (`every #tag 8w`)."""

    who: str
    days: int


@dataclass(frozen=True, slots=True)
class SetTier:
    """`tier A inner`, `tier #tag key`."""

    who: str
    tier: Tier


@dataclass(frozen=True, slots=True)
class Pause:
    """`pause A [2w]`, `pause #tag 2w`, `pause all until DATE`; `who` None: everybody, `until_at`
    None: for good."""

    who: str | None
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Focus:
    """`focus A`: put on the focus list, or take off it."""

    who: str


@dataclass(frozen=True, slots=True)
class Forget:
    """`forget A`: erase the person; needs a token by mail."""

    who: str


@dataclass(frozen=True, slots=True)
class Allow:
    """`allow A`: take A off the suppression list; needs a token by mail."""

    who: str


@dataclass(frozen=True, slots=True)
class Export:
    """`export A`: all that is kept about the person; needs a token by mail."""

    who: str


@dataclass(frozen=True, slots=True)
class Who:
    """`who A`: what is known."""

    who: str


@dataclass(frozen=True, slots=True)
class Why:
    """`why A`: what was decided, and by which guards."""

    who: str


@dataclass(frozen=True, slots=True)
class Undo:
    """`undo`: take back the last ok whose mail has not left, or the last card or correction."""


@dataclass(frozen=True, slots=True)
class Help:
    """`help`."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A line that looks like an instruction and cannot be followed; `reason` says what to write."""

    line: str
    reason: str


Command = (
    Numbered | Met | Correct | Log | Promise | Done | Referral | Introduce | CancelIntroduction
    | NeverIntroduce | MayIntroduce | RuleIntroduction | Every | SetTier | Pause | Resume | Focus
    | SetBand | Look | Write | Forget | Allow | Export | Who | Why | Undo | Help | Unclear
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Instruction:
    """One command with the line it was read from."""

    line: str
    command: Command
