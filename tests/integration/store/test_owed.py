"""What the store tells of questions, thanks and mutual acquaintances."""

from datetime import timedelta
from typing import Any

from mailflow.model.facts import Asked, Thanks
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.store import facts, record
from mailflow.store.database import Session
from tests.builders import NOW
from tests.integration.store.world import jane, seen

HOUR = timedelta(hours=1)


def heard(s: Session, owner: int, contact: int, text: str, hours: int, **fields: Any) -> None:
    """A mail from them, recorded with its exchange."""
    message_id = f"<{hours}@acme.io>"
    seen(s, owner, message_id, hours, text=text, contact_id=contact, subject="The deck")
    at = NOW + hours * HOUR
    exchange = Interaction(
        contact, Direction.IN, Deed.MAIL, at, f"{message_id} {contact}", **fields
    )
    record.add_interaction(s, owner, exchange)


def test_their_last_mail_asks_when_its_own_words_hold_a_question(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    assert facts.contact_facts(s, owner, contact).asked is None
    heard(s, owner, contact, "Can you send it?", 1)
    assert facts.contact_facts(s, owner, contact).asked == Asked(
        NOW + HOUR, "<1@acme.io>", "The deck"
    )
    heard(s, owner, contact, "Thanks, got it.", 2)
    assert facts.contact_facts(s, owner, contact).asked is None


def test_a_question_to_a_round_asks_nobody_in_particular(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    heard(s, owner, contact, "Who comes?", 1, people=12)
    assert facts.contact_facts(s, owner, contact).asked is None


def test_those_they_brought_last_are_to_be_thanked_for(s: Session, owner: int) -> None:
    raj = jane(s, owner, "Raj Rao", "raj@rao.example")
    for number, name in enumerate(("Old Friend", "Jane Roe", "Mei Lin")):
        brought = jane(s, owner, name, f"p{number}@acme.io")
        record.note_brought(s, owner, brought, raj, NOW + min(number, 1) * 48 * HOUR, "x")
    told = facts.contact_facts(s, owner, raj).to_thank
    assert told == Thanks(NOW + 48 * HOUR, ("Jane Roe", "Mei Lin"))


def test_somebody_seen_with_them_in_one_mail_is_whom_both_know(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    assert facts.contact_facts(s, owner, contact).mutual == ""
    raj = jane(s, owner, "Raj Rao", "raj@rao.example")
    record.note_acquainted(s, owner, [contact, raj], NOW)
    assert facts.contact_facts(s, owner, contact).mutual == "Raj Rao"
    assert facts.contact_facts(s, owner, raj).mutual == "Jane Roe"
