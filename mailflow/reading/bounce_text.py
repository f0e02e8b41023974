"""Bounces of servers that write prose and no delivery-status part, read by rank of evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mailflow.model.mail import InboundMessage
from mailflow.reading import bounce_words as words
from mailflow.reading.names import bare
from mailflow.reading.separators import subject_says

MAX_LINES = 400
MAX_LINE = 1000
MAX_FOUND = 100
SURE_RANK = 4
"""Up to here an address is the recipient by its form; above, only if it is nobody else's."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a server wrote: its lines, and the lines of the returned mail below them."""

    lines: list[str]
    returned: list[str]


@dataclass(frozen=True, slots=True)
class Named:
    """An address with the words around it; the lower the rank, the surer it is the recipient."""

    address: str
    rank: int
    at: int


def is_from_daemon(message: InboundMessage) -> bool:
    """Whether the sender is a machine that returns mail, by its address, name or null path."""
    if message.sender is not None:
        local = message.sender.address.local.lower().partition("+")[0]
        if local in words.DAEMONS or local.startswith(("mailer-daemon", "postmaster", "mdaemon")):
            return True
        name = message.sender.name.lower()
        if any(phrase in name for phrase in words.DAEMON_NAMES):
            return True
    else:
        raw = (message.header("from") or "").lower()
        if any(word in raw for word in ("daemon", "postmaster", "delivery", "<>")) or not raw:
            return True
    return has_null_path(message)


def has_null_path(message: InboundMessage) -> bool:
    """`Return-Path: <>`: what RFC 5321 §4.5.5 prescribes for notifications."""
    path = message.header("return-path")
    return path is not None and path.strip().lower() in {"<>", "<mailer-daemon>", "<#@[]>"}


def may_be_bounce(message: InboundMessage) -> bool:
    """A cheap first look, so that ordinary mail is not searched for a server's phrases."""
    if message.report or message.header("x-failed-recipients") is not None:
        return True
    if is_from_daemon(message) or message.text[:40].lstrip().startswith("{"):
        return True
    subject = message.subject.lower()
    return any(phrase in subject for phrase in words.SUBJECT_PHRASES)


def says_bounce(message: InboundMessage, notice: Notice) -> str | None:
    """The phrase of subject or text by which it is a bounce, or None."""
    if (failed := message.header("x-failed-recipients")) is not None:
        return f"X-Failed-Recipients {failed[:200]}"
    subject = message.subject.lower()
    of_subject = next((p for p in words.SUBJECT_PHRASES if p in subject), None)
    is_daemon = is_from_daemon(message)
    if is_daemon and of_subject:
        return of_subject
    if not is_daemon and (not of_subject or subject.startswith(("fw", "["))):
        return None
    is_answer = not is_daemon and subject_says(message.subject) == "reply"
    own = [line for line in notice.lines[: 8 if is_answer else 120] if line[:1] != ">"]
    head = "\n".join(own)[:8000].lower()
    of_body = next((p for p in words.BODY_PHRASES if p in head), None)
    has_copy = bool(notice.returned or message.attached)
    if of_body and (is_daemon or has_copy or message.content_type == "multipart/report"):
        return of_body
    if not of_body and is_daemon and has_copy and not has_null_path(message):
        named = recipients(message, notice)
        return "returned mail" if named and named[0].rank <= SURE_RANK else None
    return of_body if any(phrase in head for phrase in words.STRONG_PHRASES) else None


def notice_of(text: str) -> Notice:
    """The server's own lines, up to where the returned mail begins."""
    lines = [line[:MAX_LINE] for line in text.split("\n", MAX_LINES)[:MAX_LINES]]
    for index, line in enumerate(lines):
        if _begins_returned(lines, index, line):
            return Notice(lines[:index], lines[index:])
    return Notice(lines, [])


def _begins_returned(lines: Sequence[str], at: int, line: str) -> bool:
    low = line.lower().strip()
    if low.startswith(("received: from", "received: by", "return-path: <", "received: (")):
        return True
    if not low or at < 2:
        return False
    if any(phrase in low for phrase in words.RETURNED_PHRASES) and len(low) < 100:
        following = [item for item in lines[at + 1 : at + 6] if item.strip()]
        ruled = low[:2] in {"--", "==", "**", "__"} or low.endswith(":")
        return ruled or any(_is_header(item) for item in following[:2])
    return False


def _is_header(line: str) -> bool:
    name, colon, _ = line.strip().lower().partition(":")
    return bool(colon) and name in {
        "received", "return-path", "from", "to", "subject", "date", "message-id", "mime-version",
        "x-mailer", "content-type", "reply-to", "sender", "x-sender", "x-originating-ip",
    }  # fmt: skip


def recipients(message: InboundMessage, notice: Notice) -> list[Named]:
    """The addresses of the best rank found in a notice, in order, once each."""
    excluded = _excluded(message)
    best: dict[str, Named] = {}
    for named in _named(message, notice):
        if named.rank >= SURE_RANK and named.address.lower() in excluded:
            continue
        seen = best.get(named.address.lower())
        if seen is None or named.rank < seen.rank:
            best[named.address.lower()] = named
        if len(best) >= MAX_FOUND:
            break
    if not best:
        return []
    top = min(named.rank for named in best.values())
    found = [named for named in best.values() if named.rank == top]
    if top > SURE_RANK and len(found) > 1:
        known = _reached(message, notice)
        return [named for named in found if named.address.lower() in known] or found
    return found


def _reached(message: InboundMessage, notice: Notice) -> set[str]:
    """The addresses that the returned mail itself says it was for."""
    found = {str(named.address).lower() for inner in message.attached for named in inner.to}
    for line in notice.returned[:100]:
        low = line.lower().lstrip("> ")
        if low.startswith(("to:", "delivered-to:", "envelope-to:")):
            found.update(addresses_in(low))
        elif low.startswith("received:") and " for " in low:
            found.update(addresses_in(low.rpartition(" for ")[2]))
    return found


def _excluded(message: InboundMessage) -> set[str]:
    """The notice's own sender and reader are not those it is about."""
    found = {str(named.address).lower() for named in message.recipients}
    if message.sender is not None:
        found.add(str(message.sender.address).lower())
    return found


def _named(message: InboundMessage, notice: Notice) -> Iterator[Named]:
    for value in message.header_all("x-failed-recipients"):
        for piece in value.replace(";", ",").split(","):
            if (failed := bare(piece)) is not None:
                yield Named(str(failed), 0, 0)
    announced = _announced_at(notice.lines)
    for index, line in enumerate(notice.lines):
        if "@" in line:
            for found in _in_line(index, line):
                is_before = index < announced and found.rank >= SURE_RANK
                yield replace(found, rank=found.rank + 3) if is_before else found
    for index, line in enumerate(notice.returned[:100]):
        if line.lower().startswith(("to:", "x-actual-recipient:", "envelope-to:")):
            for address in addresses_in(line):
                yield Named(address, 8, index)
    if any("mailer-daemon" in line.lower() for line in notice.returned[:30]):
        # what came back is itself a notice: it names whom the mail was for
        for index, line in enumerate(notice.returned[:300]):
            if line.lower().startswith("final-recipient:"):
                yield from (Named(address, 7, index) for address in addresses_in(line)[:1])
    for inner in message.attached:
        for named in inner.to:
            yield Named(str(named.address), 8, 0)


def _announced_at(lines: Sequence[str]) -> int:
    """The line that says “the following recipients:”; whom lines above it name is less sure."""
    for index, line in enumerate(lines):
        low = line[:200].lower().rstrip()
        if low.endswith(":") and any(phrase in low for phrase in words.ANNOUNCING_PHRASES):
            return index
    return 0


def _in_line(at: int, line: str) -> Iterator[Named]:
    """Rank by form: alone or leading with a colon, labelled, in an SMTP reply, in prose."""
    found = addresses_in(line)
    if not found:
        return
    text = line.strip()
    low = text.lower()
    if len(found) > 1:
        after = low.partition(found[0].lower())[2].lstrip("\"' ")
        if after.startswith(f"<{found[1].lower()}>"):
            # `a@x <b@y>`: what stands before the brackets is a name (RFC 5322 §3.4)
            found, text, low = found[1:], after, after
    first = low.lstrip("<\"'([*-> ").startswith(found[0].lower())
    rest = low.replace(found[0].lower(), "", 1).strip(" <>()[]:;,.\"'*-\t")
    label = (
        low.partition(found[0].lower())[0]
        .rstrip(" <\"'([:;-=>")
        .removesuffix("rfc822")
        .strip(" ;:")
    )
    if low.startswith(("final-recipient", "original-recipient", "x-actual-recipient")):
        yield Named(found[0], 1 if low.startswith("original") else 2, at)
    elif any(phrase in low for phrase in words.NOT_RECIPIENT_PHRASES) and not first:
        return
    elif low.startswith((">>>", "<<<")):
        yield Named(found[0], 5, at)
    elif not rest or (first and text.rstrip().endswith(":")) or first:
        yield Named(found[0], 3, at)
    elif label and any(label.endswith(word) for word in words.LABELS):
        yield from (Named(address, 4, at) for address in found[:20])
    elif (
        low[:1] in "45" and low[:3].isdigit() and low[3:].lstrip(" -<").startswith(found[0].lower())
    ):
        yield Named(found[0], 4, at)
    elif (low[:1] in "45" and low[:3].isdigit()) or "smtp" in low or "rcpt" in low:
        yield Named(found[0], 5, at)
    else:
        yield Named(found[0], 6, at)


def addresses_in(line: str) -> list[str]:
    """The addresses standing in a line, in order (one step per character)."""
    found: list[str] = []
    for word in line.replace("<", " ").replace(">", " ").replace("=", " ").split():
        if "@" in word and len(word) < 320:
            piece = word.strip("\"'()[]{},;:.*`“”„‘’!?/\\|")
            piece = piece.removeprefix("mailto:").partition("?")[0]
            if piece.lower().startswith(("smtp:", "rfc822;", "rcpt:", "imceaex-")):
                piece = piece[piece.find(";" if ";" in piece else ":") + 1 :]
            address = bare(piece)
            if address is not None:
                found.append(str(address))
    return found
