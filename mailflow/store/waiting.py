"""What waits under addresses that nobody has yet: past mail with a correspondent, a newcomer to be
offered. It goes along when the addresses become a contact's, and can be put back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, delete, select
from sqlalchemy.orm import Session

from mailflow.model.history import PastMail
from mailflow.model.interaction import Direction
from mailflow.store.archive import decoded, encoded
from mailflow.store.columns import Json
from mailflow.store.inserts import insert_new, table_of, upsert
from mailflow.store.past_deeds import exchange, insert_missing
from mailflow.store.tables import (
    CorrespondentEntry,
    ExchangeEntry,
    InteractionEntry,
    MessageEntry,
    NewcomerEntry,
)

PEOPLE, PAST, NEWCOMERS, DEEDS = map(
    table_of, (CorrespondentEntry, ExchangeEntry, NewcomerEntry, InteractionEntry)
)
OF_OWNER: BindParameter[int] = bindparam("of")
KEYS: BindParameter[list[str]] = bindparam("keys", expanding=True)
THESE = (NEWCOMERS.c.owner_id == OF_OWNER, NEWCOMERS.c.key.in_(KEYS))
NEWCOMERS_UNDER, NO_NEWCOMERS = select(NEWCOMERS).where(*THESE), delete(NEWCOMERS).where(*THESE)
PEOPLE_UNDER = select(
    PEOPLE.c.id, PEOPLE.c.key, PEOPLE.c.written, PEOPLE.c.name, PEOPLE.c.utc_offset,
    PEOPLE.c.language,
).where(PEOPLE.c.owner_id == OF_OWNER, PEOPLE.c.key.in_(KEYS))  # fmt: skip
OF_PERSON = ("key", "written", "name", "utc_offset", "language")


def take_newcomers(s: Session, owner_id: int, keys: Sequence[str]) -> list[tuple[str, Json]]:
    """Take the newcomers who are contacts now off the list; as they were, to be put back."""
    theirs = {"of": owner_id, "keys": list(keys)}
    rows = s.execute(NEWCOMERS_UNDER, theirs).all()
    if rows:
        s.execute(NO_NEWCOMERS, theirs)
    return [(row.key, encoded(row._mapping)) for row in rows]


def past_under(s: Session, owner_id: int, keys: Sequence[str]) -> list[tuple[str, Json]]:
    """The correspondents with these addresses, with the mails that were exchanged."""
    rows = s.execute(PEOPLE_UNDER, {"of": owner_id, "keys": list(keys)}).all()
    mails: dict[int, list[str]] = defaultdict(list)
    if rows:
        of_them = PAST.c.correspondent_id.in_([row.id for row in rows])
        asked = select(PAST.c.correspondent_id, PAST.c.message_id)
        for each in s.execute(asked.where(PAST.c.owner_id == owner_id, of_them)):
            mails[each.correspondent_id].append(each.message_id)
    return [
        (row.key, {name: getattr(row, name) for name in OF_PERSON} | {"mails": mails[row.id]})
        for row in rows
    ]


def mails_of(s: Session, owner_id: int, contact_id: int) -> list["PastDeed"]:
    """A contact's past mail; the source of each is its Message-ID and the contact."""
    rows = s.execute(
        select(DEEDS.c.id, DEEDS.c.source, DEEDS.c.direction, DEEDS.c.at, DEEDS.c.people)
        .where(DEEDS.c.owner_id == owner_id, DEEDS.c.contact_id == contact_id)
        .order_by(DEEDS.c.id)
    )  # fmt: skip
    return [PastDeed(r.id, r.source.rpartition(" ")[0], r.direction, r.at, r.people) for r in rows]


class PastDeed:
    """One mail of the past as an interaction."""

    def __init__(
        self, pk: int, message_id: str, direction: Direction, at: datetime, people: int
    ) -> None:
        self.pk, self.message_id, self.people = pk, message_id, people
        self.direction, self.at = direction, at


def return_mails(
    s: Session, owner_id: int, contact_id: int, kept: Json, more: Sequence[PastDeed]
) -> None:
    """A correspondent again, with the mails that were exchanged, and `more` that came to light."""
    theirs = set(kept["mails"])
    mails = [m for m in mails_of(s, owner_id, contact_id) if m.message_id in theirs] + list(more)
    key = {"owner_id": owner_id, "key": kept["key"]}
    rest = {name: kept.get(name) for name in OF_PERSON if name != "key"}
    upsert(s, CorrespondentEntry, key, rest)
    correspondent_id = s.scalars(
        select(PEOPLE.c.id).where(PEOPLE.c.owner_id == owner_id, PEOPLE.c.key == kept["key"])
    ).one()
    past = [PastMail(m.message_id, m.direction, (), m.at, m.people) for m in mails]
    rows = [exchange(owner_id, correspondent_id, mail) for mail in past]
    insert_missing(s, ExchangeEntry, rows)
    for mail in mails:
        s.execute(delete(DEEDS).where(DEEDS.c.owner_id == owner_id, DEEDS.c.id == mail.pk))


def return_newcomers(s: Session, owner_id: int, brought: Json, but: Sequence[str] = ()) -> None:
    """The newcomers that were taken along, but those under some addresses; whoever's mail is gone
    meanwhile is none any more."""
    mail = table_of(MessageEntry)
    for kept in brought.get("newcomers", ()):
        there = select(mail.c.id).where(
            mail.c.owner_id == owner_id, mail.c.id == kept["message_pk"]
        )
        if kept["key"] not in but and s.scalar(there) is not None:
            values = {name: decoded(NEWCOMERS, name, value) for name, value in kept.items()}
            insert_new(s, NewcomerEntry, {**values, "owner_id": owner_id})
