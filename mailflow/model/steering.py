"""What the owner may say of keeping in touch: bands by hand, going on after a pause, overviews."""

from dataclasses import dataclass
from enum import StrEnum

from mailflow.model.contact import Band


@dataclass(frozen=True, slots=True)
class SetBand:
    """`band A close`: the band by hand; None goes back to the measured one (`auto`), and
    `is_scored` False leaves the person out of the scoring (`off`)."""

    who: str
    band: Band | None
    is_scored: bool = True


@dataclass(frozen=True, slots=True)
class Resume:
    """`resume A`, `resume all`: the pause is over; `who` None: everybody's."""

    who: str | None


class Overview(StrEnum):
    """What can be looked at as a whole."""

    FOCUS = "focus"  # who is on the focus list
    QUIET = "quiet"  # ties gone quiet, the once-warm first
    BUDGET = "budget"  # what this week still has room for


@dataclass(frozen=True, slots=True)
class Look:
    """`focus`, `quiet` or `budget` alone."""

    at: Overview
