"""What a message changes, by its kind; in the transaction that records it."""

from dataclasses import replace
from difflib import SequenceMatcher

from mailflow.deciding.calendar import away_until
from mailflow.model.address import Address, NamedAddress
from mailflow.model.contact import Suppression
from mailflow.model.draft import OPEN_TO_OWNER, Draft, DraftEvent, DraftState
from mailflow.model.facts import SentFact
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.model.mail import Bounce, Kind
from mailflow.model.summary import TroubleKind
from mailflow.reading import answer, bounce, threads
from mailflow.reading.language import hint
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.introduce_mail import (
    came_back,
    sees_them_together,
    take_answer,
    went_away,
)
from mailflow.tick.introductions import bar, left
from mailflow.tick.mail import Intake, Mail
from mailflow.tick.obey import obey
from mailflow.tick.persons import ask_same

SAME_TEXT = 0.6
"""How alike the owner's own mail must be to a waiting draft to count as that draft, sent."""
COMPARED = 4000
"""Characters of each text that are compared; the comparison is quadratic at worst."""


def take_effect(s: Session, house: House, intake: Intake, mail: Mail, message_pk: int) -> None:
    """Apply what a newly recorded message means. Each effect is keyed by the message."""
    match mail.kind:
        case Kind.INSTRUCTION:
            obey(s, house, intake, mail, message_pk)
            if mail.direction is Direction.OUT:
                _written(s, house, intake, mail)
        case Kind.BOUNCE:
            for found in bounce.bounces(mail.message):
                _bounced(s, house, intake, found)
        case Kind.AUTO_REPLY:
            _away(s, house, intake, mail)
        case Kind.WRITTEN:
            _written(s, house, intake, mail)
        case Kind.REPLY | Kind.INTERACTION:
            _heard(s, house, intake, mail)
        case Kind.NEWCOMER if mail.message.sender is not None:
            record.add_newcomer(s, house.owner_id, mail.message.sender, message_pk, mail.at)
            _maybe_same_person(s, house, intake, mail, mail.message.sender)
        case _:
            pass


def _bounced(s: Session, house: House, intake: Intake, found: Bounce) -> None:
    """A bounce counts only when it quotes a Message-ID that we sent to that very address."""
    if found.message_id is None:
        return
    draft = facts.sent_by_message_id(s, house.owner_id, [found.message_id])
    hit = None if draft is None else _to(draft, found.sent_to)
    if draft is None or hit is None:
        return
    address, contact_id = hit
    if not found.is_permanent:
        text = f"Mail to {address} is delayed: {found.diagnostic or found.status}"
        key = f"delayed {draft.id}"
        record.add_trouble(s, house.owner_id, TroubleKind.OTHER, text, intake.now, key=key)
        return
    record.suppress(s, house.owner_id, address, Suppression.BOUNCED, intake.now)
    queue.move(s, house.owner_id, draft.id, DraftEvent.BOUNCE, intake.now)
    record.wake_contact(s, house.owner_id, contact_id, intake.now)
    came_back(s, house, draft, contact_id, intake.now)
    text = (
        f"{address} does not take mail ({found.status or found.diagnostic}); "
        f"I will not write there again."
    )
    record.add_trouble(
        s, house.owner_id, TroubleKind.BOUNCE, text, intake.now, key=f"bounced {address.key}"
    )


def _to(draft: Draft, sent_to: str) -> tuple[Address, int] | None:
    """Which of its recipients a draft went to under that address, with the contact."""
    ids = (draft.contact_id, draft.second_contact_id or draft.contact_id)
    for address, contact_id in zip(draft.recipients, ids, strict=False):
        if address.key == sent_to.casefold():
            return address, contact_id
    return None


def _maybe_same_person(
    s: Session, house: House, intake: Intake, mail: Mail, sender: NamedAddress
) -> None:
    """An unknown address answers what we sent to a contact: only the owner can tell who it is."""
    draft = facts.sent_by_message_id(s, house.owner_id, sorted(mail.known.ours_sent))
    is_stop = draft is not None and answer.is_opt_out(mail.body.new_text)
    if is_stop:
        _opted_out(s, house, intake, mail, sender.address)
    if not take_answer(s, house, mail, intake.now) and draft is not None:
        ask_same(s, house, draft, sender, intake.now, is_stop=is_stop)


def _opted_out(s: Session, house: House, intake: Intake, mail: Mail, address: Address) -> None:
    """Whoever asks not to be written to is not, from this mail on; the owner is told."""
    record.suppress(s, house.owner_id, address, Suppression.OPTED_OUT, intake.now)
    words = answer.opt_out_words(mail.body.new_text)
    text = f"{address} asked not to be written to (“{words}”); I will not write there again."
    key = f"opted out {address.key}"
    record.add_trouble(s, house.owner_id, TroubleKind.OTHER, text, intake.now, key=key)


def _away(s: Session, house: House, intake: Intake, mail: Mail) -> None:
    contact_id = mail.known.contact_id
    if contact_id is None:
        return
    until = away_until(mail.classification.returns_at, mail.at, house.policy, house.identity.zone)
    record.set_away(s, house.owner_id, contact_id, until)
    went_away(s, house, contact_id, until, intake.now)
    record.wake_contact(s, house.owner_id, contact_id, intake.now)


def _written(s: Session, house: House, intake: Intake, mail: Mail) -> None:
    """The owner wrote by hand: it counts, and it may be a waiting draft that was sent."""
    people = max(1, len(mail.message.recipients))
    for named in mail.message.recipients:
        contact = facts.contact_by_address(s, house.owner_id, named.address)
        if contact is None:
            record.note_written_to(s, house.owner_id, named.address)
            continue
        record.confirm_address(s, house.owner_id, named.address)
        _interact(s, house, intake, mail, contact.id, Direction.OUT, people)
        for draft in facts.drafts_of(s, house.owner_id, contact.id):
            if _is_sent_by_hand(draft, mail):
                gone = queue.move(
                    s, house.owner_id, draft.id, DraftEvent.SENT_BY_OWNER, intake.now,
                    message_id=mail.message.message_id, sent_at=mail.at, filed_at=intake.now,
                )  # fmt: skip
                if gone is not None:
                    left(s, house, gone, intake.now)
        record.wake_contact(s, house.owner_id, contact.id, intake.now)
    sees_them_together(s, house, mail, intake.now)


def _is_sent_by_hand(draft: Draft, mail: Mail) -> bool:
    if draft.state not in OPEN_TO_OWNER | {DraftState.DRAFTED} or mail.at < draft.created_at:
        return False
    if draft.second_to and draft.second_to not in {r.address for r in mail.message.recipients}:
        return False
    mine, theirs = draft.body[:COMPARED].split(), mail.body.new_text[:COMPARED].split()
    likeness = SequenceMatcher(None, mine, theirs, autojunk=False)
    return likeness.quick_ratio() >= SAME_TEXT and likeness.ratio() >= SAME_TEXT


def _heard(s: Session, house: House, intake: Intake, mail: Mail) -> None:
    """A contact wrote: it counts, a question of nudging is over, and "stop" is obeyed."""
    contact_id = mail.known.contact_id
    if contact_id is None:
        return
    people = max(1, len(mail.message.recipients))
    if mail.sender is not None:  # whoever writes from it has it
        record.confirm_address(s, house.owner_id, mail.sender)
    _interact(s, house, intake, mail, contact_id, Direction.IN, people)
    _note_place(s, house, mail, contact_id)
    take_answer(s, house, mail, intake.now)
    sees_them_together(s, house, mail, intake.now)
    if mail.sender is not None and answer.is_opt_out(mail.body.new_text):
        _opted_out(s, house, intake, mail, mail.sender)
        bar(s, house, contact_id, Suppression.OPTED_OUT, intake.now)
    record.wake_contact(s, house.owner_id, contact_id, intake.now)


def _note_place(s: Session, house: House, mail: Mail, contact_id: int) -> None:
    """Their time zone, and a hint at their language, as their mail's header has it."""
    message = mail.message
    if message.utc_offset is not None:
        record.update_contact(s, house.owner_id, contact_id, utc_offset=message.utc_offset)
    content, accept = (message.header(f"{name}-language") or "" for name in ("content", "accept"))
    if language := hint(content, accept, message.subject):
        record.update_contact(s, house.owner_id, contact_id, language=language)


def _interact(
    s: Session,
    house: House,
    intake: Intake,
    mail: Mail,
    contact_id: int,
    direction: Direction,
    people: int,
) -> None:
    last = facts.last_subjects(s, house.owner_id, contact_id)
    interaction = Interaction(
        contact_id=contact_id,
        direction=direction,
        deed=Deed.MAIL,
        at=mail.at,
        source=f"{mail.message.message_id} {contact_id}",
        people=people,
        text=mail.message.subject,
    )
    if direction is Direction.IN:
        interaction = _as_reply(interaction, mail, last)
    record.add_interaction(s, house.owner_id, interaction)


def _as_reply(interaction: Interaction, mail: Mail, last: tuple[SentFact, ...]) -> Interaction:
    match_ = threads.match(mail.message, mail.known.ours_sent, last)
    if match_ is None:
        return interaction
    answered = next((fact.sent_at for fact in last if fact.message_id == match_.message_id), None)
    return replace(interaction, deed=Deed.REPLY, answers_at=answered, is_weak=match_.is_weak)
