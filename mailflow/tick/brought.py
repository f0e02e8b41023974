"""Introductions made to the owner: kept with the person met and with the one who introduced."""

from datetime import datetime, time, timedelta

from mailflow.deciding.calendar import at_local, quarter_start
from mailflow.errors import Ambiguous, NotFound
from mailflow.model.brought import Bringer
from mailflow.model.contact import Contact
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.store import facts, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.named import one


def note_through(
    s: Session, house: House, contact_id: int, by: str, source: str, now: datetime
) -> str:
    """Keep that somebody came through `by` (a name or an address), as a favour received.

    A sentence for the owner, empty when there is nothing to say: whoever is not known by that name
    stays a name on the card. The same introduction told twice is one.
    """
    try:
        introducer = one(s, house, by)
    except NotFound:
        return ""
    except Ambiguous as error:
        return f"By whom you met is kept as a name only: {error}"
    contact = facts.contact(s, house.owner_id, contact_id)
    if introducer.id == contact.id or not record.note_brought(
        s, house.owner_id, contact.id, introducer.id, now, source
    ):
        return ""
    interaction = Interaction(
        contact_id=introducer.id,
        direction=Direction.IN,
        deed=Deed.GOT,
        at=now,
        source=f"{source} through {introducer.id}",
        text=f"introduced you to {contact.label}",
    )
    record.add_interaction(s, house.owner_id, interaction)
    record.note_acquainted(s, house.owner_id, [contact.id, introducer.id], now)
    record.wake_contact(s, house.owner_id, introducer.id, now)
    return f"{introducer.label} introduced you; I count it as a favour to return."


def brought_lines(s: Session, house: House, contact: Contact) -> list[str]:
    """What `who` tells of introductions to the owner: by whom they came, and whom they brought."""
    found = facts.brought_with(s, house.owner_id, contact.id)
    through = [each for each in found if each.contact.id == contact.id]
    brought = [each for each in found if each.by.id == contact.id]
    lines = [f"through {each.by.label}, {_day(each.at, house)}" for each in through]
    if not through and contact.through:
        lines = [f"through {contact.through}"]
    return [
        *lines,
        *(f"introduced you to {each.contact.label}, {_day(each.at, house)}" for each in brought),
    ]


def brought_last_quarter(s: Session, house: House, now: datetime) -> tuple[Bringer, ...]:
    """Who brought people and referrals in the quarter that ended within the week; else nothing.

    A weekly summary falls into that week once.
    """
    zone = house.identity.zone
    today = now.astimezone(zone).date()
    ended = quarter_start(today)
    if today - ended >= timedelta(days=7):
        return ()
    began = quarter_start(ended - timedelta(days=1))
    since, until = (at_local(day, time(), zone) for day in (began, ended))
    return facts.bringers(s, house.owner_id, since, until)


def _day(at: datetime, house: House) -> str:
    return f"{at.astimezone(house.identity.zone):%-d %B %Y}"
