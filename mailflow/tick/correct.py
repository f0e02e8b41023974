"""The owner puts right what was read of a person; drafts that wait follow."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailflow.errors import Ambiguous, NotFound
from mailflow.model.address import Address
from mailflow.model.card import Phone
from mailflow.model.command import Instruction, Unclear
from mailflow.model.contact import Contact
from mailflow.model.correction import Correct, Correctable
from mailflow.model.field_words import in_words
from mailflow.model.letter import Line
from mailflow.model.text import printable
from mailflow.reading.cards import person, phones
from mailflow.store import facts, record
from mailflow.store.database import Session
from mailflow.store.queue import TokenRow
from mailflow.store.rows import phone_kept
from mailflow.tick.house import House
from mailflow.tick.mail import Intake
from mailflow.tick.named import one
from mailflow.tick.redraft import redraft

BY_MAIL, BY_HAND = "you, by mail", "you, on the command line"
MAX_NAME = 120
WHOSE = "Whose? Write “{field} NAME: …”, or answer the mail that shows the person."


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a field was left as it was, in a sentence."""

    reason: str


def correct_all(
    s: Session,
    house: House,
    intake: Intake,
    fixes: Sequence[Instruction],
    row: TokenRow | None,
    brought: Sequence[int],
    source: str,
) -> tuple[list[Line], list[int]]:
    """Carry out the corrections of one mail; the contacts whose drafts the answer should show.

    Whom they are about: who is named, else the number in the letter `row` that the mail answers,
    else the one person of that letter, else the one person the mail itself brought.
    """
    lines: list[Line] = []
    ids: list[int] = []
    for position, fix in enumerate(fixes):
        command = fix.command
        if not isinstance(command, Correct):
            continue
        try:
            contact = _whom(s, house, command, row, brought)
        except (NotFound, Ambiguous) as error:
            lines.append(Line(fix.line, str(error), is_done=False))
            continue
        line = correct(
            s, house, intake, contact, command, f"{source} fix {position}",
            by=BY_MAIL, batch=source, text=fix.line,
        )  # fmt: skip
        lines.append(line)
        ids.append(contact.id)
    return lines, list(dict.fromkeys(ids))


def correct(
    s: Session,
    house: House,
    intake: Intake,
    contact: Contact,
    command: Correct,
    source: str,
    *,
    by: str,
    batch: str = "",
    text: str = "",
) -> Line:
    """Put one field right; a value that cannot be one changes nothing and is said."""
    if command.field is Correctable.EMAIL:
        said = _address(s, house, intake, contact, command.value, source, by=by, batch=batch)
    else:
        said = _field(s, house, intake, contact, command, source, by=by, batch=batch)
    if isinstance(said, Refusal):
        return Line(text or command.field, said.reason, is_done=False)
    changed = redraft(s, house, contact, intake.now)
    record.wake_contact(s, house.owner_id, contact.id, intake.now)
    shown = " The draft is written anew; the new one needs your ok." if changed else ""
    return Line(text or command.field, f"{said}{shown}")


def _whom(
    s: Session, house: House, command: Correct, row: TokenRow | None, brought: Sequence[int]
) -> Contact:
    if command.who is not None:
        return one(s, house, command.who)
    people = _people_of(s, house, row) if row is not None else dict(enumerate(brought, start=1))
    if command.number is not None:
        if command.number not in people:
            raise NotFound(f"There is no number {command.number} in that mail.")
        return facts.contact(s, house.owner_id, people[command.number])
    known = list(dict.fromkeys(people.values()))
    if len(known) == 1:
        return facts.contact(s, house.owner_id, known[0])
    if len(known) > 1:
        raise NotFound(
            f"Whose {in_words(command.field)}? Put the number before it: “2 {command.field}: …”."
        )
    raise NotFound(WHOSE.format(field=command.field))


def _people_of(s: Session, house: House, row: TokenRow) -> dict[int, int]:
    """Number -> contact, of the letter that was answered, drafts that changed since included."""
    found: dict[int, int] = {}
    for item in row.items:
        if item.contact_id is not None:
            found[item.number] = item.contact_id
        elif item.draft_id is not None:
            found[item.number] = facts.draft(s, house.owner_id, item.draft_id).contact_id
    return found


def _address(
    s: Session, house: House, intake: Intake, contact: Contact, value: str, source: str,
    *, by: str, batch: str,
) -> str | Refusal:  # fmt: skip
    address = Address.maybe(value.strip("<>"))
    if address is None:
        return Refusal(f"“{printable(value, 80)}” is not a mail address; I changed nothing.")
    if house.identity.is_owner(address) or address == house.identity.service:
        return Refusal("That is your own address; I changed nothing.")
    if reason := record.is_suppressed(s, house.owner_id, address):
        return Refusal(
            f"{address} is on the suppression list ({reason.because}); I changed nothing."
        )
    before = contact.address
    if not record.correct_address(
        s, house.owner_id, contact.id, address, source, intake.now, by=by, batch=batch
    ):
        other = facts.contact_by_address(s, house.owner_id, address)
        whose = other.label if other else "somebody else"
        return Refusal(f"{address} is {whose}'s; I changed nothing.")
    said = f"{contact.label}: the mail address is {address} now."
    if before is not None and before != address and facts.has_written_to(s, house.owner_id, before):
        said += f" What I sent to {before} before cannot be called back."
    return said


def _field(
    s: Session, house: House, intake: Intake, contact: Contact, command: Correct, source: str,
    *, by: str, batch: str,
) -> str | Refusal:  # fmt: skip
    field, value = command.field, printable(command.value, 300)
    values: dict[str, object]
    match field:
        case Correctable.NAME:
            name = person.straight(value)[:MAX_NAME]
            if not any(c.isalpha() for c in name) or "@" in name:
                return Refusal(f"“{value}” is no name; I changed nothing.")
            given, family = person.split(name)
            values, value = {"name": name, "given": given, "family": family}, name
        case Correctable.PHONE:
            kept = _numbers(house, contact, value)
            if kept is None:
                return Refusal(f"“{value}” is no phone number; I changed nothing.")
            values = {"phones": [phone_kept(phone) for phone in kept]}
        case _:
            values = {field.value: value}
    record.correct_fields(
        s, house.owner_id, contact.id, field.value, values, source, intake.now,
        shown=value, by=by, batch=batch,
    )  # fmt: skip
    told = f"is {value} now" if value else "is taken away"
    label = value if field is Correctable.NAME else contact.label
    return f"{label}: the {in_words(field)} {told}."


def _numbers(house: House, contact: Contact, value: str) -> list[Phone] | None:
    """The contact's numbers with the owner's among them; None when it is no number."""
    if not value:
        return []
    region = phones.region([], [a.domain for a in contact.addresses], [value], "")
    told = phones.phone(value, region or house.identity.region, source="you", is_told=True)
    if told is None:
        return None
    return phones.put_right(contact.phones, told)


def rest_of(text: str, fixes: Sequence[Instruction]) -> str:
    """What an answer says besides its corrections."""
    lines = {fix.line.strip() for fix in fixes}
    return "\n".join(line for line in text.splitlines() if line.strip() not in lines).strip()


def corrections(instructions: Sequence[Instruction]) -> list[Instruction]:
    return [each for each in instructions if isinstance(each.command, Correct)]


def is_pasted(instructions: Sequence[Instruction]) -> bool:
    """Nothing but `Name: …` and `Email: …` lines that name nobody: a card, typed or pasted."""
    fixes = corrections(instructions)
    return bool(fixes) and all(
        isinstance(each.command, Unclear)
        or (isinstance(each.command, Correct) and each.command.who is None)
        for each in instructions
    )
