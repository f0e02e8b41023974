"""The reasons not to write: small questions, each answered in a sentence that is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailflow.deciding.calendar import next_week_start
from mailflow.deciding.steps import (
    CYCLIC,
    Step,
    ended_at,
    other_contact_at,
    sent_for,
    unanswered,
    wrote_by_hand_at,
)
from mailflow.model.actions import Guard
from mailflow.model.amount import amount
from mailflow.model.draft import OF_INTRODUCTIONS, Purpose
from mailflow.model.facts import ContactFacts
from mailflow.model.policy import Identity, Policy

MAX_UNANSWERED = 3
"""Drafts sent in a row without a word back, after which only the owner's own hand goes on."""

LOOK_AGAIN = timedelta(days=1)
"""When to look again at what should have been told of by then."""

NUDGES = frozenset({Purpose.NUDGE_1, Purpose.NUDGE_2})

IN_WORDS = {
    Purpose.FOLLOW_UP: "follow-up",
    Purpose.NUDGE_1: "first nudge",
    Purpose.NUDGE_2: "second nudge",
    Purpose.KEEP_IN_TOUCH: "mail to keep in touch",
    Purpose.REVIVE: "mail to revive the tie",
    Purpose.INTRO_ASK: "question whether to introduce them",
    Purpose.INTRO_NUDGE: "reminder of an introduction",
    Purpose.INTRO_CLOSING: "last word on an introduction",
    Purpose.INTRODUCTION: "introduction",
    Purpose.THANKS: "thank-you",
    Purpose.REPLY_OWED: "answer to their mail",
}
"""The purposes as the owner reads them."""


@dataclass(frozen=True, slots=True)
class World:
    """What every guard may look at besides the contact's own facts."""

    identity: Identity
    policy: Policy
    now: datetime
    paused_until: datetime | None
    new_people: int
    revivals: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A guard's answer. On a hit: `is_final` closes this purpose for good; otherwise the contact
    waits until `until`, or until something happens (None)."""

    guard: Guard
    until: datetime | None = None
    is_final: bool = False


Question = Callable[[ContactFacts, Step, World], Finding]


def _miss(name: str, reason: str) -> Finding:
    return Finding(Guard(name, hit=False, reason=reason))


def _hit(
    name: str, reason: str, until: datetime | None = None, *, is_final: bool = False
) -> Finding:
    return Finding(Guard(name, hit=True, reason=reason), until, is_final)


def suppressed(facts: ContactFacts, step: Step, world: World) -> Finding:
    if facts.suppressed is None:
        return _miss("suppressed", "They are not on the suppression list.")
    because = facts.suppressed.because
    return _hit("suppressed", f"They are on the suppression list: {because}.")


def no_address(facts: ContactFacts, step: Step, world: World) -> Finding:
    if facts.contact.address is None:
        return _hit("no_address", "No mail address is known; tell me one.")
    return _miss("no_address", f"Their address is {facts.contact.address}.")


def no_name(facts: ContactFacts, step: Step, world: World) -> Finding:
    """Nobody wants to read "Hi ,"; an address in place of a name is no name."""
    name = facts.contact.given or facts.contact.name
    if not name.strip() or "@" in name:
        return _hit("no_name", "I know no name to greet them by; tell me one.")
    return _miss("no_name", f"Their name is {facts.contact.name or name}.")


def own_address(facts: ContactFacts, step: Step, world: World) -> Finding:
    address = facts.contact.address
    if world.identity.is_owner(address) or address == world.identity.service:
        return _hit("own_address", "That is your own address.")
    return _miss("own_address", "The address is not yours.")


def paused_all(facts: ContactFacts, step: Step, world: World) -> Finding:
    until = world.paused_until
    if until is not None and until > world.now:
        return _hit("paused_all", f"You paused everything {_till(until, world)}.", until)
    return _miss("paused_all", "You have not paused everything.")


def paused(facts: ContactFacts, step: Step, world: World) -> Finding:
    until = facts.contact.paused_until
    if until is not None and until > world.now:
        return _hit("paused", f"You paused {facts.contact.label} {_till(until, world)}.", until)
    return _miss("paused", "You have not paused them.")


def doubtful_address(facts: ContactFacts, step: Step, world: World) -> Finding:
    """Never holds mail back: the doubt is shown with the draft, which the owner has to approve."""
    address = str(facts.contact.address).casefold()
    doubts = [d for d in facts.contact.doubts if address in d.casefold()]
    if doubts:
        return _miss("doubtful_address", f"Shown with the draft: {doubts[0]}")
    return _miss("doubtful_address", "The address was read without doubt.")


def settled(facts: ContactFacts, step: Step, world: World) -> Finding:
    ended = ended_at(facts, step.purpose, step.round_began_at)
    sent = sent_for(facts, step.purpose, step.round_began_at)
    if step.purpose in CYCLIC:
        return _miss("settled", "A mail of this kind comes round again.")
    if ended is None and sent is None:
        return _miss("settled", f"The {IN_WORDS[step.purpose]} is still to be written.")
    how = ended.state.value.replace("_", " ") if ended else "sent"
    return _hit("settled", f"The {IN_WORDS[step.purpose]} was settled: {how}.", is_final=True)


def they_wrote(facts: ContactFacts, step: Step, world: World) -> Finding:
    last, since = facts.last_in_at, max(step.since, facts.contact.created_at)
    # what they wrote before the card came is why it came
    if step.purpose in CYCLIC:
        return _miss("they_wrote", "Any mail of theirs starts the clock anew.")
    if last is None or last <= since:
        return _miss("they_wrote", "They have not written since.")
    return _hit("they_wrote", "They wrote to you; the answer is yours.", is_final=True)


def you_wrote(facts: ContactFacts, step: Step, world: World) -> Finding:
    """By hand, or by mailflow for another purpose: either way the matter has moved on."""
    by_hand = wrote_by_hand_at(facts)
    others = [s.sent_at for s in facts.sent if s.purpose not in (None, step.purpose)]
    if step.purpose in CYCLIC:
        return _miss("you_wrote", "Any mail of yours starts the clock anew.")
    if by_hand is not None and by_hand > step.since:
        return _hit("you_wrote", "You wrote to them by hand.", is_final=True)
    if any(at > step.since for at in others):
        return _hit("you_wrote", "You wrote to them about something else since.", is_final=True)
    return _miss("you_wrote", "You have not written to them since.")


def in_touch(facts: ContactFacts, step: Step, world: World) -> Finding:
    other = other_contact_at(facts)
    if step.purpose not in NUDGES:
        return _miss("in_touch", "A call or a meeting does not stand in the way.")
    if other is None or other <= step.since:
        return _miss("in_touch", "You have not met or talked since.")
    return _hit("in_touch", "You have been in touch in another way since.", is_final=True)


def no_answer(facts: ContactFacts, step: Step, world: World) -> Finding:
    count = unanswered(facts)
    if step.purpose not in CYCLIC or count < MAX_UNANSWERED:
        return _miss("no_answer", f"Our mails in a row without an answer: {count or 'none'}.")
    return _hit("no_answer", f"They did not answer the last {count} mails; I leave it to you.")


def away(facts: ContactFacts, step: Step, world: World) -> Finding:
    until = facts.away_until
    if until is not None and until > world.now:
        return _hit("away", f"They are away; I wait {_till(until, world)}.", until)
    return _miss("away", "They are not known to be away.")


def live_draft(facts: ContactFacts, step: Step, world: World) -> Finding:
    for draft in facts.live:
        words, state = IN_WORDS[draft.purpose], draft.state.value.replace("_", " ")
        until = draft.due_at if draft.due_at > world.now else world.now + LOOK_AGAIN
        to = "" if draft.purpose in OF_INTRODUCTIONS else " to them"
        a = "An" if words[0] in "aeiou" else "A"
        return _hit("live_draft", f"{a} {words}{to} exists already ({state}).", until)
    return _miss("live_draft", "No other draft to them is open.")


def weekly_budget(facts: ContactFacts, step: Step, world: World) -> Finding:
    limit = world.policy.new_people_per_week
    if step.purpose is not Purpose.FOLLOW_UP or world.new_people < limit:
        return _miss("weekly_budget", "The week has room for new people.")
    until = next_week_start(world.now, world.identity.zone)
    people = amount(limit, "new person is", "new people are")
    return _hit("weekly_budget", f"This week's {people} reached.", until)


def revival_budget(facts: ContactFacts, step: Step, world: World) -> Finding:
    limit = world.policy.revivals_per_week
    if step.purpose is not Purpose.REVIVE or world.revivals < limit:
        return _miss("revival_budget", "The week has room for old ties.")
    until = next_week_start(world.now, world.identity.zone)
    return _hit("revival_budget", f"This week's {limit} revivals are reached.", until)


GUARDS: tuple[Question, ...] = (
    suppressed,  # never, whatever else is true
    no_address,
    own_address,
    no_name,
    settled,  # said no once is no
    they_wrote,  # the owner's turn: a machine's nudge would be rude
    you_wrote,
    in_touch,
    no_answer,
    live_draft,  # one letter at a time
    paused_all,  # from here on: not now
    paused,
    away,
    doubtful_address,
)
"""Asked of every step, in this order; all are answered and kept, the first hit decides."""

BUDGETS: tuple[Question, ...] = (weekly_budget, revival_budget)
"""Asked only of what is due now, because they count what this very pass gives out."""


def ask(
    questions: Sequence[Question], facts: ContactFacts, step: Step, world: World
) -> tuple[Finding, ...]:
    """Every guard's answer, in order."""
    return tuple(question(facts, step, world) for question in questions)


def _till(until: datetime, world: World) -> str:
    if until.year >= 9000:
        return "until you say otherwise"
    return f"until {until.astimezone(world.identity.zone):%a %-d %b %Y}"
