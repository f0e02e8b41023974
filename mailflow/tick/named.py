"""Whom the owner means by a name or an address."""

from mailflow.errors import Ambiguous, NotFound
from mailflow.model.contact import Contact
from mailflow.store import facts
from mailflow.store.database import Session
from mailflow.tick.house import House


def one(s: Session, house: House, text: str) -> Contact:
    """The contact the owner means; raises NotFound or Ambiguous with the candidates."""
    found = facts.find_contacts(s, house.owner_id, text)
    if not found:
        raise NotFound(f"I know nobody called “{text}”; write the address, or add them first.")
    if len(found) > 1:
        names = [f"{c.label} <{c.address}>" if c.address else c.label for c in found[:8]]
        raise Ambiguous(f"“{text}” could be {'; '.join(names)}. Write the address.", names)
    return found[0]
