"""Which files are pictures, by their first bytes; the parent asks before the child is woken."""

MARKS = (
    b"\xff\xd8\xff",  # JPEG
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"II*\0",  # TIFF, little-endian
    b"MM\0*",  # TIFF, big-endian
    b"%PDF-",
)
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def is_picture(data: bytes) -> bool:
    """Whether the scanner reads files of this kind; it may still be damaged."""
    if data.startswith(b"RIFF"):
        return data[8:12] == b"WEBP"
    if data[4:8] == b"ftyp":  # ISO/IEC 23008-12
        return data[8:12] in HEIF_BRANDS
    return data.startswith(MARKS)
