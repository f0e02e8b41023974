"""Names are found without case, accents or superfluous space."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.store.folding import fold


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Zoë Brontë", "zoe bronte"),
        ("ÅSA Grøndahl", "asa grondahl"),
        ("  Jane \t Roe\n", "jane roe"),
        ("Łukasz Ćwik", "lukasz cwik"),
        ("Straße", "STRASSE"),
        ("ﬁne", "fine"),
        ("Æsop Œuvre", "aesop oeuvre"),
    ],
)
def test_a_name_is_found_as_a_foreign_keyboard_types_it(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


def test_different_names_stay_different() -> None:
    assert len({fold(name) for name in ("Jane Roe", "Jan Roe", "JaneRoe", "李 雷", "李 磊")}) == 5


@given(st.text())
def test_what_is_folded_is_folded_for_good(text: str) -> None:
    assert fold(fold(text)) == fold(text)
