"""What the scorers call: each function answers one task with mailflow's own reading."""

from mailflow.reading import body
from mailflow.reading.forward import find_in_text


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
