"""The commands on a real account and store: what the owner can do without a mail client."""

import io
import os
import resource
import signal
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailflow.account.imap import ImapAccount
from mailflow.config import AccountConfig
from mailflow.store import facts, queue
from mailflow.store.database import Store
from tests.commands import Shell
from tests.integration.cli.conftest import Configure
from tests.servers.dovecot import Dovecot

JANE = "met Jane Roe <jane@acme.io>, CTO at Acme @PyCon #founders: wants introductions"
RAJ = "met Raj Rao <raj@pay.example>, founder @PyCon"


@pytest.fixture
def met(shell: Shell) -> Shell:
    """Ada met Jane, and has a draft to her."""
    assert shell.run("tell", JANE).code == 0
    assert shell.run("once").code == 0
    return shell


def state_of(shell: Shell, number: int = 1) -> str:
    state: str = shell.run("drafts", "show", str(number), "--json").data["state"]
    return state


# ── people ─────────────────────────────────────────────────────────────────────────────────────


def test_an_empty_store_is_made_and_says_that_nobody_is_there(shell: Shell) -> None:
    ran = shell.run("people")
    assert (ran.code, ran.err) == (0, "")
    assert "Nobody yet" in ran.out
    database = shell.home / "state" / "mailflow.db"
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700


def test_people_are_listed_as_a_table_and_as_json(met: Shell) -> None:
    assert "jane@acme.io" in met.run("people").out
    (jane,) = met.run("people", "--json").data
    assert (jane["name"], jane["address"], jane["tags"]) == (
        "Jane Roe", "jane@acme.io", ["founders"],
    )  # fmt: skip


def test_people_can_be_searched(met: Shell) -> None:
    met.run("tell", RAJ)
    assert [row["name"] for row in met.run("people", "raj", "--json").data] == ["Raj Rao"]
    assert met.run("people", "zoe", "--json").data == []


def test_who_and_why_tell_about_one_person(met: Shell) -> None:
    assert "CTO" in met.run("who", "jane").out
    assert "wants: introductions" in met.run("who", "jane@acme.io").out
    why = met.run("why", "jane").out
    assert "draft follow-up" in why
    assert "They are not on the suppression list." in why


def test_a_name_nobody_has_is_its_own_exit_code(met: Shell) -> None:
    for command in ("who", "why", "export", "forget"):
        ran = met.run(command, "zoe")
        assert ran.code == 6
        assert "zoe" in ran.err
        assert "Traceback" not in ran.err


def test_an_ambiguous_name_is_answered_with_the_candidates(met: Shell) -> None:
    met.run("tell", "met Jane Doe <doe@acme.io>")
    ran = met.run("who", "jane")
    assert ran.code == 6
    assert "jane@acme.io" in ran.err
    assert "doe@acme.io" in ran.err


def test_everything_kept_about_a_person_is_handed_out(met: Shell) -> None:
    data = met.run("export", "jane").data
    assert "jane@acme.io" in str(data)
    assert "draft" in data
    assert "FN:Jane Roe\r\n" in met.run("export", "jane", "--vcard").out


def test_forgetting_asks_first_and_then_leaves_nothing(met: Shell) -> None:
    ran = met.run("forget", "jane", typed="n\n")
    assert ran.code == 1
    assert "Jane Roe <jane@acme.io>" in ran.out
    assert met.run("who", "jane").code == 0
    assert met.run("forget", "jane", typed="y\n").code == 0
    assert met.run("who", "jane").code == 6
    assert met.run("drafts", "--all", "--json").data == []
    content = (met.home / "state" / "mailflow.db").read_bytes()
    content += (met.home / "state" / "mailflow.db-wal").read_bytes() if (
        met.home / "state" / "mailflow.db-wal").exists() else b""  # fmt: skip
    assert b"jane@acme.io" not in content


class AtThePrompt(io.StringIO):
    """What is typed, or done, while the question is open; by then nothing may leave to Jane."""

    def __init__(self, store: Path, then: Callable[[], str]) -> None:
        super().__init__()
        self.store, self.then = store, then

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override] # as TextIOBase
        assert held(self.store, datetime.now(UTC)) == {1}
        assert held(self.store, datetime.now(UTC) + timedelta(days=2)) == set(), "for ever"
        return self.then()


def held(file: Path, at: datetime) -> set[int]:
    """Whose mail is held because the owner is being asked whether to erase them."""
    store = Store.open(f"sqlite:///{file}", secret=b"s" * 32)
    with store.begin() as s:
        found = facts.erasure_asked(s, 1, [1], at)
    store.close()
    return set(found)


def interrupted() -> str:
    raise KeyboardInterrupt


def broken() -> str:
    raise OSError(5, "Input/output error")


def told(number: int) -> Callable[[], str]:
    def then() -> str:
        os.kill(os.getpid(), number)
        return "y\n"

    return then


@pytest.mark.parametrize(
    ("then", "code"),
    [
        (lambda: "n\n", 1), (lambda: "", 1), (interrupted, 1), (broken, 5),
        (told(signal.SIGHUP), 129), (told(signal.SIGTERM), 143),
    ],
    ids=["no", "end of file", "Ctrl-C", "broken", "closed terminal", "kill"],
)  # fmt: skip
def test_nothing_leaves_while_forgetting_asks_and_all_goes_on_however_that_ends(
    met: Shell, then: Callable[[], str], code: int
) -> None:
    store = met.home / "state" / "mailflow.db"
    handlers = [signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)]
    ran = met.run("forget", "jane", stdin=AtThePrompt(store, then))
    assert ran.code == code
    assert held(store, datetime.now(UTC)) == set()
    assert met.run("who", "jane").code == 0
    assert [signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)] == handlers


def test_a_question_by_mail_holds_on_when_the_prompt_was_left(met: Shell) -> None:
    file, now = met.home / "state" / "mailflow.db", datetime.now(UTC)
    store = Store.open(f"sqlite:///{file}", secret=b"s" * 32)
    with store.begin() as s:
        until = now + timedelta(days=1)
        queue.add_token(s, 1, queue.ERASE, [(1, None, 1)], now, until, b"salt", contact_id=1)
    store.close()
    assert met.run("forget", "jane", stdin=AtThePrompt(file, interrupted)).code == 1
    assert held(file, now) == {1}
    assert met.run("forget", "jane", typed="n\n").code == 1
    assert held(file, now) == set()


def test_forgetting_that_was_confirmed_holds_nothing_either(met: Shell) -> None:
    store = met.home / "state" / "mailflow.db"
    assert met.run("forget", "jane", stdin=AtThePrompt(store, lambda: "y\n")).code == 0
    assert held(store, datetime.now(UTC)) == set()
    assert met.run("who", "jane").code == 6


def test_somebody_forgotten_is_not_added_again(met: Shell) -> None:
    met.run("forget", "jane", "--yes")
    ran = met.run("tell", JANE)
    assert "suppression list" in ran.out
    assert met.run("people", "--json").data == []


def test_whoever_was_forgotten_is_allowed_by_address_after_a_question(met: Shell) -> None:
    assert met.run("allow", "jane").code == 6
    met.run("forget", "jane", "--yes")
    asked = met.run("allow", "jane@acme.io", typed="n\n")
    assert asked.code == 1
    assert "you had jane@acme.io forgotten" in asked.out
    assert "suppression list" in met.run("tell", JANE).out
    assert "may be written to again" in met.run("allow", "jane@acme.io", typed="y\n").out
    assert "suppression list" not in met.run("tell", JANE).out
    assert [each["address"] for each in met.run("people", "--json").data] == ["jane@acme.io"]


# ── drafts ─────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_is_listed_and_shown_whole(met: Shell) -> None:
    (draft,) = met.run("drafts", "--json").data
    assert (draft["number"], draft["to"], draft["state"]) == (
        1, "jane@acme.io", "awaiting_approval",
    )  # fmt: skip
    assert "awaiting approval" in met.run("drafts").out
    shown = met.run("drafts", "show", "1").out
    assert "To: Jane Roe <jane@acme.io>" in shown
    assert "Hi Jane," in shown


def test_approving_shows_the_text_and_asks(met: Shell) -> None:
    ran = met.run("drafts", "ok", "1", typed="n\n")
    assert "Hi Jane," in ran.out
    assert state_of(met) == "awaiting_approval"
    assert met.run("drafts", "ok", "1", typed="y\n").code == 0
    assert state_of(met) == "approved"


def test_several_drafts_are_decided_at_once_and_what_failed_is_told(met: Shell) -> None:
    met.run("tell", RAJ)
    met.run("once")
    ran = met.run("drafts", "ok", "1", "2", "9", "--yes")
    assert ran.code == 6
    assert "9" in ran.err
    assert met.run("drafts", "skip", "8", "9").code == 1
    assert state_of(met, 1) == state_of(met, 2) == "approved"


def test_a_draft_is_dropped_and_cannot_be_approved_any_more(met: Shell) -> None:
    assert met.run("drafts", "skip", "1").code == 0
    assert met.run("drafts", "--json").data == []
    ran = met.run("drafts", "ok", "1", "--yes")
    assert ran.code == 1
    assert "is rejected" in ran.err


def test_a_draft_is_put_off_in_the_owners_words(met: Shell) -> None:
    assert met.run("drafts", "later", "1", "2w").code == 0
    (draft,) = met.run("drafts", "--json").data
    assert draft["state"] == "snoozed"
    away = datetime.fromisoformat(draft["due_at"]) - datetime.now(UTC)
    assert 12 <= away.days <= 15
    ran = met.run("drafts", "later", "1", "some", "time")
    assert ran.code == 1
    assert "“some time” is no time to come" in ran.err


def test_a_draft_is_rewritten_from_standard_input(met: Shell) -> None:
    ran = met.run("drafts", "edit", "1", "--file", "-", typed="Dear Jane,\n\nmy own words.\n")
    assert ran.code == 0
    shown = met.run("drafts", "show", "1", "--json").data
    assert "my own words." in shown["body"]
    assert shown["version"] == 2


def test_a_draft_is_rewritten_in_the_owners_editor(met: Shell, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "Dear Jane,\\n\\nedited." > "$1"\n')
    editor.chmod(0o755)
    met.env = {"EDITOR": str(editor)}
    assert met.run("drafts", "edit", "1", "--send").code == 0
    assert "edited." in met.run("drafts", "show", "1").out
    assert state_of(met) == "approved"


def test_an_editor_that_fails_or_changes_nothing_leaves_the_draft(met: Shell) -> None:
    met.env = {"EDITOR": "false"}
    ran = met.run("drafts", "edit", "1")
    assert ran.code == 1
    assert "“false” failed" in ran.err
    met.env = {"EDITOR": "true"}
    assert met.run("drafts", "edit", "1").code == 1
    assert met.run("drafts", "show", "1", "--json").data["version"] == 1


def test_an_approval_is_taken_back(met: Shell) -> None:
    met.run("drafts", "ok", "1", "--yes")
    assert met.run("tell", "undo").code == 0
    assert state_of(met) == "awaiting_approval"


# ── running ────────────────────────────────────────────────────────────────────────────────────


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(shell: Shell) -> None:
    shell.run("tell", JANE)
    (told,) = shell.run("once", "--dry-run", "--json").data
    assert (told["action"], told["of"]) == ("draft follow up", "Jane Roe")
    assert shell.run("drafts", "--json").data == []


def test_status_needs_the_owner_while_a_draft_waits(met: Shell) -> None:
    ran = met.run("status")
    assert ran.code == 1
    assert "1 draft waiting for your ok" in ran.out
    assert "mailflow is not running" in ran.out
    met.run("drafts", "skip", "1")
    told = met.run("status", "--json")
    assert (told.code, told.data["people"], told.data["running"]) == (0, 1, False)
    assert {box["mailbox"] for box in told.data["mailboxes"]} == {"INBOX", "Sent"}


def test_status_sees_another_process_at_work(met: Shell) -> None:
    store = Store.open(f"sqlite:///{met.home / 'state' / 'mailflow.db'}")
    store.hold(met.home / "state")
    try:
        assert met.run("status", "--json").data["running"] is True
        ran = met.run("run")
        assert ran.code == 5
        assert "Another mailflow" in ran.err
    finally:
        store.close()


def test_a_locked_store_is_a_sentence(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    monkeypatch.setattr("mailflow.store.database.BUSY_SECONDS", 0.1)
    shell.run("people")
    lock = sqlite3.connect(shell.home / "state" / "mailflow.db", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    ran = shell.run("people")
    lock.close()
    assert ran.code == 5
    assert "Traceback" not in ran.err


def test_an_unreachable_account_does_not_stop_what_needs_no_account(
    configure: Configure, ada: AccountConfig
) -> None:
    shell = configure(replace(ada, imap=replace(ada.imap, port=1)))
    assert shell.run("tell", JANE).code == 0
    assert shell.run("people").code == 0


# ── instructions, summary, templates, upgrade ──────────────────────────────────────────────────


def test_an_instruction_does_what_it_does_by_mail(met: Shell) -> None:
    assert "every 21 days" in met.run("tell", "every", "jane", "3w").out
    ran = met.run("tell", "frobnicate")
    assert ran.code == 1
    assert "tell help" in ran.out
    assert met.run("tell", "every zoe 3w").code == 1


def test_the_summary_is_shown_and_written_as_a_page(met: Shell, tmp_path: Path) -> None:
    page = tmp_path / "summary.html"
    ran = met.run("summary", "--html", str(page))
    assert ran.code == 0
    assert "Jane Roe" in ran.out
    assert "<html" in page.read_text()


def test_the_summary_is_mailed_once_in_a_week(met: Shell) -> None:
    assert met.run("summary", "--now").code == 0
    assert met.run("summary", "--now").code == 1


def test_the_packaged_templates_are_all_right(shell: Shell) -> None:
    ran = shell.run("templates", "check")
    assert (ran.code, ran.out) == (0, "Every mail text can be written.\n")


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(shell: Shell) -> None:
    shell.run("people")
    assert shell.run("upgrade").out == "The store is up to date.\n"


@pytest.mark.postgres
def test_the_same_commands_work_on_postgresql(
    configure: Configure, ada: AccountConfig, postgres_database: str
) -> None:
    shell = configure(ada)
    assert shell.config
    text = shell.config.read_text()
    url = f'[store]\nurl = "{postgres_database}"'
    shell.config.write_text(text.replace("[store]", url))
    assert shell.run("tell", JANE).code == 0
    assert shell.run("once").code == 0
    assert shell.run("drafts", "ok", "1", "--yes").code == 0
    assert state_of(shell) == "approved"
    assert shell.run("status", "--json").data["people"] == 1
    assert shell.run("forget", "jane", "--yes").code == 0
    assert shell.run("people", "--json").data == []
    assert not (shell.home / "state" / "mailflow.db").exists()


def test_a_damaged_store_is_a_sentence(shell: Shell) -> None:
    (shell.home / "state").mkdir(mode=0o700)
    (shell.home / "state" / "mailflow.db").write_bytes(b"this is no database" * 500)
    ran = shell.run("people")
    assert ran.code == 5
    assert "is not a database" in ran.err


# ── quarantine ─────────────────────────────────────────────────────────────────────────────────


def large(to: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = to, to.replace("@", "+mailflow@")
    mail["Message-ID"], mail["Subject"] = "<large@example.test>", "cards"
    mail["Date"] = datetime.now(UTC)
    mail.set_content(JANE)
    mail.add_attachment(b"x" * 1_500_000, "application", "octet-stream", filename="big.bin")
    return mail.as_bytes()


def test_a_mail_in_quarantine_is_read_when_the_limit_is_raised(
    configure: Configure, ada: AccountConfig, dovecot: Dovecot
) -> None:
    shell = configure(ada, more="[security]\nmax_message_mb = 1\n")
    shell.run("once")
    dovecot.deliver(ada.name, large(ada.name), ada.name)
    shell.run("once")
    (waiting,) = shell.run("quarantine", "list", "--json").data
    assert "MB" in waiting["reason"]
    ran = shell.run("quarantine", "replay")
    assert ran.code == 1
    assert shell.run("people", "--json").data == []
    shell = configure(ada, more="[security]\nmax_message_mb = 5\n")
    ran = shell.run("quarantine", "replay", str(waiting["number"]))
    assert ran.code == 0, ran.out
    assert shell.run("quarantine", "list", "--json").data == []
    assert [row["name"] for row in shell.run("people", "--json").data] == ["Jane Roe"]


def test_a_large_mail_that_is_gone_stays_in_quarantine_rather_than_half_read(
    configure: Configure, ada: AccountConfig, dovecot: Dovecot
) -> None:
    shell = configure(ada, more="[security]\nmax_message_mb = 1\n")
    shell.run("once")
    dovecot.deliver(ada.name, large(ada.name), ada.name)
    shell.run("once")
    account = ImapAccount(ada)
    account.remove("INBOX", account.search_message_id("INBOX", "<large@example.test>"))
    account.close()
    shell = configure(ada, more="[security]\nmax_message_mb = 5\n")
    ran = shell.run("quarantine", "replay")
    assert ran.code == 1
    assert "gone from the mailbox" in ran.out
    assert len(shell.run("quarantine", "list", "--json").data) == 1


def test_replaying_needs_the_account(
    configure: Configure, ada: AccountConfig, dovecot: Dovecot
) -> None:
    shell = configure(ada, more="[security]\nmax_message_mb = 1\n")
    shell.run("once")
    dovecot.deliver(ada.name, large(ada.name), ada.name)
    shell.run("once")
    ran = configure(replace(ada, imap=replace(ada.imap, port=1))).run("quarantine", "replay")
    assert ran.code == 4
    assert "Nobody answers" in ran.err


def test_nothing_of_that_number_in_quarantine_is_its_own_exit_code(shell: Shell) -> None:
    assert shell.run("quarantine", "replay", "7").code == 6


# ── looking at files ───────────────────────────────────────────────────────────────────────────


def test_a_mail_from_the_owner_is_read_as_instructions(
    shell: Shell, ada: AccountConfig, tmp_path: Path
) -> None:
    file = tmp_path / "mail.eml"
    file.write_bytes(
        f"From: {ada.name}\nTo: {ada.name.replace('@', '+mailflow@')}\nSubject: x\n"
        f"Message-ID: <a@b>\n\n{JANE}\n".encode()
    )
    told = shell.run("read", str(file), "--json").data
    assert told["kind"] == "instruction"
    assert told["instructions"] == [f"{JANE} = Met"]
    (jane,) = shell.run("card", str(file), "--json").data
    assert jane["emails"] == ["jane@acme.io"]


def test_a_store_of_a_newer_version_is_not_touched_by_an_upgrade(shell: Shell) -> None:
    shell.run("people")
    path = shell.home / "state" / "mailflow.db"
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("UPDATE mailflow_version SET version_num = '9999'")
    for command in ("run", "upgrade", "status"):
        ran = shell.run(command)
        assert (ran.code, ran.out) == (5, "")
        assert "written by a newer mailflow; install that one again" in ran.err


def test_a_secret_that_could_not_be_written_is_made_again(shell: Shell) -> None:
    state = shell.home / "state"
    state.mkdir(mode=0o700)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        ran = shell.run("people")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert ran.code == 5
    assert "The secret" in ran.err
    assert "room on its disk" in ran.err
    assert list(state.iterdir()) == []
    assert shell.run("people").code == 0
