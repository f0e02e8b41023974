"""One contact as a vCard 4.0 (RFC 6350), for the person it is about or another program."""

from collections.abc import Iterator

from mailflow.model.contact import Contact

MAX_OCTETS = 75
"""A longer line is folded (RFC 6350 §3.2)."""


def written(contact: Contact) -> str:
    """The card, lines ended by CRLF. Warmth and tier are the owner's and are not in it."""
    lines = ["BEGIN:VCARD", "VERSION:4.0", *_fields(contact), "END:VCARD"]
    return "".join(_folded(line) + "\r\n" for line in lines)


def _fields(contact: Contact) -> Iterator[str]:
    yield f"FN:{_text(contact.label)}"
    if contact.family or contact.given:
        yield f"N:{_text(contact.family)};{_text(contact.given)};;;"
    for name, value in (("ORG", contact.org), ("TITLE", contact.title), ("NOTE", contact.notes)):
        if value:
            yield f"{name}:{_text(value)}"
    yield from (f"EMAIL:{_text(str(address))}" for address in contact.addresses)
    yield from (f"TEL;VALUE=text:{_text(p.e164 or p.written)}" for p in contact.phones)
    yield from (f"URL:{_line(url)}" for url in contact.urls)
    if contact.postal:
        yield f"ADR:;;{_text(contact.postal)};;;;"
    if contact.tags:
        yield "CATEGORIES:" + ",".join(_text(tag) for tag in contact.tags)


def _text(value: str) -> str:
    """A text value (RFC 6350 §3.4)."""
    for plain, escaped in (("\\", "\\\\"), ("\n", "\\n"), (",", "\\,"), (";", "\\;")):
        value = value.replace(plain, escaped)
    return _line(value)


def _line(value: str) -> str:
    return "".join(character for character in value if character.isprintable())


def _folded(line: str) -> str:
    """At most 75 octets a line, and never inside a character."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > MAX_OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += width
    return "\r\n".join(pieces)
