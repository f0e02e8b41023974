"""Letters to the owner: queued once, claimed once, settled."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from mailflow.model.letter import ANSWERS, Letter, LetterKind, LetterState
from mailflow.store.inserts import insert_new
from mailflow.store.queue_tables import UNDER_WAY
from mailflow.store.rows import letter_of
from mailflow.store.tables import LetterEntry


def add_letter(
    s: Session,
    owner_id: int,
    *,
    kind: LetterKind,
    subject: str,
    body: str,
    now: datetime,
    html: str = "",
    token_id: int | None = None,
    in_reply_to: str | None = None,
    references: Sequence[str] = (),
    period: str | None = None,
    is_held: bool = False,
    key: str | None = None,
    message_id: str | None = None,
    due_at: datetime | None = None,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    is_understood: bool | None = None,
) -> int | None:
    """Queue a letter, or keep it back (`is_held`); None when its period or key has one already.

    `pictures` are JPEGs by the name its HTML shows them under. `is_understood` says of an answer
    whether something in the mail it answers was.
    """
    return insert_new(
        s,
        LetterEntry,
        {
            "owner_id": owner_id,
            "kind": kind,
            "state": LetterState.HELD if is_held else LetterState.QUEUED,
            "key": key,
            "subject": subject,
            "body": body,
            "html": html,
            "created_at": now,
            "token_id": token_id,
            "in_reply_to": in_reply_to,
            "references": references,
            "period": period,
            "attempts": 0,
            "due_at": due_at,
            "message_id": message_id,
            "failure": "",
            "pictures": {name: b64encode(data).decode() for name, data in pictures.items()} or None,
            "is_understood": is_understood,
        },
    )


def queued_letters(s: Session, owner_id: int, now: datetime) -> tuple[Letter, ...]:
    """Letters that may go now, the oldest first."""
    return _under_way(s, owner_id, LetterState.QUEUED, now)


def sending_letters(s: Session, owner_id: int) -> tuple[Letter, ...]:
    """Letters that were claimed and not settled: being sent, or left behind by a crash."""
    return _under_way(s, owner_id, LetterState.SENDING, None)


def claim_letter(
    s: Session, owner_id: int, letter_id: int, now: datetime, *, message_id: str | None = None
) -> Letter | None:
    """Take a queued letter for sending; None when somebody was faster or it is not due.

    `message_id` is for letters without a token; one that was set before is kept.
    """
    statement = (
        update(LetterEntry)
        .where(
            LetterEntry.owner_id == owner_id,
            LetterEntry.id == letter_id,
            LetterEntry.state == LetterState.QUEUED,
            or_(LetterEntry.due_at.is_(None), LetterEntry.due_at <= now),
        )
        .values(
            state=LetterState.SENDING,
            sending_at=now,
            attempts=LetterEntry.attempts + 1,
            message_id=func.coalesce(LetterEntry.message_id, message_id),
        )
        .returning(LetterEntry)
        .execution_options(synchronize_session=False)
    )
    claimed = s.scalars(statement).one_or_none()
    return None if claimed is None else letter_of(claimed)


def settle_letter(
    s: Session,
    owner_id: int,
    letter_id: int,
    state: LetterState,
    now: datetime,
    *,
    retry_at: datetime | None = None,
    failure: str = "",
) -> Letter | None:
    """What became of a letter; None when it was settled already.

    A letter that is being sent can become anything; one that is queued can only be held.
    """
    comes_from = {LetterState.SENDING}
    if state is LetterState.HELD:
        comes_from.add(LetterState.QUEUED)
    values: dict[str, object] = {"state": state, "failure": failure, "due_at": retry_at}
    if state is LetterState.SENT:
        values["sent_at"] = now
    statement = (
        update(LetterEntry)
        .where(
            LetterEntry.owner_id == owner_id,
            LetterEntry.id == letter_id,
            LetterEntry.state.in_(comes_from),
        )
        .values(**values)
        .returning(LetterEntry)
        .execution_options(synchronize_session=False)
    )
    settled = s.scalars(statement).one_or_none()
    return None if settled is None else letter_of(settled)


def letters_about(s: Session, owner_id: int, prefix: str, since: datetime) -> int:
    """How many letters since have a key that begins so."""
    statement = select(func.count()).where(
        LetterEntry.owner_id == owner_id,
        LetterEntry.created_at >= since,
        LetterEntry.key.startswith(prefix, autoescape=True),
    )
    return s.scalars(statement).one()


def answers_since(
    s: Session, owner_id: int, since: datetime, *, is_understood: bool = False
) -> int:
    """How many answers to the owner's mail were queued or sent since; held ones don't count.

    With `is_understood` all of them, else those to mails of which nothing was understood.
    """
    understood = LetterEntry.is_understood
    statement = select(func.count()).where(
        LetterEntry.owner_id == owner_id,
        LetterEntry.created_at >= since,
        LetterEntry.kind.in_(ANSWERS),
        LetterEntry.state.not_in({LetterState.HELD, LetterState.FAILED}),
    )
    if not is_understood:
        statement = statement.where(or_(understood.is_(None), ~understood))
    return s.scalars(statement).one()


def _under_way(
    s: Session, owner_id: int, state: LetterState, now: datetime | None
) -> tuple[Letter, ...]:
    statement = select(LetterEntry).where(
        LetterEntry.owner_id == owner_id, UNDER_WAY, LetterEntry.state == state
    )
    if now is not None:
        statement = statement.where(or_(LetterEntry.due_at.is_(None), LetterEntry.due_at <= now))
    rows = s.scalars(statement.order_by(LetterEntry.id))
    return tuple(map(letter_of, rows))
