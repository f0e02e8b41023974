"""Which two contacts would both gain from knowing each other, and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest
from math import log

from mailflow.deciding.suggestions_reasons import reason
from mailflow.deciding.suggestions_words import (
    affirmed,
    clauses,
    employer,
    stems,
)
from mailflow.model.contact import Band
from mailflow.model.domains import FREE_MAIL
from mailflow.model.suggestion import Candidate, Pair, Suggestion, Ties, pair_of

RANKED = 300
"""As many pairs are ranked before what stands against them is asked of the store."""

MOST_LIKELY = 1000
"""Pairs that are looked at one by one."""

MIN_COVERED = 0.3
"""Share of what somebody wants that the other must answer, by weight: rare words weigh more."""

MOST_TOUCHED = 100_000
"""Comparisons in all; the rarest words, which tell most, are compared first."""

SAYS = {"offers": 1.0, "title": 0.9, "tags": 0.8, "org": 0.8}
"""How much an answer counts by where it stands: what was offered in words counts most."""

CLOSENESS = {Band.CLOSE: 1.0, Band.WARM: 0.9, Band.COOL: 0.7}
"""The better the owner knows somebody, the better he can introduce them; dormant ties are out."""
UNSCORED = 0.8
TOGETHER = 0.1
"""For each thing a pair has in common besides: a place, an event, a tag."""


OWNERS = frozenset({"our", "my", "me", "us", "mine", "ours"})
"""Words of the owner about himself, in a note on what somebody wants."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing a contact wants, offers or is, with the stems it is compared by."""

    whose: int
    field: str
    text: str
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gain:
    """What one would gain from the other."""

    worth: float
    want: Clause
    answer: Clause


def suggest(
    people: Sequence[Candidate], ties: Ties, now: datetime, limit: int = 3
) -> tuple[Suggestion, ...]:
    """The best `limit` introductions to offer the owner at `now` (aware), the best first.

    Nobody is in two of them. Deterministic, whatever the order of `people`.
    """
    return choose(rank(people, now, ties.barred | ties.busy), ties, limit)


def rank(
    people: Sequence[Candidate], now: datetime, barred: frozenset[int] = frozenset()
) -> tuple[Suggestion, ...]:
    """The most promising pairs, both gaining before one gaining; at most 300.

    1. Left out: the barred, the paused, those without an address, those hardly known.
    2. What each wants is held against what the others offer, are and are marked with, by an
       inverted index, the rarest words first.
    3. A want counts as answered when enough of it is (MIN_COVERED).
    """
    known = {c.id: c for c in people if c.id not in barred and _is_known(c, now)}
    wants = [clause for i in sorted(known) for clause in _wants(known[i])]
    holds = [clause for i in sorted(known) for clause in _holds(known[i])]
    best: dict[Pair, Gain] = {}
    for gain in _gains(wants, holds, len(known)):
        key = (gain.want.whose, gain.answer.whose)
        rival = best.get(key)
        if rival is None or _order(gain) > _order(rival):
            best[key] = gain
    likely = nsmallest(MOST_LIKELY, {pair_of(*key) for key in best}, lambda p: _likely(p, best))
    found = [
        _suggestion(known[one], known[other], best)
        for one, other in likely
        if not _same_employer(known[one], known[other])
    ]
    return tuple(sorted(found, key=_best_first)[:RANKED])


def _likely(pair: Pair, best: dict[Pair, Gain]) -> tuple[bool, float, Pair]:
    """The order of pairs by what they gain alone."""
    here, there = best.get(pair), best.get((pair[1], pair[0]))
    worth = (here.worth if here else 0.0) + (there.worth if there else 0.0)
    return here is None or there is None, -worth, pair


def choose(ranked: Iterable[Suggestion], ties: Ties, limit: int = 3) -> tuple[Suggestion, ...]:
    """The first `limit` that nothing stands against, nobody in two of them."""
    chosen: list[Suggestion] = []
    taken = set(ties.barred | ties.busy)
    for each in ranked:
        if len(chosen) >= limit:
            break
        if each.pair not in ties.apart and taken.isdisjoint(each.pair):
            chosen.append(each)
            taken.update(each.pair)
    return tuple(chosen)


def _best_first(each: Suggestion) -> tuple[bool, float, Pair]:
    return not each.is_mutual, -each.merit, each.pair


def _is_known(candidate: Candidate, now: datetime) -> bool:
    """Whether the owner can introduce them at all: there is an address, and a living tie."""
    is_paused = candidate.paused_until is not None and candidate.paused_until > now
    is_alive = candidate.band in CLOSENESS if candidate.is_scored else True
    return bool(candidate.domains) and bool(candidate.name.strip()) and is_alive and not is_paused


def _wants(candidate: Candidate) -> list[Clause]:
    """What they want of others; what they want of the owner ("our benchmark") is his to give."""
    found = []
    for text in clauses(candidate.wants):
        said = affirmed(text)
        if OWNERS.isdisjoint(said.casefold().split()) and (compared := stems(said)):
            found.append(Clause(candidate.id, "wants", said, compared))
    return found


def _holds(candidate: Candidate) -> list[Clause]:
    fields = [
        *(("offers", affirmed(text)) for text in clauses(candidate.offers)),
        ("title", candidate.title),
        *(("tags", tag) for tag in candidate.tags),
        ("org", candidate.org),
    ]
    return [
        Clause(candidate.id, field, text, compared)
        for field, text in fields
        if (compared := stems(text))
    ]


def _gains(wants: Sequence[Clause], holds: Sequence[Clause], people: int) -> Iterable[Gain]:
    """Every want with every answer to enough of it."""
    index = _index(holds)
    # a word that nobody offers is not rarer than one that a single person does
    rarity = {stem: log((people + 1) / (max(1, len({holds[at].whose for at in found})) + 0.5))
              for stem, found in index.items()}  # fmt: skip
    unheard = log((people + 1) / 1.5)
    whole = [sum(rarity.get(stem, unheard) for stem in sorted(want.stems)) for want in wants]
    for (want, answer), met in _touched(_index(wants), index, rarity).items():
        share = met / whole[want] if whole[want] > 0 else 0.0
        if share < MIN_COVERED:
            continue
        asked, given = wants[want], holds[answer]
        if asked.whose != given.whose and _is_answer(asked, given):
            yield Gain(met * share * SAYS[given.field], asked, given)


def _index(found: Sequence[Clause]) -> dict[str, list[int]]:
    """Stem -> the positions of the clauses it stands in."""
    index: dict[str, list[int]] = defaultdict(list)
    for at, clause in enumerate(found):
        for stem in clause.stems:
            index[stem].append(at)
    return index


def _touched(
    asking: dict[str, list[int]], index: dict[str, list[int]], rarity: dict[str, float]
) -> dict[tuple[int, int], float]:
    """(want, answer) -> the weight of what they share; the commonest words are left out when it
    gets long."""
    shared = [stem for stem in asking if stem in index]
    touched: dict[tuple[int, int], float] = defaultdict(float)
    left = MOST_TOUCHED
    for stem in sorted(shared, key=lambda each: (len(asking[each]) * len(index[each]), each)):
        left -= len(asking[stem]) * len(index[stem])
        if left < 0:
            break
        weight = rarity[stem]
        for want in asking[stem]:
            for answer in index[stem]:
                touched[want, answer] += weight
    return touched


def _is_answer(want: Clause, answer: Clause) -> bool:
    """A company answers only to its whole name, and a name shared with a word is none."""
    return answer.field != "org" or answer.stems <= want.stems


def _order(gain: Gain) -> tuple[float, str, str]:
    return gain.worth, gain.want.text, gain.answer.text


def _suggestion(one: Candidate, other: Candidate, best: dict[Pair, Gain]) -> Suggestion:
    """First is who has more to lose: the one the other gains most from."""
    to_one, to_other = best.get((one.id, other.id)), best.get((other.id, one.id))
    worth_one = to_one.worth if to_one else 0.0
    worth_other = to_other.worth if to_other else 0.0
    merit = (worth_one + worth_other) * _closeness(one) * _closeness(other)
    merit *= 1 + TOGETHER * _in_common(one, other)
    first, second = (other, one) if worth_one >= worth_other else (one, other)
    gains = {one.id: to_one, other.id: to_other}

    def why(gainer: Candidate, giver: Candidate) -> str:
        gain = gains[gainer.id]
        if gain is None:
            return ""
        return reason(gain.want.text, gain.answer.field, gain.answer.text, gainer, giver)

    return Suggestion(
        first.id, second.id, why(first, second), why(second, first), round(merit, 6)
    )  # fmt: skip


def _closeness(candidate: Candidate) -> float:
    return CLOSENESS[candidate.band] if candidate.is_scored and candidate.band else UNSCORED


def _in_common(one: Candidate, other: Candidate) -> int:
    events = stems(one.event) & stems(other.event)
    places = stems(one.postal) & stems(other.postal)
    return bool(events) + bool(places) + bool(set(one.tags) & set(other.tags))


def _same_employer(one: Candidate, other: Candidate) -> bool:
    """One company by name or by the domain of an address that is not a free mailbox."""
    is_named = bool(employer(one.org)) and employer(one.org) == employer(other.org)
    return is_named or bool((one.domains & other.domains) - FREE_MAIL)
