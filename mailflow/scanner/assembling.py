"""From boxes and readings on a picture to the pages told: levelled, parted, in reading order."""

from collections.abc import Sequence
from dataclasses import replace

from mailflow.model.scan import Page, SeenCode, SeenLine
from mailflow.scanner import parting, second_look
from mailflow.scanner.codes import PlacedCode
from mailflow.scanner.detection import Picture, Quad
from mailflow.scanner.recognition import Read, crop
from mailflow.scanner.turning import Levelled

Spot = tuple[float, float, SeenCode]
MARGIN = 1.5
"""Of a card cut out of a larger picture, so many heights of its lines are left around them."""
SAME_ROW = 0.5


def assembled(
    picture: Picture, seen: Sequence[tuple[Quad, Read]], placed: Sequence[PlacedCode]
) -> list[Page]:
    """One page for each card on the picture; a picture with codes alone is one page too."""
    quads = [quad for quad, _ in seen]
    level = Levelled((picture.shape[1], picture.shape[0]), quads)
    lines = [_line(picture, quad, read, level) for quad, read in seen]
    spots = [(*level.point(code.x, code.y), code.code) for code in placed]
    groups = parting.groups(picture, quads, lines) if lines else []
    if len(groups) < 2:
        found = tuple(code for _, _, code in spots)
        return [Page(level.width, level.height, in_reading_order(lines), found)]
    cards = [[lines[i] for i in group] for group in groups]
    cards.sort(key=lambda card: (min(line.top for line in card), min(line.left for line in card)))
    shared = _nearest(cards, spots)
    return [_cut_out(card, codes) for card, codes in zip(cards, shared, strict=True)]


def in_reading_order(lines: Sequence[SeenLine]) -> tuple[SeenLine, ...]:
    """Row by row from the top, each row from the left; lines that overlap by half are one row."""
    rows: list[list[SeenLine]] = []
    for line in sorted(lines, key=lambda line: line.top + line.bottom):
        if rows and _is_beside(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(line for row in rows for line in sorted(row, key=lambda line: line.left))


def _is_beside(first: SeenLine, second: SeenLine) -> bool:
    shared = min(first.bottom, second.bottom) - max(first.top, second.top)
    return shared > SAME_ROW * min(first.height, second.height)


def _line(picture: Picture, quad: Quad, read: Read, level: Levelled) -> SeenLine:
    left, top, right, bottom = (round(edge, 1) for edge in level.box(quad))
    shown = second_look.shown(crop(picture, quad)) if "@" in read.text + read.other else b""
    return SeenLine(
        read.text, round(read.confidence, 3), left, top, right, bottom, shown, read.letters,
        read.other,
    )  # fmt: skip


def _nearest(cards: Sequence[Sequence[SeenLine]], spots: Sequence[Spot]) -> list[list[SeenCode]]:
    """Each code with the card whose lines' frame it is in, or nearest to."""
    shared: list[list[SeenCode]] = [[] for _ in cards]
    for x, y, code in spots:
        distances = []
        for card in cards:
            across = max(min(line.left for line in card) - x, 0, x - max(li.right for li in card))
            down = max(min(line.top for line in card) - y, 0, y - max(li.bottom for li in card))
            distances.append(across**2 + down**2)
        shared[distances.index(min(distances))].append(code)
    return shared


def _cut_out(card: Sequence[SeenLine], codes: Sequence[SeenCode]) -> Page:
    """The card as a page of its own, its coordinates from its own corner."""
    margin = MARGIN * max(line.height for line in card)
    left = min(line.left for line in card) - margin
    top = min(line.top for line in card) - margin
    moved = [
        replace(
            line,
            left=line.left - left,
            right=line.right - left,
            top=line.top - top,
            bottom=line.bottom - top,
        )
        for line in card
    ]
    width = max(line.right for line in moved) + margin
    height = max(line.bottom for line in moved) + margin
    return Page(round(width), round(height), in_reading_order(moved), tuple(codes))
