"""Two people of one name are kept apart, and the owner is asked whether they are one."""

from datetime import datetime

from mailflow.errors import NotFound
from mailflow.model.contact import Contact
from mailflow.store import facts, record
from mailflow.store.database import Session
from mailflow.tick import question
from mailflow.tick.house import House
from mailflow.tick.undo import take_copies_out

NAMESAKE = "namesake "
"""Followed by the number of the contact known before."""


def ask_namesake(s: Session, house: House, contact_id: int, now: datetime) -> None:
    """Queue the question for somebody new who bears the full name of somebody known."""
    others = facts.namesakes(s, house.owner_id, contact_id)
    if not others:
        return
    new = facts.contact(s, house.owner_id, contact_id)
    known = facts.contact(s, house.owner_id, others[0])
    text = (
        f"You sent me {_described(new)}. I know {_described(known)} already. I took them for two "
        "people and keep them apart.",
        "Answer with ok if they are one person: I put them together, and what I know stays. Answer "
        "with skip if they are two.",
    )
    title = f"Is this the {known.label} you know?"
    question.put(
        s, house, contact_id, title, text, now,
        purpose=f"{NAMESAKE}{known.id}", key=f"namesake {contact_id} {known.id}",
    )  # fmt: skip


def put_together(s: Session, house: House, contact_id: int, purpose: str, now: datetime) -> str:
    """The owner says that they are one; what was done, in a sentence."""
    known_id = int(purpose.removeprefix(NAMESAKE))
    try:
        known = facts.contact(s, house.owner_id, known_id)
    except NotFound:
        return "The other one is gone; nothing was changed."
    take_copies_out(s, house, contact_id)
    if not record.join_contacts(s, house.owner_id, contact_id, known_id, now):
        return (
            "One of them has a part in an introduction, or a mail to them is on its way, so I "
            "leave them as they are."
        )
    record.wake_contact(s, house.owner_id, known_id, now)
    return f"They are one now: {known.label}. If that was a mistake: undo."


def _described(person: Contact) -> str:
    role = " at ".join(part for part in (person.title, person.org) if part)
    told = [person.label, role, str(person.address or "without a mail address")]
    return ", ".join(part for part in told if part)
