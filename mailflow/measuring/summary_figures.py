"""What came of it, how quick the first mails were, and what went wrong."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailflow.measuring.summary_bringers import bringers
from mailflow.measuring.summary_words import capital, command, count, joined, name, on_day, text
from mailflow.model.contact import Band
from mailflow.model.policy import Policy
from mailflow.model.summary import (
    FollowUpLine,
    Line,
    OutcomeLine,
    Section,
    SummaryFacts,
    TroubleKind,
    WatchLine,
)

OUTCOMES, SOURCES, TROUBLES = 6, 3, 6
"""Lines of each kind in one summary."""
WEEKS = 8
"""Weeks the 24-hour rate is shown for."""
UNSEEN_AFTER = timedelta(days=1)
"""A mailbox not read for longer is trouble."""

BANDS = (Band.CLOSE, Band.WARM, Band.COOL, Band.DORMANT)


def outcomes(facts: SummaryFacts, today: date, zone: ZoneInfo) -> Section | None:
    """The week's referrals and opportunities, then where a year of them came from."""
    fresh = sorted((o for o in facts.outcomes if o.at >= facts.since), key=lambda o: o.at)
    lines = [
        Line(
            who=name(each.contact.label),
            text=text(each.text) + (f" (worth {_grouped(each.value)})" if each.value else ""),
            reason=_origin(each),
        )
        for each in fresh[:OUTCOMES]
    ]
    if len(facts.outcomes) > 1:
        lines.extend(_sources(facts.outcomes))
    if (few := bringers(facts.bringers)) is not None:
        lines.append(few)
    rest = len(fresh) - len(fresh[:OUTCOMES])
    left_out = capital(f"{count(rest, 'more outcome')} this week.") if rest else ""
    if not lines:
        return None
    return Section("outcomes", "What came of it", tuple(lines), left_out=left_out)


def _origin(line: OutcomeLine) -> str:
    contact = line.contact
    if contact.event:
        return f"You met at {text(contact.event, 40)}."
    return f"You know each other through {name(contact.through)}." if contact.through else ""


def _sources(found: Iterable[OutcomeLine]) -> list[Line]:
    """Of a year: the events and the people that most came from, as bars."""
    found = tuple(found)
    worth = sum(each.value or 0 for each in found)
    valued = f", worth {_grouped(worth)} in all" if worth else ""
    lines = [Line(who="In a year", text=f"{count(len(found), 'outcome')}{valued}")]
    for kind, names in (
        ("from this event", [text(each.contact.event, 40) for each in found]),
        ("through this person", [name(each.contact.through) for each in found]),
    ):
        by_name = Counter(each for each in names if each).most_common(SOURCES)
        top = by_name[0][1] if by_name else 1
        lines.extend(
            Line(who=where, text=f"{count(times, 'outcome')} {kind}", bar=(share, share))
            for where, times in by_name
            for share in (100 * times // top,)
        )
    return lines


def figures(facts: SummaryFacts, policy: Policy, now: datetime) -> Section | None:
    """The 24-hour rate, the budget and how many relationships are alive."""
    lines = [
        line
        for line in (_rate(facts.follow_ups, policy, now), _budget(facts, policy), _people(facts))
        if line is not None
    ]
    return Section("figures", "In numbers", tuple(lines)) if lines else None


def _rate(met: Iterable[FollowUpLine], policy: Policy, now: datetime) -> Line | None:
    """How many first mails left in time, of those whose time is over."""
    within = policy.follow_up_within
    past = [f for f in met if f.sent_at is not None or now - f.met_at > within]
    if not past:
        return None
    weeks: list[list[bool]] = [[] for _ in range(WEEKS)]
    for each in past:
        age = (now - each.met_at).days // 7
        if 0 <= age < WEEKS:
            is_soon = each.sent_at is not None and each.sent_at - each.met_at <= within
            weeks[WEEKS - 1 - age].append(is_soon)
    told = [week for week in weeks if week]
    if not told:
        return None
    soon, total = sum(map(sum, told)), sum(map(len, told))
    hours = round(within.total_seconds() / 3600)
    steps = tuple(round(100 * sum(week) / len(week)) for week in told)
    shown = len(told) > 1
    mails = "first mail" if total == 1 else "first mails"
    return Line(
        who=f"{hours}-hour rate",
        text=f"{soon} of {total} {mails} left within {hours} hours of meeting",
        steps=steps if shown else (),
        steps_label=f"{steps[-1]} % in the latest week" if shown else "",
    )


def _budget(facts: SummaryFacts, policy: Policy) -> Line:
    limit, used = policy.new_people_per_week, facts.new_people
    wrote = f"; {count(facts.sent, 'mail')} went out since the last summary" if facts.sent else ""
    share = min(100, 100 * used // limit) if limit else 100
    return Line(
        who="Budget",
        text=f"{used} of the week's {limit} new people{wrote}",
        bar=(share, share),
    )


def _people(facts: SummaryFacts) -> Line | None:
    counted = dict(facts.bands)
    if not facts.people:
        return None
    bands = joined([f"{counted[band]} {band}" for band in BANDS if counted.get(band)])
    added = f", {_grouped(facts.added)} of them new" if facts.added else ""
    if facts.added == facts.people:
        added = ", new" if facts.people == 1 else ", all of them new"
    mood = f"; {bands}" if bands else ""
    return Line(who="People", text=f"{_grouped(facts.people)} in all{added}{mood}")


def trouble(facts: SummaryFacts, now: datetime, zone: ZoneInfo) -> Section | None:
    """What went wrong, said plainly, with what to do about it."""
    today = now.astimezone(zone).date()
    lines = [
        Line(text=each)
        for each in (
            *(_unseen(w, today, zone) for w in facts.watched if _is_unseen(w, now)),
            _quarantined(facts.quarantined),
            _held(facts.held),
        )
        if each
    ]
    told = [t for t in facts.trouble if t.kind not in (TroubleKind.HELD, TroubleKind.QUARANTINE)]
    told.sort(key=lambda t: (list(TroubleKind).index(t.kind), t.at))
    lines.extend(Line(text=text(each.text, 240)) for each in told[:TROUBLES])
    rest = len(told) - len(told[:TROUBLES])
    left_out = (
        capital(f"{count(rest, 'more thing')} went wrong; {command('mailflow status')} shows them.")
        if rest
        else ""
    )
    if not lines:
        return None
    return Section("trouble", "Trouble", tuple(lines), left_out=left_out)


def _is_unseen(line: WatchLine, now: datetime) -> bool:
    return line.seen_at is None or now - line.seen_at > UNSEEN_AFTER


def _unseen(line: WatchLine, today: date, zone: ZoneInfo) -> str:
    where = f"The mailbox {text(line.mailbox, 40)} of {text(line.account, 40)}"
    if line.seen_at is None:
        return f"{where} has not been read yet; {command('mailflow doctor')} tells why."
    seen = on_day(line.seen_at, today, zone)
    return f"{where} was last read {seen}; {command('mailflow doctor')} tells why."


def _quarantined(number: int) -> str:
    if not number:
        return ""
    mails = capital(count(number, "mail is", "mails are"))
    listed = command("mailflow quarantine list")
    return f"{mails} set aside that I could not read; {listed} shows what and why."


def _held(number: int) -> str:
    if not number:
        return ""
    answers = capital(count(number, "answer"))
    return f"{answers} to you did not go out, to spare your mailbox; the work itself was done."


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
