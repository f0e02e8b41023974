"""People offered as contacts with the summary: whom, and what becomes of the owner's word."""

from dataclasses import replace
from datetime import datetime, timedelta

from mailflow.model.address import NamedAddress
from mailflow.model.command import Approve, Reject, Snooze, Verdict
from mailflow.model.contact import Tier
from mailflow.model.history import Correspondent
from mailflow.model.letter import Line
from mailflow.reading.cards import roles
from mailflow.reading.cards.senders import from_header
from mailflow.store import facts, queue, record
from mailflow.store.cards import SavedCard
from mailflow.store.database import Session
from mailflow.store.queue import TokenItem, TokenRow
from mailflow.tick.house import House
from mailflow.tick.measure import measure_in

LEFT_ALONE = timedelta(weeks=1)
"""For so long whoever is adopted is not looked at, unless something happens."""

ENOUGH = 20
"""As many are read as candidates; the summary shows a few, and offices among them fall away."""


def to_adopt(s: Session, house: House, now: datetime) -> tuple[Correspondent, ...]:
    """People of the owner's past mail who may be offered at `now` (aware UTC): no offices, robots,
    lists, nobody the owner declined or was lately offered. Nothing is kept."""
    found = facts.acquaintances_to_offer(s, house.owner_id, now, ENOUGH)
    return tuple(each for each in found if roles.kind(each.address) is None)


def keep(
    s: Session, house: House, named: NamedAddress, now: datetime,
    *, known_from: str, source: str, batch: str = "",
) -> SavedCard:  # fmt: skip
    """Make a contact of somebody known by mail, with their history and without a tier; for a week
    nothing is due. Whoever is a contact already stays as they are. Warmth is the caller's."""
    card = replace(from_header(named, known_from), form="")
    saved = record.save_card(s, house.owner_id, card, source, now, tier=Tier.NONE, batch=batch)
    if saved.is_new:
        for each in facts.mail_of_newcomer(s, house.owner_id, named.address, saved.contact_id):
            record.add_interaction(s, house.owner_id, each)
        record.update_contact(s, house.owner_id, saved.contact_id, due_at=now + LEFT_ALONE)
    return saved


def judge_newcomer(
    s: Session, house: House, now: datetime,
    row: TokenRow, item: TokenItem, named: NamedAddress, verdict: Verdict,
) -> Line:  # fmt: skip
    """The owner's word on somebody a summary offered, carried out once."""
    label = f"{item.number}. {named.name or named.address}"
    if item.used_at is not None:
        return Line(label, "You decided that already.", is_done=False)
    match verdict:
        case Approve():
            said = _adopt(s, house, now, row, item, named)
        case Reject():
            said = f"Left alone; I will not offer {named.address} again."
        case Snooze(until_at=until_at):
            record.put_off_newcomer(s, house.owner_id, row.id, item.number, until_at)
            said = f"Not now; {_first_summary_after(house, until_at, now)} offers them again."
        case _:
            said = "I did nothing: a new face takes ok, skip or later."
            return Line(label, said, is_done=False)
    queue.use_token_item(s, house.owner_id, row.id, item.number, now)
    if not isinstance(verdict, Snooze):
        is_adopted = isinstance(verdict, Approve)
        record.decide_newcomer(s, house.owner_id, row.id, item.number, now, is_adopted=is_adopted)
    return Line(label, said)


def _first_summary_after(house: House, at: datetime, now: datetime) -> str:
    day, today = (each.astimezone(house.identity.zone) for each in (at, now))
    said = f"{day:%A %-d %B}" if day.year == today.year else f"{day:%A %-d %B %Y}"
    return f"the first summary after {said}"


def _adopt(
    s: Session, house: House, now: datetime, row: TokenRow, item: TokenItem, named: NamedAddress
) -> str:
    saved = keep(
        s, house, named, now, known_from="your mail with them",
        source=f"newcomer {row.id} {item.number}", batch=f"newcomers {row.id} {now.isoformat()}",
    )  # fmt: skip
    measure_in(s, house, [saved.contact_id], now)
    person = facts.contact(s, house.owner_id, saved.contact_id)
    if not saved.is_new:
        return f"{person.label} is a contact already."
    reason = f" {person.warmth.reason}" if person.warmth is not None else ""
    return f"{person.label} is a contact now, with the mail you exchanged.{reason}"
