"""A summary is small enough that no client cuts it, whatever strangers are called."""

from dataclasses import replace
from datetime import date

import pytest

from mailflow.measuring.summary import build
from mailflow.model.address import Address, NamedAddress
from mailflow.model.history import Correspondent
from mailflow.model.policy import Policy
from mailflow.model.summary import (
    DueLine,
    IntroductionLine,
    NewcomerLine,
    OutcomeLine,
    PromiseLine,
    ReplyLine,
    Summary,
    SummaryFacts,
    TroubleKind,
    TroubleLine,
    TurnLine,
    WatchLine,
)
from tests.unit.measuring.weeks import (
    ADA,
    FULL,
    MANY,
    NOW,
    OFFERS,
    ago,
    course,
    person,
    rendered,
    waiting,
    wrote,
)


def longest(letter: str) -> SummaryFacts:
    """A week in which every text is as long as it can be, and of everything there is too much."""
    name, text = letter * 60, letter * 300
    people = [
        replace(person(n, name), given=name, title=text, org=text, event=text, through=text,
                is_focus=True)
        for n in range(30)
    ]  # fmt: skip
    address = Address.parse(f"{'n' * 60}@{'e' * 60}.example")
    return replace(
        FULL,
        drafts=tuple(
            waiting(n, who, text, reason=f"{text} {n}.", lint=(text,), created_at=ago(6.2))
            for n, who in enumerate(people)
        ),
        due=tuple(DueLine(who, ago(-1), text) for who in people),
        replies=tuple(ReplyLine(who, wrote(who, 3), text) for who in people),
        warmth=tuple(course(who, [1, 10], who.id % 2 * 99, *range(12)) for who in people),
        turns=tuple(TurnLine(who, ago(30), None, 0, 3, text) for who in people),
        promises=tuple(PromiseLine(n, people[n], text, ago(3), date(2026, 1, 1)) for n in range(9)),
        introductions=tuple(
            IntroductionLine(n, people[n], people[n + 1], "ready", ago(n), text) for n in range(9)
        ),
        newcomers=tuple(NewcomerLine(n, NamedAddress(address, name), ago(1)) for n in range(9)),
        acquaintances=tuple(
            Correspondent(n, Address.parse(f"{n}{address}"), name, 9, 9, ago(90), ago(80))
            for n in range(9)
        ),
        offers=tuple(
            replace(
                OFFERS.offers[0],
                first=people[n],
                second=people[n + 1],
                suggestion=replace(OFFERS.offers[0].suggestion, why_first=text, why_second=text),
            )
            for n in range(3)
        ),
        outcomes=tuple(OutcomeLine(who, text, ago(1), 5000) for who in people),
        trouble=tuple(TroubleLine(TroubleKind.FAULT, text, ago(1)) for _ in people),
        watched=tuple(WatchLine(text, f"{n}{text}", ago(9)) for n in range(9)),
    )


def made(facts: SummaryFacts) -> Summary:
    return build(facts, ADA, Policy(), NOW)


@pytest.mark.parametrize(("letter", "most"), [
    ("x", 60_000), ("x ", 60_000), ("Ŵ", 60_000),
    ("山", 100_000), ("<", 100_000),  # three and four bytes each; clients cut at 102 kB
])  # fmt: skip
def test_the_largest_summary_there_can_be_is_not_cut_by_any_client(letter: str, most: int) -> None:
    assert len(rendered(made(longest(letter))).html.encode()) < most


def test_what_gives_way_is_said_and_is_never_a_numbered_line() -> None:
    sections = {each.key: each for each in made(longest("Ŵ")).sections}
    numbers = [line.number for key in ("decide", "offers", "newcomers")
               for line in sections[key].lines]  # fmt: skip
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 12 + 3 + 6 + 3
    assert "lines more did not fit here." in sections["warmth"].left_out


def test_a_crowded_week_of_ordinary_names_loses_nothing_of_what_was_picked() -> None:
    assert not [each for each in made(MANY).sections if "did not fit here" in each.left_out]
