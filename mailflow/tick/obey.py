"""The owner's mail to the service: verdicts, commands and cards, answered by one letter."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

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


@dataclass(frozen=True, slots=True)
class Request:
    """What the owner's mail asks: its own words, the instructions among them, of those the
    corrections, and the token of the mail it answers."""

    text: str
    subject: str
    instructions: tuple[Instruction, ...]
    fixes: tuple[Instruction, ...]
    row: TokenRow | None

    @property
    def commands(self) -> tuple[Instruction, ...]:
        return tuple(each for each in self.instructions if each not in self.fixes)

    @property
    def has_more_than_a_verdict(self) -> bool:
        return any(not isinstance(each.command, Numbered | Unclear) for each in self.commands)


@dataclass(slots=True)
class Transcript:
    """What the answer says so far, and the people whose drafts it shows."""

    lines: list[Line] = field(default_factory=list)
    contact_ids: list[int] = field(default_factory=list)

    def add(self, lines: Sequence[Line], contact_ids: Sequence[int]) -> None:
        self.lines += lines
        self.contact_ids += contact_ids


def obey(s: Session, house: House, intake: Intake, mail: Mail, message_pk: int) -> None:
    """Do what the owner's mail asks, and leave a receipt row that promises the answer.

    1. A mail whose From could not be proved is not obeyed and not answered, only told of.
    2. In an answer to a letter the corrections come first: they are about whom it showed.
    3. Commands are carried out; verdicts need the token of the mail they answer.
    4. Whatever it carries of cards is added, with the note beside them; pictures are read after it.
    5. Corrections beside a card are about whom it brought.
    """
    if mail.known.is_authentic is False:
        _forged(s, house, intake, mail)
        return
    forwards = forward.find(mail.message)
    request = _read(s, house, intake, mail, forwards)
    row, fixes, source = request.row, request.fixes, mail.message.message_id
    transcript = Transcript()
    if row is not None and fixes:
        transcript.add(*correct_all(s, house, intake, fixes, row, (), source))
        request = replace(request, text=rest_of(request.text, fixes))
    _heed(s, house, intake, mail, request, transcript)
    if row is None or not transcript.lines:
        transcript.add(*_take_cards(s, house, intake, mail, message_pk, forwards))
    if row is None and fixes and not _is_card(fixes, request.instructions, transcript.contact_ids):
        transcript.add(*correct_all(s, house, intake, fixes, None, transcript.contact_ids, source))
    is_waiting = facts.has_pictures(s, house.owner_id, message_pk)
    if not transcript.lines and not transcript.contact_ids and not is_waiting:
        transcript.add([_written_to(s, house, mail) or _nothing_found(mail)], [])
    _promise_answer(s, house, intake, mail, message_pk, transcript)


def _read(
    s: Session, house: House, intake: Intake, mail: Mail, forwards: tuple[Forward, ...]
) -> Request:
    row = _token(s, house, mail)
    text, subject = mail.body.new_text, own_subject(mail, forwards, is_answer=row is not None)
    instructions = command.read(text, subject, now=intake.now, zone=house.identity.zone)
    return Request(text, subject, tuple(instructions), tuple(corrections(instructions)), row)


def _heed(
    s: Session, house: House, intake: Intake, mail: Mail, request: Request, transcript: Transcript
) -> None:
    """Commands, or else the verdict on what the letter showed that this answers."""
    row = request.row
    if row is None or request.has_more_than_a_verdict:
        transcript.add(*_carry_out_all(s, house, intake, mail, request.commands))
    elif is_question(row):
        line, added = judge_question(s, house, intake.now, row, request.text, request.subject)
        transcript.add([line], added)
    else:
        transcript.add(_judged(s, house, intake, request, row), _rewritten(s, house, row))


def _judged(
    s: Session, house: House, intake: Intake, request: Request, row: TokenRow
) -> Sequence[Line]:
    """The verdict on the letter's items; none where nothing was said beside corrections."""
    if request.fixes and not request.text:
        return ()
    is_receipt = row.purpose == RECEIPT
    said = verdicts.read(
        request.text,
        request.subject,
        sum(item.draft_id is not None or not is_receipt for item in row.items),
        now=intake.now,
        zone=house.identity.zone,
        owner=house.identity.name,
    )
    return judge(s, house, intake.now, row, said)


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
    said = "I found no command and no card in this mail."
    return Line(text=first.strip()[:80] or mail.message.subject[:80], said=said, is_done=False)


def _forged(s: Session, house: House, intake: Intake, mail: Mail) -> None:
    server = house.identity.authserv_id
    but = f"{server} did not confirm it" if server else "it names more senders than one"
    text = (
        f"A mail to me said it was from {mail.sender}, but {but}, so I did nothing it asked. "
        f"Subject: {mail.message.subject[:80]}"
    )
    key = f"forged {mail.message.message_id}"
    record.add_trouble(s, house.owner_id, TroubleKind.OTHER, text, intake.now, key=key)


def _promise_answer(
    s: Session,
    house: House,
    intake: Intake,
    mail: Mail,
    message_pk: int,
    transcript: Transcript,
) -> None:
    record.add_receipt(
        s,
        house.owner_id,
        message_pk=message_pk,
        in_reply_to=mail.message.message_id,
        references=(*mail.message.references, mail.message.message_id),
        subject=mail.message.subject,
        lines=tuple(transcript.lines),
        contact_ids=tuple(dict.fromkeys(transcript.contact_ids)),
        created_at=intake.now,
    )
