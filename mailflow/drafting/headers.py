"""Headers on the wire: any name and subject arrives as it was written, and none breaks out.

Python's own folding loses spaces between encoded words, encodes Message-IDs over 78 characters,
and up to 3.11.9 writes out line breaks that were hidden in an encoded word (CVE-2024-6923). So the
five kinds of header that carry outside text are written here, and the result is counted.
"""

import re
from email.header import Header
from email.headerregistry import Address as HeaderAddress
from email.headerregistry import HeaderRegistry
from email.policy import SMTP, EmailPolicy
from email.utils import quote
from typing import Any

ID_HEADERS = frozenset({"message-id", "in-reply-to", "references"})
ADDRESS_HEADERS = frozenset({"from", "to", "reply-to"})
TEXT_HEADERS = frozenset({"subject"})
OWN = ID_HEADERS | ADDRESS_HEADERS | TEXT_HEADERS

MAX_WORD = 400
"""Characters without a space that may stand on a line as they are (RFC 5322 §2.1.1: 998)."""

ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*\Z")
"""A display name that needs no quotes (RFC 5322 §3.2.3)."""

HEADER_LINE = re.compile(rb"([!-9;-~]+):")
BREAKS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
"""Never in a header, however it came there; a tab is white space."""


class Registry(HeaderRegistry):
    """The library's, which makes a new class for each header of each mail; here one for each name.

    Only names the program writes itself are asked for, so there are few.
    """

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type] = {}

    def __getitem__(self, name: str) -> type:
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = super().__getitem__(name)
        return made


class MailPolicy(EmailPolicy):
    """Writes the headers that carry outside text in its own way, and all others as the library."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """The library takes Message-IDs apart to check what `is_message_id` already has."""
        if name.lower() in ID_HEADERS:
            if BREAKS.search(value):
                raise ValueError("it has a line break or another control character in a header")
            return name, value
        return super().header_store_parse(name, value)

    def fold(self, name: str, value: Any) -> str:
        if name.lower() in OWN:
            return f"{name}: {on_wire(name, value, self.linesep)}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() in OWN:
            return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii")
        return bytes(super().fold_binary(name, value))


PLAIN = MailPolicy(linesep=SMTP.linesep, header_factory=Registry())
UNICODE = PLAIN.clone(utf8=True)
"""For addresses that ASCII cannot write (RFC 6532, sent with SMTPUTF8)."""


def on_wire(name: str, value: Any, linesep: str) -> str:
    """A header's value as it is sent, folded. Raises ValueError for control characters."""
    if name.lower() in ID_HEADERS:
        return f"{linesep} ".join(str(value).split())
    if name.lower() in ADDRESS_HEADERS:
        return f",{linesep} ".join(_mailbox(each, name, linesep) for each in value.addresses)
    return _text(str(value), name, linesep)


def literal(text: str) -> str:
    """The text as EmailMessage has to be given it: what looks like an encoded word is encoded, so
    that the library's decoding gives back the very text."""
    if BREAKS.search(text):
        raise ValueError("it has a line break or another control character in a header")
    return Header(text, "utf-8", maxlinelen=10**6).encode(linesep="") if "=?" in text else text


def mailbox(name: str, local: str, domain: str) -> HeaderAddress:
    """An address with its display name. Raises ValueError for control characters."""
    if BREAKS.search(name):
        raise ValueError("it has a line break or another control character in a name")
    return HeaderAddress(name, local, domain)


def foreign_headers(data: bytes, known: set[str]) -> list[str]:
    """Names in the header block of a finished mail that were never set; the last guard."""
    block = data.partition(b"\r\n\r\n")[0]
    found = [HEADER_LINE.match(line) for line in block.splitlines() if line[:1] not in b" \t"]
    names = [match.group(1).decode("ascii").lower() if match else "?" for match in found]
    return [name for name in names if name not in known or names.count(name) > 1]


def _mailbox(address: HeaderAddress, name: str, linesep: str) -> str:
    display = " ".join(address.display_name.split())
    if not display:
        return address.addr_spec
    if not _is_plain(display):
        return f"{_encoded(display, name, linesep)}{linesep} <{address.addr_spec}>"
    shown = display if ATOMS.match(display) else f'"{quote(display)}"'
    gap = " " if len(shown) + len(address.addr_spec) < 60 else f"{linesep} "
    return f"{shown}{gap}<{address.addr_spec}>"


def _text(text: str, name: str, linesep: str) -> str:
    if BREAKS.search(text):
        raise ValueError("it has a line break or another control character in a header")
    if not _is_plain(text):
        return _encoded(text, name, linesep)
    return Header(text, "us-ascii", header_name=name).encode(linesep=linesep)


def _encoded(text: str, name: str, linesep: str) -> str:
    """Encoded words (RFC 2047), the spaces inside them, so that none gets lost between two."""
    return Header(text, "utf-8", header_name=name).encode(linesep=linesep)


def _is_plain(text: str) -> bool:
    return (
        text.isascii()
        and text.isprintable()
        and "=?" not in text
        and max(map(len, text.split()), default=0) <= MAX_WORD
    )
