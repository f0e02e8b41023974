"""The tables of the owner's past mail: with whom it was, what of it is read, how far."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailflow.model.interaction import Direction
from mailflow.store.columns import ONCE, Base, Instant, Key, Words, belongs_to, one_of
from mailflow.store.mail_tables import Owned


class CorrespondentEntry(Owned, Base):
    """Somebody the owner exchanged mail with who is no contact, by address."""

    __tablename__ = "correspondent"
    key: Mapped[str] = mapped_column(Key)
    written: Mapped[str] = mapped_column(Words)
    name: Mapped[str] = mapped_column(Words)
    utc_offset: Mapped[int | None]
    language: Mapped[str | None] = mapped_column(Words)
    __table_args__ = (
        UniqueConstraint("owner_id", "id"),
        UniqueConstraint("owner_id", "key"),
        ONCE,
    )


class ExchangeEntry(Owned, Base):
    """One past mail from or to a correspondent; becomes an interaction when they are a contact."""

    __tablename__ = "exchange"
    correspondent_id: Mapped[int]
    message_id: Mapped[str] = mapped_column(Key)
    direction: Mapped[Direction] = mapped_column(one_of(Direction))
    at: Mapped[datetime] = mapped_column(Instant)
    people: Mapped[int]
    __table_args__ = (
        UniqueConstraint("owner_id", "correspondent_id", "message_id"),
        belongs_to("correspondent", "correspondent_id"),
    )


class PastCursorEntry(Base):
    """How far a mailbox's past was read, of mail that came on `since_on` or later (None: all)."""

    __tablename__ = "past_cursor"
    owner_id: Mapped[int] = mapped_column(
        ForeignKey("owner.id", ondelete="CASCADE"), primary_key=True
    )
    account: Mapped[str] = mapped_column(Key, primary_key=True)
    mailbox: Mapped[str] = mapped_column(Key, primary_key=True)
    uidvalidity: Mapped[int] = mapped_column(BigInteger)
    last_uid: Mapped[int] = mapped_column(BigInteger)
    since_on: Mapped[date | None]
    moved_at: Mapped[datetime] = mapped_column(Instant)
