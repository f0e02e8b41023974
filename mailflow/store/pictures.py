"""Mails whose pictures are yet to be read: kept until they are, tried again when that may work."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from mailflow.model.mail import Location, RawMessage
from mailflow.store.inserts import insert_new, table_of
from mailflow.store.tables import MessageEntry, PictureEntry, SightingEntry

PICTURES = table_of(PictureEntry)
THEIRS = select(PICTURES.c.id).where(
    PICTURES.c.owner_id == bindparam("of"), PICTURES.c.message_pk == bindparam("mail")
)
MAX_WAITING = 100
"""So many mails with pictures are kept for want of a reader; each may have 25 MB."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail with pictures yet to be read; `raw` is None when its bytes are not kept any more."""

    message_pk: int
    raw: RawMessage | None
    tries: int
    is_told: bool
    is_quiet: bool


def keep_pictures(
    s: Session, owner_id: int, message_pk: int, now: datetime, *, is_quiet: bool = False
) -> None:
    """Have the pictures of that mail read; `is_quiet` when nothing is to be drafted from them."""
    values = {
        "owner_id": owner_id,
        "message_pk": message_pk,
        "look_at": now,
        "tries": 0,
        "is_told": False,
        "is_quiet": is_quiet,
    }
    insert_new(s, PictureEntry, values)


def next_pictures(s: Session, owner_id: int, now: datetime) -> Waiting | None:
    """The mail whose pictures are to be looked at next: news before what has waited."""
    row = s.execute(
        select(
            PICTURES.c.message_pk, PICTURES.c.tries, PICTURES.c.is_told, PICTURES.c.is_quiet,
            MessageEntry.raw, MessageEntry.received_at,
        )
        .join(
            MessageEntry,
            and_(
                MessageEntry.owner_id == PICTURES.c.owner_id,
                MessageEntry.id == PICTURES.c.message_pk,
            ),
        )
        .where(PICTURES.c.owner_id == owner_id, PICTURES.c.look_at <= now)
        .order_by(PICTURES.c.is_told, PICTURES.c.id)
        .limit(1)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    raw = None
    if row.raw is not None:
        raw = RawMessage(_seen_at(s, owner_id, row.message_pk), row.raw, row.received_at)
    return Waiting(row.message_pk, raw, row.tries, row.is_told, row.is_quiet)


def has_pictures(s: Session, owner_id: int, message_pk: int) -> bool:
    """Whether pictures of that mail are yet to be read."""
    return s.execute(THEIRS, {"of": owner_id, "mail": message_pk}).first() is not None


def begin_pictures(s: Session, owner_id: int, message_pk: int) -> None:
    """They are being read; noted before, so that one nobody survives is not tried for ever."""
    s.execute(
        update(PICTURES)
        .where(PICTURES.c.owner_id == owner_id, PICTURES.c.message_pk == message_pk)
        .values(tries=PICTURES.c.tries + 1)
    )


def put_off_pictures(s: Session, owner_id: int, message_pk: int, look_at: datetime) -> bool:
    """They cannot be read yet, and the owner is told so: look again then. False, and they wait no
    longer, when a hundred other mails wait already."""
    others = select(func.count()).where(
        PICTURES.c.owner_id == owner_id,
        PICTURES.c.is_told,
        PICTURES.c.message_pk != message_pk,
    )
    if s.scalars(others).one() >= MAX_WAITING:
        release_pictures(s, owner_id, message_pk)
        return False
    s.execute(
        update(PICTURES)
        .where(PICTURES.c.owner_id == owner_id, PICTURES.c.message_pk == message_pk)
        .values(look_at=look_at, is_told=True, tries=0)
    )
    return True


def wake_pictures(s: Session, owner_id: int, now: datetime) -> None:
    """Look at everything that waits: the program started anew and may be able to read it now."""
    s.execute(update(PICTURES).where(PICTURES.c.owner_id == owner_id).values(look_at=now))


def release_pictures(s: Session, owner_id: int, message_pk: int) -> None:
    """They were read, or never will be."""
    s.execute(
        delete(PICTURES).where(PICTURES.c.owner_id == owner_id, PICTURES.c.message_pk == message_pk)
    )


def _seen_at(s: Session, owner_id: int, message_pk: int) -> Location:
    row = s.execute(
        select(SightingEntry)
        .where(SightingEntry.owner_id == owner_id, SightingEntry.message_pk == message_pk)
        .order_by(SightingEntry.id)
        .limit(1)
    ).scalar_one_or_none()
    if row is None:
        return Location("", "", 0, 0)
    return Location(row.account, row.mailbox, row.uidvalidity, row.uid)
