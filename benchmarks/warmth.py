"""Warmth as a scorer of mailboxes asks for it, what it costs, and how well it predicts.

Run: python -m benchmarks.warmth. Where MAILFLOW_EVAL names the folder that holds the evaluator and
its data, which are no part of the project, its verdict follows what it costs.
"""

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import process_time
from typing import Protocol

from benchmarks.throwaway import python_with
from mailflow.measuring.warmth import Tie
from mailflow.measuring.warmth_owner import survey
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
        _, found = survey(list(self.ties.values()), at)
        return list(self.ties), {
            "warmth": [chance.number for chance in found],
            "in30": [chance.writes_30d for chance in found],
            "in90": [chance.writes_90d for chance in found],
            "reply7": [chance.answers_7d for chance in found],
            "reply14": [chance.answers_14d for chance in found],
        }


ROOT = Path(__file__).parent.parent


def main() -> None:
    """Print what it costs and, where the evaluator is at hand, what it predicts."""
    cost()
    folder = Path(os.environ.get("MAILFLOW_EVAL", "")) / "warmth"
    if not (folder / "evaluate_warmth.py").is_file():
        print("no evaluator here: set MAILFLOW_EVAL to the folder that holds it")
        return
    python = python_with("numpy", "scipy", "pandas", "email-validator")
    if python is None:
        print("the evaluator needs numpy, scipy and pandas, which pip cannot get here")
        return
    judge = [str(python), "-m", "benchmarks.warmth_judged", str(folder.resolve())]
    subprocess.run(judge, cwd=ROOT, check=True)


def cost(people: int = 100_000, each: int = 10) -> None:
    """Print what one interaction and one hundred thousand scores cost, in processor time."""
    chance = Random(1)  # invented mail, the same in every run
    start = datetime(2024, 1, 1, tzinfo=UTC)
    now = start + timedelta(days=350)
    histories = [
        [
            Interaction(
                contact_id=person,
                direction=chance.choice((Direction.IN, Direction.OUT)),
                deed=Deed.MAIL,
                at=at,
                source="",
            )
            for at in sorted(start + timedelta(days=chance.uniform(0, 349)) for _ in range(each))
        ]
        for person in range(people)
    ]
    ties = [Tie() for _ in histories]
    begun = process_time()
    for tie, history in zip(ties, histories, strict=True):
        for interaction in history:
            tie.observe(interaction)
    observed = process_time()
    survey(ties, now)
    scored = process_time()
    for tie in ties[: people // 10]:
        tie.warmth(now, "Jane")
    worded = process_time()
    total = people * each
    print(f"{(observed - begun) / total * 1e6:6.2f} µs an interaction ({total:,} of them)")
    print(f"{scored - observed:6.2f} s to score {people:,} people")
    print(f"{worded - scored:6.2f} s to say why for {people // 10:,} of them")


if __name__ == "__main__":
    main()
