"""Numbers put right by the owner: which of somebody's numbers a new one stands in for."""

from mailflow.model.card import Phone
from mailflow.reading.cards.phones import put_right

OFFICE = Phone("+493012345678", "+49 30 12345678")
MOBILE = Phone("+4915155512345", "+49 151 55512345")


def test_a_number_one_digit_off_takes_the_place_of_the_misread_one() -> None:
    told = Phone("+493012345878", "030 12345878")
    assert put_right([OFFICE, MOBILE], told) == [told, MOBILE]


def test_a_number_like_none_of_several_comes_behind_them() -> None:
    told = Phone("+12127736000", "(212) 773-6000")
    assert put_right([OFFICE, MOBILE], told) == [OFFICE, MOBILE, told]


def test_an_only_number_is_replaced_however_different() -> None:
    told = Phone("+12127736000", "(212) 773-6000")
    assert put_right([OFFICE], told) == [told]


def test_a_number_without_a_country_is_compared_by_its_digits_as_written() -> None:
    short = Phone("", "12345678")
    assert put_right([MOBILE, OFFICE], short) == [MOBILE, short]


def test_a_first_number_is_simply_kept() -> None:
    assert put_right([], OFFICE) == [OFFICE]
