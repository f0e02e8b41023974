"""Every way a mail can fail to leave is told apart: refused for now, for good, or not known."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailflow.account.smtp import SmtpPost
from mailflow.config import AccountConfig, Login, Secret, Server, Wrap
from mailflow.model.wire import Accepted, Envelope, Outcome, Refused, Unknown
from tests.servers.certificates import Authority
from tests.servers.process import free_port
from tests.servers.smtp import HANG_UP, ScriptedSmtp, serving

MAIL = (
    b"From: ada@example.test\r\nTo: jane@acme.test\r\nMessage-ID: <1@example.test>\r\n\r\nHello\r\n"
)
ENVELOPE = Envelope("ada@example.test", ("jane@acme.test", "ada+witness@example.test"))


@pytest.fixture
def smtp() -> Iterator[ScriptedSmtp]:
    with serving(ScriptedSmtp()) as script:
        yield script


def account(server: Server) -> AccountConfig:
    return AccountConfig("ada", imap=server, smtp=server)


def send(
    smtp: ScriptedSmtp, *, envelope: Envelope = ENVELOPE, data: bytes = MAIL, **changes: object
) -> Outcome:
    server = replace(smtp.server("ada@example.test"), **changes)  # type: ignore[arg-type]
    post = SmtpPost(account(server), answer_timeout=timedelta(seconds=1))
    try:
        return post.send(envelope, data)
    finally:
        post.close()


def test_a_mail_goes_to_all_recipients_in_one_transaction(smtp: ScriptedSmtp) -> None:
    assert isinstance(send(smtp), Accepted)
    assert [(t.envelope, t.data) for t in smtp.taken] == [(ENVELOPE, MAIL)]


@pytest.mark.parametrize(
    ("step", "reply", "is_permanent", "code"),
    [
        ("CONNECT", "554 5.3.2 not today", False, 0),
        ("CONNECT", HANG_UP, False, 0),
        ("EHLO", HANG_UP, False, 0),
        ("AUTH", "535 5.7.8 wrong password", False, 0),
        ("AUTH", "454 4.7.0 try later", False, 0),
        ("AUTH", HANG_UP, False, 0),
        ("MAIL", "550 5.7.1 you may not", True, 550),
        ("MAIL", "451 4.3.0 later", False, 451),
        ("MAIL", "530 5.7.0 authentication required", False, 530),
        ("MAIL", HANG_UP, False, 0),
        ("RCPT", "550 5.1.1 no such user", True, 550),
        ("RCPT", "450 4.2.0 greylisted", False, 450),
        ("RCPT", "421 4.3.2 shutting down", False, 421),
        ("RCPT", HANG_UP, False, 0),
        ("DATA", "554 5.5.1 no valid recipients", True, 554),
        ("DATA", "452 4.3.1 disk full", False, 452),
        ("DATA", HANG_UP, False, 0),
        ("BODY", HANG_UP, False, 0),
        ("DOT", "554 5.7.1 looks like spam", True, 554),
        ("DOT", "451 4.3.0 later", False, 451),
    ],
)
def test_what_is_refused_was_not_sent(
    smtp: ScriptedSmtp, step: str, reply: str, is_permanent: bool, code: int
) -> None:
    smtp.fail(step, reply)
    # More than a socket buffer holds, so that a lost line shows before the final dot is sent.
    outcome = send(smtp, data=MAIL + (b"x" * 76 + b"\r\n") * 100_000 if step == "BODY" else MAIL)
    assert isinstance(outcome, Refused)
    assert (outcome.is_permanent, outcome.code) == (is_permanent, code)
    assert outcome.detail
    assert smtp.taken == []


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_line_lost_after_the_final_dot_leaves_it_unknown(
    smtp: ScriptedSmtp, is_taken: bool
) -> None:
    smtp.fail("DOT", HANG_UP, is_taken=is_taken)
    assert isinstance(send(smtp), Unknown)
    assert len(smtp.taken) == is_taken


def test_a_server_that_thinks_too_long_about_the_mail_leaves_it_unknown(
    smtp: ScriptedSmtp,
) -> None:
    smtp.fail("DOT", None, seconds=4)
    outcome = send(smtp, timeout=timedelta(seconds=1.5))
    assert isinstance(outcome, Unknown)
    assert "did not answer" in outcome.detail


@pytest.mark.parametrize("nonsense", ["hello?", "150 hm", "9" * 20_000])
def test_an_answer_that_makes_no_sense_leaves_it_unknown(smtp: ScriptedSmtp, nonsense: str) -> None:
    smtp.fail("DOT", nonsense, is_taken=True)
    assert isinstance(send(smtp), Unknown)


@pytest.mark.parametrize("refused", ENVELOPE.recipients)
def test_one_refused_recipient_refuses_the_mail_for_all(smtp: ScriptedSmtp, refused: str) -> None:
    smtp.fail("RCPT", "550 5.1.1 no such user", to=refused)
    outcome = send(smtp)
    assert isinstance(outcome, Refused)
    assert refused in outcome.detail
    assert smtp.taken == []
    assert "DATA" not in smtp.steps


def test_the_line_is_used_again_and_a_refusal_leaves_it_clean(smtp: ScriptedSmtp) -> None:
    post = SmtpPost(account(smtp.server("ada")))
    smtp.fail("RCPT", "550 5.1.1 no such user", times=1)
    outcomes = [type(post.send(ENVELOPE, MAIL)) for _ in range(3)]
    post.close()
    assert outcomes == [Refused, Accepted, Accepted]
    assert smtp.connections == 1
    assert [t.envelope for t in smtp.taken] == [ENVELOPE, ENVELOPE]


def test_a_line_the_server_closed_meanwhile_is_replaced(smtp: ScriptedSmtp) -> None:
    post = SmtpPost(account(smtp.server("ada")))
    smtp.fail("DOT", HANG_UP, is_taken=False, times=1)
    outcomes = [type(post.send(ENVELOPE, MAIL)) for _ in range(2)]
    post.close()
    assert outcomes == [Unknown, Accepted]


def test_nobody_listening_is_told_in_a_sentence(smtp: ScriptedSmtp) -> None:
    outcome = send(smtp, port=free_port())
    assert isinstance(outcome, Refused)
    assert outcome.detail.startswith("Nobody answers at localhost:")


def test_a_wrong_password_is_told_and_keeps_the_mail(smtp: ScriptedSmtp) -> None:
    outcome = send(smtp, secret=Secret(command=("echo", "wrong")))
    assert isinstance(outcome, Refused)
    assert not outcome.is_permanent
    assert "refused the login of ada@example.test" in outcome.detail


def test_a_password_beyond_ascii_is_sent_as_utf8(smtp: ScriptedSmtp) -> None:
    outcome = send(smtp, secret=Secret(command=("echo", "pässwörd")))
    assert isinstance(outcome, Refused)
    assert "535" in outcome.detail


@pytest.mark.parametrize("mechanism", ["OAUTHBEARER", "XOAUTH2"])
def test_an_access_token_opens_the_line(smtp: ScriptedSmtp, mechanism: str) -> None:
    smtp.mechanisms = f"LOGIN PLAIN {mechanism}"
    assert isinstance(send(smtp, login=Login.OAUTH2), Accepted)
    refused = send(smtp, login=Login.OAUTH2, secret=Secret(command=("echo", "stale")))
    assert isinstance(refused, Refused)
    assert not refused.is_permanent
    assert "prints a fresh access token" in refused.detail


def test_a_server_that_takes_no_tokens_is_told_of(smtp: ScriptedSmtp) -> None:
    outcome = send(smtp, login=Login.OAUTH2)
    assert isinstance(outcome, Refused)
    assert "takes no access tokens" in outcome.detail


def test_dots_and_odd_line_ends_arrive_as_whole_lines(smtp: ScriptedSmtp) -> None:
    odd = b"Subject: x\r\n\r\n.\r\n..two\r\nbare\nfeed\r.\rend without a line end"
    assert isinstance(send(smtp, data=odd), Accepted)
    wanted = b"Subject: x\r\n\r\n.\r\n..two\r\nbare\r\nfeed\r\n.\r\nend without a line end\r\n"
    assert smtp.taken[0].data == wanted


def test_a_size_is_announced_and_eight_bit_text_too(smtp: ScriptedSmtp) -> None:
    data = "Subject: x\r\n\r\nGrüße\r\n".encode()
    assert isinstance(send(smtp, data=data), Accepted)
    assert smtp.taken[0].options == f"SIZE={len(data)} BODY=8BITMIME"


def test_an_address_beyond_ascii_travels_as_smtputf8(smtp: ScriptedSmtp) -> None:
    envelope = Envelope("ada@example.test", ("jürgen@müller.test",))
    assert isinstance(send(smtp, envelope=envelope), Accepted)
    assert "SMTPUTF8" in smtp.taken[0].options
    assert smtp.taken[0].envelope.recipients == ("jürgen@müller.test",)


def test_a_server_without_smtputf8_refuses_such_an_address_for_good() -> None:
    with serving(ScriptedSmtp(offers=("8BITMIME",))) as smtp:
        outcome = send(smtp, envelope=Envelope("ada@example.test", ("jürgen@acme.test",)))
        assert isinstance(outcome, Refused)
        assert outcome.is_permanent
        assert "SMTPUTF8" in outcome.detail


def test_a_domain_beyond_ascii_needs_no_smtputf8() -> None:
    with serving(ScriptedSmtp(offers=("8BITMIME",))) as smtp:
        outcome = send(smtp, envelope=Envelope("ada@example.test", ("jane@müller.test",)))
        assert isinstance(outcome, Accepted)
        assert smtp.taken[0].envelope.recipients == ("jane@xn--mller-kva.test",)


@pytest.mark.parametrize(
    "odd",
    ["jane@acme.test>\r\nRCPT TO:<evil@acme.test", "<jane@acme.test>", "jane", "j ane@a.b", ""],
)
def test_nothing_can_be_smuggled_into_the_envelope(smtp: ScriptedSmtp, odd: str) -> None:
    outcome = send(smtp, envelope=Envelope("ada@example.test", (odd,)))
    assert isinstance(outcome, Refused)
    assert outcome.is_permanent
    assert "MAIL" not in smtp.steps


@pytest.mark.parametrize("wrap", [Wrap.TLS, Wrap.STARTTLS])
def test_the_line_is_protected_and_the_certificate_checked(tmp_path: Path, wrap: Wrap) -> None:
    authority = Authority(tmp_path)
    certificate = authority.issue(tmp_path)
    script = ScriptedSmtp(wrap=wrap, certificate=certificate, ca_file=authority.file)
    with serving(script) as smtp:
        assert isinstance(send(smtp), Accepted)
        outcome = send(smtp, ca_file=None)
        assert isinstance(outcome, Refused)
        assert "an authority this machine does not know" in outcome.detail


def test_a_certificate_for_another_host_points_to_host(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    certificate = authority.issue(tmp_path, host="mail.acme.test")
    script = ScriptedSmtp(wrap=Wrap.TLS, certificate=certificate, ca_file=authority.file)
    with serving(script) as smtp:
        outcome = send(smtp)
        assert isinstance(outcome, Refused)
        assert "belongs to another host" in outcome.detail


def test_an_expired_certificate_has_its_own_sentence(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    certificate = authority.issue(tmp_path, days=-1)
    script = ScriptedSmtp(wrap=Wrap.TLS, certificate=certificate, ca_file=authority.file)
    with serving(script) as smtp:
        outcome = send(smtp)
        assert isinstance(outcome, Refused)
        assert "has expired" in outcome.detail
        assert not outcome.is_permanent


def test_starttls_that_is_not_offered_ends_the_talk_before_the_password() -> None:
    with serving(ScriptedSmtp(wrap=Wrap.STARTTLS)) as smtp:
        outcome = send(smtp)
        assert isinstance(outcome, Refused)
        assert "does not offer STARTTLS" in outcome.detail
        assert "AUTH" not in smtp.steps


def test_a_password_never_goes_in_the_clear_to_another_machine(smtp: ScriptedSmtp) -> None:
    outcome = send(smtp, host="mail.example.com")
    assert isinstance(outcome, Refused)
    assert "without encryption" in outcome.detail


def test_tls_spoken_to_a_plain_port_is_explained(smtp: ScriptedSmtp) -> None:
    outcome = send(smtp, wrap=Wrap.TLS)
    assert isinstance(outcome, Refused)
    assert "does not speak TLS" in outcome.detail


def test_without_a_user_nobody_logs_in_and_no_password_is_asked_for(smtp: ScriptedSmtp) -> None:
    assert isinstance(send(smtp, user="", secret=Secret()), Accepted)
    assert "AUTH" not in smtp.steps
