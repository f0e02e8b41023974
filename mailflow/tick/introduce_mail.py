"""What incoming mail means to introductions: answers, absences, bounces, a word between the two."""

from dataclasses import replace
from datetime import datetime, timedelta

from mailflow.model.answer import Say
from mailflow.model.contact import Suppression
from mailflow.model.draft import Draft, Purpose
from mailflow.model.introduction import Introduction
from mailflow.model.introduction_events import Answered, Away, CameBack, Seen
from mailflow.model.introduction_states import AFTERWARDS, OPEN
from mailflow.model.mail import Match
from mailflow.reading import answer, authenticity, threads
from mailflow.store import facts, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.introductions import bar, dropped, happen
from mailflow.tick.mail import Mail

ASKS = frozenset({Purpose.INTRO_ASK, Purpose.INTRO_NUDGE})
CLOCKS_DIFFER = timedelta(hours=1)
IN_ONE_MAIL = 10
"""Of mail to more people than this nobody concludes that they know each other."""


def take_answer(s: Session, house: House, mail: Mail, now: datetime) -> bool:
    """Take a human's mail for the answer to an ask, if it is one; whether it was. The same mail
    again changes nothing."""
    draft, match = _answered(s, house, mail)
    if draft is None or match is None or draft.purpose not in ASKS or not draft.introduction_id:
        return False
    if draft.introduction_id < 0:  # one of the two was erased meanwhile
        return True
    # where no server vouches for the From, that it names our Message-ID must do
    is_believed = mail.known.is_authentic
    is_believed = not match.is_weak if is_believed is None else is_believed
    is_asked = mail.known.contact_id == draft.contact_id and mail.sender == draft.to
    is_asked = is_asked and authenticity.is_sole_author(mail.message)
    today = mail.at.astimezone(house.identity.zone).date()
    said = answer.read(mail.body.new_text, today=today)
    if match.is_weak and said.say is not Say.STOP and _asked_about(s, house, draft.contact_id) > 1:
        said = replace(said, say=Say.AMBIGUOUS)  # its subject fits them all
    event = Answered(
        contact_id=draft.contact_id,
        answer=said,
        at=mail.raw.received_at,
        message_id=mail.message.message_id,
        sender=str(mail.message.sender or ""),
        is_from_asked=is_asked and is_believed,
        in_copy=_in_copy(house, mail),
    )
    happen(s, house, draft.introduction_id, event, now)
    return True


def _asked_about(s: Session, house: House, contact_id: int) -> int:
    """In how many introductions under way they were asked."""
    pairs = facts.introductions_of(s, house.owner_id, contact_id)
    return sum(each.state in OPEN and each.side(contact_id).asked_at is not None for each in pairs)


def _answered(s: Session, house: House, mail: Mail) -> tuple[Draft | None, Match | None]:
    """The draft of ours that the mail answers, and how that was found.

    By its Message-ID, which nobody can guess; by address and subject only weakly.
    """
    contact_id, owner_id = mail.known.contact_id, house.owner_id
    named = facts.sent_by_message_id(s, owner_id, sorted(mail.known.ours_sent))
    is_side = contact_id is not None and bool(facts.introductions_of(s, owner_id, contact_id))
    if not is_side and (named is None or named.purpose not in ASKS):
        return None, None  # almost every mail: what went to them last need not be read
    last = () if contact_id is None else facts.last_subjects(s, owner_id, contact_id)
    match = threads.match(mail.message, mail.known.ours_sent, last)
    if match is None:
        return None, None
    return facts.sent_by_message_id(s, owner_id, [match.message_id]), match


def _in_copy(house: House, mail: Mail) -> tuple[str, ...]:
    """Everybody it went to besides the owner and whoever wrote it."""
    ours = {*house.identity.addresses, house.identity.service}
    others = [
        each
        for each in mail.message.recipients
        if each.address not in ours and each.address != mail.sender
    ]
    return tuple(str(each) for each in others[:IN_ONE_MAIL])


def sees_them_together(s: Session, house: House, mail: Mail, now: datetime) -> None:
    """Contacts in one mail know each other; two who were introduced are in touch."""
    ours = {*house.identity.addresses, house.identity.service}
    people = [each.address for each in mail.message.recipients if each.address not in ours]
    if not 1 <= len(people) <= IN_ONE_MAIL:
        return
    found = [facts.contact_by_address(s, house.owner_id, address) for address in people]
    ids = {contact.id for contact in found if contact is not None}
    sender = mail.known.contact_id
    both = ids | ({sender} if sender is not None else set())
    if len(both) < 2:
        return
    record.note_acquainted(s, house.owner_id, both, mail.at, mail.message.subject)
    if sender is None:
        return
    for each in facts.introductions_of(s, house.owner_id, sender):
        if _is_between_them(each, sender, ids, mail):
            happen(s, house, each.id, Seen(sender), now)


def _is_between_them(each: Introduction, sender: int, ids: set[int], mail: Mail) -> bool:
    """Written after they were introduced, by the one to the other."""
    is_after = each.introduced_at is not None and mail.at >= each.introduced_at - CLOCKS_DIFFER
    return each.state in AFTERWARDS and is_after and each.other(sender).contact_id in ids


def went_away(s: Session, house: House, contact_id: int, until: datetime, now: datetime) -> None:
    """An out-of-office moves the timers of what they are asked, and nothing else."""
    for each in facts.introductions_of(s, house.owner_id, contact_id):
        if each.state in OPEN:
            happen(s, house, each.id, Away(contact_id, until), now)


def came_back(s: Session, house: House, draft: Draft, contact_id: int, now: datetime) -> None:
    """A mail to that contact bounced for good: the introduction it was for ends, and so does every
    other one of theirs."""
    number = draft.introduction_id if draft.introduction_id and draft.introduction_id > 0 else None
    if number is not None:
        happen(s, house, number, CameBack(contact_id), now)
    bar(s, house, contact_id, Suppression.BOUNCED, now, but=number)


def was_refused(
    s: Session, house: House, draft: Draft, recipient: str, words: str, now: datetime
) -> None:
    """The outgoing server refused a mail of an introduction for good: because of that recipient,
    or whoever it is to."""
    ids = (draft.contact_id, draft.second_contact_id)
    for address, contact_id in zip(draft.recipients, ids, strict=False):
        is_it = address.key == recipient.casefold() and contact_id is not None
        if is_it and draft.introduction_id is not None and draft.introduction_id > 0:
            happen(s, house, draft.introduction_id, CameBack(contact_id or 0), now)
            return
    dropped(s, house, draft, now, refused=words or "no reason given")
