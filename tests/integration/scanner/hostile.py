"""Files made to stall, swell or kill whoever reads them, generated when a test asks for one."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image

MB = 1024 * 1024


def png(width: int, height: int) -> bytes:
    """A black PNG of any size, one bit a pixel: some kilobytes however large it is."""
    head = struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0)
    squeeze = zlib.compressobj(1)
    row = b"\0" * (1 + (width + 7) // 8)
    rows = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def jpeg(width: int, height: int) -> bytes:
    """A small JPEG whose header claims another size."""
    held = BytesIO()
    Image.new("L", (64, 64), "white").save(held, "JPEG")
    data = bytearray(held.getvalue())
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack("!HH", height, width)
    return bytes(data)


def gif(frames: int) -> bytes:
    held = BytesIO()
    shades = [Image.new("L", (300, 200), i % 256) for i in range(frames)]
    shades[0].save(held, "GIF", save_all=True, append_images=shades[1:], loop=0, duration=10)
    return held.getvalue()


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(body: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), more, body)


def pdf_of_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + i) for i in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 252 144] >>"
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree, *[page] * count])


def pdf_of_one_page(contents: bytes, resources: bytes, *others: bytes, box: bytes = b"") -> bytes:
    """One page: `contents` is object 4, `others` are those from 5 on."""
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>"
            % (box or b"0 0 252 144", resources),
            contents,
            *others,
        ]
    )


def pdf_with_a_huge_stream() -> bytes:
    squeeze = zlib.compressobj(1)
    part = b"0 0 m 1 1 l S\n" * (MB // 14)
    body = b"".join(squeeze.compress(part) for _ in range(300)) + squeeze.flush()
    return pdf_of_one_page(stream(body, b"/Filter /FlateDecode"), b"")


def pdf_of_nested_forms() -> bytes:
    """Ten forms, each drawing the next ten times."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 252 144]"
    forms = [
        stream(b"/F Do\n" * 10, form + b"/Resources << /XObject << /F %d 0 R >> >>" % (6 + i))
        for i in range(10)
    ]
    last = stream(b"0 0 m 9 9 l S", form)
    return pdf_of_one_page(stream(b"/F Do"), b"/XObject << /F 5 0 R >>", *forms, last)


def pdf_with_a_huge_picture() -> bytes:
    side = 30_000
    squeeze = zlib.compressobj(1)
    body = b"".join(squeeze.compress(b"\0" * side) for _ in range(side // 8)) + squeeze.flush()
    image = stream(
        body,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1"
        b" /ColorSpace /DeviceGray /Filter /FlateDecode" % (side, side),
    )
    drawn = stream(b"252 0 0 144 0 0 cm /I Do")
    return pdf_of_one_page(drawn, b"/XObject << /I 5 0 R >>", image)


FILES: dict[str, Callable[[], bytes]] = {
    "a PNG of 20,000 x 20,000.png": lambda: png(20_000, 20_000),
    "a PNG of 7,000 x 7,000.png": lambda: png(7_000, 7_000),
    "a PNG one pixel high.png": lambda: png(60_000, 1),
    "a JPEG of 16,000 x 12,000.jpg": lambda: jpeg(16_000, 12_000),
    "a GIF of 400 frames.gif": lambda: gif(400),
    "a PDF of 20,000 pages.pdf": lambda: pdf_of_pages(20_000),
    "a PDF with a stream of 300 MB.pdf": pdf_with_a_huge_stream,
    "a PDF of nested forms.pdf": pdf_of_nested_forms,
    "a PDF with a picture of 30,000 pixels.pdf": pdf_with_a_huge_picture,
    "a PDF of a huge page.pdf": lambda: pdf_of_one_page(stream(b""), b"", box=b"0 0 1e7 1e7"),
    "a PDF cut short.pdf": lambda: pdf_of_pages(3)[:300],
    "a picture cut short.png": lambda: png(600, 400)[:60],
    "a JPEG that ends early.jpg": lambda: jpeg(600, 400),
    "a text named as a picture.jpg": lambda: b"Jane Roe, jane@acme.io\n" * 100,
    "an archive named as a picture.heic": lambda: b"PK\3\4" + b"\0" * 200,
    "half a HEIC.heic": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64,
    "nothing.jpg": lambda: b"",
}
