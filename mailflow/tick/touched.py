"""Whether the owner laid hands on a draft's copy in Drafts after it was shown to him."""

from datetime import datetime

import structlog

from mailflow.errors import NoSuchMailbox
from mailflow.model.draft import DraftEvent
from mailflow.store import queue
from mailflow.store.queue import Placement
from mailflow.tick.house import House
from mailflow.tick.place import copy_id

log = structlog.get_logger()
ASKED = (
    "You changed or deleted its copy in your Drafts mailbox, so I have not sent it. Below is still "
    "the text I had shown you: ok sends that. Or write me the text you want, or send your own from "
    "Drafts."
)


def is_held_for_owner(house: House, draft_id: int, now: datetime) -> bool:
    """Ask again about an approved draft whose copy was changed or is gone; True when asked.

    Asked once: after that the copy is the owner's own business. Raises MailboxError.
    """
    with house.store.begin(is_redone=True) as s:
        placement = queue.placement_of(s, house.owner_id, draft_id)
    if placement is None or not _is_touched(house, placement):
        return False
    log.info("the copy in Drafts was changed; the owner is asked", draft=draft_id)
    draft = placement.draft
    expires_at = now + house.policy.approval_expires_after
    with house.store.begin() as s:
        if not queue.move(
            s, house.owner_id, draft.id, DraftEvent.UNDO, now,
            version=draft.version, due_at=expires_at,
        ):  # fmt: skip
            return False
        queue.want_shown(s, house.owner_id, draft.id, ASKED)
        queue.placed(s, house.owner_id, draft.id, draft.version)
    return True


def _is_touched(house: House, placement: Placement) -> bool:
    """A mail program saves a changed draft anew: under another UID, some with another name."""
    if placement.mailbox is None or placement.placed_version != placement.draft.version:
        return False
    account = house.accounts[house.main]
    message_id = copy_id(house, placement.draft.id, placement.placed_version)
    try:
        uids = account.search_message_id(placement.mailbox, message_id)
    except NoSuchMailbox:  # a mailbox that is gone as a whole says nothing about one draft
        return False
    if placement.uid is None or not uids:
        return not uids
    is_same_mailbox = account.cursor(placement.mailbox).uidvalidity == placement.uidvalidity
    return is_same_mailbox and list(uids) != [placement.uid]
