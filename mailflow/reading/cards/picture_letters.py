"""Words of a name put right: letters that cannot stand there, words that lost their space."""

from mailflow.model.text import folded
from mailflow.reading.cards import person
from mailflow.reading.cards.given_names import GIVEN
from mailflow.reading.cards.picture_evidence import Evidence
from mailflow.reading.cards.picture_spelling import distance

DOCTORS = ("dr", "prof", "ing", "mag", "dipl")
FACULTIES = frozenset(
    ["med", "rer", "nat", "phil", "jur", "iur", "habil", "hc", "h.c", "dent", "vet", "oec", "techn",
     "mult", "ing", "pol", "theol", "agr", "univ", "publ", "sc", "soc", "paed", "psych", "cult"]
)  # fmt: skip
"""What follows a German Dr.: small and with a point."""
EASTERN = 0x2E80
"""Han, kana and Hangul begin here."""
SINGLE = frozenset({"la", "le", "lo", "li"})


def mended(text: str) -> str:
    """Letters that cannot stand where they do: a small l that begins a name is a capital I, a
    capital I between small letters an l, digits inside a word letters."""
    return " ".join(_mended(word) for word in _spaced(text).split())


def is_titular(word: str) -> bool:
    """Whether it is a title such as `Dr.`, also one misread (`Dt.`, `Ptof.`)."""
    plain = person.plain(word)
    is_near = word.endswith(".") and 1 < len(plain) < 6 and plain[0] in "dpim"
    return person.is_honorific(word) or (
        is_near and any(distance(plain, title, 1) == 1 for title in DOCTORS)
    )


def _spaced(text: str) -> str:
    """`Dr.Jane` and `J.Roe` with the blank that belongs behind the point."""
    behind = zip(text, text[1:] + "  ", text[2:] + "  ", strict=False)
    return "".join(
        ". " if c == "." and first.isupper() and second.islower() else c
        for c, first, second in behind
    )


def _mended(word: str) -> str:
    if len(word) < 3 or "." in word[:-1]:
        return word
    is_shouted = sum(c.isupper() for c in word) > len(word) / 2
    out = [_letter(word, at, is_shouted=is_shouted) for at in range(len(word))]
    return "".join(out)


def _letter(word: str, at: int, *, is_shouted: bool) -> str:
    character = word[at]
    before, behind = word[at - 1 : at] if at else "", word[at + 1 : at + 2]
    if character == "l" and (not before or before == "-") and behind.isalpha():
        is_particle = folded(word).strip(".,") in person.PARTICLES | SINGLE
        return character if is_particle else "I"
    if is_shouted:
        around = before.isupper() or behind.isupper()
        return {"l": "I", "0": "O", "1": "I", "|": "I"}.get(character, character) if around else (
            character)  # fmt: skip
    if before.islower() and (behind.islower() or not behind):
        return {"I": "l", "0": "o", "1": "l", "|": "l"}.get(character, character)
    return character


def parted(text: str, of: Evidence) -> str:
    """`JANEROE` parted where the pieces of an address say so, `JaneRoe` at its capital."""
    words = text.split()
    out: list[str] = []
    for word in (w.rstrip(",") for w in words):
        plain = folded(word)
        cut = next(
            (len(t) for tokens in of.tokens for t in tokens
             if len(t) > 2 and len(plain) - len(t) > 2 and plain.startswith(t)
             and plain[len(t) :] in tokens), 0,
        ) if len(word) > 5 and len(plain) == len(word) else 0  # fmt: skip
        cut = cut or _capital_inside(word)
        out += [word[:cut], word[cut:]] if cut else [word]
    return " ".join(out)


def _capital_inside(word: str) -> int:
    """Where a second word begins in `JaneRoe`; not in `McRoe`, `DeLuca`, `O'Roe`."""
    if len(word) < 6 or not word.isalpha() or word.isupper():
        return 0
    cuts = [at for at in range(3, len(word) - 2) if word[at].isupper() and word[at - 1].islower()]
    is_prefix = folded(word).startswith(("mac", "van", "von", "fitz", "della", "del", "dos", "san"))
    return cuts[0] if len(cuts) == 1 and not is_prefix else 0


def _is_degree(word: str) -> bool:
    """`GRI`, `Ph.D.`, `MBBS`: letters behind a name; no given name has so many capitals."""
    plain = word.strip("().®™*")
    is_short = 1 < len(plain) < 7 and plain.upper() == plain and folded(plain) not in GIVEN
    return person.is_suffix(word) or is_short or sum(c.isupper() for c in plain) > len(plain) / 2


def without_degrees(text: str) -> str:
    """`Prof. Dr. med. Jane Roe` without the faculties behind its titles."""
    head, comma, tail = text.partition(",")
    behind = tail.replace(",", " ").split()
    if comma and len(head.split()) > 1 and all(_is_degree(w) for w in behind):
        text = head
    words = text.split()
    kept = [
        w for at, w in enumerate(words)
        if not (at and w.endswith(".") and w.islower() and w.strip(".") in FACULTIES)
    ]  # fmt: skip
    return " ".join(kept)


def scripts(text: str) -> list[str]:
    """`Jane Roe 简·罗` as its part in Latin letters and its part in Han, kana or Hangul."""
    words = text.replace("(", " ").replace(")", " ").split()
    eastern = [w for w in words if any(ord(c) > EASTERN for c in w)]
    latin = [w for w in words if w not in eastern]
    return [" ".join(latin), " ".join(eastern)] if eastern and latin else []
