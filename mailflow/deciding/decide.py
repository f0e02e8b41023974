"""From what is known to what is to be done: one action for each thing that is due."""

from dataclasses import replace
from datetime import datetime, timedelta

from mailflow.deciding.calendar import at_local, iso_week, met_at
from mailflow.deciding.guards import BUDGETS, GUARDS, IN_WORDS, NUDGES, Finding, World, ask
from mailflow.deciding.owed import answer_owed, thank
from mailflow.deciding.sending import decide_drafts
from mailflow.deciding.steps import QUESTIONS, Step
from mailflow.model.actions import Action, Guard, PrepareDraft, Wait, WriteSummary
from mailflow.model.draft import Purpose
from mailflow.model.facts import ContactFacts, Facts
from mailflow.model.policy import Identity, Policy


def decide(facts: Facts, identity: Identity, policy: Policy, now: datetime) -> list[Action]:
    """What to do about everything that is due at `now` (aware UTC).

    1. One action for each due draft: show, expire, withdraw, hold, or send (at most one).
    2. One action for each due contact: prepare a draft, or wait until the exact next instant at
       which something can change. The weekly budgets are given to the most pressing first.
    3. The weekly summary.
    """
    actions: list[Action] = list(decide_drafts(facts, identity, policy, now))
    world = World(
        identity, policy, now, facts.paused_until,
        facts.traffic.new_people_this_week, facts.traffic.revivals_this_week,
    )  # fmt: skip
    for contact_facts in sorted(facts.contacts, key=lambda each: _urgency(each, identity)):
        action = decide_contact(contact_facts, world)
        world = _spent(world, action)
        actions.append(action)
    period = summary_due(facts, identity, policy, now)
    return [*actions, WriteSummary(period)] if period else actions


def decide_contact(facts: ContactFacts, world: World) -> PrepareDraft | Wait:
    """The first question that still has something to write decides; guards are kept either way."""
    closed: list[Guard] = []
    for question in (thank, answer_owed, *QUESTIONS):
        step = question(facts, world.identity, world.policy, world.now)
        if step is None:
            continue
        findings = ask(GUARDS, facts, step, world)
        hit = _first_hit(findings)
        if hit is not None and hit.is_final:
            closed.append(hit.guard)
            continue
        return _weigh(facts, step, world, findings, tuple(closed))
    reason = closed[-1].reason if closed else "Nothing is planned for them."
    return Wait(facts.contact.id, None, reason, tuple(closed))


def _weigh(
    facts: ContactFacts, step: Step, world: World, findings: tuple[Finding, ...],
    closed: tuple[Guard, ...],
) -> PrepareDraft | Wait:  # fmt: skip
    contact_id = facts.contact.id
    guards = (*closed, *(finding.guard for finding in findings))
    hit = _first_hit(findings)
    if hit is not None:
        until = None if hit.until is None else max(hit.until, step.due_at)
        return Wait(contact_id, until, hit.guard.reason, guards)
    if step.due_at > world.now:
        return Wait(contact_id, step.due_at, _upcoming(step, world), guards)
    budgets = ask(BUDGETS, facts, step, world)
    guards = (*guards, *(finding.guard for finding in budgets))
    spent = _first_hit(budgets)
    if spent is not None:
        return Wait(contact_id, spent.until, spent.guard.reason, guards)
    return PrepareDraft(contact_id, step.purpose, step.situation, step.reason, step.send_by, guards)


def summary_due(facts: Facts, identity: Identity, policy: Policy, now: datetime) -> str | None:
    """The ISO week whose summary should be written now, or None.

    Due from the weekday and hour of the policy in the owner's zone, until it is too late to be of
    use; never in the week mailflow was set up, when there is nothing to tell.
    """
    if facts.is_first_week:
        return None
    today = now.astimezone(identity.zone).date()
    monday = today - timedelta(days=today.weekday())
    for week in (monday, monday - timedelta(days=7)):
        day = week + timedelta(days=policy.summary_weekday)
        due = at_local(day, policy.summary_at, identity.zone)
        period = iso_week(day)
        if due <= now < due + policy.summary_late and period not in facts.summaries:
            return period
    return None


def _first_hit(findings: tuple[Finding, ...]) -> Finding | None:
    return next((finding for finding in findings if finding.guard.hit), None)


def _upcoming(step: Step, world: World) -> str:
    day = step.due_at.astimezone(world.identity.zone)
    the = "No answer yet; the" if step.purpose in NUDGES else "The"
    return f"{the} {IN_WORDS[step.purpose]} is due on {day:%a %-d %b %Y}."


def _urgency(facts: ContactFacts, identity: Identity) -> tuple[bool, float, datetime]:
    """Focus first, then the once-warm, then who was met first."""
    warmth = facts.contact.warmth
    favours = facts.favours_got + facts.favours_given
    return (
        not facts.contact.is_focus,
        -((max(warmth.score, warmth.once) if warmth else 0) + 5.0 * favours),
        met_at(facts.contact, identity.zone),
    )


def _spent(world: World, action: PrepareDraft | Wait) -> World:
    match action:
        case PrepareDraft(purpose=Purpose.FOLLOW_UP):
            return replace(world, new_people=world.new_people + 1)
        case PrepareDraft(purpose=Purpose.REVIVE):
            return replace(world, revivals=world.revivals + 1)
        case _:
            return world
