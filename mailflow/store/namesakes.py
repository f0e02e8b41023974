"""Whom a card is about among the people known: by address, by name and company, by phone."""

from difflib import SequenceMatcher

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from mailflow.model.card import Card
from mailflow.store.folding import fold
from mailflow.store.inserts import table_of
from mailflow.store.people_tables import IS_PHONE
from mailflow.store.tables import ContactEntry, FieldEntry

CONTACTS, FIELDS = map(table_of, (ContactEntry, FieldEntry))
OF_OWNER: BindParameter[int] = bindparam("of")
MAX_NAME = 80
LIKE = 0.8
"""How alike two names are of which one may be a misreading of the other."""
NAMESAKES = (
    select(CONTACTS.c.id, CONTACTS.c.org)
    .where(CONTACTS.c.owner_id == OF_OWNER, CONTACTS.c.folded_name == bindparam("name"))
    .order_by(CONTACTS.c.id)
    .limit(20)
)
CALLED = select(CONTACTS.c.folded_name, CONTACTS.c.phones).where(
    CONTACTS.c.owner_id == OF_OWNER, CONTACTS.c.id == bindparam("pk")
)
BY_PHONE = (
    select(FIELDS.c.contact_id)
    .where(
        FIELDS.c.owner_id == OF_OWNER,
        IS_PHONE,
        FIELDS.c.value.in_(bindparam("numbers", expanding=True)),
    )
    .limit(200)
)
"""Not `distinct`: SQLite would go through all fields by their contacts, to have them in order."""


def namesake(s: Session, owner_id: int, card: Card) -> int | None:
    """The one contact the card is about, told without an address; None for nobody or several.

    1. That name at that company; for a card without an address the name is enough when no company
       speaks against it.
    2. That name and a phone number in common: the company may have changed.
    3. For a card with neither name nor address: the one who has its number.
    """
    name = fold(card.name.value) if card.name else ""
    numbers = [phone.e164 for phone in card.phones if phone.e164][:10]
    if not name:
        return None if card.emails else _only(_by_phone(s, owner_id, numbers))
    org = fold(card.org.value) if card.org else ""
    rows = s.execute(NAMESAKES, {"of": owner_id, "name": name}).all()
    same = [row.id for row in rows if org and fold(row.org) == org]
    if not same and not card.emails:
        same = [row.id for row in rows if not org or not row.org]
    if not same and rows:
        held = _by_phone(s, owner_id, numbers)
        same = [row.id for row in rows if row.id in held]
    return _only(same)


def namesakes(s: Session, owner_id: int, contact_id: int) -> tuple[int, ...]:
    """The other contacts who may be the same person: those of the same full name, the longest known
    first, then those of a like name with a number in common, which may be a misreading."""
    row = s.execute(CALLED, {"of": owner_id, "pk": contact_id}).one_or_none()
    if row is None or " " not in row.folded_name:
        return ()
    same = s.execute(NAMESAKES, {"of": owner_id, "name": row.folded_name}).all()
    found = [each.id for each in same]
    numbers = [phone["e164"] for phone in row.phones if phone["e164"]][:10]
    held = [each for each in _by_phone(s, owner_id, numbers) if each not in found]
    if held:
        names = s.execute(
            select(CONTACTS.c.id, CONTACTS.c.folded_name)
            .where(CONTACTS.c.owner_id == owner_id, CONTACTS.c.id.in_(held))
            .order_by(CONTACTS.c.id)
        )
        found += [each.id for each in names if _is_like(each.folded_name, row.folded_name)]
    return tuple(each for each in found if each != contact_id)


def _is_like(name: str, other: str) -> bool:
    return SequenceMatcher(None, name[:MAX_NAME], other[:MAX_NAME]).ratio() >= LIKE


def _by_phone(s: Session, owner_id: int, numbers: list[str]) -> list[int]:
    if not numbers:
        return []
    found = s.scalars(BY_PHONE, {"of": owner_id, "numbers": numbers})
    return list(dict.fromkeys(found))[:20]


def _only(found: list[int]) -> int | None:
    return found[0] if len(found) == 1 else None
