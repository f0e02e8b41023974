"""People offered to the owner as contacts with the weekly summary, and what was said to it."""

from mailflow.store.migrations.pieces import index, table, unique

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """One table that nothing refers to."""
    table(
        "newcomer_offer",
        unique("newcomer_offer", "token_id", "number"),
        number="token_id number",
        text="key written name",
        instant="shown_at decided_at?",
        flag="is_adopted?",
    )
    index("ix_newcomer_offer_key", "newcomer_offer", "key")
