"""Warmth on real mail, judged by the evaluator of MAILFLOW_EVAL beside a reference and baselines.

Run by `benchmarks.warmth` in an environment that has the evaluator's packages:
python -m benchmarks.warmth_judged FOLDER. What is asked, and how, the evaluator's docstring says:
each person in turn is the owner, the past up to a day is known, the next weeks tell.
"""

import importlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, fsum, log, log1p
from pathlib import Path
from typing import Any

from benchmarks.warmth import Event, Warmth

TARGETS = ("in30", "in90", "reply7", "reply14")
BEHIND, ASTRAY = 0.003, 0.05
"""What is allowed: so much less AUC than the reference, so large a calibration error."""
BOOSTED = {
    "eu_dept": (0.843, 0.839, 0.682, 0.706),
    "radoslaw": (0.878, 0.876, 0.725, 0.744),
    "collegemsg": (0.724, 0.707, 0.604, 0.607),
}
"""Gradient boosting over three dozen features, fitted on other sets than it is judged on: measured
once, because it takes an hour."""

DAY = 86400.0
FADE, ANSWERS_FADE, PEOPLE, WEEK = 60.0, 180.0, 5, 7.0


@dataclass(slots=True)
class Pair:
    """The reference's memory of one relationship; the formula is in `Reference`."""

    days: dict[bool, list[float]] = field(default_factory=lambda: {False: [], True: []})
    weights: dict[bool, list[float]] = field(default_factory=lambda: {False: [], True: []})
    gap: float = 0.0
    gaps: int = 0
    last: float | None = None
    asked: list[float] = field(default_factory=list)
    settled: list[tuple[float, bool]] = field(default_factory=list)

    def observe(self, event: Event) -> None:
        day, weight = event.t // DAY, event.n**-0.25
        days, weights = self.days[event.out], self.weights[event.out]
        if days and days[-1] == day:
            weights[-1] = max(weights[-1], weight)
        else:
            days.append(day)
            weights.append(weight)
        if self.last is not None and (between := day - self.last // DAY) > 0:
            self.gaps += 1
            self.gap += max(0.2, 1 / self.gaps) * (log(between) - self.gap)
        self.last = event.t
        self._expire(event.t)
        if event.out and event.n <= PEOPLE:
            self.asked.append(event.t)
        elif not event.out:
            self.settled += [(event.t, True) for _ in self.asked]
            self.asked.clear()

    def chances(self, now: float) -> tuple[float, ...]:
        self._expire(now)
        heard, written = self._felt(False, now), self._felt(True, now)
        trust = min(self.gaps, 5)
        usual = exp(self.gap * trust / (trust + 1))
        late = max(0.0, log((1 + (now - (self.last or now)) / DAY) / (4 * usual)))
        faded = [(0.5 ** ((now - at) / DAY / ANSWERS_FADE), good) for at, good in self.settled]
        good = sum(weight for weight, was in faded if was)
        answers = (good + 1) / (sum(weight for weight, _ in faded) + 2)
        share = (heard + 0.5) / (heard + written + 1)
        stay = 1.2 * log1p(4 * (heard + 0.35 * written)) - 0.25 * late
        reply = 0.6 * log1p(4 * heard) + 0.9 * share + 0.3 * log(answers / (1 - answers))
        return tuple(1 / (1 + exp(-z)) for z in (stay - 3.1, stay - 2, reply - 1.85, reply - 1.4))

    def _felt(self, out: bool, now: float) -> float:
        pairs = zip(self.days[out], self.weights[out], strict=True)
        return fsum(weight * pow(0.5, (now // DAY - day) / FADE) for day, weight in pairs)

    def _expire(self, now: float) -> None:
        late = [at for at in self.asked if now - at > WEEK * DAY]
        self.settled += [(at + WEEK * DAY, False) for at in late]
        self.asked = [at for at in self.asked if now - at <= WEEK * DAY]


class Reference:
    """A formula with ten constants that comes near to gradient boosting: faded contact days in each
    direction, silence against the pair's own usual gap, a faded answer rate and the balance."""

    def __init__(self) -> None:
        self.pairs: dict[str, Pair] = {}

    def observe(self, event: Event) -> None:
        self.pairs.setdefault(event.alter, Pair()).observe(event)

    def score(self, now: float) -> tuple[list[str], dict[str, list[float]]]:
        rows = [pair.chances(now) for pair in self.pairs.values()]
        columns = {name: [row[at] for row in rows] for at, name in enumerate(TARGETS)}
        return list(self.pairs), {"warmth": columns["in90"], **columns}


def main(folder: str) -> None:
    """One table for each set in the folder, and the mean over all."""
    sys.path.insert(0, folder)
    judge = importlib.import_module("evaluate_warmth")
    sets = [each for path in sorted(Path(folder).glob("*.csv.gz")) for each in table(judge, path)]
    means = [sum(column) / len(column) for column in zip(*sets, strict=True)]
    print(f"\nmean of {len(sets)}: mailflow {means[0]:.4f}, reference {means[1]:.4f}", end="")
    print(f", boosting {means[2]:.4f}" if means[2] == means[2] else "")


def table(judge: Any, path: Path) -> list[tuple[float, float, float]]:
    """Print a set's rows; our, the reference's and boosting's AUC for each target."""
    name, begins, ends, boxes = judge.load_mailboxes(str(path))
    data = judge.instances(name, begins, ends, boxes)
    scorer = judge.Scorer(data)
    ours, reference = (
        judge.run_adapter(kind, name, begins, ends, boxes, data)[0] for kind in (Warmth, Reference)
    )
    others = {
        "reference": reference,
        "days since": -data.rec.to_numpy(),
        "mails": (data.n_in + data.n_out).to_numpy(float),
        "Int. Rank 60d": (0.2 * data.dout60 + data.din60).to_numpy(),
    }
    mine = scorer.per_ego(ours)
    judged = {title: scorer.per_ego(scores) for title, scores in others.items()}
    print(f"\n{name}: {len(scorer.egos)} owners, {len(data):,} scored contacts")
    print("         mailflow [95 %]         " + "".join(f"{t:>15}" for t in judged), end="")
    print("  boosting   calibration error")
    rows = []
    for at, target in enumerate(TARGETS):
        metric = f"{target} AUC"
        (own,), (low,), (high,) = judge.boot(mine[[metric]])
        means = {title: judge.boot(each[[metric]])[0][0] for title, each in judged.items()}
        bound = BOOSTED.get(name, (float("nan"),) * 4)[at]
        error = judge.calibration(data[target].to_numpy(), ours[target], target)["ece"]
        print(row(target, (own, low, high), means, bound, error))
        rows.append((own, means["reference"], bound))
    return rows


def row(
    target: str,
    own: tuple[float, float, float],
    means: Mapping[str, float],
    bound: float,
    error: float,
) -> str:
    """One line: our figure, the others', and whether what is asked is met."""
    is_close = own[0] >= means["reference"] - BEHIND
    cells = "".join(f"{mean:>15.3f}" for mean in means.values())
    return (
        f"{target:<8} {own[0]:.3f} [{own[1]:.3f}-{own[2]:.3f}] {'met' if is_close else 'MISSED':<6}"
        f"{cells}{bound:>10.3f}   {error:.3f} {'met' if error <= ASTRAY else 'MISSED'}"
    )


if __name__ == "__main__":
    main(sys.argv[1])
