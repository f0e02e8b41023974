"""Lines that put a field of a person right, and those that are prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.model.correction import Correct, Correctable
from mailflow.reading import correction

E, N, T, C, P, W = (
    Correctable.EMAIL, Correctable.NAME, Correctable.TITLE, Correctable.ORG, Correctable.PHONE,
    Correctable.EVENT,
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("email: jane@acme.io", Correct(E, "jane@acme.io")),
        ("Email : jane@acme.io", Correct(E, "jane@acme.io")),
        ("e-mail:jane@acme.io", Correct(E, "jane@acme.io")),
        ("E-Mail = jane@acme.io", Correct(E, "jane@acme.io")),
        ("mail: <jane@acme.io>", Correct(E, "<jane@acme.io>")),
        ("email jane@acme.io", Correct(E, "jane@acme.io")),
        ("name: Jane Roe", Correct(N, "Jane Roe")),
        ("Name: “Jane Roe”", Correct(N, "Jane Roe")),
        ("title: CTO: Europe", Correct(T, "CTO: Europe")),
        ("role: CTO", Correct(T, "CTO")),
        ("title: -", Correct(T, "")),
        ("title: none", Correct(T, "")),
        ("org: Acme", Correct(C, "Acme")),
        ("company: Acme Inc.", Correct(C, "Acme Inc.")),
        ("organisation: Acme", Correct(C, "Acme")),
        ("phone: +49 30 1234567", Correct(P, "+49 30 1234567")),
        ("tel.: 030 1234567", Correct(P, "030 1234567")),
        ("event: PyCon", Correct(W, "PyCon")),
        ("2 email: jane@acme.io", Correct(E, "jane@acme.io", None, 2)),
        ("2. email: jane@acme.io", Correct(E, "jane@acme.io", None, 2)),
        ("#2 name: Jane", Correct(N, "Jane", None, 2)),
        ("email 2: jane@acme.io", Correct(E, "jane@acme.io", None, 2)),
        ("email jane: jane@acme.io", Correct(E, "jane@acme.io", "jane")),
        ("title Jane Roe: CEO", Correct(T, "CEO", "Jane Roe")),
        ("email jane@old.io: jane@acme.io", Correct(E, "jane@acme.io", "jane@old.io")),
    ],
)
def test_a_correction_is_understood(line: str, meant: Correct) -> None:
    assert correction.read(line) == meant


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Name tags were fun",
        "email her on Monday: she is back then",
        "Phone me when you can: I am at home",
        "The title: it is wrong",
        "met Jane Roe <jane@acme.io>",
        "title",
        "3",
        "organ: Bach",
        "Address him as Sir",
    ],
)
def test_prose_is_none(line: str) -> None:
    assert correction.read(line) is None


@pytest.mark.parametrize("line", ["email:", "name: -", "email jane: none"])
def test_what_nobody_can_be_without_is_asked_for(line: str) -> None:
    assert isinstance(correction.read(line), str)


@given(st.text(max_size=300))
def test_no_line_ever_raises(line: str) -> None:
    correction.read(line)
    correction.read(f"email {line}")
    correction.read(f"2 name: {line}")
