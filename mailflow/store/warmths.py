"""Warmth for many people at once: what it is measured from, and what was measured."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from mailflow.model.contact import Warmth
from mailflow.model.interaction import Interaction
from mailflow.store.inserts import table_of
from mailflow.store.rows import interaction_of, warmth_kept
from mailflow.store.tables import ContactEntry, InteractionEntry, ScoreEntry

CONTACTS = table_of(ContactEntry)
SAVE = (
    update(CONTACTS)
    .where(CONTACTS.c.owner_id == bindparam("of"), CONTACTS.c.id == bindparam("who"))
    .values(warmth=bindparam("kept"), is_warmth_stale=False)
)


def histories(
    s: Session, owner_id: int, contact_ids: Sequence[int]
) -> dict[int, tuple[Interaction, ...]]:
    """Every exchange with each of these people, the earliest first; one query."""
    rows = s.scalars(
        select(InteractionEntry)
        .where(InteractionEntry.owner_id == owner_id, InteractionEntry.contact_id.in_(contact_ids))
        .order_by(InteractionEntry.at, InteractionEntry.id)
    )
    found: defaultdict[int, list[Interaction]] = defaultdict(list)
    for row in rows:
        found[row.contact_id].append(interaction_of(row))
    return {contact_id: tuple(each) for contact_id, each in found.items()}


def save_warmths(s: Session, owner_id: int, warmths: Mapping[int, Warmth], now: datetime) -> None:
    """Keep what was measured, and in the history the scores that changed; three statements."""
    if not warmths:
        return
    known = _last_scores(s, owner_id, list(warmths))
    s.connection().execute(
        SAVE,
        [
            {"of": owner_id, "who": contact_id, "kept": warmth_kept(warmth)}
            for contact_id, warmth in warmths.items()
        ],
    )
    changed = [
        {"owner_id": owner_id, "contact_id": contact_id, "score": w.score, "measured_at": now}
        for contact_id, w in warmths.items()
        if known.get(contact_id) != w.score
    ]
    if changed:
        s.execute(insert(table_of(ScoreEntry)), changed)


def _last_scores(s: Session, owner_id: int, contact_ids: Sequence[int]) -> dict[int, int]:
    latest = (
        select(func.max(ScoreEntry.id))
        .where(ScoreEntry.owner_id == owner_id, ScoreEntry.contact_id.in_(contact_ids))
        .group_by(ScoreEntry.contact_id)
    )
    rows = s.execute(
        select(ScoreEntry.contact_id, ScoreEntry.score).where(ScoreEntry.id.in_(latest))
    )
    return {row.contact_id: row.score for row in rows}
