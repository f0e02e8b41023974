"""Tokens made for letters: the row is stored, the token itself only ever travels."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from mailflow.approving import token
from mailflow.store import queue
from mailflow.store.database import Session
from mailflow.tick.house import House


def mint_token(
    s: Session,
    house: House,
    purpose: str,
    items: Sequence[tuple[int, int | None, int]],
    now: datetime,
    *,
    contact_id: int | None = None,
    people: Mapping[int, int] = MappingProxyType({}),
) -> int:
    """A token for these (number, draft id, version), good for seven days; its id.

    `contact_id` is whom it is about when it decides on a person instead of drafts, `people` the
    same by number.
    """
    salt = house.salt()
    expires_at = now + house.policy.approval_expires_after
    token_id = queue.add_token(
        s, house.owner_id, purpose, items, now, expires_at, salt,
        contact_id=contact_id, people=people,
    )  # fmt: skip
    plain = token.derive(house.secret, token_id, salt)
    queue.set_token_hash(s, house.owner_id, token_id, token.digest(house.secret, plain))
    return token_id
