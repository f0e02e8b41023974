"""The weekly summary: what needs the owner, what happened, and what came of it, in that order."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from mailflow.measuring.summary_decisions import awaiting, decisions
from mailflow.measuring.summary_figures import figures, outcomes, trouble
from mailflow.measuring.summary_newcomers import newcomers
from mailflow.measuring.summary_offers import offers
from mailflow.measuring.summary_people import (
    due,
    introductions,
    replies,
    turns,
    warmth,
)
from mailflow.measuring.summary_size import fitted
from mailflow.measuring.summary_words import (
    capital,
    count,
    day,
    days_between,
    joined,
    name,
    sparkline,
    width,
    wrap,
)
from mailflow.model.policy import Identity, Policy
from mailflow.model.summary import Line, Section, Summary, SummaryFacts

POINT, BAR = " ▪  ", " │  "
NUMBERED, BESIDE = "{:>2} │ ", "   │ "
"""Before the first row of a line and before its others, without and with a number. The eye keeps
them together, and no row of what others wrote can be read back as an instruction."""

NAME_IN_TITLE = 30
"""Columns of a name that the subject still shows."""

QUIET = frozenset({"figures"})
"""Sections that alone don't make a week worth a mail."""


def build(facts: SummaryFacts, identity: Identity, policy: Policy, now: datetime) -> Summary:
    """The summary as of `now` (aware), in the owner's zone, ready for the template `summary`.

    1. What needs the owner is numbered; every number is bound to a draft and its version.
    2. Of each kind of line only the most pressing are shown, and what was left out is said.
    3. A week in which nothing happened and nothing is asked is a single sentence.
    """
    zone = identity.zone
    today = now.astimezone(zone).date()
    decide, items = decisions(facts, identity, policy, now)
    offer, offered = offers(facts, len(items))
    faces, named = newcomers(facts, len(items) + len(offered), today, zone)
    found = (
        decide,
        due(facts, today, zone),
        replies(facts, today, zone),
        warmth(facts),
        turns(facts, today, zone),
        introductions(facts, today, zone),
        offer,
        faces,
        outcomes(facts, today, zone),
        figures(facts, policy, now),
        trouble(facts, now, zone),
    )
    fitting = fitted([section for section in found if section is not None])
    sections = tuple(_laid_out(section) for section in fitting)
    is_empty = all(section.key in _quiet(facts) for section in sections)
    if is_empty:
        sections, named = (), ()
    return Summary(
        period=facts.period,
        sections=sections,
        items=(*items, *((number, None, 1) for number, _ in (*offered, *named))),
        offered=offered,
        newcomers=named,
        is_empty=is_empty,
        values=_values(facts, identity, policy, sections, today),
    )


def _quiet(facts: SummaryFacts) -> frozenset[str]:
    """People of past years can wait for a week in which something happened, unless the owner put
    them off until now; the first summary is where an owner looks for them."""
    is_asked_again = any(each.address.key in facts.asked_again for each in facts.acquaintances)
    has_news = facts.newcomers or facts.is_first or is_asked_again
    return QUIET if has_news else QUIET | {"newcomers"}


def _values(
    facts: SummaryFacts,
    identity: Identity,
    policy: Policy,
    sections: tuple[Section, ...],
    today: date,
) -> dict[str, object]:
    monday = _monday(facts.period) or today
    lead = _lead(facts, sections)
    notes = _notes(facts, identity, policy, today)
    first = name((identity.name.split() or [""])[0])
    greeting = f"Good morning, {first}." if first else "Good morning."
    return {
        "owner_first": first,
        "title": _title(facts, sections),
        "week": days_between(monday, monday + timedelta(days=6)),
        "greeting": greeting,
        "lead": lead,
        "notes": notes,
        "sections": sections,
        "rows": [wrap(each) for each in (f"{greeting} {lead}", *notes)],
    }


def _monday(period: str) -> date | None:
    """The first day of an ISO week like "2026-W48"; None for anything else."""
    try:
        return date.fromisocalendar(int(period[:4]), int(period[6:]), 1)
    except ValueError:
        return None


def _title(facts: SummaryFacts, sections: tuple[Section, ...]) -> str:
    """The subject: what is inside, the most pressing first."""
    shown = {section.key: section for section in sections}
    parts = []
    if "decide" in shown:
        parts.append(f"{len(shown['decide'].lines)} to decide")
    if "due" in shown:
        parts.append(f"{len(shown['due'].lines)} due")
    if "replies" in shown:
        who, number = shown["replies"].lines[0].who, _heard(facts)
        is_one = number == 1 and width(who) <= NAME_IN_TITLE
        parts.append(f"{who if is_one else number} wrote")
    if not parts:
        return "Your week: all quiet" if not sections else "Your week: nothing needs you"
    return f"Your week: {', '.join(parts)}"


def _heard(facts: SummaryFacts) -> int:
    """How many people wrote, shown or not."""
    return len({line.contact.id for line in facts.replies})


def _lead(facts: SummaryFacts, sections: tuple[Section, ...]) -> str:
    """One or two sentences that are enough on a busy Monday."""
    counts = {section.key: len(section.lines) for section in sections}
    if not sections:
        return "It was a quiet week: nobody waits for you, and nothing is due."
    parts = []
    if counts.get("decide"):
        number, shown = len(awaiting(facts)), counts["decide"]
        below = f" ({shown} of them below)" if shown < number else ""
        parts.append(f"{count(number, 'draft waits', 'drafts wait')} for your word{below}")
    if number := len(facts.due):
        below = f" ({counts['due']} of them below)" if counts.get("due", number) < number else ""
        parts.append(f"{count(number, 'person is', 'people are')} due this week{below}")
    if number := _heard(facts):
        parts.append(f"{count(number, 'person', 'people')} wrote to you")
    said = capital(joined(parts)) if parts else "Nothing needs you this week"
    return f"{said}." + (" Something needs a look; see the end." if "trouble" in counts else "")


def _notes(facts: SummaryFacts, identity: Identity, policy: Policy, today: date) -> list[str]:
    """What makes this week unlike others."""
    notes = []
    if facts.is_first:
        notes.append(
            "This is your first summary. It comes once a week, says what needs you first, and "
            "is answered in one line. Warmth says whether you two are in touch, not what anybody "
            "is worth."
        )
    if facts.paused_until is not None:
        until = facts.paused_until
        for_good = until.year > today.year + 50
        upto = "for good" if for_good else f"until {day(until, today, identity.zone)}"
        notes.append(f"You paused everything {upto}: nothing goes out before that.")
    days = [today + timedelta(days=n) for n in range(7)]
    if off := [d for d in days if d.isoformat() in policy.holidays]:
        named = joined([day(d, today, identity.zone) for d in off])
        verb = "is a holiday" if len(off) == 1 else "are holidays"
        notes.append(f"{capital(named)} {verb}: no mail goes out then.")
    return notes


def _laid_out(section: Section) -> Section:
    """The section with its plain text wrapped."""
    return replace(
        section,
        lines=tuple(replace(line, rows=_rows(line)) for line in section.lines),
        rows=wrap(section.hint) if section.hint else (),
        tail=wrap(section.left_out, "    ", "    ") if section.left_out else (),
    )


def _rows(line: Line) -> tuple[str, ...]:
    """The line as plain text: its number or a point, the person, what there is to say."""
    first, rest = (POINT, BAR) if line.number is None else (NUMBERED.format(line.number), BESIDE)
    said = f"{line.who}: {line.text}" if line.who else line.text
    rows = list(wrap(said, first, rest))
    for more in (
        f"Subject: “{line.quote}”" if line.quote else "",
        f"{sparkline(line.steps)} {line.steps_label}" if line.steps else "",
        line.reason,
    ):
        rows += wrap(more, rest, rest) if more else ()
    return tuple(rows)
