"""An account over IMAP: connections that break, passwords that are wrong, mail that is too much."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailflow.account.imap import ImapAccount
from mailflow.account.session import open_session
from mailflow.config import AccountConfig, Secret, Server, Wrap
from mailflow.errors import LoginRefused, MailboxError
from mailflow.model.mail import Oversize, RawMessage
from mailflow.model.wire import Cursor
from tests.servers.dovecot import Dovecot
from tests.servers.imap import ScriptedImap, serving
from tests.servers.process import free_port

AT = datetime(2026, 3, 1, tzinfo=UTC)
MAIL = b"From: jane@acme.test\r\nMessage-ID: <1@acme.test>\r\n\r\nhi\r\n"
MEGABYTE = 1024 * 1024


@pytest.fixture
def imap() -> Iterator[ScriptedImap]:
    with serving(ScriptedImap()) as server:
        yield server


def trouble_with(server: Server) -> str:
    """The sentence the owner gets; the account must not be usable."""
    account = ImapAccount(AccountConfig("ada", imap=server, smtp=server))
    with pytest.raises(MailboxError) as caught:
        account.cursor("INBOX")
    account.close()
    return str(caught.value)


@pytest.mark.dovecot
@pytest.mark.parametrize("wrap", list(Wrap))
def test_an_account_is_reached_in_every_wrap(dovecot: Dovecot, wrap: Wrap) -> None:
    account = ImapAccount(dovecot.account(dovecot.new_user(), wrap))
    assert account.cursor("INBOX").last_uid == 0
    account.close()


@pytest.mark.dovecot
def test_a_wrong_password_is_the_owners_to_correct(dovecot: Dovecot, dovecot_user: str) -> None:
    server = replace(dovecot.server(dovecot_user), secret=Secret(command=("echo", "wrong")))
    account = ImapAccount(AccountConfig("ada", imap=server, smtp=server))
    with pytest.raises(LoginRefused, match=f"refused the login of {dovecot_user} .*app password"):
        account.folders()


@pytest.mark.dovecot
def test_a_password_beyond_ascii_reaches_the_server(dovecot: Dovecot, dovecot_user: str) -> None:
    server = replace(dovecot.server(dovecot_user), secret=Secret(command=("echo", "pässwörd")))
    with pytest.raises(LoginRefused, match="refused the login"):
        open_session(server)


@pytest.mark.dovecot
@pytest.mark.parametrize("wrap", [Wrap.TLS, Wrap.STARTTLS])
def test_an_expired_certificate_has_its_own_sentence(
    dovecot_with_expired_certificate: Dovecot, wrap: Wrap
) -> None:
    server = dovecot_with_expired_certificate.server("ada@example.test", wrap)
    assert "has expired" in trouble_with(server)


@pytest.mark.dovecot
def test_a_certificate_from_nowhere_points_to_ca_file(dovecot: Dovecot, dovecot_user: str) -> None:
    server = replace(dovecot.server(dovecot_user, Wrap.TLS), ca_file=None)
    assert "ca_file" in trouble_with(server)


@pytest.mark.dovecot
def test_tls_spoken_to_a_plain_port_points_to_starttls(dovecot: Dovecot, dovecot_user: str) -> None:
    server = replace(dovecot.server(dovecot_user, Wrap.TLS), port=dovecot.imap_port)
    assert "set security to “starttls”" in trouble_with(server)


def test_an_authority_file_that_is_missing_is_named(tmp_path: Path) -> None:
    server = Server("localhost", 993, Wrap.TLS, "ada", Secret(command=("echo", "x")))
    with serving(ScriptedImap()) as imap:
        sentence = trouble_with(replace(server, port=imap.port, ca_file=tmp_path / "none.pem"))
    assert "none.pem" in sentence


def test_starttls_that_is_not_offered_ends_the_talk_before_the_password(imap: ScriptedImap) -> None:
    server = replace(imap.account().imap, wrap=Wrap.STARTTLS)
    assert "does not offer STARTTLS" in trouble_with(server)
    assert imap.count("LOGIN") == 0


def test_a_server_that_wants_no_password_in_the_clear_gets_none(imap: ScriptedImap) -> None:
    imap.capabilities = "IMAP4rev1 STARTTLS LOGINDISABLED"
    assert "set security to “tls”" in trouble_with(imap.account().imap)
    assert imap.count("LOGIN") == 0


@pytest.mark.parametrize("host", ["imap.example.com", "192.0.2.1", "localhost.example.com"])
def test_a_password_never_goes_in_the_clear_to_another_machine(host: str) -> None:
    server = Server(host, 143, Wrap.PLAIN, "ada", Secret(command=("false",)))
    assert "without encryption" in trouble_with(server)


def test_a_server_that_is_busy_is_not_a_wrong_password(imap: ScriptedImap) -> None:
    imap.answer("LOGIN", "NO [UNAVAILABLE] the user database is down")
    account = ImapAccount(imap.account())
    with pytest.raises(MailboxError, match="cannot log anybody in now") as caught:
        account.folders()
    assert not isinstance(caught.value, LoginRefused)


def test_nobody_listening_is_told_in_a_sentence(imap: ScriptedImap) -> None:
    server = replace(imap.account().imap, port=free_port())
    assert trouble_with(server).startswith("Nobody answers at localhost:")


def test_a_name_that_does_not_exist_points_to_host(imap: ScriptedImap) -> None:
    server = replace(imap.account().imap, host="nowhere.invalid", wrap=Wrap.TLS)
    assert "nowhere.invalid cannot be found" in trouble_with(server)


def test_a_server_that_says_nothing_is_given_up_in_time(imap: ScriptedImap) -> None:
    imap.is_deaf = True
    began = time.monotonic()
    assert "did not answer within 0.5 s" in trouble_with(imap.account(timeout=0.5).imap)
    assert time.monotonic() - began < 20


@pytest.mark.dovecot
def test_a_folder_the_owner_named_must_exist(dovecot: Dovecot, dovecot_user: str) -> None:
    config = replace(dovecot.account(dovecot_user), sent="Gesendet")
    account = ImapAccount(config)
    with pytest.raises(MailboxError, match=r"no folder “Gesendet”.*“Sent”"):
        account.folders()
    account.close()


@pytest.mark.dovecot
def test_the_owners_word_on_folders_counts_more_than_the_servers(
    dovecot: Dovecot, dovecot_user: str
) -> None:
    account = ImapAccount(replace(dovecot.account(dovecot_user), sent="Archive"))
    assert account.folders().sent == "Archive"
    account.close()


@pytest.mark.dovecot
def test_a_mail_of_26_megabytes_is_only_told_of(dovecot: Dovecot, dovecot_user: str) -> None:
    account = ImapAccount(dovecot.account(dovecot_user))
    huge = MAIL + b"x" * 76 + (b"\r\n" + b"y" * 76) * (26 * MEGABYTE // 78)
    for data in (MAIL, huge, MAIL):
        account.append("INBOX", data, (), AT)
    start = Cursor(account.cursor("INBOX").uidvalidity, 0)
    got = list(account.fetch_after("INBOX", start, max_bytes=25 * MEGABYTE, limit=10))
    whole = list(account.fetch_after("INBOX", start, max_bytes=30 * MEGABYTE, limit=10))
    account.close()
    assert [type(each) for each in got] == [RawMessage, Oversize, RawMessage]
    assert isinstance(got[1], Oversize)
    assert got[1].size == len(huge)
    assert got[1].head == MAIL.partition(b"hi")[0]
    assert isinstance(whole[1], RawMessage)
    assert whole[1].data == huge


@pytest.mark.dovecot
def test_a_server_that_was_restarted_between_two_questions_is_not_even_noticed(
    own_dovecot: Dovecot,
) -> None:
    account = ImapAccount(own_dovecot.account(own_dovecot.new_user()))
    account.append("INBOX", MAIL, (), AT)
    own_dovecot.kill()
    with pytest.raises(MailboxError, match=r"Nobody answers|was lost"):
        account.cursor("INBOX")
    own_dovecot.start()
    assert account.cursor("INBOX").last_uid == 1
    own_dovecot.kill()
    own_dovecot.start()
    assert account.append("INBOX", MAIL, (), AT) == 2
    account.close()


@pytest.mark.dovecot
def test_a_server_that_dies_in_the_middle_of_reading_is_told_and_read_again(
    own_dovecot: Dovecot,
) -> None:
    account = ImapAccount(own_dovecot.account(own_dovecot.new_user()))
    for _ in range(4):
        account.append("INBOX", MAIL + b"x" * 3 * MEGABYTE, (), AT)
    start = Cursor(account.cursor("INBOX").uidvalidity, 0)
    mails = account.fetch_after("INBOX", start, max_bytes=100 * MEGABYTE, limit=10)
    next(mails)
    own_dovecot.kill()
    with pytest.raises(MailboxError):
        list(mails)
    own_dovecot.start()
    mails = account.fetch_after("INBOX", start, max_bytes=100 * MEGABYTE, limit=10)
    assert len(list(mails)) == 4
    account.close()


@pytest.mark.dovecot
def test_many_mails_are_appended_without_waiting_for_the_network(
    dovecot: Dovecot, dovecot_user: str
) -> None:
    account = ImapAccount(dovecot.account(dovecot_user))
    account.append("Drafts", MAIL, ("\\Draft",), AT)
    seconds = []
    for _ in range(50):
        began = time.monotonic()
        account.append("Drafts", MAIL, ("\\Draft",), AT)
        seconds.append(time.monotonic() - began)
    account.close()
    # A delayed acknowledgement holds up every one of them by 0.04 s; a busy machine only some.
    assert sorted(seconds)[12] < 0.035


def test_gmail_is_known_to_file_what_it_sends_and_the_owner_may_say_otherwise(
    imap: ScriptedImap,
) -> None:
    imap.capabilities = "IMAP4rev1 IDLE X-GM-EXT-1"
    for configured, expected in ((None, True), (False, False)):
        account = ImapAccount(replace(imap.account(), files_sent_itself=configured))
        assert account.files_sent_itself is expected
        account.close()


def test_other_servers_do_not_file_it(imap: ScriptedImap) -> None:
    account = ImapAccount(imap.account())
    assert not account.files_sent_itself
    account.close()


def test_one_mail_the_server_cannot_read_out_holds_up_no_other(imap: ScriptedImap) -> None:
    imap.answer("UID SEARCH", "* SEARCH 1 2 3", "OK done")
    imap.answer("UID FETCH", "NO [SERVERBUG] cannot convert this mail")
    sizes = (f"* {uid} FETCH (UID {uid} RFC822.SIZE 2)" for uid in (1, 2, 3))
    imap.answer("UID FETCH 1,2,3 .*SIZE", *sizes, "OK done")
    for uid in (1, 3):
        body = f'* {uid} FETCH (UID {uid} INTERNALDATE "01-Mar-2026 00:00:00 +0000" BODY[] "ok")'
        imap.answer(rf"UID FETCH {uid} .*BODY", body, "OK done")
    account = ImapAccount(imap.account())
    got = list(account.fetch_after("INBOX", Cursor(7, 0), max_bytes=100, limit=10))
    account.close()
    mails = [(m.location.uid, m.data) for m in got if isinstance(m, RawMessage)]
    assert mails == [(1, b"ok"), (2, b""), (3, b"ok")]


@pytest.mark.parametrize("comes", [True, False])
@pytest.mark.parametrize("what", ["SIZE", "BODY"])
def test_a_mail_the_server_passes_over_is_asked_for_again_while_it_is_there(
    imap: ScriptedImap, what: str, *, comes: bool
) -> None:
    told = {uid: (f"* {uid} FETCH (UID {uid} RFC822.SIZE 2)", body(uid)) for uid in (1, 2, 3)}
    for item, at in (("SIZE", 0), ("BODY", 1)):
        uids = (1, 3) if item == what else (1, 2, 3)
        imap.answer(f"UID FETCH .*{item}", *(told[uid][at] for uid in uids), "OK done")
    imap.answer("UID SEARCH", "* SEARCH 1 2 3", "OK done")
    imap.answer("UID SEARCH UID 2", "* SEARCH 2" if comes else "* SEARCH", "OK done")
    if what == "BODY" or not comes:
        imap.answer("UID FETCH 2 .*BODY", told[2][1], "OK done")
        imap.answer("UID FETCH 1,3 .*BODY", told[1][1], told[3][1], "OK done")
    account = ImapAccount(imap.account())
    got = list(account.fetch_after("INBOX", Cursor(7, 0), max_bytes=100, limit=10))
    account.close()
    mails = [(m.location.uid, m.data) for m in got if isinstance(m, RawMessage)]
    assert mails == [(1, b"ok"), *([(2, b"ok")] if comes else []), (3, b"ok")]


def test_a_mail_that_is_passed_over_twice_comes_without_its_bytes(imap: ScriptedImap) -> None:
    imap.answer("UID SEARCH", "* SEARCH 1", "OK done")
    imap.answer("UID FETCH .*SIZE", "* 1 FETCH (UID 1 RFC822.SIZE 2)", "OK done")
    imap.answer("UID FETCH .*BODY", "OK done")
    account = ImapAccount(imap.account())
    (got,) = account.fetch_after("INBOX", Cursor(7, 0), max_bytes=100, limit=10)
    account.close()
    assert isinstance(got, RawMessage)
    assert got.data == b""


def body(uid: int) -> str:
    return f'* {uid} FETCH (UID {uid} INTERNALDATE "01-Mar-2026 00:00:00 +0000" BODY[] "ok")'


def test_a_mail_without_a_date_of_arrival_still_comes(imap: ScriptedImap) -> None:
    imap.answer("UID SEARCH", "* SEARCH 1", "OK done")
    imap.answer("UID FETCH .*SIZE", "* 1 FETCH (UID 1 RFC822.SIZE 2)", "OK done")
    imap.answer("UID FETCH .*BODY", '* 1 FETCH (UID 1 INTERNALDATE "?" BODY[] "ok")', "OK done")
    imap.answer(r"UID FETCH 1 \(BODY", '* 1 FETCH (UID 1 BODY[] "ok")', "OK done")
    account = ImapAccount(imap.account())
    (got,) = account.fetch_after("INBOX", Cursor(7, 0), max_bytes=100, limit=10)
    account.close()
    assert got.received_at == datetime(1970, 1, 1, tzinfo=UTC)


def test_an_answer_that_makes_no_sense_is_an_error_and_no_crash(imap: ScriptedImap) -> None:
    imap.answer("UID SEARCH", "* SEARCH one two", "OK done")
    account = ImapAccount(imap.account())
    with pytest.raises(MailboxError, match="makes no sense"):
        list(account.fetch_after("INBOX", Cursor(7, 0), max_bytes=100, limit=10))
    account.close()


def test_reading_speaks_only_commands_that_change_nothing(imap: ScriptedImap) -> None:
    imap.answer("UID SEARCH", "* SEARCH 1", "OK done")
    imap.answer("UID FETCH .*SIZE", "* 1 FETCH (UID 1 RFC822.SIZE 2)", "OK done")
    imap.answer("UID FETCH .*BODY", '* 1 FETCH (UID 1 BODY[] "ok")', "OK done")
    imap.answer(
        "UID FETCH .*INTERNALDATE",
        '* 1 FETCH (UID 1 INTERNALDATE "01-Mar-2026 00:00:00 +0000")',
        "OK done",
    )
    imap.answer("UID FETCH .*INTERNALDATE BODY", '* 1 FETCH (UID 1 BODY[] "ok")', "OK done")
    account = ImapAccount(imap.account())
    account.cursor("INBOX")
    list(account.fetch_after("INBOX", Cursor(7, 0), max_bytes=100, limit=10))
    list(account.fetch("INBOX", [1]))
    account.search_message_id("INBOX", "<1@acme.test>")
    account.search_since("INBOX", AT.date())
    account.close()
    harmless = re.compile(
        r"\w+ (CAPABILITY|LOGIN .*|EXAMINE .*|UID SEARCH .*|NOOP|LOGOUT"
        r"|UID FETCH [\d,]+ \((RFC822\.SIZE|INTERNALDATE( BODY\.PEEK\[\])?|BODY\.PEEK\[.*\])\))"
    )
    assert [line for line in imap.heard if not harmless.fullmatch(line)] == []
