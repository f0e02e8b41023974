"""Tables taken apart: separators, quotes, charsets, and files that mean harm."""

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.model.mail import Unreadable
from mailflow.reading.contacts.table import MAX_ROWS, Table, table, text_of
from tests.unit.reading.contacts.test_programs import mails, refused, taken

LINE = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=20)
CELL = st.lists(LINE, min_size=1, max_size=3).map("\n".join)


def parted(text: str) -> list[tuple[str, ...]]:
    found = table(text, "x.csv")
    assert isinstance(found, Table)
    return [record.cells for record in found.records]


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8),
    separator=st.sampled_from([",", ";", "\t", "|"]),
)
def test_what_a_csv_writer_writes_is_read_back(rows: list[list[str]], separator: str) -> None:
    rows = [["first name", "last name", "mail"], *rows]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    kept = [tuple(row) for row in rows if any(cell.strip() for cell in row)]
    assert parted(out.getvalue()) == kept


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    text = text_of(data, "x.csv")
    if isinstance(text, Unreadable):
        assert text.reason.startswith("x.csv")
    else:
        assert isinstance(table(text, "x.csv"), Table)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_most_rows_agree_on(separator: str) -> None:
    rows = [("name", "mail", "note"), ("Roe, Jane", "j@x.org", "a; b"), ("Rao", "r@x.org", "a, b")]
    text = "\n".join(
        separator.join(f'"{cell}"' if set(cell) & set(",;") else cell for cell in row)
        for row in rows
    )
    assert parted(text) == rows


def test_excels_own_way_to_name_the_separator_is_followed() -> None:
    assert parted("sep=;\na,b;c\n") == [("a,b", "c")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_they_like(end: str) -> None:
    found = taken(f"name,email{end}Jane Roe,jane@acme.io{end}")
    assert [person.line for person in found.people] == [2]


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_any_charset_that_programs_write_is_read(charset: str) -> None:
    found = taken("name,email\nJürgen Müßig,j@x.example\nZoë Öz,z@x.example\n".encode(charset))
    assert [p.card.name.value for p in found.people if p.card.name] == ["Jürgen Müßig", "Zoë Öz"]


def test_a_line_number_is_that_of_the_file_though_cells_have_several_lines() -> None:
    found = taken('name,email,notes\nJane,j@x.org,"one\ntwo\n\nthree"\n\nRaj,r@x.org,\n')
    assert [person.line for person in found.people] == [2, 7]
    assert found.people[0].card.notes == "one\ntwo\n\nthree"


def test_a_quote_that_never_closes_spoils_one_line_only() -> None:
    rows = "".join(f"P{n} Q,p{n}@x.org\n" for n in range(500))
    found = taken(f'name,email\nJane,"jane@x.org\n{rows}')
    assert len(found.people) == 500
    assert [(each.line, each.reason) for each in found.left_out] == [
        (2, "A quotation mark opens and is never closed.")
    ]


def test_an_inch_mark_in_a_cell_is_no_quotation() -> None:
    found = taken('name,email,notes\nJane Roe,j@x.org,a 5" "pipe\nRaj Rao,r@x.org,\n')
    assert [person.line for person in found.people][-1] == 3


def test_a_field_of_four_megabytes_is_left_out_with_its_line() -> None:
    found = taken("name,email\n" + "x" * 4_000_000 + ",a@b.io\nRaj Rao,raj@x.org\n")
    assert [person.line for person in found.people] == [3]
    assert "4,000,007 characters" in found.left_out[0].reason


def test_nuls_are_dropped() -> None:
    found = taken(b"name,email\nJa\0ne Roe,ja\0ne@x.org\n")
    assert mails(found.people[0].card) == ["jane@x.org"]


def test_a_row_of_thousands_of_columns_is_left_out() -> None:
    found = taken("name,email\nJane Roe,j@x.org\n" + "," * 20_000 + "x\n")
    assert len(found.people) == 1
    assert "columns" in found.left_out[0].reason


def test_a_file_over_fifty_megabytes_is_refused() -> None:
    assert "over 50 MB" in refused(b"name,email\n" + b"x" * (50 * 1024 * 1024))


def test_more_than_a_hundred_thousand_rows_are_refused() -> None:
    assert "100,000" in refused("name,email\n" + "Jane Roe,j@x.org\n" * (MAX_ROWS + 1))


@pytest.mark.parametrize(
    "text",
    [
        '"\n' * 200_000,
        '",' * 200_000,
        '"' * 400_000,
        "a,b\n" + ('"' + "\n" * 299) * 400,
        ",\n" * 99,
    ],
    ids=["open lines", "one line", "quotes", "far apart", "empty"],
)
def test_hostile_quotes_cost_no_more_than_their_length(text: str) -> None:
    start = time.process_time()
    table(text, "x.csv")
    assert time.process_time() - start < 5


def test_millions_of_empty_lines_are_refused() -> None:
    assert "lines" in refused("name,email\n" + "\n" * 3_000_000 + "x,y\n")


def test_formulas_are_only_words_here() -> None:
    found = taken("name,email,notes\n=HYPERLINK(1),j@x.org,'=1+1\n")
    assert found.people[0].card.name and found.people[0].card.name.value == "=hyperlink(1)"
    assert found.people[0].card.notes == "=1+1"


def test_hidden_characters_and_overlong_names_do_not_come_in() -> None:
    found = taken(f"name,email\nJane\u202e\u200b \x1b[31mRoe{'e' * 900},j@x.org\n")
    name = found.people[0].card.name
    assert name is not None
    assert name.value.startswith("Jane [31mRoe")
    assert len(name.value) <= 300


def test_a_row_without_name_and_address_is_left_out_with_its_line() -> None:
    found = taken("name,email,company\n,,Acme\nJane,,\n")
    assert [(each.line, each.who) for each in found.left_out] == [(2, "Acme")]
    assert len(found.people) == 1


def test_what_is_no_address_is_said_and_the_person_stays() -> None:
    found = taken("name,email\nJane Roe,jane at acme\n")
    assert found.people[0].card.emails == ()
    assert "“jane at acme” is not a mail address" in found.left_out[0].reason


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("jane@x.org;j@y.org", ["jane@x.org", "j@y.org"]),
        ("jane@x.org ::: j@y.org", ["jane@x.org", "j@y.org"]),
        ("Jane Roe <jane@x.org>", ["jane@x.org"]),
        ("mailto:jane@x.org", ["jane@x.org"]),
        ("JANE@x.org, jane@X.org", ["JANE@x.org"]),
        ("<jane@x.org>", ["jane@x.org"]),
    ],
)
def test_a_cell_may_hold_several_addresses(cell: str, found: list[str]) -> None:
    assert mails(taken(f'name,email\nJane Roe,"{cell}"\n').people[0].card) == found


def test_an_address_in_place_of_a_name_is_no_name() -> None:
    assert taken("name,email\njane@x.org,jane@x.org\n").people[0].card.name is None
