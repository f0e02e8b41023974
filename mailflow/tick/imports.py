"""A file of contacts the owner takes in: people only, and nobody of them is written to for it."""

from dataclasses import replace
from datetime import datetime

from mailflow.model.address import Address
from mailflow.model.imports import ContactsFile, LeftOut, ReadPerson, TakenIn
from mailflow.reading.cards import roles
from mailflow.store import record
from mailflow.store.database import Session
from mailflow.tick.house import House

YOURS = "That is you."


def take_in(
    s: Session, house: House, file: ContactsFile, now: datetime, *, is_dry: bool = False
) -> TakenIn:
    """Take the people of a file in, or with `is_dry` tell what that would do.

    The owner, shared mailboxes, robots and lists are left out, each with the reason. Whoever is new
    lies on the shelf: without a tier, due for nothing, until the owner or they themselves begin.
    """
    people: list[ReadPerson] = []
    left_out: list[LeftOut] = []
    for person in file.people:
        kept, missed = _person(person, house)
        left_out += missed
        if kept is not None:
            people.append(kept)
    asked = replace(file, people=tuple(people), left_out=(*file.left_out, *left_out))
    return record.take_in(s, house.owner_id, asked, now, is_dry=is_dry)


def _person(person: ReadPerson, house: House) -> tuple[ReadPerson | None, list[LeftOut]]:
    """The person with the addresses that are theirs; None when every one is somebody else's."""
    card = person.card
    who = card.name.value if card.name else ""
    kept, said = [], []
    for reading in card.emails:
        address = Address.maybe(reading.value)
        if address is None or (kind := roles.kind(address)) is None:
            kept.append(reading)
        else:
            said.append(LeftOut(person.line, who, f"{address} is {kind}, not a person's."))
    if any(_is_own(Address.maybe(reading.value), house) for reading in card.emails):
        return None, [LeftOut(person.line, who, YOURS)]
    if said and not kept:
        return None, said
    if not said:
        return person, []
    return replace(person, card=replace(card, emails=tuple(kept))), said


def _is_own(address: Address | None, house: House) -> bool:
    return house.identity.is_owner(address) or address == house.identity.service
