"""A mail the owner asks for: which one is right, and whether it may be written at all."""

from dataclasses import dataclass

from mailflow.deciding import guards as g
from mailflow.deciding.owed import answer_owed
from mailflow.deciding.steps import Step, ended_at, first_follow_up, sent_for
from mailflow.model.actions import Guard, PrepareDraft
from mailflow.model.demand import DEMANDED, Wanted, Write
from mailflow.model.draft import Purpose
from mailflow.model.facts import ContactFacts


@dataclass(frozen=True, slots=True)
class NotWritten:
    """Why there is no draft, for the owner; `guards` are all answers."""

    reason: str
    guards: tuple[Guard, ...]


def demanded(
    facts: ContactFacts, command: Write, line: str, world: g.World
) -> PrepareDraft | NotWritten:
    """The draft the owner asks for in `line`, or why it is not written.

    What protects the contact holds: the suppression list, mails nobody answers, one letter at a
    time. What is only a plan of the owner's (a pause, the week's budget) or a hint (they are away)
    gives way to his word; such guards are kept as hits, to be told with the draft.
    """
    step = _step(facts, command, line, world)
    findings = [*g.ask(HOLDING, facts, step, world), first_mail(facts, command)]
    held = next((each.guard for each in findings if each.guard.hit), None)
    findings += g.ask(YIELDING, facts, step, world)
    kept = tuple(each.guard for each in findings)
    if held is not None:
        return NotWritten(held.reason, kept)
    return PrepareDraft(
        facts.contact.id, step.purpose, step.situation, step.reason, step.send_by, kept
    )


def is_first(facts: ContactFacts) -> bool:
    """Whether no mail ever went either way."""
    return not facts.sent and facts.last_in_at is None and facts.last_out_at is None


def first_mail(facts: ContactFacts, command: Write) -> g.Finding:
    """Whose address came from somebody else is told so in the first mail; no template that can be
    asked for by name does."""
    source, label = facts.contact.through, facts.contact.label
    if not (command.wanted and source and is_first(facts)):
        return g.Finding(Guard("first_mail", hit=False, reason="Nobody needs to be named."))
    reason = (
        f"You know {label} through {source}, and a first mail says so: ask for a mail without "
        f"naming one (“write {label}”), and answer the draft with your own words."
    )
    return g.Finding(Guard("first_mail", hit=True, reason=reason))


def away(facts: ContactFacts, step: Step, world: g.World) -> g.Finding:
    """They may be away; the owner knows better whether that matters."""
    until = facts.away_until
    if until is None or until <= world.now:
        return g.Finding(Guard("away", hit=False, reason="They are not known to be away."))
    day = until.astimezone(world.identity.zone)
    reason = f"They are away until {day:%a %-d %b %Y}; your ok sends it all the same."
    return g.Finding(Guard("away", hit=True, reason=reason))


HOLDING: tuple[g.Question, ...] = (
    g.suppressed,
    g.no_address,
    g.own_address,
    g.no_name,
    g.no_answer,
    g.live_draft,
)
"""The guards that hold back even what the owner asks for."""

YIELDING: tuple[g.Question, ...] = (
    g.paused_all,
    g.paused,
    away,
    g.weekly_budget,
    g.doubtful_address,
)
"""The guards that are only told of."""


def _step(facts: ContactFacts, command: Write, line: str, world: g.World) -> Step:
    """What was named; else an answer that is owed, a first mail, or a hello."""
    lasts, label = world.policy.approval_expires_after, facts.contact.label
    until = world.now + lasts
    if command.wanted is not None:
        return Step(Purpose.KEEP_IN_TOUCH, command.wanted.value, world.now, until,
                    f"{DEMANDED}{line}", since=world.now)  # fmt: skip
    purpose, situation = Purpose.KEEP_IN_TOUCH, Wanted.KEEP_IN_TOUCH.value
    owed = answer_owed(facts, world.identity, world.policy, world.now)
    first = first_follow_up(facts, world.identity, world.policy, world.now)
    if owed is not None and not _is_over(facts, owed):
        purpose, situation = owed.purpose, owed.situation
    elif first is not None and is_first(facts):
        purpose, situation = first.purpose, first.situation
    return Step(purpose, situation, world.now, until, f"You asked for a mail to {label}.",
                since=world.now)  # fmt: skip


def _is_over(facts: ContactFacts, step: Step) -> bool:
    """Whether a draft for it was sent or dropped before."""
    began = step.round_began_at
    return bool(ended_at(facts, step.purpose, began) or sent_for(facts, step.purpose, began))
