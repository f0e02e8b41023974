"""Lists of addresses as headers and forwarded mail write them: names, brackets, groups."""

import re

from mailflow.model.address import Address, NamedAddress
from mailflow.reading.words import decode_words

MAX_ADDRESSES = 500
ON_BEHALF = (
    " on behalf of ", " im Auftrag von ", " de la part de ", " en nombre de ", " per conto di ",
    " namens ", " em nome de ", " på vegne af ", " på vegne av ", " för ", " puolesta ",
    " w imieniu ", " jménem ", " от имени ",
)  # fmt: skip
"""What Outlook puts between who wrote and whose mailbox it was."""
MAX_LENGTH = 64_000
SPECIAL = re.compile(r'[\\"<>(),;]')
"""What begins or ends a quoted string, an address, a comment, a mention (RFC 5322 §3.2, §3.4)."""

HIDDEN = re.compile(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)')
BLOT = "\0"
WORD = re.compile(r"[(<\[]?[^\s(<\[]+")
PARTS = re.compile(r'(?:"[^"]*"\s*){2,}')
"""A name in several quoted strings."""

AROUND = "\"'‘’“”„«»,;:* "
TRIM = " \t\r\n\u200e\u200f\u202a\u202b\u202c\u202d\u202e\"'‘’“”„«»()[]<>,;:*"


def address_list(value: str) -> tuple[NamedAddress, ...]:
    """Every address of a header value in order, each once per mention; what is none is left out."""
    found = []
    for piece in pieces(value[:MAX_LENGTH]):
        if (named := one(piece)) is not None:
            found.append(named)
            if len(found) >= MAX_ADDRESSES:
                break
    return tuple(found)


def pieces(value: str) -> list[str]:
    """Split where a comma or semicolon stands outside quotes, brackets, comments (one pass)."""
    out: list[str] = []
    start = depth = 0
    literal = -1  # where a backslash in quotes takes the next character's meaning away
    quoted = angle = False
    for found in SPECIAL.finditer(value):
        index, char = found.start(), found[0]
        if index == literal:
            continue
        if char == '"' and not depth:
            quoted = not quoted
        elif quoted:
            literal = index + 1 if char == "\\" else literal
        elif char == "<":
            angle = not depth
        elif char == ">":
            angle = False
        elif char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char in ",;" and not depth and not angle:
            out.append(value[start:index])
            start = index + 1
    if quoted or depth or angle:
        # an unclosed quote or bracket hid the separators: split the rest plainly
        return [*out, *value[start:].replace(";", ",").split(",")]
    return [*out, value[start:]]


def one(text: str) -> NamedAddress | None:
    """`Jane Roe <jane@x.org>`, `jane@x.org (Jane Roe)`, `"Roe, Jane" [mailto:jane@x.org]`, …

    An address inside a quoted name or a comment is nobody's, when there is one outside.
    """
    text = text.strip()
    if "@" not in text or len(text) > 2000:
        return None
    seen = _unhidden(text)
    for phrase in ON_BEHALF:
        before, found, _ = seen.partition(phrase)
        if found and "@" in before:
            text, seen = text[: len(before)], before
    if "<mailto:" in seen:
        text = _without_links(text)
        seen = _unhidden(text)
    opened = seen.rfind("<", 0, seen.rfind("@"))
    if opened < 0:
        opened = seen.rfind("[", 0, seen.rfind("@"))
    if opened >= 0:
        close = ">" if text[opened] == "<" else "]"
        inner = text[opened + 1 :].partition(close)[0]
        address = bare(inner)
        if address is not None:
            return NamedAddress(address, clean_name(text[:opened], address))
    return _unbracketed(text, seen)


def _unhidden(text: str) -> str:
    """The text, as long as it is, with quoted strings and comments blotted out; unless no address
    would be left."""
    seen = HIDDEN.sub(lambda found: BLOT * len(found[0]), text)
    return seen if "@" in seen else text


def _without_links(text: str) -> str:
    """`Jane<mailto:jane@x.org> <jane@x.org<mailto:jane@x.org>>` without Outlook's links."""
    bare_text, rest = "", text
    while "<mailto:" in rest:
        before, _, rest = rest.partition("<mailto:")
        bare_text += before
        link, _, rest = rest.partition(">")
    bare_text += rest
    return bare_text if "@" in bare_text else f"{bare_text.strip()} <{link.partition('?')[0]}>"


def _unbracketed(text: str, seen: str) -> NamedAddress | None:
    """The first word that is an address; the name is what stands before, or else behind it."""
    for found in WORD.finditer(seen):
        if "@" in found[0] and (address := bare(text[found.start() : found.end()])) is not None:
            before, after = text[: found.start()].strip(), text[found.end() :].strip()
            if ":" in before:  # a group's name (RFC 5322 §3.4)
                before = before.rpartition(":")[2]
            return NamedAddress(address, clean_name(before or after, address))
    return None


def bare(text: str) -> Address | None:
    """The address in `text`, freed of brackets, quotes, `mailto:` and source routes."""
    text = text.strip().strip(TRIM)
    if text[:7].lower() == "mailto:":
        text = text[7:]
    for stop in "<>?[]()":
        text = text.partition(stop)[0]
    if text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]
    text = text.strip(TRIM).rstrip(".")
    if "@" not in text or " " in text:
        text = "".join(text.split()) if text.count("@") == 1 and '"' not in text else text
    return Address.maybe(text)


def clean_name(text: str, address: Address | None = None) -> str:
    """A display name without quotes and comments' brackets; empty when it is only the address."""
    name = decode_words(text).replace("\\", "")
    if PARTS.fullmatch(name.strip()):
        name = name.replace('"', " ")
    name = " ".join(name.split()).strip(AROUND)
    for pair in ("<>", "[]"):
        is_around = name[:1] == pair[0] and name[-1:] == pair[1] and name.count(pair[0]) == 1
        if is_around or name.count(pair[0]) != name.count(pair[1]):
            name = name.strip(pair + AROUND)
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    if name.lower().startswith("mailto:"):
        return ""
    return "" if address is not None and name.casefold() == address.key else name
