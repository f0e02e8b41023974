"""The tables of introductions offered to the owner, and of those that were made to the owner."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailflow.model.suggestion import Decided
from mailflow.store.columns import Base, Instant, Key, Words, belongs_to, one_of
from mailflow.store.mail_tables import Owned


class SuggestionEntry(Owned, Base):
    """A pair as one summary offered it, under `number` of the letter whose token is `token_id`.

    The token may be gone before the pair may be offered again: the two are not tied together.
    """

    __tablename__ = "suggestion"
    first_id: Mapped[int]
    second_id: Mapped[int]
    why_first: Mapped[str] = mapped_column(Words)
    why_second: Mapped[str] = mapped_column(Words)
    shown_at: Mapped[datetime] = mapped_column(Instant)
    token_id: Mapped[int]
    number: Mapped[int]
    decided: Mapped[Decided | None] = mapped_column(one_of(Decided))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (
        UniqueConstraint("owner_id", "token_id", "number"),
        belongs_to("contact", "first_id"),
        belongs_to("contact", "second_id"),
        CheckConstraint("first_id <> second_id", name="two_people"),
        Index("ix_suggestion_shown", "owner_id", "shown_at"),
        Index("ix_suggestion_first", "owner_id", "first_id"),
        Index("ix_suggestion_second", "owner_id", "second_id"),
    )


class BroughtEntry(Owned, Base):
    """An introduction made to the owner: `by_id` brought `contact_id`, on `brought_at`.

    `source` is the mail or line that says so.
    """

    __tablename__ = "brought"
    contact_id: Mapped[int]
    by_id: Mapped[int]
    brought_at: Mapped[datetime] = mapped_column(Instant)
    source: Mapped[str] = mapped_column(Key)
    __table_args__ = (
        UniqueConstraint("owner_id", "contact_id", "by_id"),
        belongs_to("contact", "contact_id"),
        belongs_to("contact", "by_id"),
        CheckConstraint("contact_id <> by_id", name="two_people"),
        Index("ix_brought_by", "owner_id", "by_id"),
        Index("ix_brought_at", "owner_id", "brought_at"),
    )
