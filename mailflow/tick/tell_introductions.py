"""What the owner is told about one person's introductions, and who introduced them."""

from datetime import datetime

from mailflow.model.contact import Contact
from mailflow.model.introduction import Introduction
from mailflow.model.introduction_states import OPEN, IntroductionState
from mailflow.store import facts
from mailflow.store.database import Session
from mailflow.tick.house import House

S = IntroductionState

IN_WORDS = {
    S.DRAFT: "waits for your ok to ask",
    S.ASKING_FIRST: "{first} is asked",
    S.ASKING_SECOND: "{first} agreed, {second} is asked",
    S.DEFERRED: "put off by one of them",
    S.READY: "both agreed; the mail to both waits",
    S.RECONFIRMING: "asked once more, because a yes grew old",
    S.INTRODUCED: "no word between them seen yet",
    S.CONNECTED: "they are in touch",
    S.QUIET: "no word between them was seen",
    S.DECLINED: "did not come about",
    S.EXPIRED: "ended without an answer",
    S.UNDELIVERABLE: "ended, because mail came back",
    S.CANCELLED: "called off",
    S.CLOSED: "closed",
}


def introductions_of(s: Session, house: House, contact: Contact) -> list[str]:
    """One line for each introduction the owner began with them, the latest last; and whom they are
    never introduced to."""
    found = facts.introductions_of(s, house.owner_id, contact.id)
    ids = {side.contact_id for each in found for side in each.sides}
    nevers = facts.nevers_of(s, house.owner_id, contact.id)
    ids |= {each for each in nevers if each is not None}
    names = {each.id: each.label for each in facts.contacts(s, house.owner_id, sorted(ids))}
    lines = [_line(each, names, contact, house) for each in found]
    whom = [names[each] if each is not None else "anybody" for each in nevers]
    return [*lines, *([f"never introduced to {', '.join(whom)}"] if whom else [])]


def _line(each: Introduction, names: dict[int, str], contact: Contact, house: House) -> str:
    other = names[each.other(contact.id).contact_id]
    first, second = (names[side.contact_id] for side in each.sides)
    said = IN_WORDS[each.state].format(first=first, second=second)
    if each.introduced_at is not None:
        began = f"introduced to {other} on {_day(each.introduced_at, house)}"
    elif each.state in OPEN:
        began = f"introduction {each.id} to {other} since {_day(each.created_at, house)}"
    else:
        began = f"introduction {each.id} to {other}, begun {_day(each.created_at, house)}"
    came = f"; {each.outcome}" if each.outcome else ""
    return f"{began}: {said}{came}"


def _day(at: datetime, house: House) -> str:
    return f"{at.astimezone(house.identity.zone):%-d %B %Y}"
