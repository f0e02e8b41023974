"""The frame of the command line: help, exit codes, sentences instead of tracebacks."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mailflow import __version__
from mailflow.cli.failures import CODES, EPILOG, ExitCode, report, sentence
from mailflow.errors import (
    Ambiguous,
    ConfigError,
    DraftingError,
    LoginRefused,
    NotFound,
    SchemaMismatch,
    StoreInUse,
    TransportError,
)
from tests.commands import Shell

SLOW = (
    "sqlalchemy", "alembic", "jinja2", "imapclient", "rich", "lxml", "phonenumbers", "structlog",
    "schedule", "email_validator", "mailflow.config", "mailflow.store",
)  # fmt: skip

COMMANDS = (
    "run", "once", "status", "doctor", "init", "people", "drafts", "why", "who", "summary",
    "templates", "quarantine", "export", "forget", "allow", "demo", "read", "card", "upgrade",
    "version", "tell", "import", "adopt", "introduce", "introductions",
)  # fmt: skip


def test_help_loads_nothing_that_is_slow() -> None:
    script = (
        "import sys\n"
        "from mailflow.cli import main\n"
        "sys.argv = ['mailflow', '--help']\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        f"print('LOADED', [m for m in {SLOW!r} if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert "LOADED []" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(shell: Shell, command: str) -> None:
    ran = shell.run(command, "--help")
    assert ran.code == 0
    assert "Usage: mailflow" in ran.out


def test_help_lists_every_command_and_the_exit_codes(shell: Shell) -> None:
    ran = shell.run("--help")
    listed = {line.split()[0] for line in ran.out.splitlines() if line.startswith("  ")}
    assert set(COMMANDS) <= listed
    assert all(f"{code.value} " in EPILOG for code in ExitCode)


def test_the_exit_codes_in_the_manual_are_these() -> None:
    manual = Path(__file__).parents[3] / "docs" / "operations.md"
    table = manual.read_text(encoding="utf-8").partition("## Exit codes")[2].partition("## ")[0]
    codes = [int(line.split("|")[1]) for line in table.splitlines() if re.match(r"\| \d", line)]
    assert codes == list(ExitCode)


def test_an_unknown_command_is_a_usage_error(shell: Shell) -> None:
    ran = shell.run("frobnicate")
    assert ran.code == ExitCode.USAGE
    assert "No such command" in ran.err


def test_the_version_is_printed(shell: Shell) -> None:
    assert shell.run("version").out == f"mailflow {__version__}\n"


def test_a_missing_configuration_names_the_way_out(shell: Shell) -> None:
    ran = shell.run("people")
    assert ran.code == ExitCode.CONFIG
    assert "mailflow init" in ran.err
    assert "Traceback" not in ran.err


def test_all_problems_of_a_configuration_are_printed(shell: Shell) -> None:
    shell.config = shell.home / "bad.toml"
    shell.config.write_text("[owner]\nname = 3\nzone = 4\n")
    ran = shell.run("run")
    assert ran.code == ExitCode.CONFIG
    assert "owner.name:" in ran.err
    assert "owner.zone:" in ran.err
    assert "accounts:" in ran.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConfigError(["x: is wrong."]), ExitCode.CONFIG),
        (LoginRefused("no"), ExitCode.MAIL),
        (TransportError("no", permanent=True), ExitCode.MAIL),
        (SchemaMismatch("no"), ExitCode.STORE),
        (StoreInUse("no"), ExitCode.STORE),
        (NotFound("no"), ExitCode.NAME),
        (Ambiguous("no", ["a", "b"]), ExitCode.NAME),
        (DraftingError("no"), ExitCode.FOUND),
        (PermissionError(13, "Permission denied", "/x"), ExitCode.STORE),
    ],
)
def test_every_kind_of_failure_has_its_exit_code(
    error: Exception, code: ExitCode, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(error) is code
    assert capsys.readouterr().err.startswith("mailflow: ")


def test_no_kind_of_failure_is_hidden_behind_a_wider_one() -> None:
    kinds = [kind for kind, _ in CODES]
    hidden = [
        (early, late)
        for n, early in enumerate(kinds)
        for late in kinds[n + 1 :]
        if issubclass(late, early)
    ]
    assert hidden == []


def test_an_operating_system_error_names_the_file() -> None:
    assert sentence(PermissionError(13, "Permission denied", "/x")) == "/x: Permission denied."


def test_a_reader_that_leaves_early_is_met_with_silence(tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Jane Roe {}\nEMAIL:jane{}@acme.io\nEND:VCARD\n"
    file = tmp_path / "cards.vcf"
    file.write_text("".join(card.format(n, n) for n in range(50)))
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m mailflow card {file} --json | true"],
        capture_output=True, text=True, check=False, env={"HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.stderr == ""
