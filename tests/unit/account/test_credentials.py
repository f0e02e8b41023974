"""Passwords come from where the owner keeps them, and nothing of them gets into a sentence."""

from pathlib import Path

import pytest

from mailflow.account import credentials
from mailflow.account.credentials import password
from mailflow.config import Secret
from mailflow.errors import MailboxError


def test_a_command_gives_its_first_line() -> None:
    assert password(Secret(command=("printf", "pass word\nuser: ada\n"))) == "pass word"


def test_no_shell_reads_the_command() -> None:
    assert password(Secret(command=("echo", "$HOME; `id`"))) == "$HOME; `id`"


def test_a_command_that_fails_tells_its_last_words_but_not_its_output() -> None:
    with pytest.raises(MailboxError) as caught:
        password(Secret(command=("sh", "-c", "echo s3cret; echo the store is locked >&2; exit 2")))
    assert str(caught.value) == (
        "The password command “sh” failed with exit code 2: the store is locked"
    )


def test_a_command_that_does_not_exist_or_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MailboxError, match="cannot be run: No such file"):
        password(Secret(command=("no-such-program",)))
    monkeypatch.setattr(credentials, "COMMAND_TIMEOUT_S", 0.1)
    with pytest.raises(MailboxError, match="did not end within"):
        password(Secret(command=("sleep", "5")))


def test_a_command_that_says_nothing_gives_no_password() -> None:
    with pytest.raises(MailboxError, match="gave no password"):
        password(Secret(command=("true",)))


def test_bytes_that_are_no_text_are_no_password() -> None:
    with pytest.raises(MailboxError, match="not UTF-8"):
        password(Secret(command=("printf", "\\377\\376")))


def test_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAS_PASSWORD", "pässwörd")
    assert password(Secret(env="ADAS_PASSWORD")) == "pässwörd"
    monkeypatch.delenv("ADAS_PASSWORD")
    with pytest.raises(MailboxError, match="ADAS_PASSWORD is not set"):
        password(Secret(env="ADAS_PASSWORD"))


def test_a_file_only_its_owner_can_read_is_believed(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("s3cret\n")
    file.chmod(0o600)
    assert password(Secret(file=file)) == "s3cret"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o620])
def test_a_file_others_can_reach_is_refused_with_the_remedy(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "password"
    file.write_text("s3cret\n")
    file.chmod(mode)
    with pytest.raises(MailboxError) as caught:
        password(Secret(file=file))
    assert str(caught.value).endswith(f"run: chmod 600 {file}")
    assert "s3cret" not in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MailboxError, match=r"password cannot be read: No such file"):
        password(Secret(file=tmp_path / "password"))
