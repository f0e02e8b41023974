"""vCards of every version and program read into cards; what is skipped is said."""

from collections.abc import Iterator

from mailflow.model.address import Address
from mailflow.model.card import Card
from mailflow.model.text import printable
from mailflow.reading.address_field import addresses
from mailflow.reading.cards import person, phones, roles, told
from mailflow.reading.cards.vcard_lines import MAX_BYTES, Block, Property, blocks

MAX_CARDS = 50
MAX_EACH = 20
"""Addresses, numbers or links of one card that are kept."""
MAX_PROBLEMS = 20
KINDS = {"CELL": "mobile", "MOBILE": "mobile", "IPHONE": "mobile", "WORK": "work", "HOME": "home"}


def read(data: bytes, filename: str, *, region: str) -> tuple[tuple[Card, ...], tuple[str, ...]]:
    """The people in a vCard file, at most 50, and a sentence for whatever was skipped.

    `region` (ISO 3166) is the owner's, for numbers without a country code on cards that tell no
    country of their own. Never raises.
    """
    named = printable(filename, 80) or "the vCard"
    cards: list[Card] = []
    problems: list[str] = []
    if len(data) > MAX_BYTES:
        problems.append(f"{named} is over 5 MB; I read only its beginning.")
    for block in blocks(data):
        if len(cards) == MAX_CARDS:
            count = max(MAX_CARDS + 1, data[:MAX_BYTES].upper().count(b"BEGIN:VCARD"))
            problems.append(
                f"{named} holds {count} cards; I took the first {MAX_CARDS}. "
                "Send the rest in mails of their own, or take in the whole file: "
                f"mailflow import contacts {named}"
            )
            break
        card = _card(block, f"vCard {named}", region)
        if card is None:
            problems.append(f"A card in {named} holds no name, address or phone; I skipped it.")
        else:
            cards.append(card)
            problems += card.problems
    if not cards and not problems:
        problems.append(f"{named} is no vCard that I can read.")
    return tuple(cards), tuple(dict.fromkeys(problems))[:MAX_PROBLEMS]


def _card(block: Block, source: str, region: str) -> Card | None:
    all_of = Fields(block)
    name, given, family = _name(all_of)
    org = next((p for v in all_of.values("ORG") for p in all_of.parts(v) if p), "")
    title = next(iter(all_of.texts("TITLE") or all_of.texts("ROLE")), "")
    emails, bad = _emails(all_of)
    postal = _postal(all_of)
    numbers = [(p, v) for p in all_of.of("TEL") if (v := _number(all_of.plain(p)))]
    where = phones.region(
        [postal], [a.domain for a in emails], (v for _, v in numbers), region
    )  # fmt: skip
    calls, faxes = told.numbers(_numbers(all_of, numbers), where, source)
    if not (name or org or emails or calls):
        return None
    return Card(
        name=told.field(name, source),
        given=given,
        family=family,
        title=told.field(title, source),
        org=told.field(org, source),
        emails=tuple(roles.reading(a, source) for a in emails),
        phones=calls,
        faxes=faxes,
        urls=_urls(all_of),
        postal=postal,
        notes=next(iter(all_of.texts("NOTE")), ""),
        form="vcard",
        problems=tuple(f"“{text}” is not a mail address; I left it out." for text in bad),
    )


class Fields:
    """The properties of one card by name, with values unescaped as its version asks."""

    def __init__(self, block: Block) -> None:
        self.is_old = block.version.startswith("2")
        self.charset = block.charset
        self.by_name: dict[str, list[Property]] = {}
        for found in block.properties:
            self.by_name.setdefault(found.name, []).append(found)
        labels = self.by_name.get("X-ABLABEL", ())
        self.faxes = {p.group for p in labels if p.group and "fax" in self.plain(p).lower()}

    def plain(self, found: Property) -> str:
        """The value as it stands, escapes and all."""
        return found.text(self.charset)

    def is_fax(self, found: Property) -> bool:
        """By its type, or by the label Apple groups with it."""
        return "FAX" in found.types or (bool(found.group) and found.group in self.faxes)

    def of(self, name: str) -> list[Property]:
        """Preferred ones first, else in the order of the card."""
        return sorted(self.by_name.get(name, ()), key=lambda p: "PREF" not in p.types)

    def values(self, name: str) -> list[str]:
        return [self.plain(p) for p in self.of(name)]

    def texts(self, name: str) -> list[str]:
        """The values on one printable line each, empty ones left out."""
        return [text for v in self.values(name) if (text := self.text(v))]

    def text(self, value: str) -> str:
        return printable("".join(_unescaped(value, self.is_old)))

    def parts(self, value: str) -> list[str]:
        """A structured value parted at semicolons that are not escaped (RFC 6350 §3.4)."""
        found = [[]] if not value else _split(value, self.is_old)
        return [printable("".join(piece)) for piece in found]


def _unescaped(value: str, is_old: bool) -> Iterator[str]:
    """Characters with `\\n`, `\\,`, `\\;` and `\\\\` undone; vCard 2.1 escapes only `;`."""
    return (c for piece in _split(value, is_old, separator="") for c in piece)


def _split(value: str, is_old: bool, separator: str = ";") -> list[list[str]]:
    pieces: list[list[str]] = [[]]
    escaped = False
    for character in value:
        if escaped:
            escaped = False
            if character in ";,:\\":
                pieces[-1].append(character)
            elif character in "nN" and not is_old:
                pieces[-1].append("\n")
            else:
                pieces[-1] += ["\\", character]
        elif character == "\\":
            escaped = True
        elif character == separator:
            pieces.append([])
        else:
            pieces[-1].append(character)
    if escaped:
        pieces[-1].append("\\")
    return pieces


def _name(fields: Fields) -> tuple[str, str, str]:
    """FN, else N put together, else a nickname; given and family name from N where it has both."""
    full = next((t for t in fields.texts("FN") if "@" not in t), "")
    family = given = middle = ""
    for value in fields.values("N"):
        parts = [*fields.parts(value), "", "", ""][:3]
        if any(parts):
            family, given, middle = parts
            break
    if not full:
        full = " ".join(p for p in (given, middle, family) if p)
    if not full:
        full = next((t for t in fields.texts("NICKNAME") if "@" not in t), "")
    if len(full.split()) > 1 and (full.isupper() or full.islower()):
        full = person.straight(full)
    if given and family:
        return full, person.capitals(given), person.capitals(family)
    return (full, *person.split(full))


def _emails(fields: Fields) -> tuple[list[Address], list[str]]:
    """The addresses, preferred first, each once; and what stood there and is none."""
    found: dict[Address, None] = {}
    bad: list[str] = []
    for value in fields.values("EMAIL")[:MAX_EACH]:
        read, none = addresses("".join(_unescaped(value, fields.is_old)))
        found |= dict.fromkeys(read)
        bad += none
    return list(found), bad[:MAX_EACH]


def _number(value: str) -> str:
    """A telephone value without `tel:` and its parameters (RFC 3966)."""
    text = printable(value, 80)
    text = text[4:].partition(";")[0] if text.lower().startswith("tel:") else text
    return "" if text[:1].isalpha() else text


def _numbers(fields: Fields, written: list[tuple[Property, str]]) -> Iterator[told.Number]:
    """Those that somebody can be called by, which a pager's is not."""
    for found, text in written[:MAX_EACH]:
        if "PAGER" not in found.types:
            kind = next((word for mark, word in KINDS.items() if mark in found.types), "")
            yield told.Number(text, kind, fields.is_fax(found))


def _urls(fields: Fields) -> tuple[str, ...]:
    links = fields.texts("URL") + [
        t for t in fields.texts("X-SOCIALPROFILE") if t.startswith(("http://", "https://"))
    ]
    return tuple(dict.fromkeys(links))[:MAX_EACH]


def _postal(fields: Fields) -> str:
    for value in fields.values("ADR"):
        tail = value.rpartition(":")[2]
        value = tail if tail.count(";") > 4 else value
        parts = [*fields.parts(value), *[""] * 7][:7]
        box, extended, street, city, state, code, country = parts
        if any(parts):
            town = " ".join(p for p in (code, city) if p)
            return ", ".join(p for p in (box, extended, street, town, state, country) if p)
    return next(iter(fields.texts("LABEL")), "")
