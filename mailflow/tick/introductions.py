"""What happens to an introduction: decided, written down, and done, in one transaction."""

from datetime import datetime
from typing import assert_never

from mailflow.deciding.introductions import react
from mailflow.deciding.introductions_consent import REOPENABLE
from mailflow.errors import StoreError
from mailflow.model.contact import Suppression
from mailflow.model.draft import Draft, DraftEvent, Purpose
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.model.introduction import Introduction
from mailflow.model.introduction_events import (
    AskOwner,
    Barred,
    Dropped,
    Event,
    IntroductionAction,
    Left,
    Suppress,
    TellOwner,
    WithdrawIntroductionDrafts,
    WriteIntroductionDraft,
)
from mailflow.model.introduction_states import AFTERWARDS, OPEN
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.introduce_words import People, ask_owner, people_of, tell_owner, write_draft

MOVING = OPEN | AFTERWARDS | REOPENABLE


def happen(
    s: Session,
    house: House,
    introduction_id: int,
    event: Event,
    now: datetime,
    *,
    told: list[str] | None = None,
) -> Introduction:
    """Let something happen to an introduction, and do what follows from it.

    Nobody else changes it until the transaction is over. What the owner should know goes into
    `told` if it answers a command of theirs, else into a letter. Raises NotFound.
    """
    before = facts.introduction(s, house.owner_id, introduction_id)
    people = people_of(s, house, before)
    reaction = react(before, event, people, house.identity, house.policy, now)
    after = reaction.introduction
    if after != before and not record.save_introduction(s, house.owner_id, before, after):
        raise StoreError(f"Introduction {introduction_id} changed while it was locked.")
    for action in reaction.actions:
        if isinstance(action, TellOwner) and told is not None:
            told.append(action.text)
        else:
            _do(s, house, after, people, action, now)
    return after


def _do(
    s: Session,
    house: House,
    introduction: Introduction,
    people: People,
    action: IntroductionAction,
    now: datetime,
) -> None:
    match action:
        case WriteIntroductionDraft():
            write_draft(s, house, introduction, people, action, now)
        case WithdrawIntroductionDrafts():
            _withdraw(s, house, action, now)
        case AskOwner():
            ask_owner(s, house, introduction, people, action, now)
        case TellOwner(text=text):
            tell_owner(s, house, introduction, people, text, now)
        case Suppress(contact_id=contact_id, reason=reason):
            address = people[contact_id].address
            if address is not None:
                record.suppress(s, house.owner_id, address, reason, now)
                bar(s, house, contact_id, reason, now, but=introduction.id)
        case _:
            assert_never(action)


def _withdraw(s: Session, house: House, action: WithdrawIntroductionDrafts, now: datetime) -> None:
    """Those that are being sent, or may have been, can no longer be taken back."""
    drafts = facts.drafts_in_introduction(
        s, house.owner_id, action.introduction_id, action.purposes, action.contact_id
    )
    for draft in drafts:
        queue.move(s, house.owner_id, draft.id, DraftEvent.WITHDRAW, now, failure=action.reason)


def write_anew(s: Session, house: House, contact_id: int, now: datetime) -> int:
    """Something about one of the two was put right: the mail to both that waits tells of it, and is
    written and asked about anew; how many were."""
    count = 0
    for each in facts.introductions_of(s, house.owner_id, contact_id):
        found = facts.drafts_in_introduction(s, house.owner_id, each.id, {Purpose.INTRODUCTION})
        for draft in found:
            why = "What it said was put right."
            gone = queue.move(s, house.owner_id, draft.id, DraftEvent.WITHDRAW, now, failure=why)
            if gone is not None:
                action = WriteIntroductionDraft(
                    each.id, draft.contact_id, draft.purpose, "introduction", draft.reason,
                    now + house.policy.approval_expires_after,
                )  # fmt: skip
                write_draft(s, house, each, people_of(s, house, each), action, now)
                count += 1
    return count


def bar(
    s: Session,
    house: House,
    contact_id: int,
    because: Suppression,
    now: datetime,
    *,
    but: int | None = None,
) -> None:
    """Somebody came onto the suppression list: every introduction of theirs learns of it."""
    for each in facts.introductions_of(s, house.owner_id, contact_id):
        if each.state in MOVING and each.id != but:
            happen(s, house, each.id, Barred(contact_id, because), now)


def left(s: Session, house: House, draft: Draft, now: datetime) -> None:
    """A mail of an introduction was sent; drafts of none are passed over."""
    if not _is_of_introduction(draft):
        return
    at = draft.sent_at or now
    message_id = draft.message_id or f"<draft-{draft.id}@{house.identity.address.domain}>"
    event = Left(draft.purpose, draft.contact_id, at, message_id, draft.subject)
    happen(s, house, draft.introduction_id or 0, event, now)
    if draft.purpose is Purpose.INTRODUCTION:
        _note_introduced(s, house, draft, message_id, at)


def _note_introduced(s: Session, house: House, draft: Draft, message_id: str, at: datetime) -> None:
    """Both were introduced: a favour to each, one more mail to the second, and they know each
    other from now on."""
    both = [each for each in (draft.contact_id, draft.second_contact_id) if each is not None]
    for contact_id in both:
        introduced = Interaction(
            contact_id, Direction.OUT, Deed.INTRODUCED, at, f"{message_id} {contact_id} introduced",
            people=len(both),
        )  # fmt: skip
        record.add_interaction(s, house.owner_id, introduced, by_mailflow=True)
        mail = Interaction(
            contact_id, Direction.OUT, Deed.MAIL, at, f"{message_id} {contact_id}", len(both)
        )
        record.add_interaction(s, house.owner_id, mail, by_mailflow=True)
        record.wake_contact(s, house.owner_id, contact_id, at)
    record.note_acquainted(s, house.owner_id, both, at, draft.subject)


def dropped(
    s: Session, house: House, draft: Draft, now: datetime,
    *, is_expired: bool = False, refused: str = "",
) -> None:  # fmt: skip
    """A draft of an introduction ended unsent: by the owner's no, by waiting too long, or because
    the outgoing server `refused` it with these words."""
    if _is_of_introduction(draft):
        event = Dropped(draft.purpose, draft.contact_id, is_expired, refused)
        happen(s, house, draft.introduction_id or 0, event, now)


def _is_of_introduction(draft: Draft) -> bool:
    """Those of an erased introduction bear its number with a minus."""
    return draft.introduction_id is not None and draft.introduction_id > 0
