"""Two contacts who were put together by mistake become two again."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from mailflow.model.draft import LIVE, UNDER_WAY
from mailflow.store.archive import decoded, encoded
from mailflow.store.changes import JOINED, Change
from mailflow.store.chunks import chunks
from mailflow.store.columns import Base, Json
from mailflow.store.contacts import contact
from mailflow.store.inserts import insert_new, table_of
from mailflow.store.tables import (
    AcquaintedEntry,
    AddressEntry,
    ContactEntry,
    DraftEntry,
    InteractionEntry,
    IntroductionEntry,
    MessageEntry,
    NeverEntry,
)
from mailflow.store.taking_back import take_back

PEOPLE, ADDRESSES, DRAFTS, MAIL, DEEDS, PAIRS = map(
    table_of,
    (ContactEntry, AddressEntry, DraftEntry, MessageEntry, InteractionEntry, IntroductionEntry),
)
OF_PAIRS = (AcquaintedEntry, NeverEntry)


def remembered(s: Session, owner_id: int, gone: int) -> Json:
    """Who is about to go, and which addresses are theirs: what `part_contacts` needs, together
    with the rows that are moved and the pairs that are made."""
    themselves = select(PEOPLE).where(PEOPLE.c.owner_id == owner_id, PEOPLE.c.id == gone)
    row = dict(s.execute(themselves).mappings().one())
    del row["id"], row["owner_id"]
    theirs = (ADDRESSES.c.owner_id == owner_id, ADDRESSES.c.contact_id == gone)
    addresses = s.execute(select(ADDRESSES.c.key, ADDRESSES.c.position).where(*theirs))
    return {"contact": encoded(row), "addresses": [list(each) for each in addresses]}


def keeps_together(s: Session, owner_id: int, change: Change) -> str:
    """Why the two cannot be parted any more, as the end of a sentence; empty when they can."""
    kept = change.contact_id
    is_theirs = or_(PAIRS.c.low_id == kept, PAIRS.c.high_id == kept)
    begun = exists().where(
        PAIRS.c.owner_id == owner_id, is_theirs, PAIRS.c.created_at >= change.made_at
    )
    if s.scalar(select(begun)):
        return "they have had a part in an introduction since"
    going = (*_drafts(owner_id, change), DRAFTS.c.state.in_(UNDER_WAY))
    return "a mail to them is on its way" if s.scalar(select(exists().where(*going))) else ""


def part_contacts(s: Session, owner_id: int, change: Change) -> int:
    """Take a joining back; the number of whoever had gone. Raises NotFound.

    1. They come back as they were, with their addresses, and with every row of theirs that is
       still there. 2. What was read from their addresses since is theirs too; drafts to these that
       have not left go. 3. Of the one who stayed, what is as the joining left it becomes what it
       was before.
    """
    contact(s, owner_id, change.contact_id)
    joined: Json = change.before[JOINED]
    values = {name: decoded(PEOPLE, name, value) for name, value in joined["contact"].items()}
    values |= {"owner_id": owner_id, "is_warmth_stale": True}
    back = int(s.execute(insert(PEOPLE).values(values).returning(PEOPLE.c.id)).scalar_one())
    s.execute(delete(DRAFTS).where(*_drafts(owner_id, change), DRAFTS.c.state.in_(LIVE)))
    for key, position in joined["addresses"]:
        s.execute(
            update(ADDRESSES)
            .where(
                ADDRESSES.c.owner_id == owner_id, ADDRESSES.c.key == key,
                ADDRESSES.c.contact_id == change.contact_id,
            )
            .values(contact_id=back, position=position)
        )  # fmt: skip
    _rows_back(s, owner_id, change.contact_id, back, joined["rows"])
    _mail_back(s, owner_id, change, back)
    _pairs_back(s, owner_id, change.contact_id, back, joined["pairs"])
    take_back(s, owner_id, change)
    stale = (PEOPLE.c.owner_id == owner_id, PEOPLE.c.id == change.contact_id)
    s.execute(update(PEOPLE).where(*stale).values(is_warmth_stale=True))
    return back


def _drafts(owner_id: int, change: Change) -> tuple[Any, ...]:
    """Drafts to the one who stayed, at an address of the other."""
    return (
        DRAFTS.c.owner_id == owner_id,
        DRAFTS.c.contact_id == change.contact_id,
        DRAFTS.c.to_key.in_(change.joined_keys),
    )


def _rows_back(
    s: Session, owner_id: int, kept: int, back: int, moved: dict[str, list[int]]
) -> None:
    for place, ids in moved.items():
        name, _, column = place.partition(".")
        table = Base.metadata.tables[name]
        for some in chunks(ids):
            s.execute(
                update(table)
                .where(table.c.owner_id == owner_id, table.c[column] == kept, table.c.id.in_(some))
                .values({column: back})
            )


def _mail_back(s: Session, owner_id: int, change: Change, back: int) -> None:
    theirs = (MAIL.c.owner_id == owner_id, MAIL.c.sender_key.in_(change.joined_keys))
    for table, which in (
        (DEEDS, DEEDS.c.message_pk.in_(select(MAIL.c.id).where(*theirs))),
        (MAIL, MAIL.c.sender_key.in_(change.joined_keys)),
    ):
        of_kept = (table.c.owner_id == owner_id, table.c.contact_id == change.contact_id)
        s.execute(update(table).where(*of_kept, which).values(contact_id=back))


def _pairs_back(
    s: Session, owner_id: int, kept: int, back: int, pairs: Iterable[tuple[str, int, bool]]
) -> None:
    """Whom they knew, and whom never to introduce them to, copied from the one who stayed; what
    that one has only through them goes."""
    for name, other, was_made in pairs:
        entry = next(each for each in OF_PAIRS if each.__tablename__ == name)
        table = table_of(entry)
        low, high = sorted((kept, other))
        itself = (
            table.c.owner_id == owner_id, table.c.low_id == low, table.c.high_id == high
        )  # fmt: skip
        row = s.execute(select(table).where(*itself)).mappings().one_or_none()
        if row is None:
            continue
        values = {column: value for column, value in row.items() if column != "id"}
        low, high = sorted((back, back if other == kept else other))
        insert_new(s, entry, {**values, "low_id": low, "high_id": high})
        if was_made:
            s.execute(delete(table).where(table.c.owner_id == owner_id, table.c.id == row["id"]))
