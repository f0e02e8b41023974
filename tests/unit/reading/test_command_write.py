"""`write A: …`: which mail is asked for, with which words, and what is prose."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mailflow.drafting.values import MAX_FACT
from mailflow.model import command as c
from mailflow.model.demand import MAX_WORDS, Wanted, Write
from mailflow.reading.command import read

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def commands(text: str) -> list[c.Command]:
    return [each.command for each in read(text, "", now=NOW, zone=ZoneInfo("Europe/Berlin"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write jane", Write("jane")),
        ("Write to Jane Roe.", Write("Jane Roe")),
        ("write jane@acme.io:", Write("jane@acme.io")),
        ("write jane: keep in touch", Write("jane", Wanted.KEEP_IN_TOUCH)),
        ("write jane: Coffee?", Write("jane", Wanted.COFFEE)),
        ("write jane: a coffee next Tuesday", Write("jane", Wanted.COFFEE, "next Tuesday")),
        ("write jane: coffee – on Monday!", Write("jane", Wanted.COFFEE, "on Monday")),
        (
            "write jane: congratulate on the new role",
            Write("jane", Wanted.CONGRATULATE, "the new role"),
        ),
        ("write jane: congrats: her book", Write("jane", Wanted.CONGRATULATE, "her book")),
        (
            "write jane: congratulate her on moving because of love",
            Write("jane", Wanted.CONGRATULATE, "moving because of love"),
        ),
        ("write jane: how can I help?", Write("jane", Wanted.HOW_CAN_I_HELP)),
        ("write jane: how_can_i_help", Write("jane", Wanted.HOW_CAN_I_HELP)),
        (
            "write jane: send something – the benchmark we spoke of",
            Write("jane", Wanted.SEND_SOMETHING, "the benchmark we spoke of"),
        ),
        (
            "write jane: send an article on pricing, because you asked: <https://x.example/a?b=1>",
            Write("jane", Wanted.SEND_SOMETHING, "an article on pricing",
                  "https://x.example/a?b=1", "you asked"),
        ),
    ],
)  # fmt: skip
def test_a_line_is_understood(text: str, expected: c.Command) -> None:
    assert commands(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write jane coffee", Write("jane", Wanted.COFFEE, whole="jane coffee")),
        ("write to Jane Roe, coffee", Write("Jane Roe", Wanted.COFFEE, whole="Jane Roe, coffee")),
        ("write jane@acme.io coffee", Write("jane@acme.io", Wanted.COFFEE)),
        ("write jane coffee: on Monday",
         Write("jane", Wanted.COFFEE, "on Monday", whole="jane coffee")),
        ("write jane keep in touch", Write("jane", Wanted.KEEP_IN_TOUCH)),
        ("write jane how can i help?", Write("jane", Wanted.HOW_CAN_I_HELP)),
        ("write jane roe coffee on tuesday", Write("jane roe", Wanted.COFFEE, "on tuesday")),
        ("write jane – congratulate on the new role",
         Write("jane", Wanted.CONGRATULATE, "the new role")),
        ("write Jane Coffee: coffee", Write("Jane Coffee", Wanted.COFFEE)),
    ],
)  # fmt: skip
def test_a_line_without_its_colon_is_understood_all_the_same(
    text: str, expected: c.Command
) -> None:
    assert commands(text) == [expected]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("write", "Whom? Write"),
        ("write jane: congratulate", "On what? Write"),
        ("write jane congratulate", "On what? Write"),
        ("write jane: send something", "What is it? Write"),
        ("write jane: send https://x.example", "What is it? Write"),
        ("write jane: how can i help – hiring", "That mail has no place for words"),
        ("write jane: I miss our talks", "No template of mine is called that"),
        ("write jane: coffeehouse", "No template of mine is called that"),
        (f"write jane: coffee {'x' * (MAX_WORDS + 1)}", "Use at most 160 characters"),
        (f"write jane: send it https://{'x' * MAX_WORDS}", "Use at most 160 characters"),
    ],
)
def test_half_a_line_gets_advice(text: str, advice: str) -> None:
    (found,) = commands(text)
    assert isinstance(found, c.Unclear)
    assert found.reason.startswith(advice)
    assert "write A: coffee next week|congratulate on …" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "Write to me when you are back",
        "write her coffee",
        "write down coffee for two",
        "write to the team that asked for coffee",
        "write soon, coffee is on me",
        "Write it down: we meet at nine",
        "Writing is hard",
    ],
)
def test_prose_that_begins_alike_is_no_instruction(text: str) -> None:
    assert commands(text) == []


def test_words_that_are_taken_fit_into_the_mail_whole() -> None:
    assert MAX_WORDS <= MAX_FACT
