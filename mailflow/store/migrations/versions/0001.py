"""The first tables."""

from mailflow.store.migrations.first import mail, people, queue

revision = "0001"
down_revision = None


def upgrade() -> None:
    """People, then the mail that refers to them, then what goes out to them."""
    people.make()
    mail.make()
    queue.make()
