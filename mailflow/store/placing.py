"""Which drafts should lie in the owner's Drafts mailbox, and which lie there."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from mailflow.model.draft import LIVE, OPEN_TO_OWNER, Draft
from mailflow.store.drafts import DRAFTS
from mailflow.store.queue_tables import LIVE_DRAFT, STILL_PLACED
from mailflow.store.rows import draft_of
from mailflow.store.tables import DraftEntry

ONE = update(DRAFTS).where(DRAFTS.c.owner_id == bindparam("of"), DRAFTS.c.id == bindparam("pk"))
OF_OWNER = select(DRAFTS).where(DRAFTS.c.owner_id == bindparam("of")).order_by(DRAFTS.c.id)
MISSING = OF_OWNER.where(
    LIVE_DRAFT,
    DRAFTS.c.state.in_(OPEN_TO_OWNER),
    or_(DRAFTS.c.placed_version.is_(None), DRAFTS.c.placed_version != DRAFTS.c.version),
)
SUPERFLUOUS = OF_OWNER.where(STILL_PLACED, DRAFTS.c.state.not_in(LIVE))


@dataclass(frozen=True, slots=True)
class Placement:
    """A draft whose copy is missing, outdated or superfluous.

    `is_wanted` says whether its present version should lie there; `placed_version` which one does
    (None: none), at `mailbox`, `uidvalidity` and `uid` (None: the server did not tell).
    """

    draft: Draft
    is_wanted: bool
    placed_version: int | None = None
    mailbox: str | None = None
    uidvalidity: int | None = None
    uid: int | None = None


def to_place(s: Session, owner_id: int) -> tuple[Placement, ...]:
    """Every draft whose copy in Drafts is not what it should be. One being sent is left alone."""
    rows = [*s.execute(SUPERFLUOUS, {"of": owner_id}), *s.execute(MISSING, {"of": owner_id})]
    return tuple(_placement(cast("DraftEntry", row)) for row in rows)


def placements_of(s: Session, owner_id: int, contact_id: int) -> tuple[Placement, ...]:
    """Every draft to the contact of which a copy lies in Drafts."""
    theirs = (DraftEntry.owner_id == owner_id, DraftEntry.contact_id == contact_id)
    rows = s.scalars(select(DraftEntry).where(*theirs, DraftEntry.placed_version.is_not(None)))
    return tuple(map(_placement, rows))


def placement_of(s: Session, owner_id: int, draft_id: int) -> Placement | None:
    """Where the draft's copy lies in Drafts; None when none was placed."""
    itself = (DraftEntry.owner_id == owner_id, DraftEntry.id == draft_id)
    row = s.scalars(
        select(DraftEntry).where(*itself, DraftEntry.placed_version.is_not(None))
    ).one_or_none()
    return None if row is None else _placement(row)


def newest_draft(s: Session, owner_id: int) -> int:
    """The id of the draft made last; 0 when there is none."""
    ids = select(func.max(DraftEntry.id)).where(DraftEntry.owner_id == owner_id)
    return s.scalars(ids).one() or 0


def placed(
    s: Session,
    owner_id: int,
    draft_id: int,
    version: int | None,
    mailbox: str | None = None,
    uidvalidity: int | None = None,
    uid: int | None = None,
) -> None:
    """The copy of that version lies there now; version None: no copy lies anywhere."""
    there = version is not None
    values = {
        "placed_version": version,
        "placed_mailbox": mailbox if there else None,
        "placed_uidvalidity": uidvalidity if there else None,
        "placed_uid": uid if there else None,
    }
    s.execute(ONE, {**values, "of": owner_id, "pk": draft_id})


def _placement(row: DraftEntry) -> Placement:
    return Placement(
        draft=draft_of(row),
        is_wanted=row.state in OPEN_TO_OWNER,
        placed_version=row.placed_version,
        mailbox=row.placed_mailbox,
        uidvalidity=row.placed_uidvalidity,
        uid=row.placed_uid,
    )
