"""Cards shared by services: digital cards, network notifications, calendar invitations."""

from collections.abc import Iterable

from mailflow.model.address import Address, NamedAddress
from mailflow.model.card import Card
from mailflow.model.mail import Part
from mailflow.model.policy import Identity
from mailflow.model.text import printable
from mailflow.reading.cards import roles, senders, shared_card, signature
from mailflow.reading.cards.pieces import pieces
from mailflow.reading.cards.vcard_lines import Property, properties

SERVICES = {
    "linkedin.com": "LinkedIn", "hihello.me": "HiHello", "hihello.com": "HiHello",
    "blinq.me": "Blinq", "popl.co": "Popl", "mobilocard.com": "Mobilo", "wavecnct.com": "Wave",
    "thehaystackapp.com": "Haystack", "camcard.com": "CamCard", "dotcards.net": "Dot",
    "xing.com": "XING", "calendly.com": "Calendly", "tapni.co": "Tapni",
    "lemontaps.com": "Lemontaps", "getcovve.com": "Covve", "covve.com": "Covve", "lu.ma": "Luma",
    "luma-mail.com": "Luma",
}  # fmt: skip
MAX_BODY = 20_000
MAX_CALENDAR = 200_000


def service_of(address: Address) -> str:
    """The name of the card service whose machine this is, else nothing."""
    host = address.domain.lower()
    while host:
        if host in SERVICES:
            return SERVICES[host]
        host = host.partition(".")[2]
    return ""


def from_service(sender: NamedAddress, body: str, identity: Identity) -> Card | str | None:
    """The one person a robot's mail tells of: their card, or a sentence when no address is told;
    None for a robot that writes about nobody."""
    service = service_of(sender.address)
    found = [
        address
        for piece in pieces(body[:MAX_BODY])
        for address in piece.emails
        if roles.kind(address) is None
        and not service_of(address)
        and not senders.is_own(NamedAddress(address), identity)
    ]
    people = list(dict.fromkeys(found))
    if len(people) == 1:
        told = shared_card.block(body[:MAX_BODY])
        card = signature.read(told, sender=None, region=identity.region)
        kept = tuple(e for e in card.emails if Address.parse(e.value) == people[0])
        name = senders.without_via(sender.name)
        named = senders.from_header(
            NamedAddress(people[0], name if name != sender.name else ""), ""
        )
        return signature.merged(card, named, kept)
    if service:
        name = printable(senders.without_via(sender.name), 60)
        whose = f"{name}'s address" if name and name != sender.name else "whose address it is"
        return f"{service} does not tell {whose}; write it as “met NAME <ADDRESS>”."
    return None


def from_calendar(parts: Iterable[Part], identity: Identity) -> list[Card]:
    """The organiser of each invitation (RFC 5545 §3.8.4.3); of the owner's own, the only guest."""
    found: list[Card] = []
    for part in parts:
        is_calendar = part.content_type.lower() in {"text/calendar", "application/ics"}
        if not is_calendar and not part.filename.lower().endswith(".ics"):
            continue
        lines = list(properties(part.data[:MAX_CALENDAR], {"ORGANIZER", "ATTENDEE"}))
        organisers = _people(p for p in lines if p.name == "ORGANIZER")
        guests = [n for n in _people(p for p in lines if p.name == "ATTENDEE")
                  if not senders.is_own(n, identity)]  # fmt: skip
        strangers = [n for n in organisers if not senders.is_own(n, identity)]
        meant = strangers[:1] or (guests if len(guests) == 1 else [])
        found += [senders.from_header(named, "the calendar invitation") for named in meant]
    return found


def _people(lines: Iterable[Property]) -> list[NamedAddress]:
    found: dict[Address, NamedAddress] = {}
    for line in lines:
        value = line.text("").strip()
        address = Address.maybe(value[7:] if value.lower().startswith("mailto:") else value)
        if address is not None:
            found.setdefault(address, NamedAddress(address, printable(line.common_name, 120)))
    return list(found.values())
