"""Output: nothing a stranger wrote steers the terminal, and nothing is lost in a narrow one."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.cli import show

EVIL = "Jane\x1b[2J\x9b31m\u202e [bold red]Roe[/] :smile:"


def test_a_table_shows_markup_as_text_and_no_escape(capsys: pytest.CaptureFixture[str]) -> None:
    show.table([{"name": EVIL}], {"name": "Name"})
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\x9b" not in out
    assert "\u202e" not in out
    assert "[bold red]Roe[/] :smile:" in out


def test_text_keeps_lines_and_loses_what_steers(capsys: pytest.CaptureFixture[str]) -> None:
    show.text(f"a\r\nb\rc\t{EVIL}\n\n")
    out = capsys.readouterr().out
    assert out.startswith("a\nb\nc\tJane")
    assert "\x1b" not in out
    assert out.endswith("\n")


@given(st.text())
def test_text_is_never_anything_but_printable(text: str) -> None:
    made = show.safe(text)
    assert all(c.isprintable() or c in "\n\t\u200c\u200d" or c.isspace() for c in made)


@given(st.dictionaries(st.text(), st.text()))
def test_json_says_the_same_and_is_printable(value: dict[str, str]) -> None:
    import io
    from contextlib import redirect_stdout

    out = io.StringIO()
    with redirect_stdout(out):
        show.as_data(value)
    assert json.loads(out.getvalue()) == value
    assert all(c.isprintable() or c == "\n" for c in out.getvalue())


def test_a_list_without_rows_says_so_or_is_an_empty_list(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show.listing([], {}, as_json=False, empty="Nobody yet.")
    assert capsys.readouterr().out == "Nobody yet.\n"
    show.listing([], {}, as_json=True, empty="Nobody yet.")
    assert json.loads(capsys.readouterr().out) == []


def test_instants_in_json_are_iso_8601(capsys: pytest.CaptureFixture[str]) -> None:
    show.as_data({"at": datetime(2026, 3, 2, 8, tzinfo=UTC)})
    assert json.loads(capsys.readouterr().out) == {"at": "2026-03-02T08:00:00+00:00"}


def test_a_narrow_terminal_wraps_and_cuts_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(show, "WIDE", 40)
    address = "a.very.long.address.of.somebody@a-long-domain.example.org"
    show.table([{"name": "Jane Roe", "address": address}], {"name": "Name", "address": "Address"})
    out = capsys.readouterr().out
    assert all(len(line) <= 40 for line in out.splitlines())
    joined = "".join(part for line in out.splitlines()[3:] for part in line.split("  "))
    assert address in joined.replace("Jane Roe", "").replace(" ", "")


def test_an_instant_is_shown_on_the_owners_clock() -> None:
    at = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert show.moment(at, ZoneInfo("Europe/Berlin")) == "Tue 03 Mar 2026 00:30"
    assert show.moment(None, ZoneInfo("UTC")) == ""


def test_short_columns_keep_their_line_in_a_narrow_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(show, "WIDE", 60)
    row = {"name": "Mei-Lin " * 9, "address": "mei@" + "long" * 20, "mails": "1,204, 93"}
    show.table([row], {"name": "Name", "address": "Address", "mails": "They, you"})
    out = capsys.readouterr().out
    assert "1,204, 93" in out
    assert max(map(len, out.splitlines())) <= 60
