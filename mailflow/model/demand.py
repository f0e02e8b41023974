"""A mail the owner wants written now: `write A`, `write A: coffee`."""

from dataclasses import dataclass
from enum import StrEnum

MAX_WORDS = 160
"""Characters of the owner's words in a demand: as many as one fact of a mail may have."""

DEMANDED = "You asked for it: "
"""How the reason of a draft begins whose template the owner chose: nothing else remembers it."""


class Wanted(StrEnum):
    """The mails that can be asked for by name; each value is its template."""

    KEEP_IN_TOUCH = "keep_in_touch"
    COFFEE = "coffee"  # an invitation; words say when
    CONGRATULATE = "congratulate"  # needs words: on what
    HOW_CAN_I_HELP = "how_can_i_help"
    SEND_SOMETHING = "send_something"  # needs words: what it is


@dataclass(frozen=True, slots=True)
class Write:
    """`write A[: TEMPLATE[ – words]]`; `wanted` None is whatever mail to them is right now."""

    who: str
    wanted: Wanted | None = None
    words: str = ""
    link: str = ""
    """Where it can be read, for something sent."""
    because: str = ""
    """Why it is for them, as a clause behind "because"."""
    whole: str = ""
    """Of `write jane coffee`, which lacks its colon: what may be somebody's name after all, and is
    if anybody is called that."""
