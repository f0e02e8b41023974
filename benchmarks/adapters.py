"""What the scorers call: each function answers one task with mailflow's own reading."""

from datetime import UTC, date, datetime

from benchmarks import eye, warmth
from mailflow.model.mail import Kind, Unreadable
from mailflow.reading import answer as answers
from mailflow.reading import body
from mailflow.reading import classify as natures
from mailflow.reading.bounce import bounces
from mailflow.reading.cards import signature as signatures
from mailflow.reading.cards import vcard
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
        "date": first.sent_at or next((e.detail for e in first.evidence if e.rule == "date"), None),
        "from_name": first.sender.name if first.sender else first.sender_name or None,
        "from_addr": str(first.sender.address) if first.sender else None,
        "to": [str(named.address) for named in first.to],
        "cc": [str(named.address) for named in first.cc],
        "body": f"{first.body}\n{first.nested}",
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


def signature(text: str) -> dict[str, object]:
    """The fields of a signature block."""
    return signatures.fields(text)


def answer(text: str) -> str:
    """What a reply to an ask says, quotes and signature cut first."""
    is_html = text.lstrip().startswith("<") and "</" in text
    own = body.split_html(text) if is_html else body.split_text(text)
    return answers.read(own.new_text, today=date(2026, 1, 1)).say.value


MAX_TEXT = 1_000_000
"""Bytes of a text that are looked at; a card is far shorter."""


def card(data: bytes, filename: str, region: str) -> dict[str, object]:
    """The first person on a vCard, in a text, or on a picture or PDF."""
    if filename.lower().endswith((".vcf", ".vcard")):
        people, _ = vcard.read(data, filename, region=region)
        read = people[0] if people else None
    elif filename.lower().endswith((".txt", ".text")):
        text = data[:MAX_TEXT].decode("utf-8", "replace")
        read = signatures.read(text, sender=None, region=region)
    else:
        read = eye.person(data, filename, region)
    if read is None:  # the owner is told that nobody was found
        return {"unsure": ["name", "emails", "phones"]}
    named = {"name": read.name, "title": read.title, "org": read.org}
    return {
        **{key: field.value if field else "" for key, field in named.items()},
        "emails": [email.value for email in read.emails],
        "phones": [phone.e164 or phone.written for phone in read.phones],
        "faxes": [phone.e164 or phone.written for phone in read.faxes],
        "urls": list(read.urls),
        "address": read.postal,
        "unsure": list(read.unsure),
    }


Warmth = warmth.Warmth
"""One owner's contacts, mail by mail: `observe(event)` and `score(now)`."""
