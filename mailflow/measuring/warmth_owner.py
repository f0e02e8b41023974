"""What is usual for one owner, learnt from the ties with all contacts together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailflow.measuring.warmth import Tie
from mailflow.measuring.warmth_memory import DAY
from mailflow.measuring.warmth_model import (
    LEVEL_OVER,
    Chances,
    Signals,
    Usual,
    chances,
    expected_writes,
    usual_credit,
    usual_writes,
)


@dataclass(slots=True)
class Tally:
    """Sums over ties as of `now` (aware); `usual` says what follows from them.

    Of those known for 30 days, as many should have written since as the formula expects: an
    office's mail and a friend's differ, and so does a mailbox that falls silent as a whole.
    """

    now: datetime
    credit: float = 0.0
    outcomes: float = 0.0
    known: int = 0
    wrote: int = 0
    expected: float = 0.0

    def add(self, tie: Tie, signals: Signals | None = None) -> None:
        """Count one tie; `signals` are its own as of `now`, where they are at hand."""
        self.credit += tie.questions.credit
        self.outcomes += tie.questions.outcomes
        begins = int(self.now.timestamp() // DAY) - LEVEL_OVER
        if tie.first_day is not None and tie.first_day <= begins:
            self.known += 1
            self.wrote += bool(tie.heard.times) and tie.heard.day > begins
            self.expected += expected_writes(signals or tie.signals(self.now))

    def usual(self) -> Usual:
        """What is usual among the ties counted so far."""
        return Usual(
            usual_credit(self.credit, self.outcomes),
            usual_writes(self.wrote, self.known, self.expected / self.known) if self.known else 0.0,
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
