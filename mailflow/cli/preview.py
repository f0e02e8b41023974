"""The weekly summary as it stands now, looked at or sent before its day."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailflow.daemon import clock
from mailflow.deciding.calendar import iso_week
from mailflow.drafting.render import Rendered
from mailflow.measuring.summary import build
from mailflow.store import facts
from mailflow.tick.suggested import to_offer
from mailflow.tick.summarise import write_summary

if TYPE_CHECKING:
    from mailflow.tick.house import House

WEEK = timedelta(days=7)


def preview(h: "House") -> Rendered:
    """The summary of this moment; nothing is recorded, and its numbers can't be answered."""
    now = clock()
    with h.store.begin() as s:
        told = facts.summary_facts(s, h.owner_id, now, since=now - WEEK, period=_this_week(h, now))
        told = replace(told, offers=to_offer(s, h, now))
    built = build(told, h.identity, h.policy, now)
    return h.templates.render("summary", built.values)


def queue_now(h: "House") -> bool:
    """Queue this week's summary to be mailed at the next pass; False when it was sent already."""
    now = clock()
    with h.store.begin() as s:
        return write_summary(s, h, _this_week(h, now), now) is not None


def _this_week(h: "House", now: datetime) -> str:
    return iso_week(now.astimezone(h.identity.zone).date())
