"""By whom somebody came, out of a typed line or a note."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.model.card import Card
from mailflow.reading.cards import line
from mailflow.reading.cards.through import Through, cut, noted

RAJ = Through("Raj Rao")
BOTH = Through("Raj Rao", "raj@rao.example")


def read(text: str) -> Card:
    card = line.read(text, today=date(2026, 11, 22))
    assert isinstance(card, Card)
    return card


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("met Jane Roe <jane@acme.io> through Raj Rao", RAJ),
        ("met Jane Roe <jane@acme.io>, CTO at Acme, through Raj Rao", RAJ),
        ("met Jane Roe through Raj Rao <jane@acme.io>", RAJ),
        ("met Jane Roe <jane@acme.io> (through Raj Rao)", RAJ),
        ("met Jane Roe <jane@acme.io>, CTO at Acme (introduced by Raj Rao)", RAJ),
        ("met Jane Roe <jane@acme.io> thanks to Raj Rao, CTO at Acme", RAJ),
        ("met Jane Roe <jane@acme.io> Through Raj Rao", RAJ),
        ("met Jane Roe <jane@acme.io> referred by Raj Rao yesterday", RAJ),
        ("met Jane Roe <jane@acme.io>: through Raj Rao; wants money", RAJ),
        ("met Jane Roe <jane@acme.io>: wants money; Raj Rao introduced us", RAJ),
        ("met Jane Roe <jane@acme.io> through Raj Rao <raj@rao.example>, CTO at Acme", BOTH),
        ("met Jane Roe through Raj Rao <raj@rao.example>, jane@acme.io", BOTH),
        ("met Jane Roe <jane@acme.io> through raj@rao.example", Through("", "raj@rao.example")),
        ("met Jane Roe <jane@acme.io> through raj rao at PyCon", Through("raj rao")),
        ("met Jane Roe <jane@acme.io> via Raj van der Berg on Friday", Through("Raj van der Berg")),
        ("met Jane Roe <jane@acme.io> via Dr. Raj J. Rao", Through("Dr. Raj J. Rao")),
        ("met Jane Roe <jane@acme.io> through LinkedIn", Through("LinkedIn")),
        ("met Jane Roe <jane@acme.io>, Via Appia 3", Through()),
        ("met Jane Roe <jane@acme.io>: we went through a lot of slides", Through()),
        ("met Jane Roe <jane@acme.io>: via email", Through()),
        ("met Jane Roe <jane@acme.io>: she introduced us to her team", Through()),
    ],
)
def test_who_introduced_them_is_read_and_only_the_one_who_was_met_is_added(
    text: str, by: Through
) -> None:
    card = read(text)
    assert (card.through, card.through_address) == (by.who, by.address)
    assert [each.value for each in card.emails] == ["jane@acme.io"]
    assert card.name is not None
    assert card.name.value == "Jane Roe"


def test_the_rest_of_the_line_is_read_as_without_it() -> None:
    plain = read("met Jane Roe <jane@acme.io>, CTO at Acme @PyCon #db yesterday: wants money")
    told = read(
        "met Jane Roe <jane@acme.io> through Raj Rao, CTO at Acme @PyCon #db yesterday: wants money"
    )
    for name in ("title", "org", "event", "tags", "met_on", "wants", "notes"):
        assert getattr(told, name) == getattr(plain, name), name


@pytest.mark.parametrize(
    ("note", "by"),
    [
        ("through Raj Rao", RAJ),
        ("introduced by Raj Rao.", RAJ),
        ("Raj Rao made the introduction", RAJ),
        ("she introduced me", Through()),
        ("introduced us", Through()),
        ("", Through()),
    ],
)
def test_a_note_tells_it_only_as_a_whole(note: str, by: Through) -> None:
    assert noted(note) == by


@given(st.text(max_size=200))
def test_any_text_is_survived_and_a_line_without_the_words_stays_as_it_is(text: str) -> None:
    noted(text)
    plain, by = cut(text)
    assert by.who or plain.split() == text.split()
