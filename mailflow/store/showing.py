"""Which drafts the owner should be asked about, and that he was."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from mailflow.model.draft import LIVE, Draft, DraftEvent, DraftState, advance
from mailflow.store.drafts import DRAFTS, present, swap
from mailflow.store.queue_tables import TO_SHOW
from mailflow.store.rows import draft_of
from mailflow.store.tables import DraftEntry

OF_OWNER = select(DRAFTS).where(DRAFTS.c.owner_id == bindparam("of"))
WANTED = OF_OWNER.where(TO_SHOW)
WANTED_BY = OF_OWNER.where(
    DRAFTS.c.contact_id.in_(bindparam("ids", expanding=True)), DRAFTS.c.want_shown
)
"""Neither in the words of the index on `want_shown` nor in order: SQLite would take either for a
reason to go through the drafts of all others."""
SHOW = update(DRAFTS).where(
    DRAFTS.c.owner_id == bindparam("of"),
    DRAFTS.c.id == bindparam("pk"),
    DRAFTS.c.state.in_(LIVE - {DraftState.SENDING}),
)


def to_show(
    s: Session, owner_id: int, contact_ids: Collection[int] | None = None
) -> tuple[Draft, ...]:
    """Drafts the owner should be asked about: new, edited, taken back, or uncertain.

    With `contact_ids` only those to these people.
    """
    if contact_ids is None:
        rows = s.execute(WANTED, {"of": owner_id})
    else:
        rows = s.execute(WANTED_BY, {"of": owner_id, "ids": list(contact_ids)})
    drafts = (draft_of(cast("DraftEntry", row)) for row in rows)
    return tuple(sorted(drafts, key=lambda draft: draft.id))


def want_shown(s: Session, owner_id: int, draft_id: int, reason: str = "") -> None:
    """Have the draft shown to the owner (again) with the next letters, saying why."""
    values = {"want_shown": True, "held_because": reason}
    s.execute(SHOW, {**values, "of": owner_id, "pk": draft_id})


def mark_shown(
    s: Session, owner_id: int, draft_id: int, version: int, now: datetime, *, due_at: datetime
) -> Draft | None:
    """The request for that version is queued, and expires at `due_at`; None when overtaken.

    Deciding sees the draft at once: it knows when to remind the owner.
    """
    row = present(s, owner_id, draft_id, version)
    if row is None or row.state not in LIVE - {DraftState.SENDING}:
        return None
    values: dict[str, Any] = {"want_shown": False, "shown_version": version}
    if row.state in {DraftState.DRAFTED, DraftState.SNOOZED}:
        values["state"] = advance(row.state, DraftEvent.SHOW)
    if row.state not in {DraftState.APPROVED, DraftState.UNCERTAIN}:
        values |= {"due_at": due_at, "look_at": now, "held_because": ""}
    return swap(s, row, values)
