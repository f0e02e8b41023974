"""`write A`: a draft on the owner's demand, shown for his ok like any other."""

from datetime import datetime

from mailflow.deciding.calendar import week_start
from mailflow.deciding.demand import NotWritten, demanded, is_first
from mailflow.deciding.guards import World
from mailflow.errors import DraftingError
from mailflow.model.actions import PrepareDraft
from mailflow.model.contact import Contact
from mailflow.model.demand import Wanted, Write
from mailflow.model.draft import OPEN_TO_OWNER, DraftState, Purpose
from mailflow.model.facts import ContactFacts
from mailflow.model.letter import Line
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.named import one
from mailflow.tick.write import prepare

FILLS = {
    Wanted.COFFEE: "when",
    Wanted.CONGRATULATE: "occasion",
    Wanted.SEND_SOMETHING: "what",
}
"""The value of the template that the owner's words become."""

SHOWN_AGAIN = (OPEN_TO_OWNER | {DraftState.DRAFTED}) - {DraftState.APPROVED}
PAUSES = {"paused": "“resume {}” ends the pause.", "paused_all": "“resume all” ends the pause."}


def write_now(
    s: Session, house: House, now: datetime, command: Write, line: str
) -> tuple[Line, list[int]]:
    """Draft it, or say why not; and whose draft the answer should show.

    Raises NotFound and Ambiguous for whom it names.
    """
    contact, command = _meant(s, house, command)
    told = facts.contact_facts(s, house.owner_id, contact.id)
    action = demanded(told, command, line, _world(s, house, now))
    if isinstance(action, NotWritten):
        record.note_decision(
            s, house.owner_id, contact.id, "not written", action.reason, action.guards, now
        )
        return Line(line, action.reason, is_done=False), _show_again(s, house, told)
    try:
        prepare(s, house, action, told, now, more=_more(command))
    except DraftingError as error:
        return Line(line, str(error), is_done=False), []
    return Line(line, _said(told, command, action)), [contact.id]


def _meant(s: Session, house: House, command: Write) -> tuple[Contact, Write]:
    """Whom, and which mail: what could be a name altogether is one if anybody is called that."""
    if command.whole and facts.find_contacts(s, house.owner_id, command.whole):
        return one(s, house, command.whole), Write(command.whole)
    return one(s, house, command.who), command


def _world(s: Session, house: House, now: datetime) -> World:
    owner_id = house.owner_id
    week = week_start(now, house.identity.zone)
    traffic = facts.traffic(s, owner_id, now, week, house.dice.random())
    return World(
        house.identity, house.policy, now, facts.paused_until(s, owner_id),
        traffic.new_people_this_week, traffic.revivals_this_week,
    )  # fmt: skip


def _show_again(s: Session, house: House, told: ContactFacts) -> list[int]:
    """The draft that stands in the way, for the owner to decide on."""
    waiting = [draft for draft in told.live if draft.state in SHOWN_AGAIN]
    for draft in waiting[:1]:
        queue.want_shown(s, house.owner_id, draft.id, "You asked for another mail to them.")
    return [told.contact.id] if waiting and told.suppressed is None else []


def _more(command: Write) -> dict[str, str]:
    given = {"link": command.link, "because": command.because}
    if command.wanted in FILLS:
        given[FILLS[command.wanted]] = command.words
    return given


def _said(told: ContactFacts, command: Write, action: PrepareDraft) -> str:
    """That it waits for the ok, and what else the owner should know before he gives it."""
    label = told.contact.label
    parts = [f"A mail to {label} is drafted; it leaves after your ok."]
    for guard in action.guards:
        if guard.hit:
            ends = PAUSES.get(guard.name, "").format(label)
            parts.append(f"{guard.reason} It waits until then; {ends}" if ends else guard.reason)
    if command.wanted is not None and is_first(told):
        parts.append("It would be the first mail between you.")
    if action.purpose is Purpose.REPLY_OWED:
        parts.append("It answers what they asked you last.")
    return " ".join(parts)
