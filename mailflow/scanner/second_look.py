"""Doubtful lines and addresses are read twice: two readings that differ are told as a doubt."""

from collections.abc import Sequence

import cv2
import numpy as np

from mailflow.scanner.detection import Picture, Quad
from mailflow.scanner.recognition import Read, Recogniser, crop

SURE = 0.95
AGREED = 0.97
DISAGREED = 0.75
TALLER = 0.12
SHOWN_HEIGHT = 48
SHOWN_WIDTH = 720
MAX_SHOWN = 8 * 1024
QUALITIES = (70, 45, 25)


def improved(
    picture: Picture, quads: Sequence[Quad], reads: Sequence[Read], recogniser: Recogniser
) -> list[Read]:
    """The readings after the second look, in the same order."""
    again = [i for i, read in enumerate(reads) if read.confidence < SURE or "@" in read.text]
    crops = [sharper(crop(picture, taller(quads[i]))) for i in again]
    found = list(reads)
    for i, other in zip(again, recogniser.read(crops), strict=True):
        found[i] = better(reads[i], other)
    return found


def better(first: Read, second: Read) -> Read:
    """Of two readings of one line the surer; unsure when they differ in more than spaces."""
    chosen = second if second.confidence > first.confidence else first
    if first.text.replace(" ", "") == second.text.replace(" ", ""):
        return chosen
    return Read(chosen.text, min(chosen.confidence, DISAGREED), chosen.weakest)


def taller(quad: Quad) -> Quad:
    """The box with more above and below it, where accents and descenders were cut."""
    down = (quad[3] - quad[0] + quad[2] - quad[1]) / 2 * TALLER
    return np.asarray(quad + np.array([-down, -down, down, down]), dtype=np.float32)


def sharper(line: Picture) -> Picture:
    """Twice as large, with its edges raised."""
    large = cv2.resize(line, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    soft = cv2.GaussianBlur(large, (0, 0), 2.0)
    return np.asarray(cv2.addWeighted(large, 1.6, soft, -0.6, 0), dtype=np.uint8)


def shown(line: Picture) -> bytes:
    """A small JPEG of the line for the owner's eyes; empty when it cannot be made small enough."""
    scale = min(1.0, SHOWN_HEIGHT / line.shape[0], SHOWN_WIDTH / line.shape[1])
    small = cv2.resize(line, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    for quality in QUALITIES:
        _, made = cv2.imencode(
            ".jpg", cv2.cvtColor(small, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality]
        )
        if len(made) <= MAX_SHOWN:
            return made.tobytes()
    return b""
