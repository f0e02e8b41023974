"""What happened between the owner and people, and what is coming up."""

from datetime import date, datetime, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from mailflow.measuring.summary_words import (
    about,
    capital,
    command,
    count,
    day,
    name,
    on_day,
    text,
    times,
)
from mailflow.model.contact import Tier
from mailflow.model.summary import (
    DueLine,
    IntroductionLine,
    Line,
    ReplyLine,
    Section,
    SummaryFacts,
    TurnLine,
    WarmthLine,
)

DUE, REPLIES, MOVED, TURNS, PROMISES, INTRODUCTIONS = 8, 8, 5, 5, 8, 6
"""Lines of each kind in one summary."""

NOTICED = 5
"""Points a score must move before the summary speaks of it."""

CLOSER_FIRST = {Tier.INNER: 0, Tier.KEY: 1, Tier.WIDE: 2, Tier.NONE: 3}

STATES = {
    "draft": "waiting for your ok to ask",
    "asking_first": "the first of them is asked",
    "asking_second": "one said yes, the other is asked",
    "ready": "both said yes; the introduction waits for your ok",
    "reconfirming": "the yes is a month old and is asked for again",
    "introduced": "introduced; nothing seen between them yet",
    "connected": "they are talking",
    "quiet": "no mail between them was seen; do you know more?",
    "deferred": "put off by one of them",
    "declined": "not to be: one of them would rather not",
    "expired": "ended without an answer",
    "undeliverable": "ended: mail to one of them came back",
    "cancelled": "called off",
    "closed": "done",
}


def due(facts: SummaryFacts, today: date, zone: ZoneInfo) -> Section | None:
    """Those whose time comes this week; the focus list and the closer tiers are picked first."""
    picked = sorted(facts.due, key=_nearness)[:DUE]
    lines = tuple(
        Line(
            who=name(each.contact.label),
            text=day(max(each.due_at.astimezone(zone).date(), today), today, zone),
            reason=_why_due(each, zone),
        )
        for each in sorted(picked, key=attrgetter("due_at"))
    )
    rest = len(facts.due) - len(lines)
    left_out = f"{count(rest, 'other')} can wait without harm; I left them out." if rest else ""
    return _section("due", "Due this week", lines, left_out=left_out)


def _why_due(line: DueLine, zone: ZoneInfo) -> str:
    """The reason without its day, which stands beside it; where none is known yet, how alive the
    relationship is."""
    contact = line.contact
    if line.reason:
        told = f" on {line.due_at.astimezone(zone):%a %-d %b %Y}"
        return about(line.reason.replace(told, ""), contact.label)
    return about(contact.warmth.reason, contact.given or contact.label) if contact.warmth else ""


def _nearness(line: DueLine) -> tuple[bool, int, datetime, int]:
    contact = line.contact
    return not contact.is_focus, CLOSER_FIRST[contact.tier], line.due_at, contact.id


def replies(facts: SummaryFacts, today: date, zone: ZoneInfo) -> Section | None:
    """Who wrote; those without an answer yet come first."""
    newest: dict[int, ReplyLine] = {}
    for each in sorted(facts.replies, key=lambda r: r.interaction.at):
        newest[each.contact.id] = each
    heard = sorted(newest.values(), key=lambda r: (r.is_answered, r.interaction.at))
    lines = tuple(_reply(each, today, zone) for each in heard[:REPLIES])
    rest = len(heard) - len(lines)
    left_out = f"{count(rest, 'other person', 'other people')} wrote as well." if rest else ""
    return _section("replies", "Replies", lines, left_out=left_out)


def _reply(line: ReplyLine, today: date, zone: ZoneInfo) -> Line:
    at, asked = line.interaction.at, line.interaction.answers_at
    said = f"wrote {on_day(at, today, zone)}"
    if asked is not None:
        said = f"answered {on_day(at, today, zone)}, {_after(at - asked)}"
    return Line(
        who=name(line.contact.label),
        text=said if line.is_answered else f"{said}; the next word is yours",
        quote=text(line.subject, 90),
    )


def _after(wait: timedelta) -> str:
    hours = wait.total_seconds() / 3600
    if hours < 1:
        return "within the hour"
    if hours < 24:
        return f"after {count(round(hours), 'hour')}"
    return f"after {count(round(hours / 24), 'day')}"


def warmth(facts: SummaryFacts) -> Section | None:
    """Who moved, with the reason, and how the focus list stands; nobody is ranked."""
    known = (line for line in facts.warmth if line.contact.warmth is not None)
    # whoever is close by the owner's hand is not told to be cooling by mail
    moved = [(line, 0 if line.contact.own_band else _moved(line)) for line in known]
    up = sorted((m for m in moved if m[1] >= NOTICED), key=lambda m: -m[1])[:MOVED]
    down = sorted((m for m in moved if m[1] <= -NOTICED), key=lambda m: m[1])[:MOVED]
    shown = {line.contact.id for line, _ in (*up, *down)}
    steady = sorted(
        (line for line, _ in moved if line.contact.is_focus and line.contact.id not in shown),
        key=lambda line: line.contact.label.casefold(),
    )
    lines = (
        *(_course(line, "warming") for line, _ in up),
        *(_course(line, "cooling") for line, _ in down),
        *(_course(line, "on your focus list") for line in steady),
    )
    rest = sum(1 for _, by in moved if abs(by) >= NOTICED) - len(up) - len(down)
    left_out = f"{count(rest, 'other')} moved a little less." if rest else ""
    return _section("warmth", "Warming and cooling", lines, left_out=left_out)


def _moved(line: WarmthLine) -> int:
    warm = line.contact.warmth
    return 0 if warm is None or line.before is None else warm.score - line.before


def _course(line: WarmthLine, word: str) -> Line:
    contact, warm = line.contact, line.contact.warmth
    score = warm.score if warm else 0
    before = score if line.before is None else line.before
    reason = about(warm.reason, contact.given or contact.label) if warm else ""
    said = f"{word}, {before} → {score}" if before != score else f"{word}, steady at {score}"
    return Line(
        who=name(contact.label),
        text=said,
        reason=reason,
        bar=(before, score),
        steps=line.weekly,
        steps_label=f"in touch {times(sum(line.weekly))} in {len(line.weekly)} weeks"
        if line.weekly
        else "",
    )


def turns(facts: SummaryFacts, today: date, zone: ZoneInfo) -> Section | None:
    """Whose mail waits for the owner, who did the last favour, and what was promised."""
    this_week = {line.contact.id for line in facts.replies if not line.is_answered}
    yours = [line for line in facts.turns if _turn(line, today, zone)]
    yours = [line for line in yours if line.contact.id not in this_week or _owes(line)]
    shown = sorted(yours, key=lambda line: line.last_in_at or facts.since)[:TURNS]
    lines = [
        Line(who=name(line.contact.label), text=_turn(line, today, zone),
             reason=_favour(line)) for line in shown
    ]  # fmt: skip
    far = date.max
    promised = sorted(facts.promises, key=lambda p: (p.due_on or far, p.number))
    for nth, promise in enumerate(promised[:PROMISES]):
        by = f", due {on_day(promise.due_on, today, zone)}" if promise.due_on else ""
        is_late = promise.due_on is not None and promise.due_on < today
        by = f", was due {on_day(promise.due_on or today, today, zone)}" if is_late else by
        lines.append(
            Line(
                who=name(promise.contact.label),
                text=f"promise {promise.number}: {text(promise.text)}{by}",
                reason="" if nth else f"{command(f'done {promise.number}')} ticks it off.",
            )
        )
    rest = len(yours) - len(shown) + len(promised[PROMISES:])
    left_out = f"{count(rest, 'more line')} of this kind did not fit." if rest else ""
    return _section("turns", "Your turn", tuple(lines), left_out=left_out)


def _owes(line: TurnLine) -> bool:
    return line.favours_got > line.favours_given


def _turn(line: TurnLine, today: date, zone: ZoneInfo) -> str:
    """What makes it the owner's turn, or nothing."""
    wrote, answered = line.last_in_at, line.last_out_at
    is_open = wrote is not None and (answered is None or answered < wrote)
    parts = []
    if is_open and wrote is not None:
        parts.append(f"wrote {on_day(wrote, today, zone)}, and the next word is yours")
    if _owes(line):
        got, given = line.favours_got, line.favours_given
        returned = f"you returned {given}" if given else "not returned yet"
        parts.append(f"did you {'a favour' if got == 1 else count(got, 'favour')}, {returned}")
    return "; ".join(parts)


def _favour(line: TurnLine) -> str:
    """The owner's own words about the last one."""
    return f"You noted: “{text(line.last_favour)}”." if line.last_favour else ""


def introductions(facts: SummaryFacts, today: date, zone: ZoneInfo) -> Section | None:
    """Introductions under way, with what each waits for."""
    shown = sorted(facts.introductions, key=attrgetter("since", "id"))[:INTRODUCTIONS]
    lines = tuple(_introduction(each, today, zone) for each in shown)
    rest = len(facts.introductions) - len(lines)
    left_out = f"{count(rest, 'more is', 'more are')} under way." if rest else ""
    return _section("introductions", "Introductions", lines, left_out=left_out)


def _introduction(line: IntroductionLine, today: date, zone: ZoneInfo) -> Line:
    said = STATES.get(line.state, line.state.replace("_", " "))
    return Line(
        who=f"{name(line.first.label)} and {name(line.second.label)}",
        text=f"{said} (since {day(line.since, today, zone)})",
        reason=text(line.note, 200),
    )


def _section(
    key: str, title: str, lines: tuple[Line, ...], hint: str = "", left_out: str = ""
) -> Section | None:
    return Section(key, title, lines, hint, capital(left_out)) if lines else None
