"""Drafts that wait are written again when what they were written from was put right."""

from dataclasses import replace
from datetime import datetime

from mailflow.deciding.steps import QUESTIONS
from mailflow.drafting.render import Rendered
from mailflow.drafting.values import first_name
from mailflow.errors import DraftingError
from mailflow.model.contact import Contact
from mailflow.model.demand import DEMANDED
from mailflow.model.draft import OPEN_TO_OWNER, Draft, DraftState, Purpose
from mailflow.model.facts import ContactFacts
from mailflow.store import facts, queue
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.introductions import write_anew
from mailflow.tick.write import lint_of, render

OPEN = OPEN_TO_OWNER | {DraftState.DRAFTED}


def redraft(s: Session, house: House, before: Contact, now: datetime) -> int:
    """Bring the open drafts to a contact in line with what is known now; how many were changed.

    `before` is the contact as it was. A text the owner wrote, or a template he named, stays; only
    the address, and the name in its first line, follow. Each changed draft is a new version that
    has to be approved.
    """
    told = facts.contact_facts(s, house.owner_id, before.id)
    if told.contact.address is None:
        return 0
    alone = [draft for draft in told.live if draft.purpose is not Purpose.INTRODUCTION]
    changed = sum(_bring_in_line(s, house, before, told, draft, now) for draft in alone)
    return changed + write_anew(s, house, before.id, now)


def _bring_in_line(
    s: Session, house: House, before: Contact, told: ContactFacts, draft: Draft, now: datetime
) -> bool:
    contact = told.contact
    if draft.state not in OPEN or contact.address is None:
        return False
    is_theirs = draft.to in (before.address, contact.address)
    to = contact.address if is_theirs or draft.to not in contact.addresses else draft.to
    to_name = contact.name if draft.to_name == before.name else draft.to_name
    subject, body = _text(house, before, told, draft, now)
    if (to, to_name, subject, body) == (draft.to, draft.to_name, draft.subject, draft.body):
        return False
    changed = queue.rewrite(
        s, house.owner_id, draft, to=to, to_name=to_name, subject=subject, body=body,
        lint=lint_of(s, house, replace(draft, to=to, subject=subject), body), now=now,
        due_at=now + house.policy.approval_expires_after,
    )  # fmt: skip
    return changed is not None


def _text(
    house: House, before: Contact, told: ContactFacts, draft: Draft, now: datetime
) -> tuple[str, str]:
    # with words of the owner in it, or a template he named, it is his text
    is_named = draft.reason.startswith(DEMANDED)
    situation = None if is_named else _situation(house, told, draft, now)
    was = _rendered(house, replace(told, contact=before), situation, now)
    if (was is not None and draft.version == 1) or (was is not None and was.body == draft.body):
        new = _rendered(house, told, situation, now)
        if new is not None:
            return draft.subject if draft.in_reply_to else new.subject, new.body
    first, _, rest = draft.body.partition("\n")
    old_name, new_name = first_name(before), first_name(told.contact)
    if old_name and new_name and old_name in first:
        first = first.replace(old_name, new_name)
    return draft.subject, f"{first}\n{rest}" if "\n" in draft.body else first


def _situation(house: House, told: ContactFacts, draft: Draft, now: datetime) -> str | None:
    """The template the draft would be written from today."""
    alone = replace(told, live=())
    for question in QUESTIONS:
        step = question(alone, house.identity, house.policy, now)
        if step is not None and step.purpose is draft.purpose:
            return step.situation
    return None


def _rendered(
    house: House, told: ContactFacts, situation: str | None, now: datetime
) -> Rendered | None:
    if situation is None:
        return None
    try:
        return render(house, told, situation, now)
    except DraftingError:
        return None
