"""One command of the owner, carried out; the same for mail and for the command line."""

from typing import assert_never

from mailflow.errors import Ambiguous, NotFound
from mailflow.model.command import (
    Allow,
    Command,
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
from mailflow.model.correction import Correct
from mailflow.model.demand import Write
from mailflow.model.interaction import DIRECTION_OF, Interaction
from mailflow.model.introducing import (
    CancelIntroduction,
    Introduce,
    MayIntroduce,
    NeverIntroduce,
    RuleIntroduction,
)
from mailflow.model.letter import Line
from mailflow.model.ruling import Counted, CountsAs
from mailflow.model.steering import Look, Resume, SetBand
from mailflow.reading.command import HELP
from mailflow.store import record
from mailflow.store.database import Session
from mailflow.tick.add import add_card
from mailflow.tick.allow import ask_allow
from mailflow.tick.brought import note_through
from mailflow.tick.correct import BY_HAND, BY_MAIL, WHOSE, correct
from mailflow.tick.demand import write_now
from mailflow.tick.house import House
from mailflow.tick.introduce import about_introductions
from mailflow.tick.mail import Intake
from mailflow.tick.named import one
from mailflow.tick.persons import ask
from mailflow.tick.steer import steer
from mailflow.tick.tell import who, why
from mailflow.tick.undo import undo

ADDED = "Added."
ONLY_IN_ANSWER = (
    "I did not take that for a yes: a mail like this proves too little. Answer my question about "
    "it, or use the command line: “mailflow introductions rule NUMBER counts as yes”."
)
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
        case Correct(who=who_) if who_ is not None:
            contact = one(s, house, who_)
            return correct(s, house, intake, contact, command, source, by=_by(source), text=line), [
                contact.id
            ]
        case Correct(field=field):
            return Line(line, WHOSE.format(field=field), is_done=False), []
        case Log() | Promise() | Referral() | Done():
            return _log(s, house, intake, command, source), []
        case Every() | SetTier() | Pause() | Resume() | Focus() | SetBand() | Look():
            return steer(s, house, intake.now, command), []
        case Who(who=name):
            return who(s, house, one(s, house, name), intake.now), []
        case Why(who=name):
            return why(s, house, one(s, house, name), intake.now), []
        case Undo():
            return undo(s, house, intake.now), []
        case Help():
            return "\n".join(f"{usage}: {does}" for usage, does in HELP), []
        case Forget(who=name) | Export(who=name):
            return ask(s, house, command, one(s, house, name), intake.now), []
        case Allow(who=name):
            return ask_allow(s, house, name, intake.now), []
        case (
            Introduce()
            | CancelIntroduction()
            | NeverIntroduce()
            | MayIntroduce()
            | RuleIntroduction()
        ):
            if _is_unproven_yes(house, command):
                return Line(line, ONLY_IN_ANSWER, is_done=False), []
            return about_introductions(s, house, intake.now, command, line)
        case Write():
            return write_now(s, house, intake.now, command, line)
        case Numbered():
            return Line(line, WITHOUT_DRAFT, is_done=False), []
        case Unclear(reason=reason):
            return Line(line, reason, is_done=False), []
        case _:
            assert_never(command)


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
        case Log(deed=deed, text=text, through=by):
            interaction = Interaction(
                contact_id=contact.id, direction=DIRECTION_OF[deed], deed=deed, at=now,
                source=source, text=text,
            )  # fmt: skip
            record.add_interaction(s, house.owner_id, interaction)
            record.wake_contact(s, house.owner_id, contact.id, now)
            said = note_through(s, house, contact.id, by, source, now) if by else ""
            return f"Logged with {contact.label}. {said}".strip()
        case Promise(text=text, due_on=due_on):
            number = record.add_promise(
                s, house.owner_id, contact.id, text, now, due_on=due_on, source=source
            )
            by = f", due {due_on:%d %B}" if due_on else ""
            return f"Promise {number} to {contact.label}: {text}{by}."
        case Referral(text=text, value=value):
            record.add_outcome(s, house.owner_id, contact.id, text, now, value=value, source=source)
            return f"A referral from {contact.label}, noted."


def _by(source: str) -> str:
    """How the owner said it, for whoever asks later where a field came from."""
    return BY_HAND if source.startswith("command line") else BY_MAIL


def _is_unproven_yes(house: House, command: Command) -> bool:
    """Whether it would open an introduction's gate on the strength of a From line, which anybody
    can write: only an answer to the question itself carries proof then."""
    if house.identity.authserv_id is not None or not isinstance(command, RuleIntroduction):
        return False
    return isinstance(command.ruling, CountsAs) and command.ruling.counted is Counted.YES
