"""A person erased: every row, and the copies of drafts to them in the owner's Drafts mailbox."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog

from mailflow.errors import MailboxError
from mailflow.model.address import Address
from mailflow.model.amount import amount
from mailflow.model.introduction_events import Erased
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.introductions import happen
from mailflow.tick.place import take_out

log = structlog.get_logger()
ASKED_FOR = timedelta(days=1)
"""An asking that was killed ends by itself after so long."""

LEFT = (
    " The copy of a draft still stands in your Drafts mailbox, which I could not reach; "
    "please delete it there."
)


@contextmanager
def asking(house: House, contact_id: int, clock: Callable[[], datetime]) -> Iterator[None]:
    """While the owner is asked at a prompt nothing leaves to them, as while he is asked by mail;
    however the asking ends, it holds nothing after that."""
    began_at = clock()
    with house.store.begin() as s:
        question = queue.add_token(
            s, house.owner_id, queue.ERASE, [(1, None, 1)], began_at, began_at + ASKED_FOR,
            house.salt(), contact_id=contact_id,
        )  # fmt: skip
    try:
        yield
    finally:
        with house.store.begin() as s:
            queue.close_erasure(s, house.owner_id, contact_id, clock(), only=question)


def erase(s: Session, house: House, contact_id: int, now: datetime) -> str:
    """Erase a person for good; what was done, in a sentence that does not name them.

    The copies go first: once the rows are gone nobody knows of them. Raises NotFound.
    """
    left = ""
    for each in facts.introductions_of(s, house.owner_id, contact_id):
        happen(s, house, each.id, Erased(contact_id), now, told=[])
    for placement in queue.placements_of(s, house.owner_id, contact_id):
        try:
            take_out(house, placement)
        except MailboxError as error:
            log.warning("the Drafts mailbox cannot be reached", error=str(error))
            left = LEFT
    rows = record.forget(s, house.owner_id, contact_id, now)
    return f"Erased: {amount(rows, 'row is', 'rows are')} gone.{left}"


def erase_address(s: Session, house: House, address: Address, now: datetime) -> str:
    """Erase somebody who is no contact, known from past mail only; raises NotFound."""
    rows = record.forget_address(s, house.owner_id, address, now)
    return f"Erased: {amount(rows, 'row is', 'rows are')} gone."
