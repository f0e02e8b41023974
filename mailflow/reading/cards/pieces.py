"""One line of a signature or card taken apart: addresses, links, numbers, and the text between."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mailflow.model.address import Address
from mailflow.model.text import folded, printable
from mailflow.reading.cards.vocabulary import (
    EMAIL,
    FAX,
    LABELS,
    MOBILE,
    PHONE,
    POSTAL,
    REGISTER,
    REGISTERED,
    TOPS,
    URL,
)
from mailflow.reading.names import bare

MAX_LINES = 60
MAX_LINE = 300
SEPARATORS = ("|", "•", "·", "▪", "●", "∙", "‧", "│", "¦", "\t", "  ", " // ", "►", "◆")
IN_NUMBER = frozenset("0123456789+()[]./- \u00a0–‑")
MIN_DIGITS, MAX_DIGITS = 7, 15
MAX_POSTCODE = 8


@dataclass(frozen=True, slots=True)
class Number:
    """A run of digits that could be a phone number, with what its label says it is."""

    text: str
    kind: str


@dataclass(slots=True)
class Piece:
    """One stretch of a line, between separators. `line` counts from 1; `text` is what is left once
    the labels, addresses, links and numbers are out; `label` the first label's kind."""

    line: int
    written: str
    text: str = ""
    label: str = ""
    emails: list[Address] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)


def pieces(text: str) -> list[Piece]:
    """The pieces of the first 60 lines, 300 characters each, in order."""
    found: list[Piece] = []
    for number, line in enumerate(text.splitlines()[:MAX_LINES], start=1):
        for part in _parted(line[:MAX_LINE]):
            piece = _taken_apart(number, part)
            above = LABELS.get(label_key(found[-1].written)) if found else None
            if above in {PHONE, MOBILE, FAX, REGISTER} and not piece.label:
                _label(piece, above)
            found.append(piece)
    return found


def _label(piece: Piece, kind: str) -> None:
    """Give its numbers the label that stands alone on the line above them."""
    piece.label = kind
    piece.numbers = [replace(n, kind=n.kind or kind) for n in piece.numbers]


def _parted(line: str) -> Iterator[str]:
    for separator in SEPARATORS:
        line = line.replace(separator, "\n")
    for part in line.split("\n"):
        cleaned = printable(part).strip(" *_~>")
        if any(c.isalnum() for c in cleaned):
            yield cleaned


def _taken_apart(line: int, written: str) -> Piece:
    piece = Piece(line, written)
    words: list[str] = []
    for word in written.replace("<", " <").replace(">", "> ").split():
        head, colon, tail = word.partition(":")
        if colon and tail and folded(head).strip(".") in LABELS and not tail.startswith("//"):
            words += [head + ":", tail]
        else:
            words.append(word)
    kept: list[str] = []
    for word in words:
        address = bare(word.strip("()[]<>,;|")) if "@" in word[1:] else None
        if address is not None:
            piece.emails.append(address)
            _drop_label(kept, piece, {EMAIL})
        elif (link := _link(word)) is not None:
            piece.urls.append(link)
            _drop_label(kept, piece, {URL})
        else:
            kept.append(word)
    piece.text = _without_numbers(" ".join(kept), piece).strip(" ,;:-–—/|")
    if piece.text.count("(") != piece.text.count(")"):
        piece.text = piece.text.strip(" ()")
    return piece


def _drop_label(kept: list[str], piece: Piece, kinds: set[str]) -> None:
    """Take the label words off the end of what was kept: they belong to what follows them."""
    while kept and LABELS.get(label_key(kept[-1])) in kinds:
        piece.label = piece.label or next(iter(kinds))
        kept.pop()


def label_key(word: str) -> str:
    return folded(word).strip(".:()[]/|,;-")


def _link(word: str) -> str | None:
    """A web address: with a scheme or `www.`, or a host with an ending that hosts have."""
    text = word.strip("()[]<>,;|\"'").rstrip(".:")
    lowered = text.lower()
    if lowered.startswith(("http://", "https://")):
        return text if len(text) > 10 else None
    host = lowered.partition("/")[0]
    labels = host.split(".")
    is_host = len(labels) > 1 and all(
        x and x.replace("-", "").isalnum() and x[0] != "-" for x in labels
    )
    if not is_host or "@" in text or not any(c.isalpha() for c in labels[-2]):
        return None
    if labels[0] == "www" and len(labels) > 2:
        return text
    return text if labels[-1] in TOPS and len(labels[-2]) > 1 and lowered == host.lower() else (
        text if labels[-1] in TOPS and "/" in text and len(labels[-2]) > 1 else None)  # fmt: skip


def _without_numbers(text: str, piece: Piece) -> str:
    """Move the numbers of `text` into the piece, each with the label before it; one pass."""
    kept: list[str] = []
    start = 0
    while start < len(text):
        if not _begins_number(text, start):
            kept.append(text[start])
            start += 1
            continue
        end = start
        while end < len(text) and text[end] in IN_NUMBER:
            end += 1
        run = text[start:end]
        parts = _whole_numbers(run)
        kind, dropped = _label_before("".join(kept)) if parts else ("", 0)
        if parts and (kind or _is_dialled(parts, run, text)):
            kept = kept[: len(kept) - dropped]
            for part in parts:
                piece.numbers.append(Number(part, kind))
            piece.label = piece.label or kind
            kept.append(" ")
        else:
            kept.append(run)
        start = end
    left = " ".join("".join(kept).split())
    words = left.split()
    if words and piece.numbers and all(LABELS.get(label_key(w)) in {PHONE, MOBILE, FAX} or
                                       not label_key(w) for w in words):  # fmt: skip
        return ""
    return _without_leading_label(left, piece)


def _is_dialled(parts: list[str], run: str, text: str) -> bool:
    """Whether an unlabelled run is a number to dial and not the postcode of an address line."""
    if "〒" in text:
        return False
    if len(parts) > 1 or parts[0][0] in "+(" or _digits(parts[0]) > MAX_POSTCODE:
        return True
    words = [w for w in text.replace(run, " ").split() if w.strip(",.").isalpha() and len(w) > 1]
    return len(words) < 2


def _begins_number(text: str, at: int) -> bool:
    if text[at] == "+":
        return True
    if text[at] not in "(0123456789":
        return False
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] in "-#")


def _whole_numbers(run: str) -> list[str]:
    """The numbers in a run of number characters: parted before a `+` or a bracketed area code
    behind a whole number, and at ` / ` or ` - ` between two whole ones."""
    found: list[str] = []
    start = 0
    for at in range(1, len(run)):
        if run[at] in "+(" and _digits(run[start:at]) >= MIN_DIGITS and run[at - 1] in " /":
            found += _one_or_two(run[start:at])
            start = at
    return found + _one_or_two(run[start:])


def _one_or_two(run: str) -> list[str]:
    for separator in (" / ", " - ", " – ", "/"):
        parts = [p.strip(" -–/.,") for p in run.split(separator)]
        if len(parts) > 1 and all(MIN_DIGITS <= _digits(p) <= MAX_DIGITS for p in parts):
            return parts
    text = run.strip(" -–/.,")
    text = text[:-1].rstrip() if text.endswith("(") else text
    return [text] if MIN_DIGITS <= _digits(text) <= MAX_DIGITS else []


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)


def _label_before(text: str) -> tuple[str, int]:
    """The kind the last words say the number is, and how many characters they take."""
    words = text.split()
    taken = 0
    kind = ""
    for word in reversed(words[-3:]):
        found = LABELS.get(label_key(word))
        if found not in {PHONE, MOBILE, FAX, REGISTER} and label_key(word):
            break
        kind = found if found in {FAX, REGISTER} or (found == MOBILE and kind != FAX) else (
            kind or found or "")  # fmt: skip
        taken += 1
    if not taken:
        return "", 0
    rest = text.rstrip()
    for word in reversed(words[-taken:]):
        rest = rest[: len(rest) - len(word)].rstrip()
    return kind, len(text) - len(rest)


def _without_leading_label(text: str, piece: Piece) -> str:
    """`Address: …`, `Company: …`: the label goes into the piece, what it labels stays."""
    head, colon, tail = text.partition(":")
    if folded(text).startswith(REGISTERED) and (colon or any(c.isdigit() for c in text)):
        piece.label = REGISTER
        return text
    kind = LABELS.get(label_key(head)) if colon and len(head) < 30 else None
    if kind is None:
        return text
    piece.label = piece.label or kind
    return tail.strip() if kind != POSTAL or tail.strip() else ""
