"""Strangers' text on one printable line."""

from hypothesis import given
from hypothesis import strategies as st

from mailflow.model.text import folded, printable


def test_line_breaks_become_spaces_and_hidden_characters_go() -> None:
    assert printable("Jane\r\nBcc: x@y.z\t\x00Roe\u202e") == "Jane Bcc: x@y.z Roe"


def test_letters_of_every_script_stay() -> None:
    assert printable("Zoë 孔夫子 אפרים محمد Αθήνα") == "Zoë 孔夫子 אפרים محمد Αθήνα"


def test_a_novel_is_cut() -> None:
    assert len(printable("x " * 10_000_000, 80)) <= 80


def test_folding_takes_case_and_accents() -> None:
    assert folded("JOSÉ Straße Łódź") == "jose strasse lodz"


@given(st.text(max_size=300), st.integers(1, 100))
def test_the_line_is_printable_short_and_stable(text: str, limit: int) -> None:
    line = printable(text, limit)
    assert len(line) <= limit
    assert all(c.isprintable() or c in "\u200c\u200d" for c in line)
    assert printable(line, limit) == line
