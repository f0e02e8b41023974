"""Imports of contacts: what each file brought, so that it can be taken back."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Nothing yet."""
