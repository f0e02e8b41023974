"""Mail, cards and drafts as the tests of the store need them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from mailflow.model.address import Address, NamedAddress
from mailflow.model.card import Card, Reading
from mailflow.model.draft import Draft, DraftEvent, Purpose
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.model.introduction import Introduction, Side
from mailflow.model.introduction_states import IntroductionState
from mailflow.model.mail import (
    Classification,
    Evidence,
    InboundMessage,
    Kind,
    Location,
    RawMessage,
)
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.store.messages import Recorded
from tests.builders import NOW

WEEK = timedelta(days=7)
ADA = NamedAddress(Address.parse("ada@example.org"), "Ada Byron")
JANE = NamedAddress(Address.parse("Jane@acme.io"), "Jane Roe")


def a_place(uid: int = 1, uidvalidity: int = 7, mailbox: str = "INBOX") -> Location:
    return Location("home", mailbox, uidvalidity, uid)


def a_raw(uid: int = 1, data: bytes = b"From: x\r\n\r\nhello", **place: Any) -> RawMessage:
    return RawMessage(a_place(uid, **place), data, NOW)


def a_message(message_id: str = "<1@acme.io>", **fields: Any) -> InboundMessage:
    plain = InboundMessage(
        message_id=message_id,
        has_message_id=True,
        body_hash="one",
        sender=JANE,
        to=(ADA,),
        cc=(),
        reply_to=(),
        subject="Hello",
        sent_at=NOW,
        utc_offset=None,
        in_reply_to=None,
        references=(),
        headers=(),
        text="hello",
        html="",
    )
    return replace(plain, **fields)


def seen(
    s: Session, owner: int, message_id: str = "<1@acme.io>", uid: int = 1, **fields: Any
) -> Recorded:
    """Record a message from Jane."""
    kind = fields.pop("kind", Kind.INTERACTION)
    text = fields.pop("text", "hello")
    direction = fields.pop("direction", Direction.IN)
    contact_id = fields.pop("contact_id", None)
    data = fields.pop("data", b"From: x\r\n\r\nhello")
    now = fields.pop("now", NOW)
    redact = fields.pop("redact", ())
    return record.record_message(
        s,
        owner,
        a_raw(uid, data),
        a_message(message_id, **fields),
        Classification(kind, (Evidence("test"),)),
        contact_id=contact_id,
        direction=direction,
        text=text,
        now=now,
        redact=redact,
    )


def a_card(name: str = "Jane Roe", *emails: str, **fields: Any) -> Card:
    given, _, family = name.partition(" ")
    return Card(
        name=Reading(name) if name else None,
        given=given,
        family=family,
        emails=tuple(Reading(email) for email in emails or ("jane@acme.io",)),
        form="line",
        **fields,
    )


def jane(s: Session, owner: int, name: str = "Jane Roe", email: str = "jane@acme.io") -> int:
    """A contact, from a card."""
    return record.save_card(s, owner, a_card(name, email), f"<{email}> {name}", NOW).contact_id


def drafted(s: Session, owner: int, contact_id: int, **fields: Any) -> int:
    """A follow-up, not shown yet."""
    to = fields.pop("to", "jane@acme.io")
    made = queue.add_draft(
        s,
        owner,
        **{
            "contact_id": contact_id,
            "purpose": Purpose.FOLLOW_UP,
            "to": Address.parse(to),
            "to_name": "Jane Roe",
            "subject": "Good to meet you",
            "body": "Hi Jane",
            "now": NOW,
            **fields,
        },
    )
    assert made is not None
    return made


def shown(s: Session, owner: int, contact_id: int, **fields: Any) -> int:
    """A follow-up the owner was asked about."""
    draft_id = drafted(s, owner, contact_id, **fields)
    assert queue.mark_shown(s, owner, draft_id, 1, NOW, due_at=NOW + WEEK)
    return draft_id


def approved(s: Session, owner: int, contact_id: int, at: datetime = NOW, **fields: Any) -> int:
    """A follow-up the owner said ok to, due at once."""
    draft_id = shown(s, owner, contact_id, **fields)
    assert queue.move(s, owner, draft_id, DraftEvent.APPROVE, at, version=1)
    return draft_id


def sent(
    s: Session, owner: int, contact_id: int, message_id: str = "<sent@example.org>", **fields: Any
) -> int:
    """A follow-up that went out."""
    draft_id = approved(s, owner, contact_id, **fields)
    claimed = queue.claim(s, owner, draft_id, message_id, NOW)
    assert isinstance(claimed, Draft)
    assert queue.settle(s, owner, draft_id, DraftEvent.ACCEPTED, NOW)
    return draft_id


def an_exchange(
    contact_id: int,
    direction: Direction = Direction.IN,
    at: datetime = NOW,
    deed: Deed = Deed.MAIL,
    **fields: Any,
) -> Interaction:
    source = fields.pop("source", f"<{at.isoformat()}-{direction}-{deed}> {contact_id}")
    return Interaction(contact_id, direction, deed, at, source, **fields)


def an_introduction(first: int, second: int, **fields: Any) -> Introduction:
    """Of two contacts, begun now."""
    return Introduction(
        **{
            "id": 0,
            "first": Side(first, "investors"),
            "second": Side(second, "a first customer"),
            "state": IntroductionState.DRAFT,
            "created_at": NOW,
            "since_at": NOW,
            "due_at": NOW + timedelta(days=6),
            **fields,
        }
    )


def allowed(s: Session, owner: int, address: Address) -> None:
    """The address is taken off the suppression list, as it stands now."""
    found = facts.listed(s, owner, [address])
    assert record.allow(s, owner, [each.digest for each in found.values()], NOW)
