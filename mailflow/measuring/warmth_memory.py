"""The three fixed-size memories a relationship is kept in: its days, its rhythm, its questions."""

from dataclasses import dataclass
from math import exp, expm1, log, log1p
from typing import TypeVar

from mailflow.measuring.warmth_model import (
    ANSWER_FADE,
    ANSWER_WITHIN,
    LONG_FADE,
    PAUSE_WEIGHT_MIN,
    PAUSES_TRUSTED,
    SAME_TALK,
    SHORT_FADE,
    credit,
)

DAY = 86400.0
"""Seconds."""
REMEMBERED = 10
"""How many of the last outcomes are kept one by one, for the sentence."""

PAUSES_TO_TELL = 3
"""Pauses needed before a rhythm is spoken of."""

Instant = TypeVar("Instant", int, float)

SHORT_RATE, LONG_RATE = log(2) / SHORT_FADE, log(2) / LONG_FADE


@dataclass(slots=True)
class Days:
    """Contact days in one direction, fading: `short` and `long` as of `day`, without that day.

    The day itself stays apart in `today` until it is over, so that the order of what happens
    within a day changes nothing. A day is a number of days since 1970 in UTC.
    """

    day: int = 0
    today: float = 0.0
    short: float = 0.0
    long: float = 0.0
    times: int = 0

    def add(self, day: int, weight: float) -> None:
        if day != self.day:
            self.short, self.long = self._faded(day)
            self.day, self.today = day, 0.0
        if weight > self.today:
            self.today = weight
        self.times += 1

    def felt(self, day: int) -> float:
        """Contact days still felt on that day: the mean of the quick and the slow memory."""
        short, long = self._faded(max(day, self.day))
        return (short + long) / 2

    def join(self, other: "Days") -> None:
        """Take in the days of another record of the same person."""
        day = max(self.day, other.day)
        parts = [
            (d.short, d.long, d.today) if d.day == day else (*d._faded(day), 0.0)
            for d in (self, other)
        ]
        self.short, self.long = parts[0][0] + parts[1][0], parts[0][1] + parts[1][1]
        self.day, self.today = day, max(parts[0][2], parts[1][2])
        self.times += other.times

    def _faded(self, day: int) -> tuple[float, float]:
        past = day - self.day
        return (
            (self.short + self.today) * exp(-SHORT_RATE * past),
            (self.long + self.today) * exp(-LONG_RATE * past),
        )


@dataclass(slots=True)
class Rhythm:
    """How often the two begin to talk: a running mean of the logarithm of the pause in days.

    Days at most `SAME_TALK` apart belong to one conversation, and an answer begins none, so that
    answering never makes a later silence look longer.
    """

    last_day: int | None = None
    talk_day: int | None = None
    """The last day something was said unasked."""
    began_day: int = 0
    talks: int = 0
    mean: float = 0.0

    def add(self, day: int, *, is_answer: bool) -> None:
        """Something happened on `day`, not before the last one."""
        self.last_day = day
        if is_answer:
            return
        is_new = self.talk_day is None or day - self.talk_day > SAME_TALK
        self.talk_day = day
        if not is_new:
            return
        if self.talks:
            share = max(PAUSE_WEIGHT_MIN, 1.0 / self.talks)
            self.mean += share * (log(max(1, day - self.began_day)) - self.mean)
        self.began_day, self.talks = day, self.talks + 1

    def silence(self, day: int) -> int:
        """Days since anything happened; 0 before it ever did."""
        return 0 if self.last_day is None else max(0, day - self.last_day)

    def pause(self) -> float:
        """The usual pause in days, at least 1, drawn towards 1 while few are known."""
        known = min(max(0, self.talks - 1), PAUSES_TRUSTED)
        return exp(self.mean * known / (known + 1))

    def usual(self) -> float:
        """The usual pause in days as one would say it; 0 while too little is known."""
        return exp(self.mean) if self.talks > PAUSES_TO_TELL else 0.0

    def join(self, other: "Rhythm") -> None:
        """Take in the rhythm of another record of the same person."""
        self.mean = _mean(self.mean, self.talks, other.mean, other.talks)
        self.talks += other.talks
        self.began_day = max(self.began_day, other.began_day)
        self.last_day = _later(self.last_day, other.last_day)
        self.talk_day = _later(self.talk_day, other.talk_day)


@dataclass(slots=True)
class Questions:
    """Whether the owner's mails get an answer, and how soon. One question is open at a time.

    A question counts from the moment it is asked as if it were answered now, so that an answer
    never makes a relationship look worse than it did a moment before. Outcomes fade with the
    number of later ones, not with time: silence alone brings no trust back. Instants are seconds
    since 1970.
    """

    asked_at: float | None = None
    again_at: float | None = None
    """The owner's newest mail while a question was open: it is the next one at the same instant."""
    credit: float = 0.0
    outcomes: float = 0.0
    bits: int = 0
    """The last outcomes, the newest lowest: 1 answered."""
    counted: int = 0
    answered: int = 0
    speed: float = 0.0
    """Running mean of ln(1 + hours to the answer)."""

    def ask(self, at: float) -> None:
        """The owner wrote, to few enough people to expect an answer."""
        if self.asked_at is None:
            self.asked_at = at
        self.again_at = at

    def answer(self, at: float, answers_at: float | None = None) -> bool:
        """They did something: whether that answers an open question.

        `answers_at` is when the mail it answers was written, if known.
        """
        if self.asked_at is None or self.asked_at >= at:
            return False
        days = (at - max(self.asked_at, min(answers_at or 0.0, at))) / DAY
        self._settle(credit(days), 1)
        self.answered += 1
        self.speed += (log1p(24.0 * days) - self.speed) * max(0.1, 1.0 / self.answered)
        self.asked_at = at if self.again_at == at else None
        return True

    def expire(self, at: float) -> None:
        """Count an open question that nobody answered in time."""
        if self.asked_at is not None and at - self.asked_at > ANSWER_WITHIN * DAY:
            self._settle(0.0, 0)
            self.asked_at = None

    def waiting(self, at: float) -> float | None:
        """Days the open question has waited; None when none is open."""
        return None if self.asked_at is None else max(0.0, at - self.asked_at) / DAY

    def tally(self, at: float) -> tuple[float, float]:
        """Faded credit and number of outcomes, the open question included as it stands."""
        days = self.waiting(at)
        if days is None:
            return self.credit, self.outcomes
        worth = credit(days) if days <= ANSWER_WITHIN else 0.0
        return self.credit * ANSWER_FADE + worth, self.outcomes * ANSWER_FADE + 1.0

    def recent(self, at: float) -> tuple[int, int]:
        """Of the last ten questions: how many were answered, and how many there were."""
        bits, counted = self.bits, self.counted
        if self.asked_at is not None and at - self.asked_at > ANSWER_WITHIN * DAY:
            bits, counted = (bits << 1) & (1 << REMEMBERED) - 1, min(REMEMBERED, counted + 1)
        return bits.bit_count(), counted

    def hours(self) -> float:
        """How long their answers usually take, in hours (a geometric mean); 0 before the first."""
        return expm1(self.speed)

    def join(self, other: "Questions") -> None:
        """Add up what is settled; of two open questions the later one stays."""
        self.speed = _mean(self.speed, self.answered, other.speed, other.answered)
        self.answered += other.answered
        self.credit, self.outcomes = self.credit + other.credit, self.outcomes + other.outcomes
        self.asked_at = _later(self.asked_at, other.asked_at)
        self.again_at = _later(self.again_at, other.again_at)
        room = REMEMBERED - min(REMEMBERED, self.counted)
        taken = min(room, other.counted)
        self.bits |= (other.bits & (1 << taken) - 1) << self.counted
        self.counted += taken

    def _settle(self, worth: float, bit: int) -> None:
        self.credit = self.credit * ANSWER_FADE + worth
        self.outcomes = self.outcomes * ANSWER_FADE + 1.0
        self.bits = (self.bits << 1 | bit) & (1 << REMEMBERED) - 1
        self.counted = min(REMEMBERED, self.counted + 1)


def _later(first: Instant | None, second: Instant | None) -> Instant | None:
    return max((at for at in (first, second) if at is not None), default=None)


def _mean(first: float, first_weight: int, second: float, second_weight: int) -> float:
    if not second_weight:
        return first
    total = first_weight + second_weight
    return (first * first_weight + second * second_weight) / total
