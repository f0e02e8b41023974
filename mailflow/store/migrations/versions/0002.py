"""The owner's past mail: correspondents, exchanges, how far it was read."""

import sqlalchemy as sa
from alembic import op

from mailflow.store.migrations.pieces import columns, owned, refers, table, unique

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Three tables that nothing older refers to."""
    table(
        "correspondent",
        unique("correspondent", "id"),
        unique("correspondent", "key"),
        text="key written name",
        number="utc_offset?",
    )
    table(
        "exchange",
        unique("exchange", "correspondent_id", "message_id"),
        refers("exchange", "correspondent_id", "correspondent"),
        number="correspondent_id people",
        text="message_id",
        word="direction",
        instant="at",
    )
    op.create_table(
        "past_cursor",
        sa.Column("owner_id", sa.Integer, nullable=False),
        *columns(
            {
                "text": "account mailbox",
                "big": "uidvalidity last_uid",
                "day": "since_on?",
                "instant": "moved_at",
            }
        ),
        sa.PrimaryKeyConstraint("owner_id", "account", "mailbox", name="pk_past_cursor"),
        owned("past_cursor"),
    )
