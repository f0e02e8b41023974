"""Every line is read twice: of two readings that differ the better is kept, and the doubt told."""

from collections import Counter
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
TALLER, WIDER = 0.06, 0.3
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
    found = list(reads)
    others = recogniser.read([crop(even, tighter(quad)) for quad in quads], goes_on)
    apart = [i for i, other in enumerate(others) if other.text and not are_alike(reads[i], other)]
    votes = recogniser.read([crop(picture, wider(quads[i])) for i in apart], goes_on)
    for i, other in enumerate(others):
        if other.text and i not in apart:
            found[i] = max(reads[i], other, key=lambda r: (r.text.count(" "), r.confidence))
    for i, vote in zip(apart, votes, strict=True):
        found[i] = better(reads[i], others[i], vote)
    return found


def are_alike(first: Read, second: Read) -> bool:
    """Whether two readings differ in spaces at most."""
    return first.text.replace(" ", "") == second.text.replace(" ", "")


def better(first: Read, second: Read, vote: Read) -> Read:
    """Of two readings of a line that differ the likelier, unsure, with the other beside it."""
    kept, other = (first, second) if _is_likelier(first, second, vote) else (second, first)
    return replace(kept, confidence=min(kept.confidence, DISAGREED), other=other.text)


def _is_likelier(first: Read, second: Read, vote: Read) -> bool:
    """1. signs, letters and accents are lost, not made up  2. a third look votes  3. the surer."""
    if ("@" in first.text) != ("@" in second.text):
        return "@" in first.text
    bare, other_bare = _bare(first.text), _bare(second.text)
    if bare == other_bare:
        accents, others = (sum(not c.isascii() for c in r.text) for r in (first, second))
        if accents != others:
            return accents > others
    elif _has_lost_letters(bare, other_bare):
        return False
    elif _has_lost_letters(other_bare, bare):
        return True
    if are_alike(first, vote) or are_alike(second, vote):
        return are_alike(first, vote)
    return first.weakest >= second.weakest


def _has_lost_letters(short: str, long: str) -> bool:
    """Whether one is the other without some of its letters."""
    missing = Counter(long) - Counter(short)
    rest = iter(long)
    return (
        len(short) < len(long) and all(c in rest for c in short) and all(map(str.isalpha, missing))
    )


def _bare(text: str) -> str:
    apart = normalize("NFKD", text.replace("ı", "i"))
    return "".join(c for c in apart if not combining(c) and not c.isspace()).casefold()


def tighter(quad: Quad) -> Quad:
    """The box with less above and below it: what is small is blurred with its neighbours."""
    down = (quad[3] - quad[0] + quad[2] - quad[1]) / 2 * TIGHTER
    return np.asarray(quad + np.array([down, down, -down, -down]), dtype=np.float32)


def wider(quad: Quad) -> Quad:
    """The box with more on every side, where a first letter or an accent was cut off."""
    across, down = quad[1] - quad[0], quad[3] - quad[0]
    high = float(np.linalg.norm(down))
    aside = across / max(1.0, float(np.linalg.norm(across))) * high * WIDER
    down = down * TALLER
    corners = np.array([-aside - down, aside - down, aside + down, down - aside])
    return np.asarray(quad + corners, dtype=np.float32)


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
