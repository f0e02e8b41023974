"""`mailflow init`: what it asks, what it proposes, what it writes."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.cli.answers import Answers, Place, system_zone, write_private, written
from mailflow.cli.providers import PROVIDERS, provider_of
from mailflow.config import Config, Login, Wrap, load
from mailflow.model.address import Address
from tests.commands import Shell

GIVEN = ("--name", "Ada", "--password-env", "PW", "--no-check")


def loaded(shell: Shell) -> Config:
    path = shell.home / ".config/mailflow/config.toml"
    return load(path, {"HOME": str(shell.home)})


def test_a_known_provider_needs_no_question_about_servers(shell: Shell) -> None:
    ran = shell.run("init", "--yes", "--address", "ada@gmail.com", *GIVEN)
    assert ran.code == 0
    config = loaded(shell)
    account = config.accounts[0]
    assert (account.imap.host, account.imap.port) == ("imap.gmail.com", 993)
    assert (account.smtp.host, account.smtp.port) == ("smtp.gmail.com", 465)
    assert str(config.identity.service) == "ada+mailflow@gmail.com"
    assert str(config.identity.zone) == "Europe/Paris"
    assert account.imap.secret.env == "PW"
    assert "app password" in ran.out


def test_the_six_questions_are_asked_in_order_with_proposals(shell: Shell) -> None:
    ran = shell.run(
        "init", "--no-check",
        typed="Ada Lovelace\nada@posteo.de\n2\n\nada+m@posteo.de\nEurope/London\n\n",
    )  # fmt: skip
    assert ran.code == 0
    config = loaded(shell)
    assert config.identity.name == "Ada Lovelace"
    assert str(config.identity.service) == "ada+m@posteo.de"
    assert str(config.identity.zone) == "Europe/London"
    assert config.accounts[0].imap.secret.env == "MAILFLOW_PASSWORD"
    assert "ada+mailflow@posteo.de" in ran.out  # was proposed


def test_servers_of_an_unknown_provider_are_asked_for(shell: Shell) -> None:
    answers = ["Ada", "ada@example.org", "ada", "mail.example.org", "mail.example.org:587"]
    answers += ["1", "pass show mail", "", "", ""]
    ran = shell.run("init", "--no-check", typed="\n".join(answers) + "\n")
    assert ran.code == 0
    account = loaded(shell).accounts[0]
    assert (account.imap.host, account.imap.port, account.imap.user) == (
        "mail.example.org", 993, "ada",
    )  # fmt: skip
    assert (account.smtp.port, account.smtp.wrap) == (587, Wrap.STARTTLS)
    assert account.imap.secret.command == ("pass", "show", "mail")


def test_a_provider_without_passwords_gets_access_tokens(shell: Shell) -> None:
    typed = "Ada\nada@outlook.com\n1\noama access ada@outlook.com\n\n\n\n"
    ran = shell.run("init", "--no-check", typed=typed)
    assert ran.code == 0
    assert "only access tokens (OAuth2)" in ran.out
    account = loaded(shell).accounts[0]
    assert account.imap.login is account.smtp.login is Login.OAUTH2
    assert account.smtp.secret.command == ("oama", "access", "ada@outlook.com")


def test_a_typed_password_goes_into_a_file_for_the_owner_only(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda _: "hunter2")
    ran = shell.run("init", "--no-check", typed="Ada\nada@gmail.com\n4\n\n\n\n")
    assert ran.code == 0
    file = loaded(shell).accounts[0].imap.secret.file
    assert file is not None
    assert file.read_text() == "hunter2\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "hunter2" not in (shell.home / ".config/mailflow/config.toml").read_text()


def test_a_file_that_holds_the_password_is_named(shell: Shell) -> None:
    ran = shell.run("init", "--no-check", typed="Ada\nada@gmail.com\n3\n~/pw\n\n\n\n")
    assert ran.code == 0
    assert loaded(shell).accounts[0].imap.secret.file == shell.home / "pw"


def test_a_wrong_answer_is_asked_for_again(shell: Shell) -> None:
    answers = ["Ada", "ada at home", "ada@gmail.com", "2", "", "", "Mars/Base", "Europe/Rome", ""]
    ran = shell.run("init", "--no-check", typed="\n".join(answers) + "\n")
    assert ran.code == 0
    assert "is not a mail address" in ran.out
    assert str(loaded(shell).identity.zone) == "Europe/Rome"


def test_ones_own_address_is_not_taken_for_the_service(shell: Shell) -> None:
    answers = ["Ada", "ada@gmail.com", "2", "", "Ada@Gmail.com", "", "", ""]
    ran = shell.run("init", "--no-check", typed="\n".join(answers) + "\n")
    assert ran.code == 0
    assert "choose another address" in ran.out
    assert str(loaded(shell).identity.service) == "ada+mailflow@gmail.com"


def test_the_file_is_for_the_owner_only(shell: Shell) -> None:
    shell.run("init", "--yes", "--address", "ada@gmail.com", *GIVEN)
    path = shell.home / ".config/mailflow/config.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["config.toml"]


def test_an_old_file_is_not_overwritten_unasked(shell: Shell) -> None:
    shell.config = shell.home / "mine.toml"
    shell.config.write_text("mine")
    assert shell.run("init", "--yes", "--address", "ada@gmail.com", *GIVEN).code == 1
    assert shell.run("init", "--address", "ada@gmail.com", *GIVEN, typed="n\n").code == 1
    assert shell.config.read_text() == "mine"
    assert shell.run("init", "--yes", "--force", "--address", "ada@gmail.com", *GIVEN).code == 0
    assert "ada@gmail.com" in shell.config.read_text()


def test_what_is_wrong_with_the_answers_is_said_and_nothing_is_written(shell: Shell) -> None:
    ran = shell.run(
        "init", "--yes", "--address", "ada@gmail.com", "--service", "ada@gmail.com", *GIVEN
    )
    assert ran.code == 3
    assert "Your usual mail arrives there" in ran.err
    assert not (shell.home / ".config/mailflow/config.toml").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--address", "nonsense"), "“nonsense” is not a mail address"),
        (("--address", "ada@hey.com"), "hey.com lets no mail program in"),
        (("--address", "a@gmail.com", "--zone", "Nowhere"), "“Nowhere” is not known"),
        (("--address", "a@gmail.com", "--imap-security", "ssl"), "“ssl” is not one of"),
        ((), "“Your mail address” has no answer"),
    ],
)
def test_an_option_that_cannot_be_used_is_a_sentence(
    shell: Shell, words: tuple[str, ...], said: str
) -> None:
    ran = shell.run("init", "--yes", *words, *GIVEN)
    assert ran.code == 3
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_no_password_place_means_no_file(shell: Shell) -> None:
    ran = shell.run("init", "--yes", "--name", "Ada", "--address", "a@gmail.com", "--no-check")
    assert ran.code == 3
    assert "--password-command" in ran.err


def test_paths_on_the_command_line_start_where_the_owner_stands(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shell.home)
    shell.run(
        "init", "--yes", "--name", "Ada", "--address", "a@gmail.com", "--no-check",
        "--password-file", "pw", "--state-dir", "~/state", "--ca-file", "ca.pem",
    )  # fmt: skip
    config = loaded(shell)
    assert config.accounts[0].smtp.secret.file == shell.home / "pw"
    assert config.accounts[0].smtp.ca_file == shell.home / "ca.pem"
    assert config.state_dir == shell.home / "state"


@pytest.mark.parametrize(
    ("written_as", "host", "port", "wrap"),
    [
        ("mail.example.org", "mail.example.org", 993, Wrap.TLS),
        ("mail.example.org:143", "mail.example.org", 143, Wrap.STARTTLS),
        ("mail.example.org:1993", "mail.example.org", 1993, Wrap.TLS),
        ("[2001:db8::1]:993", "2001:db8::1", 993, Wrap.TLS),
        ("2001:db8::1", "2001:db8::1", 993, Wrap.TLS),
    ],
)
def test_a_server_is_understood_with_and_without_a_port(
    shell: Shell, written_as: str, host: str, port: int, wrap: Wrap
) -> None:
    ran = shell.run(
        "init", "--yes", "--address", "ada@example.org", "--imap", written_as,
        "--smtp", "smtp.example.org", *GIVEN,
    )  # fmt: skip
    assert ran.code == 0, ran.err
    imap = loaded(shell).accounts[0].imap
    assert (imap.host, imap.port, imap.wrap) == (host, port, wrap)


def test_a_domain_belongs_to_one_provider_only() -> None:
    domains = [domain for provider in PROVIDERS for domain in provider.domains]
    assert len(domains) == len(set(domains))
    assert all(domain == domain.lower() and "." in domain for domain in domains)


def test_a_subdomain_is_its_providers_but_a_lookalike_is_not() -> None:
    found = provider_of("mycompany.onmicrosoft.com")
    assert found is not None
    assert found.name == "Microsoft 365"
    assert provider_of("notgmail.com") is None
    assert provider_of("GMAIL.COM") is not None


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_every_providers_servers_make_a_configuration(shell: Shell, provider: object) -> None:
    domain = provider.domains[0]  # type: ignore[attr-defined] # PROVIDERS is typed; the fixture not
    assert shell.run("init", "--yes", "--address", f"ada@{domain}", *GIVEN).code == 0
    assert loaded(shell).accounts[0].imap.host


@given(
    name=st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1),
    secret=st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1),
)
def test_whatever_is_answered_is_read_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, name: str, secret: str
) -> None:
    answers = Answers(
        name=name,
        address=Address.parse("ada@example.org"),
        service=Address.parse("ada+m@example.org"),
        zone="UTC",
        imap=Place("imap.example.org", 993, Wrap.TLS),
        smtp=Place("smtp.example.org", 465, Wrap.TLS),
        user=name,
        secret=("password_file", f"/x{secret}"),
    )
    path = tmp_path_factory.mktemp("c") / "config.toml"
    write_private(path, written(answers))
    config = load(path, {})
    assert config.identity.name == name
    assert config.accounts[0].imap.user == name
    assert config.accounts[0].imap.secret.file == Path(f"/x{secret}")


def test_the_machines_zone_is_read_from_where_systems_keep_it(tmp_path: Path) -> None:
    assert system_zone("Asia/Tokyo", tmp_path) == "Asia/Tokyo"
    assert system_zone("", tmp_path) == ""
    (tmp_path / "timezone").write_text("Europe/Oslo\n")
    assert system_zone("", tmp_path) == "Europe/Oslo"
    zone = tmp_path / "zoneinfo" / "Europe" / "Madrid"
    zone.parent.mkdir(parents=True)
    zone.touch()
    (tmp_path / "localtime").symlink_to(zone)
    assert system_zone(":/etc/localtime", tmp_path) == "Europe/Madrid"
