"""Sending as the store sees it: claim before SMTP begins, settle after it ended."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from mailflow.model.contact import Suppression
from mailflow.model.draft import Draft, DraftEvent, DraftState
from mailflow.model.facts import BEING_ERASED
from mailflow.store.addresses import unconfirmed, unseen
from mailflow.store.contacts import contact, suppressions_of
from mailflow.store.drafts import Changes, move
from mailflow.store.erasing import is_asked
from mailflow.store.gate import closed_gate
from mailflow.store.queue_tables import LIVE_DRAFT, TO_FILE
from mailflow.store.rows import draft_of
from mailflow.store.suppressions import digest_of, is_suppressed
from mailflow.store.tables import (
    AddressEntry,
    ContactEntry,
    DraftEntry,
    OwnerEntry,
    SuppressionEntry,
)

SETTLING = frozenset(
    {
        DraftEvent.ACCEPTED,
        DraftEvent.FOUND,
        DraftEvent.REFUSED_FOR_NOW,
        DraftEvent.REFUSED,
        DraftEvent.LOST,
        DraftEvent.SENT_BY_OWNER,
        DraftEvent.SEND_AGAIN,
    }
)
"""What can end, or take back, an attempt to send."""


@dataclass(frozen=True, slots=True)
class NotClaimed:
    """The draft may not be sent now; `reason` is a sentence."""

    reason: str


def claim(
    s: Session, owner_id: int, draft_id: int, message_id: str, now: datetime
) -> Draft | NotClaimed:
    """Take an approved draft for sending; SMTP may begin when the caller's transaction is over.

    One conditional update does it, so that of two callers one wins: the draft is approved in its
    present version and due, nothing is paused, and none of its addresses is on the suppression
    list, nor, unless mail there merely bounced, another one of the same person, nor was read with
    doubt and not yet confirmed (`confirm_address`), nor is the owner being asked whether to erase
    somebody it goes to. The mail of an
    introduction needs more, asked under the lock of the introduction: that to both two consents,
    and none that its introduction has outrun leaves. A Message-ID from an earlier attempt is kept.
    """
    draft = _drafted(s, owner_id, draft_id)
    if draft is None:
        return NotClaimed(f"Draft {draft_id} is not there any more.")
    if reason := closed_gate(s, owner_id, draft, now):
        return NotClaimed(reason)
    keys = {address.key for address in draft.recipients}
    suppressed = _suppressed(s, owner_id, draft, keys)
    paused = exists().where(
        ContactEntry.owner_id == owner_id,
        ContactEntry.id.in_(_people(draft)),
        ContactEntry.paused_until > now,
    )
    all_paused = exists().where(OwnerEntry.id == owner_id, OwnerEntry.paused_until > now)
    statement = (
        update(DraftEntry)
        .where(
            DraftEntry.owner_id == owner_id,
            DraftEntry.id == draft_id,
            DraftEntry.to_key == draft.to.key,
            DraftEntry.state == DraftState.APPROVED,
            DraftEntry.approved_version == DraftEntry.version,
            DraftEntry.due_at <= now,
            DraftEntry.look_at <= now,
            ~suppressed,
            ~unseen(owner_id, keys),
            ~paused,
            ~is_asked(owner_id, _people(draft), now),
            ~all_paused,
        )
        .values(
            state=DraftState.SENDING,
            message_id=func.coalesce(DraftEntry.message_id, message_id),
            sending_at=now,
            attempts=DraftEntry.attempts + 1,
            look_at=None,
            want_shown=False,
            held_because="",
        )
        .returning(DraftEntry)
        .execution_options(synchronize_session=False)
    )
    claimed = s.scalars(statement).one_or_none()
    return _why_not(s, owner_id, draft_id, now) if claimed is None else draft_of(claimed)


def settle(
    s: Session,
    owner_id: int,
    draft_id: int,
    event: DraftEvent,
    now: datetime,
    *,
    failure: str = "",
    retry_at: datetime | None = None,
) -> Draft | None:
    """What became of an attempt to send; None when the draft is not (any more) being sent.

    `retry_at` is when a draft that was refused for now may be tried again.
    """
    if event not in SETTLING:
        raise ValueError(f"{event} settles nothing")
    changes: Changes = {"failure": failure}
    if retry_at is not None:
        changes["due_at"] = retry_at
    return move(s, owner_id, draft_id, event, now, **changes)


def sending(s: Session, owner_id: int) -> tuple[Draft, ...]:
    """Drafts that were claimed and not settled: being sent, or left behind by a crash."""
    rows = s.scalars(
        select(DraftEntry)
        .where(DraftEntry.owner_id == owner_id, LIVE_DRAFT, DraftEntry.state == DraftState.SENDING)
        .order_by(DraftEntry.id)
    )
    return tuple(map(draft_of, rows))


def unfiled(s: Session, owner_id: int) -> tuple[Draft, ...]:
    """Drafts that mailflow sent and that are not known to lie in Sent."""
    rows = s.scalars(
        select(DraftEntry).where(DraftEntry.owner_id == owner_id, TO_FILE).order_by(DraftEntry.id)
    )
    return tuple(map(draft_of, rows))


def mark_filed(s: Session, owner_id: int, draft_id: int, now: datetime) -> None:
    """A copy lies in Sent."""
    s.execute(
        update(DraftEntry)
        .where(
            DraftEntry.owner_id == owner_id,
            DraftEntry.id == draft_id,
            DraftEntry.filed_at.is_(None),
        )
        .values(filed_at=now)
        .execution_options(synchronize_session=False)
    )


def _drafted(s: Session, owner_id: int, draft_id: int) -> Draft | None:
    row = s.scalars(
        select(DraftEntry).where(DraftEntry.owner_id == owner_id, DraftEntry.id == draft_id)
    ).one_or_none()
    return None if row is None else draft_of(row)


def _people(draft: Draft) -> list[int]:
    """Everybody the draft is to."""
    return [each for each in (draft.contact_id, draft.second_contact_id) if each is not None]


def _suppressed(s: Session, owner_id: int, draft: Draft, keys: set[str]) -> ColumnElement[bool]:
    return exists().where(
        SuppressionEntry.owner_id == owner_id,
        or_(
            SuppressionEntry.digest.in_([digest_of(s, owner_id, key) for key in keys]),
            and_(
                SuppressionEntry.digest.in_(_digests_of_people(s, owner_id, draft)),
                SuppressionEntry.reason != Suppression.BOUNCED,
            ),
        ),
    )


def _digests_of_people(s: Session, owner_id: int, draft: Draft) -> list[bytes]:
    """Every address of whom the draft is to, as the suppression list knows it."""
    keys = select(AddressEntry.key).where(
        AddressEntry.owner_id == owner_id, AddressEntry.contact_id.in_(_people(draft))
    )
    return [digest_of(s, owner_id, key) for key in s.scalars(keys)]


def _why_not(s: Session, owner_id: int, draft_id: int, now: datetime) -> NotClaimed:
    draft = _drafted(s, owner_id, draft_id)
    if draft is None:
        return NotClaimed(f"Draft {draft_id} is not there any more.")
    if draft.state is not DraftState.APPROVED:
        state = draft.state.value.replace("_", " ")
        return NotClaimed(f"Draft {draft_id} is {state}, not approved.")
    people = [contact(s, owner_id, each) for each in _people(draft)]
    barred = suppressions_of(s, owner_id, people)
    for address, person in zip(draft.recipients, people, strict=False):
        reason = is_suppressed(s, owner_id, address) or barred.get(person.id)
        if reason is not None:
            return NotClaimed(f"{address} is on the suppression list ({reason.because}).")
    if unseen_by := unconfirmed(s, owner_id, _people(draft)):
        address = next(iter(unseen_by.values()))[0].address
        return NotClaimed(f"{address} was read with doubt and is not confirmed yet.")
    if s.scalar(select(is_asked(owner_id, _people(draft), now))):
        return NotClaimed(BEING_ERASED)
    paused = [each for each in people if each.paused_until and each.paused_until > now]
    if paused:
        return NotClaimed(f"{paused[0].label} is paused.")
    all_paused = s.scalar(select(OwnerEntry.paused_until).where(OwnerEntry.id == owner_id))
    if all_paused is not None and all_paused > now:
        return NotClaimed("Everything is paused.")
    return NotClaimed(f"Draft {draft_id} is not due yet.")
