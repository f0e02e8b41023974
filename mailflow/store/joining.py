"""Two contacts who turn out to be one person become one."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mailflow.model.card import Card, Reading
from mailflow.model.contact import Contact
from mailflow.model.draft import LIVE, UNDER_WAY
from mailflow.store.cards import merge_into
from mailflow.store.changes import JOINED, is_introduced, note_change
from mailflow.store.columns import Base
from mailflow.store.contacts import contact
from mailflow.store.inserts import insert_new, table_of
from mailflow.store.parting import remembered
from mailflow.store.tables import (
    AcquaintedEntry,
    AddressEntry,
    ChangeEntry,
    ContactEntry,
    DecisionEntry,
    DraftEntry,
    NeverEntry,
    ScoreEntry,
)

GOING = (ChangeEntry, DecisionEntry, ScoreEntry)
"""What was concluded about one half of the person."""


def join_contacts(s: Session, owner_id: int, gone: int, kept: int, now: datetime) -> bool:
    """Give `kept` everything of `gone`, who goes; raises NotFound. False, and nothing changed, when
    `gone` has a part in an introduction: consents are given by one person to one other.

    What `kept` has stays; addresses come behind. Drafts to `gone` that have not left go: what there
    is to write is decided anew.
    """
    told = contact(s, owner_id, gone)
    contact(s, owner_id, kept)
    memory = remembered(s, owner_id, gone)
    if is_introduced(s, owner_id, gone):
        return False
    trial = s.begin_nested()
    try:
        memory |= _move_rows(s, owner_id, gone, kept)
    except IntegrityError:
        trial.rollback()
        return False
    trial.commit()
    people = table_of(ContactEntry)
    row = s.execute(
        select(people.c.last_in_at, people.c.last_out_at, people.c.last_contact_at).where(
            people.c.owner_id == owner_id, people.c.id == gone
        )
    ).one()
    before: dict[str, object] = {}
    after = dict(merge_into(s, owner_id, kept, _card_of(told), now, before).values)
    _later(s, owner_id, kept, dict(row._mapping), before, after)  # the public name for it
    s.execute(delete(people).where(people.c.owner_id == owner_id, people.c.id == gone))
    source = f"joining {gone} {now.isoformat()}"
    note_change(
        s, owner_id, kept, batch=source, source=source, is_new=False,
        before={**before, JOINED: memory}, after=after, now=now,
    )  # fmt: skip
    return True


def _move_pairs(s: Session, owner_id: int, gone: int, kept: int) -> list[tuple[str, int, bool]]:
    """Whom they know, and whom never to introduce them to: pairs are kept in order, and once.

    Gives the table of each, the other one (`kept` for everybody), and whether it was made."""
    moved = []
    for entry in (AcquaintedEntry, NeverEntry):
        table = table_of(entry)
        theirs = or_(table.c.low_id == gone, table.c.high_id == gone)
        rows = s.execute(delete(table).where(table.c.owner_id == owner_id, theirs).returning(table))
        for row in rows.mappings().all():
            pair = sorted(
                kept if each == gone else each for each in (row["low_id"], row["high_id"])
            )
            if pair[0] == pair[1] and row["low_id"] != row["high_id"]:
                continue  # of the two themselves, who are one now
            rest = {name: value for name, value in row.items() if name != "id"}
            made = insert_new(s, entry, {**rest, "low_id": pair[0], "high_id": pair[1]})
            other = pair[1] if pair[0] == kept else pair[0]
            moved.append((entry.__tablename__, other, made is not None))
    return moved


def _move_rows(s: Session, owner_id: int, gone: int, kept: int) -> dict[str, Any]:
    """Everything of `gone` as of `kept`; which rows that were, by table and column."""
    drafts, addresses = table_of(DraftEntry), table_of(AddressEntry)
    of_gone = (drafts.c.owner_id == owner_id, drafts.c.contact_id == gone)
    s.execute(delete(drafts).where(*of_gone, drafts.c.state.in_(LIVE - UNDER_WAY)))
    for entry in GOING:
        table = table_of(entry)
        s.execute(delete(table).where(table.c.owner_id == owner_id, table.c.contact_id == gone))
    last = s.scalars(
        select(addresses.c.position)
        .where(addresses.c.owner_id == owner_id, addresses.c.contact_id == kept)
        .order_by(addresses.c.position.desc())
        .limit(1)
    ).one_or_none()
    s.execute(
        update(addresses)
        .where(addresses.c.owner_id == owner_id, addresses.c.contact_id == gone)
        .values(position=addresses.c.position + (0 if last is None else last + 1))
    )
    pairs = _move_pairs(s, owner_id, gone, kept)
    rows: dict[str, list[int]] = {}
    for table, column in _referring():
        moved = s.scalars(
            update(table)
            .where(table.c.owner_id == owner_id, table.c[column] == gone)
            .values({column: kept})
            .returning(table.c.id)
        ).all()
        if moved and table is not addresses:
            rows[f"{table.name}.{column}"] = sorted(moved)
    return {"rows": rows, "pairs": pairs}


def _referring() -> list[tuple[Table, str]]:
    """Every column of every table that names a contact."""
    found: list[tuple[Table, str]] = []
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            if key.referred_table.name == "contact":
                found += [(table, name) for name in key.column_keys if name != "owner_id"]
    return found


def _later(
    s: Session,
    owner_id: int,
    kept: int,
    told: dict[str, Any],
    before: dict[str, object],
    after: dict[str, object],
) -> None:
    """When they were last in touch is the later of both; `before` and `after` are filled."""
    people = table_of(ContactEntry)
    itself = (people.c.owner_id == owner_id, people.c.id == kept)
    row = s.execute(select(*(people.c[name] for name in told)).where(*itself)).one()
    known = dict(row._mapping)  # the public name for it
    later = {name: max(filter(None, (known[name], at)), default=None) for name, at in told.items()}
    s.execute(update(people).where(*itself).values(**later, is_warmth_stale=True))
    before |= known
    after |= later


def _card_of(person: Contact) -> Card:
    """What is known of somebody, as one more card of the other."""
    return Card(
        name=Reading(person.name) if person.name else None,
        given=person.given, family=person.family,
        title=Reading(person.title) if person.title else None,
        org=Reading(person.org) if person.org else None,
        phones=person.phones, urls=person.urls, postal=person.postal, event=person.event,
        tags=person.tags, notes=person.notes, wants=person.wants, offers=person.offers,
        promised=person.promised, through=person.through, met_on=person.met_on, form=person.form,
    )  # fmt: skip
