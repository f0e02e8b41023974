"""Numbers to dial found in a line as an engine read it, each with what its label says it is."""

from dataclasses import dataclass

from mailflow.reading.cards import picture_labels
from mailflow.reading.cards.picture_labels import DIALLED
from mailflow.reading.cards.vocabulary import FAX, MOBILE

IN_NUMBER = frozenset("0123456789+()[]./- –—~*'_")
TWINS = {"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "i": "1", "|": "1", "!": "1",
         "S": "5", "s": "5", "B": "8", "Z": "2", "z": "2", "q": "9", "g": "9"}  # fmt: skip
"""Letters that stand for digits when digits are around them."""
MIN_DIGITS, MAX_DIGITS = 7, 15
MAX_GROUP = 20
TRAILING = frozenset("FMCfmc")
"""Labels of one letter that also stand behind a number."""
EXTENSIONS = ("ext", "x", "extn", "durchwahl", "dw", "#", "int", "poste", "anexo", "ramal",
              "interno", "dahili", "wew", "w", "内线", "轉", "转", "分機", "内線")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line that could be one number or several. `kind` is its label's, else empty;
    `mended` counts the letters read as digits."""

    text: str
    kind: str
    start: int
    end: int
    mended: int = 0

    @property
    def digits(self) -> str:
        return "".join(c for c in self.text if c.isdigit())


def runs(text: str) -> list[Run]:
    """The runs of a line in order; a label before one, or in brackets behind it, is its kind, and
    `start` is where the label begins. A number without one has the kind of the number it follows.
    """
    found: list[Run] = []
    floor = at = 0
    while at < len(text):
        if not _begins(text, at):
            at += 1
            continue
        end, mended = _end(text, at)
        raw = text[at:end]
        digits = sum(c.isdigit() for c in raw)
        kind, taken = picture_labels.before(text[floor:at])
        if not kind and at and text[at - 1].isalpha():
            kind, taken = _glued(text, at, floor)
        is_told = kind and len(text[at - taken : at].strip(" .:")) > 2
        if digits < MIN_DIGITS and not (is_told and digits >= 5):
            at = max(end, at + 1)
            continue
        if found and not kind and not text[floor:at].strip(" ,;/|&.-"):
            kind = found[-1].kind
        behind, length = _behind(text[end:])
        shown = _digits(raw).strip(" -–—/.,*~'_")
        found.append(Run(shown, behind or kind, at - taken, end + length, mended))
        floor = at = max(end + length, at + 1)
    return found


def _begins(text: str, at: int) -> bool:
    character = text[at]
    if character == "+":
        return True
    if character == "(":
        return text[at + 1 : at + 2] == "+" or text[at + 1 : at + 2].isdigit()
    if not character.isdigit() or not character.isascii():
        return False
    before = text[at - 1] if at else " "
    if before.isalpha():
        return bool(_glued(text, at, 0)[0])
    return not (before.isdigit() or before == "#")


def _glued(text: str, at: int, floor: int) -> tuple[str, int]:
    """A label stuck to the digits (`Tel030`, `M0171`): its kind and length."""
    start = at
    while start > floor and (text[start - 1].isalpha() or text[start - 1] in "./-&"):
        start -= 1
    word = text[start:at]
    kind = picture_labels.kind(word)
    if kind in DIALLED and (start == 0 or not text[start - 1].isalnum()):
        return kind, at - start
    found = None if word.isascii() else picture_labels.eastern(word)
    return (found, at - start) if found in DIALLED and found is not None else ("", 0)


def _end(text: str, start: int) -> tuple[int, int]:
    """Where the run ends, and how many letters in it stand for digits."""
    at, mended, digits = start, 0, 0
    while at < len(text):
        character = text[at]
        if character.isdigit() and character.isascii():
            digits += 1
        elif character in TWINS and _is_twin(text, at, digits):
            mended += 1
        elif character not in IN_NUMBER:
            break
        at += 1
    while at > start and text[at - 1] in " ([+/-–—~*,'_.":
        at -= 1
    return at, mended


def _is_twin(text: str, at: int, digits: int) -> bool:
    """Whether a letter inside a number is a digit misread: its group has digits enough and no
    letter that is none; `(O)` is a bracketed zero."""
    if text[at - 1 : at] == "(" and text[at + 1 : at + 2] == ")":
        return text[at] in "Oo"
    start = end = at
    while start and (text[start - 1].isalnum() or text[start - 1] == "|"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] == "|"):
        end += 1
    group = text[start:end][:MAX_GROUP]
    count = sum(c.isdigit() for c in group)
    is_like = all(c.isdigit() or c in TWINS for c in group)
    return digits > 0 and is_like and count > 0 and 2 * count >= len(group)


def _digits(raw: str) -> str:
    text = "".join(TWINS.get(c, c) for c in raw)
    return text.replace("—", "-").replace("–", "-").replace("~", "-").replace("_", "-")


def _behind(text: str) -> tuple[str, int]:
    """`(mobile)`, `(M)`, `Fax` at the end: the kind of the label behind a number, its length."""
    stripped = text.lstrip(" -–,")
    lead = len(text) - len(stripped)
    if stripped[:1] in {"(", "["}:
        inner = stripped[1:].replace("]", ")").partition(")")[0]
        kind = picture_labels.kind(inner) if len(inner) <= 12 else None
        if kind in DIALLED and kind is not None:
            return kind, lead + len(inner) + 2
    if extension := _extension(stripped):
        return "", lead + extension
    word = stripped.strip()
    if word.isalpha() and (len(word) > 2 or word in TRAILING):
        kind = picture_labels.kind(word)
        if kind in {MOBILE, FAX}:
            return kind or "", len(text)
    return "", 0


def _extension(text: str) -> int:
    """The length of `ext. 123` or `x123`, else 0."""
    lowered = text.lower()
    for mark in EXTENSIONS:
        if not lowered.startswith(mark):
            continue
        rest = lowered[len(mark) :].lstrip(".: ")
        number = 0
        while number < len(rest) and rest[number].isdigit() and number < 6:
            number += 1
        is_end = number == len(rest) or not rest[number : number + 1].isalnum()
        if number and is_end:
            return len(text) - len(rest) + number
    return 0
