"""Names as they are compared: without case, accents and superfluous space."""

import unicodedata

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
"""Letters that Unicode does not take apart, but a foreign keyboard cannot type."""


def fold(text: str) -> str:
    """`"  Zoë   GRØNDAHL"` and `"zoe grondahl"` fold to the same."""
    if text.isascii():
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(plain.translate(LETTERS).casefold().split())
