"""A mail on the owner's demand: which one it is, what holds it back, what is only told."""

from datetime import timedelta
from typing import Any

import pytest

from mailflow.deciding.demand import NotWritten, demanded
from mailflow.deciding.guards import World
from mailflow.model.actions import PrepareDraft
from mailflow.model.contact import Suppression
from mailflow.model.demand import Wanted, Write
from mailflow.model.draft import DraftState, Purpose
from mailflow.model.facts import Asked, ContactFacts
from mailflow.model.policy import Policy
from tests.builders import NOW, a_contact, a_draft, a_sent, a_settled, an_identity

DAY = timedelta(days=1)
KNOWN = a_contact(created_at=NOW - 100 * DAY, form="", event="")
ASKED = Asked(NOW - 7 * DAY, "<q@acme.io>", "Lunch?")
HEARD = NOW - 7 * DAY


def decided(
    wanted: Wanted | None = None, *, paused_until: Any = None, new_people: int = 0, **fields: Any
) -> PrepareDraft | NotWritten:
    given = {"contact": KNOWN, "last_in_at": HEARD, "last_contact_at": HEARD, **fields}
    world = World(an_identity(), Policy(), NOW, paused_until, new_people, 0)
    return demanded(ContactFacts(**given), Write("jane", wanted), "write jane: it", world)


def situation(found: PrepareDraft | NotWritten) -> tuple[Purpose, str]:
    assert isinstance(found, PrepareDraft)
    return found.purpose, found.situation


def told(found: PrepareDraft | NotWritten) -> list[str]:
    assert isinstance(found, PrepareDraft)
    return [guard.name for guard in found.guards if guard.hit]


@pytest.mark.parametrize("wanted", list(Wanted))
def test_a_template_that_was_named_is_taken_whatever_else_is_due(wanted: Wanted) -> None:
    found = decided(wanted, asked=ASKED)
    assert situation(found) == (Purpose.KEEP_IN_TOUCH, wanted.value)
    assert isinstance(found, PrepareDraft)
    assert found.reason == "You asked for it: write jane: it"
    assert told(found) == []


def test_without_a_name_it_is_a_hello_to_somebody_known() -> None:
    assert situation(decided()) == (Purpose.KEEP_IN_TOUCH, "keep_in_touch")


def test_without_a_name_it_is_the_answer_that_is_owed() -> None:
    assert situation(decided(asked=ASKED)) == (Purpose.REPLY_OWED, "reply_owed")


def test_an_answer_that_was_dropped_is_not_drafted_again() -> None:
    dropped = a_settled(Purpose.REPLY_OWED, DraftState.REJECTED, NOW - DAY)
    assert situation(decided(asked=ASKED, settled=(dropped,)))[1] == "keep_in_touch"


def test_without_a_name_it_is_the_first_mail_to_somebody_new_even_when_it_was_dropped() -> None:
    dropped = a_settled(Purpose.FOLLOW_UP, DraftState.REJECTED, NOW)
    for settled in ((), (dropped,)):
        found = decided(contact=a_contact(), last_in_at=None, settled=settled)
        assert situation(found) == (Purpose.FOLLOW_UP, "met_at_event")


def test_somebody_known_who_was_never_written_to_gets_a_hello_when_they_were_not_met() -> None:
    assert situation(decided(last_in_at=None))[1] == "keep_in_touch"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"suppressed": Suppression.OPTED_OUT}, "They are on the suppression list"),
        ({"contact": a_contact(address="")}, "No mail address is known"),
        ({"contact": a_contact(address="ada@example.org")}, "That is your own address."),
        ({"contact": a_contact(name="", given="")}, "I know no name to greet them by"),
        ({"live": (a_draft(),)}, "A follow-up to them exists already (awaiting approval)."),
        (
            {"sent": tuple(a_sent(Purpose.KEEP_IN_TOUCH, NOW - n * DAY) for n in (1, 2, 3))},
            "They did not answer the last 3 mails",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("wanted", [None, Wanted.COFFEE])
def test_what_protects_the_contact_holds(
    wanted: Wanted | None, fields: dict[str, Any], reason: str
) -> None:
    found = decided(wanted, **fields)
    assert isinstance(found, NotWritten)
    assert found.reason.startswith(reason)
    assert any(guard.hit for guard in found.guards)


def test_a_first_mail_that_hides_where_the_address_is_from_is_not_written() -> None:
    brought = a_contact(through="Raj Rao")
    found = decided(Wanted.COFFEE, contact=brought, last_in_at=None)
    assert isinstance(found, NotWritten)
    assert found.reason.startswith("You know Jane Roe through Raj Rao")
    assert situation(decided(contact=brought, last_in_at=None))[0] is Purpose.FOLLOW_UP
    assert situation(decided(Wanted.COFFEE, contact=brought))[1] == "coffee"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"paused_until": NOW + DAY}, "paused_all"),
        ({"contact": a_contact(paused_until=NOW + DAY)}, "paused"),
        ({"away_until": NOW + DAY}, "away"),
        ({"contact": a_contact(), "last_in_at": None, "new_people": 10}, "weekly_budget"),
    ],
)
def test_a_plan_of_the_owners_gives_way_to_his_word_and_is_told(
    fields: dict[str, Any], name: str
) -> None:
    assert told(decided(**fields)) == [name]


def test_the_weeks_budget_is_for_first_mails_only() -> None:
    assert told(decided(new_people=10)) == []
