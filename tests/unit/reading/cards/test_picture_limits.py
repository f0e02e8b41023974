"""Hostile and random pictures: nothing raises, nothing takes long, every address is valid."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.model.address import Address
from mailflow.model.scan import Page, Scan, SeenCode, SeenLine
from mailflow.reading.cards.picture import read_scan
from mailflow.reading.cards.picture_spelling import distance, explains

PIECES = [
    "@", "a@b.com", "©", " at ", ".", ",", "+49", "(0)", "030 123456", "Tel", "Fax:", "www.",
    "http:/", "Dr.", "Jane", "ROE", "lyer", "GmbH", "株式会社", "王小明", "I", "l", "0", "-", "/",
    "|", "O", "e", "’", "Straße 1", "12345", "\u202e", "\ud83d", "ß", "İ", "ǆ", "_", "x123",
    "\u0301", " ", "\t",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=14).map("".join)
SIZES = st.floats(-10, 3000, allow_nan=False)
LINES = st.builds(SeenLine, TEXTS, st.floats(0, 1), SIZES, SIZES, SIZES, SIZES)
CODES = st.builds(SeenCode, st.just("QRCode"), TEXTS | st.sampled_from(
    ["MECARD:", "BEGIN:VCARD\n", "BIZCARD:", '["vcard",'
]).flatmap(lambda lead: TEXTS.map(lead.__add__)))  # fmt: skip
PAGES = st.builds(
    Page, st.just(1000), st.just(600), st.lists(LINES, max_size=14).map(tuple),
    st.lists(CODES, max_size=2).map(tuple),
)  # fmt: skip


@given(st.lists(PAGES, max_size=3).map(tuple), st.sampled_from(["US", "DE", "VN", "TR", "HU", ""]))
@settings(max_examples=150, deadline=None)
def test_no_picture_raises_and_every_address_is_valid(pages: tuple[Page, ...], region: str) -> None:
    for card in read_scan(Scan(pages), region=region, source="the picture"):
        assert all(Address.maybe(e.value) is not None for e in card.emails)
        assert all(not p.e164 or p.e164[1:].isdigit() for p in (*card.phones, *card.faxes))
        assert all(0 <= e.confidence <= 1 for e in card.emails)
        assert all(0 <= p.confidence <= 1 for p in card.phones)
        assert all(r.doubt for r in card.emails if r.is_unsure and r.source != "QR code")
        assert len(card.unsure) == len(set(card.unsure))


@pytest.mark.parametrize(
    "text",
    ["a." * 150, "@" * 300, "a@" * 150, "1 " * 150, "+1" * 150, "(" * 300, "www." * 75, "A" * 300,
     "A a" * 100, "a_" * 150, "l1I" * 100, "x@a,b," * 50, "Tel " * 75, "http://" * 40, "|" * 300,
     " at " * 75, "Ää" * 150, "电话" * 150, "12/" * 100, "+1 2 3 4 5 6 7 " * 20, "Aa " * 100],
    ids=lambda text: str(text)[:6],
)  # fmt: skip
def test_a_page_full_of_one_hostile_line_is_read_in_a_moment(text: str) -> None:
    lines = tuple(SeenLine(text, 0.9, 0, 30 * n, 900, 30 * n + 25) for n in range(60))
    started = time.process_time()
    read_scan(Scan((Page(1000, 2000, lines),)), region="US", source="the picture")
    assert time.process_time() - started < 6


def test_more_than_two_hundred_lines_and_three_hundred_characters_are_cut() -> None:
    filler = [SeenLine("lorem ipsum " * 100, 0.9, 0, 30 * n, 900, 30 * n + 20) for n in range(200)]
    late = SeenLine("jane.roe@acme.io", 0.9, 0, 9000, 900, 9020)
    (card,) = read_scan(
        Scan((Page(1000, 9100, (*filler, late)),)), region="US", source="the picture"
    )
    assert card.emails == ()


def test_initials_and_beginnings_explain_an_address_and_nothing_else_does() -> None:
    words = ("jane", "roe")
    assert explains(words, "jroe") == 3
    assert explains(words, "janeroe") == 4
    assert explains(words, "roejane") == 4
    assert explains(words, "jr") == 1
    assert explains(words, "bigjane") == 0
    assert explains(words, "") == 0


@given(st.text("abcl1", max_size=8), st.text("abcl1", max_size=8))
@settings(deadline=None)
def test_the_distance_of_two_words_is_a_distance(a: str, b: str) -> None:
    assert distance(a, b) == distance(b, a)
    assert (distance(a, b) == 0) == (a == b)
    assert distance(a, a + "xy") == 2
