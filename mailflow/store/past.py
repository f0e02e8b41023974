"""Past mail written down in bulk: as interactions of contacts, as exchanges with everybody else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from mailflow.model.address import NamedAddress
from mailflow.model.contact import Suppression
from mailflow.model.history import PastMail
from mailflow.model.interaction import Direction
from mailflow.model.wire import Cursor
from mailflow.store.columns import clean
from mailflow.store.inserts import table_of, upsert
from mailflow.store.past_deeds import Row, add_deeds, deed, insert_missing
from mailflow.store.suppressions import digest_of
from mailflow.store.tables import (
    AddressEntry,
    CorrespondentEntry,
    ExchangeEntry,
    PastCursorEntry,
    SuppressionEntry,
)

AT_ONCE = 500
"""Values asked for in one statement; both engines take thousands."""

MAX_WORDS = 3
"""A longer name says no more than one of so many words."""

MAX_KEPT = 200
"""Characters of an address; no person has a longer one, and its key stays whole."""


@dataclass(frozen=True, slots=True)
class PastCursor:
    """How far a mailbox's past was read, of mail from `since_on` on (None: of all)."""

    cursor: Cursor
    since_on: date | None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody writes from: seconds east of UTC, and a language; as their mail says."""

    offset: int | None = None
    language: str = ""


NOWHERE = _Place()


def past_cursor(s: Session, owner_id: int, account: str, mailbox: str) -> PastCursor | None:
    """How far the past of the mailbox was read."""
    row = s.get(PastCursorEntry, (owner_id, account, mailbox))
    if row is None:
        return None
    return PastCursor(Cursor(row.uidvalidity, row.last_uid), row.since_on)


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


def add_past_mail(s: Session, owner_id: int, mails: Sequence[PastMail]) -> None:
    """Record past mail; what is known already changes nothing.

    1. Whose addresses they are: contacts', known correspondents', new ones'; nobody who was
       forgotten. 2. A row for each mail and person. 3. The contacts' last instants move.
    """
    named: dict[str, NamedAddress] = {}
    for mail in mails:
        for other in mail.others:
            key = other.address.key
            if len(key) <= MAX_KEPT:
                before = named.setdefault(key, other)
                if _fuller(before.name, other.name) != before.name:
                    named[key] = other
    contacts = contacts_of_keys(s, owner_id, named)
    strangers = {key: other for key, other in named.items() if key not in contacts}
    correspondents = _correspondents(s, owner_id, strangers, _places(mails))
    exchanges: list[Row] = []
    deeds: list[Row] = []
    for mail in mails:
        for other in mail.others:
            key = other.address.key
            if (contact_id := contacts.get(key)) is not None:
                deeds.append(deed(owner_id, contact_id, mail, mail.subject))
            elif (correspondent_id := correspondents.get(key)) is not None:
                exchanges.append(
                    {
                        "owner_id": owner_id,
                        "correspondent_id": correspondent_id,
                        "message_id": mail.message_id,
                        "direction": mail.direction,
                        "at": mail.at,
                        "people": mail.people,
                    }
                )
    insert_missing(s, ExchangeEntry, exchanges)
    add_deeds(s, owner_id, deeds)


def contacts_of_keys(s: Session, owner_id: int, keys: Iterable[str]) -> dict[str, int]:
    """Folded address -> contact."""
    table = table_of(AddressEntry)
    statement = select(table.c.key, table.c.contact_id).where(table.c.owner_id == owner_id)
    return {
        row.key: row.contact_id
        for some in _chunks(keys)
        for row in s.execute(statement.where(table.c.key.in_(some)))
    }


def _correspondents(
    s: Session,
    owner_id: int,
    named: Mapping[str, NamedAddress],
    places: Mapping[str, _Place],
) -> dict[str, int]:
    """Folded address -> correspondent; those not known yet are made, those forgotten left out."""
    table = table_of(CorrespondentEntry)
    asked = select(table.c.key, table.c.id, table.c.name, table.c.utc_offset, table.c.language)
    found: dict[str, int] = {}
    changed: list[Row] = []
    for some in _chunks(named):
        for row in s.execute(asked.where(table.c.owner_id == owner_id, table.c.key.in_(some))):
            found[row.key] = row.id
            place = places.get(row.key, NOWHERE)
            before = (row.name, row.utc_offset, row.language)
            newer = (
                clean(_fuller(row.name, named[row.key].name)),
                row.utc_offset if place.offset is None else place.offset,
                place.language or row.language,
            )
            if newer != before:
                told = dict(zip(("now_name", "now_offset", "now_language"), newer, strict=True))
                changed.append({"of": owner_id, "pk": row.id, **told})
    if changed:
        _update_each(s, changed)
    new = {key: other for key, other in named.items() if key not in found}
    for key in _forgotten(s, owner_id, new):
        del new[key]
    for some in _chunks(new):
        rows = [
            {
                "owner_id": owner_id,
                "key": key,
                "written": new[key].address.written,
                "name": new[key].name,
                "utc_offset": places.get(key, NOWHERE).offset,
                "language": places.get(key, NOWHERE).language or None,
            }
            for key in some
        ]
        made = s.execute(insert(table).returning(table.c.key, table.c.id), rows)
        found |= {row.key: row.id for row in made}
    return found


def _update_each(s: Session, changed: Sequence[Row]) -> None:
    table = table_of(CorrespondentEntry)
    s.connection().execute(
        update(table)
        .where(table.c.owner_id == bindparam("of"), table.c.id == bindparam("pk"))
        .values(
            name=bindparam("now_name"),
            utc_offset=bindparam("now_offset"),
            language=bindparam("now_language"),
        ),
        list(changed),
    )


def _forgotten(s: Session, owner_id: int, keys: Iterable[str]) -> set[str]:
    """Those of the addresses that belong to somebody who was forgotten."""
    table = table_of(SuppressionEntry)
    found: set[str] = set()
    for some in _chunks(keys):
        digests = {digest_of(s, owner_id, key): key for key in some}
        rows = s.scalars(
            select(table.c.digest).where(
                table.c.owner_id == owner_id,
                table.c.reason == Suppression.FORGOTTEN,
                table.c.digest.in_(digests),
            )
        )
        found |= {digests[digest] for digest in rows}
    return found


def _places(mails: Iterable[PastMail]) -> dict[str, _Place]:
    """The zone and the language each wrote in last."""
    found: dict[str, _Place] = {}
    for mail in mails:
        if mail.direction is Direction.IN and (mail.utc_offset is not None or mail.language):
            key = mail.others[0].address.key
            before = found.get(key, NOWHERE)
            offset = before.offset
            if mail.utc_offset is not None:
                offset = int(mail.utc_offset.total_seconds())
            found[key] = _Place(offset, mail.language or before.language)
    return found


def _fuller(known: str, other: str) -> str:
    """The name that says more: “Jane Roe” rather than “Jane”."""
    return other if min(len(other.split()), MAX_WORDS) > len(known.split()) else known


def _chunks(keys: Iterable[str]) -> Iterable[list[str]]:
    every = list(keys)
    return (every[at : at + AT_ONCE] for at in range(0, len(every), AT_ONCE))
