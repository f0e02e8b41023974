"""How large a summary gets as HTML, and which lines give way so that no client cuts it."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from mailflow.measuring.summary_words import capital, count
from mailflow.model.summary import Line, Section

ROOM = 55_000
"""Bytes of all sections together; with the page around them a summary stays under 60,000, and
mail clients cut at about 100,000."""

FRAME, ROW, NUMBER, QUOTE, REASON, BAR, STEP, STEPS = 900, 165, 265, 145, 75, 800, 82, 275
"""Bytes of markup: of a section, a line, each of its parts, one step and what is around steps."""

LEAST = 2
"""Lines that a section keeps in any case."""

NUMBERED = frozenset({"decide", "offers", "newcomers"})
"""Sections whose lines are picked already, and answered by number."""


def fitted(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with as many lines as there is room for; what gives way is said.

    The last line of the largest section goes first, and never a numbered one.
    """
    kept = {section.key: list(section.lines) for section in sections}
    sizes = {key: [_size(line) for line in lines] for key, lines in kept.items()}
    rest = ROOM - sum(FRAME + _bytes(each.hint) + _bytes(each.left_out) for each in sections)
    while sum(map(sum, sizes.values())) > rest:
        open_to = [key for key in kept if key not in NUMBERED and len(kept[key]) > LEAST]
        if not open_to:
            break
        largest = max(open_to, key=lambda key: sum(sizes[key]))
        kept[largest].pop()
        sizes[largest].pop()
    return tuple(_shortened(section, tuple(kept[section.key])) for section in sections)


def _shortened(section: Section, lines: tuple[Line, ...]) -> Section:
    gone = len(section.lines) - len(lines)
    if not gone:
        return section
    said = capital(f"{count(gone, 'line')} more did not fit here.")
    left_out = f"{said} {section.left_out}".rstrip()
    return replace(section, lines=lines, left_out=left_out)


def _size(line: Line) -> int:
    """About as many bytes as the line takes, rather too many."""
    return (
        ROW
        + sum(map(_bytes, (line.who, line.text, line.quote, line.reason)))
        + (NUMBER if line.number is not None else 0)
        + (QUOTE if line.quote else 0)
        + (REASON if line.reason else 0)
        + (BAR if line.bar else 0)
        + (STEPS + STEP * len(line.steps) + 2 * _bytes(line.steps_label) if line.steps else 0)
    )


def _bytes(written: str) -> int:
    return len(escape(written).encode())
