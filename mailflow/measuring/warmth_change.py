"""What would change one person's warmth most, found by trying; and a band set by hand."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailflow.measuring.warmth import Tie
from mailflow.measuring.warmth_model import band_of
from mailflow.model.contact import Band, Warmth
from mailflow.model.interaction import Deed, Direction, Interaction

QUIET = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that could happen, with the score it would lead to and how many points that is."""

    what: str
    score: int
    points: float


def changes(tie: Tie, now: datetime) -> tuple[Change, ...]:
    """Four things tried on a copy of the tie as of `now` (aware), what moves it most first."""
    before = tie.chances(now).number
    tried = (
        ("a mail from them today", Direction.IN, Deed.MAIL),
        ("a mail of yours today", Direction.OUT, Deed.MAIL),
        ("a meeting today", Direction.BOTH, Deed.MET),
    )
    found = [
        _change(what, _after(tie, direction, deed, now), before, now)
        for what, direction, deed in tried
    ]
    found.append(_change(f"{QUIET.days} more days of silence", tie, before, now + QUIET))
    return tuple(sorted(found, key=lambda change: -abs(change.points)))


def said(found: Sequence[Change]) -> str:
    """The biggest change as one sentence, with the others behind it."""
    most, *others = found
    if not round(most.points):
        return "Nothing that can happen in a day would move it."
    band = band_of(most.score)
    text = f"{most.what[0].upper()}{most.what[1:]} would change it most: to {most.score} ({band})"
    rest = [f"{other.what} to {other.score}" for other in others if round(other.points)]
    return f"{text}; {', '.join(rest)}." if rest else f"{text}."


def by_hand(warmth: Warmth, band: Band | None) -> Warmth:
    """The warmth with the band the owner set, and the sentence that says so; None changes nothing.

    The number stays what the mail says: nothing measured is hidden.
    """
    if band is None:
        return warmth
    measured = f"by mail alone {band_of(warmth.score)}"
    return replace(
        warmth, band=band, reason=f"{band.capitalize()} by your hand ({measured}). {warmth.reason}"
    )


def _after(tie: Tie, direction: Direction, deed: Deed, now: datetime) -> Tie:
    tried = deepcopy(tie)
    tried.observe(Interaction(0, direction, deed, now, "tried"))
    return tried


def _change(what: str, tie: Tie, before: float, now: datetime) -> Change:
    number = tie.chances(now).number
    return Change(what, round(number), number - before)
