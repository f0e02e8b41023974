"""Answers and thanks the owner owes: when a draft is made, and when it is left alone."""

from datetime import timedelta
from typing import Any

import pytest

from mailflow.deciding.decide import decide
from mailflow.model.actions import Action, PrepareDraft, Wait
from mailflow.model.draft import DraftState, Purpose
from mailflow.model.facts import Asked, ContactFacts, Facts, SentFact, Settled, Thanks
from mailflow.model.policy import Policy
from tests.builders import NOW, a_contact, an_identity

DAY = timedelta(days=1)
KNOWN = a_contact(created_at=NOW - 100 * DAY, form="", event="")
ASKED = Asked(NOW - 7 * DAY, "<q@acme.io>", "Lunch?")
THANKS = Thanks(NOW - DAY, ("Raj Rao",))


def decided(**fields: Any) -> Action:
    """What becomes of Jane, who has been known for long."""
    given = {"contact": KNOWN, "last_in_at": NOW - 7 * DAY, "last_contact_at": NOW - 7 * DAY}
    facts = Facts(contacts=(ContactFacts(**{**given, **fields}),))
    (action,) = (
        each for each in decide(facts, an_identity(), Policy(), NOW)
        if isinstance(each, PrepareDraft | Wait)
    )  # fmt: skip
    return action


def purpose(action: Action) -> Purpose | None:
    return action.purpose if isinstance(action, PrepareDraft) else None


def test_a_question_without_an_answer_for_a_working_week_gets_one_drafted() -> None:
    action = decided(asked=ASKED)
    assert isinstance(action, PrepareDraft)
    assert (action.purpose, action.situation) == (Purpose.REPLY_OWED, "reply_owed")


@pytest.mark.parametrize(
    "fields",
    [
        {"asked": None},
        {"asked": Asked(NOW - 40 * DAY, "<q@acme.io>", "Lunch?")},
        {"asked": ASKED, "last_out_at": NOW - DAY},
        {"asked": ASKED, "settled": (Settled(Purpose.REPLY_OWED, DraftState.REJECTED, NOW - DAY),)},
        {"asked": ASKED, "away_until": NOW + DAY},
    ],
)
def test_what_was_answered_dropped_or_is_long_ago_is_left_alone(fields: dict[str, Any]) -> None:
    assert purpose(decided(**fields)) is not Purpose.REPLY_OWED


def test_a_fresh_question_waits_until_the_days_are_over() -> None:
    action = decided(asked=Asked(NOW - DAY, "<q@acme.io>", "Lunch?"), last_in_at=NOW - DAY)
    assert isinstance(action, Wait)
    assert action.until is not None
    assert NOW < action.until < NOW + 7 * DAY


def test_a_second_question_is_owed_anew() -> None:
    settled = (Settled(Purpose.REPLY_OWED, DraftState.REJECTED, NOW - 20 * DAY),)
    assert purpose(decided(asked=ASKED, settled=settled)) is Purpose.REPLY_OWED


def test_whoever_introduced_somebody_is_thanked_once() -> None:
    action = decided(to_thank=THANKS)
    assert isinstance(action, PrepareDraft)
    assert (action.purpose, action.situation) == (Purpose.THANKS, "thanks")
    assert "introduced you to Raj Rao" in action.reason
    sent = (SentFact(NOW, "<t@example.org>", "Thank you", Purpose.THANKS),)
    assert purpose(decided(to_thank=THANKS, sent=sent, last_out_at=NOW)) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"to_thank": Thanks(NOW - 20 * DAY, ("Raj Rao",))},
        {"to_thank": THANKS, "last_out_at": NOW - timedelta(hours=1)},
        {"to_thank": THANKS, "last_in_at": NOW - timedelta(hours=1)},
        {"to_thank": THANKS, "settled": (Settled(Purpose.THANKS, DraftState.EXPIRED, NOW),)},
    ],
)
def test_thanks_that_are_late_or_were_said_by_hand_are_not_drafted(fields: dict[str, Any]) -> None:
    assert purpose(decided(**fields)) is not Purpose.THANKS
