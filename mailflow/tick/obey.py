"""The owner's mail to the service: verdicts, commands and cards, answered by one letter."""

from collections.abc import Sequence

from mailflow.approving import token as tokens
from mailflow.approving import verdict as verdicts
from mailflow.model.command import Instruction, Numbered, Unclear
from mailflow.model.letter import Line
from mailflow.model.mail import Forward
from mailflow.model.summary import TroubleKind
from mailflow.reading import command, forward
from mailflow.reading.cards import gather
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.store.queue import TokenRow
from mailflow.tick.add import add_cards
from mailflow.tick.carry_out import ADDED, carry_out
from mailflow.tick.correct import correct_all, corrections, is_pasted, rest_of
from mailflow.tick.house import House
from mailflow.tick.introduce_judge import is_question, judge_question
from mailflow.tick.judge import judge
from mailflow.tick.mail import Intake, Mail
from mailflow.tick.note import note_of, own_subject
from mailflow.tick.persons import RECEIPT

MAX_NAMED = 20
"""Recipients of a mail that are looked up for the answer to it."""


def obey(s: Session, house: House, intake: Intake, mail: Mail, message_pk: int) -> None:
    """Do what the owner's mail asks, and leave a receipt row that promises the answer.

    1. A mail whose From could not be proved is not obeyed and not answered, only told of.
    2. Commands are carried out; verdicts need the token of the mail they answer.
    3. Whatever it carries of cards is added, with the note beside them; pictures are read after it.
    """
    if mail.known.is_authentic is False:
        _forged(s, house, intake, mail)
        return
    row = _token(s, house, mail)
    forwards = forward.find(mail.message)
    text, subject = mail.body.new_text, own_subject(mail, forwards, is_answer=row is not None)
    zone = house.identity.zone
    instructions = command.read(text, subject, now=intake.now, zone=zone)
    source = mail.message.message_id
    fixes = corrections(instructions)
    lines: list[Line] = []
    contact_ids: list[int] = []
    if row is not None and fixes:
        lines, contact_ids = correct_all(s, house, intake, fixes, row, (), source)
        text = rest_of(text, fixes)
        instructions = tuple(i for i in instructions if i not in fixes)
    others = [i for i in instructions if not isinstance(i.command, Numbered | Unclear)]
    if row is not None and is_question(row) and not others:
        line, added = judge_question(s, house, intake.now, row, text, subject)
        lines.append(line)
        contact_ids += added
    elif row is not None and not others:
        if not fixes or text:
            is_receipt = row.purpose == RECEIPT
            items = sum(item.draft_id is not None or not is_receipt for item in row.items)
            said = verdicts.read(
                text, subject, items, now=intake.now, zone=zone, owner=house.identity.name
            )
            lines += judge(s, house, intake.now, row, said)
        contact_ids += _rewritten(s, house, row)
    else:
        done, added = _carry_out_all(
            s, house, intake, mail, [i for i in instructions if i not in fixes]
        )
        lines += done
        contact_ids += added
    if row is None or not lines:
        card_lines, card_ids = _take_cards(s, house, intake, mail, message_pk, forwards)
        lines += card_lines
        contact_ids += card_ids
    if row is None and fixes and not _is_card(fixes, instructions, contact_ids):
        fixed, ids = correct_all(s, house, intake, fixes, None, contact_ids, source)
        lines += fixed
        contact_ids += ids
    is_waiting = facts.has_pictures(s, house.owner_id, message_pk)
    if not lines and not contact_ids and not is_waiting:
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


def _take_cards(
    s: Session,
    house: House,
    intake: Intake,
    mail: Mail,
    message_pk: int,
    forwards: tuple[Forward, ...],
) -> tuple[list[Line], list[int]]:
    """Add the people the mail brings, or, when it has pictures, have them read first: a note, the
    back of a card and a vCard beside a photo belong together."""
    # what the owner attached to a mail to somebody else is not meant for the service
    if not mail.is_copied_to_service and gather.pictures(mail.message, forwards):
        is_quiet = mail.is_renumbered
        record.keep_pictures(s, house.owner_id, message_pk, intake.now, is_quiet=is_quiet)
        return [], []
    gathered = gather.cards(
        mail.message,
        forwards,
        note_of(house, mail, forwards),
        identity=house.identity,
        today=mail.at.astimezone(house.identity.zone).date(),
    )
    return add_cards(s, house, intake, mail, gathered)


def _is_card(
    fixes: Sequence[Instruction], instructions: Sequence[Instruction], added: Sequence[int]
) -> bool:
    """`Name: …`, `Email: …` one below the other were a card of their own, and it was taken."""
    return len(fixes) > 1 and bool(added) and is_pasted(instructions)


def _carry_out_all(
    s: Session,
    house: House,
    intake: Intake,
    mail: Mail,
    instructions: Sequence[Instruction],
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
