"""vCard bytes taken apart into cards of properties, in one pass over lines of bounded length."""

import binascii
import quopri
from collections.abc import Iterator
from dataclasses import dataclass, field

from mailflow.reading.charset import BOMS, decode

MAX_BYTES = 5 * 1024 * 1024
MAX_LINE = 16_384
"""Bytes of one logical line that are kept: no field of a person is longer, only pictures are."""
MAX_PARAMS = 2_048
MAX_PROPERTIES = 1_000
BINARY = frozenset({b"PHOTO", b"LOGO", b"SOUND", b"KEY"})
KNOWN_TYPES = frozenset(
    ["HOME", "WORK", "CELL", "FAX", "PREF", "VOICE", "INTERNET", "PAGER", "MOBILE", "MAIN", "OTHER",
     "BASE64", "QUOTED-PRINTABLE", "B", "8BIT", "7BIT"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Property:
    """One line: the name without its group, the types in capitals, the value as raw text."""

    name: str
    group: str
    types: frozenset[str]
    value: str


@dataclass(slots=True)
class Block:
    """What stood between BEGIN and END; `version` is "2.1" unless another was written."""

    properties: list[Property] = field(default_factory=list)
    version: str = ""
    is_cut: bool = False


def blocks(data: bytes) -> Iterator[Block]:
    """Each card of a file in order: 2.1, RFC 2426 (3.0) and RFC 6350 (4.0), also when END, VERSION
    or even BEGIN is missing. Cards nested in AGENT are left out. Never raises."""
    block: Block | None = None
    depth = 0
    after_agent = False
    for line in _logical(_as_utf8(data[:MAX_BYTES])):
        mark = line[:40].strip().upper().replace(b" ", b"")
        if mark == b"BEGIN:VCARD":
            if block is not None and (after_agent or depth > 1):
                depth += 1
                continue
            if block is not None and block.properties:
                yield block
            block, depth = Block(), 1
        elif mark == b"END:VCARD":
            depth -= 1
            if depth <= 0 and block is not None:
                yield block
                block = None
        elif depth > 1 or (block is None and not _could_be_bare(line)):
            continue
        else:
            block = block or Block()
            depth = max(depth, 1)
            after_agent = mark.startswith(b"AGENT")
            _add(block, line)
    if block is not None and block.properties:
        yield block


def _could_be_bare(line: bytes) -> bool:
    """A line outside BEGIN … END that can only be part of a card whose BEGIN is missing."""
    return line[:20].upper().startswith((b"VERSION:", b"FN:", b"FN;", b"N:", b"N;"))


def _as_utf8(data: bytes) -> bytes:
    if data.startswith(tuple(mark for mark, name in BOMS)):
        return decode(data).encode("utf-8", "replace")
    if data[1:2] == b"\0" or data[:1] == b"\0":
        name = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return data.decode(name, "replace").encode("utf-8", "replace")
    return data


def _logical(data: bytes) -> Iterator[bytes]:
    """Unfolded lines (RFC 6350 §3.2), quoted-printable soft breaks joined, at most 16 KB each.

    CR LF, LF and a bare CR end a line. A line without a colon under a binary property is more of
    its base64 and is dropped.
    """
    pieces: list[bytes] = []
    size = 0
    is_soft = False
    for line in data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        if pieces and is_soft:
            piece = line[1:] if line[:1] in {b" ", b"\t"} and b"=" not in line[:2] else line
        elif pieces and line[:1] in {b" ", b"\t"}:
            piece = line[1:]
        else:
            if pieces:
                yield b"".join(pieces)
            pieces, size, piece = [], 0, line
        is_quoted = (
            is_soft or (not pieces and _is_quoted(line)) or (pieces and _is_quoted(pieces[0]))
        )
        is_soft = bool(is_quoted) and piece.endswith(b"=")
        kept = piece[: max(0, MAX_LINE - size)]
        pieces.append(kept[:-1] if is_soft else kept)
        size += len(kept)
    if pieces:
        yield b"".join(pieces)


def _is_quoted(line: bytes) -> bool:
    return b"QUOTED-PRINTABLE" in line[:MAX_PARAMS].partition(b":")[0].upper()


def _add(block: Block, line: bytes) -> None:
    head, colon, raw = _past_params(line)
    if not colon or len(block.properties) >= MAX_PROPERTIES:
        block.is_cut = block.is_cut or bool(colon)
        return
    named, *params = _params(head)
    group, _, name = named.strip().upper().rpartition(b".")
    if name in BINARY or not name or len(name) > 60:
        return
    types: set[str] = set()
    charset = ""
    encoding = ""
    for param in params:
        key, equals, setting = _ascii(param).partition("=")
        words = [w.strip().strip('"').upper() for w in (setting if equals else key).split(",")]
        match key.strip().upper() if equals else "TYPE":
            case "CHARSET":
                charset = setting.strip(' "')
            case "ENCODING":
                encoding = words[0]
            case "PREF":
                types.add("PREF")
            case "TYPE":
                types.update(words)
    types |= {encoding} if encoding else set()
    value = _text(raw, types, charset)
    if name == b"VERSION":
        block.version = value.strip()
    else:
        properties = Property(_ascii(name), _ascii(group), frozenset(types - {""}), value)
        block.properties.append(properties)


def _text(raw: bytes, types: set[str], charset: str) -> str:
    if "QUOTED-PRINTABLE" in types or "Q" in types:
        raw = quopri.decodestring(raw)
    elif types & {"BASE64", "B"}:
        try:
            raw = binascii.a2b_base64(raw)
        except (binascii.Error, ValueError):
            return ""
    return decode(raw, charset)


def _past_params(line: bytes) -> tuple[bytes, bytes, bytes]:
    """Cut at the first colon outside double quotes; at the first of all when a quote stays open."""
    inside = False
    for at, byte in enumerate(line[:MAX_PARAMS]):
        if byte == 0x22:
            inside = not inside
        elif byte == 0x3A and not inside:
            return line[:at], b":", line[at + 1 :]
    return line[:MAX_PARAMS].partition(b":") if inside else (line, b"", b"")


def _params(head: bytes) -> list[bytes]:
    """Parted at semicolons outside double quotes."""
    found: list[bytes] = []
    inside = False
    start = 0
    for at, byte in enumerate(head):
        if byte == 0x22:
            inside = not inside
        elif byte == 0x3B and not inside:
            found.append(head[start:at])
            start = at + 1
    return [*found, head[start:]]


def _ascii(text: bytes) -> str:
    return text.decode("ascii", "replace")
