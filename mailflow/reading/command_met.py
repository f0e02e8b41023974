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
    """The same as `met … through RAJ`; None for any other line."""
    at = line.lower().find(JOINT)
    by = shape.person(line[:at]) if at > 0 else None
    if by is None:
        return None
    command = met(line[at + len(JOINT) :].rstrip(" .!"), now, zone)
    match command:
        case c.Met(card=card):
            return c.Met(replace(card, through=by))
        case c.Log():
            return replace(command, through=by)
        case _:
            return command
