"""Warmth measured again for the people something happened with."""

from collections.abc import Sequence
from datetime import datetime

from mailflow.measuring.warmth import measure as warmth_of
from mailflow.measuring.warmth_change import by_hand
from mailflow.measuring.warmth_owner import Tally
from mailflow.measuring.warmth_usual import Usual
from mailflow.model.contact import Warmth
from mailflow.store import facts, record
from mailflow.store.database import Session
from mailflow.tick.house import House

LIMIT = 1000
TOGETHER = 500
"""People whose histories are read at once: few queries, little memory."""
AT_ONCE = 20_000
"""The same where everybody is measured, so that the number of queries hardly grows."""


def measure(house: House, now: datetime) -> None:
    """Measure those with an interaction since they were last measured."""
    with house.store.begin(is_redone=True) as s:
        if stale := facts.stale(s, house.owner_id, LIMIT):
            measure_in(s, house, stale, now)


def measure_all(s: Session, house: House, now: datetime) -> None:
    """Measure everybody with a history, and what is usual among them, for the measures to come."""
    tally = Tally(now)
    for span in facts.spans_of_contacts(s, house.owner_id, AT_ONCE):
        _measure(s, house, span, now, tally)
    record.save_usual(s, house.owner_id, *tally.usual())


def measure_in(s: Session, house: House, contact_ids: Sequence[int], now: datetime) -> None:
    """Store the warmth of these people as of `now`."""
    for start in range(0, len(contact_ids), TOGETHER):
        _measure(s, house, contact_ids[start : start + TOGETHER], now, None)


def _measure(
    s: Session, house: House, contact_ids: Sequence[int], now: datetime, tally: Tally | None
) -> None:
    """With a tally that counts them, only of those with a history."""
    usual = Usual(*facts.usual(s, house.owner_id))
    people = {each.id: each for each in facts.measured(s, house.owner_id, contact_ids)}
    histories = facts.histories(s, house.owner_id, contact_ids)
    warmths: dict[int, Warmth] = {}
    for contact_id, history in histories:
        if person := people.pop(contact_id, None):
            seen = None if tally is None else tally.add
            warmth = warmth_of(history, now, person.called, usual, seen)
            warmths[contact_id] = by_hand(warmth, person.own_band)
    for person in people.values() if tally is None else ():
        warmths[person.id] = by_hand(warmth_of((), now, person.called), person.own_band)
    record.save_warmths(s, house.owner_id, warmths, now)
