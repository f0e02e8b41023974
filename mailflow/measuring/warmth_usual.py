"""What is usual for one owner: how mail is answered, how often people write, how long ties last."""

from math import exp, log, log1p
from typing import NamedTuple

NEUTRAL = 0.5
"""What an outcome is worth when nothing is known of how the owner's mail is answered."""
OWNER_PRIOR = 30.0
"""Imagined outcomes, worth a half each, before anything is known of the owner's mail at all."""
LEVEL_OVER = 30
"""Days over which it is looked whether as many people wrote as was to be expected."""
LEVEL_PRIOR = 10.0
"""Imagined people who wrote exactly as often as expected."""
LASTED_PRIOR = 20.0
"""Days that one imagined relationship lasted, before it is known how long others do."""
ENDS_MOST = 0.5
"""The largest share of the relationships that is believed to end in a day."""
LIVED_WRITES, LIVED_ANSWERS = 1.2, 0.4
"""Log-odds that a mail, an answer, gains when the time to wait for it is e times as long."""
LATER = 0.1
"""Log-odds given back to the chance for 90 days, whose constant was set on ties that end."""


class Usual(NamedTuple):
    """What is usual among all the owner's contacts, as far as it differs from owner to owner.

    `answers` is what an outcome is worth on the mean (0 to 1); `writes` how much more or less often
    people write than one relationship alone would lead one to expect, in log-odds; `ends` the
    share of the relationships that end in a day (0: not known).
    """

    answers: float = NEUTRAL
    writes: float = 0.0
    ends: float = 0.0


NOTHING_KNOWN = Usual()


class Shifts(NamedTuple):
    """What each of the four chances gains or loses, in log-odds, because relationships end."""

    writes_30d: float = 0.0
    writes_90d: float = 0.0
    answers_7d: float = 0.0
    answers_14d: float = 0.0


def usual_credit(credit: float, outcomes: float) -> float:
    """What an outcome is worth on the mean of all the owner's contacts, from the faded sums."""
    return (credit + OWNER_PRIOR * NEUTRAL) / (outcomes + OWNER_PRIOR)


def usual_writes(wrote: int, known: int, expected: float) -> float:
    """By how much, in log-odds, more of the `known` people wrote in the last 30 days than the
    formula expects of such people (`expected`, a mean chance)."""
    seen = (wrote + LEVEL_PRIOR * expected) / (known + LEVEL_PRIOR)
    return _logit(seen) - _logit(expected)


def usual_ends(lasted: float, ended: float) -> float:
    """The share of the owner's relationships that end in a day: ends over days lived.

    Both are sums over the contacts who ever wrote, each counted by its chance c to write within 90
    days: c times the days between first and last interaction, and c (1 - c), the part of it that
    is over. It is the estimate of a death rate from lives some of which still go on.
    """
    return min(ENDS_MOST, (ended + 1.0) / (lasted + LASTED_PRIOR))


def shifts(ends: float) -> Shifts:
    """What it does to the chances that `ends` of the relationships end in a day.

    What has lasted so long is as likely as not to last as long again: of the next h days a
    relationship lives ln(1 + h ends) / ends on the mean, and only then can mail come.
    """
    if not ends:
        return Shifts()
    return Shifts(
        LIVED_WRITES * _lived(30.0, ends),
        LIVED_WRITES * _lived(90.0, ends) + LATER,
        LIVED_ANSWERS * _lived(7.0, ends),
        LIVED_ANSWERS * _lived(14.0, ends),
    )


def told_by_past(ends: float) -> float:
    """How much of what somebody did still tells whether they will answer, 0 to 1: the share of the
    next 14 days that a relationship lives, where `ends` of them end in a day.

    Where ties end soon, those who answered best may be gone by now, and those who never did may be
    new: everybody is nearer to what is usual.
    """
    return exp(_lived(14.0, ends)) if ends else 1.0


def _lived(days: float, ends: float) -> float:
    return log(log1p(days * ends) / (days * ends))


def _logit(chance: float) -> float:
    return log(chance / (1.0 - chance))
