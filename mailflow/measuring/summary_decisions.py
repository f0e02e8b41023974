"""What needs the owner now: numbered drafts to decide on, the most pressing first."""

from collections import defaultdict
from collections.abc import Container
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailflow.measuring.summary_words import (
    about,
    capital,
    command,
    count,
    name,
    numbers,
    on_day,
    text,
)
from mailflow.model.contact import Contact
from mailflow.model.draft import Draft, DraftState, Purpose
from mailflow.model.policy import Identity, Policy
from mailflow.model.summary import DraftLine, Line, Section, SummaryFacts

SHOWN = 12
"""Decisions in one summary; more than that is a chore, not a summary."""

PRESSING = {
    Purpose.INTRODUCTION: 0,
    Purpose.FOLLOW_UP: 1,
    Purpose.INTRO_ASK: 2,
    Purpose.NUDGE_1: 2,
    Purpose.NUDGE_2: 3,
    Purpose.REPLY_OWED: 2,
    Purpose.THANKS: 3,
    Purpose.REVIVE: 4,
    Purpose.INTRO_NUDGE: 4,
    Purpose.INTRO_CLOSING: 4,
    Purpose.KEEP_IN_TOUCH: 5,
}
"""What comes first when too much is waiting."""

CALLED = {
    Purpose.FOLLOW_UP: "first mail",
    Purpose.NUDGE_1: "first reminder",
    Purpose.NUDGE_2: "last reminder",
    Purpose.KEEP_IN_TOUCH: "a word to keep in touch",
    Purpose.REVIVE: "a word after a long silence",
    Purpose.THANKS: "a thank-you",
    Purpose.REPLY_OWED: "an answer you owe",
    Purpose.INTRO_ASK: "may I introduce you?",
    Purpose.INTRO_NUDGE: "a reminder of that question",
    Purpose.INTRO_CLOSING: "an introduction that will not be",
    Purpose.INTRODUCTION: "the introduction",
}


def awaiting(facts: SummaryFacts) -> list[DraftLine]:
    """The drafts that wait for the owner's word, shown or not."""
    asks = (DraftState.AWAITING_APPROVAL, DraftState.UNCERTAIN)
    return [line for line in facts.drafts if line.draft.state in asks]


def decisions(
    facts: SummaryFacts, identity: Identity, policy: Policy, now: datetime
) -> tuple[Section | None, tuple[tuple[int, int, int], ...]]:
    """The section, and for each number the draft and the version it stands for."""
    waiting = awaiting(facts)
    if not waiting:
        return None, ()
    picked = sorted(waiting, key=_urgency)[:SHOWN]
    today = now.astimezone(identity.zone).date()
    said_once = _said_once(picked, policy, today, identity.zone)
    lines = tuple(
        _line(number, each, identity, policy, today, said_once)
        for number, each in enumerate(picked, 1)
    )
    items = tuple((n, line.draft.id, line.draft.version) for n, line in enumerate(picked, 1))
    left_out = ""
    if rest := len(waiting) - len(picked):
        more = capital(count(rest, "more draft is", "more drafts are"))
        left_out = (
            f"I picked the most pressing. {more} waiting in your Drafts folder, "
            "and the next ones come when these are settled."
        )
    hint = " ".join((_hint(picked), *said_once.values()))
    return Section("decide", "Needs you now", lines, hint, left_out), items


def _said_once(
    picked: list[DraftLine], policy: Policy, today: date, zone: ZoneInfo
) -> dict[str, str]:
    """What holds for several drafts and is said above them: by what each would say, the sentence
    that says it for all."""
    reasons: dict[str, list[int]] = defaultdict(list)
    lapses: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(picked, 1):
        if line.draft.state is not DraftState.UNCERTAIN:
            reasons[line.draft.reason].append(number)
            lapses[_lapses(line.draft, policy, today, zone)].append(number)
    said = {reason: reason for reason, whose in reasons.items() if reason and len(whose) > 1}
    for lapse, whose in lapses.items():
        if lapse and len(whose) > 1:
            said[lapse] = f"{capital(numbers(whose))} lapse {lapse}."
    return said


def _urgency(line: DraftLine) -> tuple[int, bool, datetime, int]:
    is_lost = line.draft.state is DraftState.UNCERTAIN
    pressing = 0 if is_lost else PRESSING[line.draft.purpose]
    return pressing, not line.contact.is_focus, line.draft.created_at, line.draft.id


def _hint(picked: list[DraftLine]) -> str:
    """How to answer, with numbers that are on the list."""
    open_numbers = [
        n for n, line in enumerate(picked, 1) if line.draft.state is not DraftState.UNCERTAIN
    ]
    if not open_numbers:
        return "Answer this mail in a word, as below."
    if len(open_numbers) == 1:
        n = open_numbers[0]
        answers = [command(each) for each in (f"ok {n}", f"later {n} 2d", f"skip {n}")]
        return f"Answer this mail with {answers[0]}, {answers[1]} or {answers[2]}."
    first, second = open_numbers[:2]
    said = (f"ok {first} {second}", f"later {second} 1w", f"skip {first}")
    shown = ", ".join(command(each) for each in said)
    return f"Answer this mail with the numbers: {shown}, or {command('ok all')}."


def _line(
    number: int,
    line: DraftLine,
    identity: Identity,
    policy: Policy,
    today: date,
    said_once: Container[str],
) -> Line:
    draft, contact = line.draft, line.contact
    if draft.state is DraftState.UNCERTAIN:
        return Line(
            text="did this one go out? The connection was lost as it was being sent.",
            who=_who(contact),
            number=number,
            quote=text(draft.subject, 90),
            reason=f"If it did, answer {command(f'sent {number}')}; if not, "
            f"{command(f'send again {number}')}.",
        )
    return Line(
        text=CALLED[draft.purpose] + _met(contact, draft, today, identity),
        who=_who(contact),
        number=number,
        quote=text(draft.subject, 90),
        reason=_reason(line, policy, today, identity.zone, said_once),
    )


def _who(contact: Contact) -> str:
    role = ", ".join(part for part in (text(contact.title, 32), text(contact.org, 32)) if part)
    return f"{name(contact.label)} ({role})" if role else name(contact.label)


def _met(contact: Contact, draft: Draft, today: date, identity: Identity) -> str:
    if draft.purpose is not Purpose.FOLLOW_UP:
        return ""
    where = f" at {text(contact.event, 40)}" if contact.event else ""
    when = f" {on_day(contact.met_on, today, identity.zone)}" if contact.met_on else ""
    return f"; you met{where}{when}" if where or when else ""


def _reason(
    line: DraftLine, policy: Policy, today: date, zone: ZoneInfo, said_once: Container[str]
) -> str:
    """Why it is here, what looks odd about it, and when it would lapse; without what is said
    above for several."""
    draft = line.draft
    parts = []
    if draft.reason and draft.reason not in said_once:
        parts.append(about(draft.reason, line.contact.label))
    if draft.lint:
        parts.append(f"Please look: {text(draft.lint[0], 160)}")
    lapse = _lapses(draft, policy, today, zone)
    if lapse and lapse not in said_once:
        parts.append(f"It lapses {lapse}.")
    return " ".join(part if part[-1] in ".!?…" else part + "." for part in parts)


def _lapses(draft: Draft, policy: Policy, today: date, zone: ZoneInfo) -> str:
    """The day after which it is no longer asked about, when that is near: “tomorrow”."""
    lapses_at = draft.created_at + policy.approval_expires_after
    lapses_on = max(today, lapses_at.astimezone(zone).date())
    return on_day(lapses_on, today, zone) if lapses_on - today <= timedelta(days=2) else ""
