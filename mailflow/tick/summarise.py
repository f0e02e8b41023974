"""The weekly summary, written once for its week."""

from dataclasses import replace
from datetime import datetime, timedelta

from mailflow.deciding.calendar import next_week_start, week_start
from mailflow.measuring import summary
from mailflow.model.letter import LetterKind
from mailflow.model.summary import SummaryFacts
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.tick.brought import brought_last_quarter
from mailflow.tick.house import House
from mailflow.tick.measure import measure_all
from mailflow.tick.mint import mint_token
from mailflow.tick.newcomers import to_adopt
from mailflow.tick.suggested import to_offer

WEEK = timedelta(days=7)
LATE = timedelta(days=2)
"""Until so long after a Monday morning the summary tells of the week that is over, whose budget
counts: that of the new one is hardly touched by then."""


def write_summary(s: Session, house: House, period: str, now: datetime) -> int | None:
    """Queue the summary of an ISO week; None when the week already has one.

    Warmth is measured first: it cools by silence alone. An empty week writes nothing when the
    owner wants it so, but is marked as done.
    """
    owner_id = house.owner_id
    measure_all(s, house, now)
    told = week_of(s, house, period, now)
    built = summary.build(told, house.identity, house.policy, now)
    rendered = house.templates.render("summary", built.values)
    is_wanted = house.policy.empty_summary or not built.is_empty
    token_id = mint_token(s, house, "summary", built.items, now) if built.items else None
    letter_id = queue.add_letter(
        s,
        owner_id,
        kind=LetterKind.SUMMARY,
        subject=rendered.subject,
        body=rendered.body,
        html=rendered.html,
        token_id=token_id,
        period=period,
        is_held=not is_wanted,
        now=now,
    )
    if letter_id is not None and token_id is not None and is_wanted:
        record.add_suggestions(s, owner_id, token_id, built.offered, now)
        record.add_newcomer_offers(s, owner_id, token_id, built.newcomers, now)
    return letter_id


def week_of(s: Session, house: House, period: str, now: datetime) -> SummaryFacts:
    """All that the summary of an ISO week is told, as of `now` (aware UTC); nothing is kept."""
    zone, told_of = house.identity.zone, now - LATE
    begins_at, ends_at = week_start(told_of, zone), next_week_start(told_of, zone)
    return replace(
        facts.summary_facts(s, house.owner_id, now, since=now - WEEK, period=period),
        new_people=facts.new_people(s, house.owner_id, begins_at, ends_at),
        offers=to_offer(s, house, now),
        acquaintances=to_adopt(s, house, now),
        bringers=brought_last_quarter(s, house, now),
    )
