"""The formula of warmth: from what is remembered of a relationship to two chances and one number.

The constants are few and rounded on purpose; what they predict, and how well, is in docs/warmth.md.
"""

from functools import lru_cache
from math import exp, log, log1p
from typing import NamedTuple

from mailflow.measuring.warmth_usual import NEUTRAL, NOTHING_KNOWN, Usual, shifts, told_by_past
from mailflow.model.contact import Band

SHORT_FADE = 7.0
"""Half-life in days of the quick memory: is something going on just now?"""
LONG_FADE = 120.0
"""Half-life in days of the slow memory: have these two kept in touch?"""
OUT_WEIGHT = 0.25
"""A day on which the owner wrote, against one on which the contact wrote."""
PERSONAL_POWER = -0.25
"""A mail to n people weighs n to this power; a day counts once, as its most personal mail."""
TALK_WEIGHT = 1.5
"""A day on which the two met or talked, against one with a mail between just them (a guess: the
mail that the formula was judged on knows no meetings)."""
LATE_AFTER = 2.0
"""Silence begins to count once it is this many times the pair's usual pause."""
SAME_TALK = 2
"""Contact days at most so many days apart are one conversation."""
PAUSES_TRUSTED = 5
"""Pauses needed before the pair's own rhythm is believed; with fewer it is drawn to one day."""
PAUSE_WEIGHT_MIN = 0.2
"""The newest pause's least share in the usual one."""
ANSWER_WITHIN = 14.0
"""Days in which a mail of the owner's is answered, or counts as unanswered."""
ANSWER_PEOPLE = 5
"""Nobody in particular is asked by a mail to more people than this."""
ANSWER_FADE = 0.9
"""Each new outcome leaves this much of the older ones: silence alone changes nothing here."""
SLOW_COST = 0.8
"""What an answer on the last possible day loses against one at once."""
PRIOR_OUTCOMES = 8.0
"""Imagined outcomes before anything is known of a person, answered as often as others answer."""
ONE_SIDED_FROM, ONE_SIDED_TO = 44.0, 54.0
"""While only one of the two has ever acted, what is over the first is squeezed below the second:
mail that goes one way alone is never warm."""

STAY_CONTACT, STAY_LATE = 1.2, 0.3
REPLY_CONTACT, REPLY_ANSWERS, REPLY_WAITING = 0.5, 1.2, 0.2
CHANCE_WAITING = 0.06
"""What a waiting question takes from the chance of an answer; in the number it weighs as above."""

WRITES_30D, WRITES_90D = -2.9, -1.7
ANSWERS_7D, ANSWERS_14D = -0.6, -0.25
"""The log-odds of each chance where its head is 0."""
NUMBER_WRITES, NUMBER_ANSWERS = (1.0, -1.7), (0.9, -0.1)
"""Slope and intercept that turn a head into what the number is made of, for every owner alike."""
SOONER = exp(WRITES_30D - WRITES_90D)
"""The odds of a mail within 30 days, against those within 90."""
STAY_SHARE = 0.85
"""The part of the number, as a power, that comes from staying in touch."""
CLOSE_FROM, WARM_FROM, COOL_FROM = 80, 55, 15


class Signals(NamedTuple):
    """What one relationship amounts to at one moment; every field is a plain quantity.

    `heard` and `written` are faded contact days in each direction; `silence` and `pause` (the
    pair's usual one) are days; `credit` is the faded worth (0 to 1 each) of `outcomes` questions;
    `waiting` the days the owner's last question has been open (None: none is).
    """

    heard: float
    written: float
    silence: float
    pause: float
    credit: float
    outcomes: float
    waiting: float | None
    is_one_sided: bool


class Chances(NamedTuple):
    """How likely this person is to write, and to answer the owner's next mail; 0 to 1.

    `number` is warmth before rounding, 0 to 100.
    """

    writes_30d: float
    writes_90d: float
    answers_7d: float
    answers_14d: float
    number: float


def credit(days: float) -> float:
    """What an answer after so many days is worth: 1 at once, least on the last day that counts."""
    slowness = log1p(24.0 * max(0.0, days)) / log1p(24.0 * ANSWER_WITHIN)
    return 1.0 - SLOW_COST * min(1.0, slowness)


def terms(signals: Signals) -> tuple[tuple[str, float, float], ...]:
    """What each ingredient adds to the two heads, in log-odds: (name, will write, will answer)."""
    heard = log1p(4.0 * signals.heard)
    both = log1p(4.0 * (signals.heard + OUT_WEIGHT * signals.written))
    late = max(0.0, log((1.0 + signals.silence) / (LATE_AFTER * signals.pause)))
    share = (signals.credit + PRIOR_OUTCOMES * NEUTRAL) / (signals.outcomes + PRIOR_OUTCOMES)
    waiting = 0.0 if signals.waiting is None else log1p(signals.waiting)
    return (
        ("what they sent", STAY_CONTACT * heard, REPLY_CONTACT * heard),
        ("what you sent", STAY_CONTACT * (both - heard), 0.0),
        ("how they answer", 0.0, REPLY_ANSWERS * log(share / (1.0 - share))),
        ("your mail is waiting", 0.0, -REPLY_WAITING * waiting),
        ("silence against your rhythm", -STAY_LATE * late, 0.0),
    )


def chances(signals: Signals, usual: Usual = NOTHING_KNOWN) -> Chances:
    """The calibrated chances, and the number made of them.

    `usual` moves only the chances: how often mail comes and is answered at all differs from owner
    to owner, and says nothing about one relationship. The number does not know it.

    The number is 100 · P(writes within 90 days)^0.85 · P(answers within 14 days)^0.15, so that it
    is high only when both are; while only one side has ever acted it stays below warm.
    """
    stay, reply, own = heads(signals, usual.answers)
    writes, answers = _chance(stay, NUMBER_WRITES), _chance(reply, NUMBER_ANSWERS)
    in_30d, in_90d, in_7d, in_14d, told = _against(usual)
    silent, mute = exp(-stay), exp(-told * own)
    return Chances(
        writes_30d=1.0 / (1.0 + silent * in_30d),
        writes_90d=1.0 / (1.0 + silent * in_90d),
        answers_7d=1.0 / (1.0 + mute * in_7d),
        answers_14d=1.0 / (1.0 + mute * in_14d),
        number=_number(writes, answers, is_one_sided=signals.is_one_sided),
    )


def number(signals: Signals) -> float:
    """The number alone, as `chances` has it: before rounding, 0 to 100."""
    stay, reply, _ = heads(signals, NEUTRAL)
    writes, answers = _chance(stay, NUMBER_WRITES), _chance(reply, NUMBER_ANSWERS)
    return _number(writes, answers, is_one_sided=signals.is_one_sided)


def expected_writes(signals: Signals) -> tuple[float, float]:
    """The chances of a mail within 30 and within 90 days as one relationship alone tells them."""
    odds = exp(_stay(signals) + WRITES_90D)
    sooner = odds * SOONER
    return sooner / (1.0 + sooner), odds / (1.0 + odds)


def heads(signals: Signals, answers: float) -> tuple[float, float, float]:
    """The sums of `terms`, quickly: will write; will answer. Then: will answer this owner, whose
    mail is answered as often as `answers`; that is for the chances alone.
    """
    heard, _, _, _, credit, outcomes, waiting, _ = signals
    missed, near = outcomes - credit, REPLY_CONTACT * log1p(4.0 * heard)
    half = PRIOR_OUTCOMES * NEUTRAL
    neutral = own = near + REPLY_ANSWERS * log((credit + half) / (missed + half))
    if answers != NEUTRAL:
        got, lost = PRIOR_OUTCOMES * answers, PRIOR_OUTCOMES * (1.0 - answers)
        own = near + REPLY_ANSWERS * log((credit + got) / (missed + lost))
    if waiting is not None:
        open_for = log1p(waiting)
        neutral, own = neutral - REPLY_WAITING * open_for, own - CHANCE_WAITING * open_for
    return _stay(signals), neutral, own


def parts(signals: Signals) -> tuple[tuple[str, float], ...]:
    """How the number came about: the points each ingredient added, in the order of `terms`.

    They add up to the number (to rounding). The first is what a stranger would have.
    """
    stay = reply = 0.0
    writes, answers = _chance(stay, NUMBER_WRITES), _chance(reply, NUMBER_ANSWERS)
    number = _number(writes, answers)
    found = [("before anything is known", number)]
    for name, to_stay, to_reply in terms(signals):
        if to_stay:
            stay += to_stay
            writes = _chance(stay, NUMBER_WRITES)
        if to_reply:
            reply += to_reply
            answers = _chance(reply, NUMBER_ANSWERS)
        if to_stay or to_reply:
            before, number = number, _number(writes, answers)
            found.append((name, number - before))
    if signals.is_one_sided:
        capped = _number(writes, answers, is_one_sided=True)
        found.append(("only one of you has written", capped - number))
    told = [(name, round(points, 1)) for name, points in found]
    return tuple([each for each in told if each[1]])


def band_of(score: int) -> Band:
    """The number in a word; none of the words is a verdict on anybody."""
    if score >= CLOSE_FROM:
        return Band.CLOSE
    if score >= WARM_FROM:
        return Band.WARM
    return Band.COOL if score >= COOL_FROM else Band.DORMANT


def _chance(head: float, line: tuple[float, float]) -> float:
    slope, start = line
    return 1.0 / (1.0 + exp(-(slope * head + start)))


@lru_cache(maxsize=64)
def _against(usual: Usual) -> tuple[float, float, float, float, float]:
    """The odds against each of the four chances where its head is 0; how much the head of the
    answers tells."""
    writes_30d, writes_90d, answers_7d, answers_14d = shifts(usual.ends)
    return (
        exp(-(WRITES_30D + usual.writes + writes_30d)),
        exp(-(WRITES_90D + usual.writes + writes_90d)),
        exp(-(ANSWERS_7D + answers_7d)),
        exp(-(ANSWERS_14D + answers_14d)),
        told_by_past(usual.ends),
    )


def _stay(signals: Signals) -> float:
    heard, written, silence, pause = signals[:4]
    late = log((1.0 + silence) / (LATE_AFTER * pause))
    near = STAY_CONTACT * log1p(4.0 * (heard + OUT_WEIGHT * written))
    return near - STAY_LATE * late if late > 0.0 else near


def _number(writes: float, answers: float, *, is_one_sided: bool = False) -> float:
    number = 100.0 * float(writes**STAY_SHARE * answers ** (1.0 - STAY_SHARE))
    if not is_one_sided or number <= ONE_SIDED_FROM:
        return number
    squeezed = (ONE_SIDED_TO - ONE_SIDED_FROM) / (100.0 - ONE_SIDED_FROM)
    return ONE_SIDED_FROM + (number - ONE_SIDED_FROM) * squeezed
