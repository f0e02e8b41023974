"""What the owner is told about one person: what is known, and why what was decided."""

from datetime import datetime

from mailflow.model.contact import Contact
from mailflow.store import facts
from mailflow.store.database import Session
from mailflow.tick.house import House


def who(s: Session, house: House, contact: Contact, now: datetime) -> str:
    """Everything that is known about a person, a fact to a line."""
    told = facts.contact_facts(s, house.owner_id, contact.id)
    zone = house.identity.zone

    def day(at: datetime | None) -> str:
        return f"{at.astimezone(zone):%d %B %Y}" if at else "never"

    every = contact.every_days or house.policy.tier_days[contact.tier]
    lines = [
        f"{contact.label}" + (f", {contact.title}" if contact.title else ""),
        contact.org,
        ", ".join(str(address) for address in contact.addresses),
        ", ".join(phone.e164 or phone.written for phone in contact.phones),
        ", ".join(contact.urls),
        f"met {contact.met_on:%d %B %Y}" + (f" at {contact.event}" if contact.event else "")
        if contact.met_on
        else "",
        f"through {contact.through}" if contact.through else "",
        " ".join(f"#{tag}" for tag in contact.tags),
        f"wants: {contact.wants}" if contact.wants else "",
        f"offers: {contact.offers}" if contact.offers else "",
        f"you promised: {contact.promised}" if contact.promised else "",
        f"your notes: {contact.notes}" if contact.notes else "",
        f"{contact.tier}, {f'every {every} days' if every else 'no cadence'}"
        + (", on the focus list" if contact.is_focus else ""),
        f"they last wrote: {day(told.last_in_at)}; you last wrote: {day(told.last_out_at)}",
        f"warmth {contact.warmth.score}: {contact.warmth.reason}" if contact.warmth else "",
        f"never written to: {told.suppressed.value}" if told.suppressed else "",
        *(f"unsure: {doubt}" for doubt in contact.doubts),
        *(f"a {_plain(draft.purpose)} draft is {_plain(draft.state)}" for draft in told.live),
    ]
    return "\n".join(line for line in lines if line)


def why(s: Session, house: House, contact: Contact) -> str:
    """The latest decisions about a person, with the guards that held and those that did not."""
    decisions = facts.decisions(s, house.owner_id, contact.id)
    zone = house.identity.zone
    lines: list[str] = []
    for decision in decisions[:5]:
        at = f"{decision.at.astimezone(zone):%d %B %H:%M}"
        lines.append(f"{at}: {_plain(decision.action)}. {decision.reason}")
        lines += [f"  held by “{_plain(g.name)}”: {g.reason}" for g in decision.guards if g.hit]
        passed = [_plain(g.name) for g in decision.guards if not g.hit]
        if passed:
            lines.append(f"  not held by {', '.join(passed)}")
    if contact.warmth is not None:
        lines.append(f"Warmth {contact.warmth.score}: {contact.warmth.reason}")
        lines += [f"  {name}: {value:+.2f}" for name, value in contact.warmth.parts]
    return "\n".join(lines) or f"Nothing was decided about {contact.label} yet."


def _plain(name: str) -> str:
    return name.replace("follow_up", "follow-up").replace("_", " ")
