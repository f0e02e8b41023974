"""What every outgoing server tells of a mail, the real line to one as well as the fake."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from mailflow.account.smtp import SmtpPost
from mailflow.config import AccountConfig
from mailflow.model.wire import Accepted, Envelope, Outcome, Post, Refused, Unknown
from tests.fakes import MemoryMailStore, MemoryPost
from tests.servers.smtp import HANG_UP, ScriptedSmtp, Taken, serving

NOW = datetime(2026, 3, 1, tzinfo=UTC)
MAIL = b"From: ada@example.test\r\nTo: jane@acme.test\r\n\r\nHello\r\n"
ENVELOPE = Envelope("ada@example.test", ("jane@acme.test", "ada+witness@example.test"))


@dataclass
class Outgoing:
    """A server with a script, and what it has taken."""

    post: Post
    fail: Callable[..., object]
    heal: Callable[[], None]
    taken: list[Taken]


@pytest.fixture(params=["memory", "smtp"])
def outgoing(request: pytest.FixtureRequest) -> Iterator[Outgoing]:
    if request.param == "memory":
        fake = MemoryPost({}, lambda: NOW)
        yield Outgoing(fake, fake.fail, fake.heal, fake.taken)
        return
    with serving(ScriptedSmtp()) as smtp:
        server = smtp.server("ada@example.test")
        post = SmtpPost(AccountConfig("ada", server, server), answer_timeout=timedelta(seconds=1))
        yield Outgoing(post, smtp.fail, smtp.heal, smtp.taken)
        post.close()


def verdict(outcome: Outcome) -> tuple[object, ...]:
    match outcome:
        case Accepted():
            return ("accepted",)
        case Refused(is_permanent=is_permanent, code=code):
            return "refused", is_permanent, code
        case Unknown():
            return ("unknown",)


REFUSED_LATER, REFUSED_FOR_GOOD = "451 4.3.0 later", "550 5.7.1 never"
FAULTS = [
    ("CONNECT", HANG_UP, False, ("refused", False, 0)),
    ("EHLO", HANG_UP, False, ("refused", False, 0)),
    ("AUTH", "535 5.7.8 no", False, ("refused", False, 0)),
    ("AUTH", HANG_UP, False, ("refused", False, 0)),
    *(
        each
        for step in ("MAIL", "RCPT", "DATA")
        for each in (
            (step, REFUSED_LATER, False, ("refused", False, 451)),
            (step, REFUSED_FOR_GOOD, False, ("refused", True, 550)),
            (step, "421 4.3.2 closing", False, ("refused", False, 421)),
            (step, HANG_UP, False, ("refused", False, 0)),
        )
    ),
    ("DOT", REFUSED_LATER, False, ("refused", False, 451)),
    ("DOT", REFUSED_FOR_GOOD, False, ("refused", True, 550)),
    ("DOT", HANG_UP, False, ("unknown",)),
    ("DOT", HANG_UP, True, ("unknown",)),
]


def test_a_mail_is_taken_for_all_its_recipients(outgoing: Outgoing) -> None:
    assert verdict(outgoing.post.send(ENVELOPE, MAIL)) == ("accepted",)
    assert [(t.envelope, t.data) for t in outgoing.taken] == [(ENVELOPE, MAIL)]


@pytest.mark.parametrize(("step", "reply", "is_taken", "wanted"), FAULTS)
def test_each_failure_is_told_for_what_it_is_and_the_next_mail_goes(
    outgoing: Outgoing, step: str, reply: str, is_taken: bool, wanted: tuple[object, ...]
) -> None:
    outgoing.fail(step, reply, is_taken=is_taken)
    assert verdict(outgoing.post.send(ENVELOPE, MAIL)) == wanted
    assert len(outgoing.taken) == is_taken
    outgoing.heal()
    assert verdict(outgoing.post.send(ENVELOPE, MAIL)) == ("accepted",)


@pytest.mark.parametrize("recipient", ENVELOPE.recipients)
def test_one_refused_recipient_refuses_the_mail(outgoing: Outgoing, recipient: str) -> None:
    outgoing.fail("RCPT", REFUSED_FOR_GOOD, to=recipient)
    outcome = outgoing.post.send(ENVELOPE, MAIL)
    assert verdict(outcome) == ("refused", True, 550)
    assert isinstance(outcome, Refused)
    assert outcome.recipient == recipient
    assert outgoing.taken == []


def test_the_fake_delivers_to_everybody_it_knows_and_files_where_the_provider_does() -> None:
    ada = MemoryMailStore("ada", files_sent_itself=True)
    jane = MemoryMailStore("jane")
    post = MemoryPost({"ada@example.test": ada, "jane@acme.test": jane}, lambda: NOW)
    post.send(ENVELOPE, MAIL)
    assert (jane.held("INBOX"), ada.held("INBOX"), ada.held("Sent")) == ([MAIL], [MAIL], [MAIL])
    assert jane.held("Sent") == []
