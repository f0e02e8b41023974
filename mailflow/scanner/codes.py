"""The codes on a picture: QR and its kin, which hold text exactly as it was meant."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from mailflow.model.scan import SeenCode
from mailflow.scanner.detection import Picture, Quad

KINDS = zxingcpp.BarcodeFormats(
    (
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.MicroQRCode,
        zxingcpp.BarcodeFormat.RMQRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
        zxingcpp.BarcodeFormat.Aztec,
        zxingcpp.BarcodeFormat.PDF417,
    )
)
MAX_CODES = 50
MAX_TEXT = 10_000
ENLARGED_SIDE = 3200
CLIP = 3.0


@dataclass(frozen=True, slots=True)
class PlacedCode:
    """A code and its corners, x and y in pixels of the picture."""

    code: SeenCode
    corners: Quad


def codes(picture: Picture) -> list[PlacedCode]:
    """Every code, each text once; the picture is tried plain, enlarged, and with more contrast."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    for tried, scale in _tries(grey):
        if found := _read(tried, scale):
            return found
    return []


def _tries(grey: NDArray[np.uint8]) -> Iterator[tuple[NDArray[np.uint8], float]]:
    yield grey, 1.0
    scale = min(3.0, ENLARGED_SIDE / max(grey.shape))
    if scale > 1.2:
        wide = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        yield wide.astype(np.uint8), scale
    clear = cv2.createCLAHE(CLIP, (8, 8)).apply(grey)
    yield clear.astype(np.uint8), 1.0


def _read(grey: NDArray[np.uint8], scale: float) -> list[PlacedCode]:
    found: dict[str, PlacedCode] = {}
    for each in zxingcpp.read_barcodes(
        np.ascontiguousarray(grey), formats=KINDS, text_mode=zxingcpp.TextMode.Plain
    )[:MAX_CODES]:
        if not each.valid or not each.text.strip():
            continue
        found.setdefault(
            each.text,
            PlacedCode(
                SeenCode(str(each.format).rpartition(".")[2], each.text[:MAX_TEXT]),
                _corners(each) / scale,
            ),
        )
    return list(found.values())


def _corners(found: zxingcpp.Barcode) -> Quad:
    place = found.position
    around = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return np.array([(corner.x, corner.y) for corner in around], dtype=np.float32)
