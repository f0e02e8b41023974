"""Warmth measured again for the people something happened with."""

from collections.abc import Sequence
from datetime import datetime

from mailflow.measuring.warmth import Tie
from mailflow.measuring.warmth import measure as warmth_of
from mailflow.measuring.warmth_change import by_hand
from mailflow.measuring.warmth_model import Usual
from mailflow.measuring.warmth_owner import Tally
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


def measure_all(s: Session, house: House, now: datetime) -> None:
    """Measure everybody with a history, and what is usual among them, for the measures to come."""
    tally = Tally(now)
    measure_in(s, house, facts.scored_with_history(s, house.owner_id), now, tally)
    record.save_usual(s, house.owner_id, *tally.usual())


def measure_in(
    s: Session,
    house: House,
    contact_ids: Sequence[int],
    now: datetime,
    tally: Tally | None = None,
) -> None:
    """Store the warmth of these people as of `now`; `tally` counts them."""
    usual = Usual(*facts.usual(s, house.owner_id))

    def seen(tie: Tie) -> None:
        if tally is not None:
            tally.add(tie)

    for start in range(0, len(contact_ids), TOGETHER):
        some = contact_ids[start : start + TOGETHER]
        people = facts.measured(s, house.owner_id, some)
        histories = facts.histories(s, house.owner_id, some)
        warmths = {
            person.id: by_hand(
                warmth_of(histories.get(person.id, ()), now, person.called, usual, seen),
                person.own_band,
            )
            for person in people
        }
        record.save_warmths(s, house.owner_id, warmths, now)
