"""What was read from one person's card: every field with its confidence and where it came from."""

from dataclasses import dataclass
from datetime import date

from mailflow.model.address import Address

CERTAIN = 1.0
UNSURE_BELOW = 0.8
"""A field read with less confidence than this is shown to the owner as unsure."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One field as read: the value, how sure (0 to 1), where from ("vCard jane.vcf", "line 3"), and
    in `doubt` the sentence for the owner when it is unsure.

    `rival` is the next best reading. `crop` is a small JPEG of where it stands on a picture, for
    an address, so that the owner can compare.
    """

    value: str
    confidence: float = CERTAIN
    source: str = ""
    doubt: str = ""
    rival: str = ""
    crop: bytes = b""

    @property
    def is_unsure(self) -> bool:
        return self.confidence < UNSURE_BELOW


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number in E.164 where it could be told (else empty), and as written."""

    e164: str
    written: str
    kind: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One person, as understood from a card, a signature, a forwarded mail or a typed line.

    `through` is the person it came by, when it was not the owner who met them. `problems` are
    sentences about what was skipped. `emails` holds only syntactically valid addresses.
    """

    name: Reading | None = None
    given: str = ""
    family: str = ""
    title: Reading | None = None
    org: Reading | None = None
    emails: tuple[Reading, ...] = ()
    phones: tuple[Phone, ...] = ()
    faxes: tuple[Phone, ...] = ()
    urls: tuple[str, ...] = ()
    postal: str = ""
    event: str = ""
    tags: tuple[str, ...] = ()
    notes: str = ""
    wants: str = ""
    offers: str = ""
    promised: str = ""
    through: str = ""
    met_on: date | None = None
    form: str = ""
    """vcard | line | signature | forward: how it came, which chooses the first template."""
    problems: tuple[str, ...] = ()

    @property
    def address(self) -> Address | None:
        """The first address, if there is one."""
        return Address.maybe(self.emails[0].value) if self.emails else None

    @property
    def doubts(self) -> tuple[str, ...]:
        """One sentence for each unsure field."""
        fields = (self.name, self.title, self.org, *self.emails)
        return tuple(f.doubt for f in fields if f is not None and f.is_unsure and f.doubt)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The people found in one mail from the owner.

    `problems` are sentences about what was seen and not taken. `unread_pictures` counts photos
    that are kept, not read.
    """

    cards: tuple[Card, ...] = ()
    problems: tuple[str, ...] = ()
    unread_pictures: int = 0
