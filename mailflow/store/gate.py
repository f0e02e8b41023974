"""The gate of introductions, asked inside the claim: no mail to both before two opt-ins."""

from datetime import datetime

from sqlalchemy.orm import Session

from mailflow.errors import NotFound
from mailflow.model.draft import OF_INTRODUCTIONS, Draft, Purpose
from mailflow.model.introduction import Introduction, has_two_consents
from mailflow.model.introduction_states import ASKING, ENDED, IntroductionState, SideState
from mailflow.store.introductions import introduction

MAY_ASK = ASKING | {IntroductionState.DRAFT, IntroductionState.DEFERRED}
"""The states in which a side may be asked or reminded."""

FINAL_WORD = frozenset({SideState.NO, SideState.WITHDRAWN})


def closed_gate(s: Session, owner_id: int, draft: Draft, now: datetime) -> str:
    """Why a mail of an introduction may not leave now, as a sentence; empty when it may.

    The introduction is locked until the transaction is over: a no that is read meanwhile waits,
    and a no that was read before is seen here. Drafts of no introduction pass.
    """
    if draft.purpose not in OF_INTRODUCTIONS:
        return ""
    is_last_word = draft.purpose is Purpose.INTRO_CLOSING and draft.second_to is None
    if is_last_word and (draft.introduction_id or 0) < 0:
        return ""  # the other side was erased, and the introduction with them
    try:
        pair = introduction(s, owner_id, draft.introduction_id or 0)
    except NotFound:
        return "The introduction it belongs to is gone."
    return _closed(pair, draft, now)


def _closed(pair: Introduction, draft: Draft, now: datetime) -> str:
    state = pair.state.value.replace("_", " ")
    ids = {side.contact_id for side in pair.sides}
    if draft.purpose is Purpose.INTRODUCTION:
        if {draft.contact_id, draft.second_contact_id} != ids:
            return "It is not addressed to the two whom it introduces."
        missing = f"Introduction {pair.id} is {state}: it needs two consents of the last 30 days."
        return "" if has_two_consents(pair, now) else missing
    if draft.contact_id not in ids or draft.second_to is not None:
        return "It is not addressed to a side of its introduction."
    if draft.purpose is Purpose.INTRO_CLOSING:
        return "" if pair.state in ENDED else f"Introduction {pair.id} goes on: it is {state}."
    if pair.state not in MAY_ASK or pair.side(draft.contact_id).state in FINAL_WORD:
        return f"Introduction {pair.id} is {state}; nobody is asked any more."
    return ""
