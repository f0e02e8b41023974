"""The tables of cards on their way in: pictures yet to be read, and what each card changed."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailflow.store.columns import Base, Document, Instant, Json, Key, belongs_to
from mailflow.store.mail_tables import Owned


class PictureEntry(Owned, Base):
    """A mail of the owner's whose pictures are yet to be read; the mail's own bytes are kept.

    `look_at` is when to try, `tries` how often that began and came to no end, `is_told` whether the
    owner has been told that they wait, `is_quiet` that nothing is to be drafted from them.
    """

    __tablename__ = "picture"
    message_pk: Mapped[int]
    look_at: Mapped[datetime] = mapped_column(Instant)
    tries: Mapped[int]
    is_told: Mapped[bool]
    is_quiet: Mapped[bool]
    __table_args__ = (
        UniqueConstraint("owner_id", "message_pk"),
        belongs_to("message", "message_pk"),
        Index("ix_picture_look", "owner_id", "look_at"),
    )


class ChangeEntry(Owned, Base):
    """What one card or correction changed of a contact, so that it can be taken back.

    `batch` is what the owner did it by: one mail, or one command. `before` and `after` hold the
    fields that changed and the addresses as they were and became; of somebody new nothing.
    """

    __tablename__ = "contact_change"
    contact_id: Mapped[int]
    batch: Mapped[str] = mapped_column(Key)
    source: Mapped[str] = mapped_column(Key)
    is_new: Mapped[bool]
    before: Mapped[Json] = mapped_column(Document)
    after: Mapped[Json] = mapped_column(Document)
    made_at: Mapped[datetime] = mapped_column(Instant)
    __table_args__ = (
        belongs_to("contact", "contact_id"),
        Index("ix_contact_change_contact", "owner_id", "contact_id"),
        Index("ix_contact_change_made", "owner_id", "made_at"),
    )
