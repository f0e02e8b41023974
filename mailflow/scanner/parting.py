"""Several cards on one picture: lines on one piece of paper, or in one block apart, are a card."""

import re
from collections import defaultdict
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from mailflow.model.scan import SeenLine
from mailflow.scanner.detection import Picture, Quad

SIDE = 600
"""Paper is told from table on a copy no longer than this."""
STEP = 5
"""Neighbouring pixels that differ by less are one surface: light fades slowly, edges don't."""
BESIDE = 0.45
"""A line's paper is looked for this many of its heights above and below it."""
LEAST_LINES = 3
FAR = 6.0
"""Blocks so many line heights apart are cards of their own, if each could be one."""
MAX_DEPTH = 8
DIGITS = 7
DIGIT = re.compile(r"\d")

Group = list[int]


class Papers:
    """The surfaces on a picture, numbered as they are asked for; 0 is none."""

    def __init__(self, picture: Picture) -> None:
        self._scale = min(1.0, SIDE / max(picture.shape[:2]))
        shrunk = cv2.resize(
            picture, None, fx=self._scale, fy=self._scale, interpolation=cv2.INTER_AREA
        )
        self._small: Picture = np.asarray(cv2.medianBlur(shrunk, 3), dtype=np.uint8)
        self._numbers = np.zeros(self._small.shape[:2], np.int32)
        self._count = 0

    def under(self, places: Quad) -> int:
        """The surface at the first of these places (x and y) that are on the picture."""
        height, width = self._small.shape[:2]
        spots = [
            (int(x), int(y)) for x, y in places * self._scale if 0 <= x < width and 0 <= y < height
        ]
        known = [int(self._numbers[y, x]) for x, y in spots if self._numbers[y, x]]
        if not known and spots:
            self._count += 1
            self._numbers[_surface(self._small, spots[0])] = self._count
            return self._count
        return known[0] if known else 0


def groups(papers: Sequence[int], lines: Sequence[SeenLine]) -> list[Group]:
    """The lines' numbers, card by card; `papers` says which surface each line is printed on.

    A picture is parted only where each part could be a card: a few lines, and a way to reach
    somebody. What cannot stand alone goes to the nearest that can.
    """
    sharing: dict[int, Group] = defaultdict(list)
    for number, paper in enumerate(papers):
        sharing[paper].append(number)
    found = []
    for group in _gathered(list(sharing.values()), lines):
        found += _by_distance(group, lines, MAX_DEPTH)
    return found


def beside(quad: Quad) -> NDArray[np.float32]:
    """Two places on the paper of a line: above and below its middle."""
    top, bottom = (quad[0] + quad[1]) / 2, (quad[2] + quad[3]) / 2
    down = (bottom - top) * BESIDE
    return np.stack([top - down, bottom + down])


def _surface(small: Picture, spot: tuple[int, int]) -> NDArray[np.bool_]:
    height, width = small.shape[:2]
    mask = np.zeros((height + 2, width + 2), np.uint8)
    flags = 8 | cv2.FLOODFILL_MASK_ONLY | (255 << 8)
    cv2.floodFill(small.copy(), mask, spot, (0, 0, 0), (STEP,) * 3, (STEP,) * 3, flags)
    return mask[1:-1, 1:-1] > 0


def _by_distance(group: Group, lines: Sequence[SeenLine], depth: int) -> list[Group]:
    """Cut at the widest empty strip, again and again, while both sides could be cards."""
    parts = _halved(group, lines) if depth else []
    if len(_gathered(parts, lines)) < 2:
        return [group]
    return [each for part in parts for each in _by_distance(part, lines, depth - 1)]


def _halved(group: Group, lines: Sequence[SeenLine]) -> list[Group]:
    least = FAR * float(np.median([lines[i].height for i in group]))
    best: tuple[float, list[Group]] = (least, [])
    for low, high in (("left", "right"), ("top", "bottom")):
        ordered = sorted(group, key=lambda i: float(getattr(lines[i], low)))
        reached = float("-inf")
        for place, i in enumerate(ordered):
            gap = getattr(lines[i], low) - reached
            if place and gap > best[0]:
                best = (gap, [ordered[:place], ordered[place:]])
            reached = max(reached, getattr(lines[i], high))
    return best[1]


def _gathered(parts: list[Group], lines: Sequence[SeenLine]) -> list[Group]:
    """Parts that could be cards, each with the others that lie nearest to it."""
    whole = [list(part) for part in parts if _could_be_a_card(part, lines)]
    if len(whole) < 2:
        return [[i for part in parts for i in part]] if parts else []
    middles = [_middle(part, lines) for part in whole]
    for part in parts:
        if not _could_be_a_card(part, lines):
            x, y = _middle(part, lines)
            nearest = min(
                range(len(whole)), key=lambda k: (middles[k][0] - x) ** 2 + (middles[k][1] - y) ** 2
            )
            whole[nearest] += part
    return whole


def _could_be_a_card(part: Group, lines: Sequence[SeenLine]) -> bool:
    """A few lines of which one is a way to reach somebody and one is words."""
    texts = [lines[i].text for i in part]
    reaches = any("@" in text or len(DIGIT.findall(text)) >= DIGITS for text in texts)
    words = any(not DIGIT.search(text) and "@" not in text and "." not in text for text in texts)
    return len(texts) >= LEAST_LINES and reaches and words


def _middle(part: Group, lines: Sequence[SeenLine]) -> tuple[float, float]:
    return (
        sum(lines[i].left + lines[i].right for i in part) / (2 * len(part)),
        sum(lines[i].top + lines[i].bottom for i in part) / (2 * len(part)),
    )
