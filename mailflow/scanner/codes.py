"""The codes on a picture: QR and its kin, which hold text exactly as it was meant."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from mailflow.model.scan import SeenCode
from mailflow.scanner import light
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
LEAST_SIDE = 16
MAX_DAMAGED = 4
AROUND = 0.3
CLOSER = (3.0, 4.0)
CLOSE_SIDE = 1600
Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PlacedCode:
    """A code and its corners, x and y in pixels of the picture."""

    code: SeenCode
    corners: Quad


def codes(picture: Picture) -> list[PlacedCode]:
    """Every code, each text once. Where one is seen and not understood, it is looked at closer."""
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    for tried, scale in _tries(picture, grey):
        found: dict[str, PlacedCode] = {}
        damaged: list[Quad] = []
        for each in _barcodes(tried)[:MAX_CODES]:
            corners = _corners(each) / scale
            if each.valid:
                _keep(found, each, corners)
            else:
                damaged.append(corners)
        for corners in _apart(damaged, grey.shape):
            _look_closer(grey, corners, found)
        if found:
            return list(found.values())
    return []


def _tries(picture: Picture, grey: Grey) -> Iterator[tuple[Grey, float]]:
    """The picture as it is, enlarged for small codes, and in even light."""
    yield grey, 1.0
    scale = min(3.0, ENLARGED_SIDE / max(grey.shape))
    if scale > 1.2:
        yield _enlarged(grey, scale), scale
    yield np.ascontiguousarray(light.evened(picture)[:, :, 0]), 1.0


def _look_closer(grey: Grey, corners: Quad, found: dict[str, PlacedCode]) -> None:
    """One damaged code, cut out with its surroundings and enlarged."""
    low, high = corners.min(axis=0), corners.max(axis=0)
    margin = AROUND * (high - low)
    left, top = (max(0, int(edge)) for edge in low - margin)
    right, bottom = (int(edge) for edge in high + margin)
    cut = grey[top:bottom, left:right]
    for scale in CLOSER:
        scale = min(scale, CLOSE_SIDE / max(cut.shape))
        for each in _barcodes(_enlarged(cut, scale))[:MAX_CODES]:
            if each.valid:
                offset = np.array([left, top], dtype=np.float32)
                _keep(found, each, np.asarray(_corners(each) / scale + offset, dtype=np.float32))
                return


def _apart(damaged: list[Quad], shape: tuple[int, ...]) -> list[Quad]:
    """The largest of the damaged codes, those that lie on each other counted once."""
    kept: list[Quad] = []
    for corners in sorted(damaged, key=lambda quad: -float(np.ptp(quad, axis=0).min())):
        middle = corners.mean(axis=0)
        is_new = all(
            (np.abs(other.mean(axis=0) - middle) > np.ptp(other, axis=0) / 2).any()
            for other in kept
        )
        is_inside = (middle >= 0).all() and middle[0] < shape[1] and middle[1] < shape[0]
        if is_new and is_inside and np.ptp(corners, axis=0).min() >= LEAST_SIDE:
            kept.append(corners)
    return kept[:MAX_DAMAGED]


def _barcodes(grey: Grey) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(
        np.ascontiguousarray(grey),
        formats=KINDS,
        text_mode=zxingcpp.TextMode.Plain,
        return_errors=True,
    )


def _keep(found: dict[str, PlacedCode], each: zxingcpp.Barcode, corners: Quad) -> None:
    if each.text.strip():
        kind = str(each.format).rpartition(".")[2]
        found.setdefault(each.text, PlacedCode(SeenCode(kind, each.text[:MAX_TEXT]), corners))


def _enlarged(grey: Grey, scale: float) -> Grey:
    wide = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return np.asarray(wide, dtype=np.uint8)


def _corners(found: zxingcpp.Barcode) -> Quad:
    place = found.position
    around = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return np.array([(corner.x, corner.y) for corner in around], dtype=np.float32)
