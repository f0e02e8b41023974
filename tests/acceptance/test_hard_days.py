"""Days on which the world around the daemon fails: it says what is wrong, loses nothing, goes on
when the cause is gone, and leaves when it is asked to."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.acceptance.world import World, text_of, with_vcard
from tests.commands import Ran, Shell
from tests.servers.dovecot import Dovecot

pytestmark = [pytest.mark.dovecot, pytest.mark.slow]


def shell(world: World) -> Shell:
    """The owner at her computer."""
    config = world.folder / "config.toml"
    return Shell(world.folder, config, {"MAILFLOW_CLOCK": str(world.clock.file)})


def configured(world: World, section: str) -> None:
    """More lines in the configuration."""
    config = world.folder / "config.toml"
    config.write_text(config.read_text().replace("[daemon]", f"{section}\n[daemon]"))


def once(world: World) -> Ran:
    """One pass after a minute."""
    world.clock.forward(timedelta(minutes=1))
    return shell(world).run("once")


def status(world: World) -> str:
    return shell(world).run("status").out


def store(world: World) -> Path:
    return world.folder / "state" / "mailflow.db"


def card(world: World, name: str) -> EmailMessage:
    """Somebody's card is on its way to the service; nobody waits for the answer."""
    mail = world.write(world.owner, world.service, f"{name}'s card", "")
    return world.owner_sends(with_vcard(mail, f"{name} Roe", f"{name.lower()}@example.test"))


def answers(world: World, about: EmailMessage) -> list[EmailMessage]:
    return [m for m in world.letters() if m["In-Reply-To"] == about["Message-ID"]]


@contextmanager
def full_disk(world: World) -> Iterator[None]:
    """Nothing the daemon writes goes to any disk any more."""
    _, hard = resource.prlimit(world.daemon.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(world.daemon.pid, resource.RLIMIT_FSIZE, (0, hard))
    yield
    resource.prlimit(world.daemon.pid, resource.RLIMIT_FSIZE, (hard, hard))


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Another program writes in the store, and does not end."""
    with closing(sqlite3.connect(store(world), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_full_disk_and_a_locked_store_only_delay(world: World) -> None:
    world.daemon.start()
    with full_disk(world):
        first = card(world, "Jane")
        world.settle()
        world.settle()
        assert world.daemon.is_alive
        assert answers(world, first) == []
    world.letter(first)
    with locked(world):
        second = card(world, "Mia")
        world.wait_until(lambda: "is locked by another program" in world.daemon.log_text())
        world.look()
        assert world.daemon.terminate(seconds=20) == 0, "it does not wait for the lock"
    assert answers(world, second) == []
    world.daemon.start()
    world.letter(second)
    world.settle()
    assert [len(answers(world, mail)) for mail in (first, second)] == [1, 1]
    assert "@example.test" not in world.daemon.log_text()


def test_asked_to_leave_it_does_not_wait_for_a_server_that_is_silent(world: World) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    world.approve(world.meet("Jane Roe", jane))
    world.outgoing.fail("DOT", None, seconds=25, times=1)
    before = world.outgoing.steps.count("DOT")
    world.let_it_leave()
    world.wait_until(lambda: world.outgoing.steps.count("DOT") > before)
    assert world.daemon.terminate(seconds=20) == 0
    mail = world.wait_for(jane)  # the server took it in the end
    world.daemon.start()
    world.pass_time(timedelta(hours=1))
    world.settle()
    assert [m["Message-ID"] for m in world.mails(jane)] == [mail["Message-ID"]]
    world.wait_for(world.owner, lambda m: m["Message-ID"] == mail["Message-ID"], "Sent")


def test_a_folder_that_is_missing_is_named_and_the_others_are_read(world: World) -> None:
    config = world.folder / "config.toml"
    text = config.read_text()
    config.write_text(text.replace("[accounts.main.imap]", MISSING, 1))
    once(world)
    mail = card(world, "Jane")
    assert once(world).code == 0
    world.letter(mail)
    told = status(world)
    assert "There is no folder “Cards” in the account; there are" in told
    assert "Correct its name in the configuration" in told
    assert "There is no folder “Cards”" in shell(world).run("summary").out


MISSING = """[accounts.main]
mailboxes = ["Cards"]
[accounts.main.imap]"""


def test_a_wrong_password_is_said_and_a_right_one_is_taken_at_once(world: World) -> None:
    once(world)
    mail = card(world, "Jane")
    password = world.folder / "password"
    right = password.read_text()
    password.write_text("wrong")
    ran = once(world)
    assert ran.code == 4
    assert "refused the login" in ran.err
    assert "check user and password" in status(world)
    password.write_text(right)
    assert once(world).code == 0
    world.letter(mail)


def test_an_expired_certificate_is_said(
    dovecot_with_expired_certificate: Dovecot, tmp_path: Path
) -> None:
    server = dovecot_with_expired_certificate
    with World(server, tmp_path) as world:
        config = world.folder / "config.toml"
        plain = f'host = "127.0.0.1"\nport = {server.imap_port}\nsecurity = "plain"'
        tls = f'host = "localhost"\nport = {server.imaps_port}\nca_file = "{server.ca_file}"'
        config.write_text(config.read_text().replace(plain, tls))
        ran = once(world)
        assert ran.code == 4
        assert "expired" in ran.err
        assert "expired" in status(world)


def test_without_idle_mail_is_asked_for_now_and_then(
    dovecot_without_idle: Dovecot, tmp_path: Path
) -> None:
    with World(dovecot_without_idle, tmp_path) as world:
        world.daemon.start()
        world.letter(card(world, "Jane"))


def test_templates_that_cannot_be_used_are_named_and_nothing_is_lost(world: World) -> None:
    folder = world.folder / "templates"
    folder.mkdir()
    template = folder / "card_only.j2"
    template.write_text("{% block subject %}Hi{% endblock %}\n{% block body %}\n{% if %}\n")
    (folder / "receipt.j2").write_text(
        "{% block subject %}Ready{% endblock %}{% block body %}{{ horoscope }}{% endblock %}"
    )
    configured(world, '[templates]\nfolder = "templates"')
    once(world)
    mail = card(world, "Jane")
    assert once(world).code == 0
    receipt = text_of(world.letter(mail))
    assert "Jane Roe" in receipt
    told = status(world)
    assert "The template card_only.j2, line 3 cannot be used" in told
    assert "The template receipt.j2 needs “horoscope”, which is not known" in told
    summary = shell(world).run("summary").out
    assert "card_only.j2, line 3" in summary
    assert world.mails(world.owner, "Drafts") == []
    template.write_text("{% block subject %}Hi{% endblock %}{% block body %}Hi you.{% endblock %}")
    world.clock.forward(timedelta(hours=2))
    once(world)
    assert "Hi you." in text_of(world.wait_for(world.owner, folder="Drafts"))


def test_somebody_who_cannot_be_decided_about_is_put_off_and_holds_up_nobody(world: World) -> None:
    once(world)
    card(world, "Jane")
    once(world)
    assert shell(world).run("drafts", "skip", "1").code == 0
    with closing(sqlite3.connect(store(world))) as records, records:  # longer than time itself
        records.execute("UPDATE contact SET every_days = 2000000000, due_at = created_at")
    mail = card(world, "Mia")
    assert once(world).code == 0
    assert "Draft 1, to: Mia Roe" in text_of(world.letter(mail))
    assert "I could not decide about Jane Roe" in status(world)
