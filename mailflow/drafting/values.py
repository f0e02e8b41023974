"""What a mail to a contact may say: the facts about them as names for the templates."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from mailflow.model.contact import Contact
from mailflow.model.domains import FREE_MAIL
from mailflow.model.facts import ContactFacts, SentFact
from mailflow.model.policy import Identity
from mailflow.model.text import folded, printable

MAX_FACT = 160
"""Characters of one fact; what is longer belongs in the owner's own words."""

HONORIFICS = frozenset({
    "dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "herr", "frau",
    "m", "mme", "dipl", "ing", "sr", "sra", "rev",
})  # fmt: skip

NEEDED = ("first_name", "owner_first")
"""Left out when unknown, so that a template that uses them cannot be filled."""

FIRST_MAILS = frozenset({"first_meeting", "met_at_event", "card_only", "forwarded"})
"""The situations in which the contact hears from the owner for the first time."""

SOMETIMES = ("when", "link", "because", "came_of_it")
"""Facts that single templates can use and none needs; they come in `more`."""


def mail_values(
    contact: Contact,
    identity: Identity,
    *,
    situation: str,
    now: datetime,
    sent: Sequence[SentFact] = (),
    last_contact_at: datetime | None = None,
    common_ground: str = "",
    more: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, object]:
    """The values for a template that goes to a contact.

    Facts that are not known are empty strings, and their sentences drop out; `first_name` and
    `owner_first` are left out when unknown, so that a template that needs them raises MissingFact.
    Private notes and tags are not among the values at all. `common_ground` is a clause that fits
    after "that", such as "we both worked at Initech". `more` are the facts that single templates
    need besides, such as `thanks_for`; empty ones are left out, so that they are missed.
    """
    values: dict[str, object] = dict.fromkeys(SOMETIMES, "")
    values |= {
        "situation": situation,
        "name": fact(contact.name),
        "title": fact(contact.title),
        "org": fact(contact.org),
        "event": fact(contact.event),
        "through": fact(contact.through) if situation in FIRST_MAILS else "",
        "again": "again" if sent else "",
        "looking": infinitive("looking", "for", newest(contact.wants)),
        "wants": newest(contact.wants),
        "offers": newest(contact.offers),
        "promised": infinitive("promised", "you", newest(contact.promised)),
        "common_ground": fact(common_ground),
        "owner_name": fact(identity.name),
        "about": fact(identity.about),
        "signature": signature(identity),
        "last_subject": last_subject(sent),
        "quiet": quiet(last_contact_at, now),
    }
    first, owner_first = first_name(contact), first_word(identity.name)
    if first:
        values["first_name"] = first
    if owner_first:
        values["owner_first"] = owner_first
    return values | {key: fact(text) for key, text in more.items() if fact(text)}


def common_ground(told: ContactFacts, identity: Identity) -> str:
    """What the owner and a contact share, as a clause behind "that": colleagues by their mail, or
    somebody both know; empty for nothing. Where they met and through whom have their own places."""
    contact = told.contact
    theirs = {address.domain.casefold() for address in contact.addresses}
    ours = {address.domain.casefold() for address in identity.addresses}
    if fact(contact.org) and (theirs & ours) - FREE_MAIL:
        return f"we both work at {fact(contact.org)}"
    is_told = folded(told.mutual) == folded(contact.through)
    return f"we both know {fact(told.mutual)}" if told.mutual and not is_told else ""


def fact(text: str) -> str:
    """One printable line without a full stop at its end, fit for the middle of a sentence."""
    return printable(text, MAX_FACT).rstrip(" .,;:!?")


def newest(text: str) -> str:
    """What was noted last, and before that, of notes that were added one to the other by `; `."""
    parts = [fact(part) for part in text.replace("\n", "; ").split("; ")]
    return fact(" and ".join([part for part in parts if part][-2:]))


def infinitive(verb: str, joint: str, text: str) -> str:
    """`looking for intros` or `looking to hire`; empty for nothing.

    What people note down is either a thing or a deed, and the sentence must bear both.
    """
    what = fact(text)
    if not what:
        return ""
    return f"{verb} {what}" if what.lower().startswith("to ") else f"{verb} {joint} {what}"


def first_name(contact: Contact) -> str:
    """How to greet them; empty when only an address is known."""
    return fact(contact.given) or first_word(contact.name)


def first_word(name: str) -> str:
    """The first word of a name that is not an honorific."""
    words = fact(name).split()
    plain = [
        word for word in words if word.rstrip(".").casefold() not in HONORIFICS and "@" not in word
    ]
    return plain[0].rstrip(",") if plain else ""


def signature(identity: Identity) -> str:
    """The owner's own lines beneath the name, each printable; empty without one."""
    lines = [printable(line, MAX_FACT) for line in identity.signature.splitlines()]
    return "\n".join(lines).strip("\n")


def last_subject(sent: Sequence[SentFact]) -> str:
    """The subject of the latest mail to them, without `Re:`."""
    latest = max(sent, key=lambda each: each.sent_at, default=None)
    return bare_subject(latest.subject) if latest else ""


def bare_subject(subject: str) -> str:
    """A subject without any number of `Re:`, `Fwd:` and their translations in front."""
    text = printable(subject)
    for _ in range(10):
        head, colon, rest = text.partition(":")
        if not colon or head.strip().casefold() not in {
            "re",
            "fwd",
            "fw",
            "aw",
            "wg",
            "antw",
            "sv",
        }:
            break
        text = rest.strip()
    return text


def quiet(last_contact_at: datetime | None, now: datetime) -> str:
    """How long it has been quiet, roughly, as one says it: "a few weeks"; empty when not known."""
    if last_contact_at is None:
        return ""
    days = (now - last_contact_at).days
    steps = (
        (14, ""), (45, "a few weeks"), (75, "two months"), (150, "a few months"),
        (270, "half a year"), (550, "about a year"),
    )  # fmt: skip
    return next((words for limit, words in steps if days < limit), "a long while")
