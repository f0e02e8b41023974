"""Waiting drafts stand in the owner's Drafts mailbox too: put there, replaced, taken out."""

from datetime import datetime

import structlog

from mailflow import faults
from mailflow.approving import token
from mailflow.drafting.compose import compose_placement
from mailflow.errors import MailboxError
from mailflow.outbox import file
from mailflow.store import queue
from mailflow.store.queue import Placement
from mailflow.tick.house import House
from mailflow.tick.told import told_of

log = structlog.get_logger()


def place_drafts(house: House, now: datetime) -> None:
    """Bring the Drafts mailbox in line with the store; safe to interrupt and repeat."""
    with house.store.begin(is_redone=True) as s:
        pending = queue.to_place(s, house.owner_id)
    if not pending:
        return
    try:
        drafts = house.accounts[house.main].folders().drafts
    except MailboxError as error:
        log.warning("the Drafts mailbox cannot be reached", error=str(error))
        return
    for placement in pending:
        number = placement.draft.id
        what = f"keep draft {number} to {placement.draft.to} in your Drafts mailbox"
        with told_of(house, what, f"fault place {number}", now):
            try:
                _place(house, placement, drafts, now)
            except MailboxError as error:
                log.warning("the Drafts mailbox cannot be reached", error=str(error))
                return


def _place(house: House, placement: Placement, drafts: str | None, now: datetime) -> None:
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
        file.place(account, drafts, data, message_id, now, may_be_there=may_be_there)
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
