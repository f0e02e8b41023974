"""What is approved without being shown may only go to addresses without a doubt."""

from typing import TYPE_CHECKING

from mailflow.errors import MailflowError

if TYPE_CHECKING:
    from mailflow.tick.house import House


def demand_seen(h: "House", number: int) -> None:
    """Raises MailflowError when the draft goes to an address the owner has to look at first."""
    from mailflow.store import facts

    with h.store.begin() as s:
        draft = facts.draft(s, h.owner_id, number)
        doubted = facts.unconfirmed(s, h.owner_id, [draft.contact_id]).get(draft.contact_id, ())
    if any(each.address in draft.recipients for each in doubted):
        raise MailflowError(
            f"Draft {number} goes to {draft.to}, an address that was read with doubt: look at it"
            f" with mailflow drafts ok {number}, without --yes."
        )
