"""Lines that put a field of a person right: `email: …`, `2 name: …`, `title jane: …`."""

from mailflow.model.address import Address
from mailflow.model.correction import Correct, Correctable
from mailflow.model.text import folded, printable
from mailflow.reading.command_shapes import person
from mailflow.reading.names import one

USAGE = "email A: jane@acme.io (or name, title, org, phone, event)"
DOES = "put right what was read; in answer to a receipt simply email: jane@acme.io"
FIELDS = {
    "name": Correctable.NAME,
    "email": Correctable.EMAIL, "e-mail": Correctable.EMAIL, "mail": Correctable.EMAIL,
    "address": Correctable.EMAIL,
    "title": Correctable.TITLE, "role": Correctable.TITLE, "position": Correctable.TITLE,
    "org": Correctable.ORG, "company": Correctable.ORG, "organisation": Correctable.ORG,
    "organization": Correctable.ORG, "employer": Correctable.ORG,
    "phone": Correctable.PHONE, "tel": Correctable.PHONE, "telephone": Correctable.PHONE,
    "mobile": Correctable.PHONE, "cell": Correctable.PHONE,
    "event": Correctable.EVENT,
}  # fmt: skip
KEYWORDS = tuple(FIELDS)
NOTHING = frozenset(["", "-", "–", "—", "none", "nothing", "empty"])
"""What stands for taking a field away."""
MAX_LINE = 1000
MAX_DIGITS = 3


def read(line: str) -> Correct | str | None:
    """The correction in one line; the advice what to write instead, or None for prose.

    `2 email: x`, `2. email: x` and `email 2: x` name a person by number, `email jane: x` by name or
    address. Without a colon only an address is understood: `email jane@acme.io`.
    """
    text = printable(line, MAX_LINE)
    number, text = _number(text)
    head, colon, value = _parted(text)
    words = head.split()
    field = FIELDS.get(folded(words[0]).strip(".")) if words else None
    if field is None:
        return None
    if not colon:
        found = one(" ".join(words[1:])) if field is Correctable.EMAIL and len(words) == 2 else None
        return Correct(field, str(found.address), None, number) if found else None
    rest = " ".join(words[1:])
    who: str | None = None
    if rest and rest.lstrip("#").isdecimal() and len(rest) <= MAX_DIGITS:
        number = int(rest.lstrip("#"))
    elif rest:
        who = person(rest)
        if who is None:
            return None
    value = value.strip().strip("“”\"'").strip()
    if folded(value) in NOTHING:
        if field in {Correctable.NAME, Correctable.EMAIL}:
            return f"what is the {field}?"
        value = ""
    return Correct(field, value, who, number)


def _number(text: str) -> tuple[int | None, str]:
    """A leading `2`, `2.`, `2)` or `#2`, and the line behind it."""
    first, _, rest = text.partition(" ")
    digits = first.strip("#.):")
    if digits.isdecimal() and digits.isascii() and len(digits) <= MAX_DIGITS and rest:
        return int(digits), rest.strip()
    return None, text


def _parted(text: str) -> tuple[str, bool, str]:
    """At the first colon or equals sign that ends a word: not inside an address or a URL."""
    for at, character in enumerate(text):
        if character in ":=" and (
            text[at + 1 : at + 2] in {"", " "} or Address.maybe(text[at + 1 :].strip())
            or " " not in text[:at]
        ):  # fmt: skip
            return text[:at], True, text[at + 1 :]
    return text, False, ""
