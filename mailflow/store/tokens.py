"""Tokens as the store knows them: a keyed hash, what it decides on, and whether it was used."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from mailflow.store.inserts import insert_new, table_of
from mailflow.store.tables import TokenEntry, TokenItemEntry

TOKENS = table_of(TokenEntry)
SALTS = select(TOKENS.c.id, TOKENS.c.salt).where(
    TOKENS.c.owner_id == bindparam("of"), TOKENS.c.id.in_(bindparam("ids", expanding=True))
)
NAME_IT = update(TOKENS).where(TOKENS.c.owner_id == bindparam("of"), TOKENS.c.id == bindparam("pk"))


@dataclass(frozen=True, slots=True)
class TokenItem:
    """One thing a token decides on. `is_void` when it was edited or settled in the meantime."""

    number: int
    draft_id: int | None
    version: int
    used_at: datetime | None = None
    contact_id: int | None = None
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token that was sent to the owner; its plain text is known to nobody but the mail."""

    id: int
    purpose: str
    expires_at: datetime
    items: tuple[TokenItem, ...]
    salt: bytes = b""


def add_token(
    s: Session,
    owner_id: int,
    purpose: str,
    items: Sequence[tuple[int, int | None, int]],
    now: datetime,
    expires_at: datetime,
    salt: bytes,
    *,
    contact_id: int | None = None,
    people: Mapping[int, int] = MappingProxyType({}),
) -> int:
    """A token for (number, draft id, version) each; `contact_id` is whom a token without a draft
    is about (to erase or to export), `people` the same by number."""
    values = {
        "owner_id": owner_id,
        "purpose": purpose,
        "salt": salt,
        "created_at": now,
        "expires_at": expires_at,
    }
    token_id = insert_new(s, TokenEntry, values)
    if token_id is None:  # nothing of a token is unique before its hash is set
        raise RuntimeError("a token could not be inserted")
    rows = [
        {
            "owner_id": owner_id,
            "token_id": token_id,
            "number": number,
            "draft_id": draft_id,
            "contact_id": people.get(number, contact_id) if draft_id is None else None,
            "version": version,
            "is_void": False,
        }
        for number, draft_id, version in items
    ]
    if rows:
        s.execute(insert(table_of(TokenItemEntry)), rows)
    return token_id


def set_token_hash(s: Session, owner_id: int, token_id: int, digest: bytes) -> None:
    """Keep the keyed hash the token will be known by."""
    s.execute(NAME_IT, {"of": owner_id, "pk": token_id, "digest": digest})


def token_salts(s: Session, owner_id: int, token_ids: Sequence[int]) -> dict[int, bytes]:
    """The salts that these tokens are derived with, by their ids; those that are gone are not in
    it."""
    if not token_ids:
        return {}
    rows = s.execute(SALTS, {"of": owner_id, "ids": list(token_ids)})
    return {row.id: row.salt for row in rows}


def find_token(s: Session, owner_id: int, digests: Sequence[bytes]) -> TokenRow | None:
    """The token with one of these hashes, expired or used ones too: the caller tells the owner."""
    if not digests:
        return None
    found = s.scalars(
        select(TokenEntry)
        .where(TokenEntry.owner_id == owner_id, TokenEntry.digest.in_(digests))
        .order_by(TokenEntry.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    items = _items(s, owner_id, [found.id])[found.id]
    return TokenRow(found.id, found.purpose, found.expires_at, items, found.salt)


def use_token_item(s: Session, owner_id: int, token_id: int, number: int, now: datetime) -> bool:
    """Use one item up; False when it was used before, is void, has expired, or is not there."""
    live_token = select(TokenEntry.id).where(
        TokenEntry.owner_id == owner_id,
        TokenEntry.id == token_id,
        TokenEntry.expires_at > now,
    )
    statement = (
        update(TokenItemEntry)
        .where(
            TokenItemEntry.owner_id == owner_id,
            TokenItemEntry.token_id.in_(live_token),
            TokenItemEntry.number == number,
            TokenItemEntry.used_at.is_(None),
            ~TokenItemEntry.is_void,
        )
        .values(used_at=now)
        .returning(TokenItemEntry.id)
        .execution_options(synchronize_session=False)
    )
    return s.execute(statement).first() is not None


def void_tokens(s: Session, owner_id: int, draft_id: int) -> None:
    """No token decides on this draft any more."""
    s.execute(
        update(table_of(TokenItemEntry))
        .where(
            TokenItemEntry.owner_id == owner_id,
            TokenItemEntry.draft_id == draft_id,
            TokenItemEntry.used_at.is_(None),
        )
        .values(is_void=True)
    )


def _items(s: Session, owner_id: int, token_ids: Iterable[int]) -> dict[int, tuple[TokenItem, ...]]:
    rows = s.scalars(
        select(TokenItemEntry)
        .where(TokenItemEntry.owner_id == owner_id, TokenItemEntry.token_id.in_(token_ids))
        .order_by(TokenItemEntry.number)
    )
    found: dict[int, tuple[TokenItem, ...]] = defaultdict(tuple)
    for row in rows:
        item = TokenItem(
            row.number, row.draft_id, row.version, row.used_at, row.contact_id, row.is_void
        )
        found[row.token_id] += (item,)
    return found
