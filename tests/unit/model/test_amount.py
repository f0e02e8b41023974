"""Numbers with what they count, as one says them."""

import pytest

from mailflow.model.amount import amount, every


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 people"), (1, "1 person"), (2, "2 people"), (1_200, "1,200 people")],
)
def test_one_is_not_several(number: int, said: str) -> None:
    assert amount(number, "person", "people") == said


def test_most_things_take_an_s() -> None:
    assert [amount(number, "business day") for number in (1, 4)] == [
        "1 business day",
        "4 business days",
    ]


def test_what_comes_round_daily_has_no_number() -> None:
    assert [every(days) for days in (1, 2, 56)] == ["every day", "every 2 days", "every 56 days"]
