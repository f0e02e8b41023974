"""Encoded words in headers and parameters in extended notation (RFC 2047, RFC 2231)."""

import binascii
from urllib.parse import unquote_to_bytes

from mailflow.reading.charset import decode

MAX_PARAMETERS = 100
BASE64 = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
FOLDS = dict.fromkeys(range(32), " ") | {13: None, 10: None, 127: " "}


def unfold(value: str) -> str:
    """One line, without the folding white space of RFC 5322 §2.2.3 and without controls."""
    flat = value.translate(FOLDS).strip()
    if flat.isprintable():
        return flat
    return "".join(c if c.isprintable() or c in "\u200d\u200c" else " " for c in flat).strip()


def decode_words(value: str) -> str:
    """The text of a header value with every `=?charset?B or Q?…?=` read; the rest as it stands.

    Adjacent words of one charset are joined as bytes first: many clients cut characters in two.
    """
    if "=?" not in value:
        return value
    out: list[str] = []
    pending = b""
    charset = ""
    at = 0
    while (found := _next_word(value, at)) is not None:
        start, end, name, data = found
        between = value[at:start]
        if pending and (between.strip() or name.lower() != charset.lower()):
            out.append(decode(pending, charset))
            pending = b""
        if between.strip() or (at == 0 and between):
            out.append(between)
        pending += data
        charset = name
        at = end
    if pending:
        out.append(decode(pending, charset))
    out.append(value[at:])
    return "".join(out)


def _next_word(value: str, at: int) -> tuple[int, int, str, bytes] | None:
    """Where the next encoded word begins and ends, its charset and its bytes."""
    while (start := value.find("=?", at)) >= 0:
        first = value.find("?", start + 2, start + 64)
        if first > 0 and value[first + 2 : first + 3] == "?":
            end = value.find("?=", first + 3)
            # a Q word may begin with "=": look for the end after the text's first character
            if end < 0:
                return None
            kind = value[first + 1].lower()
            raw = value[first + 3 : end]
            if kind in "bq" and (data := _word_bytes(kind, raw)) is not None:
                return start, end + 2, value[start + 2 : first], data
        at = start + 2
    return None


def _word_bytes(kind: str, raw: str) -> bytes | None:
    data = raw.encode("ascii", "ignore")
    if kind == "q":
        return binascii.a2b_qp(data, header=True)
    return base64_bytes(data)


def base64_bytes(data: bytes) -> bytes:
    """Base64 as found in the wild: foreign characters skipped, a cut end forgiven."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        keep = bytes(char for char in data if char in BASE64)
        keep = keep[:-1] if len(keep) % 4 == 1 else keep
        return binascii.a2b_base64(keep + b"=" * (-len(keep) % 4))


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """`text/plain; charset="utf-8"` as its lower-case value and its parameters (RFC 2231)."""
    pieces = _split(value[:8192])
    plain: dict[str, str] = {}
    parts: dict[str, dict[int, tuple[bool, str]]] = {}
    unparted = " ".join(pieces[0].split()[1:])  # broken mailers leave out the first semicolon
    for piece in [*pieces[1 : MAX_PARAMETERS + 1], unparted]:
        key, _, text = piece.partition("=")
        key, text = key.strip().lower(), _unquote(text.strip())
        base, star, rest = key.partition("*")
        if not star:
            plain.setdefault(key, decode_words(text))
            continue
        number = rest.rstrip("*")
        index = int(number) if number.isdecimal() and len(number) < 4 else 0
        parts.setdefault(base, {})[index] = (rest.endswith("*") or not rest, text)
    for base, found in parts.items():
        plain[base] = _extended([found[i] for i in sorted(found)])
    return (pieces[0].split() or [""])[0].lower(), plain


def _extended(pieces: list[tuple[bool, str]]) -> str:
    """RFC 2231 §3 and §4: charset'language'percent-encoded, continued over numbered pieces."""
    charset = ""
    first_encoded, first = pieces[0]
    if first_encoded and first.count("'") >= 2:
        charset, _, rest = first.partition("'")
        pieces = [(True, rest.partition("'")[2]), *pieces[1:]]
    data = b"".join(
        unquote_to_bytes(text) if encoded else text.encode("utf-8", "surrogateescape")
        for encoded, text in pieces
    )
    return decode(data, charset)


def _split(value: str) -> list[str]:
    """At the semicolons that are not quoted."""
    pieces: list[str] = []
    current: list[str] = []
    quoted = escaped = False
    for char in value:
        if escaped:
            escaped = False
        elif char == "\\" and quoted:
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            pieces.append("".join(current))
            current = []
            continue
        current.append(char)
    return [*pieces, "".join(current)]


def _unquote(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = text[1:-1]
        out, escaped = [], False
        for char in text:
            if char == "\\" and not escaped:
                escaped = True
                continue
            out.append(char)
            escaped = False
        return "".join(out)
    return text.strip("\"'") if text[:1] in "\"'" else text.split(" (")[0].strip()
