"""What was seen on a picture: its lines of text with their places, and the codes it bears."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One run of text as the engine read it.

    `confidence` is 0 to 1. `left`, `top`, `right` and `bottom` are pixels of the upright page.
    `crop` is a small JPEG of the line where an owner may want to compare (addresses), else empty.
    `letters` says how sure each character of `text` is, or is empty; one below about a half is
    often wrong, or stands where a letter or an accent was lost. `other` is what a second look read
    where that differs, the next best reading.
    """

    text: str
    confidence: float
    left: float
    top: float
    right: float
    bottom: float
    crop: bytes = b""
    letters: tuple[float, ...] = ()
    other: str = ""

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class SeenCode:
    """What a QR code or a barcode says, as text; `kind` is its symbology ("QRCode")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One upright page of a picture or PDF, `width` by `height` pixels; lines in reading order."""

    width: int
    height: int
    lines: tuple[SeenLine, ...] = ()
    codes: tuple[SeenCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """All that was seen in one file; `problems` are sentences about what was left out."""

    pages: tuple[Page, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unscannable:
    """A picture that could not be read; `reason` is a sentence for the owner.

    `is_missing`: only for want of the optional packages, so it is worth another try later.
    """

    reason: str
    is_missing: bool = False
