"""Waiting drafts stand in the owner's Drafts mailbox too: put there, replaced, taken out."""

from datetime import datetime

import structlog

from mailflow import faults
from mailflow.approving import token
from mailflow.drafting.compose import compose_placement
from mailflow.errors import MailboxError
from mailflow.model.wire import MailStore
from mailflow.outbox import file
from mailflow.store import queue
from mailflow.store.queue import Placement
from mailflow.tick.house import House
from mailflow.tick.told import told_of

log = structlog.get_logger()
REFUSALS = 3
"""Copies that may be refused in one pass before the rest waits for the next."""
TOLD_AFTER = 3
"""How often a copy is refused before the owner is told: servers have bad minutes."""


def place_drafts(house: House, now: datetime) -> None:
    """Bring the Drafts mailbox in line with the store; safe to interrupt and repeat.

    A copy that the server refuses holds up no other: it comes last, rests longer each time, and
    the owner is told. An account out of reach, or too many refusals, end the step until the next.
    """
    with house.store.begin(is_redone=True) as s:
        due = queue.to_place(s, house.owner_id)
    copies = house.copies
    pending = [each for each in due if not copies.is_resting(each.draft.id, now)]
    if not pending:
        return
    try:
        drafts = _drafts_of(house.accounts[house.main])
    except MailboxError as error:
        log.warning("the Drafts mailbox cannot be reached", error=str(error))
        return
    refused = 0
    for placement in sorted(pending, key=lambda each: each.draft.id in copies.failures):
        if refused == REFUSALS:
            return
        number = placement.draft.id
        what = f"keep draft {number} to {placement.draft.to} in your Drafts mailbox"
        with told_of(house, what, f"fault place {number}", now):
            try:
                _place(house, placement, drafts, now)
                copies.failures.pop(number, None)
            except MailboxError as error:
                log.warning("a copy in Drafts was refused", draft=number, error=str(error))
                if not _is_in_reach(house):
                    return
                refused += 1
                if copies.failed(number, now) >= TOLD_AFTER:
                    raise
            except Exception:  # ours, told of at once; it must not be tried and told each pass
                copies.failed(number, now)
                raise


def _drafts_of(account: MailStore) -> tuple[str, int] | None:
    """The Drafts mailbox and its UIDVALIDITY, if the account has one. Raises MailboxError."""
    name = account.folders().drafts
    return None if name is None else (name, account.cursor(name).uidvalidity)


def _is_in_reach(house: House) -> bool:
    """Whether the account is there at all, so that it was about this one mail."""
    try:
        house.accounts[house.main].folders()
    except MailboxError:
        return False
    return True


def _place(
    house: House, placement: Placement, drafts: tuple[str, int] | None, now: datetime
) -> None:
    account = house.accounts[house.main]
    draft = placement.draft
    take_out(house, placement)
    if not placement.is_wanted:
        with house.store.begin(is_redone=True) as s:
            queue.placed(s, house.owner_id, draft.id, None, None, None, None)
        return
    message_id = copy_id(house, draft.id, draft.version)
    data = compose_placement(draft, house.identity, message_id=message_id, date=now)
    faults.point("before_place")
    may_be_there = house.copies.may_have(draft.id)
    house.copies.tried.add(draft.id)
    place = (
        file.place(account, *drafts, data, message_id, now, may_be_there=may_be_there)
        if drafts
        else None
    )
    faults.point("placed")
    with house.store.begin(is_redone=True) as s:
        queue.placed(
            s, house.owner_id, draft.id, draft.version,
            place.mailbox if place else None,
            place.uidvalidity if place else None,
            place.uid if place else None,
        )  # fmt: skip


def take_out(house: House, placement: Placement) -> None:
    """Remove the copy that was placed, if one was. Raises MailboxError."""
    if placement.placed_version is None or placement.mailbox is None:
        return
    old = file.Place(placement.mailbox, placement.uidvalidity or 0, placement.uid)
    message_id = copy_id(house, placement.draft.id, placement.placed_version)
    file.unplace(house.accounts[house.main], old, message_id)


def copy_id(house: House, draft_id: int, version: int) -> str:
    """The Message-ID of a draft's copy in Drafts: the same each time, guessable by nobody."""
    name = token.derive(house.secret, draft_id, b"drafts copy %d" % version)
    return f"<draft-{name}@{house.identity.address.domain}>"
