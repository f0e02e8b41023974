"""Addresses in a field that holds nothing else: only what stands there as a word of its own."""

from collections.abc import Iterator

from mailflow.model.address import MAX_LENGTH, Address
from mailflow.model.text import printable

MAX_FIELD = 2_000
MAX_BAD = 20
CLOSES = {'"': '"', "(": ")"}
BREAKS = "<>[] "
SEPARATES = ",;"
ENDS = "'‘’“”„«»*:"
"""Marks around a word that no address begins or ends with."""


def addresses(text: str) -> tuple[list[Address], list[str]]:
    """The addresses, each once in order, and the pieces that should be one and are none.

    Pieces are parted at commas and semicolons. A piece may bear a name before its address, or
    `mailto:`; quoted names and comments are passed over (RFC 5322 §3.2). A piece with two different
    addresses, with an open quote, or with a quote or comment joined to a word is none: another
    address than the writer's would be read from it.
    """
    found: dict[Address, None] = {}
    bad: list[str] = []
    plain = printable(text, MAX_FIELD)
    if plain.count('"') == 2 and plain[0] == plain[-1] == '"':  # the program quotes every value
        plain = plain[1:-1].strip()
    # a text that is cut may end amid an address
    pieces = None if len(text) > MAX_FIELD else _pieces(plain)
    if pieces is None:
        return [], [printable(plain, 60)]
    for piece in pieces:
        address = _one(piece)
        if address is not None:
            found.setdefault(address)
        elif piece.strip() and len(bad) < MAX_BAD and ("@" in piece or "<" not in plain):
            bad.append(printable(piece, 60))
    if plain and not found and not bad:
        bad = [printable(plain, 60)]
    return list(found), bad


def address(text: str) -> Address | None:
    """The one address of a field; None when there is none or more than one."""
    found, bad = addresses(text)
    return found[0] if len(found) == 1 and not bad else None


def _pieces(text: str) -> list[str] | None:
    """Parted at separators, what is quoted or a comment left out; None when that is not closed, or
    joined to a word."""
    pieces = [""]
    at = 0
    for start, end in _passages(text):
        if end < 0 or not (_is_apart(text[start - 1 : start]) and _is_apart(text[end : end + 1])):
            return None
        _add(pieces, text[at:start] + " ")
        at = end
    _add(pieces, text[at:])
    return pieces


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Where quoted strings and comments begin and end, in one pass; -1 for one that stays open."""
    start, open_by, depth = -1, "", 0
    is_escaped = False
    for at, char in enumerate(text):
        if is_escaped:
            is_escaped = False
        elif start < 0:
            if char in CLOSES:
                start, open_by, depth = at, char, 1
        elif char == "\\":
            is_escaped = True
        elif char == CLOSES[open_by]:
            depth -= 1
            if depth == 0:
                yield start, at + 1
                start = -1
        elif char == open_by:
            depth += 1
    if start >= 0:
        yield start, -1


def _add(pieces: list[str], text: str) -> None:
    for separator in SEPARATES[1:]:
        text = text.replace(separator, SEPARATES[0])
    head, *tail = text.split(SEPARATES[0])
    pieces[-1] += head
    pieces += tail


def _is_apart(beside: str) -> bool:
    return not beside or beside in BREAKS or beside in SEPARATES


def _one(piece: str) -> Address | None:
    """The only address among the words of a piece."""
    if "\\" in piece or len(piece) > MAX_LENGTH * 3:
        return None
    piece = "@".join(part.strip() for part in piece.split("@"))
    for mark in BREAKS:
        piece = piece.replace(mark, " ")
    words = [_plain(word) for word in piece.split() if "@" in word]
    found = {Address.maybe(word) for word in words}
    return found.pop() if len(found) == 1 else None


def _plain(word: str) -> str:
    word = word.strip(ENDS)
    if word[:7].lower() == "mailto:":
        word = word[7:].partition("?")[0]
    return word.rstrip(".")
