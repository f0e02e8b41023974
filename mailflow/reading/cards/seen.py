"""The pictures of a mail: which are worth reading, and whom they show."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from mailflow.model.card import Card, Reading
from mailflow.model.mail import InboundMessage, Part
from mailflow.model.policy import Identity
from mailflow.model.scan import Scan, Unscannable
from mailflow.model.text import printable
from mailflow.reading.cards import sides
from mailflow.reading.cards.picture import read_scan
from mailflow.reading.cards.picture_size import size

Seen = tuple[Part, Scan | Unscannable]
"""A picture, and what was seen on it."""

MAX_PICTURES = 10
ENDINGS = (
    ".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".tif", ".tiff", ".pdf", ".gif", ".bmp",
)  # fmt: skip
ICON = 90
"""A picture whose longer side is no more than this is a pixel, an icon, a line."""

LOGO = 500
"""A picture that stands in the text and is no larger than this is a logo or a banner."""

PHOTO_BYTES = 30_000
"""What was passed on with somebody's mail and is smaller than this is decoration."""

NOTHING = "I found no name and no mail address on {name}{saw}. Type them as a line: “{usage}”."
TOO_MANY = "I read the first {most} pictures of that mail; send me the others again."
FIELDS = {
    "name": ("name", "name"), "emails": ("mail address", "email"),
    "phones": ("phone number", "phone"),
}  # fmt: skip
MAX_SAID = 80
MAX_CROPS = 40
ALIKE = 0.6
"""How alike an address and a line of the picture are when one was read from the other."""


def is_picture(part: Part) -> bool:
    """By MIME type or file name; a PDF is one too."""
    kind = part.content_type.lower()
    is_image = kind.startswith("image/") or kind == "application/pdf"
    return is_image or part.filename.lower().endswith(ENDINGS)


def worth_reading(message: InboundMessage, *, is_passed_on: bool) -> tuple[Part, ...]:
    """The pictures that may show a card, at most ten and one more: not icons, tracking pixels and
    the logos that stand in a text; of a mail passed on only what could be a photo."""
    kept = [part for part in message.parts if is_picture(part)]
    kept = [part for part in kept if _may_be_card(part, is_passed_on=is_passed_on)]
    return tuple(kept[: MAX_PICTURES + 1])


def people(
    seen: Sequence[Seen], identity: Identity, usage: str, *, is_passed_on: bool
) -> tuple[list[Card], list[str]]:
    """The people on the pictures, and sentences about what could not be read.

    Cards without a name and an address are nobody; what was seen on such a picture is said, unless
    it came with somebody's mail that was passed on.
    """
    problems: list[str] = []
    shown: list[list[Card]] = []
    for part, scan in seen:
        if isinstance(scan, Unscannable):
            problems.append(scan.reason)
            shown.append([])
            continue
        found = read_scan(scan, region=identity.region, source=called(part))
        problems += scan.problems
        shown.append([_with_crops(card, scan) for card in found])
    joined = sides.joined(shown)
    kept = [card for card in joined if card.name is not None or card.emails]
    if not kept and not problems and not is_passed_on:
        problems += [_nothing(part, scan, usage) for part, scan in seen]
    problems += [problem for card in kept for problem in (*card.problems, *_missed(card))]
    return kept, problems


def _missed(card: Card) -> list[str]:
    """What the card seems to bear and nobody could read, with the line that tells it."""
    if card.name is None and not card.emails:
        return []
    whose = card.name.value if card.name else card.emails[0].value
    return [
        f"The card of {whose} seems to bear a {FIELDS[field][0]} that I could not read; answer with"
        f" “{FIELDS[field][1]}: …”."
        for field in card.missed
        if field in FIELDS and not (field == "name" and card.name)
        if not (field == "emails" and card.emails)
    ]


def called(part: Part) -> str:
    """A picture as the owner would call it."""
    name = printable(part.filename, 60)
    return f"the picture “{name}”" if name else "the picture"


def _with_crops(card: Card, scan: Scan) -> Card:
    """Each unsure address with the piece of the picture that it is most likely read from."""
    lines = [line for page in scan.pages for line in page.lines if line.crop][:MAX_CROPS]
    if not lines or not any(reading.is_unsure for reading in card.emails):
        return card
    emails: list[Reading] = []
    for reading in card.emails:
        likeness = [
            SequenceMatcher(
                None, reading.value.casefold(), "".join(line.text.casefold().split())[:MAX_SAID]
            ).ratio()
            for line in lines
        ]
        best = max(range(len(lines)), key=likeness.__getitem__)
        is_it = reading.is_unsure and not reading.crop and likeness[best] >= ALIKE
        emails.append(replace(reading, crop=lines[best].crop) if is_it else reading)
    return replace(card, emails=tuple(emails))


def _may_be_card(part: Part, *, is_passed_on: bool) -> bool:
    longer = max(size(part.data) or (LOGO + 1, LOGO + 1))
    if longer <= ICON:
        return False
    if part.is_inline and longer <= LOGO:
        return False
    return not is_passed_on or len(part.data) >= PHOTO_BYTES


def _nothing(part: Part, scan: Scan | Unscannable, usage: str) -> str:
    lines = [line.text for page in scan.pages for line in page.lines] if (
        isinstance(scan, Scan)) else []  # fmt: skip
    words = printable(" / ".join(lines[:20]), MAX_SAID)
    return NOTHING.format(name=called(part), saw=f"; I saw “{words}”" if words else "", usage=usage)
