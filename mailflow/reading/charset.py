"""Bytes to text: the declared charset first, then what the bytes themselves allow."""

import codecs
from functools import lru_cache

ALIASES = {
    "": "ascii",
    "unknown-8bit": "ascii",
    "default": "ascii",
    "us-ascii": "ascii",
    "ansi_x3.4-1968": "ascii",
    "utf8mb4": "utf-8",
    "utf-8-sig": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_ext",
    "x-windows-949": "cp949",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-unknown": "ascii",
    "unknown": "ascii",
    "ansi": "cp1252",
    "cp-850": "cp850",
}
"""Names seen in mail that Python calls differently, and sets whose superset is what senders mean
(WHATWG Encoding §4.2: ISO-8859-1 is windows-1252, GB2312 is GB18030, …)."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# what a C1 hole in windows-1252 or a stray byte becomes
HOLE = "\N{REPLACEMENT CHARACTER}"


@lru_cache(maxsize=256)
def codec_name(declared: str) -> str | None:
    """Python's name for a declared charset; None for one that is not a text encoding."""
    name = declared.strip().strip("\"'").lower().split("*")[0][:40]
    name = ALIASES.get(name, name)
    if name.startswith("windows-"):
        name = "cp" + name.removeprefix("windows-")
    try:
        info = codecs.lookup(name)
        # base64, rot13 and friends are codecs but no charsets; idna and punycode are quadratic
        if info.name in {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}:
            return None
        b"a".decode(info.name, "replace")
    except (LookupError, ValueError, TypeError):
        return None
    return info.name


def decode(data: bytes, declared: str = "") -> str:
    """The text of `data`; never raises.

    1. A byte order mark decides. 2. ASCII and UTF-8 are what they look like, whatever is declared,
    unless a multi-byte charset with escape sequences was declared. 3. The declared charset.
    4. Windows-1252, with U+FFFD for its holes.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    name = codec_name(declared) or "ascii"
    if name.startswith(("utf-16", "utf_16", "utf-32", "utf_32", "utf-7", "iso2022", "hz")):
        return _try(data, name) or data.decode(name, "replace")
    if (text := _try(data, "utf-8")) is not None:
        return text
    if name in {"utf-8", "ascii"}:
        name = "utf-8" if name == "utf-8" and _mostly_utf8(data) else "cp1252"
    return _try(data, name) or data.decode(name, "replace")


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (ValueError, LookupError):
        return None


def _mostly_utf8(data: bytes) -> bool:
    """A cut or damaged UTF-8 text has few broken places for its many good ones."""
    high = sum(1 for byte in data if byte >= 0x80)
    return data.decode("utf-8", "replace").count(HOLE) * 4 <= high
