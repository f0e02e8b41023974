"""Questions about a person, asked by mail and settled only by the token of the answer."""

import json
from datetime import datetime, timedelta

from mailflow.model.address import Address, NamedAddress
from mailflow.model.card import Card, Reading
from mailflow.model.command import Approve, Export, Forget, Reject, Verdict
from mailflow.model.contact import Contact
from mailflow.model.draft import Draft
from mailflow.model.letter import Line
from mailflow.model.summary import TroubleKind
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.store.tokens import TokenItem, TokenRow
from mailflow.tick import question
from mailflow.tick.erase import erase
from mailflow.tick.house import House
from mailflow.tick.namesake import NAMESAKE, put_together

FORGET, EXPORT = queue.ERASE, "export"
RECEIPT = "receipt"
IF_SAME = "Answer with ok if it is the same person: I will know the address from then on."
MOST_SAME, SAME_AGAIN = 3, timedelta(days=30)
SAME = "same "
"""Followed by the address in question."""
ASKED = "I have sent you a mail of its own about this; answer it, so that I know it is you."


def ask(s: Session, house: House, command: Forget | Export, contact: Contact, now: datetime) -> str:
    """Queue the question whose answer carries the token; what to say about it meanwhile."""
    purpose = FORGET if isinstance(command, Forget) else EXPORT
    if purpose == FORGET:
        title = f"Erase {contact.label}?"
        text = (
            f"Everything I keep about {contact.label} ({contact.address or 'no address'}) would "
            "be erased: what was on the card, mails, drafts, notes, warmth. Only a keyed hash of "
            "the address stays, so that I never write there again. This cannot be undone.",
            "Answer with ok to erase, with skip to keep everything as it is. Until you answer, "
            f"nothing is sent to them; without an answer that ends on {_last_day(house, now)}.",
        )
    else:
        title = f"Send you everything about {contact.label}?"
        text = (
            f"I would mail you all that I keep about {contact.label}, as JSON.",
            "Answer with ok to have it sent, with skip to leave it.",
        )
    question.put(s, house, contact.id, title, text, now, purpose=purpose)
    return ASKED


def _last_day(house: House, now: datetime) -> str:
    until = now + house.policy.approval_expires_after
    return f"{until.astimezone(house.identity.zone):%A %-d %B}"


def ask_same(
    s: Session,
    house: House,
    draft: Draft,
    sender: NamedAddress,
    now: datetime,
    *,
    is_stop: bool = False,
) -> None:
    """Queue the question whether an unknown address belongs to the contact a draft went to.

    Asked about three addresses a month and contact; of more the summary tells. `is_stop` when
    whoever it is asked not to be written to.
    """
    contact = facts.contact(s, house.owner_id, draft.contact_id)
    about = f"same {contact.id} "
    if queue.letters_about(s, house.owner_id, about, now - SAME_AGAIN) >= MOST_SAME:
        said = f"More unknown addresses answered your mail to {contact.label}: {sender.address}."
        key = f"{about}{sender.address.key}"
        record.add_trouble(s, house.owner_id, TroubleKind.OTHER, said, now, key=key)
        return
    title = f"Is {sender.address} {contact.label} too?"
    text = (
        f"{sender} answered your mail “{draft.subject}”, which went to {contact.label} at "
        f"{draft.to}. I know only that address of theirs.",
        _if_stop(contact) if is_stop else IF_SAME,
        "Answer with skip if it is somebody else.",
    )
    question.put(
        s, house, contact.id, title, text, now,
        purpose=f"{SAME}{sender.address}", key=f"{about}{sender.address.key}",
    )  # fmt: skip


def _if_stop(contact: Contact) -> str:
    return (
        "Whoever it is asked not to be written to, so that address is left alone from now on. If "
        f"it is {contact.label}, answer with ok, and none of their addresses is written to."
    )


def judge_person(
    s: Session, house: House, now: datetime, row: TokenRow, item: TokenItem, verdict: Verdict
) -> Line:
    """The owner's answer to such a question, carried out once."""
    contact_id = item.contact_id
    if item.used_at is not None or item.is_void or contact_id is None:
        return Line("", "You decided that already.", is_done=False)
    contact = facts.contact(s, house.owner_id, contact_id)
    match verdict:
        case Approve() if row.purpose.startswith(SAME):
            queue.use_token_item(s, house.owner_id, row.id, item.number, now)
            address = Address.parse(row.purpose.removeprefix(SAME))
            card = Card(emails=(Reading(str(address), source="your word"),))
            record.save_card(s, house.owner_id, card, f"same {row.id}", now, known=contact_id)
            record.wake_contact(s, house.owner_id, contact_id, now)
            return Line(contact.label, f"{address} is theirs too.")
        case Approve() if row.purpose.startswith(NAMESAKE):
            queue.use_token_item(s, house.owner_id, row.id, item.number, now)
            return Line(contact.label, put_together(s, house, contact_id, row.purpose, now))
        case Reject() if row.purpose.startswith(NAMESAKE):
            queue.use_token_item(s, house.owner_id, row.id, item.number, now)
            return Line(contact.label, "They stay two people.")
        case _ if row.purpose == RECEIPT:
            return Line(contact.label, "There is no draft to decide on here.", is_done=False)
        case Approve() if row.purpose == FORGET:
            queue.use_token_item(s, house.owner_id, row.id, item.number, now)
            # the answer is kept like any other and must not hold the name that was just erased
            return Line(FORGET, erase(s, house, contact_id, now))
        case Approve() if row.purpose == EXPORT:
            queue.use_token_item(s, house.owner_id, row.id, item.number, now)
            data = record.export_contact(s, house.owner_id, contact_id)
            return Line(contact.label, json.dumps(data, indent=1, ensure_ascii=False, default=str))
        case Reject():
            queue.use_token_item(s, house.owner_id, row.id, item.number, now)
            if row.purpose == FORGET:
                queue.close_erasure(s, house.owner_id, contact_id, now)
            return Line(contact.label, "Left as it is.")
        case _:
            said = "I did nothing: this question takes ok or skip."
            return Line(contact.label, said, is_done=False)
