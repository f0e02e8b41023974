"""`mailflow doctor` on real servers: what it finds, what it proposes, what it leaves behind."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailflow.account.imap import ImapAccount
from mailflow.config import AccountConfig, Wrap
from mailflow.model.mail import LOOP_HEADER
from mailflow.model.wire import Envelope
from tests.commands import Ran, Shell
from tests.integration.cli.conftest import Configure
from tests.servers.dovecot import Dovecot
from tests.servers.world import World


def findings(ran: Ran, level: str) -> list[str]:
    return [each["sentence"] for each in ran.data if each["level"] == level]


def fix_of(ran: Ran, words: str) -> str:
    """What to do about the one finding that has these words."""
    (found,) = [each for each in ran.data if words in each["sentence"]]
    fix: str = found["fix"]
    return fix


def examined(shell: Shell, *words: str) -> Ran:
    return shell.run("doctor", "--json", "--wait", "5", *words)


def test_a_healthy_account_has_nothing_at_fault(shell: Shell) -> None:
    ran = examined(shell)
    assert findings(ran, "fault") == []
    assert ran.code == 0
    said = " ".join(findings(ran, "fine"))
    for words in ("IMAP: logged in", "SMTP: logged in", "Sent mail is in “Sent”", "Drafts go to",
                  "tells of new mail at once", "Sub-addresses of the service arrive",
                  "clock and the mail server's agree", "mailflow keeps a copy"):  # fmt: skip
        assert words in said


def test_the_findings_are_sentences_with_marks_for_people(shell: Shell) -> None:
    ran = shell.run("doctor", "--no-mail")
    assert ran.code == 0
    assert "✓ IMAP: logged in at localhost:" in ran.out
    assert ran.out.rstrip().endswith("Nothing stands in the way: mailflow run")


def test_the_trial_mails_are_ours_and_are_taken_away(
    shell: Shell, world: World, ada: AccountConfig
) -> None:
    examined(shell)
    assert len(world.smtp.taken) == 3
    assert all(f"{LOOP_HEADER}: yes".encode() in taken.data for taken in world.smtp.taken)
    assert all(b"Auto-Submitted: auto-generated" in taken.data for taken in world.smtp.taken)
    assert [len(world.mails(ada, box)) for box in ("INBOX", "Sent", "Junk", "Trash")] == [0] * 4


def test_nothing_is_sent_when_the_owner_does_not_want_it(shell: Shell, world: World) -> None:
    ran = examined(shell, "--no-mail")
    assert world.smtp.taken == []
    assert "with trial mails" in fix_of(ran, "security.authserv_id is not set")


def test_a_wrong_password_is_told_with_the_section_to_look_at(shell: Shell) -> None:
    (shell.home / "password").write_text("wrong")
    ran = examined(shell)
    assert ran.code == 1
    (imap, smtp) = findings(ran, "fault")
    assert "refused the login" in imap
    assert "refused the login" in smtp
    assert "[accounts.main.imap]" in fix_of(ran, imap)


def test_a_password_that_others_can_read_is_a_fault_with_its_remedy(shell: Shell) -> None:
    (shell.home / "password").chmod(0o644)
    ran = examined(shell)
    assert fix_of(ran, "Others can read").startswith("chmod 600 ")


def test_a_configuration_that_others_can_change_is_a_fault(shell: Shell) -> None:
    assert shell.config
    shell.config.chmod(0o666)
    assert fix_of(examined(shell, "--no-mail"), "Others may change") == f"chmod 600 {shell.config}"


def test_no_server_at_the_port_is_told(configure: Configure, ada: AccountConfig) -> None:
    shell = configure(replace(ada, imap=replace(ada.imap, port=1)))
    ran = examined(shell)
    assert ran.code == 1
    assert "Nobody answers at localhost:1" in findings(ran, "fault")[0]
    assert not any("arrives" in each for each in findings(ran, "fine"))


def test_an_expired_certificate_is_told(
    configure: Configure, dovecot_with_expired_certificate: Dovecot
) -> None:
    old = dovecot_with_expired_certificate
    ran = examined(configure(old.account(old.new_user(), Wrap.TLS)))
    assert ran.code == 1
    assert "has expired" in findings(ran, "fault")[0]


def test_a_certificate_of_ones_own_authority_is_good(
    configure: Configure, dovecot: Dovecot
) -> None:
    ran = examined(configure(dovecot.account(dovecot.new_user(), Wrap.TLS)), "--no-mail")
    assert any("by TLS, and its certificate is good" in each for each in findings(ran, "fine"))


def test_a_server_that_cannot_tell_of_new_mail_is_no_fault(
    configure: Configure, dovecot_without_idle: Dovecot
) -> None:
    account = dovecot_without_idle.account(dovecot_without_idle.new_user())
    ran = examined(configure(account), "--no-mail")
    assert ran.code == 0
    assert "daemon.tick_seconds" in fix_of(ran, "cannot tell of new mail")


def test_a_mailbox_that_is_not_there_is_told(configure: Configure, ada: AccountConfig) -> None:
    shell = configure(ada, more='[accounts.main]\nmailboxes = ["Work"]\n')
    ran = examined(shell, "--no-mail")
    assert ran.code == 1
    assert "There is no folder “Work”" in findings(ran, "fault")[0]


def test_a_service_address_that_nobody_has_is_refused_or_lost(
    configure: Configure, ada: AccountConfig, world: World
) -> None:
    shell = configure(ada, service="nobody@example.test")
    ran = shell.run("doctor", "--json", "--wait", "1")
    assert ran.code == 1
    assert "service.address" in fix_of(ran, "did not arrive within")
    world.smtp.fail("RCPT", "550 5.1.1 no such user", to="nobody")
    ran = shell.run("doctor", "--json", "--wait", "1")
    assert "Mail to nobody@example.test is refused" in findings(ran, "fault")[0]


def test_mail_that_a_filter_sorts_away_is_found_where_it_lies(
    shell: Shell, world: World, ada: AccountConfig
) -> None:
    plain = world.smtp.deliver
    assert plain is not None
    account = ImapAccount(ada)

    def deliver(envelope: Envelope, data: bytes) -> None:
        if "+mailflow" in envelope.recipients[0]:
            account.append("Junk", data, (), datetime.now(UTC))
        else:
            plain(envelope, data)

    world.smtp.deliver = deliver
    ran = examined(shell)
    account.close()
    assert ran.code == 1
    assert "“Junk”" in fix_of(ran, "is sorted into “Junk”, where I do not look")
    assert world.mails(ada, "Junk") == []


def test_little_room_on_the_disk_is_told(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailflow.cli.doctor.machine.LITTLE", 2**60)
    assert "Make room there soon." in fix_of(examined(shell, "--no-mail"), "are free")
    monkeypatch.setattr("mailflow.cli.doctor.machine.TOO_LITTLE", 2**60)
    ran = examined(shell, "--no-mail")
    assert ran.code == 1
    assert fix_of(ran, "are free") == "Make room there."


def test_without_sub_addresses_the_owner_is_told_how_it_works_all_the_same(
    shell: Shell, world: World
) -> None:
    world.smtp.fail("RCPT", "550 5.1.1 no such user", to="doctor-trial")
    ran = examined(shell)
    assert ran.code == 0
    assert "“reply”" in fix_of(ran, "your answers must carry their proof another way")


def test_a_sender_the_server_does_not_allow_is_told(shell: Shell, world: World) -> None:
    world.smtp.fail("MAIL", "553 5.7.1 not your address")
    ran = shell.run("doctor", "--json", "--wait", "1")
    assert ran.code == 1
    assert "not your address" in findings(ran, "fault")[0]


def stamped(world: World, value: str) -> None:
    """From now on the world's server stamps what arrives with Authentication-Results."""
    plain = world.smtp.deliver
    assert plain is not None

    def deliver(envelope: Envelope, data: bytes) -> None:
        plain(envelope, b"Authentication-Results: " + value.encode() + b"\r\n" + data)

    world.smtp.deliver = deliver


PASS = "mx.example.test; dmarc=pass header.from=example.test"


def test_the_server_that_vouches_is_proposed(shell: Shell, world: World) -> None:
    stamped(world, PASS)
    assert fix_of(examined(shell), "you do not use it") == (
        'Write authserv_id = "mx.example.test" under [security].'
    )


def test_a_server_that_does_not_vouch_for_the_owner_is_not_proposed(
    shell: Shell, world: World
) -> None:
    stamped(world, "mx.example.test; dmarc=fail header.from=example.test")
    assert "Leave security.authserv_id out" in fix_of(examined(shell), "does not vouch")


def test_the_configured_server_is_held_to_its_word(
    configure: Configure, ada: AccountConfig, world: World
) -> None:
    shell = configure(ada, more='[security]\nauthserv_id = "mx.example.test"\n')
    stamped(world, PASS)
    assert any("vouches for mail from you" in each for each in findings(examined(shell), "fine"))


def test_a_misnamed_server_is_a_fault_because_no_command_would_be_obeyed(
    configure: Configure, ada: AccountConfig, world: World
) -> None:
    shell = configure(ada, more='[security]\nauthserv_id = "mail.example.test"\n')
    stamped(world, PASS)
    ran = examined(shell)
    assert ran.code == 1
    assert 'authserv_id = "mx.example.test"' in fix_of(ran, "calls itself mx.example.test")


def test_a_provider_that_files_sent_mail_itself_is_found_out(
    shell: Shell, world: World, ada: AccountConfig
) -> None:
    plain = world.smtp.deliver
    assert plain is not None
    account = ImapAccount(ada)

    def deliver(envelope: Envelope, data: bytes) -> None:
        account.append("Sent", data, (), datetime.now(UTC))
        plain(envelope, data)

    world.smtp.deliver = deliver
    ran = examined(shell)
    account.close()
    assert "files_sent_itself = true" in fix_of(ran, "keeps sent mail by itself")
    assert world.mails(ada, "Sent") == []


def test_an_older_and_a_newer_store_are_told(shell: Shell) -> None:
    import sqlite3

    assert shell.run("people").code == 0
    with sqlite3.connect(shell.home / "state" / "mailflow.db") as store:
        store.execute("UPDATE mailflow_version SET version_num = '9999'")
    store.close()
    ran = examined(shell, "--no-mail")
    assert any("newer mailflow" in each for each in findings(ran, "fault"))
    ran = shell.run("people")
    assert ran.code == 5
    assert "newer mailflow" in ran.err


def test_a_store_that_cannot_be_made_is_a_finding_not_a_crash(
    configure: Configure, ada: AccountConfig, tmp_path: Path
) -> None:
    (tmp_path / "blocked").write_text("a file where a folder is wanted")
    shell = configure(ada)
    assert shell.config
    text = shell.config.read_text()
    shell.config.write_text(text.replace('"state"', '"blocked/state"'))
    ran = examined(shell, "--no-mail")
    assert ran.code == 1
    assert "Traceback" not in ran.err


def test_a_broken_template_is_named_with_its_line(
    configure: Configure, ada: AccountConfig, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "nudge_1.j2").write_text("{% block subject %}x{% endblock %}\n{% if %}")
    shell = configure(ada, more='[templates]\nfolder = "mine"\n')
    (said, *_) = findings(examined(shell, "--no-mail"), "fault")
    assert "nudge_1.j2, line 2" in said


def begun(world: World, tmp_path: Path, *words: str, typed: str = "") -> tuple[Shell, Ran]:
    """`mailflow init` for Ada, with everything said on the command line."""
    account = world.account("ada")
    (tmp_path / "pw").write_text("secret")
    (tmp_path / "pw").chmod(0o600)
    shell = Shell(tmp_path)
    ran = shell.run(
        "init", *words, "--name", "Ada", "--address", account.name, "--user", account.name,
        "--imap", f"localhost:{account.imap.port}", "--imap-security", "plain",
        "--smtp", f"localhost:{account.smtp.port}", "--smtp-security", "plain",
        "--password-file", str(tmp_path / "pw"), "--zone", "Europe/Paris",
        "--service", account.name.replace("@", "+mailflow@"), "--state-dir", str(tmp_path / "s"),
        typed=typed,
    )  # fmt: skip
    return shell, ran


def test_init_runs_the_doctor_on_what_it_wrote(world: World, tmp_path: Path) -> None:
    _, ran = begun(world, tmp_path, "--yes")
    assert "Mail to the service's address" in ran.out
    assert "Nothing stands in the way" in ran.out
    assert ran.code == 0


def settings(shell: Shell) -> str:
    return (shell.home / ".config" / "mailflow" / "config.toml").read_text()


@pytest.mark.parametrize(("words", "typed"), [(["--yes"], ""), ([], "y\n"), ([], "\n")])
def test_init_writes_the_server_that_was_seen_to_vouch(
    world: World, tmp_path: Path, words: list[str], typed: str
) -> None:
    stamped(world, PASS)
    shell, ran = begun(world, tmp_path, *words, typed=typed)
    assert 'authserv_id = "mx.example.test"' in settings(shell)
    assert "mx.example.test did not vouch for" in settings(shell)
    assert "Written: security.authserv_id" in ran.out
    again = shell.run("doctor", "--json", "--wait", "5")
    assert any("vouches for mail from you" in each for each in findings(again, "fine"))


def test_init_leaves_the_server_out_when_the_owner_says_no(world: World, tmp_path: Path) -> None:
    stamped(world, PASS)
    shell, ran = begun(world, tmp_path, typed="n\n")
    assert "Obey only mail" in ran.out
    assert "authserv_id" not in settings(shell)


def test_init_does_not_name_a_server_that_would_refuse_the_owner(
    world: World, tmp_path: Path
) -> None:
    stamped(world, "mx.example.test; dmarc=fail header.from=example.test")
    shell, _ = begun(world, tmp_path, "--yes")
    assert "authserv_id" not in settings(shell)
