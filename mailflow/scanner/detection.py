"""Where text stands on a picture: the detecting network's heat map, turned into tilted boxes."""

import cv2
import numpy as np
from numpy.typing import NDArray

from mailflow.scanner.models import Floats, network, normalised

Picture = NDArray[np.uint8]
Quad = NDArray[np.float32]
"""Four corners, x and y: top left, top right, bottom right, bottom left of the text as it runs."""

STEP = 32
TEXT = 0.3
SURE_TEXT = 0.5
GROWTH = 1.6
"""The network marks the core of a line; the box is that grown by this factor of area per length."""
MAX_BOXES = 400
LEAST_SIDE = 3.0


class Detector:
    """Finds lines of text; loading takes about a tenth of a second."""

    def __init__(self) -> None:
        self._network = network("det")

    def quads(self, picture: Picture, side: int) -> list[Quad]:
        """Boxes in the picture's own pixels, found on a copy no longer than `side` pixels."""
        height, width = picture.shape[:2]
        scale = min(1.0, side / max(height, width))
        wide, high = (max(STEP, round(s * scale / STEP) * STEP) for s in (width, height))
        small = cv2.resize(picture, (wide, high), interpolation=cv2.INTER_AREA)
        heat = self._network.run(normalised(small.astype(np.uint8))[np.newaxis])[0, 0]
        ratio = np.array([width / wide, height / high], dtype=np.float32)
        return [quad * ratio for quad in _boxes(heat)]


def _boxes(heat: Floats) -> list[Quad]:
    mask = cv2.dilate((heat > TEXT).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:MAX_BOXES]:
        centre, (wide, high), angle = cv2.minAreaRect(outline)
        if (
            min(wide, high) < LEAST_SIDE
            or _warmth(heat, np.asarray(outline, dtype=np.int32)) < SURE_TEXT
        ):
            continue
        grown = 2 * wide * high * GROWTH / (2 * (wide + high))
        rect = (centre, (wide + grown, high + grown), angle)
        found.append(ordered(np.asarray(cv2.boxPoints(rect), dtype=np.float32)))
    return found


def _warmth(heat: Floats, outline: NDArray[np.int32]) -> float:
    left, top, wide, high = cv2.boundingRect(outline)
    inside = np.zeros((high, wide), np.uint8)
    cv2.fillPoly(inside, [outline - np.array([left, top])], (1,))
    return float(cv2.mean(heat[top : top + high, left : left + wide], inside)[0])


def ordered(corners: NDArray[np.float32]) -> Quad:
    """Clockwise from the corner that is top left when the box is turned by less than 45°."""
    start = int(np.argmin(corners.sum(axis=1)))
    turned = np.roll(corners, -start, axis=0)
    first, second, _, last = turned
    (across, along), (aside, down) = second - first, last - first
    is_clockwise = across * down > along * aside
    if not is_clockwise:
        turned = np.roll(turned[::-1], 1, axis=0)
    # of the two ways to begin, the one whose first side runs more across than down
    side = turned[1] - turned[0]
    if abs(side[1]) > abs(side[0]):
        turned = np.roll(turned, 1 if side[1] > 0 else -1, axis=0)
    return np.asarray(turned, dtype=np.float32)
