"""`mailflow read` and `mailflow card`: looking at files, with and without a configuration."""

from pathlib import Path

import pytest

from tests.commands import Shell

MAIL = """From: Jane Roe <jane@acme.io>
To: ada@example.org
Subject: Hello
Date: Mon, 2 Mar 2026 08:00:00 +0100
Message-ID: <a@acme.io>

Hi Ada,
let us talk.

On Sunday Ada wrote:
> an old line

--
Jane Roe
Acme
"""


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    file = tmp_path / "mail.eml"
    file.write_text(MAIL)
    return file


def test_a_mail_is_explained_without_a_configuration(shell: Shell, mail: Path) -> None:
    ran = shell.run("read", str(mail))
    assert ran.code == 0
    assert "kind: newcomer" in ran.out
    assert "from: Jane Roe <jane@acme.io>" in ran.out
    assert "text:\n    Hi Ada,\n    let us talk." in ran.out
    assert "> an old line" in ran.out.partition("quoted:")[2]


def test_the_same_as_json(shell: Shell, mail: Path) -> None:
    told = shell.run("read", str(mail), "--json").data
    assert (told["kind"], told["subject"]) == ("newcomer", "Hello")
    assert told["text"] == "Hi Ada,\nlet us talk."
    assert told["sent"] == "2026-03-02T07:00:00+00:00"


def test_a_forward_is_told_field_by_field_with_the_person_it_brings(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "forward.eml"
    file.write_text(
        "From: Ada Byron <ada@example.org>\nTo: service@example.org\nSubject: Fwd: Talk\n\n"
        "Met her at the fair.\n\n---------- Forwarded message ---------\n"
        "From: Jane Roe <jane@acme.io>\nDate: Mon, 2 Mar 2026 at 16:05\nSubject: Talk\n"
        "To: Ada <ada@example.org>\n\nSee you.\n\n-- \nJane Roe\nCTO, Acme Ltd\n"
    )
    told = shell.run("read", str(file), "--json").data
    (found,) = told["forwarded"]
    assert (found["from"], found["subject"]) == ("Jane Roe <jane@acme.io>", "Talk")
    assert (found["sent"], found["note"]) == ("2026-03-02T16:05:00", "Met her at the fair.")
    (jane,) = told["contacts"]
    assert (jane["name"], jane["title"], jane["emails"]) == ("Jane Roe", "CTO", ["jane@acme.io"])
    out = shell.run("read", str(file)).out
    assert "forwarded:\n    from: Jane Roe <jane@acme.io>\n" in out
    assert "because: no configuration: who the owner is was not known" in out
    assert not [line for line in out.splitlines() if line != line.rstrip()]


def test_of_a_bounce_every_recipient_is_told_and_nobody_is_a_contact(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "bounce.eml"
    file.write_text(
        "From: MAILER-DAEMON@mx.example.org\nTo: ada@example.org\nReturn-Path: <>\n"
        "Subject: Undelivered Mail Returned to Sender\n\n"
        "<jane@acme.io>: host mx.acme.io said: 550 5.1.1 user unknown\n"
    )
    told = shell.run("read", str(file), "--json").data
    assert (told["kind"], told["contacts"], told["forwarded"]) == ("bounce", [], [])
    (found,) = told["bounced"]
    assert (found["address"], found["status"], found["lasts"]) == (
        "jane@acme.io",
        "5.1.1",
        "permanent",
    )


def test_what_is_no_mail_is_told_apart_from_what_is_not_there(shell: Shell, tmp_path: Path) -> None:
    ran = shell.run("read", str(tmp_path / "none.eml"))
    assert ran.code == 5
    assert "No such file" in ran.err
    deep = tmp_path / "deep.eml"
    parts = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(60))
    deep.write_text(f"From: a@b.example\nMIME-Version: 1.0\n{parts}")
    ran = shell.run("read", str(deep))
    assert ran.code == 1
    assert "cannot be understood" in ran.err


def test_a_file_larger_than_a_mail_may_be_is_not_read(
    shell: Shell, mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailflow.cli.reading.MAX_BYTES", 10)
    ran = shell.run("read", str(mail))
    assert ran.code == 1
    assert "is larger than" in ran.err


def test_a_configuration_that_was_named_must_be_good(shell: Shell, mail: Path) -> None:
    shell.config = shell.home / "none.toml"
    assert shell.run("read", str(mail)).code == 3


def test_cards_of_several_files_are_listed_with_the_file(shell: Shell, tmp_path: Path) -> None:
    for name in ("jane", "raj"):
        (tmp_path / f"{name}.vcf").write_text(
            f"BEGIN:VCARD\nVERSION:3.0\nFN:{name.title()} Roe\nEMAIL:{name}@acme.io\nEND:VCARD\n"
        )
    files = [str(tmp_path / "jane.vcf"), str(tmp_path / "raj.vcf")]
    rows = shell.run("card", *files, "--json").data
    assert [(row["name"], row["file"]) for row in rows] == [
        ("Jane Roe", "jane.vcf"),
        ("Raj Roe", "raj.vcf"),
    ]
    assert "jane@acme.io" in shell.run("card", *files).out


def test_a_file_without_a_card_is_a_finding(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "empty.vcf"
    file.write_text("BEGIN:VCARD\nEND:VCARD\n")
    ran = shell.run("card", str(file))
    assert ran.code == 1
    assert "No card was found" in ran.out


def test_who_the_owner_is_decides_what_is_a_card_in_a_mail(shell: Shell, mail: Path) -> None:
    ran = shell.run("card", str(mail))
    assert ran.code == 3
    assert "mailflow init" in ran.err
