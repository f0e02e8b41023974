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
MAX_NAME = 60
BINARY = frozenset({b"PHOTO", b"LOGO", b"SOUND", b"KEY"})


@dataclass(frozen=True, slots=True)
class Property:
    """One line: the name without its group, the types in capitals, the value as bytes.

    `common_name` is the CN parameter of a calendar's people."""

    name: str
    group: str
    types: frozenset[str]
    data: bytes
    charset: str = ""
    common_name: str = ""

    def text(self, guess: str) -> str:
        """The value by its own charset, else by `guess`, else by what its bytes look like."""
        return decode(self.data, self.charset or guess or _script(self.data))


@dataclass(slots=True)
class Block:
    """What stood between BEGIN and END. `charset` is the first that any of its lines declares: the
    best guess for those that declare none."""

    properties: list[Property] = field(default_factory=list)
    version: str = ""
    charset: str = ""


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
    is_soft = is_quoted = False
    for line in data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        if pieces and is_soft:
            piece = line[1:] if line[:1] in {b" ", b"\t"} and b"=" not in line[:2] else line
        elif pieces and line[:1] in {b" ", b"\t"}:
            piece = line[1:]
        else:
            if pieces:
                yield b"".join(pieces)
            pieces, size, piece = [], 0, line
            is_quoted = _is_quoted(line)
        is_soft = is_quoted and piece.endswith(b"=")
        if size < MAX_LINE:
            kept = piece[: MAX_LINE - size]
            pieces.append(kept[:-1] if is_soft else kept)
            size += len(kept)
    if pieces:
        yield b"".join(pieces)


def _is_quoted(line: bytes) -> bool:
    head = line[:MAX_PARAMS].partition(b":")[0]
    return b";" in head and b"QUOTED-PRINTABLE" in head.upper()


def properties(data: bytes, names: set[str]) -> Iterator[Property]:
    """The lines of those names in a file of the same syntax (iCalendar, RFC 5545 §3.1)."""
    count = 0
    for line in _logical(_as_utf8(data[:MAX_BYTES])):
        found = _property(line)
        if found is not None and found.name in names and count < MAX_PROPERTIES:
            count += 1
            yield found


def _add(block: Block, line: bytes) -> None:
    found = _property(line) if len(block.properties) < MAX_PROPERTIES else None
    if found is None:
        return
    block.charset = block.charset or found.charset
    if found.name == "VERSION":
        block.version = _ascii(found.data).strip()
    else:
        block.properties.append(found)


def _property(line: bytes) -> Property | None:
    """One line taken apart; None for what is no property, and for pictures and sounds."""
    head, colon, raw = _past_params(line)
    named, *params = _params(head)
    group, _, name = named.strip().upper().rpartition(b".")
    if not colon or name in BINARY or not name or len(name) > MAX_NAME:
        return None
    types: set[str] = set()
    charset = encoding = common_name = ""
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
            case "CN":
                common_name = decode(param.partition(b"=")[2]).strip(' "')
            case "TYPE":
                types.update(words)
    types |= {encoding} if encoding else set()
    kinds = frozenset(types - {""})
    data = _decoded(raw, types)
    return Property(_ascii(name), _ascii(group), kinds, data, charset, common_name)


def _decoded(raw: bytes, types: set[str]) -> bytes:
    if "QUOTED-PRINTABLE" in types or "Q" in types:
        raw = quopri.decodestring(raw)
    elif types & {"BASE64", "B"}:
        try:
            raw = binascii.a2b_base64(raw)
        except (binascii.Error, ValueError):
            return b""
    return raw


def _script(data: bytes) -> str:
    """The code page of an undeclared text all in one foreign script, else nothing.

    Windows-1255 has letters only at E0-FA; 1251 has capitals at C0-DF before small ones at E0-FF.
    """
    high = [byte for byte in data if byte >= 0x80]
    has_latin = any(0x41 <= byte & 0xDF <= 0x5A for byte in data if byte < 0x80)
    if has_latin or len(high) < 4:
        return ""
    if all(0xE0 <= byte <= 0xFA for byte in high):
        return "cp1255"
    return "cp1251" if all(byte >= 0xC0 for byte in high) else ""


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
