"""Warmth measured again for the people something happened with."""

from collections.abc import Iterable
from datetime import datetime

from mailflow.measuring.warmth import measure as warmth_of
from mailflow.store import facts, record
from mailflow.store.database import Session
from mailflow.tick.house import House

LIMIT = 1000


def measure(house: House, now: datetime) -> None:
    """Measure those with an interaction since they were last measured."""
    with house.store.begin() as s:
        if stale := facts.stale(s, house.owner_id, LIMIT):
            measure_in(s, house, stale, now)


def measure_in(s: Session, house: House, contact_ids: Iterable[int], now: datetime) -> None:
    """Store the warmth of these people as of `now`."""
    for contact in facts.contacts(s, house.owner_id, tuple(contact_ids)):
        if not contact.is_scored:
            continue
        interactions = facts.interactions(s, house.owner_id, contact.id)
        warmth = warmth_of(interactions, now, contact.given or contact.label)
        record.save_warmth(s, house.owner_id, contact.id, warmth, now)
