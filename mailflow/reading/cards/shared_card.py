"""The lines of a card service's mail that are the card: labels made plain, sentences left out."""

from mailflow.model.text import folded
from mailflow.reading.names import bare

MAX_LINES = 120
MAX_WORDS = 7
"""A line of more words is a sentence, whatever it ends with."""

PLAIN = {
    "full name": "Name", "invitee": "Name", "invitee name": "Name", "contact": "Name",
    "attendee": "Name", "guest": "Name", "your name": "Name", "first and last name": "Name",
    "email address": "Email", "e-mail address": "Email", "invitee email": "Email",
    "work email": "Email", "contact email": "Email",
    "job title": "Title", "job": "Title", "headline": "Title", "occupation": "Title",
    "company name": "Company", "organization": "Company", "works at": "Company",
    "phone number": "Phone", "mobile number": "Mobile", "cell phone": "Mobile",
    "work phone": "Phone",
}  # fmt: skip
"""What services call a field, and the label of business cards for it."""

URGES = frozenset(
    ["view", "save", "open", "see", "create", "download", "get", "click", "reply", "unsubscribe",
     "accept", "connect", "add", "exchange", "share", "manage", "reschedule", "cancel"]
)  # fmt: skip
"""A line that begins so is a button."""


def block(body: str) -> str:
    """The card's lines: `Label:` joined with the line below it, `Jane Roe (jane@acme.io)` in two,
    without buttons and sentences."""
    lines = [line.strip() for line in body.splitlines()[: MAX_LINES * 4] if line.strip()]
    kept: list[str] = []
    at = 0
    while at < len(lines) and len(kept) < MAX_LINES:
        line = lines[at]
        at += 1
        if line.endswith(":") and len(line.split()) <= MAX_WORDS and at < len(lines):
            line = f"{line} {lines[at]}"
            at += 1
        kept += _told(line)
    return "\n".join(kept)


def _told(line: str) -> list[str]:
    head, colon, value = line.partition(":")
    if colon and value.startswith(" "):
        label = PLAIN.get(folded(head.strip(" *")))
        return [f"{label}:{value}"] if label else [line]
    words = line.split()
    for at, word in enumerate(words):
        if at and word[0] in "(<" and bare(word.strip("()<>,;")) is not None:
            return [" ".join(words[:at]), word.strip("()<>,;")]
    is_sentence = len(words) > MAX_WORDS or (line[-1] in ".!?" and len(words) > 3)
    has_address = any(bare(word.strip("()<>,;")) for word in words if "@" in word)
    if not has_address and (is_sentence or folded(words[0]) in URGES):
        return []
    return [line]
