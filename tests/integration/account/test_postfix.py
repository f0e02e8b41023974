"""The whole way with servers people really run: out through Postfix, in through Dovecot."""

from collections.abc import Iterator

import pytest

from mailflow.account.imap import ImapAccount
from mailflow.account.smtp import SmtpPost
from mailflow.config import AccountConfig, Wrap
from mailflow.model.mail import RawMessage
from mailflow.model.wire import Accepted, Cursor, Envelope, Refused
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix
from tests.servers.world import eventually

pytestmark = [pytest.mark.postfix, pytest.mark.dovecot]


@pytest.fixture
def ada(dovecot: Dovecot, postfix: Postfix) -> Iterator[ImapAccount]:
    address = dovecot.new_user("ada")
    account = ImapAccount(dovecot.account(address, smtp=postfix.server(address, Wrap.PLAIN)))
    yield account
    account.close()


def config_of(account: ImapAccount, dovecot: Dovecot, postfix: Postfix) -> AccountConfig:
    return dovecot.account(account.name, smtp=postfix.server(account.name, Wrap.PLAIN))


def inbox(account: ImapAccount) -> list[RawMessage]:
    start = Cursor(account.cursor("INBOX").uidvalidity, 0)
    got = account.fetch_after("INBOX", start, max_bytes=2**30, limit=100)
    return [each for each in got if isinstance(each, RawMessage)]


def mail(account: ImapAccount, number: int) -> bytes:
    return (
        f"From: {account.name}\r\nTo: jane@acme.test\r\nSubject: hello\r\n"
        f"Message-ID: <{number}.{account.name}>\r\n\r\n.a line with a dot\r\n"
    ).encode()


def test_a_mail_and_its_witness_arrive(
    ada: ImapAccount, dovecot: Dovecot, postfix: Postfix
) -> None:
    jane = ImapAccount(dovecot.account(dovecot.new_user("jane")))
    post = SmtpPost(config_of(ada, dovecot, postfix))
    witness = ada.name.replace("@", "+witness@")
    outcome = post.send(Envelope(ada.name, (jane.name, witness)), mail(ada, 1))
    post.close()
    assert isinstance(outcome, Accepted)
    for account in (jane, ada):
        (got,) = eventually(lambda account=account: inbox(account))  # type: ignore[misc]
        assert got.data.endswith(b"\r\n\r\n.a line with a dot\r\n")
        assert account.search_message_id("INBOX", f"<1.{ada.name}>") == [got.location.uid]
    jane.close()


def test_an_unknown_recipient_comes_back_as_a_delivery_status_notification(
    ada: ImapAccount, dovecot: Dovecot, postfix: Postfix
) -> None:
    post = SmtpPost(config_of(ada, dovecot, postfix))
    outcome = post.send(Envelope(ada.name, ("nobody@example.test",)), mail(ada, 2))
    post.close()
    assert isinstance(outcome, Accepted)
    (bounce,) = eventually(lambda: inbox(ada))
    assert b"report-type=delivery-status" in bounce.data
    assert b"Status: 5.1.1" in bounce.data
    assert f"<2.{ada.name}>".encode() in bounce.data


def test_a_sender_postfix_does_not_like_is_refused_for_good(
    ada: ImapAccount, dovecot: Dovecot, postfix: Postfix
) -> None:
    post = SmtpPost(config_of(ada, dovecot, postfix))
    outcome = post.send(Envelope("ada@-bad-.test", ("jane@exa_mple..test",)), mail(ada, 3))
    post.close()
    assert isinstance(outcome, Refused)
    assert outcome.is_permanent


def test_postfix_without_login_is_used_only_in_the_clear_on_this_machine(
    ada: ImapAccount, dovecot: Dovecot, postfix: Postfix
) -> None:
    account = dovecot.account(ada.name, smtp=postfix.server(ada.name, Wrap.STARTTLS))
    outcome = SmtpPost(account).send(Envelope(ada.name, (ada.name,)), mail(ada, 4))
    assert isinstance(outcome, Refused)
    assert "offers no login" in outcome.detail
