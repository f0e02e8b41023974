"""Pictures of cards waiting to be read, doubts about addresses, and what each card changed."""

import sqlalchemy as sa
from alembic import op

from mailflow.store.migrations.pieces import index, refers, table, unique

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Two tables, and columns that say nothing of what is there already."""
    table(
        "picture",
        unique("picture", "message_pk"),
        refers("picture", "message_pk", "message"),
        number="message_pk tries",
        instant="look_at",
        flag="is_told is_quiet",
    )
    index("ix_picture_look", "picture", "look_at")
    table(
        "contact_change",
        refers("contact_change", "contact_id", "contact"),
        number="contact_id",
        text="batch source",
        flag="is_new",
        json="before after",
        instant="made_at",
    )
    index("ix_contact_change_contact", "contact_change", "contact_id")
    index("ix_contact_change_made", "contact_change", "made_at")
    op.add_column("contact_address", sa.Column("doubt", sa.Text))
    op.add_column("contact_address", sa.Column("crop", sa.LargeBinary))
    op.add_column("contact_field", sa.Column("doubt", sa.Text))
    index("ix_contact_field_phone", "contact_field", "value", where="field = 'phone'")
    op.add_column("letter", sa.Column("pictures", sa.JSON))
