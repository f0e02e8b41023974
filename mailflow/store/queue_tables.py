"""The tables of what goes out: drafts, the tokens that approve them, letters to the owner."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mailflow.model.draft import LIVE, DraftState, Purpose
from mailflow.model.letter import LetterKind, LetterState
from mailflow.store.columns import (
    ONCE,
    Base,
    Document,
    Instant,
    Key,
    Strings,
    Words,
    belongs_to,
    one_of,
)
from mailflow.store.mail_tables import Owned

LIVE_DRAFT = text("state IN ({})".format(", ".join(f"'{state}'" for state in sorted(LIVE))))
"""Literal, not bound: SQLite uses a partial index only when the query repeats its very words."""

LIVE_ALONE = text(f"{LIVE_DRAFT.text} AND introduction_id IS NULL")
LIVE_IN_INTRODUCTION = text(f"{LIVE_DRAFT.text} AND introduction_id IS NOT NULL")
OF_INTRODUCTION = text("introduction_id IS NOT NULL")
STILL_PLACED = text("placed_version IS NOT NULL")
TO_FILE = text("state = 'sent' AND filed_at IS NULL AND sending_at IS NOT NULL")
TO_SHOW = text("want_shown")
LETTER_UNDER_WAY = text("state IN ('queued', 'sending')")


class DraftEntry(Owned, Base):
    """A mail to one contact, from the first word to what became of it.

    `look_at` is when deciding must see it next (None: never by itself), `held_because` why not now.
    `approved_version` is the text the owner said ok to, `shown_version` the last one shown.
    `placed_*` tell where its copy lies in the Drafts mailbox. `second_*` are the other recipient of
    an introduction.
    """

    __tablename__ = "draft"
    contact_id: Mapped[int]
    purpose: Mapped[Purpose] = mapped_column(one_of(Purpose))
    state: Mapped[DraftState] = mapped_column(one_of(DraftState, checked=True))
    version: Mapped[int]
    to_key: Mapped[str] = mapped_column(Key)
    to_written: Mapped[str] = mapped_column(Words)
    to_name: Mapped[str] = mapped_column(Words)
    subject: Mapped[str] = mapped_column(Words)
    body: Mapped[str] = mapped_column(Words)
    created_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    look_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Words)
    held_because: Mapped[str] = mapped_column(Words)
    lint: Mapped[tuple[str, ...]] = mapped_column(Strings)
    message_id: Mapped[str | None] = mapped_column(Key)
    in_reply_to: Mapped[str | None] = mapped_column(Words)
    references: Mapped[tuple[str, ...]] = mapped_column(Strings)
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_version: Mapped[int | None]
    shown_version: Mapped[int | None]
    want_shown: Mapped[bool]
    sending_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    filed_at: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int]
    failure: Mapped[str] = mapped_column(Words)
    account: Mapped[str] = mapped_column(Words)
    placed_version: Mapped[int | None]
    placed_mailbox: Mapped[str | None] = mapped_column(Words)
    placed_uidvalidity: Mapped[int | None] = mapped_column(BigInteger)
    placed_uid: Mapped[int | None] = mapped_column(BigInteger)
    introduction_id: Mapped[int | None]
    second_contact_id: Mapped[int | None]
    second_key: Mapped[str | None] = mapped_column(Key)
    second_written: Mapped[str | None] = mapped_column(Words)
    second_name: Mapped[str | None] = mapped_column(Words)
    __table_args__ = (
        UniqueConstraint("owner_id", "id"),
        UniqueConstraint("owner_id", "message_id"),
        belongs_to("contact", "contact_id"),
        Index(
            "uq_draft_live",
            "owner_id",
            "contact_id",
            "purpose",
            unique=True,
            sqlite_where=LIVE_ALONE,
            postgresql_where=LIVE_ALONE,
        ),
        Index(
            "uq_draft_live_introduction",
            "owner_id",
            "contact_id",
            "purpose",
            "introduction_id",
            unique=True,
            sqlite_where=LIVE_IN_INTRODUCTION,
            postgresql_where=LIVE_IN_INTRODUCTION,
        ),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint(
            "state NOT IN ('approved', 'sending', 'uncertain') OR"
            " (approved_at IS NOT NULL AND approved_version = version)",
            name="approved_as_shown",
        ),
        CheckConstraint(
            "state NOT IN ('sending', 'uncertain') OR"
            " (sending_at IS NOT NULL AND message_id IS NOT NULL)",
            name="claimed_by_name",
        ),
        CheckConstraint(
            "state NOT IN ('sent', 'bounced') OR sent_at IS NOT NULL", name="sent_at_a_time"
        ),
        Index("ix_draft_contact", "owner_id", "contact_id"),
        Index(
            "ix_draft_introduction",
            "owner_id",
            "introduction_id",
            sqlite_where=OF_INTRODUCTION,
            postgresql_where=OF_INTRODUCTION,
        ),
        Index("ix_draft_look", "owner_id", "look_at"),
        Index("ix_draft_sending", "owner_id", "sending_at"),
        Index("ix_draft_sent", "owner_id", "sent_at"),
        Index("ix_draft_created", "owner_id", "created_at"),
        Index("ix_draft_settled", "owner_id", "settled_at"),
        # of indexes that lead to one order SQLite takes the partial one: this serves ORDER BY id
        Index("ix_draft_live", "owner_id", sqlite_where=LIVE_DRAFT, postgresql_where=LIVE_DRAFT),
        Index("ix_draft_show", "owner_id", sqlite_where=TO_SHOW, postgresql_where=TO_SHOW),
        Index("ix_draft_file", "owner_id", sqlite_where=TO_FILE, postgresql_where=TO_FILE),
        Index(
            "ix_draft_placed", "owner_id", sqlite_where=STILL_PLACED, postgresql_where=STILL_PLACED
        ),
        ONCE,
    )


class TokenEntry(Owned, Base):
    """A token sent to the owner: its keyed hash, never itself."""

    __tablename__ = "token"
    purpose: Mapped[str] = mapped_column(Words)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (
        UniqueConstraint("owner_id", "id"),
        UniqueConstraint("owner_id", "digest"),
        Index("ix_token_expires", "owner_id", "expires_at"),
    )


class TokenItemEntry(Owned, Base):
    """One thing a token decides on: a draft as it stood in one version, or a person."""

    __tablename__ = "token_item"
    token_id: Mapped[int]
    number: Mapped[int]
    draft_id: Mapped[int | None]
    contact_id: Mapped[int | None]
    version: Mapped[int]
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    is_void: Mapped[bool]
    __table_args__ = (
        UniqueConstraint("owner_id", "token_id", "number"),
        belongs_to("token", "token_id"),
        belongs_to("draft", "draft_id"),
        belongs_to("contact", "contact_id"),
        Index("ix_token_item_draft", "owner_id", "draft_id"),
        Index("ix_token_item_contact", "owner_id", "contact_id"),
    )


class LetterEntry(Owned, Base):
    """A mail to the owner. `key` makes letters about the same thing one letter.

    `pictures` are small JPEGs its HTML shows, by name, in base64. `is_understood` says of an answer
    that the mail it answers was, so that no machine wrote it.
    """

    __tablename__ = "letter"
    kind: Mapped[LetterKind] = mapped_column(one_of(LetterKind))
    state: Mapped[LetterState] = mapped_column(one_of(LetterState, checked=True))
    key: Mapped[str | None] = mapped_column(Key)
    subject: Mapped[str] = mapped_column(Words)
    body: Mapped[str] = mapped_column(Words)
    html: Mapped[str] = mapped_column(Words)
    created_at: Mapped[datetime] = mapped_column(Instant)
    token_id: Mapped[int | None]
    in_reply_to: Mapped[str | None] = mapped_column(Words)
    references: Mapped[tuple[str, ...]] = mapped_column(Strings)
    period: Mapped[str | None] = mapped_column(Key)
    attempts: Mapped[int]
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    message_id: Mapped[str | None] = mapped_column(Key)
    sending_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    failure: Mapped[str] = mapped_column(Words)
    pictures: Mapped[dict[str, str] | None] = mapped_column(Document(none_as_null=True))
    is_understood: Mapped[bool | None]
    __table_args__ = (
        UniqueConstraint("owner_id", "key"),
        UniqueConstraint("owner_id", "period"),
        belongs_to("token", "token_id", ondelete=None),
        CheckConstraint("state <> 'sending' OR sending_at IS NOT NULL", name="claimed_at_a_time"),
        Index(
            "ix_letter_way",
            "owner_id",
            sqlite_where=LETTER_UNDER_WAY,
            postgresql_where=LETTER_UNDER_WAY,
        ),
        Index("ix_letter_created", "owner_id", "created_at"),
        Index("ix_letter_message", "owner_id", "message_id"),
        Index("ix_letter_token", "owner_id", "token_id"),
    )
