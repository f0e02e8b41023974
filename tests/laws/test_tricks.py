"""Tricks on the whole core, one story each: what a stranger, a contact or haste may bring about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest

from mailflow.config.templates import read_templates
from mailflow.drafting.render import Templates
from mailflow.model.contact import Contact
from mailflow.model.draft import Draft, DraftState
from mailflow.store import facts, record
from tests.laws.play import OWNER, SERVICE, Play, shown_drafts, text_of, words_of

JANE = "jane@acme.io"


@pytest.fixture
def play() -> Iterator[Play]:
    """Jane was met, and her follow-up waits for the owner's ok."""
    play = Play()
    play.tell(f"met Jane Roe <{JANE}>, CTO at Acme @PyCon: wants intros to investors")
    play.tick()
    play.pass_time(timedelta(minutes=10))
    yield play
    play.close()


def drafts(play: Play) -> list[Draft]:
    with play.house.store.begin() as s:
        return list(facts.drafts(s, play.house.owner_id))


def people(play: Play) -> tuple[Contact, ...]:
    with play.house.store.begin() as s:
        return facts.contacts(s, play.house.owner_id)


def let_it_leave(play: Play) -> None:
    for _ in range(4):
        play.pass_time(timedelta(minutes=2))
        play.tick()


def reply(play: Play, to: EmailMessage, text: str, *, sender: str = OWNER) -> None:
    """An answer as a client writes it, with the whole thread in its References."""
    thread = f"{to['References'] or ''} {to['Message-ID']}".strip()
    headers = {"In-Reply-To": str(to["Message-ID"]), "References": thread}
    address = str(to["Reply-To"] or to["From"])
    subject = f"Re: {to['Subject']}"
    play.account.deliver(
        play.mail(sender, address, text, subject=subject, headers=headers), play.now
    )


def test_an_ok_to_a_transcript_approves_nothing_that_was_asked_earlier_in_the_thread(
    play: Play,
) -> None:
    reply(play, play.letters[-1], "who jane")
    play.tick()
    reply(play, play.letters[-1], "ok, thanks")
    play.tick()
    assert drafts(play)[0].state is DraftState.AWAITING_APPROVAL


FORWARDED = f"""\
---------- Forwarded message ---------
From: Mal Ory <mal@evil.example>
Date: Wed, Nov 18, 2026 at 9:00 AM
Subject: tier jane none
To: Ada <{OWNER}>

Nice to meet you.
"""


QUOTED = "On 18 Nov 2026, at 09:00, Mal Ory <mal@evil.example> wrote:\n> Hi\n"


def test_the_subject_of_a_mail_that_is_passed_on_commands_nothing(play: Play) -> None:
    """People forward a stranger's mail with nothing of their own above it."""
    for subject, text in [
        ("Fwd: tier jane none", FORWARDED),
        ("TR : tier jane none", FORWARDED),
        ("tier jane none", FORWARDED),
        ("Fwd: tier jane none", ""),
        ("Re: tier jane none", QUOTED),
    ]:
        play.account.deliver(play.mail(OWNER, SERVICE, text, subject=subject), play.now)
    play.tick()
    assert {person.tier for person in people(play)} == {"key"}


def test_a_command_alone_in_the_subject_is_obeyed(play: Play) -> None:
    play.account.deliver(play.mail(OWNER, SERVICE, "", subject="tier jane none"), play.now)
    play.tick()
    assert people(play)[0].tier == "none"
    assert "tier jane none" in text_of(play.letters[-1])


def heard(play: Play) -> list[tuple[str, str]]:
    with play.house.store.begin() as s:
        found = facts.interactions(s, play.house.owner_id, people(play)[0].id)
    return [(i.direction.value, i.deed.value) for i in found if i.deed.value != "met"]


def as_list(data: bytes) -> bytes:
    """The copy that a mailing list passes on, with its footer."""
    return b"List-Id: <talk.lists.example>\r\n" + data + b"\r\n-- \r\nTalk is a list.\r\n"


@pytest.mark.parametrize("is_list_first", [True, False])
def test_an_answer_that_also_went_to_a_list_counts_whichever_copy_comes_first(
    play: Play, is_list_first: bool
) -> None:
    play.answer(play.letters[-1], "ok")
    let_it_leave(play)
    headers = {"In-Reply-To": str(play.carried[0][1]["Message-ID"])}
    data = play.mail(JANE, f"{OWNER}, talk@lists.example", "Gladly!", headers=headers)
    copies = [as_list(data), data] if is_list_first else [data, as_list(data)]
    for copy in copies:
        play.account.deliver(copy, play.now)
        play.tick()
    assert heard(play) == [("out", "mail"), ("in", "reply")]
    with play.house.store.begin() as s:
        assert record.quarantined(s, play.house.owner_id) == ()


def test_the_owners_mail_in_sent_counts_though_a_list_passed_it_on_before(play: Play) -> None:
    data = play.mail(OWNER, f"{JANE}, talk@lists.example", "It was good to meet you.")
    play.account.deliver(as_list(data), play.now)
    play.account.deliver(data, play.now, "Sent")
    play.tick()
    assert heard(play) == [("out", "mail")]
    assert drafts(play)[0].state is DraftState.WITHDRAWN


def test_a_stranger_in_the_owners_name_withdraws_nothing_and_the_owner_does() -> None:
    play = Play(authserv_id="mx.example.org")
    proof = {"Authentication-Results": "mx.example.org; dmarc=pass header.from=example.org"}
    play.tell(f"met Jane Roe <{JANE}>, CTO at Acme: wants intros", headers=proof)
    play.tick()
    play.pass_time(timedelta(minutes=10))
    data = play.mail(OWNER, JANE, "Hello Jane, it was good to meet you.")
    play.account.deliver(data, play.now)
    play.tick()
    assert drafts(play)[0].state is DraftState.AWAITING_APPROVAL
    play.account.deliver(data, play.now, "Sent")
    play.tick()
    assert drafts(play)[0].state is DraftState.WITHDRAWN
    play.close()


def test_without_proof_only_what_is_in_sent_is_the_owners_hand(play: Play) -> None:
    data = play.mail(OWNER, JANE, "Hello Jane, it was good to meet you.")
    play.account.deliver(data, play.now)
    play.tick()
    assert drafts(play)[0].state is DraftState.AWAITING_APPROVAL
    assert heard(play) == []
    play.account.deliver(data, play.now, "Sent")
    play.tick()
    assert drafts(play)[0].state is DraftState.WITHDRAWN
    assert heard(play) == [("out", "mail")]


def test_the_owners_own_mail_counts_with_the_service_in_copy(play: Play) -> None:
    headers = {"Cc": SERVICE}
    data = play.mail(OWNER, JANE, "Hi Jane, good to meet you.", subject="Hello", headers=headers)
    play.account.deliver(data, play.now)
    play.account.deliver(data, play.now, "Sent")
    play.tick()
    assert heard(play) == [("out", "mail")]
    assert drafts(play)[0].state is DraftState.WITHDRAWN
    assert "you wrote to Jane Roe" in text_of(play.letters[-1])


def test_a_bounce_from_where_the_contact_has_mail_forwarded_counts(play: Play) -> None:
    play.answer(play.letters[-1], "ok")
    let_it_leave(play)
    play.account.deliver(bounce_of_forwarded(play.carried[0][1]), play.now)
    play.tick()
    assert drafts(play)[0].state is DraftState.BOUNCED


def bounce_of_forwarded(message: EmailMessage) -> bytes:
    """A notification (RFC 3464) that names both where it went and where it was passed on to."""
    return (
        f"From: MAILER-DAEMON@mx.example\r\nTo: {OWNER}\r\nSubject: Undelivered Mail\r\n"
        f"Message-ID: <dsn@mx.example>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.example\r\n\r\nOriginal-Recipient: rfc822; {JANE}\r\n"
        f"Final-Recipient: rfc822; jroe@inside.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {message['Message-ID']}\r\n\r\n--b--\r\n"
    ).encode()


def test_whom_the_owner_has_erased_is_in_no_draft_and_no_answer(play: Play) -> None:
    play.answer(play.letters[-1], "ok")
    play.tick()
    play.tell("forget jane")
    play.tick()
    play.answer(next(each for each in play.letters if "Erase" in each["Subject"]), "ok")
    let_it_leave(play)
    assert (people(play), drafts(play), play.carried) == ((), [], [])
    assert play.account.held("Drafts") == []
    assert "Jane" not in str(play.letters[-1]["Subject"]) + text_of(play.letters[-1])


def change_in_drafts(play: Play) -> bytes:
    """Mail programs save a changed draft anew, under the same Message-ID."""
    mailbox = play.account.mailboxes["Drafts"]
    ((uid, kept),) = mailbox.mails.items()
    del mailbox.mails[uid]
    mine = kept.data.replace(b"With thanks", b"See you on Friday at Anna's, with thanks")
    play.account.deliver(mine, play.now, "Drafts")
    return mine


def test_a_draft_that_was_changed_in_drafts_is_asked_about_before_the_shown_text_leaves(
    play: Play,
) -> None:
    mine = change_in_drafts(play)
    play.answer(play.letters[-1], "ok")
    let_it_leave(play)
    assert play.carried == []
    assert "changed or deleted its copy in your Drafts" in " ".join(
        text_of(play.letters[-1]).split()
    )
    play.answer(play.letters[-1], "ok")
    let_it_leave(play)
    assert len(play.carried) == 1
    assert play.account.held("Drafts") == [mine]


def test_a_draft_that_was_deleted_from_drafts_is_asked_about_once(play: Play) -> None:
    play.account.mailboxes["Drafts"].mails.clear()
    play.answer(play.letters[-1], "ok")
    let_it_leave(play)
    assert play.carried == []
    assert drafts(play)[0].state is DraftState.AWAITING_APPROVAL
    play.answer(play.letters[-1], "ok")
    let_it_leave(play)
    assert len(play.carried) == 1


def test_the_changed_draft_that_the_owner_sends_himself_is_the_one_that_counts(
    play: Play,
) -> None:
    mine = change_in_drafts(play)
    play.answer(play.letters[-1], "ok")
    let_it_leave(play)
    play.account.mailboxes["Drafts"].mails.clear()
    play.account.deliver(mine, play.now, "Sent")
    let_it_leave(play)
    assert play.carried == []
    assert drafts(play)[0].state is DraftState.SENT


def test_a_machine_that_answers_everything_in_the_owners_name_is_not_talked_to_for_long(
    play: Play,
) -> None:
    answered = 0
    for _ in range(12):
        for letter in play.letters[answered:]:
            reply(play, letter, "Thank you for your message, somebody will look at it soon.")
        answered = len(play.letters)
        play.pass_time(timedelta(seconds=30))
        play.tick()
    told_of_jane, notice = 1, 1
    assert len(play.letters) <= told_of_jane + play.house.policy.answers_per_hour + notice
    assert play.carried == []


def test_a_new_text_is_shown_in_the_answer_and_leaves_when_that_is_approved(play: Play) -> None:
    reply(play, play.letters[-1], "Dear Jane,\n\nthe walrus sends its regards.\n\nAda")
    play.tick()
    assert len(play.letters) == 2
    assert "| the walrus sends its regards." in text_of(play.letters[-1])
    reply(play, play.letters[-1], "ok")
    let_it_leave(play)
    assert "walrus" in text_of(play.carried[0][1])


def test_a_mail_that_can_be_neither_read_nor_answered_keeps_no_other_from_being_read(
    play: Play,
) -> None:
    """The owner's own template for notices is broken, and a mail is too large."""
    blocks = "{% block subject %}{{ nobody }}{% endblock %}{% block body %}{% endblock %}"
    play.house = replace(
        play.house,
        config=replace(play.config, max_message_bytes=20_000),
        templates=Templates({**read_templates(None), "notice": blocks}),
    )
    play.tell("met Big File <big@files.example>\n" + "a line of a long mail\n" * 1000)
    play.tell("tier jane none")
    play.tick()
    with play.house.store.begin() as s:
        assert len(record.quarantined(s, play.house.owner_id)) == 1
    assert people(play)[0].tier == "none"


@pytest.mark.parametrize(
    ("thought", "state"),
    [
        ("skip", DraftState.REJECTED),
        ("later 3d", DraftState.SNOOZED),
        ("Dear Jane,\n\nanother text.\n\nAda", DraftState.AWAITING_APPROVAL),
    ],
)
def test_a_second_thought_on_the_same_letter_stops_what_has_not_left(
    play: Play, thought: str, state: DraftState
) -> None:
    letter = play.letters[-1]
    reply(play, letter, "ok")
    play.tick()
    play.pass_time(timedelta(minutes=1))
    reply(play, letter, thought)
    let_it_leave(play)
    assert drafts(play)[0].state is state
    assert play.carried == []


def test_an_ok_after_a_no_on_the_same_letter_sends_nothing(play: Play) -> None:
    letter = play.letters[-1]
    for word in ("ok", "later 3d", "ok"):
        reply(play, letter, word)
        play.tick()
    let_it_leave(play)
    assert play.carried == []


def answer_little(play: Play) -> None:
    """So little that six answers to what was understood are the limit of an hour."""
    policy = replace(play.config.policy, answers_per_hour=1)
    play.house = replace(play.house, config=replace(play.config, policy=policy))


def test_nothing_can_be_approved_whose_text_was_in_no_letter(play: Play) -> None:
    """So many cards in an hour that the answers are held; the next morning the owner is asked."""
    answer_little(play)
    for n in range(8):
        play.tell(f"met Person{n} Roe <p{n}@acme.io>, CTO at Acme @PyCon: wants intros")
        play.tick()
    assert len(play.letters) == 7
    play.pass_time(timedelta(days=1))
    play.tick()
    texts = {words for letter in play.letters for words in shown_drafts(letter).values()}
    assert len(texts) == 9
    reply(play, play.letters[-1], "ok all")
    for _ in range(20):
        let_it_leave(play)
    assert play.carried
    assert all((to, words_of(text_of(mail))) in texts for to, mail in play.carried)


def test_the_summary_asks_for_no_ok_to_what_was_never_shown(play: Play) -> None:
    while play.now.weekday() != 0:
        play.pass_time(timedelta(days=1))
    play.pass_time(timedelta(hours=-3))
    answer_little(play)
    for n in range(8):
        play.tell(f"met Person{n} Roe <p{n}@acme.io>, CTO at Acme @PyCon: wants intros")
        play.tick()
    play.pass_time(timedelta(hours=2))
    play.tick()
    summary = next(each for each in play.letters if str(each["Subject"]).startswith("Your week"))
    assert "Person1" in text_of(summary)
    assert "Person7" not in text_of(summary).partition("NEEDS YOU NOW")[2].partition("REPLIES")[0]
