"""The owner's mail to the service: verdicts, commands and cards, answered by one letter."""

from mailflow.approving import token as tokens
from mailflow.approving import verdict as verdicts
from mailflow.model.command import Instruction, Numbered, Unclear
from mailflow.model.letter import Line
from mailflow.model.mail import Forward
from mailflow.model.summary import TroubleKind
from mailflow.reading import command, forward
from mailflow.reading.cards import gather
from mailflow.reading.separators import subject_says
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.store.queue import TokenRow
from mailflow.tick.add import add_cards
from mailflow.tick.carry_out import ADDED, carry_out
from mailflow.tick.house import House
from mailflow.tick.judge import judge
from mailflow.tick.mail import Intake, Mail

MAX_NAMED = 20
"""Recipients of a mail that are looked up for the answer to it."""


def obey(s: Session, house: House, intake: Intake, mail: Mail, message_pk: int) -> None:
    """Do what the owner's mail asks, and leave a receipt row that promises the answer.

    1. A mail whose From could not be proved is not obeyed and not answered, only told of.
    2. Commands are carried out; verdicts need the token of the mail they answer.
    3. Whatever it carries of cards is added, with the note beside them.
    """
    if mail.known.is_authentic is False:
        _forged(s, house, intake, mail)
        return
    row = _token(s, house, mail)
    forwards = forward.find(mail.message)
    text, subject = mail.body.new_text, _own_subject(mail, forwards, row)
    zone = house.identity.zone
    instructions = command.read(text, subject, now=intake.now, zone=zone)
    lines: list[Line] = []
    contact_ids: list[int] = []
    others = [i for i in instructions if not isinstance(i.command, Numbered | Unclear)]
    if row is not None and not others:
        said = verdicts.read(
            text, subject, len(row.items), now=intake.now, zone=zone, owner=house.identity.name
        )
        lines += judge(s, house, intake.now, row, said)
        contact_ids += _rewritten(s, house, row)
    else:
        done, added = _carry_out_all(s, house, intake, mail, instructions)
        lines += done
        contact_ids += added
    if row is None or not lines:
        note = _note(mail, forwards, instructions)
        gathered = gather.cards(
            mail.message,
            forwards,
            note,
            identity=house.identity,
            today=mail.at.astimezone(zone).date(),
        )
        card_lines, card_ids = add_cards(s, house, intake, mail, gathered)
        lines += card_lines
        contact_ids += card_ids
    if not lines and not contact_ids:
        lines.append(_written_to(s, house, mail) or _nothing_found(mail))
    _promise_answer(s, house, intake, mail, message_pk, lines, contact_ids)


def _token(s: Session, house: House, mail: Mail) -> TokenRow | None:
    found = tokens.candidates(mail.message, house.identity.service)
    if not found:
        return None
    digests = [tokens.digest(house.secret, candidate) for candidate in found]
    return queue.find_token(s, house.owner_id, digests)


def _rewritten(s: Session, house: House, row: TokenRow) -> list[int]:
    """Whose drafts have a new text since they were shown. It is shown with the answer, not in a
    letter of its own: only answers are limited, and a machine's answer is a new text each time."""
    shown = {item.draft_id: item.version for item in row.items}
    waiting = queue.to_show(s, house.owner_id)
    return [d.contact_id for d in waiting if d.version > shown.get(d.id, d.version)]


def _own_subject(mail: Mail, forwards: tuple[Forward, ...], row: TokenRow | None) -> str:
    """The subject if the owner or mailflow wrote it; that of another's mail, passed on or
    answered, is the words of whoever began it, and must command nothing."""
    says = subject_says(mail.message.subject)
    is_passed_on = bool(forwards) or says == "forward"
    is_answered = says == "reply" and bool(mail.body.quoted.strip())
    return "" if row is None and (is_passed_on or is_answered) else mail.message.subject


def _carry_out_all(
    s: Session,
    house: House,
    intake: Intake,
    mail: Mail,
    instructions: tuple[Instruction, ...],
) -> tuple[list[Line], list[int]]:
    lines: list[Line] = []
    contact_ids: list[int] = []
    for position, instruction in enumerate(instructions):
        source = f"{mail.message.message_id} line {position}"
        line, ids = carry_out(s, house, intake, instruction, source)
        # Who was added is shown as a person, with the draft; that needs no line of its own.
        if line.said != ADDED:
            lines.append(line)
        contact_ids += ids
    return lines, contact_ids


def _note(mail: Mail, forwards: tuple[Forward, ...], instructions: tuple[Instruction, ...]) -> str:
    """What the owner wrote beside the cards: not the commands, not what was forwarded."""
    text = forwards[0].note if forwards and forwards[0].note else mail.body.new_text
    commands = {instruction.line.strip() for instruction in instructions}
    kept = [line for line in text.splitlines() if line.strip() not in commands]
    return "\n".join(kept).strip()


def _written_to(s: Session, house: House, mail: Mail) -> Line | None:
    """What to say of a mail to somebody known, with the service in copy."""
    if not mail.is_copied_to_service:
        return None
    to = mail.message.recipients[:MAX_NAMED]
    found = [facts.contact_by_address(s, house.owner_id, named.address) for named in to]
    names = [contact.label for contact in found if contact is not None]
    if not names:
        return None
    return Line(mail.message.subject[:80], f"I noted that you wrote to {', '.join(names)}.")


def _nothing_found(mail: Mail) -> Line:
    first = next((line for line in mail.body.new_text.splitlines() if line.strip()), "")
    return Line(
        text=first.strip()[:80] or mail.message.subject[:80],
        said="I found no command and no card in this mail.",
        is_done=False,
    )


def _forged(s: Session, house: House, intake: Intake, mail: Mail) -> None:
    text = (
        f"A mail to me said it was from {mail.sender}, but {house.identity.authserv_id} did not "
        f"confirm it, so I did nothing it asked. Subject: {mail.message.subject[:80]}"
    )
    key = f"forged {mail.message.message_id}"
    record.add_trouble(s, house.owner_id, TroubleKind.OTHER, text, intake.now, key=key)


def _promise_answer(
    s: Session,
    house: House,
    intake: Intake,
    mail: Mail,
    message_pk: int,
    lines: list[Line],
    contact_ids: list[int],
) -> None:
    record.add_receipt(
        s,
        house.owner_id,
        message_pk=message_pk,
        in_reply_to=mail.message.message_id,
        references=(*mail.message.references, mail.message.message_id),
        subject=mail.message.subject,
        lines=tuple(lines),
        contact_ids=tuple(dict.fromkeys(contact_ids)),
        created_at=intake.now,
    )
