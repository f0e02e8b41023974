"""What is seen on one file: every page drawn, turned upright, read, and parted into cards."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailflow.model.scan import Page, Scan, Unscannable
from mailflow.scanner import codes, light, pdf, pictures, second_look, turning
from mailflow.scanner.assembling import assembled
from mailflow.scanner.budget import MAX_CARDS, Budget
from mailflow.scanner.detection import Detector, Picture, Quad
from mailflow.scanner.recognition import Read, Recogniser, crop

SIDE = 960
MAX_LINES = 400
LEAST_CONFIDENCE = 0.4
DIM = 0.8
RETRY, ENOUGH = 0.4, 0.7
"""Shares of the time: past the first nothing is tried again, past the second nothing is begun."""
BLANK = 1.0
"""A page that varies less than this from its mean bears nothing."""


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
            if found and not budget.has_left(ENOUGH):
                problems.append(
                    f"{filename} took long to read; I stopped before its page {number}."
                )
                break
            found += self._pages(picture, budget)
        else:
            if not budget.has_left(ENOUGH):
                problems.append(f"{filename} took long to read; I may have left out some lines.")
        problems = [*document.problems, *problems]
        seen = [page for page in found if page.lines or page.codes]
        if not seen:
            nothing = f"I found no text on {filename}; send a sharper picture, or the card as text."
            return Unscannable(" ".join([*problems, nothing]))
        if len(seen) > MAX_CARDS:
            problems.append(f"{filename} shows {len(seen)} cards; I read the first {MAX_CARDS}.")
        return Scan(tuple(seen[:MAX_CARDS]), tuple(problems))

    def _pages(self, picture: Picture, budget: Budget) -> list[Page]:
        """One picture's cards: 1. upright 2. codes 3. read twice 4. levelled 5. parted."""
        if picture.std() < BLANK:
            return []
        sheet = self._upright(picture, budget)
        if sheet.confidence < DIM and budget.has_left(RETRY):
            sheet = self._brighter(sheet, budget)
        placed = codes.codes(sheet.picture)
        reads = second_look.improved(
            sheet.picture, sheet.quads, sheet.reads, self.recogniser, lambda: budget.has_left(RETRY)
        )
        seen = [
            (quad, read)
            for quad, read in zip(sheet.quads, reads, strict=True)
            if read.text and read.confidence >= LEAST_CONFIDENCE
        ]
        return assembled(sheet.picture, seen, placed)

    def _upright(self, picture: Picture, budget: Budget) -> Sheet:
        quads = self.detector.quads(picture, SIDE)
        if turning.is_on_its_side(quads):
            turns = turning.better_turns(picture, quads, (1, 3), self.recogniser)
            picture, _ = turning.quarter_turned(picture, [], turns)
            # the detector is better at text that lies level
            quads = self.detector.quads(picture, SIDE)
        sheet = self._seen(picture, quads, budget)
        if quads and sheet.confidence < turning.DOUBTFUL and budget.has_left(RETRY):
            turns = turning.better_turns(picture, quads, (0, 2), self.recogniser)
            if turns:
                picture, _ = turning.quarter_turned(picture, [], turns)
                return self._seen(picture, self.detector.quads(picture, SIDE), budget)
        return sheet

    def _seen(self, picture: Picture, quads: Sequence[Quad], budget: Budget) -> Sheet:
        chosen = sorted(quads, key=lambda quad: -turning.sides(quad)[0])[:MAX_LINES]
        reads = self.recogniser.read(
            [crop(picture, quad) for quad in chosen], lambda: budget.has_left(ENOUGH)
        )
        return Sheet(picture, chosen, reads)

    def _brighter(self, sheet: Sheet, budget: Budget) -> Sheet:
        """The same in even light, if more can be read so: a dim room, a faint print."""
        even = light.evened(sheet.picture)
        other = self._seen(even, self.detector.quads(even, SIDE), budget)
        return other if other.worth > sheet.worth else sheet
