"""A file's bytes as upright pages of pixels: the size is read from the header before anything."""

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pi_heif
from PIL import (
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from mailflow.model.scan import Unscannable
from mailflow.scanner.budget import Budget, Limits
from mailflow.scanner.detection import Picture

FORMATS = (
    JpegImagePlugin.JpegImageFile.format,
    PngImagePlugin.PngImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
    TiffImagePlugin.TiffImageFile.format,
    GifImagePlugin.GifImageFile.format,
    "HEIF",  # known once its opener is registered
)
KINDS = "JPEG, PNG, WebP, TIFF, HEIC, GIF or PDF"
WORK_SIDE = 4000
LEAST_SIDE = 16
MEGA = 1024 * 1024

pi_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # the header is held to the owner's own limit below


class Album:
    """The pages of one picture file, drawn one at a time; `problems` grows while they are."""

    def __init__(self, data: bytes, filename: str, budget: Budget) -> None:
        self._image = Image.open(BytesIO(data), formats=FORMATS)
        self._filename = filename
        self._limits = budget.limits
        self.problems: list[str] = []

    def pages(self) -> Iterator[Picture]:
        """Each frame of a TIFF, the first of anything else; too large ones are said and skipped."""
        has_pages = self._image.format == "TIFF"
        for number in range(self._limits.pages + 1):
            try:
                self._image.seek(number)
            except EOFError:
                return
            if number == self._limits.pages:
                self.problems.append(too_long(self._filename, self._limits))
                return
            if refused := _too_large(self._filename, self._image.size, self._limits):
                self.problems.append(refused)
            else:
                yield _drawn(self._image)
            if not has_pages:
                return


def too_long(filename: str, limits: Limits, pages: int = 0) -> str:
    """The sentence for a document of too many pages."""
    counted = f"has {pages:,} pages" if pages else f"has more than {limits.pages} pages"
    return f"{filename} {counted}; I read the first {limits.pages}."


def opened(data: bytes, filename: str, budget: Budget) -> Album | Unscannable:
    """The file by what its bytes are, whatever its name says."""
    if not data:
        return Unscannable(f"{filename} is empty.")
    try:
        album = Album(data, filename, budget)
    except (OSError, ValueError, SyntaxError, EOFError):
        return Unscannable(
            f"{filename} is not a picture I can read, or it is damaged; send it as {KINDS}."
        )
    if refused := _too_large(filename, album._image.size, budget.limits):
        return Unscannable(f"{refused} Send a smaller picture.")
    return album


def _too_large(filename: str, size: tuple[int, int], limits: Limits) -> str:
    width, height = size
    if width * height > limits.megapixels * MEGA:
        return (
            f"{filename} is {width:,} × {height:,} pixels large, more than the"
            f" {limits.megapixels} megapixels I read."
        )
    if min(width, height) < LEAST_SIDE:
        return f"{filename} is only {width} × {height} pixels large, too small for a card."
    return ""


def _drawn(image: Image.Image) -> Picture:
    """The frame in red, green and blue, upright by its EXIF orientation, at a working size."""
    if image.format in {"JPEG", "MPO"}:  # the latter has a second picture beside it
        image.draft("RGB", (WORK_SIDE, WORK_SIDE))  # decoded smaller, which is quick
    # what is shrunk is shrunk in place: a TIFF still needs its file for the next page
    frame: Image.Image = image.copy() if image.format == "TIFF" else image
    frame.thumbnail((WORK_SIDE, WORK_SIDE), Image.Resampling.BOX, reducing_gap=2.0)
    ImageOps.exif_transpose(frame, in_place=True)
    return np.asarray(_opaque(frame).convert("RGB"), dtype=np.uint8)


def _opaque(frame: Image.Image) -> Image.Image:
    """Sixteen bits brought down to eight; what is see-through laid on white."""
    if frame.mode.startswith(("I", "F")):
        values = np.asarray(frame, dtype=np.float32)
        low, high = float(values.min()), float(values.max())
        return Image.fromarray(((values - low) * (255 / max(1.0, high - low))).astype(np.uint8))
    if frame.mode in {"RGBA", "LA", "PA"} or "transparency" in frame.info:
        seen = frame.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(white, seen)
    return frame
