"""What the owner is told about one person: what is known, and why what was decided."""

from collections.abc import Sequence
from datetime import datetime

from mailflow.measuring.warmth import measure, tie_of
from mailflow.measuring.warmth_change import by_hand, changes, said
from mailflow.measuring.warmth_usual import Usual
from mailflow.model.amount import every
from mailflow.model.contact import Contact, Warmth
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.store import facts
from mailflow.store.database import Session
from mailflow.tick.brought import brought_lines
from mailflow.tick.house import House
from mailflow.tick.tell_introductions import introductions_of

DONE = {
    **dict.fromkeys(((deed, Direction.IN) for deed in (Deed.MAIL, Deed.REPLY)), "they wrote"),
    **dict.fromkeys(((deed, Direction.OUT) for deed in (Deed.MAIL, Deed.REPLY)), "you wrote"),
    (Deed.CALL, Direction.BOTH): "a call",
    (Deed.COFFEE, Direction.BOTH): "a coffee",
    (Deed.MET, Direction.BOTH): "you met",
    (Deed.GAVE, Direction.OUT): "you did them a favour",
    (Deed.GOT, Direction.IN): "they did you a favour",
    (Deed.INTRODUCED, Direction.OUT): "you introduced them to somebody",
}
"""What happened last, as the owner would say it."""


def who(s: Session, house: House, contact: Contact, now: datetime) -> str:
    """Everything that is known about a person, a fact to a line."""
    told = facts.contact_facts(s, house.owner_id, contact.id)
    zone = house.identity.zone

    def day(at: datetime | None) -> str:
        return f"{at.astimezone(zone):%-d %B %Y}" if at else "never"

    cadence = contact.every_days or house.policy.tier_days[contact.tier]
    lines = [
        f"{contact.label}" + (f", {contact.title}" if contact.title else ""),
        contact.org,
        ", ".join(str(address) for address in contact.addresses),
        ", ".join(phone.e164 or phone.written for phone in contact.phones),
        ", ".join(contact.urls),
        f"met {contact.met_on:%-d %B %Y}" + (f" at {contact.event}" if contact.event else "")
        if contact.met_on
        else "",
        *brought_lines(s, house, contact),
        " ".join(f"#{tag}" for tag in contact.tags),
        f"wants: {contact.wants}" if contact.wants else "",
        f"offers: {contact.offers}" if contact.offers else "",
        f"you promised: {contact.promised}" if contact.promised else "",
        f"your notes: {contact.notes}" if contact.notes else "",
        f"{contact.tier}, {every(cadence) if cadence else 'no cadence'}"
        + (", on the focus list" if contact.is_focus else ""),
        f"writes in: {contact.language}" if contact.language else "",
        f"they last wrote: {day(told.last_in_at)}; you last wrote: {day(told.last_out_at)}",
        _warmth(s, house, contact, now),
        *introductions_of(s, house, contact),
        f"never written to: {told.suppressed.because}; “allow {contact.label}” ends that"
        if told.suppressed
        else "",
        *(f"unsure: {doubt}" for doubt in contact.doubts),
        *(f"a {_plain(draft.purpose)} draft is {_plain(draft.state)}" for draft in told.live),
    ]
    return "\n".join(line for line in lines if line)


def why(s: Session, house: House, contact: Contact, now: datetime) -> str:
    """The latest decisions about a person, with what was against it and what was not; then what
    their warmth is made of, and what would change it most.

    Each decision tells of what was not in the way only what those after it have not told yet.
    """
    decisions = facts.decisions(s, house.owner_id, contact.id)
    zone = house.identity.zone
    lines: list[str] = []
    told: set[str] = set()
    for decision in decisions[:5]:
        at = f"{decision.at.astimezone(zone):%-d %B %H:%M}"
        lines.append(f"{at}: {_plain(decision.action)}. {decision.reason}")
        against = [g.reason for g in decision.guards if g.hit and g.reason != decision.reason]
        lines += [f"  against it: {reason}" for reason in dict.fromkeys(against)]
        fine = [g.reason for g in decision.guards if not g.hit and g.reason not in told]
        if fine:
            lines.append(f"  nothing against it here: {' '.join(dict.fromkeys(fine))}")
        told.update(fine)
    lines += _why_warm(s, house, contact, now)
    return "\n".join(lines) or f"Nothing was decided about {contact.label} yet."


def _why_warm(s: Session, house: House, contact: Contact, now: datetime) -> list[str]:
    """Each part in points, the chances, the last interaction, and what would change it most."""
    if not contact.is_scored:
        return [f"You left {contact.label} out of the scoring."]
    told = facts.interactions(s, house.owner_id, contact.id)
    if not told and contact.own_band is None:
        return []
    called = contact.given or contact.label
    warmth = _measured(s, house, contact, told, now)
    trend = f", {warmth.trend:+d} in four weeks" if warmth.trend else ""
    lines = [f"Warmth {warmth.score}{trend}: {warmth.reason}"]
    lines += [f"  {name}: {points:+.1f}" for name, points in warmth.parts]
    lines.append(
        f"  {called} writes within 90 days: {warmth.writes_in_90d:.0%}; your next mail is answered"
        f" within 14: {warmth.answers_in_14d:.0%}"
    )
    known = [each for each in told if each.at <= now]
    if known:
        last = known[-1]
        words = f" (“{last.text[:80]}”)" if last.text else ""
        lines.append(f"  last: {DONE[last.deed, last.direction]} on "
                     f"{last.at.astimezone(house.identity.zone):%-d %B %Y}{words}")  # fmt: skip
    lines.append(f"  {said(changes(tie_of(told, now), now))}")
    return lines


def _warmth(s: Session, house: House, contact: Contact, now: datetime) -> str:
    if not contact.is_scored:
        return "left out of the scoring"
    told = facts.interactions(s, house.owner_id, contact.id)
    if not told and contact.warmth is None:
        return ""
    # what was stored is as old as the last measuring, and speaks of “today”
    warmth = _measured(s, house, contact, told, now)
    return f"warmth {warmth.score}, {warmth.band}: {warmth.reason}"


def _measured(
    s: Session, house: House, contact: Contact, told: Sequence[Interaction], now: datetime
) -> Warmth:
    usual = Usual(*facts.usual(s, house.owner_id))
    called = contact.given or contact.label
    return by_hand(measure(told, now, called, usual), contact.own_band)


def _plain(name: str) -> str:
    return name.replace("follow_up", "follow-up").replace("_", " ")
