"""The lines of a picture made ready for reading: cleaned, labels joined to what they label."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mailflow.model.scan import Page, SeenLine
from mailflow.model.text import printable
from mailflow.reading.cards.picture_labels import ANY, is_label
from mailflow.reading.cards.vocabulary import EMAIL, FAX, MOBILE, PHONE, URL

MAX_LINES = 200
MAX_LINE = 300
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ", 0x3001: ",", 0x3002: ".", 0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2212: "-",
    0x30FB: "·", 0x2019: "'", 0x00B4: "'", 0x2024: ".",
}  # fmt: skip
"""Full-width forms and their like as the plain characters they stand for."""


@dataclass(frozen=True, slots=True)
class Line:
    """One cleaned line; `number` counts from 1 on its page, `page` from 1 in the reading."""

    number: int
    page: int
    text: str
    confidence: float
    left: float
    top: float
    right: float
    bottom: float
    crop: bytes = b""

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 0.0)

    @property
    def has_place(self) -> bool:
        """Whether the engine told where it stands."""
        return self.right > self.left and self.bottom > self.top


def lines_of(page: Page, number: int = 1) -> list[Line]:
    """The first 200 lines of a page, 300 characters each, without empty ones."""
    cleaned = (_line(seen, at, number) for at, seen in enumerate(page.lines[:MAX_LINES], start=1))
    found = [line for line in cleaned if any(c.isalnum() for c in line.text)]
    return _addresses_joined(_labels_joined(found))


def _line(seen: SeenLine, number: int, page: int) -> Line:
    text = _with_letters(printable(seen.text[:MAX_LINE].translate(WIDE)))
    return Line(number, page, text, seen.confidence, seen.left, seen.top, seen.right, seen.bottom,
                seen.crop)  # fmt: skip


def _with_letters(text: str) -> str:
    """A bar between two small letters is an l."""
    if "|" not in text:
        return text
    edges = zip(f" {text}", text, f"{text[1:]} ", strict=False)
    return "".join("l" if c == "|" and a.islower() and b.islower() else c for a, c, b in edges)


def are_in_row(a: Line, b: Line) -> bool:
    """Whether both stand at one height of the page, side by side."""
    if not (a.has_place and b.has_place) or a.page != b.page:
        return False
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > 0.5 * min(a.height, b.height) and (a.right <= b.left or b.right <= a.left)


def is_below(a: Line, b: Line) -> bool:
    """Whether `b` stands right below `a` in the same column."""
    if a.page != b.page:
        return False
    if not (a.has_place and b.has_place):
        return b.number == a.number + 1
    across = min(a.right, b.right) - max(a.left, b.left)
    gap = b.top - a.bottom
    return across > 0 and -0.6 * a.height < gap < 1.2 * max(a.height, b.height) and b.top > a.top


def _labels_joined(lines: list[Line]) -> list[Line]:
    """A label that stands in a box of its own is put before the line it labels: the nearest to its
    right, else the one below."""
    gone: set[int] = set()
    out = list(lines)
    for at, line in enumerate(lines):
        if not is_label(line.text, {EMAIL, PHONE, MOBILE, FAX, URL}):
            continue
        to = _labelled(line, at, lines, gone)
        if to is not None:
            gone.add(at)
            out[to] = replace(out[to], text=f"{line.text.rstrip(' :.')}: {out[to].text}")
    return [line for at, line in enumerate(out) if at not in gone]


def _labelled(label: Line, at: int, lines: Sequence[Line], gone: set[int]) -> int | None:
    others = [(to, line) for to, line in enumerate(lines) if to != at and to not in gone]
    beside = [
        (line.left - label.right, to)
        for to, line in others
        if are_in_row(label, line) and line.left >= label.right - 2
    ]
    if beside:
        return _free(min(beside)[1], lines)
    behind = at + 1
    if behind < len(lines) and (is_below(label, lines[behind]) or not label.has_place):
        return _free(behind, lines)
    return None


def _free(to: int, lines: Sequence[Line]) -> int | None:
    """The line when it bears something to label and is no label itself."""
    text = lines[to].text
    has_value = any(c.isdigit() for c in text) or "@" in text or "." in text
    return to if has_value and not is_label(text, ANY) else None


def _addresses_joined(lines: list[Line]) -> list[Line]:
    """A mail address that goes on in the line below is made one line: parted at the `@` or inside
    its host."""
    out: list[Line] = []
    for line in lines:
        above = out[-1] if out else None
        if above is not None and is_below(above, line) and _goes_on(above.text, line.text):
            sure = min(above.confidence, line.confidence)
            out[-1] = replace(
                above, text=f"{above.text.rstrip()}{line.text.lstrip()}", confidence=sure,
                right=max(above.right, line.right), bottom=line.bottom,
            )  # fmt: skip
        else:
            out.append(line)
    return out


def _goes_on(text: str, behind: str) -> bool:
    """`jane.roe@` and `acme.io`; `jane.roe` and `@acme.io`; `jane@long-` and `name.com`."""
    if " " in behind.strip() or len(text) + len(behind) > MAX_LINE:
        return False
    last = text.rsplit(maxsplit=1)[-1]
    if behind.startswith("@"):
        return "@" not in text and len(behind) > 3 and last[-1].isalnum()
    if "@" not in last or behind.count("@"):
        return False
    host = last.rpartition("@")[2]
    is_open = not host or host[-1] in "-." or "." not in host
    return is_open and "." in f"{host}{behind}" and not behind.lower().startswith(("www", "http"))


def heights(lines: Iterable[Line]) -> list[float]:
    """The heights of the lines whose place is known, largest first."""
    return sorted((line.height for line in lines if line.has_place), reverse=True)
