"""One recorded exchange with a contact, in or out, on mail or off it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Direction(StrEnum):
    """Who acted."""

    IN = "in"  # the contact towards the owner
    OUT = "out"  # the owner towards the contact
    BOTH = "both"  # together: a call, a meeting


class Deed(StrEnum):
    """What happened."""

    MAIL = "mail"  # a mail, either way
    REPLY = "reply"  # a mail that answers one
    CALL = "call"  # talked by phone or video
    COFFEE = "coffee"  # met for a coffee, a lunch, a walk
    MET = "met"  # met, anywhere
    GAVE = "gave"  # the owner did them a favour
    GOT = "got"  # they did the owner a favour
    INTRODUCED = "introduced"  # the owner introduced them to somebody


DIRECTION_OF = {
    Deed.CALL: Direction.BOTH,
    Deed.COFFEE: Direction.BOTH,
    Deed.MET: Direction.BOTH,
    Deed.GAVE: Direction.OUT,
    Deed.GOT: Direction.IN,
    Deed.INTRODUCED: Direction.OUT,
}


@dataclass(frozen=True, slots=True)
class Interaction:
    """An exchange at `at` (aware UTC) with `people` addressees in all (1 for a personal mail).

    `source` is what it was concluded from, unique per owner: a message and a position, or a
    command. `answers_at` is when the mail it answers was written, for a reply. `is_weak` marks a
    match by address and subject only.
    """

    contact_id: int
    direction: Direction
    deed: Deed
    at: datetime
    source: str
    people: int = 1
    text: str = ""
    answers_at: datetime | None = None
    is_weak: bool = False


class Brief(NamedTuple):
    """What warmth needs of an interaction, each field as there: made a hundred thousand times of a
    Monday, and in a third of the time."""

    direction: Direction
    deed: Deed
    at: datetime
    people: int = 1
    answers_at: datetime | None = None
