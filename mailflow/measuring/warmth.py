"""How warm a relationship is at a moment, from the interactions observed so far."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from operator import attrgetter

from mailflow.measuring.warmth_memory import DAY, Days, Questions, Rhythm
from mailflow.measuring.warmth_model import (
    ANSWER_PEOPLE,
    PERSONAL_POWER,
    TALK_WEIGHT,
    Chances,
    Signals,
    band_of,
    chances,
    number,
    parts,
)
from mailflow.measuring.warmth_usual import NOTHING_KNOWN, Usual
from mailflow.measuring.warmth_words import Told, sentence
from mailflow.model.contact import Warmth
from mailflow.model.interaction import Brief, Deed, Direction, Interaction

TREND_OVER = timedelta(weeks=4)


@dataclass(slots=True)
class Tie:
    """The memory of one relationship: `observe` each interaction in order of time, then ask.

    Its size is fixed and each interaction costs the same. The same interactions give the same
    numbers to the last bit, and within one instant their order does not matter. Only what people
    did belongs here: robots, lists and bounces are never observed.
    """

    heard: Days = field(default_factory=Days)
    written: Days = field(default_factory=Days)
    rhythm: Rhythm = field(default_factory=Rhythm)
    questions: Questions = field(default_factory=Questions)
    first_day: int | None = None
    """The day of the first interaction, in days since 1970 (UTC)."""
    last_at: float | None = None
    meetings: int = 0

    def observe(self, interaction: Interaction | Brief) -> None:
        """Take in one interaction; raises ValueError if it is older than the one before."""
        at = interaction.at.timestamp()
        if self.last_at is not None and at < self.last_at:
            raise ValueError("interactions must be observed in order of time")
        self.last_at = at
        day = int(at // DAY)
        if self.first_day is None:
            self.first_day = day
        is_talk = interaction.direction is Direction.BOTH
        weight = TALK_WEIGHT if is_talk else _personal(interaction.people)
        if self.questions.asked_at is not None:
            self.questions.expire(at)
        is_answer = False
        if interaction.direction is not Direction.OUT:
            self.heard.add(day, weight)
            answers = interaction.answers_at
            is_answer = self.questions.answer(at, answers.timestamp() if answers else None)
        if interaction.direction is not Direction.IN:
            self.written.add(day, weight)
        if is_talk:
            self.meetings += 1
        elif interaction.direction is Direction.OUT and _is_question(interaction):
            self.questions.ask(at)
        self.rhythm.add(day, is_answer=is_answer)

    def signals(self, now: datetime) -> Signals:
        """The quantities the formula works on, as of `now` (aware)."""
        at = now.timestamp()
        day = int(at // DAY)
        credit, outcomes = self.questions.tally(at)
        return Signals(
            heard=self.heard.felt(day),
            written=self.written.felt(day),
            silence=self.rhythm.silence(day),
            pause=self.rhythm.pause(),
            credit=credit,
            outcomes=outcomes,
            waiting=self.questions.waiting(at),
            is_one_sided=not (self.heard.times and self.written.times),
        )

    def chances(self, now: datetime, usual: Usual = NOTHING_KNOWN) -> Chances:
        """The calibrated chances at `now` (aware), without words; `usual` as for `measure`."""
        return chances(self.signals(now), usual)

    def warmth(
        self,
        now: datetime,
        name: str = "",
        usual: Usual = NOTHING_KNOWN,
        before: int | None = None,
        once: int = 0,
        signals: Signals | None = None,
    ) -> Warmth:
        """How warm it is at `now` (aware), with the reason in a sentence about `name`; the trend is
        from the score `before`, and `once` is passed on. `signals` are those of `now`, where they
        are at hand."""
        signals = signals or self.signals(now)
        result = chances(signals, usual)
        score = round(result.number)
        return Warmth(
            score=score,
            band=band_of(score),
            reason=sentence(self._told(now.timestamp(), signals), name),
            writes_in_90d=result.writes_90d,
            answers_in_14d=result.answers_14d,
            parts=parts(signals),
            trend=None if before is None else score - before,
            once=once,
        )

    def merge(self, other: "Tie") -> None:
        """Take in what is remembered of the same person under another entry.

        Times and faded days add up, rhythm and answers are weighed together; measuring the
        interactions of both anew is exact, where they are still at hand.
        """
        self.heard.join(other.heard)
        self.written.join(other.written)
        self.rhythm.join(other.rhythm)
        self.questions.join(other.questions)
        self.meetings += other.meetings
        days = [each for each in (self.first_day, other.first_day) if each is not None]
        self.first_day = min(days, default=None)
        self.last_at = max(
            (t for t in (self.last_at, other.last_at) if t is not None), default=None
        )

    def _told(self, at: float, signals: Signals) -> Told:
        answered, counted = self.questions.recent(at)
        return Told(
            heard=self.heard.times - self.meetings,
            written=self.written.times - self.meetings,
            meetings=self.meetings,
            answered=answered,
            questions=counted,
            speed_hours=self.questions.hours(),
            silence=int(signals.silence),
            usual=self.rhythm.usual(),
        )


def tie_of(interactions: Iterable[Interaction | Brief], now: datetime) -> Tie:
    """The memory of interactions told in any order; those later than `now` (aware) are left out."""
    tie = Tie()
    for interaction in sorted((i for i in interactions if i.at <= now), key=attrgetter("at")):
        tie.observe(interaction)
    return tie


def measure(
    interactions: Iterable[Interaction | Brief],
    now: datetime,
    name: str = "",
    usual: Usual = NOTHING_KNOWN,
    seen: Callable[[Tie, Signals], object] | None = None,
) -> Warmth:
    """Warmth at `now` (aware) from a contact's interactions in any order, with its trend.

    Interactions later than `now` are left out. `name` is how the owner calls them, for the
    sentence; `usual` is what is usual among all contacts, where the caller knows it: it makes the
    chances fit the owner and leaves the number as it is. `seen` is told the tie, as of `now`.
    """
    before = now - TREND_OVER
    known = sorted((i for i in interactions if i.at <= now), key=attrgetter("at"))
    tie, then = Tie(), None
    for interaction in known:
        if interaction.at > before:
            break
        tie.observe(interaction)
    if tie.last_at is not None:
        then = round(number(tie.signals(before)))
    for interaction in known:
        if interaction.at > before:
            tie.observe(interaction)
    signals = tie.signals(now)
    if seen is not None:
        seen(tie, signals)
    once = round(number(tie.signals(known[-1].at))) if known else 0
    return tie.warmth(now, name, usual, then, once, signals)


@lru_cache(maxsize=256)
def _personal(people: int) -> float:
    """What a mail to so many is worth; most mails go to one of a few counts."""
    return float(max(1, people) ** PERSONAL_POWER)


def _is_question(interaction: Interaction | Brief) -> bool:
    return interaction.deed in (Deed.MAIL, Deed.REPLY) and interaction.people <= ANSWER_PEOPLE
