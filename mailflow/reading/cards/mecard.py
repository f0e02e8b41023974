"""MECARD, BIZCARD, MATMSG and jCard: the small card formats of codes, read into cards."""

import json
from collections.abc import Iterator

from mailflow.model.address import Address
from mailflow.model.card import Card
from mailflow.model.text import printable
from mailflow.reading.address_field import address as address_in
from mailflow.reading.address_field import addresses as addresses_in
from mailflow.reading.cards import person, phones, roles, told

MAX_FIELDS = 60
MAX_VALUE = 400
MAX_EACH = 10
JCARD_DEPTH = 8


class Fields:
    """What a code says, by the names that MECARD has for it: N, ORG, TITLE, TEL, EMAIL, URL, ADR,
    NOTE, FAX. `given` and `family` where the code tells them apart."""

    def __init__(self) -> None:
        self.values: dict[str, list[str]] = {}
        self.given = ""
        self.family = ""

    def add(self, name: str, value: str) -> None:
        """Keep a value that is not empty, at most ten of a name."""
        if name == "EMAIL" and len(value) > MAX_VALUE:
            return  # cut, it might end amid an address
        kept = self.values.setdefault(name, [])
        if (text := printable(value, MAX_VALUE)) and len(kept) < MAX_EACH:
            kept.append(text)

    def first(self, name: str) -> str:
        """The first value of that name, else nothing."""
        return next(iter(self.values.get(name, ())), "")

    def name(self, given: str, family: str) -> None:
        """The name from its two halves; either may be empty."""
        self.given, self.family = printable(given, 80), printable(family, 80)
        self.add("N", f"{self.given} {self.family}")


def card(fields: Fields, region: str, source: str) -> Card | None:
    """The card of a code's fields; None where it names nobody and tells no way to reach them."""
    name, org, title = (fields.first(n) for n in ("N", "ORG", "TITLE"))
    addresses = [a for text in fields.values.get("EMAIL", ()) for a in addresses_in(text)[0]]
    where = phones.region(
        [fields.first("ADR")], [a.domain for a in addresses], fields.values.get("TEL", ()), region
    )
    calls, faxes = told.numbers(_numbers(fields), where, source)
    if not (name or org or addresses or calls):
        return None
    given, family = (fields.given, fields.family) if fields.given and fields.family else (
        person.split(name))  # fmt: skip
    return Card(
        name=told.field(name, source),
        given=given, family=family,
        title=told.field(title, source),
        org=told.field(org, source),
        emails=tuple(roles.reading(a, source) for a in dict.fromkeys(addresses)),
        phones=calls, faxes=faxes,
        urls=tuple(fields.values.get("URL", ())), postal=fields.first("ADR"),
        notes=fields.first("NOTE"), form="photo",
    )  # fmt: skip


def _numbers(fields: Fields) -> Iterator[told.Number]:
    for name in ("TEL", "FAX"):
        for text in fields.values.get(name, ()):
            yield told.Number(text, is_fax=name == "FAX")


def mecard(text: str) -> Fields:
    """`MECARD:N:Roe,Jane;TEL:…;EMAIL:…;;` (NTT DoCoMo): the family name stands first."""
    fields = Fields()
    for name, value in _properties(text):
        if name == "N":
            family, comma, given = value.partition(",")
            fields.name(_plain(given), _plain(family)) if comma else fields.add("N", _plain(value))
        elif name in {"TEL", "TEL-AV", "EMAIL", "URL", "ADR", "NOTE", "ORG", "TITLE", "FAX"}:
            joined = value.replace(",", ", ") if name == "ADR" else value
            fields.add(name.replace("-AV", ""), " ".join(_plain(joined).split()))
    return fields


BIZCARD = {"C": "ORG", "T": "TITLE", "A": "ADR", "B": "TEL", "M": "TEL", "F": "FAX", "E": "EMAIL",
           "U": "URL", "W": "URL"}  # fmt: skip


def bizcard(text: str) -> Fields:
    """`BIZCARD:N:Jane;X:Roe;T:CTO;C:Acme;B:+49…;E:jane@acme.io;;`."""
    fields = Fields()
    given = family = ""
    for name, value in _properties(text):
        if name == "N":
            given = _plain(value)
        elif name == "X":
            family = _plain(value)
        elif name in BIZCARD:
            fields.add(BIZCARD[name], _plain(value))
    if given or family:
        fields.name(given, family)
    return fields


def message(text: str) -> Fields:
    """`MATMSG:TO:jane@acme.io;SUB:…;;`, `mailto:jane@acme.io?subject=…`, `tel:+49…`, `SMSTO:`."""
    fields = Fields()
    lowered = text[:10].lower()
    if lowered.startswith("matmsg:"):
        for name, value in _properties(text):
            if name == "TO":
                fields.add("EMAIL", _plain(value))
    elif lowered.startswith("mailto:"):
        fields.add("EMAIL", text[7:].partition("?")[0])
    elif lowered.startswith(("tel:", "sms:", "smsto:")):
        fields.add("TEL", text.partition(":")[2].partition(";")[0].partition("?")[0].split(":")[0])
    return fields


def _properties(text: str) -> Iterator[tuple[str, str]]:
    """The properties behind the first colon, parted at semicolons that no backslash escapes."""
    rest = text.partition(":")[2]
    pieces: list[list[str]] = [[]]
    is_escaped = False
    for character in rest:
        if is_escaped or character != ";":
            pieces[-1].append(character)
        else:
            pieces.append([])
        is_escaped = character == "\\" and not is_escaped
    for piece in pieces[:MAX_FIELDS]:
        name, colon, value = "".join(piece).partition(":")
        if colon:
            yield name.strip().upper().partition(";")[0], value


def _plain(value: str) -> str:
    """Without the backslashes that escape `;`, `:`, `,` and themselves."""
    out: list[str] = []
    is_escaped = False
    for character in value:
        if character == "\\" and not is_escaped:
            is_escaped = True
            continue
        out.append(character)
        is_escaped = False
    return "".join(out).strip()


JCARD = {"fn": "FN", "org": "ORG", "title": "TITLE", "role": "TITLE", "email": "EMAIL",
         "url": "URL", "note": "NOTE"}  # fmt: skip


def jcard(text: str) -> Fields | None:
    """jCard (RFC 7095): `["vcard", [["fn", {}, "text", "Jane Roe"], …]]`; None for other JSON."""
    if text.count("[") > 200 or text.count("{") > 200:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or len(found) < 2 or found[0] != "vcard":
        return None
    fields = Fields()
    rows = found[1] if isinstance(found[1], list) else []
    for row in rows[:MAX_FIELDS]:
        if isinstance(row, list) and len(row) > 3 and isinstance(row[0], str):
            _jrow(fields, row[0].lower(), row[1], row[3])
    if (full := fields.first("FN")) != "":
        fields.values["N"] = [full]
    return fields


def _jrow(fields: Fields, name: str, parameters: object, value: object) -> None:
    """One property of a jCard: name, parameters, value (a text or a list of parts)."""
    if name == "n" and isinstance(value, list):
        parts = [*map(_text, value[:2]), "", ""]
        fields.name(parts[1], parts[0])
    elif name == "tel":
        types = _text(parameters.get("type", "")) if isinstance(parameters, dict) else ""
        number = _text(value).removeprefix("tel:").partition(";")[0]
        fields.add("FAX" if "fax" in types.lower() else "TEL", number)
    elif name == "adr" and isinstance(value, list):
        fields.add("ADR", ", ".join(t for part in value[:7] if (t := _text(part))))
    elif name in JCARD:
        fields.add(JCARD[name], _text(value))


def _text(value: object, depth: int = 0) -> str:
    """A value as text; of a list its parts, joined."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and depth < JCARD_DEPTH:
        return " ".join(t for part in value[:MAX_EACH] if (t := _text(part, depth + 1)))
    return ""


def address_of(text: str) -> Address | None:
    """The address a code bears as plain text."""
    is_short = len(text) < MAX_VALUE and " " not in text.strip()
    return address_in(text) if "@" in text and is_short else None
