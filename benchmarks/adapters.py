"""What the scorers call: each function answers one task with mailflow's own reading."""

from datetime import UTC, datetime

from mailflow.model.mail import Kind, Unreadable
from mailflow.reading import body
from mailflow.reading import classify as natures
from mailflow.reading.bounce import bounces
from mailflow.reading.forward import find_in_text
from mailflow.reading.parse import parse


def reply_text(text: str) -> str:
    """The new text of a plain-text reply."""
    return body.split_text(text).new_text


def reply_html(html: str) -> str:
    """The new text of an HTML reply."""
    return body.split_html(html).new_text


def forward(subject: str | None, body: str) -> dict[str, object]:
    """The outermost forwarded mail in a text."""
    found = find_in_text(subject, body)
    if not found:
        return {"forwarded": False}
    first = found[0]
    return {
        "forwarded": True,
        "subject": first.subject,
        "date": first.sent_at,
        "from_name": first.sender.name if first.sender else None,
        "from_addr": str(first.sender.address) if first.sender else None,
        "to": [str(named.address) for named in first.to],
        "cc": [str(named.address) for named in first.cc],
        "body": first.body,
        "message": first.note,
    }


KINDS = {
    Kind.BOUNCE: "bounce",
    Kind.AUTO_REPLY: "auto-reply",
    Kind.LIST: "list",
    Kind.ROBOT: "robot",
}


def classify(raw: bytes) -> dict[str, object]:
    """The kind of a mail and, of a bounce, whose mail came back."""
    message = parse(raw, received_at=datetime.now(UTC))
    if isinstance(message, Unreadable):
        return {"kind": "unreadable"}
    nature = natures.nature(message)
    rules = {evidence.rule for evidence in nature.evidence}
    kind = "feedback" if "feedback report" in rules else KINDS.get(nature.kind, "human")
    recipients = [bounce.recipient for bounce in bounces(message)] if kind == "bounce" else []
    return {"kind": kind, "recipients": recipients}
