"""Past mail written down in bulk: as interactions of contacts, as exchanges with everybody else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailflow.model.address import NamedAddress
from mailflow.model.history import PastMail
from mailflow.model.interaction import Direction
from mailflow.model.wire import Cursor
from mailflow.store.bulk import Row
from mailflow.store.inserts import upsert
from mailflow.store.past_deeds import add_deeds, deed, exchange, insert_missing
from mailflow.store.past_people import NOWHERE, PastPeople, Place, fuller
from mailflow.store.tables import ExchangeEntry, PastCursorEntry

MAX_KEPT = 200
"""Characters of an address; no person has a longer one, and its key stays whole."""


@dataclass(frozen=True, slots=True)
class PastCursor:
    """How far a mailbox's past was read, of mail from `since_on` on (None: of all)."""

    cursor: Cursor
    since_on: date | None


def past_cursors(s: Session, owner_id: int, account: str) -> dict[str, PastCursor]:
    """How far the past of each mailbox was read, of those that were begun."""
    rows = s.scalars(
        select(PastCursorEntry).where(
            PastCursorEntry.owner_id == owner_id, PastCursorEntry.account == account
        )
    )
    return {
        row.mailbox: PastCursor(Cursor(row.uidvalidity, row.last_uid), row.since_on) for row in rows
    }


def move_past_cursor(
    s: Session, owner_id: int, account: str, mailbox: str, to: PastCursor, now: datetime
) -> None:
    """The past is read so far. Belongs in the transaction that records what was read."""
    key = {"owner_id": owner_id, "account": account, "mailbox": mailbox}
    rest = {
        "uidvalidity": to.cursor.uidvalidity,
        "last_uid": to.cursor.last_uid,
        "since_on": to.since_on,
        "moved_at": now,
    }
    upsert(s, PastCursorEntry, key, rest)


def add_past_mail(
    s: Session, owner_id: int, mails: Sequence[PastMail], people: PastPeople | None = None
) -> None:
    """Record past mail; what is known already changes nothing. `people` are those known already.

    1. Whose addresses they are: contacts', known correspondents', new ones'; nobody who was
       forgotten. 2. A row for each mail and person. 3. The contacts' last instants move.
    """
    people = people or PastPeople()
    people.meet(s, owner_id, _named(mails), _places(mails))
    exchanges: list[Row] = []
    deeds: list[Row] = []
    for mail in mails:
        for other in mail.others:
            key = other.address.key
            if (contact_id := people.contacts.get(key)) is not None:
                deeds.append(deed(owner_id, contact_id, mail, mail.subject))
            elif (correspondent_id := people.correspondent(key)) is not None:
                exchanges.append(exchange(owner_id, correspondent_id, mail))
    exchanges.sort(key=itemgetter("correspondent_id"))  # neighbours share pages
    insert_missing(s, ExchangeEntry, exchanges)
    add_deeds(s, owner_id, deeds)


def _named(mails: Iterable[PastMail]) -> dict[str, NamedAddress]:
    """Everybody by folded address, with the name that says most."""
    named: dict[str, NamedAddress] = {}
    for mail in mails:
        for other in mail.others:
            key = other.address.key
            if len(key) <= MAX_KEPT:
                before = named.setdefault(key, other)
                if fuller(before.name, other.name) != before.name:
                    named[key] = other
    return named


def _places(mails: Iterable[PastMail]) -> dict[str, Place]:
    """The zone and the language each wrote in last."""
    found: dict[str, Place] = {}
    for mail in mails:
        if mail.direction is Direction.IN and (mail.utc_offset is not None or mail.language):
            key = mail.others[0].address.key
            before = found.get(key, NOWHERE)
            offset = before.offset
            if mail.utc_offset is not None:
                offset = int(mail.utc_offset.total_seconds())
            found[key] = Place(offset, mail.language or before.language)
    return found
