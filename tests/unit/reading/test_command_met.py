"""`RAJ introduced me to JANE`: a line that is that, and notes in which it is only told."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mailflow.model import command as c
from mailflow.reading.command import read

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def commands(text: str) -> list[c.Command]:
    return [each.command for each in read(text, "", now=NOW, zone=ZoneInfo("Europe/Berlin"))]


@pytest.mark.parametrize(
    ("line", "by", "name", "address"),
    [
        ("Raj introduced me to Jane Roe <jane@acme.io>", "Raj", "Jane Roe", "jane@acme.io"),
        ("raj introduced me to jane <jane@acme.io>", "raj", "jane", "jane@acme.io"),
        ("Raj Rao introduced me to Jane Roe, CTO at Acme, jane@acme.io", "Raj Rao", "Jane Roe",
         "jane@acme.io"),
        ("- raj@rao.in introduced me to Ludwig van Roe jane@acme.io @PyCon #ai: wants a loan",
         "raj@rao.in", "Ludwig van Roe", "jane@acme.io"),
    ],
)  # fmt: skip
def test_somebody_new_comes_with_who_introduced_them(
    line: str, by: str, name: str, address: str
) -> None:
    (found,) = commands(line)
    assert isinstance(found, c.Met)
    assert found.card.through == by
    assert found.card.name is not None
    assert found.card.name.value.casefold() == name.casefold()
    assert [each.value for each in found.card.emails] == [address]


@pytest.mark.parametrize(
    ("line", "who", "text"),
    [
        ("raj introduced me to jane", "jane", ""),
        ("Raj introduced me to Jane Roe.", "Jane Roe", ""),
        ("Raj introduced me to Jane Roe: we spoke of loans", "Jane Roe", "we spoke of loans"),
    ],
)
def test_somebody_known_was_met_through_them(line: str, who: str, text: str) -> None:
    (found,) = commands(line)
    assert isinstance(found, c.Log)
    assert (found.who, found.text, found.through.casefold()) == (who, text, "raj")


@pytest.mark.parametrize(
    "line",
    [
        "Great evening, Raj introduced me to Jane",
        "At the dinner in Berlin Raj introduced me to Jane Roe <jane@acme.io>",
        "I liked the talk; Raj introduced me to Jane",
        "Remember: Raj introduced me to Jane",
        "Then Raj and his brother introduced me to Jane",
        "Yesterday evening raj introduced me to Jane",
        "Raj introduced me to Jane yesterday evening",
        "Raj introduced me to Jane and Olga at the bar",
        "Raj introduced me to the idea of writing to jane@acme.io about loans",
        "Raj introduced me to his bank",
        "who introduced me to Jane",
    ],
)
def test_a_sentence_of_a_note_is_no_instruction(line: str) -> None:
    assert commands(line) == []


def test_below_an_instruction_it_is_still_a_note() -> None:
    found = commands("met Jane Roe <jane@acme.io>\n\nGreat evening, Raj introduced me to Jane.")
    assert len(found) == 1
