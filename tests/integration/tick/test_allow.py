"""Somebody on the suppression list is let be written to again, by the answer to a question."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest

from mailflow.model.address import Address
from mailflow.model.contact import Suppression
from mailflow.model.draft import DraftState
from mailflow.store import facts, record
from tests.laws.play import OWNER, Play, text_of

JANE = "jane@acme.io"
MET = f"met Jane Roe <{JANE}>, CTO at Acme @PyCon"
STOP = "Hello Ada,\n\nplease remove me from your list. I have enough mail.\n\nJane"


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


@pytest.fixture
def stopped(play: Play) -> Play:
    """Jane was met and asked to be left alone."""
    said(play, MET)
    stop(play)
    assert reason(play) is Suppression.OPTED_OUT
    return play


def said(play: Play, line: str) -> str:
    play.tell(line)
    play.tick()
    play.pass_time(timedelta(minutes=16))
    return words(play.letters[-1])


def words(letter: EmailMessage) -> str:
    return " ".join(text_of(letter).split())


def stop(play: Play, text: str = STOP) -> None:
    play.account.deliver(play.mail(f"Jane Roe <{JANE}>", OWNER, text, subject="Hello"), play.now)
    play.tick()
    play.pass_time(timedelta(minutes=16))


def question(play: Play) -> EmailMessage:
    return [letter for letter in play.letters if "again?" in letter["Subject"]][-1]


def answered(play: Play, text: str = "ok") -> str:
    play.answer(question(play), text)
    play.tick()
    play.pass_time(timedelta(minutes=16))
    return words(play.letters[-1])


def reason(play: Play) -> Suppression | None:
    with play.house.store.begin() as s:
        return record.is_suppressed(s, play.house.owner_id, Address.parse(JANE))


def waiting(play: Play) -> list[DraftState]:
    with play.house.store.begin() as s:
        jane = facts.find_contacts(s, play.house.owner_id, JANE)[0]
        return [draft.state for draft in facts.drafts_of(s, play.house.owner_id, jane.id)]


def test_the_question_says_who_asked_when_and_in_which_words(stopped: Play) -> None:
    assert "a mail of its own about this" in said(stopped, "allow jane")
    asked = words(question(stopped))
    assert "On 18 November 2026 jane@acme.io asked not to be written to: “please remove" in asked
    assert "me from your list.”" in asked
    assert "Overrule that only if they told you since" in asked
    assert "Nothing is sent by it" in asked
    assert reason(stopped) is Suppression.OPTED_OUT


def test_the_answer_lets_them_be_written_to_and_sends_nothing(stopped: Play) -> None:
    said(stopped, "allow jane")
    assert "Jane Roe may be written to again; nothing was sent." in answered(stopped)
    assert reason(stopped) is None
    for _ in range(20):
        stopped.pass_time(timedelta(hours=6))
        stopped.tick()
    assert stopped.carried == []


def test_a_no_leaves_them_alone(stopped: Play) -> None:
    said(stopped, "allow jane")
    assert "Left alone, as before." in answered(stopped, "skip")
    assert "decided that already" in answered(stopped, "ok")
    assert reason(stopped) is Suppression.OPTED_OUT


def test_without_the_token_of_the_question_nobody_is_allowed(stopped: Play) -> None:
    said(stopped, "allow jane")
    said(stopped, "ok")
    said(stopped, "allow jane: ok")
    assert reason(stopped) is Suppression.OPTED_OUT


def test_a_later_stop_suppresses_again(stopped: Play) -> None:
    said(stopped, "allow jane")
    answered(stopped)
    stop(stopped, "Stop.")
    assert reason(stopped) is Suppression.OPTED_OUT


def test_a_stop_said_while_the_question_was_open_is_not_overruled(stopped: Play) -> None:
    said(stopped, "allow jane")
    stop(stopped, "Please do not write to me any more.")
    assert "asked again in the meantime" in answered(stopped)
    assert reason(stopped) is Suppression.OPTED_OUT


def test_what_was_approved_before_the_stop_is_asked_about_anew(play: Play) -> None:
    play.tell(MET)
    play.tick()
    play.answer(play.letters[-1], "ok")
    play.tick()
    assert waiting(play) == [DraftState.APPROVED]
    with play.house.store.begin() as s:
        jane, opted_out = Address.parse(JANE), Suppression.OPTED_OUT
        record.suppress(s, play.house.owner_id, jane, opted_out, play.now)
    play.tell("allow jane")
    play.tick()
    play.answer(question(play), "ok")
    play.tick()
    assert waiting(play) == [DraftState.AWAITING_APPROVAL]
    told = [words(letter) for letter in play.letters]
    assert any("What you had approved before waits for your ok again." in each for each in told)
    assert "Subject: After PyCon" in told[-1]
    for _ in range(12):
        play.pass_time(timedelta(minutes=10))
        play.tick()
    assert play.carried == []


def test_somebody_forgotten_is_allowed_by_address_and_can_be_added_again(play: Play) -> None:
    said(play, MET)
    said(play, "forget jane")
    play.answer(next(x for x in play.letters if "Erase" in x["Subject"]), "ok")
    play.tick()
    assert reason(play) is Suppression.FORGOTTEN
    assert "is named by the address" in said(play, "allow jane")
    said(play, f"allow {JANE}")
    assert f"you had {JANE} forgotten" in words(question(play))
    assert "not even whether they had asked" in words(question(play))
    assert "They may be written to again." in answered(play)
    said(play, MET)
    assert waiting(play) != []


def test_whoever_is_on_no_list_needs_no_question(play: Play) -> None:
    said(play, MET)
    assert "is not on the suppression list; nothing was changed" in said(play, "allow jane")
    assert not [letter for letter in play.letters if "again?" in letter["Subject"]]


def test_who_says_why_somebody_is_left_alone_and_what_ends_it(stopped: Play) -> None:
    told = said(stopped, "who jane")
    assert "they asked not to be written to; “allow Jane Roe” ends that" in told
