"""The owner is answered and asked: receipts, transcripts, approval requests, questions."""

from collections.abc import Sequence
from datetime import datetime

from mailflow.drafting import letters
from mailflow.model.contact import Contact
from mailflow.model.draft import OPEN_TO_OWNER, Draft, DraftEvent, DraftState
from mailflow.model.letter import LetterKind, Receipt, ReceiptItem
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.limits import is_over_limit
from mailflow.tick.mint import mint_token

SHOWABLE = OPEN_TO_OWNER | {DraftState.DRAFTED}
BATCH = 20
"""Drafts that one approval request shows; the rest come in a second."""


def show(house: House, now: datetime) -> None:
    """Answer every open receipt with its drafts beneath, then ask about the other drafts.

    Each letter is queued, and its drafts marked as shown, in one transaction.
    """
    with house.store.begin() as s:
        receipts = record.open_receipts(s, house.owner_id)
    for receipt in receipts:
        with house.store.begin() as s:
            _answer(s, house, receipt, now)
    with house.store.begin() as s:
        waiting = queue.to_show(s, house.owner_id)
        unsure = [draft for draft in waiting if draft.state is DraftState.UNCERTAIN]
        asked = [draft for draft in waiting if draft.state is not DraftState.UNCERTAIN]
        for start in range(0, len(asked), BATCH):
            _ask(s, house, asked[start : start + BATCH], now)
        for draft in unsure:
            _ask_whether_sent(s, house, draft, now)


def _answer(s: Session, house: House, receipt: Receipt, now: datetime) -> None:
    """One owner's mail, answered once, within the limits on answers."""
    contacts = facts.contacts(s, house.owner_id, receipt.contact_ids)
    waiting = {d.contact_id: d for d in queue.to_show(s, house.owner_id) if d.state in SHOWABLE}
    items: list[ReceiptItem] = []
    for contact in contacts:
        draft = waiting.get(contact.id)
        number = 1 + sum(1 for item in items if item.draft) if draft else None
        items.append(
            ReceiptItem(
                contact=contact,
                number=number,
                draft=draft,
                doubts=contact.doubts,
                waiting="" if draft else _waiting(s, house, contact),
            )
        )
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
        html=rendered.html,
        token_id=_token_for(s, house, items, now),
        in_reply_to=receipt.in_reply_to,
        references=receipt.references,
        is_held=is_held,
        now=now,
    )
    _mark_shown(s, house, items, now)
    record.close_receipt(s, house.owner_id, receipt.id)


def _reply_subject(receipt: Receipt, rendered: str) -> str:
    """Answers stay in the owner's thread; what the mail is about comes first."""
    return rendered if rendered else f"Re: {receipt.subject}"


def _waiting(s: Session, house: House, contact: Contact) -> str:
    decisions = facts.decisions(s, house.owner_id, contact.id)
    return decisions[0].reason if decisions else ""


def _ask(s: Session, house: House, drafts: Sequence[Draft], now: datetime) -> None:
    """One approval request for all drafts that came up in this pass."""
    contacts = {
        contact.id: contact
        for contact in facts.contacts(s, house.owner_id, [d.contact_id for d in drafts])
    }
    items = [
        ReceiptItem(contact=contacts[draft.contact_id], number=number, draft=draft)
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
    numbered = [
        (item.number, item.draft.id, item.draft.version)
        for item in items
        if item.draft is not None and item.number is not None
    ]
    return mint_token(s, house, "approve", numbered, now) if numbered else None


def _mark_shown(s: Session, house: House, items: Sequence[ReceiptItem], now: datetime) -> None:
    expires_at = now + house.policy.approval_expires_after
    for item in items:
        if item.draft is None:
            continue
        if item.draft.state in (DraftState.DRAFTED, DraftState.SNOOZED):
            queue.move(s, house.owner_id, item.draft.id, DraftEvent.SHOW, now)
        queue.mark_shown(
            s, house.owner_id, item.draft.id, item.draft.version, now, due_at=expires_at
        )
