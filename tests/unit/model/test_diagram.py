"""The drawings in the documentation are the tables."""

from pathlib import Path

import pytest

from mailflow.model import introduction_states as introductions
from mailflow.model.diagram import final_states, mermaid, page, redrawn
from mailflow.model.draft import MOVES, DraftState

DOCS = Path(__file__).parents[3] / "docs"
STATES_PAGE = DOCS / "states.md"
INTRODUCTIONS_PAGE = DOCS / "introductions.md"


def test_the_page_in_the_docs_is_what_the_table_draws_today() -> None:
    assert STATES_PAGE.read_text(encoding="utf-8") == page(), "run: make docs"


def test_the_drawings_of_introductions_are_what_their_tables_draw_today() -> None:
    text = INTRODUCTIONS_PAGE.read_text(encoding="utf-8")
    assert text == redrawn(text), "run: make docs"
    for (state, event), target in introductions.MOVES.items():
        [line] = [line for line in text.splitlines() if f"  {state} --> {target}:" in line]
        assert event.value in line.partition(": ")[2].split(", ")


def test_a_page_without_a_place_for_a_drawing_is_refused() -> None:
    with pytest.raises(ValueError, match="the pair"):
        redrawn("# Introductions")


def test_every_move_is_on_the_drawing() -> None:
    drawn = mermaid(MOVES, DraftState.DRAFTED).splitlines()
    for (state, event), target in MOVES.items():
        [line] = [line for line in drawn if line.strip().startswith(f"{state} --> {target}:")]
        assert event.value in line.partition(": ")[2].split(", ")


def test_a_settled_draft_leads_out_of_the_drawing() -> None:
    drawn = mermaid(MOVES, DraftState.DRAFTED)
    for state in final_states(MOVES):
        assert f"{state} --> [*]" in drawn
    assert "sent --> [*]" not in drawn  # it may still bounce
