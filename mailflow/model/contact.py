"""The people the owner keeps up with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from mailflow.model.address import Address
from mailflow.model.card import Phone


class Tier(StrEnum):
    """How close the owner wants to keep somebody; each has a cadence."""

    INNER = "inner"  # every three weeks
    KEY = "key"  # every two months
    WIDE = "wide"  # twice a year
    NONE = "none"  # no cadence


class Suppression(StrEnum):
    """Why an address is never written to."""

    BOUNCED = "bounced"  # mail to it is refused for good
    OPTED_OUT = "opted_out"  # they asked in words
    FORGOTTEN = "forgotten"  # the owner erased them
    OWNER = "owner"  # the owner said so

    @property
    def because(self) -> str:
        """Why, as the end of a sentence to the owner."""
        return SUPPRESSED_BECAUSE[self]


SUPPRESSED_BECAUSE = {
    Suppression.BOUNCED: "mail to them comes back",
    Suppression.OPTED_OUT: "they asked not to be written to",
    Suppression.FORGOTTEN: "you had them forgotten",
    Suppression.OWNER: "you said so",
}


class Band(StrEnum):
    """Warmth in a word."""

    DORMANT = "dormant"
    COOL = "cool"
    WARM = "warm"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Warmth:
    """A statement about whether a relationship is alive, never about what a person is worth.

    `score` 0 to 100; the two probabilities it comes from; `reason` one sentence a friend could say;
    `parts` the points each ingredient added, for `why`; `trend` the points gained or lost in four
    weeks (None: known for less); `once` the score on the day the two were last in touch.
    """

    score: int
    band: Band
    reason: str
    writes_in_90d: float = 0.0
    answers_in_14d: float = 0.0
    parts: tuple[tuple[str, float], ...] = ()
    trend: int | None = None
    once: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """A person. All instants aware UTC. `notes` are private: never rendered into mail to others.

    `form` is how the first card came (vcard, line, signature, forward). `utc_offset` is from the
    Date headers of their mail, `language` a hint from its header fields (ISO 639: "de"; empty: not
    known). `every_days` overrides the tier's cadence. `own_band` is the band the owner set by hand,
    for somebody mostly met offline; `warmth.band` is that one then.
    """

    id: int
    name: str
    created_at: datetime
    given: str = ""
    family: str = ""
    title: str = ""
    org: str = ""
    addresses: tuple[Address, ...] = ()
    phones: tuple[Phone, ...] = ()
    urls: tuple[str, ...] = ()
    postal: str = ""
    tier: Tier = Tier.NONE
    every_days: int | None = None
    paused_until: datetime | None = None
    is_focus: bool = False
    is_scored: bool = True
    own_band: Band | None = None
    event: str = ""
    tags: tuple[str, ...] = ()
    met_on: date | None = None
    notes: str = ""
    wants: str = ""
    offers: str = ""
    promised: str = ""
    through: str = ""
    form: str = ""
    doubts: tuple[str, ...] = ()
    utc_offset: timedelta | None = None
    language: str = ""
    warmth: Warmth | None = None

    @property
    def address(self) -> Address | None:
        """Where to write: the first address."""
        return self.addresses[0] if self.addresses else None

    @property
    def label(self) -> str:
        """How the owner would recognise them: the name, else the address."""
        return self.name or str(self.address or f"contact {self.id}")
