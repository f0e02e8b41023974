"""Files of contacts taken in: all of a file in one go, each field with the line it came from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from mailflow.model.address import Address
from mailflow.model.imports import (
    ContactImport,
    ContactsFile,
    Fate,
    LeftOut,
    ReadPerson,
    Taken,
    TakenIn,
)
from mailflow.store.import_known import Candidate, Known, candidate
from mailflow.store.import_rows import Step, add, begin
from mailflow.store.import_writing import write
from mailflow.store.inserts import table_of
from mailflow.store.suppressions import suppressed_among
from mailflow.store.tables import ImportEntry


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
    people, left_out = _allowed(s, owner_id, [candidate(person) for person in file.people])
    steps, taken = _steps(Known(s, owner_id, people), people, now)
    all_left_out = tuple(sorted((*file.left_out, *left_out), key=lambda each: each.line))
    number = None
    # a row that brings nothing now must not bring something when the rest of its file is known
    if not is_dry and not all(step.is_nothing for step in steps):
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
    s: Session, owner_id: int, people: Sequence[Candidate]
) -> tuple[Sequence[Candidate], list[LeftOut]]:
    """The people without the addresses that are on the suppression list."""
    barred = suppressed_among(s, owner_id, {a.key for person in people for a in person.addresses})
    if not barred:
        return people, []
    found: list[Candidate] = []
    left_out: list[LeftOut] = []
    for person in people:
        name = person.card.name.value if person.card.name else ""
        kept = [address for address in person.addresses if address.key not in barred]
        for address in person.addresses:
            if address.key in barred:
                said = f"{address} is on the suppression list: {barred[address.key].because}."
                left_out.append(LeftOut(person.line, name, said))
        if len(kept) == len(person.addresses):
            found.append(person)
        elif kept:
            found.append(_with(person, kept))
    return found, left_out


def _with(person: Candidate, addresses: Sequence[Address]) -> Candidate:
    """The person with those addresses only."""
    emails = [r for r in person.card.emails if Address.maybe(r.value) in addresses]
    return candidate(ReadPerson(replace(person.card, emails=tuple(emails)), person.line))


def _steps(
    known: Known, people: Sequence[Candidate], now: datetime
) -> tuple[list[Step], list[Taken]]:
    """What each card does, in the order of the file; nothing is written."""
    steps: list[Step] = []
    taken: list[Taken] = []
    for person in people:
        if person.source in known.sources:
            name = person.card.name.value if person.card.name else str(person.addresses[0])
            has_address = bool(person.addresses)
            taken.append(Taken(person.line, name, Fate.UNCHANGED, has_address=has_address))
            continue
        someone = known.someone(person)
        step = (
            begin(known, person, -1 - len(steps), now)
            if someone is None
            else add(known, person, someone)
        )
        known.sources[person.source] = step.someone.number
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
