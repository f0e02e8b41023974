"""A draft that ends without being sent: what comes next for its contact is decided anew."""

from datetime import datetime

from mailflow.model.draft import Draft, DraftEvent
from mailflow.store import queue, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.introductions import dropped


def end_draft(
    s: Session, house: House, draft_id: int, event: DraftEvent, now: datetime, reason: str
) -> Draft | None:
    """Reject, expire or withdraw a draft; None when it is beyond that already."""
    ended = queue.move(s, house.owner_id, draft_id, event, now, failure=reason)
    if ended is not None:
        record.wake_contact(s, house.owner_id, ended.contact_id, now)
        if event is not DraftEvent.WITHDRAW:
            dropped(s, house, ended, now, is_expired=event is DraftEvent.EXPIRE)
    return ended
