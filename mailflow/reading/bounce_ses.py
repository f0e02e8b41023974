"""Bounces that Amazon SES reports as JSON in a mail from its notification service."""

import json

from mailflow.model.mail import Bounce, InboundMessage
from mailflow.reading.headers import message_ids

MAX_JSON = 200_000
MAX_RECIPIENTS = 200
Json = dict[str, object]


def bounces(message: InboundMessage) -> tuple[Bounce, ...]:
    """The recipients of an SES notification of type Bounce; empty for anything else."""
    text = message.text.lstrip()
    if not text.startswith("{") or "otificationType" not in text[:MAX_JSON]:
        return ()
    notice = _decoded(text[:MAX_JSON])
    if isinstance(inner := notice.get("Message"), str):
        notice = _decoded(inner)
    bounce, mail = _object(notice.get("bounce")), _object(notice.get("mail"))
    if notice.get("notificationType") != "Bounce":
        return ()
    headers = _object(mail.get("commonHeaders"))
    quoted = next(iter(message_ids(str(headers.get("messageId", "")))), None)
    permanent = bounce.get("bounceType") == "Permanent"
    recipients = bounce.get("bouncedRecipients")
    items = [_object(item) for item in recipients] if isinstance(recipients, list) else []
    return tuple(
        Bounce(
            recipient=str(item.get("emailAddress", "")),
            status=str(item.get("status", "")),
            is_permanent=permanent,
            diagnostic=str(item.get("diagnosticCode", ""))[:1000],
            message_id=quoted,
        )
        for item in items[:MAX_RECIPIENTS]
        if "@" in str(item.get("emailAddress", ""))
    )


def _decoded(text: str) -> Json:
    """The object a text begins with; empty for none. Mail wraps long lines within strings."""
    for attempt in (text, text.replace("\n ", "").replace("\n", "")):
        try:
            return _object(json.JSONDecoder(strict=False).raw_decode(attempt)[0])
        except (ValueError, RecursionError):
            continue
    return {}


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}
