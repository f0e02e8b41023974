"""The owner's past mail, as far as header fields tell, and the people it was exchanged with."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from mailflow.model.address import Address, NamedAddress
from mailflow.model.interaction import Direction


class Head(NamedTuple):
    """Some header fields of a mail in a mailbox, as the server sent them; `received_at` is
    INTERNALDATE in aware UTC."""

    uid: int
    data: bytes
    received_at: datetime


class PastMail(NamedTuple):
    """A mail between the owner and `others`, none of them a machine, at `at` (aware UTC).

    `people` counts all addressees. `utc_offset` is the zone its Date was written in, `language` a
    hint at the sender's (ISO 639; empty: none).
    """

    message_id: str
    direction: Direction
    others: tuple[NamedAddress, ...]
    at: datetime
    people: int
    subject: str = ""
    in_reply_to: str | None = None
    utc_offset: timedelta | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody the owner exchanged mail with who is no contact; `id` is what the owner calls them
    by. `heard` and `written` count mails each way, of those to a few people. Instants aware UTC.

    `median_gap_days` is the usual pause between two days with mail (None: one day only).
    """

    id: int
    address: Address
    name: str
    heard: int
    written: int
    first_at: datetime
    last_at: datetime
    median_gap_days: float | None = None
    utc_offset: timedelta | None = None
    language: str = ""

    @property
    def label(self) -> str:
        """How the owner would recognise them: the name, else the address."""
        return self.name or str(self.address)
