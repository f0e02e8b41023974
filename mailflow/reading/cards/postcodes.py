"""Postcodes whose shape tells a country, with the words that must stand beside them."""

from mailflow.model.text import folded

_CODES = {
    "US": "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH "
    "NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR",
    "AU": "NSW VIC QLD WA SA TAS ACT NT",
}
STATES, AUSTRALIAN = (frozenset(codes.split()) for codes in _CODES.values())
LONG = {
    name: region
    for region, names in {
        "US": "california,texas,florida,illinois,massachusetts,pennsylvania,ohio,michigan,virginia,"
        "arizona,colorado,washington,oregon,maryland,minnesota,new jersey,connecticut,tennessee",
        "IN": "karnataka,maharashtra,telangana,tamil nadu,gujarat,haryana,uttar pradesh,kerala,"
        "west bengal,rajasthan,punjab,andhra pradesh,madhya pradesh",
        "CA": "ontario,quebec,british columbia,alberta,manitoba,saskatchewan,nova scotia",
        "AU": "new south wales,victoria,queensland",
    }.items()
    for name in names.split(",")
}  # fmt: skip


def region(place: str) -> str:
    """The region (ISO 3166) a line of an address tells by its postcode, else nothing."""
    words = [w for word in place.replace(",", " ").split() if (w := word.strip(".;()-"))]
    for at, word in enumerate(words):
        behind = words[at + 1] if at + 1 < len(words) else ""
        if found := _pair(word, behind) or _single(word, words):
            return found
    return ""


def _pair(word: str, behind: str) -> str:
    """Two words: `CA 94105`, `M5H 2N2`, `M1 5AN`, `1011 AB`, `VIC 3000`."""
    if shape(word) == "A9A" and shape(behind) == "9A9":
        return "CA"
    is_inward = shape(behind) == "9AA"
    if is_inward and shape(word) in {"A9", "A99", "AA9", "AA99", "A9A", "AA9A"}:
        return "GB"
    if shape(word) == "A99" and len(behind) == 4 and shape(behind)[:1] == "A":
        return "IE" if any(c.isdigit() for c in behind) else ""
    if shape(word) == "9999" and shape(behind) == "AA":
        return "NL"
    if word in STATES and shape(behind) in {"99999", "99999-9999"}:
        return "US"
    return "AU" if word in AUSTRALIAN and shape(behind) == "9999" else ""


def _single(word: str, words: list[str]) -> str:
    """One word: `01310-100`, `00-001`, `1000-123`, `150-0001`, `〒150`; six digits in India."""
    if word.startswith("〒") or shape(word) == "999-9999":
        return "JP"
    found = {"99999-999": "BR", "99-999": "PL", "9999-999": "PT", "9999AA": "NL"}.get(shape(word))
    if found:
        return found
    spoken = f" {' '.join(folded(w) for w in words)} "
    if shape(word) in {"99999", "999999", "9999", "99999-9999"}:
        return next((code for name, code in LONG.items() if f" {name} " in spoken), "")
    return ""


def shape(word: str) -> str:
    """Its letters as A, its digits as 9: "M1" gives "A9"; nothing for a long word."""
    if len(word) > 10:
        return ""
    return "".join("9" if c.isdigit() else "A" if c.isupper() else c for c in word)
