"""The life of a draft in the store: every step is a compare-and-swap on its state and version."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack, cast

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.orm import Session

from mailflow.errors import IllegalMove
from mailflow.model.draft import LIVE, Draft, DraftEvent, DraftState, advance
from mailflow.store.inserts import table_of
from mailflow.store.rows import draft_of
from mailflow.store.tables import DraftEntry
from mailflow.store.tokens import void_tokens

WAITING = frozenset(
    {
        DraftState.DRAFTED,
        DraftState.AWAITING_APPROVAL,
        DraftState.SNOOZED,
        DraftState.APPROVED,
    }
)
"""The states deciding looks at again when `look_at` comes; the others only events can change."""

DRAFTS = table_of(DraftEntry)
"""The plain table: its rows have the entry's columns and take half the time."""

ONE = select(DRAFTS).where(DRAFTS.c.owner_id == bindparam("of"), DRAFTS.c.id == bindparam("pk"))
SWAP = (
    update(DRAFTS)
    .where(
        DRAFTS.c.owner_id == bindparam("of"),
        DRAFTS.c.id == bindparam("pk"),
        DRAFTS.c.state == bindparam("was"),
        DRAFTS.c.version == bindparam("at"),
    )
    .returning(DRAFTS)
)
"""Made once: building a statement costs more than running it."""

UNAPPROVED: Mapping[str, Any] = {"approved_at": None, "approved_version": None}


class Changes(TypedDict, total=False):
    """What a move may set besides the state. Instants aware UTC."""

    due_at: datetime
    look_at: datetime | None
    approved_at: datetime
    sent_at: datetime
    filed_at: datetime | None
    message_id: str
    failure: str
    reason: str


def move(
    s: Session,
    owner_id: int,
    draft_id: int,
    event: DraftEvent,
    now: datetime,
    *,
    version: int | None = None,
    **changes: Unpack[Changes],
) -> Draft | None:
    """Let something happen to a draft; the draft as it is then.

    None, and nothing changed, when somebody was faster, when the draft is not (any more) at
    `version`, when its state has no such move, or when there is no such draft. An edit and a claim
    have functions of their own.
    """
    if event in {DraftEvent.EDIT, DraftEvent.CLAIM}:
        raise ValueError(f"{event} needs more than a move")
    row = present(s, owner_id, draft_id, version)
    state = None if row is None else _next(row.state, event)
    if row is None or state is None:
        return None
    values: dict[str, Any] = {"state": state, "held_because": ""}
    values |= _effects(event, row, state, now) | changes
    if state in WAITING:
        values.setdefault("look_at", values.get("due_at", row.due_at))
    if "message_id" in values:  # given once, it is how the mail is found after a crash
        values["message_id"] = func.coalesce(DraftEntry.message_id, values["message_id"])
    moved = swap(s, row, values)
    if moved is not None and state not in LIVE:
        void_tokens(s, owner_id, draft_id)
    return moved


def edit(
    s: Session,
    owner_id: int,
    draft_id: int,
    subject: str | None,
    body: str,
    lint: Sequence[str],
    now: datetime,
    *,
    version: int | None = None,
    due_at: datetime | None = None,
) -> Draft | None:
    """The owner's new text as a new version, to be shown again; None as for `move`.

    Approval and outstanding tokens of the old version are void. `subject` None keeps the subject,
    `due_at` is when the new request expires.
    """
    row = present(s, owner_id, draft_id, version)
    state = None if row is None else _next(row.state, DraftEvent.EDIT)
    if row is None or state is None:
        return None
    said = {"subject": row.subject if subject is None else subject, "body": body, "lint": lint}
    return next_version(s, row, state, said, due_at)


def next_version(
    s: Session,
    row: DraftEntry,
    state: DraftState,
    said: Mapping[str, Any],
    due_at: datetime | None = None,
) -> Draft | None:
    """The draft with what it says now, to be shown again until `due_at` (None: as before); None
    when it is not as `row` saw it any more. Approval and tokens of the old version are void."""
    due_at = due_at or row.due_at
    values: dict[str, Any] = {
        **said,
        "state": state,
        "version": row.version + 1,
        "due_at": due_at,
        "look_at": due_at,
        "held_because": "",
        "want_shown": True,
        **UNAPPROVED,
    }
    changed = swap(s, row, values)
    if changed is not None:
        void_tokens(s, row.owner_id, row.id)
    return changed


def hold(s: Session, owner_id: int, draft_id: int, until: datetime, reason: str = "") -> bool:
    """Look at a waiting draft again at `until` and keep why; its due time stays what it was."""
    statement = (
        update(DraftEntry)
        .where(
            DraftEntry.owner_id == owner_id,
            DraftEntry.id == draft_id,
            DraftEntry.state.in_(WAITING),
        )
        .values(look_at=until, held_because=reason)
        .returning(DraftEntry.id)
    )
    return s.execute(statement).first() is not None


def swap(s: Session, row: DraftEntry, values: Mapping[str, Any]) -> Draft | None:
    """Write the values if the draft is still as `row` saw it; None when it is not."""
    seen = {"of": row.owner_id, "pk": row.id, "was": row.state, "at": row.version}
    asked = {name: value for name, value in values.items() if isinstance(value, ColumnElement)}
    given = {name: value for name, value in values.items() if name not in asked}
    statement = SWAP.values(**asked) if asked else SWAP
    changed = s.execute(statement, {**given, **seen}).one_or_none()
    return None if changed is None else draft_of(cast("DraftEntry", changed))


def present(
    s: Session, owner_id: int, draft_id: int, version: int | None = None
) -> DraftEntry | None:
    """The draft's row, if it is there and at that version."""
    found = cast(
        "DraftEntry | None", s.execute(ONE, {"of": owner_id, "pk": draft_id}).one_or_none()
    )
    return found if found is None or version in {None, found.version} else None


def _next(state: DraftState, event: DraftEvent) -> DraftState | None:
    try:
        return advance(state, event)
    except IllegalMove:
        return None


def _effects(
    event: DraftEvent, row: DraftEntry, state: DraftState, now: datetime
) -> dict[str, Any]:
    """What an event changes besides the state, unless the caller says otherwise."""
    if state not in LIVE:
        ended: dict[str, Any] = {"settled_at": now, "look_at": None, "want_shown": False}
        if state is DraftState.SENT:
            ended["sent_at"] = now
        if event is DraftEvent.SENT_BY_OWNER:
            ended["filed_at"] = now  # it was seen in Sent
        return ended
    match event:
        case DraftEvent.SHOW:
            return {"want_shown": False, "shown_version": row.version}
        case DraftEvent.APPROVE:
            approved = {"approved_at": now, "approved_version": row.version}
            return {**approved, "due_at": now, "want_shown": False}
        case DraftEvent.UNDO:
            return {**UNAPPROVED, "want_shown": True}
        case DraftEvent.SNOOZE:
            return {**UNAPPROVED, "want_shown": False}
        case DraftEvent.LOST:
            return {"look_at": None, "want_shown": True}
        case DraftEvent.REFUSED_FOR_NOW | DraftEvent.SEND_AGAIN:
            return {"due_at": now, "want_shown": False}
        case _:
            return {}
