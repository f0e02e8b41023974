"""The tables of introductions: the pair, and each side with what it said."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mailflow.model.introduction import Naming
from mailflow.model.introduction_states import OPEN, IntroductionState, SideState
from mailflow.store.columns import ONCE, Base, Instant, Key, Words, belongs_to, one_of
from mailflow.store.mail_tables import Owned

STILL_OPEN = text("state IN ({})".format(", ".join(f"'{state}'" for state in sorted(OPEN))))
"""Before the mail to both: of a pair there is one such introduction at most."""


class IntroductionEntry(Owned, Base):
    """Two contacts who may gain from knowing each other. `low_id` and `high_id` are the two in
    the order of their numbers, so that a pair is one pair whoever is asked first."""

    __tablename__ = "introduction"
    low_id: Mapped[int]
    high_id: Mapped[int]
    state: Mapped[IntroductionState] = mapped_column(one_of(IntroductionState, checked=True))
    created_at: Mapped[datetime] = mapped_column(Instant)
    since_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    introduced_at: Mapped[datetime | None] = mapped_column(Instant)
    final_id: Mapped[str | None] = mapped_column(Key)
    outcome_asked_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(Words)
    outcome_at: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (
        UniqueConstraint("owner_id", "id"),
        belongs_to("contact", "low_id"),
        belongs_to("contact", "high_id"),
        CheckConstraint("low_id < high_id", name="two_people"),
        CheckConstraint(
            "state NOT IN ('introduced', 'connected', 'quiet') OR introduced_at IS NOT NULL",
            name="introduced_at_a_time",
        ),
        Index(
            "uq_introduction_open",
            "owner_id",
            "low_id",
            "high_id",
            unique=True,
            sqlite_where=STILL_OPEN,
            postgresql_where=STILL_OPEN,
        ),
        Index("ix_introduction_pair", "owner_id", "low_id", "high_id"),
        Index("ix_introduction_high", "owner_id", "high_id"),
        Index("ix_introduction_due", "owner_id", "due_at"),
        Index("ix_introduction_final", "owner_id", "final_id"),
        ONCE,
    )


class SideEntry(Owned, Base):
    """One of the two: `place` 1 is asked first, 2 second. Told apart from the other in every
    column, so that nothing of one side can be read by mistake for the other's."""

    __tablename__ = "introduction_side"
    introduction_id: Mapped[int]
    contact_id: Mapped[int]
    place: Mapped[int]
    why: Mapped[str] = mapped_column(Words)
    naming: Mapped[Naming] = mapped_column(one_of(Naming))
    descriptor: Mapped[str] = mapped_column(Words)
    state: Mapped[SideState] = mapped_column(one_of(SideState, checked=True))
    has_requested: Mapped[bool]
    is_reconfirmed: Mapped[bool]
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    nudged_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    consent_at: Mapped[datetime | None] = mapped_column(Instant)
    again_at: Mapped[datetime | None] = mapped_column(Instant)
    away_until: Mapped[datetime | None] = mapped_column(Instant)
    words: Mapped[str] = mapped_column(Words)
    answer_id: Mapped[str | None] = mapped_column(Words)
    thread_id: Mapped[str | None] = mapped_column(Words)
    thread_subject: Mapped[str] = mapped_column(Words)
    __table_args__ = (
        UniqueConstraint("owner_id", "introduction_id", "place"),
        UniqueConstraint("owner_id", "introduction_id", "contact_id"),
        belongs_to("introduction", "introduction_id"),
        belongs_to("contact", "contact_id"),
        CheckConstraint("place IN (1, 2)", name="place"),
        CheckConstraint(
            "state NOT IN ('yes', 'standing') OR consent_at IS NOT NULL", name="consent_at_a_time"
        ),
        Index("ix_introduction_side_contact", "owner_id", "contact_id"),
    )


class AcquaintedEntry(Owned, Base):
    """Two contacts who were in one mail, the latest of those: they know each other already."""

    __tablename__ = "acquainted"
    low_id: Mapped[int]
    high_id: Mapped[int]
    seen_at: Mapped[datetime] = mapped_column(Instant)
    subject: Mapped[str] = mapped_column(Words)
    __table_args__ = (
        UniqueConstraint("owner_id", "low_id", "high_id"),
        belongs_to("contact", "low_id"),
        belongs_to("contact", "high_id"),
        CheckConstraint("low_id < high_id", name="two_people"),
        Index("ix_acquainted_high", "owner_id", "high_id"),
    )


class NeverEntry(Owned, Base):
    """Two contacts the owner never wants to introduce; one with itself: to nobody at all."""

    __tablename__ = "never_introduce"
    low_id: Mapped[int]
    high_id: Mapped[int]
    __table_args__ = (
        UniqueConstraint("owner_id", "low_id", "high_id"),
        belongs_to("contact", "low_id"),
        belongs_to("contact", "high_id"),
        CheckConstraint("low_id <= high_id", name="in_order"),
        Index("ix_never_introduce_high", "owner_id", "high_id"),
    )
