"""Every line is read twice: of two readings that differ the better is kept, and the doubt told."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from unicodedata import combining, normalize

import cv2
import numpy as np

from mailflow.scanner import light
from mailflow.scanner.detection import Picture, Quad
from mailflow.scanner.recognition import Read, Recogniser, crop

DISAGREED = 0.75
TIGHTER = 0.10
SHOWN_HEIGHT = 48
SHOWN_WIDTH = 720
MAX_SHOWN = 8 * 1024
QUALITIES = (70, 45, 25)


def improved(
    picture: Picture,
    quads: Sequence[Quad],
    reads: Sequence[Read],
    recogniser: Recogniser,
    goes_on: Callable[[], bool],
) -> list[Read]:
    """The readings after a second look in even light and a tighter box, in the same order."""
    if not quads or not goes_on():
        return list(reads)
    even = light.evened(picture)
    others = recogniser.read([crop(even, tighter(quad)) for quad in quads], goes_on)
    return [better(read, other) for read, other in zip(reads, others, strict=True)]


def better(first: Read, second: Read) -> Read:
    """Of two readings of one line the likelier; unsure when they differ in more than spaces."""
    if not second.text:
        return first
    if first.text.replace(" ", "") == second.text.replace(" ", ""):
        return max(first, second, key=lambda read: (read.text.count(" "), read.confidence))
    kept, other = (first, second) if _is_likelier(first, second) else (second, first)
    return replace(kept, confidence=min(kept.confidence, DISAGREED), other=other.text)


def _is_likelier(first: Read, second: Read) -> bool:
    """The one with an at sign, or more accents: both are lost, not made up; else the surer one."""
    if ("@" in first.text) != ("@" in second.text):
        return "@" in first.text
    if _bare(first.text) == _bare(second.text):
        accents, others = (sum(not c.isascii() for c in read.text) for read in (first, second))
        if accents != others:
            return accents > others
    return first.confidence >= second.confidence


def _bare(text: str) -> str:
    apart = normalize("NFKD", text.replace("ı", "i"))
    return "".join(c for c in apart if not combining(c) and not c.isspace()).casefold()


def tighter(quad: Quad) -> Quad:
    """The box with less above and below it: what is small is blurred with its neighbours."""
    down = (quad[3] - quad[0] + quad[2] - quad[1]) / 2 * TIGHTER
    return np.asarray(quad + np.array([down, down, -down, -down]), dtype=np.float32)


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
