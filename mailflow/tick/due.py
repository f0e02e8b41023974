"""What is due, read and decided; whoever cannot be decided about holds up nobody else."""

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from mailflow.deciding.calendar import week_start
from mailflow.deciding.decide import decide
from mailflow.model.actions import Action
from mailflow.model.facts import Facts
from mailflow.store import facts, queue, record
from mailflow.tick.house import House
from mailflow.tick.told import told_of

log = structlog.get_logger()
POSTPONED = timedelta(hours=1)
"""How long a contact or draft rests after it failed, so that it cannot spin the loop."""
LIMIT = 200


def decide_now(house: House, now: datetime) -> list[Action]:
    """Read what is due and decide. Costs the same however many contacts there are."""
    return decide(_due(house, now), house.identity, house.policy, now)


def decide_surely(house: House, now: datetime) -> tuple[list[Action], Facts]:
    """The same, with what it was decided from.

    When it fails, whoever it fails on is put off for an hour and told of.
    """
    due = _due(house, now)
    try:
        return decide(due, house.identity, house.policy, now), due
    except Exception:
        log.exception("deciding failed; each is decided alone")
        due = _without_poison(house, due, now)
        return decide(due, house.identity, house.policy, now), due


def _due(house: House, now: datetime) -> Facts:
    owner_id = house.owner_id
    with house.store.begin() as s:
        began_at = facts.began_at(s, owner_id)
        return Facts(
            contacts=facts.due_contacts(s, owner_id, now, LIMIT),
            drafts=facts.due_drafts(s, owner_id, now, LIMIT),
            traffic=facts.traffic(
                s, owner_id, now, week_start(now, house.identity.zone), house.dice.random()
            ),
            paused_until=facts.paused_until(s, owner_id),
            summaries=facts.summaries(s, owner_id),
            is_first_week=began_at >= week_start(now, house.identity.zone),
        )


def _without_poison(house: House, due: Facts, now: datetime) -> Facts:
    """Only what can be decided about."""
    alone = replace(due, contacts=(), drafts=())
    contacts, drafts = [], []
    for contact in due.contacts:
        number = contact.contact.id
        with told_of(
            house, f"decide about {contact.contact.label}", f"fault contact {number}", now
        ):
            try:
                decide(replace(alone, contacts=(contact,)), house.identity, house.policy, now)
                contacts.append(contact)
            except Exception:
                with house.store.begin() as s:
                    record.update_contact(s, house.owner_id, number, due_at=now + POSTPONED)
                raise
    for draft in due.drafts:
        number = draft.draft.id
        with told_of(house, f"decide about draft {number}", f"fault draft {number}", now):
            try:
                decide(replace(alone, drafts=(draft,)), house.identity, house.policy, now)
                drafts.append(draft)
            except Exception:
                with house.store.begin() as s:
                    reason = "I could not decide about it"
                    queue.hold(s, house.owner_id, number, now + POSTPONED, reason)
                raise
    return replace(due, contacts=tuple(contacts), drafts=tuple(drafts))
