"""Delivery status notifications: whose mail came back, why, for good or for now."""

from collections.abc import Iterator

from mailflow.model.mail import Bounce, InboundMessage
from mailflow.reading import body, bounce_ses, bounce_text
from mailflow.reading.bounce_text import Notice
from mailflow.reading.headers import Headers, fields, message_ids
from mailflow.reading.names import bare

MAX_RECIPIENTS = 200
PER_RECIPIENT = frozenset({"final-recipient", "original-recipient", "action"})
SUCCESS = frozenset({"delivered", "relayed", "expanded", "deliverable"})


def bounces(message: InboundMessage) -> tuple[Bounce, ...]:
    """Each recipient of a delivery status notification; empty for any other mail (RFC 3464).

    1. The fields of its delivery-status part. 2. The same fields written into its text. 3. The
    text formats of servers that know neither. Notices of delay carry `is_permanent` False;
    notices of success are left out. The quoted Message-ID is that of the mail that came back.
    """
    if not bounce_text.may_be_bounce(message):
        return ()
    if reported := bounce_ses.bounces(message):
        return reported
    notice = bounce_text.notice_of(body.plain(message))
    quoted = returned_id(message, notice)
    found: dict[str, Bounce] = {}
    groups = list(message.report)
    if groups and all("feedback-type" in dict(group) for group in groups[:1]):
        return ()
    if not _names_one(groups) and bounce_text.says_bounce(message, notice):
        groups += fields("\n".join(notice.lines))
    for group in _by_recipient(groups):
        bounce = _of_group(group, quoted)
        if bounce is not None and len(found) < MAX_RECIPIENTS:
            found.setdefault(bounce.recipient.lower(), bounce)
    if not found and not _is_success(groups) and bounce_text.says_bounce(message, notice):
        return _of_text(message, notice, quoted)
    return tuple(found.values())


def is_bounce(message: InboundMessage) -> str | None:
    """By what a message is a notification of a bounce, even one that names nobody; else None."""
    if found := bounces(message):
        return f"{found[0].recipient} {found[0].status}".strip()
    if not bounce_text.may_be_bounce(message):
        return None
    if message.report and _is_success(list(message.report)):
        return None
    return bounce_text.says_bounce(message, bounce_text.notice_of(body.plain(message)))


def _by_recipient(groups: list[Headers]) -> Iterator[Headers]:
    """One group for each recipient, also where a server left out the empty lines between them."""
    for group in groups:
        start = 0
        seen: set[str] = set()
        for index, (name, _) in enumerate(group):
            if name in seen:
                yield group[start:index]
                start = index
                seen.clear()
            if name in PER_RECIPIENT:
                seen.add(name)
        yield group[start:]


def _names_one(groups: list[Headers]) -> bool:
    return any(name in {"final-recipient", "original-recipient"} for g in groups for name, _ in g)


def _is_success(groups: list[Headers]) -> bool:
    actions = [dict(group).get("action", "").strip().lower() for group in groups]
    return any(action in SUCCESS for action in actions)


def _of_group(group: Headers, quoted: str | None) -> Bounce | None:
    values = dict(reversed(group))
    final = _recipient(values.get("final-recipient", ""))
    original = _recipient(values.get("original-recipient", ""))
    action = values.get("action", "").partition(" ")[0].strip("; ").lower()
    if "." not in final.rpartition("@")[2] and original:
        final = original  # a name that means something inside that server only
    if not (final or original) or action in SUCCESS or "disposition" in values:
        return None
    status = values.get("status", "").split(" ")[0].strip()
    diagnostic = values.get("diagnostic-code", "")[:1000]
    return Bounce(
        recipient=final or original,
        status=status,
        is_permanent=action not in {"delayed"} and not status.startswith("4"),
        diagnostic=diagnostic,
        message_id=quoted,
        original=original if original != final else "",
    )


def _recipient(value: str) -> str:
    text = (value.partition(";")[2] or value).strip().strip("<>")
    address = bare(text)
    if address is None:
        return text if "@" in text[1:] and " " not in text and len(text) <= 320 else ""
    return str(address)


def _of_text(message: InboundMessage, notice: Notice, quoted: str | None) -> tuple[Bounce, ...]:
    named = bounce_text.recipients(message, notice)[:MAX_RECIPIENTS]
    if not named or named[0].rank > bounce_text.SURE_RANK:
        # a notice about a notice: what the inner one says is about the mail
        for inner in message.attached:
            if inner.report and (found := bounces(inner)):
                return found
    is_delay = _is_delay(message, notice)
    said = []
    for index, item in enumerate(named):
        end = named[index + 1].at if index + 1 < len(named) else len(notice.lines)
        near = notice.lines[item.at : max(item.at + 1, min(end, item.at + 12))]
        status, diagnostic = diagnosis(near)
        if not status:
            status, diagnostic = diagnosis(notice.lines)
        permanent = not is_delay and not status.startswith("4")
        said.append(Bounce(item.address, status, permanent, diagnostic[:1000], quoted))
    return tuple(said)


def _is_delay(message: InboundMessage, notice: Notice) -> bool:
    """Whether the server is still trying."""
    subject = message.subject.lower()
    if any(word in subject for word in ("delayed", "warning", "delay)")):
        return True
    head = "\n".join(notice.lines[:40]).lower()
    return "not yet been delivered" in head or "delivery attempts will continue" in head


def diagnosis(lines: list[str]) -> tuple[str, str]:
    """The first status in some lines, `5.1.1` or an SMTP reply code as `5.0.0`, and its line."""
    basic = ("", "")
    for line in lines[:60]:
        for word in line.replace("(", " ").replace("#", " ").split()[:40]:
            bare_word = word.strip("<>()[]:;,.-\"'")
            pieces = bare_word.split(".")
            if len(pieces) == 3 and pieces[0] in {"4", "5"} and _are_small(pieces):
                return bare_word, line.strip()
            code = bare_word.partition("-")[0]
            if not basic[0] and len(code) == 3 and code.isdecimal() and code[0] in "45":
                basic = (f"{code[0]}.0.0", line.strip())
    return basic


def _are_small(pieces: list[str]) -> bool:
    return all(piece.isdecimal() and len(piece) <= 3 for piece in pieces)


def returned_id(message: InboundMessage, notice: Notice) -> str | None:
    """The Message-ID of the mail that came back, where the notification carries it."""
    for inner in message.attached:
        if inner.has_message_id:
            return inner.message_id
    texts = [
        part.data[:100_000].decode("utf-8", "replace").split("\n")
        for part in message.parts
        if part.content_type.endswith("rfc822-headers")
    ]
    for lines in [*texts, notice.returned]:
        for index, line in enumerate(lines[:500]):
            if line.strip().lower().startswith("message-id:"):
                value = line.partition(":")[2] + " ".join(lines[index + 1 : index + 2])
                return next(iter(message_ids(value)), None)
    for group in message.report:
        named = dict(group)
        if stated := named.get("original-message-id") or named.get("x-original-message-id"):
            return next(iter(message_ids(stated)), None)
    return None
