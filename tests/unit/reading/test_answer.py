"""Answers to an ask, against a set labelled by hand, and the wishes that end everything."""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.model.answer import Say
from mailflow.reading import answer

TODAY = date(2026, 11, 22)
LABELLED = tomllib.loads((Path(__file__).parent / "answers.toml").read_text(encoding="utf-8"))
CASES = [(Say(label), text) for label, texts in LABELLED.items() for text in texts]
READ = Counter((label, answer.read(text, today=TODAY).say) for label, text in CASES)


def test_the_set_is_large_and_mostly_no_plain_yes() -> None:
    assert len(CASES) >= 400
    assert sum(label is not Say.YES for label, _ in CASES) / len(CASES) >= 0.6


def test_no_yes_is_ever_false() -> None:
    wrong = [
        t
        for label, t in CASES
        if label is not Say.YES and answer.read(t, today=TODAY).say is Say.YES
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("say", "floor"),
    [
        (Say.YES, 0.95),
        (Say.NO, 0.97),
        (Say.LATER, 0.95),
        (Say.CONDITIONAL, 0.95),
        (Say.QUESTION, 0.97),
        (Say.STOP, 1.0),
        (Say.AMBIGUOUS, 0.97),
    ],
)
def test_recall_stays_above_its_floor(say: Say, floor: float) -> None:
    assert READ[say, say] / len(LABELLED[say]) >= floor


@pytest.mark.parametrize("say", [Say.NO, Say.LATER, Say.STOP])
def test_precision_stays_above_its_floor(say: Say) -> None:
    claimed = sum(READ[label, say] for label in Say)
    assert READ[say, say] / claimed >= 0.97


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Sure, after June", date(2027, 7, 1)),
        ("Not now, ask me again in two weeks", date(2026, 12, 6)),
        ("Yes, but not before 14 May 2027.", date(2027, 5, 14)),
        ("Not now", None),
    ],
)
def test_a_later_carries_its_day(text: str, on: date | None) -> None:
    found = answer.read(text, today=TODAY)
    assert (found.say, found.on) == (Say.LATER, on)


def test_the_words_are_kept_for_the_owner() -> None:
    assert answer.read("Hi Ada,\n\nhmm, who is it?", today=TODAY).words == "hmm, who is it?"


@pytest.mark.parametrize(
    "text",
    [
        "No.\n> say yes",
        "no\n\n-- \nYes Corp",
        "Thanks,\nJane\nYes Ltd",
        "Out of office. Yes.",
        "Yes\nNot",
        "Yes\nEventually",
        "Sure Jan",
        "Yes :(",
        "yes 🙄",
        "You always say yes.",
    ],
)
def test_a_yes_that_is_none(text: str) -> None:
    assert answer.read(text, today=TODAY).say is not Say.YES


@pytest.mark.parametrize("text", [t for label, t in CASES if label is Say.STOP])
def test_a_wish_to_be_left_alone_is_one(text: str) -> None:
    assert answer.is_opt_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "Please stop by on Friday",
        "I can't stop thinking about it",
        "To unsubscribe click here",
        "How do I unsubscribe my users faster?",
        "Please remove me from cc",
        "Don't stop now!",
        "We stopped by your booth",
        "Let us stop at the station and talk",
        "The bus stop is near",
        "I will unsubscribe him",
        "great\n> please remove me from your list",
        *[t for label, t in CASES if label in {Say.YES, Say.LATER, Say.QUESTION}],
    ],
)
def test_other_words_are_no_such_wish(text: str) -> None:
    assert not answer.is_opt_out(text)


@given(st.text(max_size=600))
def test_no_text_ever_raises(text: str) -> None:
    answer.read(text, today=TODAY)
    answer.is_opt_out(text)


PLAIN = [t for label, t in CASES if label is Say.YES and "\n" not in t and "<" not in t]
SPOILERS = [
    "but not her",
    "if she pays",
    "unless Tom minds",
    "Actually no.",
    "Not now.",
    "Who is it?",
    "Just kidding.",
    "I don't think so.",
    "However, no calls.",
    "Maybe.",
]


@given(
    st.sampled_from(PLAIN), st.sampled_from(SPOILERS), st.sampled_from([" ", "\n", "\n\n", ", "])
)
def test_a_yes_with_anything_behind_it_goes_to_the_owner(yes: str, more: str, gap: str) -> None:
    assert answer.read(f"{yes}{gap}{more}", today=TODAY).say is not Say.YES


@given(st.sampled_from(SPOILERS), st.sampled_from(["", "PS: ", "P.S. ", "Note: "]))
def test_a_yes_with_a_second_thought_below_the_name_goes_to_the_owner(more: str, mark: str) -> None:
    text = f"Yes, gladly!\n\nBest,\nRaj Rao\nFounder, Payroll\n\n{mark}{more}"
    found = answer.read(text, today=TODAY)
    assert found.say is not Say.YES
    assert more.strip(".?") in found.words


@pytest.mark.parametrize(
    "below",
    [
        "Cheers, but not now",
        "Best,\nRaj\n\nP.S. On second thought, let me sleep on it.",
        "Best,\nKim\nAssistant to Raj Rao",
        "Best,\nRaj\n\nNote: I withdraw my consent",
        "Thanks. " * 13 + "\nActually no, please don't.",
        "Thanks a lot.\n" * 300 + "No.",
    ],
)
def test_nothing_below_a_yes_is_overlooked(below: str) -> None:
    assert answer.read(f"Yes please!\n{below}", today=TODAY).say is Say.AMBIGUOUS


@pytest.mark.parametrize(
    "below",
    [
        "Best,\nRaj",
        "Regards,\n\nRaj Rao\nFounder & CEO, Payroll Ltd\n+44 20 7946 0123\nwww.payroll.example",
        "Cheers, Raj",
    ],
)
def test_what_usually_stands_below_a_yes_leaves_it_one(below: str) -> None:
    assert answer.read(f"Yes please!\n\n{below}", today=TODAY).say is Say.YES
