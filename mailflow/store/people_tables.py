"""The tables of the people the owner keeps up with."""

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mailflow.model.contact import Band, Suppression, Tier
from mailflow.model.interaction import Deed, Direction
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
from mailflow.store.mail_tables import Owned

IN_FOCUS = text("is_focus")
WARMTH_STALE = text("is_warmth_stale")
IS_PHONE = text("field = 'phone'")


class ContactEntry(Owned, Base):
    """A person. `folded_*` are what names are looked up by; `due_at` is when to look again."""

    __tablename__ = "contact"
    name: Mapped[str] = mapped_column(Words)
    given: Mapped[str] = mapped_column(Words)
    family: Mapped[str] = mapped_column(Words)
    folded_name: Mapped[str] = mapped_column(Key)
    folded_given: Mapped[str] = mapped_column(Key)
    title: Mapped[str] = mapped_column(Words)
    org: Mapped[str] = mapped_column(Words)
    phones: Mapped[list[Json]] = mapped_column(Document)
    urls: Mapped[tuple[str, ...]] = mapped_column(Strings)
    postal: Mapped[str] = mapped_column(Words)
    tier: Mapped[Tier] = mapped_column(one_of(Tier))
    every_days: Mapped[int | None]
    paused_until: Mapped[datetime | None] = mapped_column(Instant)
    is_focus: Mapped[bool]
    is_scored: Mapped[bool]
    own_band: Mapped[Band | None] = mapped_column(one_of(Band))
    event: Mapped[str] = mapped_column(Words)
    tags: Mapped[tuple[str, ...]] = mapped_column(Strings)
    met_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(Words)
    wants: Mapped[str] = mapped_column(Words)
    offers: Mapped[str] = mapped_column(Words)
    promised: Mapped[str] = mapped_column(Words)
    through: Mapped[str] = mapped_column(Words)
    form: Mapped[str] = mapped_column(Words)
    doubts: Mapped[tuple[str, ...]] = mapped_column(Strings)
    utc_offset: Mapped[int | None]
    language: Mapped[str | None] = mapped_column(Words)
    created_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    away_until: Mapped[datetime | None] = mapped_column(Instant)
    last_in_at: Mapped[datetime | None] = mapped_column(Instant)
    last_out_at: Mapped[datetime | None] = mapped_column(Instant)
    last_contact_at: Mapped[datetime | None] = mapped_column(Instant)
    warmth: Mapped[Json | None] = mapped_column(Document(none_as_null=True))
    is_warmth_stale: Mapped[bool]
    __table_args__ = (
        UniqueConstraint("owner_id", "id"),
        Index("ix_contact_due", "owner_id", "due_at"),
        Index("ix_contact_name", "owner_id", "folded_name"),
        Index("ix_contact_given", "owner_id", "folded_given"),
        Index(
            "ix_contact_stale", "owner_id", sqlite_where=WARMTH_STALE, postgresql_where=WARMTH_STALE
        ),
        Index("ix_contact_focus", "owner_id", sqlite_where=IN_FOCUS, postgresql_where=IN_FOCUS),
        ONCE,
    )


class AddressEntry(Owned, Base):
    """An address of a contact; it belongs to one contact only.

    `doubt` says why it must not be written to before the owner saw it (None: it may), `crop` is the
    piece of the picture it was read from.
    """

    __tablename__ = "contact_address"
    contact_id: Mapped[int]
    key: Mapped[str] = mapped_column(Key)
    written: Mapped[str] = mapped_column(Words)
    position: Mapped[int]
    doubt: Mapped[str | None] = mapped_column(Words)
    crop: Mapped[bytes | None] = mapped_column(LargeBinary)
    __table_args__ = (
        UniqueConstraint("owner_id", "key"),
        belongs_to("contact", "contact_id"),
        Index("ix_contact_address_contact", "owner_id", "contact_id"),
    )


class FieldEntry(Owned, Base):
    """Where one field's value came from and how sure it was; every value ever read is kept."""

    __tablename__ = "contact_field"
    contact_id: Mapped[int]
    field: Mapped[str] = mapped_column(Key)
    value: Mapped[str] = mapped_column(Words)
    confidence: Mapped[float]
    source: Mapped[str] = mapped_column(Words)
    read_from: Mapped[str] = mapped_column(Words)
    read_at: Mapped[datetime] = mapped_column(Instant)
    doubt: Mapped[str | None] = mapped_column(Words)
    __table_args__ = (
        belongs_to("contact", "contact_id"),
        Index("ix_contact_field_contact", "owner_id", "contact_id"),
        Index(
            "ix_contact_field_phone",
            "owner_id",
            "value",
            sqlite_where=IS_PHONE,
            postgresql_where=IS_PHONE,
        ),
    )


class CardEntry(Owned, Base):
    """A card that was saved: the same source twice changes nothing."""

    __tablename__ = "card"
    source: Mapped[str] = mapped_column(Key)
    contact_id: Mapped[int]
    message_pk: Mapped[int | None]
    saved_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (
        UniqueConstraint("owner_id", "source"),
        belongs_to("contact", "contact_id"),
        belongs_to("message", "message_pk", ondelete=None),
        Index("ix_card_contact", "owner_id", "contact_id"),
        Index("ix_card_message", "owner_id", "message_pk"),
        Index("ix_card_saved", "owner_id", "saved_at"),
    )


class InteractionEntry(Owned, Base):
    """One recorded exchange."""

    __tablename__ = "interaction"
    contact_id: Mapped[int]
    direction: Mapped[Direction] = mapped_column(one_of(Direction))
    deed: Mapped[Deed] = mapped_column(one_of(Deed))
    at: Mapped[datetime] = mapped_column(Instant)
    source: Mapped[str] = mapped_column(Key)
    people: Mapped[int]
    text: Mapped[str] = mapped_column(Words)
    answers_at: Mapped[datetime | None] = mapped_column(Instant)
    is_weak: Mapped[bool]
    by_mailflow: Mapped[bool]
    message_pk: Mapped[int | None]
    __table_args__ = (
        UniqueConstraint("owner_id", "source"),
        belongs_to("contact", "contact_id"),
        belongs_to("message", "message_pk", ondelete=None),
        Index("ix_interaction_contact", "owner_id", "contact_id", "at"),
        Index("ix_interaction_at", "owner_id", "at"),
        Index("ix_interaction_message", "owner_id", "message_pk"),
    )


class DecisionEntry(Owned, Base):
    """What was decided about a contact, and why; the last twenty are kept."""

    __tablename__ = "decision"
    contact_id: Mapped[int]
    action: Mapped[str] = mapped_column(Words)
    reason: Mapped[str] = mapped_column(Words)
    guards: Mapped[list[Json]] = mapped_column(Document)
    decided_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (
        belongs_to("contact", "contact_id"),
        Index("ix_decision_contact", "owner_id", "contact_id", "id"),
    )


class PromiseEntry(Owned, Base):
    """Something the owner promised; `number` is how the owner calls it."""

    __tablename__ = "promise"
    number: Mapped[int]
    contact_id: Mapped[int]
    text: Mapped[str] = mapped_column(Words)
    due_on: Mapped[date | None]
    made_at: Mapped[datetime] = mapped_column(Instant)
    kept_at: Mapped[datetime | None] = mapped_column(Instant)
    source: Mapped[str | None] = mapped_column(Key)
    __table_args__ = (
        UniqueConstraint("owner_id", "number"),
        UniqueConstraint("owner_id", "source"),
        belongs_to("contact", "contact_id"),
        Index("ix_promise_contact", "owner_id", "contact_id"),
        Index("ix_promise_kept", "owner_id", "kept_at"),
    )


class OutcomeEntry(Owned, Base):
    """What came of knowing somebody."""

    __tablename__ = "outcome"
    contact_id: Mapped[int]
    text: Mapped[str] = mapped_column(Words)
    value: Mapped[int | None]
    event: Mapped[str] = mapped_column(Words)
    came_at: Mapped[datetime] = mapped_column(Instant)
    source: Mapped[str | None] = mapped_column(Key)
    __table_args__ = (
        UniqueConstraint("owner_id", "source"),
        belongs_to("contact", "contact_id"),
        Index("ix_outcome_contact", "owner_id", "contact_id"),
        Index("ix_outcome_at", "owner_id", "came_at"),
    )


class ScoreEntry(Owned, Base):
    """A warmth score when it changed, so that a summary can tell who moved."""

    __tablename__ = "warmth_score"
    contact_id: Mapped[int]
    score: Mapped[int]
    measured_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (
        belongs_to("contact", "contact_id"),
        Index("ix_warmth_score_contact", "owner_id", "contact_id", "measured_at"),
        Index("ix_warmth_score_at", "owner_id", "measured_at"),
    )


class SuppressionEntry(Owned, Base):
    """An address never to be written to, kept as a keyed hash only."""

    __tablename__ = "suppression"
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    reason: Mapped[Suppression] = mapped_column(one_of(Suppression))
    suppressed_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (
        UniqueConstraint("owner_id", "digest"),
        Index("ix_suppression_at", "owner_id", "suppressed_at"),
    )
