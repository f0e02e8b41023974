"""Introductions offered with the weekly summary: what becomes of each answer."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest

from mailflow.store import facts
from tests.laws.play import Play, text_of

WEEK = timedelta(days=7)
JANE = (
    "met Jane Roe <jane@acme.io>, CTO at Acme: wants seed investors for a payroll product; "
    "offers payroll data"
)
RAJ = (
    "met Raj Rao <raj@first.example>, Partner at First Cheque: wants payroll data; "
    "offers seed investors"
)


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


def summaries(play: Play) -> list[EmailMessage]:
    return [each for each in play.letters if str(each["Subject"]).startswith("Your week")]


def offered(letter: EmailMessage) -> bool:
    return "YOU COULD INTRODUCE" in text_of(letter)


def number_of(letter: EmailMessage) -> int:
    """The number under which the pair is offered."""
    rows = text_of(letter).partition("YOU COULD INTRODUCE")[2].splitlines()
    return int(next(row for row in rows if "│" in row).partition("│")[0])


def next_summary(play: Play) -> EmailMessage:
    """Let days pass until one more summary came."""
    before = len(summaries(play))
    for _ in range(9):
        play.pass_time(timedelta(days=1))
        play.tick()
        if len(summaries(play)) > before:
            return summaries(play)[-1]
    raise AssertionError("no summary came")


def met(play: Play) -> EmailMessage:
    """Both are known; the first summary with an offer."""
    play.tell(JANE)
    play.tell(RAJ)
    play.tick()
    return next_summary(play)


def test_two_who_answer_each_other_are_offered_with_the_reason_of_each(play: Play) -> None:
    letter = met(play)
    said = " ".join(text_of(letter).replace("│", "").split())
    assert "Raj Rao" in said
    assert "Raj is looking for payroll data, and this is somebody who offers payroll data." in said
    assert "Jane is looking for seed investors for a payroll product, and this is" in said


def test_a_pair_is_offered_once_a_month_at_most(play: Play) -> None:
    assert offered(met(play))
    weeks = [offered(next_summary(play)) for _ in range(5)]
    assert weeks == [False, False, False, False, True]


def test_skip_drops_the_pair_for_a_year(play: Play) -> None:
    letter = met(play)
    play.answer(letter, f"skip {number_of(letter)}")
    play.tick()
    assert "I will not offer the two again for a year." in text_of(play.letters[-1])
    assert not any(offered(next_summary(play)) for _ in range(8))


def test_ok_all_begins_no_introduction(play: Play) -> None:
    letter = met(play)
    play.answer(letter, "ok all")
    play.tick()
    assert "Approved" in text_of(play.letters[-1])
    with play.house.store.begin() as s:
        assert facts.introductions(s, play.house.owner_id) == ()


def test_ok_begins_it_with_exactly_those_reasons(play: Play) -> None:
    letter = met(play)
    play.answer(letter, f"ok {number_of(letter)}")
    play.tick()
    with play.house.store.begin() as s:
        (begun,) = facts.introductions(s, play.house.owner_id)
        people = {each.id: each.given for each in facts.contacts(s, play.house.owner_id)}
    whys = {people[side.contact_id]: side.why for side in begun.sides}
    assert (
        whys["Raj"]
        == "Raj is looking for payroll data, and this is somebody who offers payroll data"
    )
    assert whys["Jane"].startswith(
        "Jane is looking for seed investors for a payroll product, and this is"
    )
    play.answer(letter, f"ok {number_of(letter)}")
    play.tick()
    assert "You decided that already." in text_of(play.letters[-1])


def test_a_suggestion_with_one_reason_asks_for_the_other(play: Play) -> None:
    play.tell("met Jane Roe <jane@acme.io>, CTO at Acme: wants seed investors")
    play.tell("met Raj Rao <raj@first.example>, Partner at First Cheque: offers seed investors")
    play.tick()
    letter = next_summary(play)
    play.answer(letter, f"ok {number_of(letter)}")
    play.tick()
    said = " ".join(text_of(play.letters[-1]).replace("|", " ").split())
    assert "I know no reason why Raj Rao would gain. Complete this line: introduce" in said
    with play.house.store.begin() as s:
        assert facts.introductions(s, play.house.owner_id) == ()
