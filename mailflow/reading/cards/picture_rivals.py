"""Other readings of the local part of an address, and how far the name speaks for each."""

from mailflow.model.address import Address
from mailflow.reading.cards import picture_evidence
from mailflow.reading.cards.picture_address import Found
from mailflow.reading.cards.picture_evidence import evidence
from mailflow.reading.cards.picture_labels import kind
from mailflow.reading.cards.picture_lines import Line
from mailflow.reading.cards.picture_spelling import distance, letters
from mailflow.reading.cards.vocabulary import EMAIL

MAX_RIVALS = 12
COMMON = ("info", "contact", "office", "sales", "hello", "kontakt", "mail", "support", "admin")
"""Shared mailboxes that stand on many cards."""


def is_odd(local: str) -> bool:
    """A capital I in a local part that is small otherwise is an l or an i."""
    return "I" in local and local.upper() != local and sum(c.isupper() for c in local) == (
        local.count("I"))  # fmt: skip


def level(local: str, name: str) -> int:
    if not name:
        return 0
    address = Address.maybe(f"{local.lower()}@a.com")
    if address is None:
        return -1
    return picture_evidence.support(name, evidence([address], ())).level


def rivals(found: Found, line: Line) -> list[str]:
    """Other readings of a local part: l for I, letters for digits, without a label stuck to its
    front, with the word before it that a lost low line belongs to."""
    read = found.address.local
    out: list[str] = []
    if "I" in read:
        out += [read.replace("I", "l"), read.replace("I", "i")]
        out += [r.lower() for r in (read.replace("I", "l", 1), read.replace("I", "i", 1))]
    if found.glued:
        out.append(found.glued)
    if read[:1] in "eEmM" and len(read) > 3:
        out.append(read[1:].lstrip("._-:"))
    for digit, letter in (("0", "o"), ("1", "l"), ("1", "i"), ("5", "s"), ("8", "b")):
        if digit in read:
            out.append(read.replace(digit, letter))
    for pair, single in (("rn", "m"), ("m", "rn"), ("vv", "w"), ("cl", "d")):
        if pair in read:
            out.append(read.replace(pair, single))
    valid = [r for r in out if r and r != read and Address.maybe(f"{r}@a.com") is not None]
    return list(dict.fromkeys(valid))[:MAX_RIVALS]


def with_word_before(found: Found, line: Line, name: str) -> str | None:
    """The local part with the small word before it that a blank, or a low line that was lost, has
    parted from it; None where nothing of the kind stands there."""
    before = line.text[: found.start]
    word = before.rstrip().rpartition(" ")[2].rpartition(":")[2]
    if not (before.endswith(" ") and word.islower() and word.isalpha()) or kind(word) == EMAIL:
        return None
    local = found.address.local.lower()
    if level(word, name) == 2 and level(f"{word}_{local}", name) == 2:
        return f"{word}_{local}"
    is_whole = level(word + local, name) > max(0, level(local, name))
    return word + local if is_whole else None


def by_name(read: str, name: str) -> str | None:
    """The local part with the one letter put right by which it misses a word of the name."""
    address = Address.maybe(f"{read}@a.com")
    if not name or address is None:
        return None
    found = picture_evidence.support(name, evidence([address], ()), closely=True)
    if not found.word or not found.instead or not read.isascii():
        return None
    spelled = letters(found.word)
    lowered = read.lower()
    if found.instead not in lowered or not spelled.isascii():
        return None
    return lowered.replace(found.instead, spelled, 1)


def role_near(read: str) -> str:
    """The shared mailbox that a local part is a letter off: `nfo` of `info`; else nothing."""
    plain = read.lower()
    return next((r for r in COMMON if plain != r and distance(plain, r, 1) == 1), "")
