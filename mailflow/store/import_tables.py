"""The tables of imports: which file was taken in when, and what each row of it brought."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailflow.model.imports import ContactFormat
from mailflow.store.columns import Base, Document, Instant, Json, Key, Words, belongs_to, one_of
from mailflow.store.mail_tables import Owned


class ImportEntry(Owned, Base):
    """A file of contacts that was taken in; `number` is how the owner calls it."""

    __tablename__ = "contact_import"
    number: Mapped[int]
    name: Mapped[str] = mapped_column(Words)
    format: Mapped[ContactFormat] = mapped_column(one_of(ContactFormat))
    new: Mapped[int]
    merged: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (UniqueConstraint("owner_id", "id"), UniqueConstraint("owner_id", "number"))


class ImportRowEntry(Owned, Base):
    """What one row of a file changed of one contact; `source` is that of its card."""

    __tablename__ = "import_row"
    import_id: Mapped[int]
    contact_id: Mapped[int]
    line: Mapped[int]
    is_new: Mapped[bool]
    source: Mapped[str] = mapped_column(Key)
    brought: Mapped[Json] = mapped_column(Document)
    __table_args__ = (
        UniqueConstraint("owner_id", "source"),
        belongs_to("contact_import", "import_id"),
        belongs_to("contact", "contact_id"),
        Index("ix_import_row_import", "owner_id", "import_id"),
        Index("ix_import_row_contact", "owner_id", "contact_id"),
    )
