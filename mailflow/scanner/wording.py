"""What the child says, as JSON; the parent believes only what has the shape of a scan.

A hostile picture may have taken the child over, so its answer is treated as any stranger's text:
every type is checked, every length is capped.
"""

import binascii
import json
from base64 import b64decode, b64encode
from math import isfinite
from typing import Any

from mailflow.model.scan import Page, Scan, SeenCode, SeenLine, Unscannable
from mailflow.model.text import printable

MAX_PAGES = 60
MAX_LINES = 600
MAX_TEXT = 300
MAX_CODES = 50
MAX_CODE_TEXT = 10_000
MAX_PROBLEMS = 20
MAX_SIDE = 1_000_000
"""Pixels: no page is longer, and no line lies further out."""
MAX_CROP = 16 * 1024
JPEG = b"\xff\xd8\xff"


class Garbled(ValueError):
    """The answer does not have the shape of a scan."""


def hello(broken: str = "") -> bytes:
    """What the child says first: that it is ready, or what keeps it from reading."""
    return json.dumps({"broken": broken[:MAX_TEXT]}).encode()


def greeted(payload: bytes) -> str:
    """What keeps the child from reading, empty when it is ready; raises Garbled."""
    try:
        value = json.loads(payload)
        if not isinstance(value, dict):
            raise TypeError(value)
        return printable(_text(value.get("broken", ""), MAX_TEXT))
    except (ValueError, TypeError, RecursionError) as error:
        raise Garbled("it said what is no greeting") from error


def packed(found: Scan | Unscannable) -> bytes:
    """As the child sends it."""
    if isinstance(found, Unscannable):
        value: dict[str, Any] = {"refused": found.reason}
    else:
        value = {
            "pages": [_page_value(page) for page in found.pages],
            "problems": list(found.problems),
        }
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _page_value(page: Page) -> dict[str, Any]:
    return {
        "size": [page.width, page.height],
        "lines": [
            [
                line.text, line.confidence, line.left, line.top, line.right, line.bottom,
                b64encode(line.crop).decode("ascii"), list(line.letters), line.other,
            ]
            for line in page.lines
        ],
        "codes": [[code.kind, code.text] for code in page.codes],
    }  # fmt: skip


def unpacked(payload: bytes) -> Scan | Unscannable:
    """As the parent believes it; raises Garbled for anything that is not a scan."""
    try:
        value = json.loads(payload, parse_constant=_no_number)
        if "refused" in value:
            return Unscannable(_text(value["refused"], MAX_TEXT * 2))
        pages = tuple(_page(each) for each in value["pages"][:MAX_PAGES])
        problems = tuple(_text(each, MAX_TEXT) for each in value["problems"][:MAX_PROBLEMS])
        return Scan(pages, problems)
    except (
        ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError, binascii.Error,
    ) as error:  # fmt: skip
        raise Garbled("the picture reader answered what is not a scan") from error


def _no_number(name: str) -> float:
    raise ValueError(name)


def _page(value: dict[str, Any]) -> Page:
    width, height = map(_side, value["size"])
    return Page(
        width,
        height,
        tuple(_line(each) for each in value["lines"][:MAX_LINES]),
        tuple(
            SeenCode(_text(kind, 40), _text(text, MAX_CODE_TEXT))
            for kind, text in value["codes"][:MAX_CODES]
        ),
    )


def _line(value: list[Any]) -> SeenLine:
    text, confidence, left, top, right, bottom, crop, letters, other = value
    held = b64decode(crop, validate=True)
    is_shown = held.startswith(JPEG) and len(held) <= MAX_CROP
    return SeenLine(
        _text(text, MAX_TEXT),
        _share(confidence),
        _place(left),
        _place(top),
        _place(right),
        _place(bottom),
        held if is_shown else b"",
        tuple(_share(letter) for letter in letters[:MAX_TEXT]),
        _text(other, MAX_TEXT),
    )


def _side(value: object) -> int:
    if not isinstance(value, int) or not 0 < value <= MAX_SIDE:
        raise TypeError(value)
    return int(value)


def _place(value: object) -> float:
    if not isinstance(value, int | float) or not isfinite(value) or abs(value) > MAX_SIDE:
        raise TypeError(value)
    return float(value)


def _share(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError(value)
    return min(1.0, max(0.0, float(value)))


def _text(value: object, at_most: int) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    # half a surrogate pair can neither be stored nor sent
    return value[:at_most].encode("utf-8", "replace").decode()
