"""The main job, whole: a card comes in, a mail goes out with the owner's ok, the reply warms."""

import re
from datetime import timedelta
from email import message_from_string
from email.message import EmailMessage
from email.policy import default

import pytest

from tests.acceptance.world import World, text_of, with_vcard

pytestmark = [pytest.mark.dovecot, pytest.mark.slow]


def warmth(world: World, name: str) -> int:
    """What `who` says about somebody's warmth; 0 when nothing is known."""
    told = text_of(world.letter(world.tell(f"who {name}")))
    found = re.search(r"warmth (\d+)", told, re.IGNORECASE)
    return int(found[1]) if found else 0


def token_of(letter: EmailMessage) -> str:
    """The secret part of the address that the letter asks to be answered to."""
    token = str(letter["Reply-To"]).partition("+mailflow-")[2].partition("@")[0]
    assert len(token) >= 20
    return token


def is_summary(mail: EmailMessage) -> bool:
    return from_us(mail) and str(mail["Subject"]).startswith("Your week")


def from_us(mail: EmailMessage) -> bool:
    """Whether mailflow wrote it to its owner."""
    return mail["X-Mailflow-Loop"] is not None


def with_id(mail: EmailMessage) -> str:
    return str(mail["Message-ID"])


def test_from_a_card_to_a_warmer_relationship_and_mondays_summary(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()

    receipt = world.meet("Jane Roe", jane)
    assert "Jane Roe" in text_of(receipt)
    assert receipt["Auto-Submitted"] == "auto-generated"
    draft = world.wait_for(world.owner, folder="Drafts")
    assert draft["To"].addresses[0].addr_spec == jane
    assert world.mails(jane) == []

    world.approve(receipt)
    assert world.mails(jane) == [], "there is time to take it back"
    world.let_it_leave()

    mail = world.wait_for(jane)
    assert mail["From"].addresses[0].addr_spec == world.owner
    assert text_of(mail).split() == text_of(draft).split()
    assert token_of(receipt) not in mail.as_string()
    world.wait_until(lambda: not world.mails(world.owner, "Drafts"))
    world.pass_time(timedelta(minutes=2))
    world.wait_for(world.owner, lambda m: with_id(m) == with_id(mail), "Sent")
    copies = [m for m in world.mails(world.owner, "Sent") if with_id(m) == with_id(mail)]
    assert len(copies) == 1

    before = warmth(world, jane)
    world.pass_time(timedelta(days=1))
    world.lay(world.owner, world.answer(mail, jane, "Yes, gladly. Tuesday at ten?"))
    world.wait_until(lambda: warmth(world, jane) > before)

    world.pass_time(timedelta(days=4, hours=22, minutes=1))  # Monday after eight
    summary = world.wait_for(world.owner, lambda m: is_summary(m) and "Jane" in text_of(m))
    assert summary.get_body(("html",)) is not None
    world.pass_time(timedelta(days=15))
    world.settle()
    assert len(world.mails(jane)) == 1, "who answered is not nudged"


def test_somebody_met_in_one_typed_line_is_written_to(world: World) -> None:
    raj = world.contact("raj")
    world.daemon.start()
    line = f"met Raj Rao <{raj}>, founder at Payroll @PyCon #founders: wants intros to investors"
    receipt = world.letter(world.tell(line))
    assert "PyCon" in text_of(receipt)
    world.approve(receipt)
    world.let_it_leave()
    assert "Raj" in text_of(world.wait_for(raj))


def test_the_sender_of_an_attached_mail_is_written_to(world: World) -> None:
    mia = world.contact("mia")
    world.daemon.start()
    text = "I liked your talk.\n\nMia"
    original = world.write(f"Mia Moss <{mia}>", world.owner, "Your talk", text)
    forward = world.write(world.owner, world.service, "Fwd: Your talk", "")
    forward.add_attachment(original)
    receipt = world.letter(world.owner_sends(forward))
    assert "Mia Moss" in text_of(receipt)
    world.approve(receipt)
    world.let_it_leave()
    world.wait_for(mia)


def test_the_sender_of_a_forwarded_mail_is_written_to(world: World) -> None:
    mia = world.contact("mia")
    world.daemon.start()
    text = (
        "---------- Forwarded message ---------\n"
        f"From: Mia Moss <{mia}>\n"
        "Date: Mon, 2 Mar 2020 at 17:31\n"
        "Subject: Your talk\n"
        f"To: <{world.owner}>\n\n"
        "I liked your talk.\n\nMia\n"
    )
    receipt = world.letter(world.tell(text, "Fwd: Your talk"))
    assert "Mia Moss" in text_of(receipt)
    world.approve(receipt)
    world.let_it_leave()
    world.wait_for(mia)


def test_an_answer_is_understood_where_sub_addresses_are_not(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    receipt = world.meet("Jane Roe", jane)
    answer = world.answer(receipt, world.owner, "ok", to=world.service)
    world.letter(world.owner_sends(answer))
    world.let_it_leave()
    world.wait_for(jane)


def test_an_ok_without_any_token_sends_nothing(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    world.meet("Jane Roe", jane)
    world.letter(world.tell("ok", "ok"))
    world.let_it_leave()
    world.settle()
    assert world.mails(jane) == []


def test_the_same_answer_twice_sends_once(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    receipt = world.meet("Jane Roe", jane)
    answer = world.say(receipt, "ok")
    world.letter(answer)
    world.lay(world.owner, answer)
    world.say(receipt, "ok")
    world.let_it_leave()
    world.wait_for(jane)
    world.pass_time(timedelta(hours=1))
    world.settle()
    assert len(world.mails(jane)) == 1


def test_skip_drops_the_draft(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    world.approve(world.meet("Jane Roe", jane), "skip")
    world.wait_until(lambda: not world.mails(world.owner, "Drafts"))
    world.pass_time(timedelta(days=1))
    world.settle()
    assert world.mails(jane) == []


def test_later_asks_again_on_that_day(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    receipt = world.meet("Jane Roe", jane)
    world.approve(receipt, "later 2d")
    with world.next_question() as question:
        world.pass_time(timedelta(days=2, minutes=1))
    asked = question()
    world.approve(asked)
    world.let_it_leave()
    world.wait_for(jane)


def test_a_new_text_is_shown_again_and_sent_word_for_word(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    receipt = world.meet("Jane Roe", jane)
    mine = "Dear Jane,\n\nshall we walk along the river on Friday?\n\nAda"
    with world.next_question() as question:
        world.say(receipt, mine)
    shown = question()
    assert "along the river" in text_of(shown)
    world.wait_for(world.owner, lambda m: "along the river" in text_of(m), "Drafts")
    assert len(world.mails(world.owner, "Drafts")) == 1
    world.approve(shown)
    world.let_it_leave()
    assert "along the river" in text_of(world.wait_for(jane))


def test_send_as_is_sends_the_new_text_without_asking_again(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    receipt = world.meet("Jane Roe", jane)
    world.letter(world.say(receipt, "send as is\n\nDear Jane,\n\nhere is my benchmark.\n\nAda"))
    world.let_it_leave()
    assert "here is my benchmark" in text_of(world.wait_for(jane))


def test_a_draft_the_owner_sends_herself_is_not_sent_again(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    world.meet("Jane Roe", jane)
    draft = world.wait_for(world.owner, folder="Drafts")
    world.clock.forward(timedelta(minutes=5))
    own = world.write(world.owner, jane, str(draft["Subject"]), text_of(draft) + "\nPS: soon!\n")
    world.lay(jane, own)
    world.lay(world.owner, own, "Sent", "\\Seen")
    world.wait_until(lambda: not world.mails(world.owner, "Drafts"))
    world.pass_time(timedelta(hours=3))
    world.settle()
    assert [with_id(m) for m in world.mails(jane)] == [with_id(own)]


def test_no_answer_brings_a_nudge_in_the_same_thread(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    world.approve(world.meet("Jane Roe", jane))
    world.let_it_leave()
    first = world.wait_for(jane)
    with world.next_question() as question:
        world.pass_time(timedelta(days=6))  # four business days and a weekend
    asked = question()
    world.approve(asked)
    world.let_it_leave()
    nudge = world.wait_for(jane, lambda m: with_id(m) != with_id(first))
    assert nudge["In-Reply-To"] == with_id(first)
    assert str(nudge["Subject"]).removeprefix("Re: ") == str(first["Subject"])


def bounce_of(world: World, mail: EmailMessage, recipient: str) -> EmailMessage:
    """The notification a mail server sends when nobody is there (RFC 3464)."""
    lines = [
        f"From: Mail Delivery System <mailer-daemon@{recipient.partition('@')[2]}>",
        f"To: {world.owner}",
        "Subject: Undelivered Mail Returned to Sender",
        f"Date: {world.write('x@example.test', world.owner, '', '')['Date']}",
        "Message-ID: <bounce-1@example.test>",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "Your message could not be delivered: nobody is called that here.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.test",
        "",
        f"Final-Recipient: rfc822; {recipient}",
        "Action: failed",
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown",
        "",
        "--b",
        "Content-Type: text/rfc822-headers",
        "",
        f"From: {mail['From']}",
        f"To: {mail['To']}",
        f"Subject: {mail['Subject']}",
        f"Message-ID: {mail['Message-ID']}",
        "",
        "--b--",
        "",
    ]
    return message_from_string("\r\n".join(lines), policy=default)


def test_a_bounce_ends_all_writing_to_that_address(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    world.approve(world.meet("Jane Roe", jane))
    world.let_it_leave()
    mail = world.wait_for(jane)
    world.lay(world.owner, bounce_of(world, mail, jane))
    world.wait_until(lambda: "never written to" in text_of(world.letter(world.tell(f"who {jane}"))))
    world.pass_time(timedelta(days=30))
    world.settle()
    assert len(world.mails(jane)) == 1
    assert world.mails(world.owner, "Drafts") == []


def test_the_owners_mail_is_left_exactly_as_it_was(world: World) -> None:
    jane = world.contact("jane")
    world.lay(world.owner, world.write(jane, world.owner, "Unread", "x"))
    world.lay(world.owner, world.write(jane, world.owner, "Flagged", "y"), flags="\\Flagged")
    before = world.stored(world.owner)
    world.daemon.start()
    card = world.write(world.owner, world.service, "Jane's card", "")
    world.letter(world.owner_sends(with_vcard(card, "Jane Roe", jane)))
    world.lay(world.owner, world.write(jane, world.owner, "New", "z"))
    world.settle()
    after = world.stored(world.owner)
    assert [data for _, data in after[:2]] == [data for _, data in before]
    assert [flags_of(words) for words, _ in after[:2]] == [set(), {"\\Flagged"}]
    assert all("\\Seen" not in words for words, _ in after)


def flags_of(words: str) -> set[str]:
    """The flags in the words of a FETCH answer; \\Recent is the session's, not the mail's."""
    return set(re.findall(r"\\[A-Za-z]+", words)) - {"\\Recent"}


def test_a_stranger_who_writes_to_the_service_is_not_answered(world: World) -> None:
    eve = world.contact("eve")
    world.daemon.start()
    world.lay(world.owner, world.write(eve, world.service, "help", "help"))
    world.lay(world.owner, world.write(eve, world.service, "x", f"met Bob <{eve}>"))
    world.settle()
    assert world.mails(eve) == []
    assert {r for mail in world.outgoing.taken for r in mail.envelope.recipients} <= {world.owner}
    assert all("Bob" not in text_of(mail) for mail in world.mails(world.owner) if from_us(mail))


def test_an_approval_taken_back_in_time_sends_nothing(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    world.approve(world.meet("Jane Roe", jane))
    world.clock.forward(timedelta(minutes=1))
    world.letter(world.tell("undo"))
    world.let_it_leave()
    world.pass_time(timedelta(hours=2))
    world.settle()
    assert world.mails(jane) == []


def test_the_summary_is_answered_by_number(world: World) -> None:
    jane, raj = world.contact("jane"), world.contact("raj")
    world.daemon.start()
    world.meet("Jane Roe", jane)
    world.meet("Raj Rao", raj)
    world.clock.forward(timedelta(days=6) - timedelta(hours=1, minutes=55))  # Monday, just after 8
    world.look()
    summary = world.wait_for(world.owner, lambda m: is_summary(m) and "Raj Rao" in text_of(m))
    number = re.search(r"(\d+)\W+Raj Rao", text_of(summary))
    assert number is not None
    world.approve(summary, f"ok {number[1]}")
    world.pass_time(timedelta(hours=2))
    world.wait_for(raj)
    world.settle()
    assert world.mails(jane) == []


def test_what_cannot_be_read_stops_nothing_that_comes_after_it(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    for data in (
        b"\xff\xfe\x00 no mail at all",
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n" * 300,
        b"Content-Type: text/plain; charset=no-such\nFrom: <>\nDate: never\n\n\xff\xff",
    ):
        world.dovecot.deliver(world.owner, data)
    world.meet("Jane Roe", jane)
    assert world.daemon.is_alive
