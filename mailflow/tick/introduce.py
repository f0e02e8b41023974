"""The owner's commands on introductions: begin, end, never, may, and the rulings on answers."""

from datetime import datetime
from typing import assert_never

from mailflow.deciding.introducing import NotBegun, begin
from mailflow.deciding.introductions_rulings import against
from mailflow.errors import Ambiguous, NotFound
from mailflow.model.contact import Contact
from mailflow.model.draft import OF_INTRODUCTIONS, Draft, DraftState
from mailflow.model.introducing import (
    CancelIntroduction,
    Introduce,
    MayIntroduce,
    NeverIntroduce,
    RuleIntroduction,
)
from mailflow.model.introduction import Introduction
from mailflow.model.introduction_events import Begun, Cancelled, Ruled
from mailflow.model.introduction_facts import PairFacts, SideFacts
from mailflow.model.introduction_states import AFTERWARDS, OPEN
from mailflow.model.letter import Line
from mailflow.model.ruling import Ruling
from mailflow.store import facts, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.introduce_words import names_of, people_of
from mailflow.tick.introductions import happen
from mailflow.tick.named import one

Said = tuple[Line, list[int]]
"""The line of the transcript, and whose drafts the answer should show."""

Command = Introduce | CancelIntroduction | NeverIntroduce | MayIntroduce | RuleIntroduction


def about_introductions(
    s: Session, house: House, now: datetime, command: Command, line: str
) -> Said:
    """Carry out one of these commands. Raises NotFound and Ambiguous for whom it names."""
    line = line.partition("\n")[0]  # what stands below it is told by what was done
    match command:
        case Introduce():
            return _introduce(s, house, now, command, line)
        case CancelIntroduction():
            return _cancel(s, house, now, command, line)
        case NeverIntroduce(who=who, second=second):
            return Line(line, _never(s, house, one(s, house, who), second)), []
        case MayIntroduce(who=who, second=second):
            return Line(line, _may(s, house, one(s, house, who), second)), []
        case RuleIntroduction(number=number, ruling=ruling, who=who):
            pair = facts.introduction(s, house.owner_id, number)
            contact = _side_called(s, house, pair, who) if who else None
            return rule(s, house, now, number, ruling, contact.id if contact else None, line)
        case _:
            assert_never(command)


def _introduce(s: Session, house: House, now: datetime, command: Introduce, line: str) -> Said:
    a, b = one(s, house, command.first), one(s, house, command.second)
    begun = begin(
        command, _side_facts(s, house, a), _side_facts(s, house, b),
        _pair_facts(s, house, a, b), house.identity, house.policy, now,
    )  # fmt: skip
    if isinstance(begun, NotBegun):
        return Line(line, "\n".join(begun.reasons), is_done=False), []
    number = record.add_introduction(s, house.owner_id, begun)
    if number is None:
        return Line(line, f"{a.label} and {b.label} are being asked already.", is_done=False), []
    told: list[str] = []
    pair = happen(s, house, number, Begun(), now, told=told)
    return Line(line, "\n".join([_begun(pair, {a.id: a, b.id: b}), *told])), _drafted(
        s, house, pair
    )


def _begun(pair: Introduction, people: dict[int, Contact]) -> str:
    first, second = (people[side.contact_id].label for side in pair.sides)
    if all(side.has_requested for side in pair.sides):
        return f"Introduction {pair.id}: both asked for it, so only the mail to both is left."
    asks = "asked for it" if pair.second.has_requested else "is asked only after a yes"
    return f"Introduction {pair.id}: {first} is asked first; {second} {asks}."


def _side_facts(s: Session, house: House, contact: Contact) -> SideFacts:
    told = facts.contact_facts(s, house.owner_id, contact.id)
    is_never = facts.is_never_introduced(s, house.owner_id, contact.id)
    return SideFacts(contact, told.suppressed, is_never)


def _pair_facts(s: Session, house: House, a: Contact, b: Contact) -> PairFacts:
    if a.id == b.id:
        return PairFacts()
    before = facts.introductions_between(s, house.owner_id, a.id, b.id)
    asked = [side.asked_at for each in before for side in each.sides if side.asked_at]
    made = [each.introduced_at for each in before if each.introduced_at]
    shared_at, subject = facts.acquainted(s, house.owner_id, a.id, b.id) or (None, "")
    return PairFacts(
        open_id=next((each.id for each in before if each.state in OPEN), None),
        asked_at=max(asked, default=None),
        introduced_at=max(made, default=None),
        shared_at=shared_at,
        shared_subject=subject,
        is_never=facts.is_never_introduced(s, house.owner_id, a.id, b.id),
    )


def _cancel(
    s: Session, house: House, now: datetime, command: CancelIntroduction, line: str
) -> Said:
    pair = _meant(s, house, command)
    names = _names(s, house, pair)
    if pair.state not in OPEN | AFTERWARDS:
        said = f"The introduction of {names} has ended already ({pair.state})."
        return Line(line, said, is_done=False), []
    told: list[str] = []
    happen(s, house, pair.id, Cancelled(), now, told=told)
    said = f"The introduction of {names} is called off; neither learns of the other."
    if pair.state in AFTERWARDS:
        said = f"The introduction of {names} is closed; I ask no more about it."
    return Line(line, "\n".join([said, *told])), _drafted(s, house, pair)


def _meant(s: Session, house: House, command: CancelIntroduction) -> Introduction:
    """The introduction by its number, or the one under way of whom the owner names."""
    if command.number is not None:
        return facts.introduction(s, house.owner_id, command.number)
    first = one(s, house, command.first)
    found = facts.introductions_of(s, house.owner_id, first.id)
    if command.second:
        second = one(s, house, command.second)
        found = facts.introductions_between(s, house.owner_id, first.id, second.id)
    moving = [each for each in found if each.state in OPEN] or [
        each for each in found if each.state in AFTERWARDS
    ]
    if not moving:
        raise NotFound(f"No introduction of {first.label} is under way.")
    if len(moving) > 1:
        choices = [f"{each.id} ({_names(s, house, each)})" for each in moving]
        said = f"Which one? Write the number: {', '.join(choices)}."
        raise Ambiguous(said, choices)
    return moving[0]


def _never(s: Session, house: House, contact: Contact, second: str) -> str:
    other = one(s, house, second) if second else None
    record.never_introduce(s, house.owner_id, contact.id, other.id if other else None)
    whom = f"{contact.label} and {other.label}" if other else contact.label
    waiting = [
        each
        for each in facts.introductions_of(s, house.owner_id, contact.id)
        if each.state in OPEN and (other is None or each.other(contact.id).contact_id == other.id)
    ]
    said = f"I will never begin an introduction of {whom}."
    for each in waiting:
        said += f" Number {each.id} is under way; to end it, write “cancel introduction {each.id}”."
    return said


def _may(s: Session, house: House, contact: Contact, second: str) -> str:
    other = one(s, house, second) if second else None
    was = record.may_introduce(s, house.owner_id, contact.id, other.id if other else None)
    whom = f"{contact.label} and {other.label}" if other else contact.label
    return f"{whom} may be introduced{'' if was else '; nothing stood against it'}."


def rule(
    s: Session,
    house: House,
    now: datetime,
    number: int,
    ruling: Ruling,
    contact_id: int | None,
    line: str,
) -> Said:
    """The owner's word on an answer, or on what came of it. Raises NotFound."""
    before = facts.introduction(s, house.owner_id, number)
    for contact in people_of(s, house, before).values():
        barred = facts.contact_facts(s, house.owner_id, contact.id).suppressed
        if reason := against(ruling, contact.label, barred):
            return Line(line, reason, is_done=False), []
    waiting = _waiting(s, house, before)
    told: list[str] = []
    after = happen(s, house, number, Ruled(ruling, contact_id), now, told=told)
    ids = [draft.contact_id for draft in _waiting(s, house, after) if draft not in waiting]
    said = told or [f"Noted. The introduction of {_names(s, house, after)} is {_state(after)}."]
    return Line(line, "\n".join(said), is_done=after != before or bool(ids)), ids


def _state(pair: Introduction) -> str:
    return pair.state.value.replace("_", " ")


def _side_called(s: Session, house: House, pair: Introduction, name: str) -> Contact:
    """A side by its name, which need only be unique among the two."""
    people = people_of(s, house, pair)
    meant = [each for each in facts.find_contacts(s, house.owner_id, name) if each.id in people]
    if len(meant) == 1:
        return meant[0]
    raise NotFound(
        f"“{name}” is not one of {_names(s, house, pair)}; write the name as it stands here."
    )


def _names(s: Session, house: House, pair: Introduction) -> str:
    return names_of(pair, people_of(s, house, pair))


def _drafted(s: Session, house: House, pair: Introduction) -> list[int]:
    """Whom a draft of it waits for the owner to."""
    return [draft.contact_id for draft in _waiting(s, house, pair)]


def _waiting(s: Session, house: House, pair: Introduction) -> list[Draft]:
    found = facts.drafts_in_introduction(s, house.owner_id, pair.id, OF_INTRODUCTIONS)
    return [draft for draft in found if draft.state is DraftState.DRAFTED]
