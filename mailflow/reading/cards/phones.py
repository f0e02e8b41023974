"""Phone numbers: found in a line, told in E.164 where the region can be told, kept as written."""

from collections.abc import Iterable

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from mailflow.model.card import Phone
from mailflow.model.text import folded, printable

MAX_LENGTH = 60
EXTENSIONS = ("ext.", "ext", "extension", "durchwahl", "dw", "poste", "x")
COUNTRIES = {
    "germany": "DE", "deutschland": "DE", "austria": "AT", "osterreich": "AT", "france": "FR",
    "switzerland": "CH", "schweiz": "CH", "suisse": "CH", "spain": "ES", "espana": "ES",
    "italy": "IT", "italia": "IT", "netherlands": "NL", "the netherlands": "NL", "nederland": "NL",
    "belgium": "BE", "belgique": "BE", "belgie": "BE", "portugal": "PT", "brazil": "BR",
    "brasil": "BR", "united kingdom": "GB", "uk": "GB", "england": "GB", "scotland": "GB",
    "great britain": "GB", "ireland": "IE", "usa": "US", "united states": "US", "u.s.a": "US",
    "united states of america": "US", "us": "US", "canada": "CA", "mexico": "MX", "india": "IN",
    "china": "CN", "japan": "JP", "singapore": "SG", "australia": "AU", "new zealand": "NZ",
    "sweden": "SE", "sverige": "SE", "norway": "NO", "norge": "NO", "denmark": "DK",
    "danmark": "DK", "finland": "FI", "suomi": "FI", "poland": "PL", "polska": "PL",
    "czech republic": "CZ", "czechia": "CZ", "hungary": "HU", "magyarorszag": "HU",
    "romania": "RO", "greece": "GR", "turkey": "TR", "turkiye": "TR", "israel": "IL",
    "south africa": "ZA", "argentina": "AR", "chile": "CL", "colombia": "CO", "estonia": "EE",
    "latvia": "LV", "lithuania": "LT", "luxembourg": "LU", "slovakia": "SK", "slovenia": "SI",
    "croatia": "HR", "hrvatska": "HR", "serbia": "RS", "ukraine": "UA", "russia": "RU",
    "south korea": "KR", "korea": "KR", "hong kong": "HK", "taiwan": "TW", "thailand": "TH",
    "vietnam": "VN", "indonesia": "ID", "malaysia": "MY", "philippines": "PH", "egypt": "EG",
    "uae": "AE", "united arab emirates": "AE", "dubai": "AE", "saudi arabia": "SA", "kenya": "KE",
    "nigeria": "NG", "morocco": "MA", "maroc": "MA", "pakistan": "PK", "peru": "PE",
    "iceland": "IS", "cyprus": "CY", "malta": "MT", "bulgaria": "BG",
}  # fmt: skip
TLD_REGIONS = {"uk": "GB", "su": "RU", "eu": ""}
GENERIC = frozenset(["io", "co", "ai", "me", "tv", "cc", "ly", "to", "fm", "gg", "sh", "so", "is",
                     "eu", "la", "vc", "gl", "ws", "nu"])  # fmt: skip
"""Country endings that the whole world uses; they tell no region."""


def phone(text: str, region: str, *, kind: str = "", source: str = "") -> Phone | None:
    """The number with its E.164 form (ITU-T E.164), read as dialled in `region` (ISO 3166) unless
    it begins with +; None when it holds fewer than five digits."""
    written = printable(text, MAX_LENGTH).removeprefix("tel:").strip(" ,;:")
    if sum(c.isdigit() for c in written) < 5:
        return None
    return Phone(_e164(written, region), written, kind, source)


def _e164(written: str, region: str) -> str:
    plain = _without_trunk_zero(written)
    for attempt in (region or None, None):
        try:
            number = phonenumbers.parse(plain, attempt)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return ""


def _without_trunk_zero(written: str) -> str:
    """`+44 (0)20 …` loses the bracketed zero, which is dialled only at home; `00 44` is a plus."""
    text = written.replace("＋", "+")
    if text.startswith("(+"):
        text = text[1:].replace(")", "", 1)
    if text.startswith(("+", "00")):
        for zero in ("(0)", "( 0 )", "[0]"):
            text = text.replace(zero, " ", 1)
    if text.startswith("00") and not text.startswith("000"):
        text = "+" + text[2:].lstrip()
    return text


def region(places: Iterable[str], hosts: Iterable[str], numbers: Iterable[str], own: str) -> str:
    """Where a card comes from: a number written with its country code, then a country named in an
    address, then the national ending of a domain, else the owner's own region."""
    for number in numbers:
        if found := _region_of_number(number):
            return found
    for place in places:
        if found := country(place):
            return found
    for host in hosts:
        ending = host.rpartition(".")[2].lower()
        code = TLD_REGIONS.get(ending, ending.upper() if len(ending) == 2 else "")
        if code and ending not in GENERIC and code in phonenumbers.SUPPORTED_REGIONS:
            return code
    return own


def country(place: str) -> str:
    """The region of a line that ends with the name of a country, else nothing."""
    pieces = [p.strip(" .") for p in folded(printable(place)).replace(";", ",").split(",")]
    for piece in reversed([p for p in pieces if p]):
        words = piece.split()
        for count in (3, 2, 1):
            if (found := COUNTRIES.get(" ".join(words[-count:]))) is not None:
                return found
    return ""


def _region_of_number(text: str) -> str:
    plain = _without_trunk_zero(printable(text, MAX_LENGTH))
    if not plain.startswith("+"):
        return ""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(plain, None)) or ""
    except NumberParseException:
        return ""
