"""The people of one letter as their owner should see them: what was read, and what to look at."""

from collections.abc import Mapping, Sequence

from mailflow.model.contact import Contact
from mailflow.model.draft import Draft
from mailflow.model.field_words import in_words
from mailflow.model.letter import Mark, ReceiptItem, Unseen
from mailflow.store import facts
from mailflow.store.addresses import Unconfirmed
from mailflow.store.database import Session
from mailflow.store.folding import fold
from mailflow.store.readings import Doubted
from mailflow.tick.house import House

Pictures = dict[str, bytes]


def receipt_items(
    s: Session, house: House, contacts: Sequence[Contact], waiting: Mapping[int, Draft]
) -> tuple[list[ReceiptItem], Pictures]:
    """The people, those with a draft first and numbered by it, and the pieces of pictures to show.

    `waiting` is contact -> the draft to show.
    """
    ordered = sorted(contacts, key=lambda contact: contact.id not in waiting)
    ids = [contact.id for contact in ordered]
    doubted = facts.doubted(s, house.owner_id, ids)
    unseen = facts.unconfirmed(s, house.owner_id, ids)
    pictures: Pictures = {}
    items: list[ReceiptItem] = []
    for place, contact in enumerate(ordered, start=1):
        draft = waiting.get(contact.id)
        shown = _unseen(contact, unseen.get(contact.id, ()), pictures)
        marks = _marks(contact, doubted.get(contact.id, []), shown)
        said = {each.doubt for each in doubted.get(contact.id, [])}
        said |= {each.doubt for each in shown}
        items.append(
            ReceiptItem(
                contact=contact,
                number=place if draft else None,
                draft=draft,
                doubts=tuple(doubt for doubt in contact.doubts if doubt not in said),
                waiting="" if draft else _waiting(s, house, contact),
                place=place,
                marks=marks,
                unseen=shown,
            )
        )
    return items, pictures


def _waiting(s: Session, house: House, contact: Contact) -> str:
    decisions = facts.decisions(s, house.owner_id, contact.id)
    return decisions[0].reason if decisions else ""


def _unseen(
    contact: Contact, found: Sequence[Unconfirmed], pictures: Pictures
) -> tuple[Unseen, ...]:
    """The address they would be written to, if it is one to look at; others are only marked."""
    for each in found:
        if each.address == contact.address:
            name = f"address-{contact.id}@mailflow" if each.crop else ""
            if name:
                pictures[name] = each.crop
            return (Unseen(str(each.address), each.doubt, name),)
    return ()


def _marks(
    contact: Contact, doubted: Sequence[Doubted], shown: Sequence[Unseen]
) -> tuple[Mark, ...]:
    """The doubts about what the contact's fields still say; addresses to look at have their own
    place."""
    apart = {fold(each.address) for each in shown}
    says = {
        "name": {fold(contact.name)},
        "title": {fold(contact.title)},
        "org": {fold(contact.org)},
        "email": {fold(str(address)) for address in contact.addresses} - apart,
        "phone": {fold(p.e164 or p.written) for p in contact.phones},
    }
    return tuple(
        Mark(in_words(each.field), each.value, each.doubt)
        for each in doubted
        if fold(each.value) in says.get(each.field, set())
    )
