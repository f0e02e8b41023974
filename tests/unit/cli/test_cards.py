"""`card` on files that need no picture reader."""

from pathlib import Path

from tests.commands import Shell


def test_a_text_is_read_as_a_card_with_each_fields_source(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "jane.txt"
    file.write_text("Jane Roe\nCTO, Acme Ltd\njane@acme.io\n+44 20 7946 0123\n")
    (row,) = shell.run("card", str(file), "--json").data
    assert (row["name"], row["emails"], row["phones"]) == (
        "Jane Roe",
        ["jane@acme.io"],
        ["+442079460123"],
    )
    assert {"name", "address", "phone"} <= {field["field"] for field in row["fields"]}


def test_a_vcard_is_printed_a_line_a_field(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "jane.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Jane Roe\nEMAIL:jane@acme.io\nEND:VCARD\n")
    said = shell.run("card", str(file)).out.splitlines()
    assert said[0] == "Jane Roe (jane.vcf)"
    assert any(line.split()[:2] == ["address", "jane@acme.io"] for line in said[1:])


def test_a_text_about_nobody_is_no_card(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "at.txt"
    file.write_text("@" * 100_000)
    ran = shell.run("card", str(file))
    assert ran.code == 1
    assert "No card was found" in ran.out
    assert ran.err == "at.txt: I found no name, address or phone in it.\n"
