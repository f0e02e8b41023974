"""From boxes and readings on a picture to the pages told: levelled, parted, in reading order."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mailflow.model.scan import Page, SeenCode, SeenLine
from mailflow.scanner import parting, second_look
from mailflow.scanner.codes import PlacedCode
from mailflow.scanner.detection import Picture, Quad
from mailflow.scanner.recognition import Read, crop
from mailflow.scanner.turning import Levelled

MARGIN = 1.5
"""Of a card cut out of a larger picture, so many heights of its lines are left around them."""
SAME_ROW = 0.5
OUTSIDE = 1.15


def assembled(
    picture: Picture, seen: Sequence[tuple[Quad, Read]], placed: Sequence[PlacedCode]
) -> list[Page]:
    """One page for each card on the picture; a picture with codes alone is one page too."""
    quads = [quad for quad, _ in seen]
    level = Levelled((picture.shape[1], picture.shape[0]), quads)
    lines = [_line(picture, quad, read, level) for quad, read in seen]
    papers = parting.Papers(picture)
    under = [papers.under(parting.beside(quad)) for quad in quads]
    groups = parting.groups(under, lines) if lines else []
    if len(groups) < 2:
        found = tuple(code.code for code in placed)
        return [Page(level.width, level.height, in_reading_order(lines), found)]
    groups.sort(key=lambda group: min((lines[i].top, lines[i].left) for i in group))
    shared: list[list[SeenCode]] = [[] for _ in groups]
    for code in placed:
        surface = papers.under(_around(code.corners))
        on_it = [k for k, group in enumerate(groups) if surface in {under[i] for i in group}]
        x, y = level.point(*code.corners.mean(axis=0))
        distances = {k: _distance(x, y, [lines[i] for i in groups[k]]) for k in range(len(groups))}
        shared[min(on_it or distances, key=distances.__getitem__)].append(code.code)
    return [
        _cut_out([lines[i] for i in group], codes)
        for group, codes in zip(groups, shared, strict=True)
    ]


def _around(corners: Quad) -> Quad:
    """Places just outside a code: its quiet zone, or the paper beyond."""
    middle = corners.mean(axis=0)
    return np.asarray(middle + (corners - middle) * OUTSIDE, dtype=np.float32)


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


def _distance(x: float, y: float, card: Sequence[SeenLine]) -> float:
    """From a place to the frame of a card's lines, squared; nothing inside it."""
    across = max(min(line.left for line in card) - x, 0, x - max(line.right for line in card))
    down = max(min(line.top for line in card) - y, 0, y - max(line.bottom for line in card))
    return across**2 + down**2


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
