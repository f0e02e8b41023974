"""The owner's word on an introduction: how to take an answer, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Counted(StrEnum):
    """What the owner takes somebody's words for."""

    YES = "yes"
    NO = "no"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class CountsAs:
    """`counts as yes`, `counts as no`, `counts as later june`; `until_at` (aware UTC) only for
    later, None when no day is said."""

    counted: Counted
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AskAgain:
    """`ask again`, or `ask again: TEXT`: the side is asked once more, with the owner's words."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class InTouch:
    """`they are in touch`, or `no word yet`."""

    is_so: bool


@dataclass(frozen=True, slots=True)
class CameOfIt:
    """`it helped: TEXT`, `nothing came of it`, `do not know`: kept in the owner's words."""

    outcome: str
    text: str = ""
    value: int | None = None


Ruling = CountsAs | AskAgain | InTouch | CameOfIt
