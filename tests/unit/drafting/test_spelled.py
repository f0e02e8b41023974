"""An address spelled so that what looks alike is told apart."""

from mailflow.drafting.spelled import spelled


def test_letters_that_look_alike_are_named() -> None:
    assert spelled("l1@O0.io") == "l (small L) 1 (one) @ O (capital o) 0 (zero) . i o"


def test_one_too_long_to_be_read_so_is_not_spelled() -> None:
    assert spelled("x" * 81) == ""
