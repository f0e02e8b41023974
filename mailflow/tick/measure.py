"""Warmth measured again for the people something happened with."""

from collections.abc import Sequence
from datetime import datetime

from mailflow.measuring.warmth import measure as warmth_of
from mailflow.store import facts, record
from mailflow.store.database import Session
from mailflow.tick.house import House

LIMIT = 1000
TOGETHER = 500
"""People whose histories are read at once: few queries, little memory."""


def measure(house: House, now: datetime) -> None:
    """Measure those with an interaction since they were last measured."""
    with house.store.begin(is_redone=True) as s:
        if stale := facts.stale(s, house.owner_id, LIMIT):
            measure_in(s, house, stale, now)


def measure_in(s: Session, house: House, contact_ids: Sequence[int], now: datetime) -> None:
    """Store the warmth of these people as of `now`."""
    for start in range(0, len(contact_ids), TOGETHER):
        some = contact_ids[start : start + TOGETHER]
        contacts = {contact.id: contact for contact in facts.contacts(s, house.owner_id, some)}
        histories = facts.histories(s, house.owner_id, some)
        warmths = {
            contact.id: warmth_of(
                histories.get(contact.id, ()), now, contact.given or contact.label
            )
            for contact in contacts.values()
            if contact.is_scored
        }
        record.save_warmths(s, house.owner_id, warmths, now)
