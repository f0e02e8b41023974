"""The language somebody writes in, by what their mail's header says of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.reading.language import hint


@pytest.mark.parametrize(
    ("content", "accept", "subject", "language"),
    [
        ("de-DE", "en-US", "Re: Plan", "de"),
        ("en-US", "", "AW: Plan", "en"),
        ("", "de-DE, en-US", "Plan", "de"),
        ("", "en-US", "AW: Plan", "de"),
        ("", "", "AW: Plan", "de"),
        ("", "", "SV: Plan", "sv"),
        ("", "", "TR: Plan", "fr"),
        ("", "", "YNT: Plan", "tr"),
        ("", "", "İLT: Plan", "tr"),
        ("", "", "回复：计划", "zh"),
        ("", "", "Re: Plan", ""),
        ("", "", "Plan", ""),
        ("", "", "План на неделю", "ru"),
        ("", "", "План на тиждень, є питання", "uk"),
        ("", "", "来週の会議", "ja"),
        ("", "", "下周的会议", "zh"),
        ("", "", "회의", "ko"),
        ("", "", "פגישה", "he"),
        ("", "", "اجتماع", "ar"),
        ("", "", "Συνάντηση", "el"),
        ("", "", "Réunion à Genève", ""),
        ("und", "", "Plan", ""),
        ("not a tag at all", "fr", "Plan", "fr"),
        ("fr, en", "", "Plan", "fr"),
        ("  pt_BR ", "", "Plan", "pt"),
        ("", "", "", ""),
    ],
)
def test_what_the_header_says(content: str, accept: str, subject: str, language: str) -> None:
    assert hint(content, accept, subject) == language


@given(st.text(), st.text(), st.text())
def test_whatever_strangers_send_the_hint_is_a_short_word(a: str, b: str, c: str) -> None:
    found = hint(a, b, c)
    assert found == "" or (found.isascii() and found.isalpha() and len(found) in (2, 3))
