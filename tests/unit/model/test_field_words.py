"""Every field has a word an owner would use."""

from dataclasses import fields

import pytest

from mailflow.model.card import Card
from mailflow.model.correction import Correctable
from mailflow.model.field_words import IN_WORDS, in_words

OTHER_NAMES = {"own_band", "every_days", "is_focus"}


@pytest.mark.parametrize("field", Correctable)
def test_what_can_be_put_right_is_called_by_a_word_that_takes_an_article(
    field: Correctable,
) -> None:
    assert not in_words(field).startswith(("what ", "when "))


def test_no_word_belongs_to_a_field_that_is_gone() -> None:
    known = {each.name for each in fields(Card)} | set(Correctable) | OTHER_NAMES
    assert set(IN_WORDS) <= known


def test_a_field_without_a_word_is_called_by_its_name() -> None:
    assert (in_words("notes"), in_words("org")) == ("notes", "company")
