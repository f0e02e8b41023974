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
    """A phone number in E.164 where it could be told (else empty), and as written; how sure (0 to
    1), and in `doubt` the sentence for the owner when it is unsure."""

    e164: str
    written: str
    kind: str = ""
    source: str = ""
    confidence: float = CERTAIN
    doubt: str = ""

    @property
    def is_unsure(self) -> bool:
        return self.confidence < UNSURE_BELOW


@dataclass(frozen=True, slots=True)
class Card:
    """One person, as understood from a card, a signature, a forwarded mail or a typed line.

    `through` is the person it came by, when it was not the owner who met them. `problems` are
    sentences about what was skipped. `emails` holds only syntactically valid addresses. `missed`
    names the fields ("name", "emails", "phones") that the card seems to bear and nobody could read.
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
    through_address: str = ""
    """The address of that person, where one stands beside the name."""
    met_on: date | None = None
    form: str = ""
    """vcard, line, typed, signature, forward or photo: how it came; chooses the first template."""
    problems: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    @property
    def address(self) -> Address | None:
        """The first address, if there is one."""
        return Address.maybe(self.emails[0].value) if self.emails else None

    @property
    def doubts(self) -> tuple[str, ...]:
        """One sentence for each unsure field."""
        fields = (self.name, self.title, self.org, *self.emails, *self.phones)
        return tuple(f.doubt for f in fields if f is not None and f.is_unsure and f.doubt)

    @property
    def unsure(self) -> tuple[str, ...]:
        """The names of the fields that are unsure or missed, in the order of the card."""
        fields = {
            "name": (self.name,), "title": (self.title,), "org": (self.org,),
            "emails": self.emails, "phones": self.phones,
        }  # fmt: skip
        return tuple(
            name for name, readings in fields.items()
            if name in self.missed or any(r is not None and r.is_unsure for r in readings)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gathered:
    """The people found in one mail from the owner.

    `problems` are sentences about what was seen and not taken.
    """

    cards: tuple[Card, ...] = ()
    problems: tuple[str, ...] = ()
