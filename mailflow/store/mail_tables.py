"""The tables of mail that came in and of what the owner is told about it."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mailflow.model.interaction import Direction
from mailflow.model.mail import Kind
from mailflow.store.columns import (
    ONCE,
    Base,
    Document,
    Instant,
    Json,
    Key,
    Strings,
    Words,
    belongs_to,
    one_of,
)

HAS_RAW = text("raw IS NOT NULL")
IS_OPEN = text("is_open")


class Owned:
    """Every row belongs to an owner."""

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id", ondelete="CASCADE"))


class Placed(Owned):
    """A row about one place in a mailbox (RFC 9051 §2.3.1.1: both numbers have 32 bits)."""

    account: Mapped[str] = mapped_column(Key)
    mailbox: Mapped[str] = mapped_column(Key)
    uidvalidity: Mapped[int] = mapped_column(BigInteger)
    uid: Mapped[int] = mapped_column(BigInteger)


class OwnerEntry(Base):
    """A person mailflow serves."""

    __tablename__ = "owner"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Key, unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    paused_until: Mapped[datetime | None] = mapped_column(Instant)
    pruned_at: Mapped[datetime | None] = mapped_column(Instant)
    usual: Mapped[Json | None] = mapped_column(Document(none_as_null=True))


class CursorEntry(Base):
    """How far a mailbox was read."""

    __tablename__ = "cursor"
    owner_id: Mapped[int] = mapped_column(
        ForeignKey("owner.id", ondelete="CASCADE"), primary_key=True
    )
    account: Mapped[str] = mapped_column(Key, primary_key=True)
    mailbox: Mapped[str] = mapped_column(Key, primary_key=True)
    uidvalidity: Mapped[int] = mapped_column(BigInteger)
    last_uid: Mapped[int] = mapped_column(BigInteger)
    moved_at: Mapped[datetime] = mapped_column(Instant)


class MessageEntry(Owned, Base):
    """A message that came in or that the owner wrote, once, however often it was seen."""

    __tablename__ = "message"
    message_id: Mapped[str] = mapped_column(Key)
    body_hash: Mapped[str] = mapped_column(Key)
    kind: Mapped[Kind] = mapped_column(one_of(Kind))
    direction: Mapped[Direction | None] = mapped_column(one_of(Direction))
    contact_id: Mapped[int | None]
    sender_key: Mapped[str] = mapped_column(Key)
    sender_name: Mapped[str] = mapped_column(Words)
    subject: Mapped[str] = mapped_column(Words)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    in_reply_to: Mapped[str | None] = mapped_column(Key)
    references: Mapped[tuple[str, ...]] = mapped_column(Strings)
    evidence: Mapped[tuple[str, ...]] = mapped_column(Strings)
    text: Mapped[str] = mapped_column(Words)
    raw: Mapped[bytes | None] = mapped_column(LargeBinary)
    __table_args__ = (
        UniqueConstraint("owner_id", "id"),
        UniqueConstraint("owner_id", "message_id"),
        belongs_to("contact", "contact_id"),
        Index("ix_message_contact", "owner_id", "contact_id", "recorded_at"),
        Index("ix_message_sender", "owner_id", "sender_key", "recorded_at"),
        Index(
            "ix_message_raw",
            "owner_id",
            "recorded_at",
            sqlite_where=HAS_RAW,
            postgresql_where=HAS_RAW,
        ),
    )


class SightingEntry(Placed, Base):
    """One place a message was seen at."""

    __tablename__ = "sighting"
    message_pk: Mapped[int]
    __table_args__ = (
        UniqueConstraint("owner_id", "account", "mailbox", "uidvalidity", "uid"),
        belongs_to("message", "message_pk"),
        Index("ix_sighting_message", "owner_id", "message_pk"),
    )


class QuarantineEntry(Placed, Base):
    """A message that could not be understood, with its bytes."""

    __tablename__ = "quarantine"
    reason: Mapped[str] = mapped_column(Words)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    quarantined_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (
        UniqueConstraint("owner_id", "account", "mailbox", "uidvalidity", "uid"),
        ONCE,
    )


class NewcomerEntry(Owned, Base):
    """An unknown human who wrote to the owner; offered, never adopted silently."""

    __tablename__ = "newcomer"
    key: Mapped[str] = mapped_column(Key)
    written: Mapped[str] = mapped_column(Words)
    name: Mapped[str] = mapped_column(Words)
    message_pk: Mapped[int]
    first_at: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)
    mails: Mapped[int]
    mails_out: Mapped[int | None]
    __table_args__ = (
        UniqueConstraint("owner_id", "key"),
        belongs_to("message", "message_pk"),
        Index("ix_newcomer_last", "owner_id", "last_at"),
        Index("ix_newcomer_message", "owner_id", "message_pk"),
    )


class ReceiptEntry(Owned, Base):
    """A promise to answer one mail of the owner's; open until the answer is queued."""

    __tablename__ = "receipt"
    message_pk: Mapped[int]
    in_reply_to: Mapped[str | None] = mapped_column(Key)
    references: Mapped[tuple[str, ...]] = mapped_column(Strings)
    subject: Mapped[str] = mapped_column(Words)
    lines: Mapped[list[Json]] = mapped_column(Document)
    contact_ids: Mapped[list[int]] = mapped_column(Document)
    created_at: Mapped[datetime] = mapped_column(Instant)
    is_open: Mapped[bool]
    __table_args__ = (
        UniqueConstraint("owner_id", "message_pk"),
        belongs_to("message", "message_pk"),
        Index(
            "ix_receipt_open",
            "owner_id",
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
    )


class TroubleEntry(Owned, Base):
    """One line for the summary's last section."""

    __tablename__ = "trouble"
    key: Mapped[str] = mapped_column(Key)
    kind: Mapped[str] = mapped_column(Key)
    text: Mapped[str] = mapped_column(Words)
    first_at: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)
    times: Mapped[int]
    __table_args__ = (
        UniqueConstraint("owner_id", "key"),
        Index("ix_trouble_last", "owner_id", "last_at"),
    )
