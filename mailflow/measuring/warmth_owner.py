"""What is usual for one owner, learnt from the ties with all contacts together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mailflow.measuring.warmth import Tie
from mailflow.measuring.warmth_memory import DAY
from mailflow.measuring.warmth_model import Chances, Signals, chances, expected_writes
from mailflow.measuring.warmth_usual import (
    LEVEL_OVER,
    NOTHING_KNOWN,
    Usual,
    usual_credit,
    usual_ends,
    usual_writes,
)


@dataclass(slots=True)
class Tally:
    """Sums over ties as of `now` (aware); `usual` says what follows from them.

    Of those known for 30 days, as many should have written since as the formula expects: an
    office's mail and a friend's differ, and so does a mailbox that falls silent as a whole. And
    where people write for a week and never again, the next ones will hardly do otherwise.
    """

    now: datetime
    credit: float = 0.0
    outcomes: float = 0.0
    known: int = 0
    wrote: int = 0
    expected: float = 0.0
    lasted: float = 0.0
    ended: float = 0.0
    begins: int = field(init=False)
    """The day from which on people wrote lately."""

    def __post_init__(self) -> None:
        self.begins = int(self.now.timestamp() // DAY) - LEVEL_OVER

    def add(self, tie: Tie, signals: Signals | None = None) -> None:
        """Count one tie; `signals` are its own as of `now`, where they are at hand."""
        self.credit += tie.questions.credit
        self.outcomes += tie.questions.outcomes
        if tie.first_day is None:
            return
        in_30d, in_90d = expected_writes(signals or tie.signals(self.now))
        has_written = tie.heard.times > 0
        if has_written:
            self.lasted += in_90d * ((tie.rhythm.last_day or tie.first_day) - tie.first_day)
            self.ended += in_90d * (1.0 - in_90d)
        if tie.first_day <= self.begins:
            self.known += 1
            self.wrote += has_written and tie.heard.day > self.begins
            self.expected += in_30d

    def usual(self) -> Usual:
        """What is usual among the ties counted so far."""
        return Usual(
            usual_credit(self.credit, self.outcomes),
            usual_writes(self.wrote, self.known, self.expected / self.known) if self.known else 0.0,
            usual_ends(self.lasted, self.ended) if self.ended else NOTHING_KNOWN.ends,
        )


def usual(ties: Iterable[Tie], now: datetime) -> Usual:
    """What is usual for the owner at `now` (aware), from the ties with all contacts."""
    tally = Tally(now)
    for tie in ties:
        tally.add(tie)
    return tally.usual()


def survey(ties: Sequence[Tie], now: datetime) -> tuple[Usual, list[Chances]]:
    """What is usual for the owner at `now` (aware), and each contact's chances with it."""
    tally = Tally(now)
    signals = [tie.signals(now) for tie in ties]
    for tie, each in zip(ties, signals, strict=True):
        tally.add(tie, each)
    level = tally.usual()
    return level, [chances(each, level) for each in signals]
