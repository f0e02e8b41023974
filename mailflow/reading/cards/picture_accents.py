"""Letters that engines and capitals lose: Vietnamese accents, Turkish dotless i, Hungarian ő."""

from unicodedata import combining, normalize

from mailflow.model.text import folded
from mailflow.reading.cards.accented_names import SYLLABLES, USUAL
from mailflow.reading.cards.given_names import GIVEN
from mailflow.reading.cards.picture_spelling import skeleton

LANGUAGES = {"BE": "FR", "LU": "FR", "MC": "FR", "MX": "ES", "AR": "ES", "CL": "ES", "CO": "ES",
             "PE": "ES", "UY": "ES", "EC": "ES", "CR": "ES", "VE": "ES", "MD": "RO"}  # fmt: skip
UNREAD = frozenset({"VN", "NG"})
"""Where names bear accents, below letters or two at once, that engines do not have."""
_ALIKE = {skeleton(given): given for given in sorted(GIVEN) if len(given) > 4}
MIN_SHORT = 4
HUNGARIAN = str.maketrans({"ô": "ő", "õ": "ő", "û": "ű", "ũ": "ű", "Ô": "Ő", "Õ": "Ő", "Û": "Ű"})
CARONS = frozenset({"VN"})
BREVES = str.maketrans({"ǎ": "ă", "Ǎ": "Ă"})
"""Vietnamese and Romanian have the round sign, never the pointed one."""
SOFT = str.maketrans({"t": "ť", "d": "ď", "l": "ľ", "L": "Ľ"})
"""Letters whose háček is printed as an apostrophe."""
ROMANIAN = str.maketrans({"ş": "ș", "ţ": "ț", "Ş": "Ș", "Ţ": "Ț"})
DOTLESS = str.maketrans({"I": "ı", "İ": "i"})


def restored(name: str, region: str, card: str) -> str:
    """The name with letters of the region's language where the engine has none of them and only
    one spelling is known. `card` is the whole text: one that bears no such letter anywhere is
    printed without them, and stays so."""
    if region == "HU":
        return name.translate(HUNGARIAN)
    if region == "RO":
        return name.translate(ROMANIAN).translate(BREVES)
    if region in CARONS:
        name = name.translate(BREVES)
    if region in {"CZ", "SK"}:
        name = _softened(name)
    if region == "VN":
        is_marked = _bears_marks(card)
        return " ".join(_syllable(word, is_marked=is_marked) for word in name.split())
    if region == "TR" and any(c in "ığşİĞŞ" for c in card):
        return " ".join(_known(word, SYLLABLES["TR"]) for word in name.split())
    return name


def _softened(name: str) -> str:
    """Czech and Slovak `Št'astný` as Šťastný."""
    out: list[str] = []
    for character in name.replace("’", "'"):
        if character == "'" and out and out[-1] in "tdlL":
            out[-1] = out[-1].translate(SOFT)
        else:
            out.append(character)
    return "".join(out)


def rival(name: str, region: str) -> str:
    """The name as it is usually spelled in the region, when an accent of it may have been lost in
    reading; else nothing."""
    usual = USUAL.get(LANGUAGES.get(region, region), ())
    usual += tuple(f"{known[:-1]}a" for known in usual if known.endswith(("ski", "cki", "dzki")))
    by_letters = {folded(known): known for known in usual}
    words = [by_letters.get(folded(w), w) if w.casefold() not in map(str.casefold, usual) else w
             for w in name.split()]  # fmt: skip
    spelled = " ".join(words)
    return spelled if spelled.casefold() != name.casefold() else ""


def misread(name: str) -> str:
    """The name with a given name put right of which a word is the misreading ("Lvcía"), when no
    such word is a name itself; else nothing."""
    words = name.split()
    out = [_ALIKE.get(skeleton(w), w) if folded(w) not in GIVEN and len(w) > 4 else w
           for w in words]  # fmt: skip
    spelled = " ".join(w if o == w else _capital(o) for w, o in zip(words, out, strict=True))
    same = all(folded(o)[:1] == folded(w)[:1] for w, o in zip(words, out, strict=True))
    return spelled if spelled != name and same else ""


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


def is_unread(name: str, region: str) -> bool:
    """Whether the name has accents in a language whose letters no engine has all of, and is not
    one of those whose spelling is known."""
    if region not in UNREAD:
        return False
    return any(is_accented(w) and w not in SYLLABLES["VN"] for w in name.split())


def _bears_marks(text: str) -> bool:
    """Whether the text has letters that only accented Vietnamese has."""
    return any(c in "ăđơưĂĐƠƯ" or ord(c) in range(0x1EA0, 0x1EFA) for c in normalize("NFC", text))


def _syllable(word: str, *, is_marked: bool) -> str:
    """A word of a Vietnamese name; on a card without accents only what no name is gets changed."""
    known = _known(word, SYLLABLES["VN"])
    return known if is_marked or len(known) > len(word) else word


def _known(word: str, words: tuple[str, ...]) -> str:
    """The one known spelling that has all accents the word has, and the same letters."""
    plain, marks = _taken_apart(word)
    found = [
        known for known in words
        if _taken_apart(known)[0] == plain and marks <= _taken_apart(known)[1]
    ]  # fmt: skip
    if not found and len(plain) >= MIN_SHORT:
        found = [known for known in words if _is_one_short(plain, folded(known))]
    return found[0] if len(set(found)) == 1 else word


def _is_one_short(plain: str, known: str) -> bool:
    """Whether a word is the known one with a letter lost, not the first: "Nguyn"."""
    cuts = (known[:at] + known[at + 1 :] for at in range(1, len(known)))
    return len(plain) == len(known) - 1 and plain in cuts


def _taken_apart(word: str) -> tuple[str, frozenset[tuple[int, str]]]:
    """Its letters folded, and its accents with their places."""
    marks: list[tuple[int, str]] = []
    at = -1
    for character in normalize("NFD", word.casefold()):
        if combining(character):
            marks.append((at, character))
        else:
            at += 1
    return folded(word), frozenset(marks)


def is_accented(word: str) -> bool:
    """Whether it has a letter with an accent."""
    return any(combining(c) for c in normalize("NFD", word)) or not word.isascii()


def lowered(word: str, region: str) -> str:
    """Small letters behind the first one; in Turkish I is ı and İ is i."""
    rest = word[1:]
    if region in {"TR", "AZ"}:
        rest = rest.translate(DOTLESS)
    return word[0] + rest.lower()
