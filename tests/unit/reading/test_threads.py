"""Which of our mails an answer answers, and by what it is known."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailflow.model.facts import SentFact
from mailflow.model.mail import InboundMessage, Match
from mailflow.reading.parse import parse
from mailflow.reading.threads import base_subject, match

OURS = "<a1@example.org>"
OLDER = "<a0@example.org>"
SENT = SentFact(datetime(2026, 3, 2, tzinfo=UTC), OURS, "Coffee in March?")


def mail(subject: str = "Re: Coffee in March?", **headers: str) -> InboundMessage:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\n".join(["From: jane@example.com", f"Subject: {subject}", *lines])
    raw = f"{head}\nDate: Tue, 3 Mar 2026 10:00:00 +0000\n\nYes.\n"
    message = parse(raw.encode(), received_at=datetime(2026, 3, 3, tzinfo=UTC))
    assert isinstance(message, InboundMessage)
    return message


def test_in_reply_to_comes_first() -> None:
    answer = mail(In_Reply_To=OURS, References=f"{OLDER} {OURS}")
    assert match(answer, frozenset({OURS, OLDER}), ()) == Match(OURS, "In-Reply-To")


def test_the_newest_reference_counts_when_the_subject_is_the_same() -> None:
    answer = mail(In_Reply_To="<rewritten@outlook.example>", References=f"{OLDER} {OURS}")
    assert match(answer, frozenset({OURS, OLDER}), (SENT,)) == Match(OURS, "References")


def test_a_reference_under_another_subject_is_another_talk() -> None:
    answer = mail(subject="Your invoice", References=OURS)
    assert match(answer, frozenset({OURS}), (SENT,)) is None


def test_the_same_subject_from_the_same_person_is_a_weak_match() -> None:
    assert match(mail(), frozenset(), (SENT,)) == Match(OURS, "address and subject", is_weak=True)


def test_a_subject_alone_needs_its_reply_prefix() -> None:
    assert match(mail(subject="Coffee in March?"), frozenset(), (SENT,)) is None


def test_an_answer_is_not_older_than_its_question() -> None:
    later = replace(SENT, sent_at=datetime(2026, 4, 1, tzinfo=UTC))
    assert match(mail(), frozenset(), (later,)) is None


def test_a_stranger_to_all_our_mail_matches_nothing() -> None:
    assert match(mail(In_Reply_To="<x@example.net>"), frozenset(), ()) is None


@pytest.mark.parametrize(
    "subject",
    ["Coffee", "Re: Coffee", "RE: AW: Coffee", "Sv: Coffee", "Fwd: Re[2]: coffee",
     "[list] Re: Coffee", "回复：Coffee", "YNT: Coffee", "Re:  Re:   Coffee"],
)  # fmt: skip
def test_prefixes_of_many_clients_do_not_part_a_thread(subject: str) -> None:
    assert base_subject(subject) == "coffee"
