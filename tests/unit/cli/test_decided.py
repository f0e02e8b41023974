"""What was decided, told by name."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from mailflow.cli.decided import drafts_of, people_of, row
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
from mailflow.model.draft import Purpose

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOLD: list[tuple[Action, str, str]] = [
    (PrepareDraft(1, Purpose.NUDGE_1, "nudge_1", "why", AT), "draft nudge 1", "Jane"),
    (Wait(1, AT, "why"), "wait", "Jane"),
    (WithdrawDraft(7, "why"), "withdraw", "draft 7 to Jane"),
    (ExpireDraft(7, "why"), "let expire", "draft 7 to Jane"),
    (ShowDraft(7, "why"), "ask you", "draft 7 to Jane"),
    (SendDraft(7, "why"), "send", "draft 7 to Jane"),
    (HoldDraft(7, AT, "why"), "hold", "draft 7 to Jane"),
    (WriteSummary("2026-W10"), "write the summary", "2026-W10"),
]


def test_every_kind_of_action_is_told() -> None:
    assert {type(action) for action, _, _ in TOLD} == set(get_args(Action))


@pytest.mark.parametrize(("action", "what", "of"), TOLD, ids=[what for _, what, _ in TOLD])
def test_an_action_is_told_by_name(action: Action, what: str, of: str) -> None:
    told = row(action, {1: "Jane"}, {7: "draft 7 to Jane"})
    assert (told["action"], told["of"]) == (what, of)


def test_the_names_that_are_needed_are_known_beforehand() -> None:
    actions = [action for action, _, _ in TOLD]
    assert (people_of(actions), drafts_of(actions)) == ({1}, {7})
