"""Which of our mails, or the owner's, an incoming one belongs to."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select, union_all
from sqlalchemy.orm import Session

from mailflow.model.address import Address
from mailflow.model.draft import Draft
from mailflow.model.facts import Known, SentFact
from mailflow.model.interaction import Direction
from mailflow.model.mail import InboundMessage
from mailflow.model.policy import Identity
from mailflow.store.contacts import contact_id_of
from mailflow.store.due import contact_facts
from mailflow.store.inserts import table_of
from mailflow.store.rows import draft_of
from mailflow.store.tables import DraftEntry, LetterEntry, MessageEntry

MAX_IDS = 200
"""As many of a mail's references are looked at, the latest first; a stranger may write more."""

DRAFTS, LETTERS = map(table_of, (DraftEntry, LetterEntry))
OURS = union_all(
    select(DRAFTS.c.id).where(
        DRAFTS.c.owner_id == bindparam("of"),
        DRAFTS.c.message_id == bindparam("name"),
        DRAFTS.c.sending_at.is_not(None),
    ),
    select(LETTERS.c.id).where(
        LETTERS.c.owner_id == bindparam("of"), LETTERS.c.message_id == bindparam("name")
    ),
)


def known(
    s: Session,
    owner_id: int,
    message: InboundMessage,
    identity: Identity,
    *,
    in_sent: bool,
    is_authentic: bool | None,
) -> Known:
    """What is known about an incoming message before it is classified."""
    sender = message.sender.address if message.sender else None
    answered = (message.in_reply_to, *reversed(message.references))
    return Known(
        is_ours=_is_ours(s, owner_id, message.message_id),
        is_from_owner=identity.is_owner(sender),
        to_service=any(_is_service(each.address, identity.service) for each in message.recipients),
        in_sent=in_sent,
        contact_id=None if sender is None else contact_id_of(s, owner_id, sender),
        is_authentic=is_authentic,
        ours_sent=sent_ids(s, owner_id, [each for each in answered if each]),
    )


def sent_ids(s: Session, owner_id: int, ids: Sequence[str]) -> frozenset[str]:
    """Of these Message-IDs, those of mail that mailflow or the owner sent."""
    wanted = list(dict.fromkeys(ids))[:MAX_IDS]
    if not wanted:
        return frozenset()
    drafts = select(DraftEntry.message_id).where(
        DraftEntry.owner_id == owner_id, DraftEntry.message_id.in_(wanted)
    )
    written = select(MessageEntry.message_id).where(
        MessageEntry.owner_id == owner_id,
        MessageEntry.message_id.in_(wanted),
        MessageEntry.direction == Direction.OUT,
    )
    return frozenset(found for found in s.scalars(union_all(drafts, written)) if found)


def sent_by_message_id(s: Session, owner_id: int, ids: Sequence[str]) -> Draft | None:
    """The draft that went out under the first of these Message-IDs that is one of ours."""
    wanted = list(dict.fromkeys(ids))[:MAX_IDS]
    if not wanted:
        return None
    rows = s.scalars(
        select(DraftEntry).where(DraftEntry.owner_id == owner_id, DraftEntry.message_id.in_(wanted))
    )
    found = {row.message_id: row for row in rows}
    row = next((found[each] for each in wanted if each in found), None)
    return None if row is None else draft_of(row)


def last_subjects(s: Session, owner_id: int, contact_id: int) -> tuple[SentFact, ...]:
    """The mails that went to the contact last, the latest first; raises NotFound."""
    return contact_facts(s, owner_id, contact_id).sent[::-1]


def _is_ours(s: Session, owner_id: int, message_id: str) -> bool:
    return s.execute(OURS, {"of": owner_id, "name": message_id}).first() is not None


def _is_service(address: Address, service: Address) -> bool:
    """The service's address itself, or one made of it for a token (RFC 5233)."""
    if address == service:
        return True
    local, _, domain = service.key.rpartition("@")
    joint = "-" if "+" in local else "+"
    return address.key.startswith(f"{local}{joint}") and address.key.endswith(f"@{domain}")
