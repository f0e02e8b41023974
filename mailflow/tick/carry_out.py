"""One command of the owner, carried out; the same for mail and for the command line."""

from datetime import datetime
from typing import assert_never

from mailflow.errors import Ambiguous, NotFound
from mailflow.model.command import (
    Done,
    Every,
    Export,
    Focus,
    Forget,
    Help,
    Instruction,
    Log,
    Met,
    Numbered,
    Pause,
    Promise,
    Referral,
    SetTier,
    Unclear,
    Undo,
    Who,
    Why,
)
from mailflow.model.contact import Contact
from mailflow.model.draft import DraftEvent, DraftState
from mailflow.model.interaction import DIRECTION_OF, Interaction
from mailflow.model.introducing import (
    CancelIntroduction,
    Introduce,
    MayIntroduce,
    NeverIntroduce,
    RuleIntroduction,
)
from mailflow.model.letter import Line
from mailflow.reading.command import HELP
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.tick.add import add_card
from mailflow.tick.house import House
from mailflow.tick.mail import Intake
from mailflow.tick.persons import ask
from mailflow.tick.tell import who, why

ADDED = "Added."
WITHOUT_DRAFT = "Answer the mail that shows the draft: without its token I send nothing."


def carry_out(
    s: Session,
    house: House,
    intake: Intake,
    instruction: Instruction,
    source: str,
) -> tuple[Line, list[int]]:
    """Do one command; the line says what was done, or what not and why. `source` keys the effect.

    Returns the contacts whose drafts the answer should show.
    """
    try:
        said, ids = _do(s, house, intake, instruction, source)
    except (Ambiguous, NotFound) as error:
        return Line(instruction.line, str(error), is_done=False), []
    if isinstance(said, Line):
        return said, ids
    return Line(instruction.line, said), ids


def _do(
    s: Session,
    house: House,
    intake: Intake,
    instruction: Instruction,
    source: str,
) -> tuple[str | Line, list[int]]:
    command, line = instruction.command, instruction.line
    match command:
        case Met(card=card):
            sender = house.identity.address.key
            added, contact_id = add_card(s, house, intake, card, source, sender)
            return added or ADDED, [contact_id] if contact_id is not None else []
        case Log() | Promise() | Referral() | Done():
            return _log(s, house, intake, command, source), []
        case Every() | SetTier() | Pause() | Focus():
            return _steer(s, house, intake.now, command)
        case Who(who=name):
            return who(s, house, one(s, house, name), intake.now), []
        case Why(who=name):
            return why(s, house, one(s, house, name)), []
        case Undo():
            return _undo(s, house, intake.now), []
        case Help():
            return "\n".join(f"{usage}: {does}" for usage, does in HELP), []
        case Forget(who=name) | Export(who=name):
            return ask(s, house, command, one(s, house, name), intake.now), []
        case (
            Introduce()
            | CancelIntroduction()
            | NeverIntroduce()
            | MayIntroduce()
            | RuleIntroduction()
        ):
            said = "Not yet: introductions are not built in this version; nothing was started."
            return Line(line, said, is_done=False), []
        case Numbered():
            return Line(line, WITHOUT_DRAFT, is_done=False), []
        case Unclear(reason=reason):
            return Line(line, reason, is_done=False), []
        case _:
            assert_never(command)


def one(s: Session, house: House, text: str) -> Contact:
    """The contact the owner means; raises NotFound or Ambiguous with the candidates."""
    found = facts.find_contacts(s, house.owner_id, text)
    if not found:
        raise NotFound(f"I know nobody called “{text}”; write the address, or add them first.")
    if len(found) > 1:
        names = [f"{c.label} <{c.address}>" if c.address else c.label for c in found[:8]]
        raise Ambiguous(f"“{text}” could be {'; '.join(names)}. Write the address.", names)
    return found[0]


def _log(
    s: Session, house: House, intake: Intake, command: Log | Promise | Referral | Done, source: str
) -> str:
    now = intake.now
    if isinstance(command, Done):
        text = record.finish_promise(s, house.owner_id, command.number, now)
        if text is None:
            raise NotFound(f"There is no open promise number {command.number}.")
        return f"Promise {command.number} is kept: {text}"
    contact = one(s, house, command.who)
    match command:
        case Log(deed=deed, text=text):
            interaction = Interaction(
                contact_id=contact.id, direction=DIRECTION_OF[deed], deed=deed, at=now,
                source=source, text=text,
            )  # fmt: skip
            record.add_interaction(s, house.owner_id, interaction)
            record.wake_contact(s, house.owner_id, contact.id, now)
            return f"Logged with {contact.label}."
        case Promise(text=text, due_on=due_on):
            number = record.add_promise(
                s, house.owner_id, contact.id, text, now, due_on=due_on, source=source
            )
            by = f", due {due_on:%d %B}" if due_on else ""
            return f"Promise {number} to {contact.label}: {text}{by}."
        case Referral(text=text, value=value):
            record.add_outcome(s, house.owner_id, contact.id, text, now, value=value, source=source)
            return f"A referral from {contact.label}, noted."


def _steer(
    s: Session, house: House, now: datetime, command: Every | SetTier | Pause | Focus
) -> tuple[str, list[int]]:
    if isinstance(command, Pause) and command.who is None:
        until = command.until_at or datetime.max.replace(tzinfo=now.tzinfo)
        record.pause_all(s, house.owner_id, until)
        return f"Everything is paused{_until(house, command.until_at)}.", []
    contact = one(s, house, command.who or "")
    said = _steer_one(s, house, now, contact, command)
    record.wake_contact(s, house.owner_id, contact.id, now)
    return said, [contact.id] if isinstance(command, Focus) else []


def _steer_one(
    s: Session,
    house: House,
    now: datetime,
    contact: Contact,
    command: Every | SetTier | Pause | Focus,
) -> str:
    owner_id = house.owner_id
    match command:
        case Every(days=days):
            record.update_contact(s, owner_id, contact.id, every_days=days)
            return f"{contact.label}: every {days} days."
        case SetTier(tier=tier):
            record.update_contact(s, owner_id, contact.id, tier=tier, every_days=None)
            days_ = house.policy.tier_days[tier]
            return f"{contact.label} is {tier}: {f'every {days_} days' if days_ else 'no cadence'}."
        case Pause(until_at=until_at):
            until = until_at or datetime.max.replace(tzinfo=now.tzinfo)
            record.update_contact(s, owner_id, contact.id, paused_until=until)
            return f"{contact.label} is paused{_until(house, until_at)}."
        case Focus():
            record.update_contact(s, owner_id, contact.id, is_focus=not contact.is_focus)
            if contact.is_focus:
                return f"{contact.label} is off the focus list."
            size = facts.focus_size(s, owner_id)
            over = f" ({size} of {house.policy.focus_size})" if size else ""
            return f"{contact.label} is on the focus list{over}."


def _until(house: House, until_at: datetime | None) -> str:
    if until_at is None:
        return " until you say otherwise"
    return f" until {until_at.astimezone(house.identity.zone):%A %d %B}"


def _undo(s: Session, house: House, now: datetime) -> str:
    """Take back the latest approval whose mail has not left."""
    approved = facts.drafts(s, house.owner_id, states=(DraftState.APPROVED,))
    for draft in sorted(approved, key=lambda d: d.approved_at or now, reverse=True):
        if queue.move(
            s,
            house.owner_id,
            draft.id,
            DraftEvent.UNDO,
            now,
            due_at=now + house.policy.approval_expires_after,
        ):
            return f"The mail to {draft.to_name or draft.to} was not sent; it waits for you again."
    raise NotFound("Nothing to undo: every approved mail has left.")
