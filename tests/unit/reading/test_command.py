"""The owner's instructions: every row of the grammar, what stops it, and what it asks back."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.model import command as c
from mailflow.model.contact import Tier
from mailflow.model.interaction import Deed
from mailflow.model.introducing import Introduce
from mailflow.reading import command

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str, subject: str = "Re: hello") -> list[c.Command]:
    found = command.read(text, subject, now=NOW, zone=BERLIN)
    return [instruction.command for instruction in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call Jane Roe: good chat", c.Log("Jane Roe", Deed.CALL, "good chat")),
        ("Called jane@acme.io: x", c.Log("jane@acme.io", Deed.CALL, "x")),
        ("coffee with Jane", c.Log("Jane", Deed.COFFEE, "")),
        ("lunch Jane: tapas", c.Log("Jane", Deed.COFFEE, "tapas")),
        ("met Jane Roe", c.Log("Jane Roe", Deed.MET, "")),
        ("gave Jane: the benchmark", c.Log("Jane", Deed.GAVE, "the benchmark")),
        ("got Jane: an intro to Tom", c.Log("Jane", Deed.GOT, "an intro to Tom")),
        ("promised Jane: the deck by 14 May", c.Promise("Jane", "the deck", date(2027, 5, 14))),
        ("promised Jane: the deck by heart", c.Promise("Jane", "the deck by heart")),
        ("done 3", c.Done(3)),
        ("Done #3.", c.Done(3)),
        ("referral Jane: a deal [value 5000]", c.Referral("Jane", "a deal", 5000)),
        ("referral Jane: a deal value €5k", c.Referral("Jane", "a deal", 5000)),
        ("referral Jane: a deal", c.Referral("Jane", "a deal")),
        ("every Jane Roe 3w", c.Every("Jane Roe", 21)),
        ("every jane 10 days", c.Every("jane", 10)),
        ("tier Jane inner", c.SetTier("Jane", Tier.INNER)),
        ("TIER jane None", c.SetTier("jane", Tier.NONE)),
        ("pause Jane", c.Pause("Jane")),
        ("pause Jane 2w", c.Pause("Jane", datetime(2026, 12, 6, 8, tzinfo=UTC))),
        (
            "pause Jane Roe until next week",
            c.Pause("Jane Roe", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ),
        ("pause all", c.Pause(None)),
        ("pause all until 14 May", c.Pause(None, datetime(2027, 5, 14, 7, tzinfo=UTC))),
        ("focus Jane", c.Focus("Jane")),
        ("forget jane@acme.io", c.Forget("jane@acme.io")),
        ("allow jane@acme.io", c.Allow("jane@acme.io")),
        ("unblock Jane Roe.", c.Allow("Jane Roe")),
        ("export Jane", c.Export("Jane")),
        ("who Jane", c.Who("Jane")),
        ("who is Jane Roe?", c.Who("Jane Roe")),
        ("why Jane", c.Why("Jane")),
        ("undo", c.Undo()),
        ("UNDO that, please!", c.Undo()),
        ("help", c.Help()),
        ("Help!", c.Help()),
        ("- focus Jane", c.Focus("Jane")),
        ("who José Núñez", c.Who("José Núñez")),
    ],
)
def test_a_line_is_understood(text: str, expected: c.Command) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "introduce jane and raj: she needs data / he has it",
        "Introduce jane & raj: she needs data / he has it",
        "introduce jane <> raj: she needs data / he has it.",
        "introduce jane and raj: she needs data\nhe has it now",
        "introduce jane and raj\nwhy jane: she needs data\nwhy raj: he has it",
        "introduce jane and raj:\nraj gains: he has it\njane gains: she needs data",
        "introduce jane and raj:\nshe needs data\nhe has it indeed",
    ],
)
def test_an_introduction_in_every_shape(text: str) -> None:
    (found,) = read(text)
    assert isinstance(found, Introduce)
    assert (found.first, found.second) == ("jane", "raj")
    assert found.why_first.startswith("she needs data")
    assert found.why_second.startswith("he has it")


def test_an_introduction_takes_addresses_and_keeps_links_whole() -> None:
    (found,) = read("introduce Jane Roe <jane@acme.io> <> raj@x.io: see http://a.io/b / he asked")
    assert found == Introduce("jane@acme.io", "raj@x.io", "see http://a.io/b", "he asked")


@pytest.mark.parametrize(
    "text",
    [
        "introduce jane and raj",
        "introduce jane and raj: only one",
        "introduce jane and raj\nThanks,\nAda",
    ],
)
def test_an_introduction_without_both_reasons_is_asked_about(text: str) -> None:
    found = read(text)[0]
    assert isinstance(found, c.Unclear)
    assert "introduce jane and raj: why jane gains / why raj gains" in found.reason


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("done", "done 3"),
        ("every jane", "every A 3w"),
        ("tier jane gold", "tier A inner"),
        ("gave Jane", "gave A:"),
        ("introduce jane", "introduce A and B"),
        ("pause", "pause A 2w"),
        ("ok", "answer the mail that shows the draft"),
        ("later 3d", "answer the mail that shows the draft"),
        ("call:", "call A:"),
        ("met Jane <jane@>", "met NAME <ADDRESS>"),
        ("referral Jane: x value lots", "whole number"),
    ],
)
def test_a_line_that_cannot_be_followed_says_what_to_write(text: str, advice: str) -> None:
    found = read(text)
    assert isinstance(found[0], c.Unclear)
    assert advice in found[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "Hello mailflow",
        "call me tomorrow if you can",
        "why did you do that?",
        "introduce me to jane",
        "met her at the PyCon dinner, wants our benchmark",
        "Who would have thought that this works",
        "help wanted at our booth",
        "send this to Raj as well",
        "> focus Jane",
        "-- \nfocus Jane",
        "Every day I get mail from you",
        "Done with this whole thing",
    ],
)
def test_prose_quotes_and_signatures_give_nothing(text: str) -> None:
    assert read(text) == []


def test_a_greeting_is_no_prose() -> None:
    assert read("Hello mailflow,\n\nfocus Jane") == [c.Focus("Jane")]
    assert read("Hi,\nsome prose\nfocus Jane") == []


def test_reading_stops_at_the_first_prose() -> None:
    assert read("focus Jane\n\nThanks!\nSee you.") == [c.Focus("Jane")]


def test_instructions_below_prose_are_not_done_and_that_is_said() -> None:
    focus, stopped = read("focus Jane\n\nThanks!\nforget Jane")
    assert focus == c.Focus("Jane")
    assert isinstance(stopped, c.Unclear)
    assert stopped.line == "Thanks!"


def test_an_answer_below_a_quote_is_not_read() -> None:
    assert read("focus Jane\n> forget Jane\nforget Raj") == [c.Focus("Jane")]


def test_a_command_alone_in_the_subject_works() -> None:
    assert read("", "Re: AW: who Jane") == [c.Who("Jane")]
    assert read("\n-- \nAda", "undo") == [c.Undo()]
    assert read("Hi there", "undo") == []


def test_several_people_share_the_line_of_marks() -> None:
    found = read("@PyCon 2026 #founders\nmet Jane Roe <jane@acme.io>\nmet Raj <raj@x.io> #ai")
    cards = [f.card for f in found if isinstance(f, c.Met)]
    assert [card.event for card in cards] == ["PyCon 2026", "PyCon 2026"]
    assert [card.tags for card in cards] == [("founders",), ("ai", "founders")]


def test_each_instruction_keeps_its_line() -> None:
    found = command.read("Focus  Jane.\nundo", "", now=NOW, zone=BERLIN)
    assert [i.line for i in found] == ["Focus  Jane.", "undo"]


def test_a_flood_of_lines_is_cut_and_said() -> None:
    found = read("focus Jane\n" * 500)
    assert len(found) == 201
    assert isinstance(found[-1], c.Unclear)


def test_every_row_of_the_help_is_a_line_of_its_own() -> None:
    assert len({usage for usage, _ in command.HELP}) == len(command.HELP) > 15


def test_a_name_comes_out_on_one_printable_line() -> None:
    (found,) = read("who Jane\u202eRoe\x00")
    assert found == c.Who("JaneRoe")


@given(st.text(max_size=500), st.text(max_size=100))
def test_no_text_ever_raises(text: str, subject: str) -> None:
    command.read(text, subject, now=NOW, zone=BERLIN)


WORDS = st.sampled_from(
    [
        *command.BY_KEYWORD,
        "Jane",
        "and",
        ":",
        "/",
        "<>",
        "<a@b.io>",
        "3w",
        "all",
        "#x",
        "@E",
        "\n",
        "value",
        "by",
        "inner",
        ",",
        ";",
        "14",
        "May",
        "<",
        ">",
    ]
)


@given(st.lists(WORDS, max_size=12))
def test_no_line_of_the_grammar_s_own_words_ever_raises(words: list[str]) -> None:
    for instruction in command.read(" ".join(words), "", now=NOW, zone=BERLIN):
        if isinstance(instruction.command, c.Unclear):
            assert instruction.command.reason


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("yesterday met Jane Roe jane@acme.io", -1),
        ("Yesterday I met Jane Roe <jane@acme.io>", -1),
        ("today we met Jane Roe <jane@acme.io>", 0),
        ("I just met Jane Roe <jane@acme.io>", None),
        ("I met Jane Roe, CTO of Acme (jane@acme.io)", None),
    ],
)
def test_a_sentence_about_meeting_somebody_is_a_card(text: str, day: int | None) -> None:
    (found,) = command.read(text, "", now=NOW, zone=BERLIN)
    assert isinstance(found.command, c.Met)
    card = found.command.card
    assert card.name is not None
    assert card.name.value == "Jane Roe"
    today = NOW.astimezone(BERLIN).date()
    assert card.met_on == (None if day is None else today + timedelta(days=day))


def test_a_sentence_about_meeting_somebody_without_an_address_is_prose() -> None:
    assert command.read("Yesterday I met Jane at PyCon.", "", now=NOW, zone=BERLIN) == ()
