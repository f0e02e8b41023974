"""`mailflow import contacts`, `export all` and the way back, as the owner runs them."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import Shell

CONFIG = """
[owner]
name = "Ada Lovelace"
addresses = ["ada@example.org"]
zone = "Europe/London"
[service]
address = "ada+mailflow@example.org"
[store]
state_dir = "state"
[accounts.main.imap]
host = "127.0.0.1"
port = 9
security = "plain"
user = "ada"
password_env = "NOBODY_ASKS"
[accounts.main.smtp]
host = "127.0.0.1"
port = 9
security = "plain"
user = "ada"
password_env = "NOBODY_ASKS"
"""

LINKEDIN = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Jane,Roe,https://www.linkedin.com/in/janeroe,,Acme,CTO,10 Mar 2021\n"
    'Raj,Rao,https://www.linkedin.com/in/raj,raj@pay.example,Pay,"Founder, CEO",01 Jan 2020\n'
    "The,Robot,,no-reply@pay.example,Pay,,\n"
)


def home(folder: Path) -> Shell:
    folder.mkdir(exist_ok=True)
    config = folder / "config.toml"
    config.write_text(CONFIG)
    config.chmod(0o600)
    return Shell(folder, config, {"NOBODY_ASKS": "x"})


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """An owner whose mail account nobody needs."""
    return home(tmp_path / "old")


def put(shell: Shell, name: str, text: str) -> str:
    file = shell.home / name
    file.write_text(text, encoding="utf-8")
    return str(file)


@pytest.fixture
def connections(shell: Shell) -> str:
    return put(shell, "Connections.csv", LINKEDIN)


def test_first_it_only_tells_what_would_happen(shell: Shell, connections: str) -> None:
    ran = shell.run("import", "contacts", connections)
    assert (ran.code, ran.err) == (0, "")
    assert "Connections.csv: connections of LinkedIn's; it has a column “Connected On”." in ran.out
    assert "2 new (1 without a mail address)" in ran.out
    assert "Raj Rao <raj@pay.example> at Pay" in ran.out
    assert "line 4, The Robot: no-reply@pay.example is a robot's address" in ran.out
    assert "--apply takes them in" in ran.out
    assert shell.run("people", "--json").data == []


def test_with_apply_it_is_done_and_listed_and_taken_back(shell: Shell, connections: str) -> None:
    ran = shell.run("import", "contacts", connections, "--apply")
    assert "Import 1 is done" in ran.out
    assert {row["name"] for row in shell.run("people", "--json").data} == {"Jane Roe", "Raj Rao"}
    assert shell.run("drafts", "--json").data == []
    (listed,) = shell.run("import", "list", "--json").data
    assert (listed["number"], listed["format"], listed["new"]) == (1, "linkedin", 2)
    assert "Nothing of it is new" in shell.run("import", "contacts", connections, "--apply").out
    assert "2 people are gone again" in shell.run("import", "undo", "1").out
    assert shell.run("people", "--json").data == []
    assert shell.run("import", "undo", "1").code == 1
    assert shell.run("import", "undo", "9").code == 6


def test_json_tells_every_row(shell: Shell, connections: str) -> None:
    told = shell.run("import", "contacts", connections, "--json").data
    assert (told["new"], told["without_address"], told["import"]) == (2, 1, None)
    assert [row["line"] for row in told["people"]] == [2, 3]
    assert told["left_out"][0]["line"] == 4
    done = shell.run("import", "contacts", connections, "--json", "--apply").data
    assert done["import"] == 1


def test_a_table_shows_what_its_columns_are_taken_for_and_can_be_told(shell: Shell) -> None:
    file = put(shell, "list.csv", "Who,Where,Shoe size\nJane Roe,jane@acme.io,38\n")
    ran = shell.run("import", "contacts", file)
    assert "name = “Who”, email = “Where”" in ran.out
    assert "leave out: “Shoe size”" in ran.out
    ran = shell.run("import", "contacts", file, "--map", "name=,notes=Shoe size", "--apply")
    assert "email = “Where”, notes = “Shoe size”" in ran.out
    (jane,) = shell.run("people", "--json").data
    assert (jane["name"], jane["address"]) == ("", "jane@acme.io")


def test_differences_are_listed_and_what_is_known_stays(shell: Shell) -> None:
    shell.run("tell", "met Jane Roe <jane@acme.io>, CEO at Acme")
    file = put(shell, "x.csv", "Name,Email,Job title\nJane Roe,jane@acme.io,CTO\n")
    ran = shell.run("import", "contacts", file, "--apply")
    assert "line 2, Jane Roe: Their title was “CEO”, the file says “CTO”" in ran.out
    assert shell.run("people", "--json").data[0]["title"] == "CEO"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nowhere.csv",), 5, "No such file"),
        (("book.xlsx",), 5, "Excel workbook"),
        (("x.csv", "--format", "yahoo"), 1, "is none of google"),
        (("x.csv", "--map", "name"), 1, "FIELD=HEADING"),
        (("x.csv", "--map", "title=Nowhere"), 1, "no column is called “Nowhere”"),
        (("x.csv", "--format", "vcard"), 5, "no vCard"),
    ],
)
def test_what_cannot_be_read_is_said_without_a_traceback(
    shell: Shell, words: tuple[str, ...], code: int, said: str
) -> None:
    put(shell, "x.csv", "Name,Email\nJane Roe,jane@acme.io\n")
    (shell.home / "book.xlsx").write_bytes(b"PK\x03\x04")
    ran = shell.run("import", "contacts", str(shell.home / words[0]), *words[1:])
    assert ran.code == code
    assert said in ran.err
    assert "Traceback" not in ran.err


# ── everything out, and in again ───────────────────────────────────────────────────────────────


def lived(shell: Shell, connections: str) -> Path:
    """Some life in the store; everything of it, written to a file."""
    shell.run("tell", "met Jane Roe <jane@acme.io>, CEO at Acme @PyCon #founders: =gut=")
    shell.run("import", "contacts", connections, "--apply")
    file = shell.home / "all.json"
    ran = shell.run("export", "all", "--out", str(file))
    assert (ran.code, ran.err) == (0, "")
    return file


def test_everything_goes_into_a_file_that_only_the_owner_can_read(
    shell: Shell, connections: str
) -> None:
    file = lived(shell, connections)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told = json.loads(file.read_text(encoding="utf-8"))
    assert len(told["tables"]["contact"]) == 2
    assert [each.name for each in shell.home.iterdir() if each.name.endswith(".part")] == []
    again = shell.run("export", "all", "--out", str(file))
    assert (again.code, "is there already" in again.err) == (1, True)
    assert shell.run("export", "all").out == file.read_text(encoding="utf-8")


def test_it_loads_into_an_empty_store_beside_the_same_key(
    shell: Shell, connections: str, tmp_path: Path
) -> None:
    file = lived(shell, connections)
    new = home(tmp_path / "new")
    (new.home / "state").mkdir(mode=0o700)
    key = new.home / "state" / "secret.key"
    key.write_bytes((shell.home / "state" / "secret.key").read_bytes())
    key.chmod(0o600)
    ran = new.run("import", "archive", str(file))
    assert (ran.code, ran.err) == (0, ""), ran.err
    assert new.run("export", "all").out == file.read_text(encoding="utf-8")
    assert new.run("import", "archive", str(file)).code == 5


def test_contacts_written_for_others_are_read_back_without_a_change(
    shell: Shell, connections: str
) -> None:
    before = lived(shell, connections).read_text(encoding="utf-8")
    for form in ("csv", "vcard"):
        file = shell.home / f"people.{form}"
        assert shell.run("export", "all", "--format", form, "--out", str(file)).code == 0
        ran = shell.run("import", "contacts", str(file), "--apply")
        assert "\n2 unchanged" in ran.out
    assert shell.run("export", "all").out == before


def test_one_person_can_be_had_in_each_form(shell: Shell) -> None:
    shell.run("tell", "met Jane Roe <jane@acme.io>, CEO at Acme")
    assert shell.run("export", "jane").data["contact"]["name"] == "Jane Roe"
    assert "FN:Jane Roe" in shell.run("export", "jane", "--vcard").out
    assert "FN:Jane Roe" in shell.run("export", "jane", "--format", "vcard").out
    assert "jane@acme.io" in shell.run("export", "jane", "--format", "csv").out
    file = shell.home / "jane.json"
    shell.run("export", "jane", "--out", str(file))
    assert json.loads(file.read_text(encoding="utf-8"))["contact"]["name"] == "Jane Roe"


def test_the_shell_sees_codes_and_sentences(shell: Shell, connections: str) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "mailflow", "-c", str(shell.config), *words],
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
            env={**os.environ, "NOBODY_ASKS": "x", "HOME": str(shell.home)},
        )  # fmt: skip

    dry = run("import", "contacts", connections)
    assert (dry.returncode, dry.stderr) == (0, "")
    assert "Nothing was changed yet." in dry.stdout
    done = run("import", "contacts", connections, "--apply")
    assert "Import 1 is done" in done.stdout
    out = run("export", "all")
    assert json.loads(out.stdout)["end"]["rows"]["contact"] == 2
    assert run("import", "archive", connections).returncode == 5


def test_an_address_of_whom_nothing_is_kept_cannot_be_forgotten(shell: Shell) -> None:
    ran = shell.run("forget", "nobody@x.example", "--yes")
    assert (ran.code, "Nothing is kept about nobody@x.example" in ran.err) == (6, True)
    assert shell.run("forget", "nobody").code == 6
