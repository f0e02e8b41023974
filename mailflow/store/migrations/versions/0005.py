"""A band set by hand, rules by tag, languages, and what is usual for the owner."""

import sqlalchemy as sa
from alembic import op

from mailflow.store.migrations.pieces import table, unique

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Columns that may be null, and one table."""
    op.add_column("contact", sa.Column("own_band", sa.String(32), nullable=True))
    op.add_column("contact", sa.Column("language", sa.Text(), nullable=True))
    op.add_column("correspondent", sa.Column("language", sa.Text(), nullable=True))
    op.add_column("owner", sa.Column("usual", sa.JSON(), nullable=True))
    op.add_column("newcomer", sa.Column("mails_out", sa.Integer(), nullable=True))
    table(
        "tag_rule",
        unique("tag_rule", "tag"),
        text="tag",
        word="tier?",
        number="every_days?",
        instant="paused_until? set_at",
    )
