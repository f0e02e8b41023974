"""Mail inside mail: attached as a message, or written into the text by the forwarder's client."""

from collections.abc import Iterator

from mailflow.model.mail import Evidence, Forward, InboundMessage
from mailflow.reading import body
from mailflow.reading.forward_text import find_in_text

__all__ = ["find", "find_in_text"]

MAX_FORWARDS = 50


def find(message: InboundMessage) -> tuple[Forward, ...]:
    """Every mail forwarded in this one, outermost first, nested after; attached ones first."""
    attached = tuple(_attached(message, depth=0))[:MAX_FORWARDS]
    text = body.plain(message)
    return attached + find_in_text(message.subject, text)


def _attached(message: InboundMessage, depth: int) -> Iterator[Forward]:
    note = body.split(message).new_text if depth == 0 else ""
    for index, inner in enumerate(message.attached):
        yield Forward(
            sender=inner.sender,
            to=inner.to,
            cc=inner.cc,
            subject=inner.subject,
            sent_at=inner.sent_at,
            body=body.plain(inner),
            note=note if index == 0 else "",
            confidence=1.0,
            evidence=(Evidence("message/rfc822", inner.message_id),),
        )
        yield from _attached(inner, depth + 1)
        if inner.text or inner.html:
            yield from find_in_text(inner.subject, body.plain(inner))
