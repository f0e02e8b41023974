"""An introduction from its first ask to its outcome: what each event changes and leads to."""

from datetime import date, timedelta
from typing import Any

import pytest

from mailflow.model.answer import Say
from mailflow.model.contact import Suppression
from mailflow.model.draft import Purpose
from mailflow.model.introduction import has_two_consents
from mailflow.model.introduction_events import (
    Away,
    Barred,
    Begun,
    CameBack,
    Cancelled,
    Dropped,
    Due,
    Erased,
    Matter,
    Seen,
    Suppress,
)
from mailflow.model.introduction_states import (
    ENDED,
    IntroductionState,
    SideState,
)
from tests.builders import NOW
from tests.introduction_builders import JANE, RAJ, Play, an_introduce

P, S, SS = Purpose, IntroductionState, SideState
ASK, NUDGE, CLOSING, FINAL = P.INTRO_ASK, P.INTRO_NUDGE, P.INTRO_CLOSING, P.INTRODUCTION
CLOSING_TO_RAJ = (CLOSING, RAJ.id, "intro_closing")


def first_asked() -> Play:
    play = Play()
    play.left(ASK, RAJ)
    return play


def second_asked() -> Play:
    play = first_asked()
    play.after(days=1).says(RAJ, Say.YES)
    play.after(hours=1).left(ASK, JANE)
    return play


def both_agreed() -> Play:
    play = second_asked()
    play.after(days=1).says(JANE, Say.YES)
    return play


def introduced() -> Play:
    play = both_agreed()
    play.after(hours=1).left(FINAL, RAJ)
    return play


def state(play: Play) -> IntroductionState:
    return play.introduction.state


def test_the_first_ask_is_written_at_once_and_nothing_goes_to_the_other() -> None:
    play = Play()
    assert play.written() == [(ASK, RAJ.id, "intro_ask")]
    assert state(play) is S.DRAFT
    assert play.introduction.first.state is SS.NOT_ASKED


def test_both_yes_leads_to_the_introduction_and_not_before_the_second_yes() -> None:
    play = first_asked()
    assert state(play) is S.ASKING_FIRST
    play.says(RAJ, Say.YES)
    assert state(play) is S.ASKING_SECOND
    assert play.written() == [(ASK, JANE.id, "intro_ask")]
    assert not has_two_consents(play.introduction, play.now)
    play.left(ASK, JANE)
    play.says(JANE, Say.YES)
    assert state(play) is S.READY
    assert [each[0] for each in play.written()] == [FINAL]
    assert has_two_consents(play.introduction, play.now)
    play.left(FINAL, RAJ)
    assert state(play) is S.INTRODUCED
    assert play.introduction.final_id is not None
    assert not has_two_consents(play.introduction, play.now)


def test_whoever_asked_for_it_is_not_asked() -> None:
    play = Play(an_introduce(first_asked=True))
    play.left(ASK, RAJ)
    play.says(RAJ, Say.YES)
    assert state(play) is S.READY
    assert [each[0] for each in play.written()] == [FINAL]


def test_when_both_asked_for_it_the_introduction_is_written_at_once() -> None:
    play = Play(an_introduce(first_asked=True, second_asked=True))
    assert state(play) is S.READY
    assert [each[0] for each in play.written()] == [FINAL]


def test_the_first_no_ends_it_and_nobody_else_hears_of_it() -> None:
    play = first_asked()
    play.says(RAJ, Say.NO, "Rather not, thanks")
    assert state(play) is S.DECLINED
    assert play.written() == []
    assert "Raj Rao said no: “Rather not, thanks”" in play.told()


def test_the_second_no_ends_it_and_the_first_gets_the_closing_line() -> None:
    play = second_asked()
    play.says(JANE, Say.NO)
    assert state(play) is S.DECLINED
    assert play.written() == [CLOSING_TO_RAJ]


def test_whoever_asked_for_it_gets_the_closing_line_too() -> None:
    play = Play(an_introduce(second_asked=True))
    play.left(ASK, JANE)
    play.says(JANE, Say.NO)
    assert play.written() == [CLOSING_TO_RAJ]


def test_silence_is_nudged_once_after_five_business_days_and_ends_after_two_weeks() -> None:
    play = first_asked()  # a Wednesday
    assert play.wait(days=6, hours=23) == ()
    play.wait(hours=1)
    assert play.written() == [(NUDGE, RAJ.id, "intro_nudge")]
    play.left(NUDGE, RAJ)
    play.wait(days=6, hours=23)
    assert play.written() == []
    play.wait(hours=1)
    assert state(play) is S.EXPIRED
    assert play.introduction.first.state is SS.SILENT
    assert "no answer from Raj Rao" in play.told()
    play.wait(days=400)
    assert play.last == ()


def test_a_nudge_that_left_late_is_given_a_week() -> None:
    play = first_asked()
    play.wait(days=13)
    play.left(NUDGE, RAJ)
    play.wait(days=6, hours=23)
    assert state(play) is S.ASKING_FIRST
    play.wait(hours=1)
    assert state(play) is S.EXPIRED


def test_silence_of_the_second_closes_it_for_the_first() -> None:
    play = second_asked()
    play.wait(days=15)
    assert state(play) is S.EXPIRED
    assert (NUDGE, JANE.id, "intro_nudge") in play.written()
    assert CLOSING_TO_RAJ in play.written()


def test_each_side_is_nudged_at_most_once() -> None:
    play = first_asked()
    play.wait(days=8)
    play.says(RAJ, Say.AMBIGUOUS)
    play.left(ASK, RAJ)  # asked again
    play.wait(days=30)
    assert (NUDGE, RAJ.id, "intro_nudge") not in play.written()


def test_an_out_of_office_moves_the_timers_and_nothing_else() -> None:
    play = first_asked()
    before = play.introduction
    assert play.on(Away(RAJ.id, NOW + timedelta(days=20))) == ()
    assert play.introduction.state is before.state
    assert play.introduction.first.state is SS.ASKED
    play.wait(days=19)
    assert play.written() == []
    play.wait(days=2)
    assert play.written() == [(NUDGE, RAJ.id, "intro_nudge")]
    play.wait(days=8)
    assert state(play) is S.EXPIRED


def test_a_later_comes_back_on_its_day_and_goes_on_from_where_it_was() -> None:
    play = first_asked()
    play.says(RAJ, Say.LATER, "After the 10th of January", date(2027, 1, 11))
    assert state(play) is S.DEFERRED
    assert "11 January 2027" in play.told()
    assert {ASK, NUDGE, FINAL} <= play.withdrawn()
    play.wait(days=50)
    assert play.written() == []
    play.wait(days=10)
    assert play.written() == [(ASK, RAJ.id, "intro_later")]
    assert state(play) is S.DEFERRED
    play.left(ASK, RAJ)
    assert state(play) is S.ASKING_FIRST
    play.says(RAJ, Say.YES)
    assert state(play) is S.ASKING_SECOND


def test_a_later_without_a_day_comes_back_in_three_months() -> None:
    play = second_asked()
    play.says(JANE, Say.LATER)
    assert play.introduction.due_at == play.now + timedelta(days=90)
    play.wait(days=91)
    assert play.written() == [(ASK, JANE.id, "intro_later")]
    play.left(ASK, JANE)
    assert state(play) is S.ASKING_SECOND


def test_a_later_that_the_owner_does_not_take_up_ends() -> None:
    play = second_asked()
    play.says(JANE, Say.LATER)
    play.wait(days=91)
    play.wait(days=14)
    assert state(play) is S.EXPIRED
    assert CLOSING_TO_RAJ in play.written()


def test_a_yes_before_the_day_of_a_later_counts() -> None:
    play = first_asked()
    play.says(RAJ, Say.LATER)
    play.after(days=3).says(RAJ, Say.YES)
    assert state(play) is S.ASKING_SECOND


@pytest.mark.parametrize("say", [Say.CONDITIONAL, Say.QUESTION, Say.AMBIGUOUS])
def test_what_is_no_plain_answer_goes_to_the_owner_with_the_words_and_three_answers(
    say: Say,
) -> None:
    play = first_asked()
    play.says(RAJ, say, "Who is it?")
    assert state(play) is S.ASKING_FIRST
    asked = play.asked()
    assert asked is not None
    assert asked.matter is Matter.HELD
    assert asked.words == "Who is it?"
    assert [write for write, _ in asked.answers] == [
        "counts as yes", "counts as no", "ask again: your words",
    ]  # fmt: skip
    assert play.written() == []
    assert play.wait(days=7) == ()  # nobody who answered is nudged


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"is_from_asked": False, "sender": "pa@initech.example"}, "pa@initech.example answered"),
        ({"in_copy": ("bob@x.example",)}, "with bob@x.example in copy"),
    ],
)
@pytest.mark.parametrize("say", [Say.YES, Say.LATER])
def test_a_yes_from_elsewhere_or_with_people_in_copy_is_held(
    fields: dict[str, Any], said: str, say: Say
) -> None:
    play = first_asked()
    play.says(RAJ, say, **fields)
    assert state(play) is S.ASKING_FIRST
    assert play.introduction.first.state is SS.AMBIGUOUS
    asked = play.asked()
    assert asked is not None
    assert said in asked.text


def test_a_no_counts_whoever_is_in_copy() -> None:
    play = first_asked()
    play.says(RAJ, Say.NO, in_copy=("bob@x.example",))
    assert state(play) is S.DECLINED


def test_a_no_from_another_address_closes_the_gate_until_the_owner_has_read_it() -> None:
    play = both_agreed()
    play.says(JANE, Say.NO, is_from_asked=False, sender="pa@acme.io")
    assert state(play) is S.READY
    assert not has_two_consents(play.introduction, play.now)
    asked = play.asked()
    assert asked is not None
    assert asked.matter is Matter.TAKEN_BACK
    assert play.withdrawn() >= {FINAL}


def test_stop_is_a_no_and_suppresses() -> None:
    play = first_asked()
    play.says(RAJ, Say.STOP)
    assert state(play) is S.DECLINED
    assert Suppress(RAJ.id, Suppression.OPTED_OUT) in play.last


def test_stop_from_another_address_suppresses_nobody() -> None:
    play = first_asked()
    play.says(RAJ, Say.STOP, is_from_asked=False)
    assert not any(isinstance(action, Suppress) for action in play.last)
    assert play.introduction.first.state is SS.AMBIGUOUS


@pytest.mark.parametrize("wrong", [timedelta(days=-4000), timedelta(days=4000)])
def test_a_wrong_clock_makes_no_yes_older_than_its_question_or_longer_lasting(
    wrong: timedelta,
) -> None:
    play = first_asked()
    play.after(hours=2).says(RAJ, Say.YES, at=play.now + wrong)
    consent_at = play.introduction.first.consent_at
    assert consent_at is not None
    assert play.introduction.first.asked_at == NOW <= consent_at <= play.now


def test_the_same_yes_twice_is_nothing_new() -> None:
    play = first_asked()
    play.says(RAJ, Say.YES, message_id="<once@x>")
    before = play.introduction
    assert play.says(RAJ, Say.YES, message_id="<once@x>") == ()
    assert play.introduction == before
    assert play.says(RAJ, Say.YES, message_id="<again@x>") != ()
    assert play.written() == []


def test_a_no_after_a_yes_wins_until_the_introduction_has_left() -> None:
    play = both_agreed()
    play.says(RAJ, Say.NO)
    assert state(play) is S.DECLINED
    assert play.introduction.first.state is SS.WITHDRAWN
    assert FINAL in play.withdrawn()
    assert play.written() == [(CLOSING, JANE.id, "intro_closing")]
    assert "took the yes back" in play.told()


def test_a_no_that_comes_while_the_introduction_is_leaving_is_told_with_what_happened() -> None:
    play = both_agreed()
    play.says(RAJ, Say.NO)
    play.left(FINAL, RAJ)
    assert state(play) is S.INTRODUCED
    assert "was leaving already" in play.told()


def test_a_no_after_the_introduction_changes_nothing_and_is_told() -> None:
    play = introduced()
    play.says(JANE, Say.NO, "No, please")
    assert state(play) is S.INTRODUCED
    assert "“No, please”" in play.told()


def test_doubt_after_both_yes_closes_the_gate_and_the_owners_word_opens_it() -> None:
    play = both_agreed()
    play.says(JANE, Say.AMBIGUOUS, "Hmm, let me think again")
    assert not has_two_consents(play.introduction, play.now)
    assert FINAL in play.withdrawn()
    play.wait(days=14)
    assert state(play) is S.EXPIRED


def test_a_yes_after_expiry_is_held_for_the_owner() -> None:
    play = first_asked()
    play.wait(days=15)
    play.says(RAJ, Say.YES, "Sorry for the silence. Yes!")
    assert state(play) is S.EXPIRED
    asked = play.asked()
    assert asked is not None
    assert asked.matter is Matter.LATE_YES
    assert play.written() == []


def test_a_yes_after_a_no_is_held_for_the_owner() -> None:
    play = second_asked()
    play.says(JANE, Say.NO)
    play.after(days=2).says(JANE, Say.YES)
    asked = play.asked()
    assert asked is not None
    assert asked.matter is Matter.LATE_YES
    assert state(play) is S.DECLINED


def test_a_consent_over_thirty_days_old_is_asked_for_once_more() -> None:
    play = both_agreed()
    play.wait(days=30)
    assert state(play) is S.RECONFIRMING
    assert play.written() == [(ASK, RAJ.id, "intro_reconfirm")]
    assert FINAL in play.withdrawn()
    play.left(ASK, RAJ)
    assert not has_two_consents(play.introduction, play.now)
    play.after(hours=2).says(RAJ, Say.YES)
    assert state(play) is S.RECONFIRMING  # by now Jane's yes is too old as well
    assert play.written() == [(ASK, JANE.id, "intro_reconfirm")]
    play.left(ASK, JANE)
    play.after(days=1).says(JANE, Say.YES)
    assert state(play) is S.READY
    assert has_two_consents(play.introduction, play.now)


def test_a_consent_reconfirmed_in_time_opens_the_gate_again() -> None:
    play = first_asked()
    play.says(RAJ, Say.YES)
    play.after(days=10).left(ASK, JANE)
    play.after(days=10).says(JANE, Say.YES)  # Raj's yes is 20 days old
    play.wait(days=11)
    assert state(play) is S.RECONFIRMING
    play.left(ASK, RAJ)
    play.after(days=1).says(RAJ, Say.YES)
    assert state(play) is S.READY
    assert has_two_consents(play.introduction, play.now)
    assert [each[0] for each in play.written()] == [FINAL]


def test_a_consent_that_grows_old_twice_ends_it() -> None:
    play = first_asked()
    play.says(RAJ, Say.YES)
    play.after(days=10).left(ASK, JANE)
    play.after(days=10).says(JANE, Say.YES)
    play.wait(days=11)
    play.left(ASK, RAJ)
    play.after(hours=1).says(RAJ, Say.YES)
    play.wait(days=21)  # Jane's turn to be asked again
    assert play.written() == [(ASK, JANE.id, "intro_reconfirm")]
    play.left(ASK, JANE)
    play.after(hours=1).says(JANE, Say.YES)
    play.wait(days=31)  # and Raj's yes is old a second time
    assert state(play) is S.EXPIRED


def test_a_reconfirmation_that_nobody_answers_ends_it() -> None:
    play = both_agreed()
    play.wait(days=30)
    play.left(ASK, RAJ)
    play.wait(days=30)
    assert state(play) is S.EXPIRED
    assert (CLOSING, JANE.id, "intro_closing") in play.written()


@pytest.mark.parametrize("asked", [JANE, RAJ])
def test_a_bounce_ends_it_and_the_other_learns_nothing_of_it(asked: object) -> None:
    play = second_asked() if asked is JANE else first_asked()
    play.on(CameBack(JANE.id if asked is JANE else RAJ.id))
    assert state(play) is S.UNDELIVERABLE
    assert play.written() == ([CLOSING_TO_RAJ] if asked is JANE else [])
    assert "comes back" in play.told()


def test_an_introduction_that_comes_back_from_one_is_told() -> None:
    play = introduced()
    play.on(CameBack(JANE.id))
    assert state(play) is S.UNDELIVERABLE
    assert "reached Raj Rao, but not Jane Roe" in play.told()


@pytest.mark.parametrize(
    ("because", "expected"),
    [
        (Suppression.OPTED_OUT, S.DECLINED), (Suppression.OWNER, S.DECLINED),
        (Suppression.FORGOTTEN, S.DECLINED), (Suppression.BOUNCED, S.UNDELIVERABLE),
    ],
)  # fmt: skip
def test_nothing_goes_on_with_the_suppressed(
    because: Suppression, expected: IntroductionState
) -> None:
    for play in (Play(), first_asked(), second_asked(), both_agreed()):
        play.on(Barred(JANE.id, because))
        assert state(play) is expected
        assert all(to != JANE.id for _, to, _ in play.written())


def test_an_erased_person_ends_it_as_cancelled() -> None:
    play = both_agreed()
    play.on(Erased(JANE.id))
    assert state(play) is S.CANCELLED
    assert play.written() == [CLOSING_TO_RAJ]


def test_the_owner_cancels_and_only_those_who_had_agreed_hear_of_it() -> None:
    play = first_asked()
    play.on(Cancelled())
    assert (state(play), play.written()) == (S.CANCELLED, [])
    play = second_asked()
    play.on(Cancelled())
    assert (state(play), play.written()) == (S.CANCELLED, [CLOSING_TO_RAJ])
    play = introduced()
    play.on(Cancelled())
    assert (state(play), play.written()) == (S.CLOSED, [])
    assert play.on(Cancelled()) == ()


def test_the_owners_no_to_a_needed_draft_ends_it_and_to_another_does_not() -> None:
    play = Play()
    play.on(Dropped(ASK, RAJ.id))
    assert state(play) is S.CANCELLED
    play = second_asked()
    play.on(Dropped(NUDGE, JANE.id))
    assert state(play) is S.ASKING_SECOND
    play = both_agreed()
    play.on(Dropped(FINAL, RAJ.id))
    assert state(play) is S.CANCELLED
    assert len(play.written()) == 2


def test_a_draft_the_owner_had_no_time_for_is_shown_once_more() -> None:
    play = Play()
    play.after(days=7).on(Dropped(ASK, RAJ.id, is_expired=True))
    assert play.written() == [(ASK, RAJ.id, "intro_ask")]
    play.wait(days=7)
    assert state(play) is S.CANCELLED
    play = both_agreed()
    play.after(days=7).on(Dropped(FINAL, RAJ.id, is_expired=True))
    assert [each[0] for each in play.written()] == [FINAL]
    play.after(days=8).on(Dropped(FINAL, RAJ.id, is_expired=True))
    assert play.written() == []


def test_a_word_between_them_connects_and_the_month_asks_for_the_outcome() -> None:
    play = introduced()
    play.after(days=2).on(Seen(JANE.id))
    assert state(play) is S.CONNECTED
    assert play.last == ()
    play.wait(days=27)
    assert play.asked() is None
    play.wait(days=2)
    asked = play.asked()
    assert asked is not None
    assert asked.matter is Matter.OUTCOME
    play.wait(days=30)
    assert state(play) is S.CLOSED
    assert play.asked() is None


def test_a_week_of_quiet_asks_the_owner_and_not_them() -> None:
    play = introduced()
    play.wait(days=7)
    assert state(play) is S.QUIET
    asked = play.asked()
    assert asked is not None
    assert asked.matter is Matter.QUIET
    assert play.written() == []
    play.after(days=1).on(Seen(RAJ.id))
    assert state(play) is S.CONNECTED


def test_what_was_not_approved_in_two_weeks_is_let_be() -> None:
    play = Play()
    play.wait(days=14)
    assert state(play) is S.CANCELLED
    play = first_asked()
    play.says(RAJ, Say.YES)  # and the second ask is never approved
    play.wait(days=14)
    assert state(play) is S.EXPIRED
    assert CLOSING_TO_RAJ in play.written()


def test_an_ask_that_was_leaving_when_it_ended_changes_nothing() -> None:
    play = Play()
    play.on(Cancelled())
    play.left(ASK, RAJ)
    assert state(play) is S.CANCELLED
    assert play.introduction.first.thread_id is not None
    assert play.written() == []


def test_an_ask_again_that_crossed_a_yes_takes_no_yes_away() -> None:
    play = first_asked()
    play.says(RAJ, Say.YES)
    play.left(ASK, RAJ)
    assert play.introduction.first.state is SS.YES


def test_begun_twice_writes_no_second_ask_once_the_first_left() -> None:
    play = first_asked()
    assert play.on(Begun()) == ()


def test_nothing_is_due_in_what_has_ended_and_something_in_all_that_has_not() -> None:
    for play in (Play(), first_asked(), second_asked(), both_agreed(), introduced()):
        assert play.introduction.due_at is not None
        assert play.on(Due()) == ()
    play = first_asked()
    play.on(Cancelled())
    assert play.introduction.due_at is None
    assert state(play) in ENDED
