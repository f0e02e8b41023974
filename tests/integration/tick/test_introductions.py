"""An introduction pass by pass, on a real store: every answer, silence and second thought."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from mailflow.model.draft import DraftState, Purpose
from mailflow.model.interaction import Deed
from mailflow.model.introducing import RuleIntroduction
from mailflow.model.ruling import Counted, CountsAs
from mailflow.store import facts
from mailflow.tick.introduce import about_introductions
from tests.laws.introducing import JANE, LINE, RAJ, Introducing
from tests.laws.play import OWNER, text_of


@pytest.fixture
def play() -> Iterator[Introducing]:
    world = Introducing()
    yield world
    world.close()


def test_both_say_yes_and_are_introduced_in_one_mail(play: Introducing) -> None:
    play.introduce()
    assert play.states() == ("introduced", "yes", "yes")
    (final,) = [mail for mail in play.mails_to(JANE) if str(mail["Subject"]).startswith("Intro:")]
    assert [each.addr_spec for each in final["To"].addresses] == [RAJ, JANE]
    assert final["In-Reply-To"] is None
    assert final["References"] is None
    envelopes = [taken.envelope.recipients for taken in play.post.taken]
    assert (RAJ, JANE, "ada+mailflow@example.org") in envelopes
    with play.house.store.begin() as s:
        for side in play.introduction.sides:
            deeds = facts.interactions(s, play.house.owner_id, side.contact_id)
            assert Deed.INTRODUCED in [each.deed for each in deeds]


def test_before_both_agreed_no_mail_tells_who_the_other_is(play: Introducing) -> None:
    play.agree()
    to_raj, to_jane = "\n".join(play.texts_to(RAJ)), "\n".join(play.texts_to(JANE))
    assert not [secret for secret in ("jane", "roe", "acme") if secret in to_raj.lower()[8:]]
    told = to_jane.lower().replace("hi jane", "")
    assert not [secret for secret in ("raj", "rao", "payroll") if secret in told]


def test_nothing_leaves_without_the_owners_ok(play: Introducing) -> None:
    play.begin()
    play.wait(3)
    assert play.carried == []
    play.approve()
    play.leave()
    play.reply(RAJ, "Yes!")
    play.wait(2)
    assert play.mails_to(JANE) == []


def test_a_no_of_the_first_ends_it_and_the_second_never_hears_of_it(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "No, thank you.")
    assert play.states() == ("declined", "no", "not_asked")
    play.wait(20)
    assert play.mails_to(JANE) == []
    assert len(play.mails_to(RAJ)) == 1
    assert "said no" in play.said(play.read)


def test_a_no_of_the_second_gives_the_first_a_line_without_a_reason(play: Introducing) -> None:
    play.ask_both()
    play.reply(JANE, "No thanks, not for me.")
    assert play.states() == ("declined", "yes", "no")
    play.approve(to=RAJ)
    play.leave()
    last = play.texts_to(RAJ)[-1]
    assert "will not come about" in last
    assert "jane" not in last.lower()


def closing_line(play: Introducing) -> str:
    """What Raj, who agreed, is told at the end."""
    play.approve(to=RAJ)
    play.leave()
    return play.texts_to(RAJ)[-1]


def test_the_closing_line_is_the_same_after_a_no_silence_a_bounce_or_no_question() -> None:
    lines: dict[str, str] = {}
    for how in ("no", "silence", "never asked", "cancelled"):
        play = Introducing()
        if how in {"no", "silence"}:
            play.ask_both()
        else:
            play.ask()
            play.reply(RAJ, "Yes, gladly!")
        if how == "no":
            play.reply(JANE, "No.")
        elif how == "silence":
            play.wait(9)
            play.wait(13)
        elif how == "never asked":
            play.approve("skip", to=JANE)
        else:
            play.tell("cancel introduction jane and raj")
            play.tick()
        lines[how] = closing_line(play)
        play.close()
    assert len(set(lines.values())) == 1, lines


def test_silence_is_nudged_once_in_the_thread_and_then_ends(play: Introducing) -> None:
    play.ask()
    first = play.mails_to(RAJ)[0]
    play.wait(7)
    play.approve()
    play.leave()
    nudge = play.mails_to(RAJ)[1]
    assert nudge["In-Reply-To"] == first["Message-ID"]
    assert str(nudge["Subject"]) == f"Re: {first['Subject']}"
    play.wait(20)
    assert play.states() == ("expired", "silent", "not_asked")
    assert len(play.mails_to(RAJ)) == 2
    assert play.mails_to(JANE) == []


def test_later_comes_back_on_its_day(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Not now, please ask me again on 14 December.")
    assert play.states() == ("deferred", "later", "not_asked")
    before = len(play.letters)
    play.wait(20)
    assert "Is now a better time" not in play.said(before)
    play.wait(7)
    assert "Is now a better time" in play.said(before)
    play.approve(to=RAJ)
    play.leave()
    assert play.states() == ("asking_first", "asked", "not_asked")
    play.reply(RAJ, "Yes, gladly!")
    assert play.states()[0] == "asking_second"


@pytest.mark.parametrize(
    "text",
    ["Yes, if she is in Berlin.", "Who is it?", "Yes and no.", "Let me think about it."],
)
def test_what_is_no_plain_yes_goes_to_the_owner_word_for_word(play: Introducing, text: str) -> None:
    play.ask()
    play.reply(RAJ, text)
    assert play.introduction.state == "asking_first"
    assert text.rstrip(".") in play.said(play.read)
    assert play.mails_to(JANE) == []
    assert [d for d in play.drafts() if d.purpose is Purpose.INTRO_ASK and d.to.key == JANE] == []


def test_the_owner_counts_an_answer_as_a_yes(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Yes, if she is in Berlin.")
    play.rule("counts as yes")
    assert play.states() == ("asking_second", "yes", "not_asked")
    play.approve(to=JANE)
    play.leave()
    assert len(play.mails_to(JANE)) == 1


def test_the_owner_counts_an_answer_as_a_no(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Who is it?")
    play.rule("counts as no")
    assert play.states()[0] == "declined"


def test_the_owner_asks_again_in_words_of_her_own(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Who is it?")
    play.rule("ask again: She builds aircraft engines and asked me about salaries.")
    play.approve(to=RAJ)
    play.leave()
    assert "aircraft engines" in play.texts_to(RAJ)[-1]
    play.reply(RAJ, "Oh, then yes!")
    assert play.introduction.state in ("asking_second", "asking_first")


def test_the_answer_to_a_question_counts_once(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Who is it?")
    question = next(m for m in play.letters if "What does this answer mean" in m["Subject"])
    play.answer(question, "counts as yes")
    play.tick()
    play.answer(question, "counts as no")
    play.tick()
    assert play.states()[:2] == ("asking_second", "yes")
    assert "answered that already" in text_of(play.letters[-1])


def test_a_yes_from_another_address_is_held_for_the_owner(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Yes, gladly!", sender="raj@home.example")
    assert play.introduction.state == "asking_first"
    assert "raj@home.example" in play.said(play.read)
    play.rule("counts as yes")
    assert play.introduction.state == "asking_second"


def test_a_yes_from_an_assistant_is_held_for_the_owner(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Raj says yes.\n\nMaya, for Raj", sender="Maya <office@payroll.example>")
    assert play.introduction.state == "asking_first"
    assert "office@payroll.example" in play.said(play.read)


KIM = "met Kim Poe <kim@poe.example>, CTO at Poe"
VOUCHED = {"Authentication-Results": "mx.example; dmarc=pass header.from=payroll.example"}


@pytest.mark.parametrize("is_asked_twice", [False, True])
def test_a_yes_that_names_no_mail_counts_only_where_one_question_is_open(
    play: Introducing, is_asked_twice: bool
) -> None:
    play.tell(KIM)
    play.tick()
    play.answer(play.letters[-1], "skip all")
    play.tick()
    play.ask()
    if is_asked_twice:
        play.ask(LINE.replace("jane", "kim"))
    identity = replace(play.house.identity, authserv_id="mx.example")
    play.house = replace(play.house, config=replace(play.config, identity=identity))
    play.reply(RAJ, "Yes, gladly!", headers={"In-Reply-To": "<lost@x.example>", **VOUCHED})
    states = [each.first.state for each in play.introductions()]
    assert states == (["asked", "ambiguous"] if is_asked_twice else ["yes"])


def test_a_yes_that_an_assistant_sent_in_their_name_is_held_for_the_owner(
    play: Introducing,
) -> None:
    play.ask()
    play.reply(RAJ, "Yes, gladly!", headers={"Sender": "Kim <kim@payroll.example>"})
    assert play.states() == ("asking_first", "ambiguous", "not_asked")


def test_a_yes_of_two_authors_is_held_for_the_owner(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Yes, gladly!", sender=f"{RAJ}, kim@payroll.example")
    assert play.states() == ("asking_first", "ambiguous", "not_asked")


def test_a_yes_with_somebody_in_copy_is_held_for_the_owner(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Yes, gladly!", to=f"{OWNER}, boss@payroll.example")
    assert play.introduction.state == "asking_first"
    assert "boss@payroll.example" in play.said(play.read)


def test_a_no_counts_whoever_is_in_copy(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "No, thank you.", to=f"{OWNER}, boss@payroll.example")
    assert play.introduction.state == "declined"


def test_an_out_of_office_moves_the_timer_and_nothing_else(play: Introducing) -> None:
    play.ask()
    before = play.states(), play.introduction.due_at
    robot = {"Auto-Submitted": "auto-replied"}
    play.reply(RAJ, "Yes! I am away until 30 November 2026.", headers=robot)
    assert play.states() == before[0]
    due = play.introduction.due_at
    assert due is not None
    assert before[1] is not None
    assert due > before[1]
    play.wait(7)
    assert len(play.mails_to(RAJ)) == 1


def test_stop_is_a_no_and_nobody_writes_there_again(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Stop writing to me.")
    assert play.introduction.state == "declined"
    play.wait(30)
    assert len(play.mails_to(RAJ)) == 1
    answer = text_of(play.begin())
    assert "suppression list" in answer


def test_a_mail_that_proves_nothing_makes_no_yes_of_an_answer(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Perhaps, who is it?")
    before = len(play.letters)
    play.tell(f"introduction {play.introduction.id}: raj counts as yes")
    play.tick()
    assert "Answer my question about it" in play.said(before)
    assert play.states()[0] == "asking_first"
    play.rule("counts as yes")
    assert play.states()[0] == "asking_second"


def test_nothing_counts_as_a_yes_of_somebody_who_said_stop(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Please never write to me again.")
    with play.house.store.begin() as s:
        ruled = RuleIntroduction(play.introduction.id, CountsAs(Counted.YES), "raj")
        line, _ = about_introductions(s, play.house, play.now, ruled, "")
    assert "suppression list" in line.said
    assert play.states()[0] == "declined"


def test_a_no_after_the_owners_ok_keeps_the_mail_to_both_from_leaving(play: Introducing) -> None:
    play.agree()
    play.approve()
    play.reply(RAJ, "No, sorry.")
    play.leave()
    play.wait(2)
    assert not [m for m in play.mails_to(JANE) if str(m["Subject"]).startswith("Intro:")]
    assert play.states() == ("declined", "withdrawn", "yes")


def test_an_unread_no_keeps_the_mail_to_both_from_leaving(play: Introducing) -> None:
    """It comes in after the pass has read the mailbox, just before the mail would leave."""
    play.agree()
    play.approve()
    play.pass_time(timedelta(minutes=4))
    mail = play.mails_to(RAJ)[-1]
    data = play.mail(RAJ, OWNER, "No.", subject=f"Re: {mail['Subject']}",
                     headers={"In-Reply-To": str(mail["Message-ID"])})  # fmt: skip
    real = play.house.dice.random
    play.house.dice.random = lambda: play.account.deliver(data, play.now) or real()  # type: ignore[method-assign]
    play.tick()
    del play.house.dice.random
    play.leave()
    assert not [m for m in play.mails_to(JANE) if str(m["Subject"]).startswith("Intro:")]
    assert play.states()[0] == "declined"


def test_a_yes_after_the_end_is_held_until_the_owner_counts_it(play: Introducing) -> None:
    play.ask()
    play.wait(20)
    assert play.introduction.state == "expired"
    play.reply(RAJ, "Yes, gladly!")
    assert play.introduction.state == "expired"
    assert "says yes, but" in play.said(play.read)
    play.rule("counts as yes")
    assert play.states()[:2] == ("asking_second", "yes")


def test_the_same_yes_twice_changes_nothing(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Yes, gladly!")
    before = play.introduction, [d.state for d in play.drafts()], len(play.letters)
    yes = play.account.held("INBOX")[-1]
    for data in play.account.held("INBOX"):
        if b"Yes, gladly!" in data:
            yes = data
    play.account.deliver(yes, play.now)
    play.tick()
    after = play.introduction, [d.state for d in play.drafts()], len(play.letters)
    assert after == before


def test_a_yes_older_than_thirty_days_is_asked_for_once_more(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "Yes, gladly!")
    play.approve("later 12d", to=JANE)
    play.wait(12)
    play.approve(to=JANE)
    play.leave()
    play.wait(7)
    play.reply(JANE, "Yes please.")
    assert play.introduction.state == "ready"
    play.approve("later 12d")
    play.wait(13)
    assert play.introduction.state == "reconfirming"
    assert "Does it still suit you" in play.said() or "time changes plans" in play.said()
    play.approve(to=RAJ)
    play.leave()
    play.reply(RAJ, "Yes, gladly!")
    assert play.introduction.state == "ready"


def test_an_erased_side_ends_it_and_leaves_nothing_behind(play: Introducing) -> None:
    play.ask_both()
    play.tell("forget jane")
    play.tick()
    question = next(letter for letter in play.letters if "Erase" in letter["Subject"])
    play.answer(question, "ok")
    play.tick()
    assert play.introductions() == ()
    assert [d.state for d in play.drafts() if d.purpose is Purpose.INTRO_CLOSING]
    play.approve(to=RAJ)
    play.leave()
    assert "will not come about" in play.texts_to(RAJ)[-1]
    assert len(play.mails_to(JANE)) == 1


def test_cancelled_by_its_number_or_by_names_it_ends(play: Introducing) -> None:
    play.ask()
    play.tell("stop introducing jane and raj")
    play.tick()
    assert play.states() == ("cancelled", "asked", "not_asked")
    play.reply(RAJ, "Yes!")
    play.wait(20)
    assert play.introduction.state == "cancelled"
    assert play.mails_to(JANE) == []


def test_undo_after_an_introduction_began_says_how_to_end_it_and_takes_nobody_away(
    play: Introducing,
) -> None:
    play.tell(KIM)
    play.tick()
    play.pass_time(timedelta(minutes=5))
    play.begin()
    play.tell("undo")
    play.tick()
    assert "cancel introduction 1" in text_of(play.letters[-1])
    with play.house.store.begin() as s:
        assert len(facts.contacts(s, play.house.owner_id)) == 3
    play.tell("cancel introduction 1")
    play.tick()
    assert play.introduction.state.value == "cancelled"


def test_a_word_between_the_two_connects_them(play: Introducing) -> None:
    play.introduce()
    play.reply(JANE, "Hi Raj, Thursday at ten?", to=f"{RAJ}, {OWNER}")
    assert play.introduction.state == "connected"


def test_thanks_to_the_owner_alone_connect_nobody(play: Introducing) -> None:
    play.introduce()
    play.reply(JANE, "Thank you, Ada!")
    assert play.introduction.state == "introduced"


def test_moved_to_bcc_the_owner_is_asked_after_a_week(play: Introducing) -> None:
    play.introduce()
    play.wait(8)
    assert play.introduction.state == "quiet"
    play.rule("they are in touch")
    assert play.introduction.state == "connected"


def test_what_came_of_it_is_asked_after_a_month_and_shown(play: Introducing) -> None:
    play.introduce()
    play.reply(JANE, "Hi Raj!", to=f"{RAJ}, {OWNER}")
    play.wait(32)
    play.rule("it helped: a pilot with forty people")
    assert play.introduction.state == "closed"
    play.tell("who raj")
    play.tick()
    assert "a pilot with forty people" in text_of(play.letters[-1])
    play.wait_for_monday()
    summaries = [each for each in play.letters if str(each["Subject"]).startswith("Your week")]
    assert "a pilot with forty people" in text_of(summaries[-1])


def test_who_asked_for_it_has_consented(play: Introducing) -> None:
    play.begin(LINE + "\njane asked for this")
    play.approve(to=RAJ)
    play.leave()
    play.reply(RAJ, "Yes, gladly!")
    assert play.states() == ("ready", "yes", "standing")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("introduce jane and nobody: x / y", "nobody called “nobody”"),
        ("introduce jane and jane: x / y", "Both names mean"),
        ("introduce jane and raj", "gain"),
        ("introduce jane and raj: a / b", ""),
    ],
)
def test_what_cannot_begin_is_said_and_nothing_is_half_begun(
    play: Introducing, line: str, said: str
) -> None:
    answer = text_of(play.begin(line))
    assert said in answer
    if said:
        assert play.introductions() == ()
        assert play.drafts() == []


def test_a_pair_is_not_asked_twice_within_half_a_year(play: Introducing) -> None:
    play.ask()
    play.reply(RAJ, "No.")
    assert "asking again so soon" in " ".join(text_of(play.begin()).split())
    assert len(play.introductions()) == 1


def test_never_introduce_holds_until_it_is_taken_back(play: Introducing) -> None:
    play.tell("never introduce jane")
    play.tick()
    assert "never to introduce" in text_of(play.begin())
    assert play.introductions() == ()
    play.tell("may introduce jane")
    play.tick()
    play.begin()
    assert play.introduction.state == "draft"


def test_two_who_were_in_one_mail_are_introduced_only_anyway(play: Introducing) -> None:
    play.account.deliver(play.mail(OWNER, f"{JANE}, {RAJ}", "Hello both", subject="Lunch"),
                         play.now, "Sent")  # fmt: skip
    play.tick()
    assert "Lunch" in text_of(play.begin())
    assert play.introductions() == ()
    play.begin(LINE.replace("introduce", "introduce anyway", 1))
    assert play.introduction.state == "draft"


def test_a_refused_recipient_ends_it(play: Introducing) -> None:
    play.begin()
    play.approve()
    play.post.fail("RCPT", "550 5.1.1 nobody here").times = 1
    play.leave()
    assert [d.state for d in play.drafts()][:1] == [DraftState.FAILED]
    assert play.introduction.state in ("undeliverable", "draft")


@pytest.mark.parametrize(
    ("stage", "reply"), [("MAIL", "554 5.7.1 You are blocked"), ("DATA", "550 5.7.1 Too large")]
)
def test_an_ask_the_server_would_not_take_is_shown_at_once_with_its_words_and_tried_again(
    play: Introducing, stage: str, reply: str
) -> None:
    play.begin()
    play.approve()
    play.post.fail(stage, reply).times = 1
    before = len(play.letters)
    play.leave()
    play.tick()
    assert [d.state for d in play.drafts()] == [DraftState.FAILED, DraftState.AWAITING_APPROVAL]
    said = " ".join(play.said(since=before).split())
    assert f"The outgoing server would not take it: “{reply}" in said
    assert "Your ok tries it again." in said
    assert play.introduction.state == "draft"
    play.approve()
    play.leave()
    assert play.introduction.state == "asking_first"
    assert [to for to, _ in play.carried] == [RAJ]


def test_the_mail_to_both_the_server_would_not_take_is_tried_again_after_an_ok(
    play: Introducing,
) -> None:
    play.agree()
    play.approve()
    play.post.fail("MAIL", "554 5.7.1 You are blocked").times = 1
    before = len(play.letters)
    play.leave()
    play.tick()
    said = " ".join(play.said(since=before).split())
    assert "would not take it: “554 5.7.1 You are blocked" in said
    assert "both agreed. This goes to both" in said
    assert play.introduction.state == "ready"
    play.approve()
    play.leave()
    assert play.introduction.state == "introduced"


def test_an_ask_the_server_would_not_take_can_be_dropped(play: Introducing) -> None:
    play.begin()
    play.approve()
    play.post.fail("MAIL", "554 5.7.1 You are blocked").times = 1
    play.leave()
    play.tick()
    play.approve("skip")
    assert play.introduction.state == "cancelled"


def test_a_skipped_question_lets_the_introduction_be(play: Introducing) -> None:
    play.begin()
    play.approve("skip")
    assert play.introduction.state == "cancelled"


def test_a_corrected_address_is_in_the_mail_to_both_which_is_asked_about_anew(
    play: Introducing,
) -> None:
    play.agree()
    play.approve()
    play.tell("email jane: jane@new.example")
    play.tick()
    waiting = [d for d in play.drafts() if d.purpose is Purpose.INTRODUCTION]
    assert [d.state for d in waiting if d.state is DraftState.APPROVED] == []
    assert "jane@new.example" in waiting[-1].body
    assert [str(each) for each in waiting[-1].recipients] == [RAJ, "jane@new.example"]


def test_the_owners_own_words_that_tell_too_much_are_pointed_out(play: Introducing) -> None:
    play.begin()
    play.answer(play.letters[-1], "new text:\nHi Raj,\n\nmay I introduce Jane Roe to you?\n\nAda")
    play.tick()
    assert any("has not agreed to meet yet" in doubt for doubt in play.drafts()[-1].lint)


def test_words_that_tell_too_much_are_shown_once_more_before_they_leave_as_they_are(
    play: Introducing,
) -> None:
    play.begin()
    play.approve("send as is\nHi Raj, may I introduce you to Jane Roe?")
    assert "before both have agreed" in text_of(play.letters[-1])
    play.leave()
    assert play.mails_to(RAJ) == []
    play.approve()
    play.leave()
    assert "Jane Roe" in play.texts_to(RAJ)[0]


def test_the_mail_to_both_is_written_by_name_to_both_wherever_it_is_shown(
    play: Introducing,
) -> None:
    play.agree()
    shown = text_of(play.letters[-1])
    assert f"to: Raj Rao <{RAJ}>, Jane Roe <{JANE}>" in shown


def test_while_the_second_is_paused_the_mail_to_both_waits_and_holds_up_nobody_else(
    play: Introducing,
) -> None:
    play.agree()
    play.approve()
    play.tell(f"pause {JANE} 2w\nmet Li Lund <li@lab.example>, chemist @PyCon")
    play.tick()
    play.approve(to="li@lab.example")
    play.wait(0.1)
    play.wait(1)
    assert [str(mail["Subject"]) for mail in play.mails_to("li@lab.example")]
    assert not [m for m in play.mails_to(RAJ) if str(m["Subject"]).startswith("Intro:")]
