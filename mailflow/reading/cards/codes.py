"""What the codes on a picture say: cards of every format, links that are kept and never fetched."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mailflow.model.card import Card
from mailflow.model.scan import SeenCode
from mailflow.model.text import printable
from mailflow.reading.cards import mecard, person, vcard
from mailflow.reading.cards.picture_links import MAX_LINK, host_of

MAX_CODES = 10
MAX_TEXT = 8_000
"""Characters of one code that are read; a QR code holds at most 7,089 digits (ISO/IEC 18004)."""
SOURCE = "QR code"


@dataclass(frozen=True, slots=True)
class Said:
    """The people and the links that codes tell."""

    cards: tuple[Card, ...] = ()
    urls: tuple[str, ...] = ()


def said(codes: Iterable[SeenCode], *, region: str) -> Said:
    """What at most ten codes say. `region` is the owner's, for numbers without a country code.
    Never raises and fetches nothing."""
    cards: list[Card] = []
    urls: list[str] = []
    for code in list(codes)[:MAX_CODES]:
        text = code.text[:MAX_TEXT].strip("\ufeff \t\r\n\0")
        found = _cards(text, region)
        cards += found
        if not found and (link := _link(text)):
            urls.append(link)
    return Said(tuple(dict.fromkeys(cards)), tuple(dict.fromkeys(urls)))


def _cards(text: str, region: str) -> list[Card]:
    lead = text[:12].upper().replace(" ", "")
    if lead.startswith("BEGIN:VCARD"):
        read, _ = vcard.read(text.encode("utf-8", "replace"), "the code", region=region)
        return [_named(card) for card in read]
    fields: mecard.Fields | None = None
    if lead.startswith("MECARD:"):
        fields = mecard.mecard(text)
    elif lead.startswith("BIZCARD:"):
        fields = mecard.bizcard(text)
    elif lead.startswith(("MATMSG:", "MAILTO:", "TEL:", "SMSTO:", "SMS:")):
        fields = mecard.message(text)
    elif text.startswith("["):
        fields = mecard.jcard(text)
    elif (address := mecard.address_of(text)) is not None:
        fields = mecard.Fields()
        fields.add("EMAIL", str(address))
    card = mecard.card(fields, region, SOURCE) if fields is not None else None
    return [card] if card is not None else []


def _named(card: Card) -> Card:
    """A vCard from a code: its fields say so, and a name that is only the company's is none."""
    name = card.name
    is_company = name is not None and card.org is not None and name.value == card.org.value
    told = None if name is None or is_company else replace(name, source=SOURCE)
    given, family = (card.given, card.family) if told else ("", "")
    if told and not (given and family):
        given, family = person.split(told.value)
    return replace(
        card, name=told, given=given, family=family,
        title=replace(card.title, source=SOURCE) if card.title else None,
        org=replace(card.org, source=SOURCE) if card.org else None,
        emails=tuple(replace(e, source=SOURCE) for e in card.emails),
        phones=tuple(replace(p, source=SOURCE) for p in card.phones),
        faxes=tuple(replace(p, source=SOURCE) for p in card.faxes),
        form="photo",
    )  # fmt: skip


def _link(text: str) -> str:
    """The web address that a code is, else nothing."""
    shown = printable(text, MAX_LINK)
    lowered = shown.lower()
    if lowered.startswith("urlto:"):
        shown = shown[6:].lstrip(":")
        lowered = shown.lower()
    if " " in shown or len(text) > MAX_LINK:
        return ""
    if lowered.startswith(("http://", "https://")):
        return shown if "." in shown.partition("//")[2].partition("/")[0] else ""
    return shown if host_of(shown) else ""
