"""Even light: shadow, glare and dim rooms taken out, so that faint letters stand out again."""

import cv2
import numpy as np
from numpy.typing import NDArray

from mailflow.scanner.detection import Picture

Grey = NDArray[np.uint8]
SIDE = 800
"""Light changes slowly: it is measured on a copy no longer than this."""
REACH = 0.012
"""How far, in parts of the longer side, a place's brightest and darkest are looked for."""
LEAST_RANGE = 24
RANGE = 200.0
PAPER = 20
"""How dark the paper is left: not burnt white, as nothing the engine has learnt from was."""


def evened(picture: Picture) -> Picture:
    """The same picture in grey, its paper everywhere as bright and its ink as dark."""
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    brightest, darkest = _extremes(grey)
    spread = cv2.max(cv2.subtract(brightest, darkest), np.full_like(grey, LEAST_RANGE))
    ink = cv2.divide(cv2.subtract(brightest, grey), spread, scale=RANGE)
    even = cv2.bitwise_not(cv2.add(ink, np.full_like(grey, PAPER)))
    return np.asarray(cv2.cvtColor(even, cv2.COLOR_GRAY2RGB), dtype=np.uint8)


def _extremes(grey: Grey) -> tuple[Grey, Grey]:
    """The brightest and the darkest around each place, smoothed."""
    height, width = grey.shape
    scale = min(1.0, SIDE / max(height, width))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    reach = max(7, round(max(small.shape) * REACH)) | 1
    around = np.ones((reach, reach), np.uint8)
    found = []
    for extreme in (cv2.dilate(small, around), cv2.erode(small, around)):
        smooth = cv2.GaussianBlur(extreme, (0, 0), reach)
        found.append(np.asarray(cv2.resize(smooth, (width, height)), dtype=np.uint8))
    return found[0], found[1]
