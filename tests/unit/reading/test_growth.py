"""Twice the text is at most a little more than twice the work, whatever a stranger repeats."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.approving import verdict
from mailflow.reading import answer, command
from mailflow.reading.cards import line, signature, vcard

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")

READERS: dict[str, Callable[[str], object]] = {
    "command": lambda text: command.read(text, "", now=NOW, zone=BERLIN),
    "verdict": lambda text: verdict.read(text, "", 3, now=NOW, zone=BERLIN),
    "answer": lambda text: answer.read(text, today=date(2026, 11, 22)),
    "line": lambda text: line.read(text, today=date(2026, 11, 22)),
    "signature": lambda text: signature.read(text, sender=None, region="US"),
    "vcard": lambda text: vcard.read(
        f"BEGIN:VCARD\nFN:{text}\nEND:VCARD".encode("utf-8", "replace"), "x.vcf", region="US"
    ),
}
SLACK = 4_000
"""Lines of code run once however short the text is."""


def steps(read: Callable[[str], object], text: str) -> int:
    """How many lines of Python run while `text` is read."""
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read(text)
    finally:
        sys.settrace(before)
    return count


PIECES = st.text(
    alphabet=st.sampled_from("aB1+@.<>:;,#-/()\"'\\= \n?!|é—"), min_size=1, max_size=6
) | st.sampled_from(
    ["met ", "a@b.io ", "introduce a and b ", "ok ", "yes, ", "3d ", "14 May ", "\n> "]
)


@pytest.mark.parametrize("name", READERS)
@given(piece=PIECES)
@settings(max_examples=25)
def test_the_work_grows_in_proportion(name: str, piece: str) -> None:
    read = READERS[name]
    once = steps(read, piece * (400 // len(piece)))
    twice = steps(read, piece * (800 // len(piece)))
    assert twice <= 2.6 * once + SLACK
