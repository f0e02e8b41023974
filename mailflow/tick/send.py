"""Approved drafts leave: claimed, committed, sent, settled; never twice, never forgotten."""

from datetime import datetime, timedelta

import structlog

from mailflow import faults
from mailflow.drafting.compose import compose_draft
from mailflow.errors import DraftingError, MailboxError
from mailflow.model.address import Address
from mailflow.model.draft import Draft, DraftEvent, DraftState, Purpose
from mailflow.model.summary import TroubleKind
from mailflow.model.wire import Accepted, Outcome, Refused, Unknown
from mailflow.outbox import file
from mailflow.outbox.backoff import next_try
from mailflow.outbox.send import send
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.store.queue import NotClaimed
from mailflow.tick.caught_up import is_caught_up
from mailflow.tick.house import House
from mailflow.tick.introduce_mail import was_refused
from mailflow.tick.introductions import left
from mailflow.tick.touched import is_held_for_owner

log = structlog.get_logger()
UNREACHABLE = timedelta(minutes=5)
"""How long a mail is held back while the account cannot be read."""
NOT_NOW = timedelta(hours=1)
"""How long a mail to both rests that may not be claimed."""
WITNESS_DUE = timedelta(seconds=60)
"""How long the witness is waited for before a copy is appended to Sent."""


def send_draft(house: House, draft_id: int, now: datetime) -> bool:
    """Claim one approved draft and send it; True when the server took it.

    1. The claim and the Message-ID are committed before SMTP begins.
    2. The service's address rides along in the envelope as a witness.
    3. Whatever came back is settled in a transaction of its own; if the process dies before
       that, `recover` finds the draft in `sending` and searches the account.
    """
    # Asked before the claim: an account that cannot be reached holds the mail back, and neither
    # the contact's unread answer nor the search after a crash could be seen.
    is_introduction = _is_introduction(house, draft_id)
    try:
        files_itself = house.accounts[house.main].files_sent_itself
        if is_introduction and not is_caught_up(house):
            with house.store.begin() as s:
                queue.hold(s, house.owner_id, draft_id, now, "New mail is read first.")
            return False
        if is_held_for_owner(house, draft_id, now):
            return False
    except MailboxError as error:
        with house.store.begin() as s:
            queue.hold(s, house.owner_id, draft_id, now + UNREACHABLE, str(error))
        return False
    witness = None if files_itself else house.identity.service
    faults.point("before_claim")
    with house.store.begin() as s:
        claimed = queue.claim(s, house.owner_id, draft_id, house.new_message_id(), now)
        if isinstance(claimed, NotClaimed):
            log.info("not claimed", draft=draft_id, reason=claimed.reason)
            if is_introduction:  # deciding knows one of the two only, and would try it at once
                queue.hold(s, house.owner_id, draft_id, now + NOT_NOW, claimed.reason)
            return False
    faults.point("claimed")
    try:
        outcome = _send(house, claimed, witness, now)
    except DraftingError as error:
        outcome = Refused(is_permanent=True, code=0, detail=str(error))
    faults.point("answered")
    settle(house, claimed, outcome, now)
    faults.point("settled")
    return isinstance(outcome, Accepted)


def _is_introduction(house: House, draft_id: int) -> bool:
    """Whether it is a mail to both: a no that lies unread in the mailbox still forbids it."""
    with house.store.begin(is_redone=True) as s:
        found = facts.drafts(s, house.owner_id, (DraftState.APPROVED,))
    return any(d.id == draft_id and d.purpose is Purpose.INTRODUCTION for d in found)


def _send(house: House, draft: Draft, witness: Address | None, now: datetime) -> Outcome:
    assert draft.message_id is not None
    data = compose_draft(draft, house.identity, message_id=draft.message_id, date=now)
    return send(
        house.posts[house.main],
        data,
        sender=house.identity.address,
        to=recipients(house, draft)[0],
        also=recipients(house, draft)[1:],
        witness=witness,
    )


def recipients(house: House, draft: Draft) -> tuple[Address, ...]:
    """Where it really goes: the sandbox address, when the owner set one."""
    sandbox = house.policy.sandbox_address
    return draft.recipients if sandbox is None else (sandbox,)


def settle(house: House, draft: Draft, outcome: Outcome, now: datetime) -> None:
    """Write the fate of a draft in `sending`."""
    owner_id = house.owner_id
    with house.store.begin() as s:
        match outcome:
            case Accepted():
                queue.settle(s, owner_id, draft.id, DraftEvent.ACCEPTED, now)
                _note_sent(s, house, draft, now)
            case Unknown(detail=detail):
                # It stays in `sending`: `recover` searches the account before anybody is asked.
                log.warning("the line was lost", draft=draft.id, detail=detail)
            case Refused(detail=detail) as refused:
                retry_at = None if refused.is_permanent else next_try(draft.attempts, now)
                if retry_at is not None:
                    queue.settle(
                        s, owner_id, draft.id, DraftEvent.REFUSED_FOR_NOW, now,
                        failure=detail, retry_at=retry_at,
                    )  # fmt: skip
                    return
                queue.settle(s, owner_id, draft.id, DraftEvent.REFUSED, now, failure=detail)
                record.wake_contact(s, owner_id, draft.contact_id, now)
                was_refused(s, house, draft, refused.recipient, detail, now)
                text = f"The mail to {draft.to} (“{draft.subject}”) was refused: {detail}"
                record.add_trouble(
                    s,
                    owner_id,
                    TroubleKind.FAILED,
                    text,
                    now,
                    key=f"failed {draft.id} {draft.version}",
                )


def _note_sent(s: Session, house: House, draft: Draft, now: datetime) -> None:
    """What was sent is an interaction, and moves the contact's clock."""
    record.add_sent_interaction(s, house.owner_id, draft, now)
    record.wake_contact(s, house.owner_id, draft.contact_id, now)
    left(s, house, draft, now)


def recover(house: House, now: datetime) -> None:
    """Decide what became of drafts found in `sending` or `uncertain`.

    Their Message-ID is searched for in Sent, All Mail and, as the witness, INBOX. Found means
    sent. Not found after a grace time means nobody can tell: `uncertain`, and the owner is asked.
    """
    with house.store.begin() as s:
        orphans = queue.sending(s, house.owner_id)
        orphans += facts.drafts(s, house.owner_id, states=(DraftState.UNCERTAIN,))
    for draft in orphans:
        assert draft.message_id is not None
        try:
            found = file.find(house.accounts[house.main], draft.message_id)
        except MailboxError as error:
            log.warning("cannot search for a sent mail yet", draft=draft.id, error=str(error))
            continue
        with house.store.begin() as s:
            if found:
                queue.settle(s, house.owner_id, draft.id, DraftEvent.FOUND, now)
                _note_sent(s, house, draft, now)
            elif draft.state is DraftState.SENDING and now >= _given_up_at(house, draft, now):
                failure = "mailflow was interrupted while it was being sent"
                queue.settle(s, house.owner_id, draft.id, DraftEvent.LOST, now, failure=failure)


def _given_up_at(house: House, draft: Draft, now: datetime) -> datetime:
    return (draft.sending_at or now) + house.policy.uncertain_after


def file_sent(house: House, now: datetime) -> None:
    """Put what was sent into Sent: the witness moved there, or a copy appended."""
    with house.store.begin() as s:
        unfiled = queue.unfiled(s, house.owner_id)
    for draft in unfiled:
        if draft.message_id is None or draft.sent_at is None:
            continue
        data = compose_draft(
            draft, house.identity, message_id=draft.message_id,
            date=draft.sending_at or draft.sent_at,
        )  # fmt: skip
        wait = now < draft.sent_at + WITNESS_DUE
        try:
            done = file.file_sent(
                house.accounts[house.main], data, draft.message_id, draft.sent_at,
                wait_for_witness=wait,
            )  # fmt: skip
        except MailboxError as error:
            log.warning("cannot file a sent mail yet", draft=draft.id, error=str(error))
            continue
        faults.point("filed")
        if done:
            with house.store.begin() as s:
                queue.mark_filed(s, house.owner_id, draft.id, now)
