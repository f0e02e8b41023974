"""What a line of text says: the reading network's columns, decoded letter by letter."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from mailflow.scanner.detection import Picture
from mailflow.scanner.models import Floats, network, normalised

HEIGHT = 48
LEAST_WIDTH = 320
MOST_WIDTH = 2400
LIKELY_SPACE, SURE_SPACE = 0.2, 0.5
"""The network misses spaces more often than it makes them up."""
LATIN_LINE = 0.6
"""A line of which this share is Latin is Latin: a Greek rho in it is a p."""


@dataclass(frozen=True, slots=True)
class Read:
    """One line as read; `confidence` is the mean of its letters' own, which are in `letters`.

    `other` is what a second look read, where that differs.
    """

    text: str = ""
    confidence: float = 0.0
    letters: tuple[float, ...] = ()
    other: str = ""

    @property
    def weakest(self) -> float:
        """How sure the least sure of its letters is."""
        return min(self.letters, default=0.0)


class Recogniser:
    """Reads crops of lines; loading takes about a fifth of a second."""

    def __init__(self) -> None:
        self._network = network("rec")
        self._letters = np.array(["", *self._network.characters(), " "], dtype=object)
        self._foreign = np.array([_is_foreign(letter) for letter in self._letters])

    def read(
        self, crops: Sequence[Picture], goes_on: Callable[[], bool] = lambda: True
    ) -> list[Read]:
        """One reading for each crop, in the same order; empty ones once `goes_on` says no."""
        return [
            self._decoded(self._network.run(_prepared(each))[0]) if goes_on() else Read()
            for each in crops
        ]

    def _decoded(self, columns: Floats) -> Read:
        read = self._collapsed(columns)
        visible = [letter for letter in read.text if letter.isalpha()]
        foreign = sum(_is_foreign(letter) for letter in visible)
        if not foreign or foreign > (1 - LATIN_LINE) * len(visible):
            return read
        columns = columns.copy()
        columns[:, self._foreign] = 0
        return self._collapsed(columns)

    def _collapsed(self, columns: Floats) -> Read:
        """Best letter of each column, repeats and blanks dropped (the CTC rule)."""
        best = columns.argmax(axis=1)
        sure = columns[np.arange(len(best)), best]
        is_new = np.concatenate(([True], best[1:] != best[:-1])) & (best != 0)
        kept: list[tuple[str, float]] = []
        reached = 0
        for column in np.flatnonzero(is_new):
            letter = str(self._letters[best[column]])
            gap = float(columns[reached:column, -1].max(initial=0.0))
            if kept and gap >= LIKELY_SPACE and " " not in (letter, kept[-1][0]):
                kept.append((" ", SURE_SPACE))
            kept.append((letter, float(sure[column])))
            reached = int(column) + 1
        return _told(kept)


def _told(kept: list[tuple[str, float]]) -> Read:
    """The letters as one reading, without spaces at its ends; none is put into an address."""
    if any(letter == "@" for letter, _ in kept):
        kept = [(letter, share) for letter, share in kept if letter != " " or share != SURE_SPACE]
    while kept and kept[0][0].isspace():
        kept = kept[1:]
    while kept and kept[-1][0].isspace():
        kept = kept[:-1]
    if not kept:
        return Read()
    shares = tuple(round(share, 3) for _, share in kept)
    return Read("".join(letter for letter, _ in kept), sum(shares) / len(shares), shares)


def _prepared(line: Picture) -> Floats:
    """One crop at the network's height; short ones are padded on the right, as it has learnt.

    One by one and not in batches: the padding of a batch costs as much as it saves, and it makes
    the network miss spaces.
    """
    width = min(MOST_WIDTH, max(1, round(HEIGHT * line.shape[1] / line.shape[0])))
    ready = np.zeros((1, 3, HEIGHT, max(LEAST_WIDTH, width)), dtype=np.float32)
    ready[0, :, :, :width] = normalised(cv2.resize(line, (width, HEIGHT)).astype(np.uint8))
    return ready


def _is_foreign(letter: str) -> bool:
    """A letter of another script than Latin; digits and signs belong to all."""
    return letter.isalpha() and not unicodedata.name(letter[0], "").startswith("LATIN")


def crop(picture: Picture, quad: NDArray[np.float32]) -> Picture:
    """The box as an upright picture of its own, as large as it stands."""
    top, right, bottom, left = (
        float(np.linalg.norm(quad[i] - quad[(i + 1) % 4])) for i in range(4)
    )
    width, height = max(1, round(max(top, bottom))), max(1, round(max(right, left)))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(quad, flat)
    cut = cv2.warpPerspective(
        picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(cut, dtype=np.uint8)
