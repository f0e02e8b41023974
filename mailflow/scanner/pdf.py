"""The pages of a PDF as pixels; its library may abort the process, which is why a child runs it."""

from collections.abc import Iterator

import numpy as np
import pypdfium2

from mailflow.model.scan import Unscannable
from mailflow.scanner.budget import Budget
from mailflow.scanner.detection import Picture
from mailflow.scanner.pictures import too_long

SIDE = 2000
MOST_SCALE = 600 / 72
MARK = b"%PDF-"
MARK_WITHIN = 1024


def is_pdf(data: bytes) -> bool:
    """By its mark, which readers accept near the beginning (ISO 32000-1, annex H.3.4.1)."""
    return MARK in data[:MARK_WITHIN]


class Document:
    """The pages of one PDF, drawn one at a time; `problems` grows while they are."""

    def __init__(self, pdf: pypdfium2.PdfDocument, filename: str, budget: Budget) -> None:
        self._pdf = pdf
        self._filename = filename
        self._limits = budget.limits
        self.problems: list[str] = []

    def pages(self) -> Iterator[Picture]:
        """The first pages, each no longer than 2,000 pixels, whatever size it claims."""
        count = len(self._pdf)
        if count > self._limits.pages:
            self.problems.append(too_long(self._filename, self._limits, count))
        for number in range(min(count, self._limits.pages)):
            page = self._pdf[number]
            try:
                yield self._drawn(page)
            except pypdfium2.PdfiumError:
                self.problems.append(f"Page {number + 1} of {self._filename} could not be drawn.")
            finally:
                page.close()

    @staticmethod
    def _drawn(page: pypdfium2.PdfPage) -> Picture:
        longest = max(1.0, *page.get_size())
        scale = min(MOST_SCALE, SIDE / longest)
        bitmap = page.render(scale=scale, rev_byteorder=True, fill_color=(255, 255, 255, 255))
        pixels = bitmap.to_numpy()
        colours = pixels[:, :, :3] if pixels.ndim == 3 else np.stack([pixels] * 3, axis=-1)
        return np.ascontiguousarray(colours, dtype=np.uint8)


def opened(data: bytes, filename: str, budget: Budget) -> Document | Unscannable:
    """The document; a damaged or locked one is a sentence."""
    try:
        return Document(pypdfium2.PdfDocument(data), filename, budget)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            return Unscannable(f"{filename} is locked with a password; send it unlocked.")
        return Unscannable(f"{filename} is a damaged PDF; send it again or as a picture.")
