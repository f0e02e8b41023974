"""Pictures of cards waiting to be read, and which card each field came from."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing yet."""
