"""The lines of a mail's text, and what each of them was found to be."""

from dataclasses import dataclass, field
from enum import Enum, auto

from mailflow.reading.html_marks import Hint

PROMPTS = frozenset({"SQL", "PS", "CMD", "DB", "R", "Q"})
WRAP_WIDTH = 60


class Sort(Enum):
    """What one line is."""

    OWN = auto()
    QUOTED = auto()
    SIGNED = auto()


@dataclass(slots=True)
class Page:
    """The lines of a mail and what each was found to be."""

    lines: list[str]
    sorts: list[Sort] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    """How deep the client's own containers quote each line; empty for plain text."""
    hints: list[Hint | None] = field(default_factory=list)
    initials: frozenset[str] = frozenset()
    """Names that mark quoted lines in this mail, as in `JR> text`."""
    marks: str = ">"
    """The characters that mark quoted lines here: some people's mailers use `|` or `:`."""

    def is_marked(self, at: int) -> bool:
        """Whether line `at` bears a `>` or stands in a quoting container."""
        if self.depths and self.depths[at]:
            return True
        line = self.lines[at].lstrip(" \t\u00a0")
        if line and line[0] in self.marks:
            return not (line.startswith(">>>") and line.rstrip().endswith("<<<"))  # >>> so <<<
        return bool(self.initials) and line.partition(">")[0] in self.initials

    def hint(self, at: int) -> Hint | None:
        return self.hints[at] if self.hints else None

    def mark(self, start: int, end: int, sort: Sort) -> None:
        self.sorts[start:end] = [sort] * (min(end, len(self.sorts)) - start)


def initials(lines: list[str]) -> frozenset[str]:
    """Initials or a first name before `>` that begin at least two lines (Supercite's way)."""
    seen: dict[str, int] = {}
    for line in lines:
        name, mark, _ = line[:20].lstrip().partition(">")
        if mark and name[:1].isupper() and name.isalpha() and name not in PROMPTS:
            seen[name] = seen.get(name, 0) + 1
    return frozenset(name for name, count in seen.items() if count >= 2)


def is_torn(page: Page, at: int) -> bool:
    """An unmarked line that some server wrapped off the long quoted line above it."""
    lines = page.lines
    if at == 0 or at + 1 >= len(lines) or page.depths or not page.is_marked(at + 1):
        return False
    above, line = lines[at - 1].rstrip(), lines[at].strip()
    if not line or not page.is_marked(at - 1) or len(line) > WRAP_WIDTH:
        return False
    if _is_link_tail(line):
        return True
    if len(above) < WRAP_WIDTH:
        return False
    if above[-1] in ".!?" and len(above) < WRAP_WIDTH:
        return False
    return line[0].islower() or line[0] in "(<)"


def _is_link_tail(line: str) -> bool:
    """A word or two with the marks of an address torn in two: `_nonce=3dd518)`."""
    words = line.split()
    return len(words) <= 2 and any(mark in line for mark in "=/)") and "://" not in line[1:4]
