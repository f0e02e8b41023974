"""What may stand behind `band`, `resume` and `focus`, and what stands alone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from mailflow.model import command as c
from mailflow.model import steering
from mailflow.model.contact import Band
from mailflow.model.text import folded
from mailflow.reading import command_shapes as shape

ALL = frozenset({"all", "everything", "everyone", "everybody"})
WITHOUT_BAND = {"auto": True, "off": False}
"""Words in place of a band, and whether the person is scored then."""

BAND = "band A close|warm|cool|dormant|auto|off"


def band(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """`A close`; `auto` and `off` take the owner's word back, and the person out."""
    words = rest.split()
    wanted = folded(words[-1]).strip(".!,") if words else ""
    who = shape.person(" ".join(words[:-1]).removesuffix(":").removesuffix("=").strip())
    if wanted in WITHOUT_BAND:
        return steering.SetBand(who, None, WITHOUT_BAND[wanted]) if who else "whom?"
    if wanted in {each.value for each in Band}:
        return steering.SetBand(who, Band(wanted)) if who else "whom?"
    return "which band?" if rest and shape.person(rest) else None


def resume(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """`A`, `#tag`, `all`."""
    if not rest:
        return "whom?"
    who = shape.person(rest)
    if who is None:
        return None
    return steering.Resume(None if folded(who) in ALL else who)


def focus(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """`A`, or nothing: the list."""
    if not rest or folded(rest) == "list":
        return steering.Look(steering.Overview.FOCUS)
    return shape.about(c.Focus)(rest, now, zone)


def look(at: steering.Overview) -> shape.Shape:
    """Nothing but the word itself, or politeness."""
    return shape.alone(steering.Look(at))
