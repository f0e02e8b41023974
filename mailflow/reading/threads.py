"""Which mail an incoming one answers: by Message-ID, by References, or weakly by its subject."""

from collections.abc import Sequence

from mailflow.model.facts import SentFact
from mailflow.model.mail import InboundMessage, Match
from mailflow.reading.separators import FORWARD_PREFIXES, REPLY_PREFIXES

MAX_PREFIXES = 10


def match(message: InboundMessage, ours: frozenset[str], last: Sequence[SentFact]) -> Match | None:
    """The mail of ours or the owner's that `message` answers; None if it answers none.

    `ours` are the Message-IDs, of those it names, that we or the owner sent; `last` what went to
    its sender lately. In this order: In-Reply-To; References, newest first, when the subject is the
    same or unknown; the same subject to the same person (weak: clients that drop both headers).
    """
    if message.in_reply_to in ours and message.in_reply_to is not None:
        return Match(message.in_reply_to, "In-Reply-To")
    subject = base_subject(message.subject)
    sent = {fact.message_id: fact for fact in last}
    for reference in reversed(message.references):
        if reference not in ours:
            continue
        fact = sent.get(reference)
        if fact is None or base_subject(fact.subject) == subject:
            return Match(reference, "References")
    if is_reply_subject(message.subject):
        for fact in sorted(last, key=lambda fact: fact.sent_at, reverse=True):
            earlier = message.sent_at is None or fact.sent_at <= message.sent_at
            if subject and earlier and base_subject(fact.subject) == subject:
                return Match(fact.message_id, "address and subject", is_weak=True)
    return None


def base_subject(subject: str) -> str:
    """The subject without reply and forward prefixes and list tags, folded (RFC 5256 §2.1)."""
    text = " ".join(subject.casefold().split())
    for _ in range(MAX_PREFIXES):
        shorter = _without_prefix(text)
        if shorter == text:
            return text
        text = shorter
    return text


def is_reply_subject(subject: str) -> bool:
    prefix, colon, _ = subject.casefold().replace("：", ":").partition(":")
    return bool(colon) and _bare(prefix) in REPLY_PREFIXES


def _bare(prefix: str) -> str:
    return prefix.strip().partition("[")[0].partition("(")[0].strip(" .*")


def _without_prefix(text: str) -> str:
    if text.startswith("[") and "]" in text[:60]:
        rest = text.partition("]")[2].strip()
        return rest or text
    prefix, colon, rest = text.replace("：", ":").partition(":")
    if colon and _bare(prefix) in REPLY_PREFIXES | FORWARD_PREFIXES:
        return rest.strip()
    return text
