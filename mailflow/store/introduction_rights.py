"""What is kept of a person's introductions: handed out without the other's secrets, and erased."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Delete, Update, case, delete, or_, select, update
from sqlalchemy.orm import Session

from mailflow.model.draft import DraftState, Purpose
from mailflow.model.introduction_states import ENDED
from mailflow.store.drafts import WAITING
from mailflow.store.inserts import table_of
from mailflow.store.tables import (
    AcquaintedEntry,
    ContactEntry,
    DraftEntry,
    IntroductionEntry,
    NeverEntry,
    SideEntry,
)

PAIRS, SIDES, DRAFTS = table_of(IntroductionEntry), table_of(SideEntry), table_of(DraftEntry)
CLOSING_SUBJECT = "The introduction I had in mind"
TOLD = ("why", "naming", "descriptor", "state", "asked_at", "answered_at", "consent_at", "words")


def introductions_told(s: Session, owner_id: int, contact_id: int) -> list[dict[str, Any]]:
    """The person's own part in each introduction. Whom it was with, and what became of it, only
    where the two were introduced: nobody learns that another was asked, or said no."""
    rows = s.execute(
        select(
            *(SIDES.c[name] for name in TOLD),
            PAIRS.c.created_at,
            PAIRS.c.introduced_at,
            PAIRS.c.outcome,
            ContactEntry.name.label("with"),
        )
        .join(
            PAIRS, (PAIRS.c.owner_id == SIDES.c.owner_id) & (PAIRS.c.id == SIDES.c.introduction_id)
        )
        .join(
            ContactEntry,
            (ContactEntry.owner_id == owner_id)
            & (ContactEntry.id == PAIRS.c.low_id + PAIRS.c.high_id - SIDES.c.contact_id),
        )
        .where(SIDES.c.owner_id == owner_id, SIDES.c.contact_id == contact_id)
        .order_by(PAIRS.c.id)
    ).mappings()
    met_only = ("introduced_at", "outcome", "with")
    return [
        {
            name: value
            for name, value in row.items()
            if name not in met_only or row["introduced_at"] is not None
        }
        for row in rows
    ]


def forget_introductions(
    s: Session, owner_id: int, contact_id: int, now: datetime
) -> Sequence[Delete | Update]:
    """What lets go of a person's introductions, in this order.

    Drafts of them to the other side lose their text and can never be sent: the minus before their
    number leads to no introduction. Only the closing line stays, which tells of nobody.
    """
    theirs = or_(PAIRS.c.low_id == contact_id, PAIRS.c.high_id == contact_id)
    ids = list(s.scalars(select(PAIRS.c.id).where(PAIRS.c.owner_id == owner_id, theirs)))
    of_them = (DRAFTS.c.owner_id == owner_id, DRAFTS.c.introduction_id.in_(ids))
    is_closing = DRAFTS.c.purpose == Purpose.INTRO_CLOSING
    ended = {
        "state": DraftState.WITHDRAWN, "settled_at": now, "look_at": None, "want_shown": False,
    }  # fmt: skip
    emptied = {"body": "", "lint": (), "held_because": ""}
    apart = {
        "introduction_id": -DRAFTS.c.introduction_id,
        "second_contact_id": None,
        "second_key": None,
        "second_written": None,
        "second_name": None,
        "reason": "",
        # that of the question it goes on from may name them
        "subject": case((is_closing, CLOSING_SUBJECT), else_=""),
    }
    waiting = DRAFTS.c.state.in_(WAITING)
    pairs = [table_of(entry) for entry in (AcquaintedEntry, NeverEntry, IntroductionEntry)]
    return (
        update(DRAFTS).where(*of_them, waiting, ~is_closing).values(**ended),
        update(DRAFTS).where(*of_them, ~is_closing).values(**emptied),
        update(DRAFTS).where(*of_them).values(**apart),
        delete(SIDES).where(SIDES.c.owner_id == owner_id, SIDES.c.introduction_id.in_(ids)),
        *(
            delete(each).where(
                each.c.owner_id == owner_id,
                or_(each.c.low_id == contact_id, each.c.high_id == contact_id),
            )
            for each in pairs
        ),
    )


def old_words(owner_id: int, before: datetime) -> Update:
    """The quoted answers of introductions that ended before then go; what was decided stays."""
    ended = select(PAIRS.c.id).where(
        PAIRS.c.owner_id == owner_id, PAIRS.c.state.in_(ENDED), PAIRS.c.since_at < before
    )
    old = (SIDES.c.owner_id == owner_id, SIDES.c.introduction_id.in_(ended), SIDES.c.words != "")
    return update(SIDES).where(*old).values(words="")
