"""The owner is answered and asked: receipts, transcripts, approval requests, questions."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

import structlog

from mailflow.drafting import letters
from mailflow.errors import StoreUnavailable
from mailflow.model.draft import OPEN_TO_OWNER, Draft, DraftState
from mailflow.model.letter import LetterKind, Receipt, ReceiptItem
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.limits import is_over_limit, is_silent
from mailflow.tick.mint import mint_token
from mailflow.tick.persons import RECEIPT
from mailflow.tick.receipt import receipt_items
from mailflow.tick.told import told_of

log = structlog.get_logger()
SHOWABLE = OPEN_TO_OWNER | {DraftState.DRAFTED}
BATCH = 20
"""Drafts that one approval request shows; the rest come in a second."""


def show(house: House, now: datetime) -> None:
    """Answer every open receipt with its drafts beneath, then ask about the other drafts.

    Each letter is queued, and its drafts marked as shown, in one transaction.
    """
    with house.store.begin(is_redone=True) as s:
        receipts = record.open_receipts(s, house.owner_id)
    for receipt in receipts:
        what = f"answer your mail “{receipt.subject}”"
        with (
            told_of(house, what, f"fault receipt {receipt.id}", now),
            house.store.begin(is_redone=True) as s,
        ):
            _answer(s, house, receipt, now)
    with house.store.begin(is_redone=True) as s:
        waiting = queue.to_show(s, house.owner_id)
        is_quiet = is_silent(s, house, now)
    asked = [d for d in waiting if d.state is not DraftState.UNCERTAIN and not is_quiet]
    for start in range(0, len(asked), BATCH):
        _ask_about(house, asked[start : start + BATCH], now)
    for draft in waiting:
        if draft.state is DraftState.UNCERTAIN:
            with _draft_told_of(house, draft, now), house.store.begin(is_redone=True) as s:
                _ask_whether_sent(s, house, draft, now)


def _ask_about(house: House, drafts: Sequence[Draft], now: datetime) -> None:
    """In one letter; if that fails in one each, so that the bad one keeps back no other."""
    if len(drafts) == 1:
        with _draft_told_of(house, drafts[0], now), house.store.begin(is_redone=True) as s:
            _ask(s, house, drafts, now)
        return
    try:
        with house.store.begin(is_redone=True) as s:
            _ask(s, house, drafts, now)
    except StoreUnavailable:
        raise
    except Exception:
        log.exception("asking about several failed; each is asked about alone")
        for draft in drafts:
            _ask_about(house, [draft], now)


def _draft_told_of(house: House, draft: Draft, now: datetime) -> AbstractContextManager[None]:
    what = f"show you draft {draft.id} to {draft.to_name or draft.to}"
    return told_of(house, what, f"fault show {draft.id}", now)


def _answer(s: Session, house: House, receipt: Receipt, now: datetime) -> None:
    """One owner's mail, answered once, within the limits on answers."""
    contacts = facts.contacts(s, house.owner_id, receipt.contact_ids)
    to_show = queue.to_show(s, house.owner_id, receipt.contact_ids)
    waiting = {draft.contact_id: draft for draft in to_show if draft.state in SHOWABLE}
    items, pictures = receipt_items(s, house, contacts, waiting)
    if items:
        kind = LetterKind.RECEIPT
        values = letters.receipt(items, house.identity, lines=receipt.lines)
    else:
        kind = LetterKind.TRANSCRIPT
        values = letters.transcript(receipt.lines, house.identity)
    is_held = is_over_limit(s, house, now)
    rendered = house.templates.render(kind.value, values)
    queue.add_letter(
        s,
        house.owner_id,
        kind=kind,
        subject=_reply_subject(receipt, rendered.subject),
        body=rendered.body,
        html="" if is_held else rendered.html,
        token_id=None if is_held else _token_for(s, house, items, now),
        in_reply_to=receipt.in_reply_to,
        references=receipt.references,
        is_held=is_held,
        pictures={} if is_held else pictures,
        is_understood=_is_understood(receipt, items),
        now=now,
    )
    if not is_held:  # else nobody has seen them, and nobody may say ok: they are shown tomorrow
        _mark_shown(s, house, items, now)
    record.close_receipt(s, house.owner_id, receipt.id)


def _is_understood(receipt: Receipt, items: Sequence[ReceiptItem]) -> bool:
    """Whether something was done or somebody added; a new text for a draft is any text."""
    is_new_text = any(item.draft is not None and item.draft.version > 1 for item in items)
    is_done = any(line.is_done for line in receipt.lines) or bool(receipt.contact_ids)
    return is_done and not is_new_text


def _reply_subject(receipt: Receipt, rendered: str) -> str:
    """Answers stay in the owner's thread; what the mail is about comes first."""
    return rendered if rendered else f"Re: {receipt.subject}"


def _ask(s: Session, house: House, drafts: Sequence[Draft], now: datetime) -> None:
    """One approval request for all drafts that came up in this pass."""
    contacts = {
        contact.id: contact
        for contact in facts.contacts(s, house.owner_id, [d.contact_id for d in drafts])
    }
    shown, pictures = receipt_items(s, house, list(contacts.values()), {})
    told = {item.contact.id: item for item in shown}
    items = [
        replace(told[draft.contact_id], number=number, place=number, draft=draft, waiting="")
        for number, draft in enumerate(drafts, start=1)
    ]
    reason = (drafts[0].held_because or drafts[0].reason) if len(drafts) == 1 else ""
    rendered = house.templates.render(
        "approval_request", letters.approval_request(items, house.identity, reason=reason)
    )
    queue.add_letter(
        s,
        house.owner_id,
        kind=LetterKind.APPROVAL_REQUEST,
        subject=rendered.subject,
        body=rendered.body,
        html=rendered.html,
        token_id=_token_for(s, house, items, now),
        pictures=pictures,
        now=now,
    )
    _mark_shown(s, house, items, now)


def _ask_whether_sent(s: Session, house: House, draft: Draft, now: datetime) -> None:
    contact = facts.contact(s, house.owner_id, draft.contact_id)
    rendered = house.templates.render("question", letters.question(draft, contact, house.identity))
    token_id = mint_token(s, house, "question", [(1, draft.id, draft.version)], now)
    queue.add_letter(
        s,
        house.owner_id,
        kind=LetterKind.QUESTION,
        subject=rendered.subject,
        body=rendered.body,
        html=rendered.html,
        token_id=token_id,
        now=now,
    )
    queue.mark_shown(s, house.owner_id, draft.id, draft.version, now, due_at=draft.due_at)


def _token_for(s: Session, house: House, items: Sequence[ReceiptItem], now: datetime) -> int | None:
    """What a letter's answer decides on: its drafts; and whom its corrections are about."""
    numbered = [
        (item.place, item.draft.id if item.draft else None, item.draft.version if item.draft else 1)
        for item in items
        if item.place is not None
    ]
    people = {item.place: item.contact.id for item in items if item.place is not None}
    return mint_token(s, house, RECEIPT, numbered, now, people=people) if numbered else None


def _mark_shown(s: Session, house: House, items: Sequence[ReceiptItem], now: datetime) -> None:
    expires_at = now + house.policy.approval_expires_after
    for item in items:
        if item.draft is not None:
            number, version = item.draft.id, item.draft.version
            queue.mark_shown(s, house.owner_id, number, version, now, due_at=expires_at)
