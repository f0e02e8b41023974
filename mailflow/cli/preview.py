"""The weekly summary as it stands now, looked at or sent before its day."""

from datetime import datetime
from typing import TYPE_CHECKING

from mailflow.daemon import clock
from mailflow.deciding.calendar import iso_week
from mailflow.drafting.render import Rendered
from mailflow.measuring.summary import build
from mailflow.tick.summarise import week_of, write_summary

if TYPE_CHECKING:
    from mailflow.tick.house import House


def preview(h: "House") -> Rendered:
    """The summary of this moment; nothing is recorded, and its numbers can't be answered."""
    now = clock()
    with h.store.begin() as s:
        told = week_of(s, h, _this_week(h, now), now)
    built = build(told, h.identity, h.policy, now)
    return h.templates.render("summary", built.values)


def queue_now(h: "House") -> bool:
    """Queue this week's summary to be mailed at the next pass; False when it was sent already."""
    now = clock()
    with h.store.begin() as s:
        return write_summary(s, h, _this_week(h, now), now) is not None


def _this_week(h: "House", now: datetime) -> str:
    return iso_week(now.astimezone(h.identity.zone).date())
