"""`met …` and `RAJ introduced me to …`: somebody to add, or something logged about one known."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mailflow.model import command as c
from mailflow.model.interaction import Deed
from mailflow.model.text import printable
from mailflow.reading import command_shapes as shape
from mailflow.reading.cards import line as card_line
from mailflow.reading.cards import through

JOINT = " introduced me to "
MAX_NAME = 4
"""Words of a name on either side of it."""
INSIDE = ",;:!?()–—|"
"""What stands in a sentence of a note and in no name."""


def met(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """A card when there is an address, else something logged about a known person."""
    if "@" in rest or "[at]" in rest:
        found = card_line.read(rest, today=now.astimezone(zone).date())
        if not isinstance(found, c.Unclear):
            return c.Met(found)
        if "<" in rest:
            return found.reason
    head = rest.partition("#")[0].partition(" @")[0]
    cut = min((head.find(mark) for mark in ":,;" if mark in head), default=len(head))
    named, by = through.cut(head[:cut].removeprefix("with "))
    who = shape.person(named)
    if who is None:
        return None
    return c.Log(who, Deed.MET, printable(rest[cut:].lstrip(" :,;"), 2000), by.who)


def introduced(line: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """The same as `met … through RAJ`, when the line is that and nothing more; None for any other,
    such as a sentence of a note that tells how the evening went."""
    at = line.lower().find(JOINT)
    by = shape.person(line[:at]) if at > 0 and _is_name(line[:at]) else None
    rest = line[at + len(JOINT) :].rstrip(" .!")
    if by is None or not _is_name(_named(rest)):
        return None
    command = met(rest, now, zone)
    match command:
        case c.Met(card=card):
            return c.Met(replace(card, through=by))
        case c.Log():
            return replace(command, through=by)
        case _:
            return command


def _named(rest: str) -> str:
    """What stands before the address, the company, an event, tags or notes."""
    words: list[str] = []
    for word in rest.split():
        if "@" in word or "[at]" in word or word[0] in "<(#":
            break
        words.append(word.rstrip(",:;"))
        if word[-1] in ",:;" or len(words) > MAX_NAME:
            break
    return " ".join(words)


def _is_name(text: str) -> bool:
    """A few words, all with a capital or none: "Jane yesterday" goes on with the sentence."""
    words = text.split()
    if len(words) > MAX_NAME or any(mark in text for mark in INSIDE):
        return False
    plain = [word for word in words if word not in through.PARTICLES and "@" not in word]
    return len({word[0].islower() for word in plain}) < 2
