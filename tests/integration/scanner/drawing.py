"""Pictures of business cards, drawn for the tests: flat, then as if somebody had taken a photo."""

from collections.abc import Sequence
from io import BytesIO

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

JANE = (
    ("Jane Roe", 44),
    ("Chief Technology Officer", 24),
    ("Acme Robotics Ltd.", 30),
    ("jane.roe@acme-robotics.com", 24),
    ("+44 20 7946 0123", 24),
    ("www.acme-robotics.com", 24),
)
RAJ = (
    ("Raj Rao", 44),
    ("Payroll Software GmbH", 30),
    ("raj@payroll-software.de", 24),
    ("+49 30 2345678", 24),
)
FONTS = ("DejaVuSans.ttf", "Arial.ttf")
Lines = Sequence[tuple[str, int]]


def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font with accents where the machine has one, else the one Pillow brings."""
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def has_accents() -> bool:
    """Whether there is a font with the letters of most of Europe."""
    found = font(12)
    return isinstance(found, ImageFont.FreeTypeFont) and found.getname()[0] != "Aileron"


def card(
    lines: Lines = JANE,
    *,
    size: tuple[int, int] = (1000, 600),
    paper: str = "white",
    ink: str = "black",
) -> Image.Image:
    """The card itself, flat, line below line."""
    picture = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(picture)
    y = size[1] // 12
    for text, height in lines:
        draw.text((size[0] // 14, y), text, fill=ink, font=font(height))
        y += int(height * 1.9)
    return picture


def photo(
    picture: Image.Image, *, table: str = "#6b4a2f", size: tuple[int, int] = (1600, 1200)
) -> Image.Image:
    """The card lying on a table, a little turned and seen from the side."""
    wide, high = picture.size
    scale = 0.62 * min(size[0] / wide, size[1] / high)
    left, top = size[0] * 0.17, size[1] * 0.22
    w, h = wide * scale, high * scale
    corners = [
        (left + 20, top), (left + w, top + 0.09 * h),
        (left + w - 35, top + 1.02 * h), (left - 15, top + 0.93 * h),
    ]  # fmt: skip
    coefficients = _perspective(corners, [(0, 0), (wide, 0), (wide, high), (0, high)])
    laid = picture.convert("RGBA").transform(
        size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC
    )
    seen = Image.new("RGBA", size, table)
    seen.alpha_composite(laid)
    return seen.convert("RGB")


def _perspective(
    to: Sequence[tuple[float, float]], of: Sequence[tuple[float, float]]
) -> tuple[float, ...]:
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(to, of, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    values = np.array(of, dtype=float).reshape(8)
    return tuple(float(each) for each in np.linalg.solve(np.array(rows), values))


def dimmed(picture: Image.Image, least: float = 0.25) -> Image.Image:
    """As in a dim room with one lamp: bright on the left, dark on the right."""
    pixels = np.asarray(picture, dtype=np.float32)
    fade = np.linspace(0.8, least, picture.width, dtype=np.float32)[np.newaxis, :, np.newaxis]
    return Image.fromarray((pixels * fade).astype(np.uint8))


def with_code(picture: Image.Image, text: str, side: int = 150) -> Image.Image:
    """The card with a QR code at its lower right."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    code = Image.fromarray(np.array(made.to_image(scale=4))).convert("RGB").resize((side, side))
    bearing = picture.copy()
    bearing.paste(code, (picture.width - side - 30, picture.height - side - 30))
    return bearing


def as_bytes(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    held = BytesIO()
    picture.save(held, kind, **options)
    return held.getvalue()
