"""The daemon is killed at every step boundary and started again: nothing is lost, nothing is sent
twice, and what nobody can know is asked about."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from tests.acceptance.world import World, text_of, with_vcard

pytestmark = [pytest.mark.dovecot, pytest.mark.slow]

SENT, ASKED, EITHER = "sent", "asked", "either"
"""What must be found afterwards: the witness tells that it went, or the owner is asked."""

RECEIVING = ("fetched", "recorded", "before_place", "placed", "letter_claimed", "letter_answered")
SENDING = {
    "before_claim": SENT,
    "claimed": ASKED,
    "answered": SENT,
    "settled": SENT,
    "filed": SENT,
}
CONVERSATION = {
    "CONNECT": ASKED,
    "MAIL": ASKED,
    "RCPT": ASKED,
    "DATA": ASKED,
    "BODY": EITHER,  # the text may have left before the process died
    "DOT": SENT,
}


def card_comes_in(world: World, jane: str) -> EmailMessage:
    """The owner's card is on its way; nobody waits for the receipt yet."""
    mail = world.write(world.owner, world.service, "Jane's card", "")
    return world.owner_sends(with_vcard(mail, "Jane Roe", jane))


def receipts(world: World) -> list[EmailMessage]:
    return [m for m in world.mails(world.owner) if m["X-Mailflow-Loop"] and m["In-Reply-To"]]


def copies(world: World, mail: EmailMessage, folder: str) -> int:
    """How often the mail lies in a folder of the owner's."""
    mails = world.mails(world.owner, folder)
    return sum(1 for other in mails if other["Message-ID"] == mail["Message-ID"])


def check_that_the_card_was_taken_once(world: World, card: EmailMessage) -> EmailMessage:
    """One receipt, which is returned, and one draft."""
    receipt = world.wait_for(world.owner, lambda m: m["In-Reply-To"] == card["Message-ID"])
    assert "Jane Roe" in text_of(receipt)
    world.wait_for(world.owner, folder="Drafts")
    world.pass_time(timedelta(minutes=10))
    world.settle()
    assert len(receipts(world)) == 1
    assert len(world.mails(world.owner, "Drafts")) == 1
    return receipt


@pytest.mark.parametrize("point", RECEIVING)
def test_killed_while_a_card_comes_in_it_is_taken_once(world: World, point: str) -> None:
    jane = world.contact("jane")
    world.daemon.start(fault=point)
    card = card_comes_in(world, jane)
    world.daemon.wait_until_dead()
    world.daemon.start()
    world.pass_time(timedelta(minutes=3))  # a letter that was lost on the way goes again
    world.approve(check_that_the_card_was_taken_once(world, card))
    world.let_it_leave()
    world.wait_for(jane)
    world.pass_time(timedelta(minutes=10))
    world.settle()
    assert len(world.mails(jane)) == 1
    assert copies(world, world.mails(jane)[0], "Sent") == 1


@pytest.mark.parametrize("step", CONVERSATION)
def test_killed_while_a_letter_is_handed_over_the_owner_has_it_once(
    world: World, step: str
) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    world.outgoing.cut()
    world.outgoing.deeds[step] = world.daemon.kill
    card = card_comes_in(world, jane)
    world.daemon.wait_until_dead()
    world.daemon.start()
    world.pass_time(timedelta(minutes=3))
    check_that_the_card_was_taken_once(world, card)


@pytest.mark.parametrize("point", ["fetched", "recorded"])
def test_killed_while_the_ok_comes_in_the_mail_leaves_once(world: World, point: str) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    receipt = world.meet("Jane Roe", jane)
    world.daemon.terminate()
    world.daemon.start(fault=point)
    world.say(receipt, "ok")
    world.daemon.wait_until_dead()
    world.daemon.start()
    world.settle()
    world.let_it_leave()
    world.wait_for(jane)
    world.pass_time(timedelta(minutes=10))
    world.settle()
    assert len(world.mails(jane)) == 1


def approved_and_about_to_leave(world: World, jane: str, fault: str = "") -> None:
    world.daemon.start()
    world.approve(world.meet("Jane Roe", jane))
    world.daemon.terminate()
    world.daemon.start(fault)


def check_that_it_was_sent_once_or_is_asked_about(world: World, jane: str, fate: str) -> None:
    """Either Jane has it, once, and Sent too; or she has not, and the owner is asked.

    Asked, the owner says that it did not go: then it goes, once.
    """
    with world.next_question() as question:
        world.daemon.start()
        world.pass_time(timedelta(minutes=5))
        world.settle()
    is_asked = not world.mails(jane)
    assert fate in (EITHER, ASKED if is_asked else SENT)
    if is_asked:
        asked = question()
        assert "Jane" in text_of(asked)
        world.pass_time(timedelta(hours=1))
        world.settle()
        assert world.mails(jane) == [], "never sent again by itself"
        world.approve(asked, "send again")
        world.let_it_leave()
    mail = world.wait_for(jane)
    world.pass_time(timedelta(minutes=10))
    world.settle()
    world.wait_for(world.owner, lambda m: m["Message-ID"] == mail["Message-ID"], "Sent")
    world.pass_time(timedelta(hours=2))
    world.settle()
    assert len(world.mails(jane)) == 1
    assert copies(world, mail, "Sent") == 1
    assert world.mails(world.owner, "Drafts") == []


@pytest.mark.parametrize(("point", "fate"), SENDING.items())
def test_killed_while_sending_it_is_sent_once_or_asked_about(
    world: World, point: str, fate: str
) -> None:
    jane = world.contact("jane")
    approved_and_about_to_leave(world, jane, fault=point)
    world.let_it_leave()
    if point == "filed":
        world.wait_for(jane)
        world.pass_time(timedelta(minutes=2))
    world.daemon.wait_until_dead()
    check_that_it_was_sent_once_or_is_asked_about(world, jane, fate)


@pytest.mark.parametrize(("step", "fate"), CONVERSATION.items())
def test_killed_while_handing_a_mail_over_it_is_sent_once_or_asked_about(
    world: World, step: str, fate: str
) -> None:
    jane = world.contact("jane")
    approved_and_about_to_leave(world, jane)
    world.outgoing.cut()
    world.outgoing.deeds[step] = world.daemon.kill
    world.let_it_leave()
    world.daemon.wait_until_dead()
    check_that_it_was_sent_once_or_is_asked_about(world, jane, fate)


def test_a_line_lost_after_the_final_dot_is_looked_up_and_not_sent_again(world: World) -> None:
    jane = world.contact("jane")
    approved_and_about_to_leave(world, jane)
    world.outgoing.fail("DOT", "", is_taken=True, times=1)
    world.let_it_leave()
    mail = world.wait_for(jane)
    world.pass_time(timedelta(minutes=5))
    world.settle()
    world.pass_time(timedelta(hours=2))
    world.settle()
    assert len(world.mails(jane)) == 1
    assert copies(world, mail, "Sent") == 1


def test_refused_for_now_it_is_tried_again_and_sent_once(world: World) -> None:
    jane = world.contact("jane")
    approved_and_about_to_leave(world, jane)
    world.outgoing.fail("RCPT", "450 4.2.0 try again later", to=jane, times=2)
    world.let_it_leave()
    for _ in range(3):
        world.settle()
        world.pass_time(timedelta(minutes=6))
    world.wait_for(jane)
    world.settle()
    assert len(world.mails(jane)) == 1


def test_asked_to_leave_it_leaves_at_once_and_goes_on_later(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    receipt = world.meet("Jane Roe", jane)
    assert world.daemon.terminate() == 0
    answer = world.say(receipt, "ok")
    world.daemon.start()
    world.letter(answer)
    world.let_it_leave()
    world.wait_for(jane)


def test_a_second_daemon_on_the_same_store_refuses_to_start(world: World) -> None:
    world.daemon.start()
    assert world.daemon.second() != 0
    assert world.daemon.is_alive
