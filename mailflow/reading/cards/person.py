"""Names of people: given and family name, and whether a name and an address belong together."""

from mailflow.model.address import Address
from mailflow.model.text import folded, printable

HONORIFICS = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "herr", "frau",
     "monsieur", "madame", "mme", "mlle", "m", "sr", "sra", "srta", "don", "dona", "dott",
     "dottssa", "ing", "dipl-ing", "dipling", "mag", "ir", "drs", "avv", "arch", "eng", "er",
     "dra", "lic", "rev", "hon", "capt", "col", "univ-prof", "dipl-kfm", "dipl-inf", "ra", "rain",
     "dr-ing", "dring", "dipl-ok", "dipl-psych", "dipl-des", "univprof", "pd", "tekn", "adv",
     "atty", "fr", "dato", "datuk", "datin", "engr", "arq", "cav", "geom", "rag", "bc", "mgr",
     "mvdr", "mudr", "judr", "rndr", "phdr", "dna"]
)  # fmt: skip
SUFFIXES = frozenset(
    ["mbbs", "fracgp", "frcs", "frcp", "mrcp", "bds", "bvsc", "dvm", "rph", "sphr", "ceng", "riba",
     "raia", "mrics", "frics", "cfp", "cma", "csm", "psm", "edd", "psyd", "lcsw", "mfa", "mpa",
     "mpp", "hons", "phd", "md", "mba", "cpa", "esq", "jr", "sr", "ii", "iii", "iv", "msc", "bsc",
     "ma", "ba", "llm", "llb", "jd", "pmp", "cfa", "dds", "dmd", "rn", "pe", "emba", "mph",
     "dphil", "meng", "beng", "cissp", "aia", "frsa", "obe", "mbe", "btech", "mtech", "ca", "acca",
     "fca", "pharmd"]
)  # fmt: skip
ON_BEHALF = ("i.a. ", "i. a. ", "i.v. ", "i. v. ", "ppa. ", "ppa ", "p.p. ", "p.o. ")
"""Before a name they say that it signs for another."""

PARTICLES = frozenset(
    ["van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "do", "du", "la",
     "le", "ten", "ter", "te", "zu", "zum", "zur", "vom", "af", "av", "bin", "ibn", "al", "el",
     "'t", "’t", "ʼt", "st", "mac", "abu", "ben", "san", "y", "e", "op", "d'", "van't", "dalla",
     "lo", "los", "las"]
)  # fmt: skip
MAX_PRONOUNS = 20
JOINT = '.,;:()"“”'


def plain(word: str) -> str:
    """A word of a name folded and without dots, to look it up: "Ph.D." gives "phd"."""
    return folded(word).replace(".", "").strip(JOINT + " ")


def is_honorific(word: str) -> bool:
    return plain(word) in HONORIFICS


def is_suffix(word: str) -> bool:
    return plain(word) in SUFFIXES


def without_behalf(text: str) -> str:
    """The name without the `i.A.` or `ppa.` of somebody who signs for another."""
    lead = next((lead for lead in ON_BEHALF if text.lower().startswith(lead)), "")
    return text[len(lead) :]


def _without_pronouns(text: str) -> str:
    """`Jane Roe (she/her)` as `Jane Roe`."""
    head, opened, tail = text.rpartition("(")
    is_pronouns = opened and head.strip() and "/" in tail and len(tail) <= MAX_PRONOUNS
    return head.strip() if is_pronouns else text


def straight(name: str) -> str:
    """The name in reading order: "ROE, Jane (Ms)" gives "Jane Roe"; one all in capitals or all in
    small letters is given capitals where they belong."""
    text = printable(name, 120).strip(" ,;\"“”'")
    text = _without_pronouns(without_behalf(text))
    head, comma, tail = text.partition(",")
    if comma and tail.strip() and not all(is_suffix(w) for w in tail.replace(",", " ").split()):
        first = [w for w in tail.replace(",", " ").split() if not w.startswith("(")]
        if first and len(head.split()) <= 3 and len(first) <= 3:
            text = " ".join([*first, head.strip()])
    if len(text) > 3 and (text.isupper() or text.islower()):
        return " ".join(_capital(word) for word in text.split())
    return " ".join(_capital(w) if _is_shouted(w) else w for w in text.split())


def capitals(text: str) -> str:
    """Words all in capitals or all in small letters with capitals where they belong."""
    return " ".join(_capital(w) if _is_shouted(w) or w.islower() else w for w in text.split())


def _is_shouted(word: str) -> bool:
    return len(word) > 2 and word.isupper() and "." not in word and not is_suffix(word)


def _capital(word: str) -> str:
    """One word with its capitals, also behind hyphen and apostrophe; particles stay small."""
    low = word.lower()
    if low in PARTICLES and len(low) > 1:
        return low
    out: list[str] = []
    start = True
    for at, character in enumerate(low):
        out.append(character.upper() if start else character)
        start = character == "-" or (character in "'’" and at == 1) or low[: at + 1] == "mc"
    return "".join(out)


def split(name: str, *, family_first: bool = False) -> tuple[str, str]:
    """Given and family name without titles and suffixes; either may be empty.

    A surname in capitals, a particle (van, de la) or the Han script tells the order; else the last
    word is the family name, the first with `family_first` (Hungarian, Chinese, Korean, Vietnamese).
    """
    words = [w.strip(",") for w in straight(name).split() if not w.startswith("(")]
    while len(words) > 1 and is_honorific(words[0]):
        words = words[1:]
    while len(words) > 2 and is_suffix(words[-1]):
        words = words[:-1]
    if len(words) < 2:
        return _han(words[0]) if words else ("", "")
    if all(_is_east_asian(w) for w in words):
        return "".join(words[1:]), words[0]
    capitals = [w.isupper() and len(w) > 2 and "." not in w for w in words]
    if any(capitals) and not all(capitals):
        family = [w for w, is_family in zip(words, capitals, strict=True) if is_family]
        given = [w for w, is_family in zip(words, capitals, strict=True) if not is_family]
        while given and given[-1].lower() in PARTICLES and words[-1].isupper():
            family.insert(0, given.pop())
        return " ".join(given), " ".join(_capital(w) for w in family)
    if family_first:
        return " ".join(words[1:]), words[0]
    for at in range(1, len(words) - 1):
        if folded(words[at]) in PARTICLES and words[at][0].islower():
            return " ".join(words[:at]), " ".join(words[at:])
    return " ".join(words[:-1]), words[-1]


def _is_east_asian(word: str) -> bool:
    """Han, Hiragana or Hangul: the family name comes first. Katakana is for foreign names."""
    return all("\u3041" <= c <= "\u309f" or "\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3"
               for c in word)  # fmt: skip


def _han(word: str) -> tuple[str, str]:
    """A name in one piece: in Han and Hangul script the first character is the family name."""
    return (word[1:], word[0]) if 2 <= len(word) <= 4 and _is_east_asian(word) else (word, "")


def agreement(name: str, address: Address | None) -> float:
    """How far the local part speaks for the name: 1.0 it holds a part of it, 0.5 initials only or
    nothing to compare, 0.0 it looks like somebody else's."""
    if address is None:
        return 0.5
    local = folded(address.local.partition("+")[0])
    letters = "".join(c for c in local if c.isalpha())
    words = [_letters(w) for w in straight(name).replace("-", " ").split()]
    words = [w for w in words if w and w not in HONORIFICS | SUFFIXES]
    if not letters or not words or not letters.isascii() or not "".join(words).isascii():
        return 0.5
    if any(len(spelt) >= 3 and spelt in letters for w in words for spelt in _spellings(w)):
        return 1.0
    if any(len(w) == 2 and w in letters for w in words) or letters in words[0]:
        return 0.8
    initials = "".join(w[0] for w in words)
    if letters in {initials, initials[0] + initials[-1], initials[::-1]}:
        return 0.8
    return 0.0 if len(letters) > 3 else 0.5


def _letters(word: str) -> str:
    return "".join(c for c in folded(word) if c.isalpha())


def _spellings(word: str) -> tuple[str, ...]:
    """As addresses write it: whole, or cut to its beginning (`benj` for Benjamin)."""
    umlaut = word.replace("o", "oe").replace("u", "ue").replace("a", "ae")
    return (word, word[:4], umlaut) if len(word) > 4 else (word, umlaut)


def from_local_part(address: Address) -> str:
    """The name a local part such as `jane.roe` spells, else nothing; a guess, to be said so."""
    pieces = address.local.partition("+")[0].replace("_", ".").split(".")
    if len(pieces) not in {2, 3} or not all(p.isalpha() and len(p) > 1 for p in pieces):
        return ""
    return " ".join(_capital(piece) for piece in pieces)
