"""Introductions offered to the owner and made to the owner; answers to what was understood."""

import sqlalchemy as sa
from alembic import op

from mailflow.store.migrations.pieces import check, index, refers, table, unique

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Two tables that nothing refers to, and a column that says nothing of older letters."""
    table(
        "suggestion",
        unique("suggestion", "token_id", "number"),
        refers("suggestion", "first_id", "contact"),
        refers("suggestion", "second_id", "contact"),
        check("suggestion", "two_people", "first_id <> second_id"),
        number="first_id second_id token_id number",
        text="why_first why_second",
        instant="shown_at decided_at?",
        word="decided?",
    )
    index("ix_suggestion_shown", "suggestion", "shown_at")
    index("ix_suggestion_first", "suggestion", "first_id")
    index("ix_suggestion_second", "suggestion", "second_id")
    table(
        "brought",
        unique("brought", "contact_id", "by_id"),
        refers("brought", "contact_id", "contact"),
        refers("brought", "by_id", "contact"),
        check("brought", "two_people", "contact_id <> by_id"),
        number="contact_id by_id",
        text="source",
        instant="brought_at",
    )
    index("ix_brought_by", "brought", "by_id")
    index("ix_brought_at", "brought", "brought_at")
    op.add_column("letter", sa.Column("is_understood", sa.Boolean))
