"""The story itself: card, receipt, ok, sent, answer, warmer, summary; then an introduction."""

import re
from datetime import datetime, timedelta

from mailflow.demo.introduction import introduce
from mailflow.demo.mails import (
    JANES_CARD,
    JANES_NOTE,
    RAJS_LINE,
    answer,
    read,
    text_of,
    to_service,
    with_card,
)
from mailflow.demo.people import ADA, JANE, RAJ, SERVICE, ZONE
from mailflow.demo.stage import Stage


def tell(stage: Stage) -> None:
    """Play every scene in order."""
    stage.teller.say(
        "Three people, two mail servers and the mailflow daemon, all in this process, talking IMAP "
        "and SMTP over real sockets. Nothing leaves this machine. The clock is the story's own: "
        "when days pass, the story says so and sets it forward."
    )
    stage.teller.clock(stage.clock())
    asked = _cards_come_in(stage)
    _ada_approves(stage, asked)
    sent = _the_mail_leaves(stage)
    _jane_answers(stage, sent)
    _monday(stage)
    introduce(stage)


def _cards_come_in(stage: Stage) -> bytes:
    teller = stage.teller
    teller.say(
        "Ada met two people at PyCon yesterday. Jane's card she forwards as it is, to the service "
        f"address, {SERVICE}."
    )
    mail = to_service("Jane's card", JANES_NOTE, stage.clock())
    mail = with_card(mail, JANES_CARD, "jane-roe.vcf")
    stage.send(ADA, mail, seen="Ada writes")
    began = stage.clock()
    asked = stage.letter(mail)
    waited = (stage.clock() - began).total_seconds()
    teller.say(f"{waited:.1f} seconds later there is a receipt with a draft, and a question:")
    teller.mail(asked, seen="In Ada's INBOX")
    drafts = stage.world.mailbox(ADA, "Drafts")
    teller.say(f"The same draft lies in her Drafts folder ({len(drafts)} there now).")
    teller.say("Raj she types in one line, on the train:")
    mail = to_service("", RAJS_LINE, stage.clock())
    stage.send(ADA, mail, seen="Ada writes")
    teller.mail(stage.letter(mail), seen="In Ada's INBOX")
    return asked


def _ada_approves(stage: Stage, asked: bytes) -> None:
    stage.teller.say(
        "Nothing has been sent to anybody. Ada reads Jane's draft and answers with two letters. "
        "Her answer goes to an address that only this question carries."
    )
    mail = answer(asked, ADA, "ok", stage.clock())
    stage.send(ADA, mail, seen="Ada answers")
    stage.teller.mail(stage.letter(mail), seen="In Ada's INBOX")


def _the_mail_leaves(stage: Stage) -> bytes:
    at = stage.clock() + timedelta(minutes=3)
    stage.later(at, "(the clock was set forward three minutes: Ada's time to change her mind)")
    sent = stage.await_mail(JANE, "INBOX", lambda data: True)
    stage.teller.say("It leaves from Ada's own address, through Ada's own server.")
    stage.teller.mail(sent, seen="In Jane's INBOX")
    message_id = read(sent)["Message-ID"]
    stage.await_mail(ADA, "Sent", lambda data: read(data)["Message-ID"] == message_id)
    stage.teller.say("Filed once in Ada's Sent folder, and gone from her Drafts.")
    return sent


def _jane_answers(stage: Stage, sent: bytes) -> None:
    before = _warmth_of(stage.ask("who jane"))
    friday = (stage.clock().astimezone(ZONE) + timedelta(days=1)).replace(hour=15, minute=20)
    stage.later(friday, "(the clock was set forward to Friday afternoon)")
    text = (
        "Hi Ada,\n\ngood to hear from you, and yes, I would like that. "
        "Does Wednesday at four suit you?\n\nJane"
    )
    stage.send(JANE, answer(sent, JANE, text, stage.clock()), seen="Jane answers")
    stage.settle()
    stage.teller.say(
        "She answered, so no nudge will be drafted. Ada puts her on the list of people she "
        "concentrates on, and asks what is known; two lines in one mail:"
    )
    told = stage.ask("focus jane\nwho jane")
    stage.teller.mail(told, seen="In Ada's INBOX")
    after = _warmth_of(told)
    stage.teller.say(f"On Thursday it was {before}; now, with her answer, it is {after}.")


def _warmth_of(told: bytes) -> str:
    """The figure in what mailflow tells of somebody."""
    found = re.search(r"warmth \d+", text_of(told))
    return found[0] if found else "not measured"


def _monday(stage: Stage) -> None:
    now = stage.clock().astimezone(ZONE)
    monday = (now + timedelta(days=7 - now.weekday())).replace(
        hour=8, minute=0, second=0, microsecond=0
    )
    stage.later(monday, "(the clock was set forward to Monday morning)")
    summary = stage.await_mail(ADA, "INBOX", lambda data: _is_later(data, monday))
    stage.teller.mail(summary, seen="In Ada's INBOX")
    html = read(summary).get_body(("html",))
    if html is not None:
        (stage.folder / "summary.html").write_text(str(html.get_content()), encoding="utf-8")
    stage.teller.say("Raj still waits for her word. She answers the summary by number:")
    mail = answer(summary, ADA, "ok 1", stage.clock())
    stage.send(ADA, mail, seen="Ada answers")
    stage.letter(mail)
    nine = monday.replace(hour=9, minute=5)
    stage.later(nine, "(the clock was set forward to nine: mail leaves in working hours)")
    stage.teller.mail(stage.await_mail(RAJ, "INBOX", lambda data: True), seen="In Raj's INBOX")


def _is_later(data: bytes, at: datetime) -> bool:
    return bool(read(data)["Date"].datetime >= at)
