"""While the owner is asked whether to erase somebody, nothing leaves to them."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest

from mailflow.model.draft import DraftState
from mailflow.store import facts, queue
from tests.laws.play import Play, text_of

JANE = "jane@acme.io"
MET = f"met Jane Roe <{JANE}>, CTO at Acme @PyCon"


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


@pytest.fixture
def asked(play: Play) -> Play:
    """A mail to Jane is approved and would leave in two minutes; the owner is being asked."""
    play.tell(MET)
    play.tick()
    play.answer(play.letters[-1], "ok")
    play.tick()
    assert states(play) == [DraftState.APPROVED]
    play.tell("forget jane")
    play.tick()
    return play


def question(play: Play) -> EmailMessage:
    return [letter for letter in play.letters if "Erase" in letter["Subject"]][-1]


def states(play: Play) -> list[DraftState]:
    with play.house.store.begin() as s:
        return [draft.state for draft in facts.drafts(s, play.house.owner_id)]


def hours(play: Play, count: int) -> None:
    step = timedelta(minutes=15 if count < 24 else 60)
    for _ in range(timedelta(hours=count) // step):
        play.pass_time(step)
        play.tick()


def test_what_was_approved_waits_and_the_question_says_so(asked: Play) -> None:
    text = " ".join(text_of(question(asked)).split())
    assert "Until you answer, nothing is sent to them" in text
    assert "without an answer that ends on Wednesday 25 November." in text
    hours(asked, 24)
    assert asked.carried == []
    assert states(asked) == [DraftState.APPROVED]
    with asked.house.store.begin() as s:
        (draft,) = facts.drafts(s, asked.house.owner_id)
        assert draft.held_because == "You are being asked whether to erase whom it goes to."
        refused = queue.claim(s, asked.house.owner_id, draft.id, "<c@x>", asked.now)
        assert refused == queue.NotClaimed("You are being asked whether to erase whom it goes to.")


def test_a_no_lets_it_leave(asked: Play) -> None:
    hours(asked, 1)
    asked.answer(question(asked), "skip")
    hours(asked, 1)
    assert [to for to, _ in asked.carried] == [JANE]


def test_a_yes_lets_nothing_leave(asked: Play) -> None:
    hours(asked, 1)
    asked.answer(question(asked), "ok")
    hours(asked, 24)
    assert asked.carried == []
    assert states(asked) == []


def test_a_question_nobody_answers_ends_with_its_week(asked: Play) -> None:
    hours(asked, 24 * 6)
    assert asked.carried == []
    hours(asked, 24 * 2)
    assert [to for to, _ in asked.carried] == [JANE]


def test_one_no_answers_every_question_about_them(asked: Play) -> None:
    asked.tell("forget jane")
    asked.tick()
    first, second = (letter for letter in asked.letters if "Erase" in letter["Subject"])
    asked.answer(second, "skip")
    hours(asked, 1)
    assert [to for to, _ in asked.carried] == [JANE]
    asked.answer(first, "ok")
    asked.tick()
    assert "decided that already" in text_of(asked.letters[-1])
    assert states(asked) == [DraftState.SENT]


def test_what_is_approved_after_the_question_waits_as_well(play: Play) -> None:
    play.tell(MET)
    play.tick()
    shown = play.letters[-1]
    play.tell("forget jane")
    play.tick()
    play.answer(shown, "ok")
    play.tick()
    told = " ".join(text_of(play.letters[-1]).split())
    assert "waits until you have answered whether to erase them" in told
    hours(play, 2)
    assert states(play) == [DraftState.APPROVED]
    assert play.carried == []
