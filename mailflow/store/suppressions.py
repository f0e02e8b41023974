"""The suppression list: addresses never to be written to, kept as keyed hashes only."""

import hashlib
import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from mailflow.errors import StoreError
from mailflow.model.address import Address
from mailflow.model.contact import Suppression
from mailflow.store.chunks import chunks
from mailflow.store.inserts import insert_new, table_of
from mailflow.store.tables import SuppressionEntry

LIST = table_of(SuppressionEntry)
REASON = select(LIST.c.reason).where(
    LIST.c.owner_id == bindparam("of"), LIST.c.digest == bindparam("digest")
)

REPLACES = {
    Suppression.OPTED_OUT: (Suppression.BOUNCED, Suppression.OPTED_OUT),
    Suppression.FORGOTTEN: tuple(Suppression),
}
"""Which reasons give way to a later one."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An address on the list, by its keyed hash: why it is there and since when (aware UTC)."""

    digest: bytes
    reason: Suppression
    since_at: datetime


def digest_of(s: Session, owner_id: int, key: str) -> bytes:
    """The keyed hash of an address, another for each owner; raises StoreError without a secret."""
    secret = s.info.get("secret")
    if not secret:
        raise StoreError(
            "The store was opened without the secret that keys the suppression list;"
            " nothing may be sent. Look for the secret in the state folder."
        )
    return hmac.digest(secret, f"{owner_id}:{key}".encode(), hashlib.sha256)


def suppress(
    s: Session, owner_id: int, address: Address, reason: Suppression, now: datetime
) -> bool:
    """Never write to the address again; False when it was on the list already.

    The first reason stays, except that a wish to be left alone replaces a bounce and is renewed by
    being said again, and `forgotten` replaces every other.
    """
    digest = digest_of(s, owner_id, address.key)
    values = {"owner_id": owner_id, "digest": digest, "reason": reason, "suppressed_at": now}
    if insert_new(s, SuppressionEntry, values) is not None:
        return True
    if reason in REPLACES:
        itself = (LIST.c.owner_id == owner_id, LIST.c.digest == digest)
        s.execute(
            update(LIST)
            .where(*itself, LIST.c.reason.in_(REPLACES[reason]))
            .values(reason=reason, suppressed_at=now)
        )
    return False


def is_suppressed(s: Session, owner_id: int, address: Address) -> Suppression | None:
    """Why the address is on the list, or None."""
    digest = digest_of(s, owner_id, address.key)
    return s.scalar(REASON, {"of": owner_id, "digest": digest})


def suppressed_among(s: Session, owner_id: int, keys: Iterable[str]) -> dict[str, Suppression]:
    """Those of the folded addresses that are on the list, with the reason."""
    found: dict[str, Suppression] = {}
    for some in chunks(keys):
        digests = {digest_of(s, owner_id, key): key for key in some}
        rows = s.execute(
            select(LIST.c.digest, LIST.c.reason).where(
                LIST.c.owner_id == owner_id, LIST.c.digest.in_(digests)
            )
        )
        found |= {digests[row.digest]: row.reason for row in rows}
    return found


def listed(s: Session, owner_id: int, addresses: Iterable[Address]) -> dict[Address, Listed]:
    """Those of a person's addresses that are on the list."""
    of_digest = {digest_of(s, owner_id, address.key): address for address in addresses}
    rows = s.execute(
        select(LIST.c.digest, LIST.c.reason, LIST.c.suppressed_at)
        .where(LIST.c.owner_id == owner_id, LIST.c.digest.in_(of_digest))
        .order_by(LIST.c.suppressed_at, LIST.c.id)
    )
    return {of_digest[row.digest]: Listed(*row) for row in rows}


def allow(s: Session, owner_id: int, digests: Collection[bytes], until: datetime) -> bool:
    """Take these off the list; False, and nothing changed, when one of them came onto it, or said
    it again, after `until`: whoever overrules a wish has not heard a later one."""
    these = (LIST.c.owner_id == owner_id, LIST.c.digest.in_(digests))
    later = select(LIST.c.id).where(*these, LIST.c.suppressed_at > until)
    if s.scalar(later.limit(1)) is not None:
        return False
    s.execute(delete(LIST).where(*these, LIST.c.suppressed_at <= until))
    return True
