"""What is seen on one file: every page drawn, turned upright, read, and parted into cards."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from mailflow.model.scan import Page, Scan, SeenLine, Unscannable
from mailflow.scanner import codes, parting, pdf, pictures, second_look, turning
from mailflow.scanner.budget import MAX_CARDS, Budget
from mailflow.scanner.detection import Detector, Picture, Quad
from mailflow.scanner.recognition import Read, Recogniser, crop
from mailflow.scanner.turning import Levelled

SIDE = 960
MAX_LINES = 400
LEAST_CONFIDENCE = 0.4
DIM = 0.8
BLANK = 1.0
"""A page that varies less than this from its mean bears nothing."""
CLIP = 2.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """An upright picture with its boxes and what stands in each, in the same order."""

    picture: Picture
    quads: Sequence[Quad]
    reads: Sequence[Read]

    @property
    def confidence(self) -> float:
        return turning.mean_confidence(self.reads)

    @property
    def worth(self) -> float:
        """Letters read, each for as much as it is sure."""
        return sum(read.confidence * len(read.text) for read in self.reads)


class Sight:
    """The loaded engine; one file at a time."""

    def __init__(self) -> None:
        self.detector = Detector()
        self.recogniser = Recogniser()

    def read(self, data: bytes, filename: str, budget: Budget) -> Scan | Unscannable:
        """All that is seen on a file's pages; a file without text and codes is a sentence."""
        opener = pdf if pdf.is_pdf(data) else pictures
        document = opener.opened(data, filename, budget)
        if isinstance(document, Unscannable):
            return document
        found: list[Page] = []
        problems: list[str] = []
        for number, picture in enumerate(document.pages(), start=1):
            if found and not budget.has_left(0.7):
                problems.append(
                    f"{filename} took long to read; I stopped before its page {number}."
                )
                break
            found += self._pages(picture, budget)
        problems = [*document.problems, *problems]
        seen = [page for page in found if page.lines or page.codes]
        if not seen:
            nothing = f"I found no text on {filename}; send a sharper picture, or the card as text."
            return Unscannable(" ".join([*problems, nothing]))
        if len(seen) > MAX_CARDS:
            problems.append(f"{filename} shows {len(seen)} cards; I read the first {MAX_CARDS}.")
        return Scan(tuple(seen[:MAX_CARDS]), tuple(problems))

    def _pages(self, picture: Picture, budget: Budget) -> list[Page]:
        """One picture's cards: 1. codes 2. upright 3. read 4. looked at again 5. parted."""
        if picture.std() < BLANK:
            return []
        sheet = self._upright(picture)
        if sheet.confidence < DIM and budget.has_left(0.4):
            sheet = self._brighter(sheet)
        placed = codes.codes(sheet.picture)
        reads = second_look.improved(sheet.picture, sheet.quads, sheet.reads, self.recogniser)
        size = sheet.picture.shape[1], sheet.picture.shape[0]
        level = Levelled(size, sheet.quads)
        lines = [
            _line(sheet.picture, quad, read, level)
            for quad, read in zip(sheet.quads, reads, strict=True)
            if read.text and read.confidence >= LEAST_CONFIDENCE
        ]
        spots = [(level.point(code.x, code.y), code.code) for code in placed]
        return parting.cards(lines, spots, level.width, level.height)

    def _upright(self, picture: Picture) -> Sheet:
        quads = self.detector.quads(picture, SIDE)
        if turning.is_on_its_side(quads):
            turns = turning.better_turns(picture, quads, (1, 3), self.recogniser)
            picture, _ = turning.quarter_turned(picture, [], turns)
            # the detector is better at text that lies level
            quads = self.detector.quads(picture, SIDE)
        sheet = self._seen(picture, quads)
        if quads and sheet.confidence < turning.DOUBTFUL:
            turns = turning.better_turns(picture, quads, (0, 2), self.recogniser)
            if turns:
                picture, _ = turning.quarter_turned(picture, [], turns)
                return self._seen(picture, self.detector.quads(picture, SIDE))
        return sheet

    def _seen(self, picture: Picture, quads: Sequence[Quad]) -> Sheet:
        chosen = sorted(quads, key=lambda quad: -turning.sides(quad)[0])[:MAX_LINES]
        reads = self.recogniser.read([crop(picture, quad) for quad in chosen])
        return Sheet(picture, chosen, reads)

    def _brighter(self, sheet: Sheet) -> Sheet:
        """The same with the contrast evened out, if more can be read so: glare, low light."""
        lab = cv2.cvtColor(sheet.picture, cv2.COLOR_RGB2LAB)
        lab[:, :, 0] = cv2.createCLAHE(CLIP, (8, 8)).apply(lab[:, :, 0])
        even = np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), dtype=np.uint8)
        other = self._seen(even, self.detector.quads(even, SIDE))
        return other if other.worth > sheet.worth else sheet


def _line(picture: Picture, quad: Quad, read: Read, level: Levelled) -> SeenLine:
    left, top, right, bottom = level.box(quad)
    shown = second_look.shown(crop(picture, quad)) if "@" in read.text else b""
    return SeenLine(read.text, round(read.confidence, 4), left, top, right, bottom, shown)
