"""Delivery status notifications: whose mail came back, why, for good or for now."""

from mailflow.model.mail import Bounce, InboundMessage
from mailflow.reading.headers import Headers, message_ids
from mailflow.reading.names import bare

MAX_RECIPIENTS = 200
FAILED = frozenset({"failed", "failure", "undeliverable"})


def bounces(message: InboundMessage) -> tuple[Bounce, ...]:
    """Each recipient of a delivery status notification; empty for any other mail (RFC 3464).

    1. The fields of its delivery-status part. 2. The text formats of servers that send none.
    Notices of delay carry `is_permanent` False; notices of success are left out.
    """
    quoted = returned_id(message)
    found: dict[str, Bounce] = {}
    for group in message.report:
        bounce = _of_group(group, quoted)
        if bounce is not None and len(found) < MAX_RECIPIENTS:
            found.setdefault(bounce.recipient, bounce)
    return tuple(found.values())


def _of_group(group: Headers, quoted: str | None) -> Bounce | None:
    fields = dict(reversed(group))
    recipient = _recipient(fields.get("final-recipient") or fields.get("original-recipient") or "")
    original = _recipient(fields.get("original-recipient", ""))
    action = fields.get("action", "").partition(" ")[0].strip(";").lower()
    if not recipient or action in {"delivered", "relayed", "expanded"}:
        return None
    status = fields.get("status", "").split(" ")[0].strip()
    is_permanent = action in FAILED or (action == "" and status.startswith("5"))
    return Bounce(
        recipient=original or recipient,
        status=status,
        is_permanent=is_permanent and not status.startswith("4"),
        diagnostic=fields.get("diagnostic-code", "")[:1000],
        message_id=quoted,
    )


def _recipient(value: str) -> str:
    address = bare(value.partition(";")[2] or value)
    return str(address) if address else ""


def returned_id(message: InboundMessage) -> str | None:
    """The Message-ID of the mail that came back, where the notification carries it."""
    for inner in message.attached:
        if inner.has_message_id:
            return inner.message_id
    for part in message.parts:
        if part.content_type in {"text/rfc822-headers", "message/rfc822-headers"}:
            for line in part.data.decode("utf-8", "replace").split("\n")[:500]:
                if line.lower().startswith("message-id:"):
                    return next(iter(message_ids(line[11:])), None)
    return None
