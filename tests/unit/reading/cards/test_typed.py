"""A card typed into a mail, and prose that only mentions somebody."""

import pytest

from mailflow.reading.cards import typed
from tests.builders import an_identity

ADA = an_identity()


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe\nCTO\nAcme GmbH\njane@acme.io\n+49 30 1234567",
        "Name: Jane Roe\nTitle: CTO\nCompany: Acme GmbH\nEmail: jane@acme.io",
        "Jane Roe, CTO\njane@acme.io",
        "\nJane Roe\n\njane@acme.io\nwww.acme.io\n",
    ],
)
def test_a_few_lines_about_one_person_are_a_card(text: str) -> None:
    (card,) = typed.card(text, ADA)
    assert card.name is not None
    assert (card.name.value, card.emails[0].value) == ("Jane Roe", "jane@acme.io")
    assert card.form == "typed"


@pytest.mark.parametrize(
    "text",
    [
        "Could you please write to jane@acme.io about the benchmark when you can?\nThank you",
        "jane@acme.io",
        "Jane Roe\njane@acme.io\nraj@pay.example",
        "Acme GmbH\ninfo@acme.io",
        "Ada Byron\nada@example.org",
        "Jane Roe\nCTO",
        "",
        "x\n" * 40 + "jane@acme.io",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert typed.card(text, ADA) == []
