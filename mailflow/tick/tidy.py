"""The end of a pass: old bodies pruned, and what could not be reached told of."""

from datetime import datetime, timedelta

from mailflow.model.summary import TroubleKind
from mailflow.store import record
from mailflow.tick.house import House
from mailflow.tick.mail import Intake

PRUNE_EVERY = timedelta(hours=24)


def tidy(house: House, intake: Intake, now: datetime) -> None:
    """Say what was unreachable, and once a day forget what has been kept long enough."""
    with house.store.begin() as s:
        for account, error in intake.unreachable.items():
            text = f"The account {account} could not be reached: {error}"
            key = f"unreachable {account} {now:%Y-%m-%d}"
            record.add_trouble(s, house.owner_id, TroubleKind.OTHER, text, now, key=key)
        for account, error in intake.missing.items():
            key = f"missing {account} {now:%Y-%m-%d}"
            record.add_trouble(s, house.owner_id, TroubleKind.OTHER, error, now, key=key)
        for fault in house.templates.faults:
            text = f"I wrote to you in my own words instead: {fault}"
            key = f"template {fault[:80]}"
            record.add_trouble(s, house.owner_id, TroubleKind.FAULT, text, now, key=key)
        house.templates.faults.clear()
        if record.is_prune_due(s, house.owner_id, now, PRUNE_EVERY):
            config = house.config
            record.prune(s, house.owner_id, now, config.retention, config.raw_retention)
