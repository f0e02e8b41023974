"""A draft as it is written down first: yet to be shown, and the only live one of its kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mailflow.model.address import Address
from mailflow.model.draft import DraftState, Purpose
from mailflow.store.inserts import insert_new
from mailflow.store.tables import DraftEntry


@dataclass(frozen=True, slots=True)
class OfIntroduction:
    """What a draft has more that belongs to an introduction: its number and, in the mail to both,
    the other recipient."""

    id: int
    second_contact_id: int | None = None
    second_to: Address | None = None
    second_name: str = ""


def add_draft(
    s: Session,
    owner_id: int,
    *,
    contact_id: int,
    purpose: Purpose,
    to: Address,
    subject: str,
    body: str,
    now: datetime,
    to_name: str = "",
    due_at: datetime | None = None,
    reason: str = "",
    lint: Sequence[str] = (),
    in_reply_to: str | None = None,
    references: Sequence[str] = (),
    account: str = "",
    introduction: OfIntroduction | None = None,
) -> int | None:
    """A new draft, yet to be shown; None when a live one of that purpose exists for the contact
    (and, for the purposes of introductions, in the same introduction)."""
    return insert_new(
        s,
        DraftEntry,
        {
            "owner_id": owner_id,
            "contact_id": contact_id,
            "purpose": purpose,
            "state": DraftState.DRAFTED,
            "version": 1,
            "to_key": to.key,
            "to_written": to.written,
            "to_name": to_name,
            "subject": subject,
            "body": body,
            "created_at": now,
            "due_at": due_at or now,
            "look_at": now,
            "reason": reason,
            "held_because": "",
            "lint": lint,
            "in_reply_to": in_reply_to,
            "references": references,
            "want_shown": True,
            "attempts": 0,
            "failure": "",
            "account": account,
            **_belonging(introduction),
        },
    )


def _belonging(introduction: OfIntroduction | None) -> dict[str, object]:
    if introduction is None:
        return {}
    second = introduction.second_to
    return {
        "introduction_id": introduction.id,
        "second_contact_id": introduction.second_contact_id,
        "second_key": None if second is None else second.key,
        "second_written": None if second is None else second.written,
        "second_name": introduction.second_name,
    }
