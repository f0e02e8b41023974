"""What was decided is done: each action in a transaction of its own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import assert_never

import structlog

from mailflow.errors import DraftingError, StoreUnavailable
from mailflow.model.actions import (
    Action,
    ExpireDraft,
    HoldDraft,
    PrepareDraft,
    SendDraft,
    ShowDraft,
    Wait,
    WithdrawDraft,
    WriteSummary,
)
from mailflow.model.draft import DraftEvent
from mailflow.model.facts import ContactFacts, Facts
from mailflow.model.summary import TroubleKind
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.tick.due import POSTPONED
from mailflow.tick.ending import end_draft
from mailflow.tick.house import House
from mailflow.tick.send import send_draft
from mailflow.tick.summarise import write_summary
from mailflow.tick.told import said
from mailflow.tick.write import prepare

log = structlog.get_logger()
People = Mapping[int, ContactFacts]


def apply_all(
    house: House,
    actions: Sequence[Action],
    due: Facts,
    now: datetime,
    *,
    is_stopping: Callable[[], bool],
) -> list[Action]:
    """Apply each action; one that fails is postponed and told of, and the others go on.

    `due` is what they were decided from.
    """
    people = {told.contact.id: told for told in due.contacts}
    applied: list[Action] = []
    for action in actions:
        if is_stopping():
            break
        try:
            _apply(house, action, people, now)
        except StoreUnavailable:
            raise
        except Exception as error:
            if not isinstance(error, DraftingError):
                log.exception("action failed", action=type(action).__name__)
            _postpone(house, action, error, now)
        applied.append(action)
    return applied


def _apply(house: House, action: Action, people: People, now: datetime) -> None:
    if isinstance(action, SendDraft):
        send_draft(house, action.draft_id, now)
        return
    with house.store.begin(is_redone=True) as s:
        _apply_in(s, house, action, people, now)


def _apply_in(s: Session, house: House, action: Action, people: People, now: datetime) -> None:
    owner_id = house.owner_id
    match action:
        case PrepareDraft():
            prepare(s, house, action, people[action.contact_id], now)
        case Wait(contact_id=contact_id, until=until, reason=reason, guards=guards):
            record.update_contact(s, owner_id, contact_id, due_at=until)
            record.note_decision(s, owner_id, contact_id, "wait", reason, guards, now)
        case WithdrawDraft(draft_id=draft_id, reason=reason):
            end_draft(s, house, draft_id, DraftEvent.WITHDRAW, now, reason)
        case ExpireDraft(draft_id=draft_id, reason=reason):
            end_draft(s, house, draft_id, DraftEvent.EXPIRE, now, reason)
        case ShowDraft(draft_id=draft_id, reason=reason):
            queue.want_shown(s, owner_id, draft_id, reason)
        case HoldDraft(draft_id=draft_id, until=until, reason=reason):
            queue.hold(s, owner_id, draft_id, until, reason)
        case WriteSummary(period=period):
            write_summary(s, house, period, now)
        case SendDraft():
            raise AssertionError("a send is not a single transaction")
        case _:
            assert_never(action)


def _postpone(house: House, action: Action, error: Exception, now: datetime) -> None:
    why = said(error)
    with house.store.begin() as s:
        match action:
            case PrepareDraft(contact_id=contact_id) | Wait(contact_id=contact_id):
                label = facts.contact(s, house.owner_id, contact_id).label
                record.update_contact(s, house.owner_id, contact_id, due_at=now + POSTPONED)
                text = f"I could not write to {label}: {why}"
                key = f"fault contact {contact_id} {why[:80]}"
            case WriteSummary(period=period):
                text, key = f"The summary could not be written: {why}", f"fault summary {period}"
            case _:
                queue.hold(s, house.owner_id, action.draft_id, now + POSTPONED, why)
                text = f"Draft {action.draft_id} was put aside for an hour: {why}"
                key = f"fault draft {action.draft_id} {why[:80]}"
        record.add_trouble(s, house.owner_id, TroubleKind.FAULT, text, now, key=key)
