"""One transaction for everybody a mail is to, with the witness; without it where it is refused."""

from datetime import UTC, datetime

from mailflow.model.address import Address
from mailflow.model.wire import Accepted, Refused
from mailflow.outbox.send import send
from tests.fakes import MemoryPost

ADA, JANE, RAJ, WITNESS = (
    Address.parse(f"{name}@example.org") for name in ("ada", "jane", "raj", "ada+mailflow")
)
DATA = b"From: ada@example.org\r\n\r\nHello\r\n"


def a_post() -> MemoryPost:
    return MemoryPost({}, lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))


def recipients(post: MemoryPost) -> list[tuple[str, ...]]:
    return [taken.envelope.recipients for taken in post.taken]


def test_a_mail_to_two_goes_to_both_and_the_witness_at_once() -> None:
    post = a_post()
    outcome = send(post, DATA, sender=ADA, to=JANE, also=(RAJ,), witness=WITNESS)
    assert isinstance(outcome, Accepted)
    assert recipients(post) == [("jane@example.org", "raj@example.org", "ada+mailflow@example.org")]


def test_without_its_witness_where_the_server_refuses_only_that() -> None:
    post = a_post()
    post.fail("RCPT", "550 5.7.1 not here", to=str(WITNESS))
    outcome = send(post, DATA, sender=ADA, to=JANE, also=(RAJ,), witness=WITNESS)
    assert isinstance(outcome, Accepted)
    assert recipients(post) == [("jane@example.org", "raj@example.org")]


def test_nobody_has_it_when_one_of_the_two_is_refused() -> None:
    post = a_post()
    post.fail("RCPT", "550 5.1.1 nobody", to=str(RAJ))
    outcome = send(post, DATA, sender=ADA, to=JANE, also=(RAJ,), witness=WITNESS)
    assert isinstance(outcome, Refused)
    assert outcome.recipient == str(RAJ)
    assert post.taken == []
