"""Given and family name of a printed name: capitals, addresses and the country tell the order."""

from mailflow.model.text import folded
from mailflow.reading.cards import person
from mailflow.reading.cards.given_names import FAMILY_FIRST, GIVEN
from mailflow.reading.cards.picture_evidence import Evidence
from mailflow.reading.cards.picture_spelling import letters

JOINED = {"MO": "HK", "MY": "SG"}
ALWAYS = frozenset({"VN", "KR"})
TWO_SURNAMES = frozenset({"ES", "MX", "AR", "CL", "CO", "PE", "VE", "UY", "EC", "CR", "BO", "GT"})
UPPER_PARTICLES = frozenset(["de", "di", "del", "della", "van", "von", "al", "el", "st", "le", "la",
                             "dos", "da", "mac", "bin", "ben", "ibn"])  # fmt: skip


def parts(name: str, printed: str, of: Evidence, region: str) -> tuple[str, str]:
    """Given and family name of `name`; `printed` is it as it stands on the card, where capitals may
    mark the family name. Either may be empty."""
    words = [w for w in name.replace(",", " ").split() if not person.is_suffix(w)]
    if len(words) < 2 or any(ord(c) > 0x2E80 for c in name):
        return person.split(name)
    if marked := _marked(words, printed):
        return marked
    if _is_family_first(words, of, region):
        return " ".join(words[1:]), words[0]
    if region in TWO_SURNAMES and len(words) == 3 and not _is_given(words[1]):
        return words[0], " ".join(words[1:])
    for at in range(1, len(words) - 1):
        if folded(words[at]) in UPPER_PARTICLES:
            return " ".join(words[:at]), " ".join(words[at:])
    return person.split(name)


def _marked(words: list[str], printed: str) -> tuple[str, str] | None:
    """The family name is what alone stands in capitals: `Jane ROE`, `ROE Jane`."""
    shouted = {
        letters(w) for w in printed.replace(",", " ").split()
        if len(w) > 1 and w.isupper() and "." not in w and not person.is_suffix(w)
    }  # fmt: skip
    family = [w for w in words if letters(w) in shouted]
    given = [w for w in words if letters(w) not in shouted]
    if not family or not given or not any(len(w) > 2 for w in given):
        return None
    return " ".join(given), " ".join(family)


def _is_given(word: str) -> bool:
    return folded(word) in GIVEN


def _is_family_first(words: list[str], of: Evidence, region: str) -> bool:
    """In countries that write so: by the address (`eszter.kovacs`), the known names, or custom."""
    first, last = letters(words[0]), letters(words[-1])
    if region == "HU":
        return _spelled(first, last, of) if not _is_given(words[0]) else False
    surnames = FAMILY_FIRST.get(JOINED.get(region, region), "").split()
    if not surnames or (_is_given(words[0]) and region not in {"CN", "VN"}):
        return False
    if first in surnames and (last not in surnames or region in ALWAYS):
        return True
    return first in surnames and not _spelled(last, first, of)


def _spelled(first: str, last: str, of: Evidence) -> bool:
    """Whether an address has the last word before the first, as `eszter.kovacs` has."""
    found = any(
        len(tokens) > 1 and last.startswith(tokens[0]) and tokens[-1] == first
        for tokens in of.tokens
    )  # fmt: skip
    return found or (last in GIVEN and first not in GIVEN)
