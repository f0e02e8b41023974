"""What the owner said about everybody with a tag, now and later; and ties gone quiet."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import String, cast, or_, select, update
from sqlalchemy.orm import Session

from mailflow.model.contact import Contact, Tier
from mailflow.store.contacts import contacts_of
from mailflow.store.folding import fold
from mailflow.store.inserts import table_of, upsert
from mailflow.store.interactions import wake_contact
from mailflow.store.people_tables import IN_FOCUS
from mailflow.store.tables import ContactEntry, TagRuleEntry

CONTACT = table_of(ContactEntry).c
RULE = table_of(TagRuleEntry).c


class Steering(TypedDict, total=False):
    """What a tag can be steered by; `every_days` None leaves the cadence to the tier."""

    tier: Tier
    every_days: int | None
    paused_until: datetime | None


def steer_tag(s: Session, owner_id: int, tag: str, now: datetime, **said: Unpack[Steering]) -> int:
    """Say it of everybody who has the tag, and keep it for whoever gets the tag later; how many
    have it now. They are decided about in this tick."""
    ids = _having(s, owner_id, tag)
    values: dict[str, Any] = dict(said)
    upsert(
        s,
        TagRuleEntry,
        {"owner_id": owner_id, "tag": fold(tag)},
        {"tier": None, "every_days": None, "paused_until": None, **values, "set_at": now},
        instead={**values, "set_at": now},
    )
    for contact_id in ids:
        s.execute(
            update(table_of(ContactEntry))
            .where(CONTACT.owner_id == owner_id, CONTACT.id == contact_id)
            .values(**values)
        )
        wake_contact(s, owner_id, contact_id, now)
    return len(ids)


def apply_tag_rules(
    s: Session, owner_id: int, contact_id: int, tags: Iterable[str], *, is_new: bool
) -> None:
    """Give a contact what was said of the tags just added, the newest word last.

    What the owner said of the person stays: a tier is only given to somebody new, a cadence only
    where there is none, and no pause is made shorter.
    """
    folded = [fold(tag) for tag in tags]
    rules = (
        s.execute(
            select(RULE.tier, RULE.every_days, RULE.paused_until)
            .where(RULE.owner_id == owner_id, RULE.tag.in_(folded))
            .order_by(RULE.set_at)
        ).all()
        if folded
        else ()
    )
    for rule in rules:
        one = update(table_of(ContactEntry)).where(
            CONTACT.owner_id == owner_id, CONTACT.id == contact_id
        )
        if rule.tier is not None and is_new:
            s.execute(one.values(tier=rule.tier))
        if rule.every_days is not None:
            free = () if is_new else (CONTACT.every_days.is_(None),)
            s.execute(one.where(*free).values(every_days=rule.every_days))
        if rule.paused_until is not None:
            shorter = or_(CONTACT.paused_until.is_(None), CONTACT.paused_until < rule.paused_until)
            s.execute(one.where(shorter).values(paused_until=rule.paused_until))


def focused(s: Session, owner_id: int) -> tuple[Contact, ...]:
    """Who is on the focus list, in the order of their names."""
    rows = s.scalars(
        select(ContactEntry)
        .where(ContactEntry.owner_id == owner_id, IN_FOCUS)
        .order_by(ContactEntry.folded_name, ContactEntry.id)
    ).all()
    return contacts_of(s, owner_id, rows)


def quiet_ties(
    s: Session, owner_id: int, before: datetime, limit: int = 10
) -> tuple[tuple[Contact, datetime], ...]:
    """Who once wrote and has not been in touch since `before`, the once-warm first; with the
    instant of the last contact."""
    once = ContactEntry.warmth["once"].as_integer()
    rows = s.scalars(
        select(ContactEntry)
        .where(
            ContactEntry.owner_id == owner_id,
            ContactEntry.last_in_at.is_not(None),
            ContactEntry.last_contact_at < before,
        )
        .order_by(once.is_(None), once.desc(), ContactEntry.id)
        .limit(limit)
    ).all()
    last = {row.id: row.last_contact_at for row in rows}
    found = contacts_of(s, owner_id, rows)
    return tuple((each, at) for each in found if (at := last[each.id]) is not None)


def _having(s: Session, owner_id: int, tag: str) -> list[int]:
    """The contacts with the tag. Those with any are read: tags are few words of a JSON array."""
    wanted = fold(tag)
    rows = s.execute(
        select(CONTACT.id, CONTACT.tags)
        .where(CONTACT.owner_id == owner_id, cast(CONTACT.tags, String) != "[]")
        .order_by(CONTACT.id)
    )
    return [row.id for row in rows if any(fold(each) == wanted for each in row.tags)]
