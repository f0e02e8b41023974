"""The owner's word on an introduction: it moves what it fits, and is told where it does not."""

from datetime import timedelta

import pytest

from mailflow.deciding.introductions_rulings import against
from mailflow.model.answer import Say
from mailflow.model.contact import Contact, Suppression
from mailflow.model.draft import Purpose
from mailflow.model.introduction import has_two_consents
from mailflow.model.introduction_events import Cancelled, Ruled, WriteIntroductionDraft
from mailflow.model.introduction_states import IntroductionState, SideState
from mailflow.model.ruling import AskAgain, CameOfIt, Counted, CountsAs, InTouch, Ruling
from tests.builders import NOW
from tests.introduction_builders import JANE, RAJ, Play, an_introduce

P, S, SS = Purpose, IntroductionState, SideState
YES, NO, LATER = CountsAs(Counted.YES), CountsAs(Counted.NO), CountsAs(Counted.LATER)


def test_nothing_that_the_suppressed_said_counts_as_a_yes() -> None:
    refused: tuple[Ruling, ...] = (YES, LATER, AskAgain())
    for ruling in refused:
        assert "suppression list" in against(ruling, "Raj Rao", Suppression.OPTED_OUT)
        assert against(ruling, "Raj Rao", None) == ""
    allowed: tuple[Ruling, ...] = (NO, CameOfIt("they met"), InTouch(True))
    for ruling in allowed:
        assert against(ruling, "Raj Rao", Suppression.OPTED_OUT) == ""


def held(say: Say = Say.CONDITIONAL) -> Play:
    play = Play()
    play.left(P.INTRO_ASK, RAJ)
    play.after(days=1).says(RAJ, say, "Yes, but only by mail")
    return play


def second_held() -> Play:
    play = Play()
    play.left(P.INTRO_ASK, RAJ)
    play.says(RAJ, Say.YES)
    play.left(P.INTRO_ASK, JANE)
    play.after(days=1).says(JANE, Say.AMBIGUOUS)
    return play


def rule(play: Play, ruling: Ruling, contact: Contact | None = None) -> Play:
    play.after(hours=1).on(Ruled(ruling, contact.id if contact else None))
    return play


@pytest.mark.parametrize("say", [Say.CONDITIONAL, Say.QUESTION, Say.AMBIGUOUS])
def test_what_counts_as_yes_goes_on_from_when_it_was_said(say: Say) -> None:
    play = rule(held(say), YES)
    assert play.introduction.state is S.ASKING_SECOND
    assert play.introduction.first.consent_at == play.now - timedelta(hours=1)
    assert play.written() == [(P.INTRO_ASK, JANE.id, "intro_ask")]


def test_the_second_answer_that_counts_makes_it_ready() -> None:
    play = rule(second_held(), YES)
    assert play.introduction.state is S.READY
    assert [each[0] for each in play.written()] == [P.INTRODUCTION]
    assert has_two_consents(play.introduction, play.now)


def test_what_counts_as_no_ends_it() -> None:
    play = rule(second_held(), NO)
    assert play.introduction.state is S.DECLINED
    assert play.written() == [(P.INTRO_CLOSING, RAJ.id, "intro_closing")]


def test_what_counts_as_later_comes_back() -> None:
    play = rule(held(), CountsAs(Counted.LATER, NOW + timedelta(days=40)))
    assert play.introduction.state is S.DEFERRED
    assert play.introduction.due_at == NOW + timedelta(days=40)
    assert rule(held(), LATER).introduction.due_at == play.now + timedelta(days=90)


def test_a_doubt_after_the_yes_is_lifted_by_the_owner() -> None:
    play = Play(an_introduce(first_asked=True))
    play.left(P.INTRO_ASK, RAJ)
    play.says(RAJ, Say.YES)
    play.says(RAJ, Say.AMBIGUOUS)
    assert not has_two_consents(play.introduction, play.now)
    rule(play, YES)
    assert has_two_consents(play.introduction, play.now)
    assert [each[0] for each in play.written()] == [P.INTRODUCTION]


def test_asking_again_carries_the_owners_words_in_the_thread() -> None:
    play = rule(held(Say.QUESTION), AskAgain("It is about payroll."))
    (written,) = [a for a in play.last if isinstance(a, WriteIntroductionDraft)]
    assert (written.situation, written.text) == ("intro_again", "It is about payroll.")
    assert written.in_thread
    play.left(P.INTRO_ASK, RAJ)
    assert play.introduction.first.state is SS.ASKED
    play.says(RAJ, Say.YES)
    assert play.introduction.state is S.ASKING_SECOND


def test_a_late_yes_that_counts_goes_on_where_it_had_stopped() -> None:
    play = Play()
    play.left(P.INTRO_ASK, RAJ)
    play.wait(days=15)
    play.says(RAJ, Say.YES)
    rule(play, YES, RAJ)
    assert play.introduction.state is S.ASKING_SECOND
    assert play.written() == [(P.INTRO_ASK, JANE.id, "intro_ask")]


def test_a_late_second_yes_that_counts_makes_it_ready() -> None:
    play = second_held()
    rule(play, NO)
    play.says(JANE, Say.YES)
    rule(play, YES, JANE)
    assert play.introduction.state is S.READY
    assert [each[0] for each in play.written()] == [P.INTRODUCTION]


def test_a_late_yes_whose_other_side_is_too_old_is_confirmed_first() -> None:
    play = second_held()
    rule(play, NO)
    play.after(days=40).says(JANE, Say.YES)
    rule(play, YES, JANE)
    assert play.introduction.state is S.RECONFIRMING
    assert play.written() == [(P.INTRO_ASK, RAJ.id, "intro_reconfirm")]


def test_a_late_yes_of_one_cannot_undo_the_no_of_the_other() -> None:
    play = second_held()
    rule(play, NO)
    play.says(RAJ, Say.NO)  # takes the yes back after the end
    play.says(RAJ, Say.YES)
    rule(play, YES, RAJ)
    assert play.introduction.state is S.DECLINED
    assert "stays ended" in play.told()
    assert play.written() == []


def test_a_doubt_that_came_after_the_end_keeps_a_late_yes_from_going_on() -> None:
    play = second_held()
    rule(play, NO)
    play.says(RAJ, Say.AMBIGUOUS, "I am not so sure any more")
    assert play.introduction.first.state is SS.AMBIGUOUS
    play.says(JANE, Say.YES)
    rule(play, YES, JANE)
    assert play.introduction.state is S.DECLINED


def test_a_ruling_names_a_side_when_it_could_be_either() -> None:
    play = Play()
    rule(play, YES)
    assert "Whose answer?" in play.told()
    assert play.introduction.state is S.DRAFT


def test_the_owner_may_count_what_was_said_elsewhere() -> None:
    play = Play()
    play.left(P.INTRO_ASK, RAJ)
    rule(play, YES, RAJ)  # Raj said so on the phone
    assert play.introduction.state is S.ASKING_SECOND
    assert play.introduction.first.consent_at == play.now


@pytest.mark.parametrize("ruling", [YES, NO, LATER, AskAgain(), InTouch(True), CameOfIt("x")])
def test_a_ruling_on_what_is_cancelled_changes_nothing_and_says_so(ruling: Ruling) -> None:
    play = held()
    play.on(Cancelled())
    before = play.introduction
    rule(play, ruling, RAJ)
    assert play.introduction == before
    assert play.told()
    assert play.written() == []


def introduced() -> Play:
    play = second_held()
    rule(play, YES)
    play.left(P.INTRODUCTION, RAJ)
    return play


def test_the_owner_says_that_they_are_in_touch_or_not_yet() -> None:
    play = introduced()
    play.wait(days=8)
    assert rule(play, InTouch(False)).introduction.state is S.QUIET
    assert rule(play, InTouch(True)).introduction.state is S.CONNECTED


def test_what_came_of_it_is_kept_in_the_owners_words_and_closes_it() -> None:
    play = rule(introduced(), CameOfIt("it helped", "they signed"))
    assert play.introduction.state is S.CLOSED
    assert play.introduction.outcome == "it helped: they signed"
    assert play.introduction.outcome_at == play.now
    rule(play, CameOfIt("they met"))
    assert play.introduction.outcome == "they met"


def test_two_who_found_each_other_alone_need_no_introduction() -> None:
    play = rule(held(), InTouch(True))
    assert play.introduction.state is S.CANCELLED
    assert play.written() == []
