"""Bytes of any kind to a message: never an exception, only a message or the reason why not."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailflow.model.mail import InboundMessage, Part, Unreadable
from mailflow.reading import headers as fields
from mailflow.reading.flowed import unflow
from mailflow.reading.mime import Node, TooMuch, Tree, split_headers

MAX_TEXT = 2_000_000
"""Characters of text and of HTML that are kept, each."""

MAX_HEAD = 1_000_000
"""Bytes in which the header of a mail that cannot be read whole is looked for."""

MAX_REPORT_GROUPS = 1000
FUTURE = timedelta(days=1)
REPORTS = frozenset(
    {
        "message/delivery-status",
        "message/global-delivery-status",
        "message/disposition-notification",
        "message/global-disposition-notification",
        "message/feedback-report",
    }
)


def parse(data: bytes, *, received_at: datetime) -> InboundMessage | Unreadable:
    """The message in `data` (RFC 5322, RFC 2045–2047, 2231, 3464), or the reason it is none.

    At most 50 parts and 20 levels are read. `received_at` (aware) only serves to notice dates
    that lie in the future.
    """
    if not data.strip():
        return Unreadable("The mail is empty.")
    try:
        root = Tree().read(data)
    except TooMuch as reason:
        return Unreadable(str(reason))
    return message_from(root, received_at)


def head(data: bytes, *, received_at: datetime) -> InboundMessage | Unreadable:
    """What the header alone tells of a mail that is too large or too deep to be read whole.

    As `parse`; there is no text and no part, whatever the header announces.
    """
    fields_only, _ = split_headers(data[:MAX_HEAD])
    if not fields_only:
        return Unreadable("The mail has no header.")
    return message_from(Node(fields_only, "text/plain", {}, b"", 0), received_at)


@dataclass(slots=True)
class Contents:
    """What was gathered from the tree of one message."""

    text: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    attached: list[Node] = field(default_factory=list)
    report: list[fields.Headers] = field(default_factory=list)


def message_from(root: Node, received_at: datetime) -> InboundMessage:
    """The value of one message's tree; the messages attached to it are read the same way."""
    contents = Contents()
    _gather(root, contents, in_alternative=False)
    text, html = _cut(contents.text), _cut(contents.html)
    raw = root.headers
    sender = fields.addresses(raw, "from")
    sent_at, offset = fields.date(root.first("date"))
    body_hash = _hash(text, html, contents.parts)
    ids = fields.message_ids(root.first("message-id"))
    answered = fields.message_ids(root.first("in-reply-to"))
    return InboundMessage(
        message_id=ids[0] if ids else _made_id(root, body_hash),
        has_message_id=bool(ids),
        body_hash=body_hash,
        sender=sender[0] if sender else None,
        to=fields.addresses(raw, "to"),
        cc=fields.addresses(raw, "cc"),
        reply_to=fields.addresses(raw, "reply-to"),
        subject=next((v for k, v in fields.read([h for h in raw if h[0] == "subject"])), ""),
        sent_at=sent_at,
        utc_offset=offset,
        in_reply_to=answered[0] if answered else None,
        references=fields.references(root.first("references")),
        headers=fields.read(raw),
        text=text,
        html=html,
        parts=tuple(contents.parts),
        attached=tuple(message_from(node, received_at) for node in contents.attached),
        report=tuple(contents.report[:MAX_REPORT_GROUPS]),
        content_type=root.content_type,
        problems=tuple(_problems(root, sent_at, received_at, bool(ids), bool(sender))),
    )


def _gather(node: Node, into: Contents, *, in_alternative: bool) -> None:
    """Sort the leaves into text, HTML, reports, attached messages and files."""
    kind = node.content_type
    if node.is_message:
        into.attached.extend(node.children)
    elif node.children:
        for child in node.children:
            _gather(child, into, in_alternative=kind == "multipart/alternative")
    elif kind in REPORTS:
        into.report.extend(fields.fields(node.text()))
    elif kind in {"text/plain", "text/html"} and not _is_file(node, into, in_alternative):
        (into.html if kind == "text/html" else into.text).append(_body_text(node))
    else:
        disposition, _ = node.disposition
        is_inline = disposition != "attachment" and bool(
            disposition == "inline" or node.first("content-id")
        )
        charset = node.charset or "utf-8"
        into.parts.append(Part(kind, node.filename, node.decoded(), charset, is_inline))


def _is_file(node: Node, into: Contents, in_alternative: bool) -> bool:
    """An attachment of a text type: it says so, or bears a name after the first text."""
    kind, _ = node.disposition
    if kind == "attachment":
        return True
    is_first = not (into.html if node.content_type == "text/html" else into.text)
    return bool(node.filename) and not is_first and not in_alternative


def _body_text(node: Node) -> str:
    text = node.text()[: 2 * MAX_TEXT].replace("\x00", "")
    if node.content_type == "text/plain" and node.parameters.get("format", "").lower() == "flowed":
        return unflow(text, delete_space=node.parameters.get("delsp", "").lower() == "yes")
    return text


def _cut(texts: list[str]) -> str:
    return "\n".join(text.rstrip("\n") for text in texts if text.strip())[:MAX_TEXT]


def _hash(text: str, html: str, parts: list[Part]) -> str:
    digest = hashlib.sha256()
    for piece in (text, html):
        digest.update(" ".join(piece.split()).encode("utf-8", "surrogatepass") + b"\0")
    for part in parts:
        digest.update(part.content_type.encode("utf-8", "surrogatepass") + b"\0" + part.data)
    return digest.hexdigest()


def _made_id(root: Node, body_hash: str) -> str:
    """An identity for a mail that has none: the same bytes get the same one."""
    named = "\0".join(root.first(name) for name in ("from", "to", "date", "subject"))
    digest = hashlib.sha256((named + body_hash).encode("utf-8", "surrogatepass")).hexdigest()
    return f"<{digest[:32]}@without-message-id.invalid>"


def _problems(
    root: Node, sent_at: datetime | None, received_at: datetime, has_id: bool, has_sender: bool
) -> list[str]:
    found = []
    if not has_id:
        found.append("It has no Message-ID.")
    if not has_sender:
        found.append("It does not say whom it is from.")
    if sent_at is None:
        found.append("Its date is missing or cannot be read.")
    elif sent_at > received_at + FUTURE:
        found.append("Its date lies in the future.")
    if sum(1 for name, _ in root.headers if name == "from") > 1:
        found.append("It has more than one From header.")
    return found
