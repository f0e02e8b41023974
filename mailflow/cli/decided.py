"""What was decided, told with the names the owner knows."""

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

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


def people_of(actions: Sequence[Action]) -> set[int]:
    """The contacts that the actions name by number."""
    return {a.contact_id for a in actions if isinstance(a, PrepareDraft | Wait)}


def drafts_of(actions: Sequence[Action]) -> set[int]:
    """The drafts that the actions name by number."""
    kinds = WithdrawDraft | ExpireDraft | ShowDraft | SendDraft | HoldDraft
    return {a.draft_id for a in actions if isinstance(a, kinds)}


def row(action: Action, people: Mapping[int, str], drafts: Mapping[int, str]) -> dict[str, Any]:
    """One action: what, of whom, when, why. `people` and `drafts` give the names."""
    match action:
        case PrepareDraft():
            what = f"draft {action.purpose.replace('_', ' ')}"
            return _row(what, people[action.contact_id], action.reason, until=action.send_by)
        case Wait():
            return _row("wait", people[action.contact_id], action.reason, until=action.until)
        case WithdrawDraft():
            return _row("withdraw", drafts[action.draft_id], action.reason)
        case ExpireDraft():
            return _row("let expire", drafts[action.draft_id], action.reason)
        case ShowDraft():
            return _row("ask you", drafts[action.draft_id], action.reason)
        case SendDraft():
            return _row("send", drafts[action.draft_id], action.reason)
        case HoldDraft():
            return _row("hold", drafts[action.draft_id], action.reason, until=action.until)
        case WriteSummary():
            return _row("write the summary", action.period, "")
        case _:
            assert_never(action)


def _row(what: str, of: str, reason: str, **more: Any) -> dict[str, Any]:
    return {"action": what, "of": of, "reason": reason, **more}
