"""The table of people who are no contacts, as summaries offered them to the owner."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailflow.store.columns import Base, Instant, Key, Words
from mailflow.store.mail_tables import Owned


class NewcomerOfferEntry(Owned, Base):
    """Somebody as one summary offered them, under `number` of the letter whose token is `token_id`.

    `is_adopted` is what the owner said; None while nothing was said. A no outlives the token.
    `again_at` is from when on they may be offered again, where the owner said when.
    """

    __tablename__ = "newcomer_offer"
    key: Mapped[str] = mapped_column(Key)
    written: Mapped[str] = mapped_column(Words)
    name: Mapped[str] = mapped_column(Words)
    shown_at: Mapped[datetime] = mapped_column(Instant)
    token_id: Mapped[int]
    number: Mapped[int]
    is_adopted: Mapped[bool | None]
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    again_at: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (
        UniqueConstraint("owner_id", "token_id", "number"),
        Index("ix_newcomer_offer_key", "owner_id", "key"),
    )
