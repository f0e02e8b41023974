"""The owner's answer to a question about an introduction: a ruling, or nothing on a guess."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mailflow.approving import ruling
from mailflow.deciding.introductions_words import ON_LATE_YES, ON_OUTCOME, ON_QUIET, ON_WORDS
from mailflow.model.command import Unclear
from mailflow.model.introduction_events import Matter
from mailflow.model.ruling import AskAgain, CameOfIt, Counted, CountsAs, InTouch, Ruling

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
YES, NO = CountsAs(Counted.YES), CountsAs(Counted.NO)


def read(text: str, matter: Matter = Matter.HELD, subject: str = "Re: What?") -> Ruling | Unclear:
    return ruling.read(text, subject, matter, now=NOW, zone=BERLIN, owner="Ada Byron")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("counts as yes", YES),
        ("Counts as yes.", YES),
        ("“counts as yes”", YES),
        ("it counts as a yes", YES),
        ("count that as yes please", YES),
        ("treat it as a no", NO),
        ("counts as no!\n\nThanks,\nAda", NO),
        ("counts as later", CountsAs(Counted.LATER)),
        ("counts as later, 3 Jan 2027",
         CountsAs(Counted.LATER, datetime(2027, 1, 3, 8, tzinfo=UTC))),
        ("counts as yes\n\nAda", YES),
        ("counts as yes\n\n> What does Jane mean?\n> counts as no", YES),
        ("ask again", AskAgain()),
        ("ask her again", AskAgain()),
        ("ask again: it is about payroll", AskAgain("it is about payroll")),
        ("Ask again: it is about payroll,\nand it can wait until May.\n\nThanks\nAda",
         AskAgain("it is about payroll, and it can wait until May.")),
    ],
)  # fmt: skip
def test_words_about_an_answer_are_a_ruling(text: str, expected: Ruling) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("they are in touch", InTouch(True)), ("Yes", InTouch(True)), ("they met", InTouch(True)),
        ("no word yet", InTouch(False)), ("no", InTouch(False)), ("Not yet.", InTouch(False)),
        ("nothing came of it", CameOfIt("nothing came of it")),
    ],
)  # fmt: skip
def test_words_about_a_quiet_week_are_a_ruling(text: str, expected: Ruling) -> None:
    assert read(text, Matter.QUIET) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it helped: they signed", CameOfIt("it helped", "they signed")),
        ("it helped: they signed\na contract, value 5000",
         CameOfIt("it helped", "they signed a contract, value 5000")),
        ("It helped: they signed, value 5000", CameOfIt("it helped", "they signed", 5000)),
        ("they met", CameOfIt("they met")),
        ("Nothing came of it.", CameOfIt("nothing came of it")),
        ("I don’t know", CameOfIt("not known")),
        ("do not know\n\nAda", CameOfIt("not known")),
    ],
)  # fmt: skip
def test_words_about_the_outcome_are_a_ruling(text: str, expected: Ruling) -> None:
    assert read(text, Matter.OUTCOME) == expected


@pytest.mark.parametrize(
    "text",
    ["yes", "no", "ok", "sure", "counts as yes, but only in May", "counts as yes and no",
     "does not count as yes", "counts as maybe", "I think it counts as yes",
     "counts as yes\nwait, better not", "she said yes on the phone", "", "counts as later maybe"],
)  # fmt: skip
@pytest.mark.parametrize("matter", [Matter.HELD, Matter.LATE_YES, Matter.TAKEN_BACK])
def test_nothing_is_counted_on_a_guess(text: str, matter: Matter) -> None:
    found = read(text, matter)
    assert isinstance(found, Unclear)
    assert "counts as yes" in found.reason


def test_the_subject_counts_when_there_is_no_text() -> None:
    assert read("", subject="Re: counts as no") == NO


@pytest.mark.parametrize(
    ("matter", "answers"),
    [
        (Matter.HELD, ON_WORDS), (Matter.TAKEN_BACK, ON_WORDS), (Matter.LATE_YES, ON_LATE_YES),
        (Matter.QUIET, ON_QUIET), (Matter.OUTCOME, ON_OUTCOME),
    ],
)  # fmt: skip
def test_every_ready_answer_in_the_letters_is_understood(
    matter: Matter, answers: tuple[tuple[str, str], ...]
) -> None:
    for write, _ in answers:
        assert not isinstance(read(write, matter), Unclear), write
