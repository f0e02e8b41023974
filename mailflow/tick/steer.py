"""How the owner steers the rhythm, by person and by tag: tier, cadence, pause, focus, bands."""

from datetime import UTC, datetime, timedelta

from mailflow.deciding.calendar import week_start
from mailflow.errors import NotFound
from mailflow.model.amount import amount, every
from mailflow.model.command import Every, Focus, Pause, SetTier
from mailflow.model.contact import Contact
from mailflow.model.steering import Look, Overview, Resume, SetBand
from mailflow.store import facts, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.measure import measure_in
from mailflow.tick.named import one

Steer = Every | SetTier | Pause | Resume | Focus | SetBand | Look
FOR_GOOD = datetime.max.replace(tzinfo=UTC)


def steer(s: Session, house: House, now: datetime, command: Steer) -> str:
    """Do it, and what to say of it."""
    match command:
        case Look(at=at):
            return look(s, house, at, now)
        case Pause(who=None, until_at=until_at):
            record.pause_all(s, house.owner_id, until_at or FOR_GOOD)
            return f"Everything is paused{_until(house, until_at)}."
        case Resume(who=None):
            record.pause_all(s, house.owner_id, None)
            return "The pause is over."
    if command.who is not None and command.who.startswith("#"):
        return _steer_tag(s, house, now, command.who.lstrip("#"), command)
    contact = one(s, house, command.who or "")
    said = _steer_one(s, house, now, contact, command)
    record.wake_contact(s, house.owner_id, contact.id, now)
    return said


def _steer_one(s: Session, house: House, now: datetime, contact: Contact, command: Steer) -> str:
    owner_id, who = house.owner_id, contact.label
    match command:
        case Every(days=days):
            record.update_contact(s, owner_id, contact.id, every_days=days)
            return f"{who}: {every(days)}."
        case SetTier(tier=tier):
            record.update_contact(s, owner_id, contact.id, tier=tier, every_days=None)
            return f"{who} is {tier}: {_every(house.policy.tier_days[tier])}."
        case Pause(until_at=until_at):
            until = until_at or FOR_GOOD
            record.update_contact(s, owner_id, contact.id, paused_until=until)
            return f"{who} is paused{_until(house, until_at)}."
        case Resume():
            record.update_contact(s, owner_id, contact.id, paused_until=None)
            return f"{who} is not paused any more."
        case SetBand():
            return _set_band(s, house, now, contact, command)
        case _:
            return _focus(s, house, contact)


def _steer_tag(s: Session, house: House, now: datetime, tag: str, command: Steer) -> str:
    """For everybody with the tag, and for whoever gets it later."""
    owner_id = house.owner_id
    match command:
        case Every(days=days):
            count = record.steer_tag(s, owner_id, tag, now, every_days=days)
            said = _every(days)
        case SetTier(tier=tier):
            count = record.steer_tag(s, owner_id, tag, now, tier=tier, every_days=None)
            said = f"{tier}, {_every(house.policy.tier_days[tier])}"
        case Pause(until_at=until_at):
            until = until_at or FOR_GOOD
            count = record.steer_tag(s, owner_id, tag, now, paused_until=until)
            said = f"paused{_until(house, until_at)}"
        case Resume():
            count = record.steer_tag(s, owner_id, tag, now, paused_until=None)
            said = "not paused any more"
        case _:
            raise NotFound(f"That is said of one person at a time; “#{tag}” is a tag.")
    has = f"{amount(count, 'person has', 'people have')}" if count else "Nobody has"
    return f"#{tag}: {said}. {has} the tag now; whoever gets it later is kept like that too."


def _set_band(s: Session, house: House, now: datetime, contact: Contact, command: SetBand) -> str:
    owner_id, who = house.owner_id, contact.label
    band, is_scored = command.band, command.is_scored
    record.update_contact(s, owner_id, contact.id, own_band=band, is_scored=is_scored)
    if not is_scored:
        return f"{who} is left out of the scoring, until you say “band {who} auto”."
    measure_in(s, house, [contact.id], now)
    if band is not None:
        return f"{who} is {band} by your hand, until you say “band {who} auto”."
    measured = facts.contact(s, owner_id, contact.id).warmth
    return f"{who} is measured again: {measured.band} ({measured.score})." if measured else who


def _focus(s: Session, house: House, contact: Contact) -> str:
    owner_id = house.owner_id
    record.update_contact(s, owner_id, contact.id, is_focus=not contact.is_focus)
    if contact.is_focus:
        return f"{contact.label} is off the focus list."
    size, most = facts.focus_size(s, owner_id), house.policy.focus_size
    over = "; take somebody off, or it is no focus" if size > most else ""
    return f"{contact.label} is on the focus list ({size} of {most}{over})."


def look(s: Session, house: House, at: Overview, now: datetime) -> str:
    """The focus list, the ties gone quiet, or what the week has room for; a line each."""
    match at:
        case Overview.FOCUS:
            return _focus_list(s, house)
        case Overview.QUIET:
            return _quiet(s, house, now)
        case Overview.BUDGET:
            return _budget(s, house, now)


def _focus_list(s: Session, house: House) -> str:
    people = facts.focused(s, house.owner_id)
    if not people:
        return "The focus list is empty; “focus NAME” puts somebody on it."
    lines = [f"{len(people)} of {house.policy.focus_size} on the focus list:"]
    for each in people:
        warm = f", {each.warmth.band} ({each.warmth.score})" if each.warmth else ""
        days = each.every_days or house.policy.tier_days[each.tier]
        lines.append(f"{each.label}: {_every(days)}{warm}")
    return "\n".join(lines)


def _quiet(s: Session, house: House, now: datetime) -> str:
    found = facts.quiet_ties(s, house.owner_id, now - house.policy.dormant_min)
    if not found:
        return "No tie has gone quiet."
    lines = ["Gone quiet, the once-warm first:"]
    for each, last_at in found:
        once = f"once {each.warmth.once}" if each.warmth and each.warmth.once else "not measured"
        weeks = amount((now - last_at) // timedelta(weeks=1), "week")
        lines.append(f"{each.label}: {once}, silent for {weeks}")
    return "\n".join(lines)


def _budget(s: Session, house: House, now: datetime) -> str:
    policy, zone = house.policy, house.identity.zone
    traffic = facts.traffic(s, house.owner_id, now, week_start(now, zone))
    return "\n".join(
        (
            f"New people this week: {traffic.new_people_this_week} of {policy.new_people_per_week}",
            f"Revivals this week: {traffic.revivals_this_week} of {policy.revivals_per_week}",
            f"Mails today: {traffic.last_day} of {policy.per_day}",
            f"On the focus list: {facts.focus_size(s, house.owner_id)} of {policy.focus_size}",
        )
    )


def _every(days: int | None) -> str:
    return every(days) if days else "no cadence"


def _until(house: House, until_at: datetime | None) -> str:
    if until_at is None:
        return " until you say otherwise"
    return f" until {until_at.astimezone(house.identity.zone):%A %d %B}"
