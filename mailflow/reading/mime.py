"""A message's tree of parts, read in one pass per level, with bounds on their number and depth."""

import binascii
import re
from dataclasses import dataclass, field

from mailflow.reading.charset import decode
from mailflow.reading.words import base64_bytes, decode_words, parameters, unfold

MAX_PARTS = 50
MAX_DEPTH = 20
MAX_HEADERS = 2000
MAX_HEADER = 100_000
KNOWN_FIELDS = frozenset(
    b"""received from to cc date subject message-id mime-version content-type return-path sender
    reply-to in-reply-to references delivered-to content-transfer-encoding list-id""".split()
)
"""What a line after a torn one must be for the headers to go on."""


class TooMuch(Exception):
    """More parts or levels than a message may have; the message is the sentence for the owner."""


@dataclass(slots=True)
class Node:
    """One part: its headers (lower-case name, raw text), and its bytes or its children."""

    headers: list[tuple[str, str]]
    content_type: str
    parameters: dict[str, str]
    body: bytes
    depth: int
    children: list["Node"] = field(default_factory=list)

    def first(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    @property
    def charset(self) -> str:
        return self.parameters.get("charset", "")

    @property
    def is_message(self) -> bool:
        """A whole mail inside the mail: by its type, or as an .eml file of any type."""
        if self.content_type in {"message/rfc822", "message/global"}:
            return True
        return (
            self.content_type in {"application/octet-stream", "application/eml", "text/plain"}
            and self.depth > 0
            and self.filename.lower().endswith(".eml")
        )

    @property
    def disposition(self) -> tuple[str, dict[str, str]]:
        return parameters(unfold(self.first("content-disposition")))

    @property
    def filename(self) -> str:
        """What the sender called the file, from either header; never a path to use."""
        name = self.disposition[1].get("filename") or self.parameters.get("name", "")
        return unfold(decode_words(name))[:255]

    def decoded(self) -> bytes:
        """The bytes behind Content-Transfer-Encoding (RFC 2045 §6)."""
        encoding = self.first("content-transfer-encoding").strip().lower().split(";")[0]
        if encoding == "base64":
            return base64_bytes(self.body)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
            return _uu(self.body)
        return self.body

    def text(self) -> str:
        return decode(self.decoded(), self.charset).replace("\r\n", "\n").replace("\r", "\n")


class Tree:
    """Counts the parts while it splits them."""

    def __init__(self) -> None:
        self.count = 0

    def read(self, data: bytes, depth: int = 0, default: str = "text/plain") -> Node:
        """The part that `data` is; raises TooMuch."""
        self.count += 1
        if self.count > MAX_PARTS:
            raise TooMuch(f"The mail has more than {MAX_PARTS} parts.")
        if depth > MAX_DEPTH:
            raise TooMuch(f"The mail's parts are nested more than {MAX_DEPTH} deep.")
        headers, body = split_headers(data)
        raw_type = next((value for key, value in headers if key == "content-type"), "")
        kind, params = parameters(unfold(raw_type))
        if kind.count("/") != 1 or kind.startswith("/") or kind.endswith("/"):
            kind = default if not kind or "/" not in kind else "text/plain"
        node = Node(headers, kind, params, body, depth)
        boundary = params.get("boundary", "")
        if kind.startswith("multipart/") and boundary:
            inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
            node.children = [
                self.read(piece, depth + 1, inner) for piece in split_parts(body, boundary)
            ]
            if not node.children:
                node.content_type = "text/plain"
        elif kind.startswith("multipart/"):
            node.content_type = "text/plain"
        elif node.is_message:
            node.children = [self.read(node.decoded(), depth + 1)]
        return node


def split_headers(data: bytes) -> tuple[list[tuple[str, str]], bytes]:
    """The header fields in order and the bytes after the empty line (RFC 5322 §2.1).

    A line that is no field ends the headers, as broken mailers leave out the empty line.
    """
    fields: list[tuple[bytes, list[bytes]]] = []
    at = 0
    size = len(data)
    while at < size:
        end = data.find(b"\n", at)
        end = size if end < 0 else end + 1
        line = data[at:end].rstrip(b"\r\n")
        if not line:
            return _finished(fields), data[end:]
        if line[0] in b" \t" and fields:
            fields[-1][1].append(line)
        elif at == 0 and line.startswith((b"From ", b">From ")):
            pass  # the envelope line of an mbox file
        else:
            name, colon, value = line.partition(b":")
            name = name.rstrip(b" \t")
            if not colon or not name or any(c <= 32 or c >= 127 for c in name):
                if fields and _is_known_field(data[end : end + 100]):
                    at = end  # a torn line among the headers
                    continue
                return _finished(fields), data[at:] if fields else data
            if len(fields) < MAX_HEADERS:
                fields.append((name, [value]))
        at = end
    return _finished(fields), b""


def _is_known_field(line: bytes) -> bool:
    name, colon, _ = line.partition(b":")
    return bool(colon) and (name.lower() in KNOWN_FIELDS or name.startswith(b"X-"))


def _finished(fields: list[tuple[bytes, list[bytes]]]) -> list[tuple[str, str]]:
    declared = _declared(fields)
    return [
        (name.decode("ascii").lower(), decode(b"\n".join(lines)[:MAX_HEADER], declared))
        for name, lines in fields
    ]


def _declared(fields: list[tuple[bytes, list[bytes]]]) -> str:
    """The body's charset: raw eight-bit headers are written in it, where they are not UTF-8."""
    for name, lines in fields:
        if name.lower() == b"content-type":
            value = b" ".join(lines)[:1000].decode("ascii", "replace")
            charset = parameters(value)[1].get("charset", "")
            return "" if charset.lower().startswith(("utf-16", "utf-7", "iso-2022")) else charset
    return ""


def split_parts(body: bytes, boundary: str) -> list[bytes]:
    """What stands between the delimiter lines (RFC 2046 §5.1.1); the end may be missing."""
    delimiter = b"--" + boundary.rstrip().encode("utf-8", "surrogateescape")
    # possessive: what is not a delimiter line is given up at once
    line = re.compile(rb"^" + re.escape(delimiter) + rb"[ \t\r]*+(--)?[ \t\r]*+$", re.MULTILINE)
    parts: list[bytes] = []
    start = -1
    for found in line.finditer(body):
        if start >= 0:
            parts.append(_without_last_break(body[start : found.start()]))
        start = min(found.end() + 1, len(body)) if found[1] is None else -1
        if found[1] is not None or len(parts) > MAX_PARTS:
            break
    if start >= 0:
        parts.append(body[start:])
    return parts


def _without_last_break(data: bytes) -> bytes:
    if data.endswith(b"\r\n"):
        return data[:-2]
    return data[:-1] if data.endswith(b"\n") else data


def _uu(data: bytes) -> bytes:
    out = []
    for line in data.splitlines():
        if line.startswith(b"begin ") or line in {b"end", b"", b"`"}:
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            length = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                out.append(binascii.a2b_uu(line[:length]))
            except binascii.Error:
                continue
    return b"".join(out)
