"""What mailflow makes of one mail, as plain values and as text: what a bug report holds."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mailflow.model.address import Address
from mailflow.model.card import Card
from mailflow.model.command import Instruction
from mailflow.model.facts import Known
from mailflow.model.mail import Body, Bounce, Forward, InboundMessage, Kind
from mailflow.model.policy import Identity
from mailflow.reading import authenticity, body, bounce, classify, command, forward
from mailflow.reading.cards import gather, senders

MACHINES = frozenset({Kind.BOUNCE, Kind.AUTO_REPLY, Kind.ROBOT, Kind.LIST, Kind.OURS})
"""Of whose mail nobody is a contact and nothing is an instruction or forwarded."""


def told(message: InboundMessage, identity: Identity | None) -> dict[str, Any]:
    """What is understood, by names that read as sentences' beginnings.

    Without an `identity` the sender is taken for the owner where he passes somebody on.
    """
    known = _known(message, identity)
    understood = classify.classify(message, known)
    parts = body.split(message)
    is_machine = understood.kind in MACHINES
    forwards = () if is_machine else forward.find(message)
    may_command = not is_machine and (identity is None or known.is_from_owner)
    said = instructions(parts.new_text, message.subject, identity) if may_command else ()
    contacts, skipped = ([], []) if is_machine else _contacts(message, parts, forwards, identity)
    unknown = [] if identity else ["no configuration: who the owner is was not known"]
    return {
        "kind": understood.kind,
        "because": [str(evidence) for evidence in understood.evidence] + unknown,
        "back": _stated(understood.returns_at, message),
        "from": str(message.sender or ""),
        "to": [str(named) for named in message.recipients],
        "subject": message.subject,
        "sent": message.sent_at.isoformat() if message.sent_at else "",
        "message-id": message.message_id,
        "answers": message.in_reply_to or "",
        "text": parts.new_text,
        "quoted": parts.quoted,
        "signature": parts.signature,
        "forwarded": [_forward_row(each) for each in forwards],
        "bounced": [_bounce_row(each) for each in bounce.bounces(message)],
        "contacts": contacts,
        "not taken": skipped,
        "instructions": [f"{each.line} = {type(each.command).__name__}" for each in said],
        "attached": [f"{part.filename or part.content_type}" for part in message.parts],
        "odd": list(message.problems),
    }


def written(value: dict[str, Any]) -> str:
    """The same to be read by a person: one line for what is short, a block for what is long."""
    return "\n".join(line for name, each in value.items() for line in _lines(name, each))


def _lines(name: str, value: Any) -> list[str]:
    if isinstance(value, list):
        return [line for item in value for line in _lines(name, item)]
    if isinstance(value, dict):
        inner = written(value)
        lines = (f"    {line}".rstrip() for line in inner.split("\n"))
        return [f"{name}:", *lines] if inner else []
    text = str(value).strip("\n") if value not in (None, "") else ""
    if "\n" in text:
        return [f"{name}:", *(f"    {line}".rstrip() for line in text.split("\n"))]
    return [f"{name}: {text.strip()}"] if text.strip() else []


def _known(message: InboundMessage, identity: Identity | None) -> Known:
    if identity is None:
        return Known()
    return Known(
        is_from_owner=identity.is_owner(message.sender.address if message.sender else None),
        to_service=any(named.address == identity.service for named in message.recipients),
        is_authentic=authenticity.verdict(message, identity.authserv_id),
    )


def _stated(at: datetime | None, message: InboundMessage) -> str:
    """The day a sender is back, on the sender's own clock."""
    return f"{at + message.utc_offset if message.utc_offset else at:%Y-%m-%d}" if at else ""


def _forward_row(found: Forward) -> dict[str, Any]:
    return {
        "from": str(found.sender or found.sender_name),
        "to": [str(named) for named in found.to],
        "cc": [str(named) for named in found.cc],
        "subject": found.subject,
        "sent": found.sent_at.isoformat() if found.sent_at else "",
        "note": found.note,
        "text": found.body,
        "confidence": found.confidence,
        "because": [str(evidence) for evidence in found.evidence],
    }


def _bounce_row(found: Bounce) -> dict[str, Any]:
    return {
        "address": found.recipient,
        "sent to": found.original,
        "lasts": "permanent" if found.is_permanent else "transient",
        "status": found.status,
        "said": found.diagnostic,
        "message-id": found.message_id or "",
    }


def instructions(text: str, subject: str, identity: Identity | None) -> tuple[Instruction, ...]:
    """What it tells mailflow to do; days are read on the owner's clock, else on UTC's."""
    zone = identity.zone if identity else ZoneInfo("UTC")
    return command.read(text, subject, now=datetime.now(UTC), zone=zone)


def _contacts(
    message: InboundMessage, parts: Body, forwards: tuple[Forward, ...], identity: Identity | None
) -> tuple[list[dict[str, Any]], list[str]]:
    """Whom it brings: those on its cards and in its forwards, else its sender by the signature;
    with sentences about what was not taken."""
    if message.sender is None:
        return [], []
    owner = identity or Identity(
        name=message.sender.name,
        addresses=(message.sender.address,),
        service=Address.parse("service@mailflow.example"),
        zone=ZoneInfo("UTC"),
    )
    note = forwards[0].note if forwards else ""
    today = datetime.now(owner.zone).date()
    found = gather.cards(message, forwards, note, identity=owner, today=today)
    cards = list(found.cards)
    if not cards and not forwards and not (identity and owner.is_owner(message.sender.address)):
        signed = f"{parts.new_text}\n\n{parts.signature}"
        cards = [senders.from_sender(message.sender, signed, owner, "mail")]
    rows = [{**card_row(each), "because": _sources(each)} for each in cards]
    return rows, list(found.problems)


def _sources(card: Card) -> list[str]:
    """Where each field came from, and how sure it is."""
    fields = {"name": card.name, "title": card.title, "org": card.org}
    named = [(what, field) for what, field in fields.items() if field is not None]
    named += [("address", field) for field in card.emails]
    return [f"{what}: {field.source}, {field.confidence:.0%}" for what, field in named]


def card_row(card: Card) -> dict[str, Any]:
    return {
        "name": card.name.value if card.name else "",
        "title": card.title.value if card.title else "",
        "org": card.org.value if card.org else "",
        "emails": [reading.value for reading in card.emails],
        "phones": [phone.e164 or phone.written for phone in card.phones],
        "urls": list(card.urls),
        "event": card.event,
        "tags": list(card.tags),
        "notes": card.notes,
        "doubts": list(card.doubts),
        "problems": list(card.problems),
    }
