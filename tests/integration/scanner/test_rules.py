"""The scanner's own judgements, on made-up lines: which reading is better, what is one card."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.model.scan import SeenLine
from mailflow.scanner import light, second_look
from mailflow.scanner.assembling import in_reading_order
from mailflow.scanner.detection import ordered
from mailflow.scanner.kinds import is_picture
from mailflow.scanner.parting import groups
from mailflow.scanner.recognition import Read


def line(text: str, left: float, top: float, wide: float = 200, high: float = 20) -> SeenLine:
    return SeenLine(text, 0.9, left, top, left + wide, top + high)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (("LINDSTROM", 0.99), ("LINDSTRÖM", 0.95), "LINDSTRÖM"),
        (("Yılmaz", 0.9), ("Yilmaz", 0.99), "Yılmaz"),
        (("info@acme.io", 0.8), ("infoacme.io", 0.99), "info@acme.io"),
        (("lindstrom@acme.io", 0.99), ("llindstrom@acme.io", 0.9), "llindstrom@acme.io"),
    ],
)
def test_of_two_readings_the_likelier_is_kept_and_the_other_told(
    first: tuple[str, float], second: tuple[str, float], kept: str
) -> None:
    for one, other in ((first, second), (second, first)):
        better = second_look.better(Read(*one), Read(*other), Read())
        assert better.text == kept
        assert {better.text, better.other} == {first[0], second[0]}
        assert better.confidence <= second_look.DISAGREED


def test_a_third_look_decides_between_two_readings() -> None:
    one, other = Read("sales@acme.lo", 0.99, (0.9,)), Read("sales@acme.io", 0.9, (0.5,))
    assert second_look.better(one, other, Read("sales@acme.io")).text == "sales@acme.io"
    assert second_look.better(other, one, Read("sales@acme.lo")).text == "sales@acme.lo"
    assert second_look.better(other, one, Read("sales@acm.io")).text == "sales@acme.lo"


def test_readings_that_differ_in_spaces_alone_are_alike() -> None:
    assert second_look.are_alike(Read("ProductManager"), Read("Product Manager"))
    assert not second_look.are_alike(Read("Jane"), Read("June"))


def test_rows_are_told_from_the_top_and_each_from_the_left() -> None:
    told = in_reading_order(
        [line("d", 0, 80), line("b", 300, 3), line("c", 0, 40), line("a", 0, 0)]
    )
    assert "".join(each.text for each in told) == "abcd"


JANE = [line("Jane Roe", 0, 0), line("Acme", 0, 40), line("jane@acme.io", 0, 80)]
RAJ = [line("Raj Rao", 900, 0), line("Payroll", 900, 40), line("+49 30 2345678", 900, 80)]


def test_lines_on_two_pieces_of_paper_are_two_cards() -> None:
    near = [line(each.text, each.left - 660, each.top) for each in RAJ]
    assert groups([1, 1, 1, 2, 2, 2], [*JANE, *near]) == [[0, 1, 2], [3, 4, 5]]


def test_blocks_far_apart_on_one_paper_are_two_cards() -> None:
    assert groups([1] * 6, [*JANE, *RAJ]) == [[0, 1, 2], [3, 4, 5]]


def test_a_coloured_strip_with_the_name_alone_is_part_of_its_card() -> None:
    assert groups([2, 1, 1], JANE) == [[0, 1, 2]] or groups([2, 1, 1], JANE) == [[1, 2, 0]]


def test_a_stray_line_goes_to_the_nearest_card() -> None:
    stray = line("intro to investors", 880, 130)
    parted = groups([1, 1, 1, 2, 2, 2, 3], [*JANE, *RAJ, stray])
    assert [sorted(group) for group in parted] == [[0, 1, 2], [3, 4, 5, 6]]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2000), st.integers(0, 2000)), max_size=20)
)
def test_parting_loses_no_line_and_doubles_none(places: list[tuple[int, int, int]]) -> None:
    lines = [line("+49 30 2345678" if i % 3 else "Ann", x, y) for i, (_, x, y) in enumerate(places)]
    parted = groups([paper for paper, _, _ in places], lines)
    assert sorted(i for group in parted for i in group) == list(range(len(lines)))


@given(st.integers(-44, 44), st.integers(0, 3), st.booleans())
def test_the_corners_of_a_box_begin_at_the_top_left_whatever_order_they_come_in(
    angle: int, start: int, is_mirrored: bool
) -> None:
    flat = np.array([[-100, -10], [100, -10], [100, 10], [-100, 10]], dtype=np.float32)
    turn = np.deg2rad(angle)
    wheel = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    tilted = (flat @ wheel.T).astype(np.float32)
    given_order = np.roll(tilted[::-1] if is_mirrored else tilted, start, axis=0)
    assert np.allclose(ordered(given_order), tilted, atol=1e-3)


def test_even_light_makes_the_paper_as_bright_in_the_dark_corner() -> None:
    fade = np.linspace(250, 60, 600, dtype=np.float32)[np.newaxis, :]
    paper = np.repeat(np.repeat(fade, 300, axis=0)[:, :, np.newaxis], 3, axis=2)
    paper[100:110, 50:550:10] *= 0.3
    even = light.evened(paper.astype(np.uint8))
    blank = even[200:280].mean(axis=(0, 2))
    assert blank.max() - blank.min() < 40
    assert even[105, 100, 0] < blank.min() - 60


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xff\xd8\xff\xe1Exif", True),
        (b"\x89PNG\r\n\x1a\n", True),
        (b"%PDF-1.7", True),
        (b"\0\0\0\x18ftypheic", True),
        (b"\0\0\0\x18ftypisom", False),
        (b"RIFF\0\0\0\0WEBPVP8 ", True),
        (b"RIFF\0\0\0\0WAVEfmt ", False),
        (b"BEGIN:VCARD", False),
        (b"From: jane@acme.io", False),
        (b"", False),
    ],
)
def test_pictures_are_known_by_their_first_bytes(data: bytes, expected: bool) -> None:
    assert is_picture(data) is expected
