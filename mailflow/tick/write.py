"""A decided draft is written: facts into words, doubts beside them, a row in the store."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from mailflow.drafting.lint import lint
from mailflow.drafting.render import Rendered
from mailflow.drafting.values import FIRST_MAILS, bare_subject, common_ground, mail_values
from mailflow.model.actions import PrepareDraft
from mailflow.model.address import Address
from mailflow.model.draft import Draft, Purpose
from mailflow.model.facts import Asked, ContactFacts, SentFact
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.introduce_words import doubts_of

NOTHING: Mapping[str, str] = MappingProxyType({})
IN_THREAD = frozenset({Purpose.NUDGE_1, Purpose.NUDGE_2})


def prepare(
    s: Session,
    house: House,
    action: PrepareDraft,
    told: ContactFacts,
    now: datetime,
    more: Mapping[str, str] = NOTHING,
) -> None:
    """Write the draft an action asks for; nothing when one of its purpose is already live.

    `told` is what it was decided from, `more` what its template needs besides.
    Raises DraftingError when the template cannot be filled: the caller postpones and tells.
    """
    contact = told.contact
    assert contact.address is not None, "the guards let nobody without an address through"
    rendered = render(house, told, action.situation, now, more)
    latest = max(told.sent, key=lambda fact: fact.sent_at, default=None)
    thread: SentFact | Asked | None = latest if action.purpose in IN_THREAD else None
    if action.purpose is Purpose.REPLY_OWED:
        thread = told.asked
    subject = f"Re: {bare_subject(thread.subject)}" if thread else rendered.subject
    draft_id = queue.add_draft(
        s,
        house.owner_id,
        contact_id=contact.id,
        purpose=action.purpose,
        to=contact.address,
        to_name=contact.name,
        subject=subject,
        body=rendered.body,
        lint=(
            *_to_look_at(s, house, contact.id, contact.address),
            *_lint(house, told, subject, rendered.body, is_first=action.situation in FIRST_MAILS),
        ),
        reason=action.reason,
        in_reply_to=thread.message_id if thread else None,
        references=_references(thread),
        account=house.main,
        due_at=action.send_by,
        now=now,
    )
    said = action.reason if draft_id is not None else "a draft of this kind is already waiting"
    record.note_decision(
        s, house.owner_id, contact.id, f"draft {action.purpose}", said, action.guards, now
    )
    # What comes next is decided when something happens to this draft.
    record.update_contact(s, house.owner_id, contact.id, due_at=None)


def render(
    house: House,
    told: ContactFacts,
    situation: str,
    now: datetime,
    more: Mapping[str, str] = NOTHING,
) -> Rendered:
    """The mail of a situation to a contact, from what is known; raises DraftingError."""
    values = mail_values(
        told.contact, house.identity, situation=situation, now=now, sent=told.sent,
        last_contact_at=told.last_contact_at, common_ground=common_ground(told, house.identity),
        more={**_more(told), **more},
    )  # fmt: skip
    return house.templates.render(situation, values, variant=told.contact.id)


def lint_of(s: Session, house: House, draft: Draft, body: str) -> tuple[str, ...]:
    """The doubts about the owner's own text for a draft."""
    told = facts.contact_facts(s, house.owner_id, draft.contact_id)
    found = doubts_of(s, house, draft, body)
    if found is None:
        is_first = draft.purpose is Purpose.FOLLOW_UP
        found = _lint(house, told, draft.subject, body, is_first=is_first)
    return (*_to_look_at(s, house, draft.contact_id, draft.to), *found)


def _to_look_at(s: Session, house: House, contact_id: int, to: Address) -> tuple[str, ...]:
    """That the address itself needs the owner's eye; the ok to the draft confirms it."""
    found = facts.unconfirmed(s, house.owner_id, [contact_id]).get(contact_id, ())
    return tuple(
        f"Is {to} right? It was read with doubt; your ok says that it is."
        for each in found
        if each.address == to
    )


def _lint(
    house: House, told: ContactFacts, subject: str, body: str, *, is_first: bool
) -> tuple[str, ...]:
    return lint(
        subject,
        body,
        told.contact,
        is_first=is_first,
        owes=told.favours_got > told.favours_given,
        max_words=house.policy.max_words,
        max_questions=house.policy.max_questions,
    )


def _more(told: ContactFacts) -> dict[str, str]:
    """What single templates need besides: what to thank for."""
    if told.to_thank is None:
        return {}
    noun = "introduction" if len(told.to_thank.whom) == 1 else "introductions"
    return {"thanks_for": f"the {noun} to {' and '.join(told.to_thank.whom)}"}


def _references(thread: SentFact | Asked | None) -> tuple[str, ...]:
    return (*thread.references, thread.message_id) if thread else ()
