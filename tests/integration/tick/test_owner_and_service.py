"""What the owner writes to the service and what comes back, pass by pass, on a real store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest

from mailflow.model.address import Address
from mailflow.model.contact import Suppression
from mailflow.model.draft import DraftState
from mailflow.store import facts, record
from tests.laws.play import OWNER, SERVICE, Play, text_of

JANE = "jane@acme.io"
MET = f"met Jane Roe <{JANE}>, CTO at Acme @PyCon: wants intros to investors"


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


def last(play: Play) -> EmailMessage:
    return play.letters[-1]


def drafts(play: Play) -> list[DraftState]:
    with play.house.store.begin() as s:
        return [draft.state for draft in facts.drafts(s, play.house.owner_id)]


def people(play: Play, text: str) -> int:
    with play.house.store.begin() as s:
        return len(facts.find_contacts(s, play.house.owner_id, text))


def send_first_mail(play: Play) -> EmailMessage:
    play.tell(MET)
    play.tick()
    play.answer(last(play), "ok")
    play.tick()
    play.pass_time(timedelta(minutes=3))
    play.tick()
    return play.carried[-1][1]


def test_forget_by_mail_is_asked_about_and_done_only_with_the_answer(play: Play) -> None:
    play.tell(MET)
    play.tick()
    play.tell("forget jane")
    play.tick()
    assert people(play, JANE) == 1
    question = next(letter for letter in play.letters if "Erase" in letter["Subject"])
    play.answer(question, "ok")
    play.tick()
    assert people(play, JANE) == 0
    play.tell(MET)
    play.tick()
    assert people(play, JANE) == 0
    assert "suppression list" in text_of(last(play))


def test_export_by_mail_comes_after_the_answer(play: Play) -> None:
    play.tell(MET)
    play.tick()
    play.tell("export jane")
    play.tick()
    question = next(letter for letter in play.letters if "everything about" in letter["Subject"])
    play.answer(question, "ok")
    play.tick()
    assert JANE in text_of(last(play))
    assert "intros to investors" in text_of(last(play))


def test_an_answer_from_an_unknown_address_is_asked_about_and_then_counts(play: Play) -> None:
    mail = send_first_mail(play)
    headers = {"In-Reply-To": str(mail["Message-ID"])}
    data = play.mail("jane@home.example", OWNER, "Gladly!", subject="Re: x", headers=headers)
    play.account.deliver(data, play.now)
    play.tick()
    assert "jane@home.example" in last(play)["Subject"]
    play.answer(last(play), "ok")
    play.tick()
    with play.house.store.begin() as s:
        (jane,) = facts.find_contacts(s, play.house.owner_id, JANE)
    assert [str(address) for address in jane.addresses] == [JANE, "jane@home.example"]


def test_the_question_about_an_address_is_asked_once(play: Play) -> None:
    mail = send_first_mail(play)
    headers = {"In-Reply-To": str(mail["Message-ID"])}
    before = len(play.letters)
    for text in ("Gladly!", "Or on Tuesday?"):
        data = play.mail("jane@home.example", OWNER, text, subject="Re: x", headers=headers)
        play.account.deliver(data, play.now)
        play.tick()
    assert len(play.letters) == before + 1


def test_a_stop_from_an_unknown_address_is_obeyed_before_the_owner_answers(play: Play) -> None:
    mail = send_first_mail(play)
    headers = {"In-Reply-To": str(mail["Message-ID"])}
    data = play.mail("jane@home.example", OWNER, "Please stop.", subject="Re: x", headers=headers)
    play.account.deliver(data, play.now)
    play.tick()
    home = Address.parse("jane@home.example")
    with play.house.store.begin() as s:
        assert record.is_suppressed(s, play.house.owner_id, home) is Suppression.OPTED_OUT
        (jane,) = facts.find_contacts(s, play.house.owner_id, JANE)
        assert facts.contact_facts(s, play.house.owner_id, jane.id).suppressed is None
    assert "none of their addresses is written to" in " ".join(text_of(last(play)).split())
    play.answer(last(play), "ok")
    play.tick()
    with play.house.store.begin() as s:
        told = facts.contact_facts(s, play.house.owner_id, jane.id)
    assert told.suppressed is Suppression.OPTED_OUT


def test_the_owner_is_asked_about_three_unknown_addresses_and_told_of_more(play: Play) -> None:
    mail = send_first_mail(play)
    headers = {"In-Reply-To": str(mail["Message-ID"])}
    for n in range(6):
        data = play.mail(f"n{n}@many.example", OWNER, "Hi!", subject="Re: x", headers=headers)
        play.account.deliver(data, play.now)
    play.tick()
    questions = [each for each in play.letters if "Jane Roe too?" in str(each["Subject"])]
    assert len(questions) == 3
    with play.house.store.begin() as s:
        told = facts.summary_facts(s, play.house.owner_id, play.now, period="2026-W01")
    assert sum("More unknown addresses" in each.text for each in told.trouble) == 3


def test_undo_brings_the_draft_back_and_it_is_asked_about_again(play: Play) -> None:
    play.tell(MET)
    play.tick()
    play.answer(last(play), "ok")
    play.tick()
    play.tell("undo")
    play.tick()
    play.pass_time(timedelta(hours=1))
    play.tick()
    assert play.carried == []
    assert drafts(play) == [DraftState.AWAITING_APPROVAL]
    request = next(letter for letter in play.letters if "May this go out" in letter["Subject"])
    play.answer(request, "ok")
    play.tick()
    play.pass_time(timedelta(minutes=3))
    play.tick()
    assert len(play.carried) == 1


def test_over_the_limit_one_notice_is_sent_and_everything_is_still_done(play: Play) -> None:
    for n in range(9):
        play.tell(f"How do you do, for the {n}th time?")
        play.tick()
    subjects = [str(letter["Subject"]) for letter in play.letters]
    assert len(subjects) == play.house.policy.answers_per_hour + 1
    assert "No more answers" in subjects[-1]
    play.pass_time(timedelta(hours=2))
    play.tell("met Late Roe <late@acme.io>")
    play.tick()
    assert len(play.letters) == len(subjects), "silence until tomorrow"
    assert len(drafts(play)) == 1
    play.pass_time(timedelta(hours=23))
    play.tell("met Next Roe <next@acme.io>")
    play.tick()
    assert any("Next Roe" in str(letter["Subject"]) for letter in play.letters)


def test_whoever_tries_things_out_is_answered_each_time(play: Play) -> None:
    for n in range(12):
        play.tell(f"met Person{n} Roe <p{n}@acme.io>")
        play.tick()
    play.tell("help")
    play.tick()
    assert len(play.letters) == 13
    assert not any("No more answers" in str(letter["Subject"]) for letter in play.letters)


def test_even_what_is_understood_is_not_answered_without_end(play: Play) -> None:
    for n in range(40):
        play.tell(f"call Person{n}: hello") if n % 2 else play.tell("help")
        play.tick()
    assert len(play.letters) <= 6 * play.house.policy.answers_per_hour + 1
    assert "No more answers" in str(play.letters[-1]["Subject"])


def test_mail_to_the_service_is_moved_away_when_the_owner_wants_that(play: Play) -> None:
    play.house = replace(play.house, config=replace(play.config, moves_done=True))
    play.account.deliver(play.mail("raj@x.example", OWNER, "Hello"), play.now)
    play.tell(MET)
    play.tick()
    assert len(play.account.held("mailflow/Done")) == 1
    assert b"met Jane" not in b"".join(play.account.held("INBOX"))
    assert any(b"raj@x.example" in data for data in play.account.held("INBOX"))


def test_mail_to_the_service_stays_where_it_is_by_default(play: Play) -> None:
    play.tell(MET)
    play.tick()
    assert "mailflow/Done" not in play.account.mailboxes
    assert any(b"met Jane" in data for data in play.account.held("INBOX"))


def test_what_is_sent_from_drafts_by_hand_settles_the_draft(play: Play) -> None:
    play.tell(MET)
    play.tick()
    (copy,) = play.account.held("Drafts")
    play.account.deliver(copy, play.now, "Sent")
    play.pass_time(timedelta(minutes=5))
    play.tick()
    assert drafts(play) == [DraftState.SENT]
    assert play.account.held("Drafts") == []
    assert play.carried == []


def test_a_draft_is_withdrawn_when_its_person_writes_first(play: Play) -> None:
    play.tell(MET)
    play.tick()
    play.pass_time(timedelta(minutes=5))
    play.account.deliver(play.mail(JANE, OWNER, "Good to meet you!"), play.now)
    play.tick()
    play.tick()
    assert drafts(play) == [DraftState.WITHDRAWN]
    assert play.account.held("Drafts") == []


def test_an_unreachable_account_is_told_of_once_and_the_pass_goes_on(play: Play) -> None:
    play.account.trouble = "The server does not answer."
    for _ in range(3):
        assert play.tick()
    play.account.trouble = ""
    play.tell(MET)
    play.tick()
    assert drafts(play) == [DraftState.AWAITING_APPROVAL]
    with play.house.store.begin() as s:
        told = facts.summary_facts(
            s, play.house.owner_id, play.now, since=play.now - timedelta(days=7), period="2026-W47"
        )
    assert len([line for line in told.trouble if "could not be reached" in line.text]) == 1


def test_what_cannot_be_read_is_kept_and_the_next_mail_is_read(play: Play) -> None:
    deep = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 60
    play.account.deliver(b"From: x@y.example\r\n" + deep, play.now)
    play.tell(MET)
    play.tick()
    with play.house.store.begin() as s:
        (kept,) = record.quarantined(s, play.house.owner_id)
    assert "parts" in kept.reason or "deep" in kept.reason
    assert people(play, JANE) == 1


def test_what_was_written_before_the_first_pass_of_the_day_is_read() -> None:
    world = Play(is_begun=False)
    try:
        world.tell(MET)
        world.tick()
        assert drafts(world) == [DraftState.AWAITING_APPROVAL]
    finally:
        world.close()


def test_mail_older_than_the_first_day_is_left_alone() -> None:
    world = Play(is_begun=False)
    try:
        world.tell(MET)
        world.pass_time(timedelta(days=2))
        world.tick()
        assert drafts(world) == []
    finally:
        world.close()


@pytest.mark.parametrize(
    "senders",
    [f"{OWNER}, mallory@evil.example", f"Mallory <mallory@evil.example>, {OWNER}"],
)
def test_a_mail_of_several_authors_is_not_obeyed_though_one_is_the_owner(
    play: Play, senders: str
) -> None:
    play.account.deliver(play.mail(senders, SERVICE, MET), play.now)
    data = play.mail(OWNER, SERVICE, MET)
    play.account.deliver(b"From: mallory@evil.example\r\n" + data, play.now)
    play.tick()
    assert people(play, JANE) == 0
    assert play.letters == []
