"""Steering by person and by tag: what is an instruction, what is advice, what is prose."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mailflow.model import command as c
from mailflow.model.contact import Band, Tier
from mailflow.model.steering import Look, Overview, Resume, SetBand
from mailflow.reading.command import read

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def commands(text: str) -> list[c.Command]:
    return [each.command for each in read(text, "", now=NOW, zone=ZoneInfo("Europe/Berlin"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("every #pycon 8w", c.Every("#pycon", 56)),
        ("tier #investors key", c.SetTier("#investors", Tier.KEY)),
        ("pause #pycon", c.Pause("#pycon")),
        ("pause #pycon 2w", c.Pause("#pycon", datetime(2026, 12, 6, 8, tzinfo=UTC))),
        ("resume Jane Roe", Resume("Jane Roe")),
        ("unpause jane.", Resume("jane")),
        ("resume #pycon", Resume("#pycon")),
        ("resume everybody", Resume(None)),
        ("Resume ALL!", Resume(None)),
        ("band Jane close", SetBand("Jane", Band.CLOSE)),
        ("band Jane Roe: Warm.", SetBand("Jane Roe", Band.WARM)),
        ("band jane@acme.io = dormant", SetBand("jane@acme.io", Band.DORMANT)),
        ("band jane auto", SetBand("jane", None)),
        ("band jane off", SetBand("jane", None, is_scored=False)),
        ("focus", Look(Overview.FOCUS)),
        ("Focus list", Look(Overview.FOCUS)),
        ("focus Jane", c.Focus("Jane")),
        ("quiet", Look(Overview.QUIET)),
        ("budget please", Look(Overview.BUDGET)),
    ],
)
def test_a_line_is_understood(text: str, expected: c.Command) -> None:
    assert commands(text) == [expected]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("resume", "Whom? Write “resume A, resume #tag, or resume all”."),
        ("band jane", "Which band? Write “band A close|warm|cool|dormant|auto|off”."),
        ("band close", "Whom? Write “band A close|warm|cool|dormant|auto|off”."),
        ("band jane hot", "Which band? Write “band A close|warm|cool|dormant|auto|off”."),
    ],
)
def test_half_a_line_gets_advice(text: str, advice: str) -> None:
    (found,) = commands(text)
    assert isinstance(found, c.Unclear)
    assert found.reason == advice


@pytest.mark.parametrize(
    "text",
    [
        "Quiet week here, nothing to report.",
        "Budget for next year is attached",
        "Resume of what we said on the phone",
        "Band practice is on the third, can you come?",
        "Focus on what you can do",
    ],
)
def test_prose_that_begins_with_such_a_word_is_prose(text: str) -> None:
    assert commands(text) == []
