"""What strangers wrote, made fit for one line: printable, of bounded length, nothing hidden."""

import unicodedata

MAX_VALUE = 300
"""Characters of one field of a card; more is cut."""

JOINERS = "\u200c\u200d"
"""Invisible, but part of the spelling in Persian, Indic scripts and emoji."""

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories never shown: controls, bidi overrides, surrogates, private, unassigned."""


def printable(text: str, limit: int = MAX_VALUE) -> str:
    """One printable line of at most `limit` characters: line breaks and runs of white space become
    one space; control characters, bidi overrides (UAX #9) and other invisible ones are dropped."""
    kept: list[str] = []
    spaced = True
    for character in text[: limit * 8]:
        if character.isspace():
            if not spaced:
                kept.append(" ")
            spaced = True
        elif character in JOINERS or unicodedata.category(character) not in HIDDEN:
            kept.append(character)
            spaced = False
        if len(kept) > limit:
            break
    return unicodedata.normalize("NFC", "".join(kept).strip())[:limit].rstrip()


def folded(text: str) -> str:
    """For comparison only: case and accents gone, `ß` as `ss`; "José" gives "jose"."""
    if text.isascii():  # nearly always, and ten times as fast
        return text.lower().replace("`", "'")
    plain = unicodedata.normalize("NFKD", text.translate(LETTERS).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "AE",
     "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "’": "'", "`": "'"}
)  # fmt: skip
"""Letters that Unicode does not take apart."""
