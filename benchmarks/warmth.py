"""Warmth as a scorer of mailboxes asks for it: one object per owner, one event after another."""

from datetime import UTC, datetime
from typing import Protocol

from mailflow.measuring.warmth import Tie
from mailflow.model.interaction import Deed, Direction, Interaction


class Event(Protocol):
    """One mail between the owner and somebody: `t` in seconds, `out` when the owner wrote it, `n`
    the number of its recipients."""

    t: float
    out: bool
    alter: str
    n: int


class Warmth:
    """Every contact of one owner, scored after any event."""

    def __init__(self) -> None:
        self.ties: dict[str, Tie] = {}

    def observe(self, event: Event) -> None:
        """Take in one mail, in order of time."""
        tie = self.ties.get(event.alter)
        if tie is None:
            tie = self.ties[event.alter] = Tie()
        tie.observe(
            Interaction(
                contact_id=0,
                direction=Direction.OUT if event.out else Direction.IN,
                deed=Deed.MAIL,
                at=datetime.fromtimestamp(event.t, UTC),
                source="",
                people=event.n,
            )
        )

    def score(self, now: float) -> tuple[list[str], dict[str, list[float]]]:
        """Warmth and the four chances of everybody at `now` (seconds), as columns."""
        at = datetime.fromtimestamp(now, UTC)
        found = [tie.chances(at) for tie in self.ties.values()]
        return list(self.ties), {
            "warmth": [chance.number for chance in found],
            "in30": [chance.writes_30d for chance in found],
            "in90": [chance.writes_90d for chance in found],
            "reply7": [chance.answers_7d for chance in found],
            "reply14": [chance.answers_14d for chance in found],
        }
