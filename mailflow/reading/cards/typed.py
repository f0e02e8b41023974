"""A card typed or pasted into the mail itself: a few short lines with one person's address."""

from dataclasses import replace

from mailflow.model.address import Address, NamedAddress
from mailflow.model.card import Card
from mailflow.model.closing import own_lines
from mailflow.model.policy import Identity
from mailflow.reading.cards import roles, senders, signature

MAX_LINES = 12
MAX_LINE = 90
MIN_LINES = 2


def card(text: str, identity: Identity) -> list[Card]:
    """The one person the lines are about, or nobody: prose that mentions an address is no card."""
    lines = [line.strip() for line in own_lines(text) if line.strip()]
    if not MIN_LINES <= len(lines) <= MAX_LINES or any(len(line) > MAX_LINE for line in lines):
        return []
    if any(line.endswith((".", "?", "!")) and len(line.split()) > 6 for line in lines):
        return []
    found = signature.read("\n".join(lines), sender=None, region=identity.region)
    emails = tuple(e for e in found.emails if _is_personal(e.value, identity))
    if found.name is None or len(emails) != 1:
        return []
    return [replace(found, emails=emails, form="typed")]


def _is_personal(text: str, identity: Identity) -> bool:
    address = Address.maybe(text)
    return (
        address is not None
        and roles.kind(address) is None
        and not senders.is_own(NamedAddress(address), identity)
    )
