"""Introductions as the owner writes them: begun, shown, cancelled, forbidden, ruled on."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mailflow.model import command as c
from mailflow.model.introducing import (
    CancelIntroduction,
    Introduce,
    MayIntroduce,
    NeverIntroduce,
    RuleIntroduction,
)
from mailflow.model.introduction import Naming
from mailflow.model.ruling import AskAgain, CameOfIt, Counted, CountsAs, InTouch
from mailflow.reading import command

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
PAIR = Introduce("jane", "raj", "she needs data", "he has it now")
HEAD = "introduce jane and raj: she needs data / he has it now"


def read(text: str, subject: str = "Re: hello") -> list[c.Command]:
    return [i.command for i in command.read(text, subject, now=NOW, zone=BERLIN)]


@pytest.mark.parametrize(
    "text",
    [
        "introduce jane and raj: she needs data / he has it now",
        "Introduce Jane and Raj: she needs data / he has it now.",
        "INTRODUCE jane AND raj: she needs data / he has it now",
        "introduce jane & raj: she needs data / he has it now",
        "introduce jane&raj: she needs data / he has it now",
        "introduce jane <> raj: she needs data / he has it now",
        "introduce jane<>raj: she needs data/he has it now",
        "introduce jane to raj: she needs data / he has it now",
        "introduce jane with raj: she needs data / he has it now",
        "introduce jane, raj: she needs data / he has it now",
        "introduce jane und raj: she needs data / he has it now",
        "introduce jane et raj: she needs data / he has it now",
        "intro jane and raj: she needs data / he has it now",
        "connect jane and raj: she needs data / he has it now",
        "- introduce jane and raj: she needs data / he has it now",
        "* introduce jane and raj: she needs data / he has it now",
        "introduce jane and raj: she needs data /\nhe has it now",
        "introduce jane and raj: she needs data\nhe has it now",
        "introduce jane and raj:\nshe needs data\nhe has it now",
        "introduce jane and raj\nshe needs data\nhe has it now",
        "introduce jane and raj\nshe needs data / he has it now",
        "introduce jane and raj\njane: she needs data\nraj: he has it now",
        "introduce jane and raj\nraj: he has it now\njane: she needs data",
        "introduce jane and raj\nwhy jane: she needs data\nwhy raj: he has it now",
        "introduce jane and raj:\njane gains: she needs data\nraj gains: he has it now",
        "introduce jane and raj\n- for jane: she needs data\n- for raj: he has it now",
        "introduce jane and raj\n• jane: she needs data\n• raj: he has it now",
        "introduce jane and raj: she needs data / he has it now\n\nThanks,\nAda",
        "introduce jane and raj: she needs data / he has it now\n-- \nAda Byron",
        "Hello mailflow,\nintroduce jane and raj: she needs data / he has it now",
    ],
)
def test_an_introduction_in_every_shape(text: str) -> None:
    found = read(text)[0]
    assert isinstance(found, Introduce)
    assert (found.first.lower(), found.second.lower()) == ("jane", "raj")
    assert (found.why_first, found.why_second.rstrip(".")) == ("she needs data", "he has it now")
    assert not found.is_anyway


def test_the_subject_alone_begins_one_too() -> None:
    assert read("", f"Re: {HEAD}") == [PAIR]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("introduce jane@acme.io and raj@x.io: a b c / d e f", "jane@acme.io", "raj@x.io"),
        ("introduce Jane <jane@acme.io> <> Raj <raj@x.io>: a / b", "jane@acme.io", "raj@x.io"),
        ("introduce Jane Roe and Raj Rao: a / b", "Jane Roe", "Raj Rao"),
        ("introduce José Núñez & Zoë van der Berg: a / b", "José Núñez", "Zoë van der Berg"),
        ("introduce “Jane Roe” and “Raj Rao”: a / b", "Jane Roe", "Raj Rao"),
        ("introduce jane@acme.io to Raj Rao: a / b", "jane@acme.io", "Raj Rao"),
    ],
)
def test_both_may_be_named_or_addressed(text: str, first: str, second: str) -> None:
    found = read(text)[0]
    assert isinstance(found, Introduce)
    assert (found.first, found.second) == (first, second)


@pytest.mark.parametrize(
    "text",
    [
        "introduce anyway jane and raj: she needs data / he has it now",
        "introduce jane and raj anyway: she needs data / he has it now",
        "introduce anyhow jane & raj: she needs data / he has it now",
    ],
)
def test_a_warning_is_overridden_in_a_word(text: str) -> None:
    found = read(text)[0]
    assert isinstance(found, Introduce)
    assert found.is_anyway
    assert (found.first, found.second) == ("jane", "raj")


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("jane asked for this", {"first_asked": True}),
        ("Jane asked for it.", {"first_asked": True}),
        ("raj asked me for this", {"second_asked": True}),
        ("raj asked for the introduction", {"second_asked": True}),
        ("- raj wants this", {"second_asked": True}),
        ("both asked for this", {"first_asked": True, "second_asked": True}),
        ("ask raj first", {"ask_first": "raj"}),
        ("Ask Jane first!", {"ask_first": "jane"}),
        ("jane by name", {"naming_first": Naming.NAME}),
        ("raj: by name", {"naming_second": Naming.NAME}),
        ("raj by name and link", {"naming_second": Naming.NAME_AND_LINK}),
        (
            "describe raj as a founder in payroll",
            {"naming_second": Naming.DESCRIPTOR, "as_second": "a founder in payroll"},
        ),
        ("Show jane as a CTO", {"naming_first": Naming.DESCRIPTOR, "as_first": "a CTO"}),
        ("raj with name and link", {"naming_second": Naming.NAME_AND_LINK}),
        ("raj by descriptor", {"naming_second": Naming.DESCRIPTOR}),
        ("raj without a name", {"naming_second": Naming.DESCRIPTOR}),
        (
            "raj as a founder in payroll software",
            {"naming_second": Naming.DESCRIPTOR, "as_second": "a founder in payroll software"},
        ),
        (
            "jane as “a CTO in logistics”.",
            {"naming_first": Naming.DESCRIPTOR, "as_first": "a CTO in logistics"},
        ),
        (
            '* raj as "somebody who sold two companies"',
            {
                "naming_second": Naming.DESCRIPTOR,
                "as_second": "somebody who sold two companies",
            },
        ),
    ],
)
def test_a_line_below_says_how(line: str, fields: dict[str, object]) -> None:
    expected = Introduce("jane", "raj", "she needs data", "he has it now", **fields)  # type: ignore[arg-type]  # any mix of fields
    assert read(f"{HEAD}\n{line}") == [expected]
    assert read(f"{HEAD}\n\n{line}\n\nThanks,\nAda") == [expected]
    above = f"introduce jane and raj\n{line}\nshe needs data\nhe has it now"
    assert read(above) == [expected]


def test_several_lines_below_are_all_heard() -> None:
    found = read(
        f"{HEAD}\njane asked for this\njane by name and link\nraj as a founder\nask raj first"
    )
    assert found == [
        Introduce(
            "jane", "raj", "she needs data", "he has it now", naming_first=Naming.NAME_AND_LINK,
            naming_second=Naming.DESCRIPTOR, as_second="a founder", first_asked=True,
            ask_first="raj",
        )
    ]  # fmt: skip


def test_a_side_given_by_its_address_is_called_by_the_name_in_it_below() -> None:
    (found,) = read("introduce jane.roe@acme.io and raj@x.io: a / b\njane by name\nraj as a baker")
    assert isinstance(found, Introduce)
    assert (found.naming_first, found.as_second) == (Naming.NAME, "a baker")


@pytest.mark.parametrize(
    "line",
    ["raj = a founder", "raj only by his first name", "Raj's name may be shown", "jane first",
     "- raj described like a founder", "jane is in a hurry"],
)  # fmt: skip
def test_no_wish_about_one_of_the_two_is_passed_over_in_silence(line: str) -> None:
    (found,) = read(f"{HEAD}\n{line}")
    assert isinstance(found, c.Unclear)
    assert "so I began nothing" in found.reason
    assert "raj by name" in found.reason or "jane by name" in found.reason


def test_two_of_one_name_are_asked_about() -> None:
    (found,) = read("introduce Jane Roe and Jane Doe: a b c / d e f\njane asked for this")
    assert isinstance(found, c.Unclear)
    assert "Both could be meant" in found.reason


def test_the_next_instruction_is_no_reason_and_two_introductions_are_two() -> None:
    text = f"{HEAD}\nraj by name\nintroduce bob and eve: why bob gains / why eve gains\nwho Jane"
    found = read(text)
    assert [type(each) for each in found] == [Introduce, Introduce, c.Who]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("introduce jane and raj", "Why would jane and raj want it?"),
        ("introduce jane and raj: she needs data", "Why would raj want it?"),
        ("introduce jane and raj\nraj: he has it now", "Why would jane want it?"),
        ("introduce jane", "Whom to whom?"),
        ("introduce jane and raj and bob: a / b", "Whom to whom?"),
        ("introduce jane and raj: a / b / c", "more than one reason a side"),
    ],
)
def test_what_is_missing_is_asked_for(text: str, advice: str) -> None:
    found = read(text)[0]
    assert isinstance(found, c.Unclear)
    assert advice in found.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cancel introduction 5", CancelIntroduction(5)),
        ("Cancel the introduction #5!", CancelIntroduction(5)),
        ("cancel intro 5", CancelIntroduction(5)),
        ("stop introduction 12", CancelIntroduction(12)),
        ("cancel introduction jane and raj", CancelIntroduction(None, "jane", "raj")),
        ("cancel the introduction of Jane & Raj", CancelIntroduction(None, "Jane", "Raj")),
        ("cancel introduction between jane and raj", CancelIntroduction(None, "jane", "raj")),
        ("stop introducing jane and raj", CancelIntroduction(None, "jane", "raj")),
        ("stop introducing jane", CancelIntroduction(None, "jane")),
        ("never introduce jane", NeverIntroduce("jane")),
        ("Never introduce Jane Roe.", NeverIntroduce("Jane Roe")),
        ("never introduce jane and raj", NeverIntroduce("jane", "raj")),
        ("never introduce jane@acme.io <> raj@x.io", NeverIntroduce("jane@acme.io", "raj@x.io")),
        ("may introduce jane", MayIntroduce("jane")),
        ("may introduce jane and raj", MayIntroduce("jane", "raj")),
        ("introduction 5: counts as yes", RuleIntroduction(5, CountsAs(Counted.YES))),
        ("intro 5: counts as no", RuleIntroduction(5, CountsAs(Counted.NO))),
        ("introduction #5 counts as a yes.", RuleIntroduction(5, CountsAs(Counted.YES))),
        (
            "introduction 5: counts as later 3 Jan 2027",
            RuleIntroduction(
                5, CountsAs(Counted.LATER, datetime(2027, 1, 3, 8, tzinfo=UTC))
            ),
        ),
        ("introduction 5: jane counts as yes", RuleIntroduction(5, CountsAs(Counted.YES), "jane")),
        ("introduction 5: Jane Roe ask again: in May", RuleIntroduction(5, AskAgain("in May"),
                                                                        "Jane Roe")),
        ("introduction 5: ask again", RuleIntroduction(5, AskAgain())),
        ("introduction 5: they are in touch", RuleIntroduction(5, InTouch(True))),
        ("introduction 5: no word yet", RuleIntroduction(5, InTouch(False))),
        ("introduction 5: nothing came of it",
         RuleIntroduction(5, CameOfIt("nothing came of it"))),
        ("introduction 5: it helped: they signed, value 5000",
         RuleIntroduction(5, CameOfIt("it helped", "they signed", 5000))),
    ],
)  # fmt: skip
def test_an_introduction_is_cancelled_forbidden_allowed_and_ruled_on(
    text: str, expected: c.Command
) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "never mind", "stop it please", "may I ask you something", "cancel my appointment",
        "introduction", "introductions are hard", "stop", "cancel", "may the force be with you",
        "never say never", "introduce yourself to my team", "introduce me to jane",
        "connect with us on social media", "cancel the meeting with jane and raj",
    ],
)  # fmt: skip
def test_prose_that_begins_alike_is_no_instruction(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    ["introduction 5", "introduction 5: yes", "introduction 5: maybe", "cancel introduction",
     "never introduce", "introduction 5: counts as maybe", "introduction 5: counts as yes and no"],
)  # fmt: skip
def test_half_an_instruction_says_what_to_write(text: str) -> None:
    (found,) = read(text)
    assert isinstance(found, c.Unclear)
    assert "Write “" in found.reason


@pytest.mark.parametrize(
    ("usage", "written"),
    [
        ("introduce A and B: why A gains / why B gains", HEAD),
        ("introduction 5: counts as yes", "introduction 5: counts as yes"),
        ("cancel introduction 5", "cancel introduction 5"),
        ("stop introducing A and B", "stop introducing jane and raj"),
        ("never introduce A and B", "never introduce jane and raj"),
        ("may introduce A", "may introduce jane"),
    ],
)
def test_what_the_help_shows_is_understood(usage: str, written: str) -> None:
    assert any(usage in line for line, _ in command.HELP)
    assert not isinstance(read(written)[0], c.Unclear)
