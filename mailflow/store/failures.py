"""What a database's failures mean to the owner."""

from sqlalchemy.exc import DBAPIError

from mailflow.errors import StoreUnavailable

SENTENCES: tuple[tuple[str, str], ...] = (
    ("database is locked", "is locked by another program; it is tried again"),
    ("lock timeout", "is locked by another program; it is tried again"),
    ("deadlock", "was wanted by two programs at once; it is tried again"),
    ("disk is full", "has no room left on its disk; free some and mailflow goes on"),
    ("disk full", "has no room left on its disk; free some and mailflow goes on"),
    ("no space left", "has no room left on its disk; free some and mailflow goes on"),
    ("disk i/o error", "cannot be read or written: its disk reports an error"),
    ("readonly", "cannot be written: it or its folder is read-only"),
    ("read-only", "cannot be written: it is read-only"),
    ("unable to open", "cannot be opened: look at its folder and the rights on it"),
    ("malformed", "is damaged; restore it from your backup"),
    ("not a database", "is not a database"),
    ("password authentication failed", "refuses the user name or password"),
    ("does not exist", "does not exist on that server"),
)
"""A word in the engine's message -> what to say of the store; the first that is found."""


def unavailable(error: DBAPIError, place: str) -> StoreUnavailable:
    """The failure as a sentence. Whatever it was, the transaction was not committed."""
    said = str(error.orig)
    lower = said.lower()
    for word, sentence in SENTENCES:
        if word in lower:
            return StoreUnavailable(f"The store {place} {sentence}. Nothing was written.")
    return StoreUnavailable(f"The store {place} cannot be reached ({said.strip()}).")
