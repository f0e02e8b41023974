"""Letters to the owner: queued once, claimed once, settled."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import cast

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from mailflow.model.letter import ANSWERS, Letter, LetterKind, LetterState
from mailflow.store.columns import Instant, Key
from mailflow.store.inserts import insert_new, table_of
from mailflow.store.queue_tables import LETTER_UNDER_WAY
from mailflow.store.rows import letter_of
from mailflow.store.tables import LetterEntry

LETTERS = table_of(LetterEntry)
ITSELF = (LETTERS.c.owner_id == bindparam("of"), LETTERS.c.id == bindparam("pk"))
CLAIM = (
    update(LETTERS)
    .where(
        *ITSELF,
        LETTERS.c.state == LetterState.QUEUED,
        or_(LETTERS.c.due_at.is_(None), LETTERS.c.due_at <= bindparam("now", type_=Instant())),
    )
    .values(
        state=LetterState.SENDING,
        sending_at=bindparam("now", type_=Instant()),
        attempts=LETTERS.c.attempts + 1,
        message_id=func.coalesce(LETTERS.c.message_id, bindparam("named", type_=Key())),
    )
    .returning(LETTERS)
)
SETTLE = (
    update(LETTERS)
    .where(*ITSELF, LETTERS.c.state.in_(bindparam("was", expanding=True)))
    .returning(LETTERS.c.id)
)
ANSWERS_SINCE = select(func.count()).where(
    LETTERS.c.owner_id == bindparam("of"),
    LETTERS.c.created_at >= bindparam("since"),
    LETTERS.c.kind.in_(ANSWERS),
    LETTERS.c.state.not_in({LetterState.HELD, LetterState.FAILED}),
)
NOT_UNDERSTOOD_SINCE = ANSWERS_SINCE.where(
    or_(LETTERS.c.is_understood.is_(None), ~LETTERS.c.is_understood)
)


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
    seen = {"of": owner_id, "pk": letter_id, "now": now, "named": message_id}
    claimed = s.execute(CLAIM, seen).one_or_none()
    return None if claimed is None else letter_of(cast("LetterEntry", claimed))


def settle_letter(
    s: Session,
    owner_id: int,
    letter_id: int,
    state: LetterState,
    now: datetime,
    *,
    retry_at: datetime | None = None,
    failure: str = "",
) -> bool:
    """What became of a letter; False when it was settled already.

    A letter that is being sent can become anything; one that is queued can only be held.
    """
    comes_from = [LetterState.SENDING]
    if state is LetterState.HELD:
        comes_from.append(LetterState.QUEUED)
    values: dict[str, object] = {"state": state, "failure": failure, "due_at": retry_at}
    if state is LetterState.SENT:
        values["sent_at"] = now
    seen = {"of": owner_id, "pk": letter_id, "was": comes_from}
    return s.execute(SETTLE, {**values, **seen}).first() is not None


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
    statement = ANSWERS_SINCE if is_understood else NOT_UNDERSTOOD_SINCE
    return s.scalars(statement, {"of": owner_id, "since": since}).one()


def _under_way(
    s: Session, owner_id: int, state: LetterState, now: datetime | None
) -> tuple[Letter, ...]:
    statement = select(LetterEntry).where(
        LetterEntry.owner_id == owner_id, LETTER_UNDER_WAY, LetterEntry.state == state
    )
    if now is not None:
        statement = statement.where(or_(LetterEntry.due_at.is_(None), LetterEntry.due_at <= now))
    rows = s.scalars(statement.order_by(LetterEntry.id))
    return tuple(map(letter_of, rows))
