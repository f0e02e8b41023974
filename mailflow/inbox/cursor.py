"""What to read of a mailbox, told from where it was left and where it ends now; pure."""

from dataclasses import dataclass

from mailflow.model.wire import Cursor


@dataclass(frozen=True, slots=True)
class Start:
    """Never seen before: begin behind `cursor`, leaving the owner's old mail alone."""

    cursor: Cursor


@dataclass(frozen=True, slots=True)
class Continue:
    """There may be mail with UIDs above `cursor`'s."""

    cursor: Cursor


@dataclass(frozen=True, slots=True)
class Renumbered:
    """UIDVALIDITY changed: the old UIDs mean nothing any more (RFC 9051 §2.3.1.1)."""

    cursor: Cursor
    """Where the renumbered mailbox ends now."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing has come since."""


Step = Start | Continue | Renumbered | Nothing


def plan(stored: Cursor | None, server: Cursor) -> Step:
    """Compare the stored cursor with the server's.

    A UIDNEXT that went back under an unchanged UIDVALIDITY (a mailbox restored from a backup)
    breaks the protocol's promise in the same way as a new UIDVALIDITY does.
    """
    if stored is None:
        return Start(server)
    if stored.uidvalidity != server.uidvalidity or server.last_uid < stored.last_uid:
        return Renumbered(server)
    if server.last_uid == stored.last_uid:
        return Nothing()
    return Continue(stored)
