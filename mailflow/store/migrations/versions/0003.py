"""Introductions: the pair, each side's answer, what came of it."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing yet."""
