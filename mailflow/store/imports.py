"""Files of contacts taken in: all of a file in one go, each field with the line it came from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from mailflow.model.address import Address
from mailflow.model.card import Card
from mailflow.model.contact import Suppression
from mailflow.model.imports import (
    ContactImport,
    ContactsFile,
    Fate,
    LeftOut,
    ReadPerson,
    Taken,
    TakenIn,
)
from mailflow.store.import_known import Known, source_of
from mailflow.store.import_rows import Step, add, begin
from mailflow.store.import_writing import write
from mailflow.store.inserts import table_of
from mailflow.store.suppressions import suppressed_among
from mailflow.store.tables import ImportEntry

WHY = {
    Suppression.BOUNCED: "mail to it came back",
    Suppression.OPTED_OUT: "they asked not to be written to",
    Suppression.FORGOTTEN: "you had them forgotten",
    Suppression.OWNER: "you said so",
}


def take_in(
    s: Session, owner_id: int, file: ContactsFile, now: datetime, *, is_dry: bool = False
) -> TakenIn:
    """Take a file of contacts in; with `is_dry` only tell what that would do.

    1. A card whose very words were taken in before changes nothing; an address on the suppression
       list is left out, and so is whoever has no other.
    2. Who the card is about: by address, profile page, name and organisation, name and phone; else
       somebody new, without a tier and due for nothing: on the shelf.
    3. What is known stays, what is missing is added, a difference is told and kept as a reading.
    4. What each row brought is kept, so that the import can be taken back.
    """
    people, left_out = _allowed(s, owner_id, file.people)
    known = Known(s, owner_id, [person.card for person in people])
    steps, taken = _steps(known, people, now)
    all_left_out = tuple(sorted((*file.left_out, *left_out), key=lambda each: each.line))
    number = None
    steps = [step for step in steps if not step.is_nothing]
    if steps and not is_dry:
        number = _number(s, owner_id)
        import_id = _begin(s, owner_id, file, number, steps, now)
        write(s, owner_id, import_id, f"import {number}, {file.name}", steps, now)
    return TakenIn(tuple(taken), all_left_out, number)


def imports(s: Session, owner_id: int) -> tuple[ContactImport, ...]:
    """The files that were taken in, the latest first."""
    rows = s.scalars(
        select(ImportEntry)
        .where(ImportEntry.owner_id == owner_id)
        .order_by(ImportEntry.number.desc())
    )
    return tuple(
        ContactImport(
            row.number, row.name, row.format, row.new, row.merged, row.made_at, row.undone_at
        )
        for row in rows
    )


def _allowed(
    s: Session, owner_id: int, people: Sequence[ReadPerson]
) -> tuple[list[ReadPerson], list[LeftOut]]:
    """The people without the addresses that are on the suppression list."""
    keys = {
        address.key
        for person in people
        for reading in person.card.emails
        if (address := Address.maybe(reading.value)) is not None
    }
    barred = suppressed_among(s, owner_id, keys)
    if not barred:
        return list(people), []
    found, left_out = [], []
    for person in people:
        kept, said = _unbarred(person.card, barred)
        name = person.card.name.value if person.card.name else ""
        left_out += [LeftOut(person.line, name, sentence) for sentence in said]
        if kept is not None:
            found.append(replace(person, card=kept))
    return found, left_out


def _unbarred(card: Card, barred: dict[str, Suppression]) -> tuple[Card | None, list[str]]:
    emails, said = [], []
    for reading in card.emails:
        address = Address.maybe(reading.value)
        if address is not None and address.key in barred:
            why = WHY[barred[address.key]]
            said.append(f"{address} is on the suppression list: {why}.")
        else:
            emails.append(reading)
    if said and not emails:
        return None, said
    return (replace(card, emails=tuple(emails)) if said else card), said


def _steps(
    known: Known, people: Sequence[ReadPerson], now: datetime
) -> tuple[list[Step], list[Taken]]:
    """What each card does, in the order of the file; nothing is written."""
    steps: list[Step] = []
    taken: list[Taken] = []
    for person in people:
        card = person.card
        source = source_of(card)
        if source in known.sources:
            name = card.name.value if card.name else str(card.address or "")
            has_address = bool(card.emails)
            taken.append(Taken(person.line, name, Fate.UNCHANGED, has_address=has_address))
            continue
        someone = known.someone(card)
        step = (
            begin(known, person, card, source, -1 - len(steps), now)
            if someone is None
            else add(known, person, card, source, someone)
        )
        known.sources[source] = step.someone.number
        steps.append(step)
        taken.append(step.taken)
    return steps, taken


def _number(s: Session, owner_id: int) -> int:
    last = select(func.coalesce(func.max(ImportEntry.number), 0)).where(
        ImportEntry.owner_id == owner_id
    )
    return int(s.scalars(last).one()) + 1


def _begin(
    s: Session,
    owner_id: int,
    file: ContactsFile,
    number: int,
    steps: Sequence[Step],
    now: datetime,
) -> int:
    table = table_of(ImportEntry)
    merged = {step.someone.number for step in steps if step.taken.fate is Fate.MERGED}
    values: dict[str, Any] = {
        "owner_id": owner_id,
        "number": number,
        "name": file.name,
        "format": file.format,
        "new": sum(step.taken.fate is Fate.NEW for step in steps),
        "merged": len({number for number in merged if number > 0}),
        "made_at": now,
    }
    return int(s.execute(insert(table).returning(table.c.id), values).scalar_one())
