"""A new face that was put off is offered again when the owner said so."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """A column that says nothing of older offers."""
    op.add_column("newcomer_offer", sa.Column("again_at", sa.DateTime(timezone=True)))
