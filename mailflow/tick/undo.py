"""`undo`: the last approval whose mail has not left, or what the last card or correction did."""

from collections.abc import Collection
from datetime import datetime

import structlog

from mailflow.errors import MailboxError, NotFound
from mailflow.model.contact import Contact
from mailflow.model.draft import Draft, DraftEvent, DraftState
from mailflow.model.introduction_states import OPEN
from mailflow.store import facts, queue, record
from mailflow.store.changes import Change
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.place import take_out
from mailflow.tick.redraft import redraft

log = structlog.get_logger()
LEFT = "Nothing to undo: every approved mail has left."
MAX_NAMED = 8


def undo(s: Session, house: House, now: datetime) -> str:
    """Take back the latest of both; what was done, in a sentence. Raises NotFound.

    An approval whose mail is gone bars the way to what was done before it, and so does an
    introduction begun since, which is called off by its number: whoever wanted that back must not
    lose somebody's card instead.
    """
    changes = facts.last_changes(s, house.owner_id)
    approval = facts.last_approval(s, house.owner_id)
    changed_at = changes[0].made_at if changes else None
    approved_at = approval.approved_at if approval else None
    _demand_no_introduction(
        s, house, after=max(filter(None, (changed_at, approved_at)), default=None)
    )
    if approval is not None and approved_at and (changed_at is None or approved_at >= changed_at):
        return _take_back_approval(s, house, approval, now)
    if not changes:
        raise NotFound(LEFT)
    return _take_back_changes(s, house, changes, now)


def _demand_no_introduction(s: Session, house: House, *, after: datetime | None) -> None:
    under_way = facts.introductions(s, house.owner_id, OPEN)
    last = max(under_way, key=lambda introduction: introduction.created_at, default=None)
    if last is not None and (after is None or last.created_at > after):
        said = f"You began introduction {last.id} last; to end it, write "
        raise NotFound(f"{said}“cancel introduction {last.id}”.")


def take_copies_out(
    s: Session, house: House, contact_id: int, only: Collection[str] | None = None
) -> None:
    """Remove the copies of drafts to somebody from the owner's Drafts, before the rows go; `only`
    those to these addresses, folded."""
    for placement in queue.placements_of(s, house.owner_id, contact_id):
        if only is not None and placement.draft.to.key not in only:
            continue
        try:
            take_out(house, placement)
        except MailboxError as error:
            log.warning("the Drafts mailbox cannot be reached", error=str(error))


def _take_back_approval(s: Session, house: House, draft: Draft, now: datetime) -> str:
    due_at = now + house.policy.approval_expires_after
    if draft.state is not DraftState.APPROVED or not queue.move(
        s, house.owner_id, draft.id, DraftEvent.UNDO, now, due_at=due_at
    ):
        raise NotFound(LEFT)
    return f"The mail to {draft.to_name or draft.to} was not sent; it waits for you again."


def _take_back_changes(s: Session, house: House, changes: tuple[Change, ...], now: datetime) -> str:
    done: list[str] = []
    left: list[str] = []
    for change in changes:
        person = facts.contact(s, house.owner_id, change.contact_id)
        if change.is_joining:
            done.append(_part(s, house, change, person, now))
            continue
        if change.is_new:
            reason = facts.in_the_way(s, house.owner_id, change)
            # the yes to that is to find them, not mail that went back to where it had waited
            if facts.erasure_asked(s, house.owner_id, [person.id], now):
                reason = "you are being asked whether to erase them"
            if reason:
                who = person.address or person.label
                left.append(f"{person.label} stays: {reason}. Write “forget {who}” to erase them")
                continue
            take_copies_out(s, house, person.id)
            record.take_back(s, house.owner_id, change)
            kept = ", and the mail between you is kept as before" if change.before else ""
            done.append(f"{person.label} is {'no contact any more' if kept else 'removed'}{kept}")
            continue
        record.take_back(s, house.owner_id, change)
        redraft(s, house, person, now)
        done.append(f"{person.label} is as before")
    if not done:
        raise NotFound(f"{'; '.join(left)}.")
    shown = [*done[:MAX_NAMED], *left]
    more = f"; and {len(done) - MAX_NAMED} more" if len(done) > MAX_NAMED else ""
    return f"Taken back: {'; '.join(shown)}{more}."


def _part(s: Session, house: House, change: Change, person: Contact, now: datetime) -> str:
    """Make two of them again; raises NotFound when something since keeps them together."""
    if reason := facts.keeps_together(s, house.owner_id, change):
        raise NotFound(f"{person.label} stays one person: {reason}.")
    take_copies_out(s, house, person.id, only=change.joined_keys)
    back = record.part_contacts(s, house.owner_id, change)
    both = [facts.contact(s, house.owner_id, each) for each in (person.id, back)]
    for each in both:
        redraft(s, house, each, now)
        record.wake_contact(s, house.owner_id, each.id, now)
    named = " and ".join(f"{each.label} ({each.address or 'no address'})" for each in both)
    return f"{named} are two people again"
