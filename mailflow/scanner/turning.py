"""Which way up a picture is: told by how its lines run, then by which way they read better."""

from collections.abc import Sequence

import cv2
import numpy as np

from mailflow.scanner.detection import Picture, Quad, ordered
from mailflow.scanner.recognition import Read, Recogniser, crop

SAMPLE = 4
"""So many of the longest lines are read both ways."""
LONG = 1.5
"""A box so many times longer than wide says which way its text runs."""
DOUBTFUL = 0.85
BETTER = 0.05


def is_on_its_side(quads: Sequence[Quad]) -> bool:
    """Whether more text runs up or down the picture than across it, by length."""
    across = down = 0.0
    for quad in quads:
        wide, high = sides(quad)
        across += wide if wide > LONG * high else 0.0
        down += high if high > LONG * wide else 0.0
    return down > across


def sides(quad: Quad) -> tuple[float, float]:
    """Length and height of a box of text."""
    top, right, bottom, left = (
        float(np.linalg.norm(quad[i] - quad[(i + 1) % 4])) for i in range(4)
    )
    return max(top, bottom), max(left, right)


def quarter_turned(
    picture: Picture, quads: Sequence[Quad], turns: int
) -> tuple[Picture, list[Quad]]:
    """Picture and boxes turned by so many quarters against the clock."""
    height, width = picture.shape[:2]
    turned = np.ascontiguousarray(np.rot90(picture, turns))
    moved = list(quads)
    for _ in range(turns % 4):
        moved = [np.stack([quad[:, 1], width - quad[:, 0]], axis=1) for quad in moved]
        width, height = height, width
    return turned, [ordered(quad) for quad in moved]


def better_turns(
    picture: Picture, quads: Sequence[Quad], turns: tuple[int, int], recogniser: Recogniser
) -> int:
    """Of two ways to turn it, the one in which its longest lines read better."""
    longest = sorted(quads, key=lambda quad: -max(sides(quad)))[:SAMPLE]
    scores = []
    for each in turns:
        turned, moved = quarter_turned(picture, longest, each)
        scores.append(mean_confidence(recogniser.read([crop(turned, quad) for quad in moved])))
    return turns[1] if scores[1] > scores[0] + BETTER else turns[0]


def mean_confidence(reads: Sequence[Read]) -> float:
    """Of all letters, so that a long line counts for more."""
    letters = sum(len(read.text) for read in reads)
    return sum(read.confidence * len(read.text) for read in reads) / letters if letters else 0.0


class Levelled:
    """Coordinates of the page when its lines lie level: turned about its middle, nothing cut."""

    def __init__(self, size: tuple[int, int], quads: Sequence[Quad]) -> None:
        """`size` is width and height of the picture the boxes are on."""
        width, height = size
        angle = _slope(quads)
        self._turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
        moved = corners @ self._turn[:, :2].T + self._turn[:, 2]
        low, high = moved.min(axis=0), moved.max(axis=0)
        self._turn[:, 2] -= low
        self.width, self.height = (max(1, round(float(side))) for side in high - low)

    def box(self, quad: Quad) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a box of text."""
        moved = quad @ self._turn[:, :2].T + self._turn[:, 2]
        (left, top), (right, bottom) = moved.min(axis=0), moved.max(axis=0)
        return float(left), float(top), float(right), float(bottom)

    def point(self, x: float, y: float) -> tuple[float, float]:
        moved = self._turn @ np.array([x, y, 1.0])
        return float(moved[0]), float(moved[1])


def _slope(quads: Sequence[Quad]) -> float:
    """Degrees by which the lines fall to the right: the median by their length."""
    slopes = []
    for quad in quads:
        (x, y), (wide, high) = quad[1] - quad[0], sides(quad)
        if wide > 2 * high:
            slopes.append((float(np.degrees(np.arctan2(y, x))), wide))
    if not slopes:
        return 0.0
    slopes.sort()
    half, run = sum(wide for _, wide in slopes) / 2, 0.0
    for slope, wide in slopes:
        run += wide
        if run >= half:
            return slope
    return 0.0
