"""The table of what the owner said about everybody with a tag."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailflow.model.contact import Tier
from mailflow.store.columns import Base, Instant, Key, one_of
from mailflow.store.mail_tables import Owned


class TagRuleEntry(Owned, Base):
    """Tier, cadence and pause of those with the tag, for whoever gets it later; `tag` is folded."""

    __tablename__ = "tag_rule"
    tag: Mapped[str] = mapped_column(Key)
    tier: Mapped[Tier | None] = mapped_column(one_of(Tier))
    every_days: Mapped[int | None]
    paused_until: Mapped[datetime | None] = mapped_column(Instant)
    set_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (UniqueConstraint("owner_id", "tag"),)
