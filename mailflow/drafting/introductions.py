"""What the mails of an introduction may say: never more of the other than is allowed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mailflow.drafting.introduction_reasons import Reason, said_to, speaks_of_them
from mailflow.drafting.lint import lint, own_words
from mailflow.drafting.values import fact, first_name, first_word, mail_values
from mailflow.model.contact import Contact
from mailflow.model.description import gives_away
from mailflow.model.facts import SentFact
from mailflow.model.introduction import Introduction, Naming, Side
from mailflow.model.policy import Identity
from mailflow.model.text import printable

MAX_ASK_WORDS = 90
MIN_DESCRIPTOR_WORDS = 3
MAX_TEXT = 800
MAX_SUBJECT = 60
"""Characters of a description that still fit into a subject."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An introduction with the two contacts, in its own order."""

    introduction: Introduction
    first: Contact
    second: Contact

    def seen_from(self, contact_id: int) -> tuple[Side, Contact, Side, Contact]:
        """That side and contact, then the other's; raises KeyError for somebody else."""
        side, other = self.introduction.side(contact_id), self.introduction.other(contact_id)
        if side is self.introduction.first:
            return side, self.first, other, self.second
        return side, self.second, other, self.first


def side_values(
    pair: Pair,
    contact_id: int,
    identity: Identity,
    *,
    situation: str,
    now: datetime,
    sent: Sequence[SentFact] = (),
    text: str = "",
) -> dict[str, object]:
    """The values for a mail to one side: asks, nudge and closing line.

    Of the other there is only `other`, at the level the owner allowed. `text` is the owner's own
    addition to a question asked again. `sent` are the mails that went to them, so that a first one
    says where the address came from. `first_name` is left out when unknown, as always.
    """
    side, contact, other_side, other = pair.seen_from(contact_id)
    values = mail_values(contact, identity, situation=situation, now=now, sent=sent)
    shown = shown_as(other_side, other)
    through = "" if sent else fact(contact.through)
    is_kept_back = other_side.naming is Naming.DESCRIPTOR and gives_away(through, other)
    own = {
        "other": shown,
        "in_subject": shown if len(shown) <= MAX_SUBJECT else "",
        "other_asked": "asked" if other_side.has_requested else "",
        "has_requested": "asked" if side.has_requested else "",
        "has_answered": "answered" if side.answered_at is not None else "",
        "through": "" if is_kept_back else through,
        "text": printable(text, MAX_TEXT),
    }
    kept = ("first_name", "owner_first", "signature")
    basic = {name: values[name] for name in kept if name in values}
    return {**basic, **own, **_reason_values(said_to(side.why, contact, other))}


def both_values(pair: Pair, identity: Identity) -> dict[str, object]:
    """The values for the introduction itself: `one` is the first side, `two` the second.

    Here each one's name, role, address and web page are shown to the other for the first time.
    A phone number is not: it is theirs to give.
    """
    introduction = pair.introduction
    one = _person(introduction.first, pair.first, pair.second)
    two = _person(introduction.second, pair.second, pair.first)
    writer = one if introduction.writes_first is introduction.first else two
    values: dict[str, object] = {
        "one": one,
        "two": two,
        "writer": writer["first_name"],
        "signature": mail_values(
            pair.first, identity, situation="introduction", now=introduction.created_at
        )["signature"],
    }
    if owner_first := first_word(identity.name):
        values["owner_first"] = owner_first
    return values


def shown_as(side: Side, contact: Contact) -> str:
    """How that side is shown to the other: the descriptor, or the name with the role, or both and
    the web page."""
    if side.naming is Naming.DESCRIPTOR:
        return fact(side.descriptor)
    role = " at ".join(part for part in (fact(contact.title), fact(contact.org)) if part)
    named = ", ".join(part for part in (fact(contact.name), role) if part)
    if side.naming is Naming.NAME_AND_LINK and contact.urls:
        return f"{named} ({printable(contact.urls[0], 200)})"
    return named


def doubts(
    subject: str, body: str, pair: Pair, contact_id: int, *, max_questions: int = 2
) -> tuple[str, ...]:
    """What the owner should look at in a mail to one side before saying ok, also in his own text:
    the usual doubts, more than ninety words, and whatever tells too much of the other."""
    side, contact, other_side, other = pair.seen_from(contact_id)
    is_named = other_side.naming is not Naming.DESCRIPTOR
    found = list(
        lint(subject, body, contact, max_words=10_000, max_questions=max_questions,
             other_notes=(other.notes,))
    )  # fmt: skip
    if piece := told_too_early(subject, body, pair, contact_id):
        found.insert(0, f"It says “{piece}”, and {contact.label} has not agreed to meet yet.")
    if not is_named and len(shown_as(other_side, other).split()) < MIN_DESCRIPTOR_WORDS:
        shown = shown_as(other_side, other)
        found.append(f"“{shown}” says little; a few words more would make a yes likelier.")
    if (words := len(own_words(body))) > MAX_ASK_WORDS:
        found.append(f"It has {words} words; a question of this kind needs no more than 90.")
    reason = said_to(side.why, contact, other).because
    if speaks_of_them(reason) and reason in body:
        found.append(f"“{reason}” speaks of them as “you” and as “she” or “he”; please reword it.")
    return tuple(found)


def told_too_early(subject: str, body: str, pair: Pair, contact_id: int) -> str:
    """What a mail to one side before both agreed tells of the other beyond what the owner allowed;
    empty for nothing."""
    _, _, other_side, other = pair.seen_from(contact_id)
    text = f"{subject}\n{body}"
    is_named = other_side.naming is not Naming.DESCRIPTOR
    plain = text.replace(shown_as(other_side, other), " ") if is_named else text
    return gives_away(plain, other, named=is_named)


def _person(side: Side, contact: Contact, other: Contact) -> dict[str, object]:
    role = " at ".join(part for part in (fact(contact.title), fact(contact.org)) if part)
    person: dict[str, object] = {
        "name": fact(contact.name),
        "role": role,
        "address": str(contact.address or ""),
        "link": printable(contact.urls[0], 200) if contact.urls else "",
        **_reason_values(said_to(side.why, contact, other)),
    }
    person["first_name"] = first_name(contact)
    return person


def _reason_values(reason: Reason) -> dict[str, object]:
    return {"because": reason.because, "chance": reason.chance, "gain": reason.gain}
