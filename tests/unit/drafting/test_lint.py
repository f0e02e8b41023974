"""What the owner is shown to look at before saying ok."""

from typing import Any

import pytest

from mailflow.drafting.lint import LEAK_WORDS, lint
from mailflow.model.contact import Band, Warmth
from tests.builders import a_contact

FINE = "Hi Jane,\n\nGood to meet you. If I can help, just say so. How is it going?\n\nAda\n"
WARM = Warmth(60, Band.WARM, "")


def doubts(body: str = FINE, subject: str = "Hello", **more: Any) -> tuple[str, ...]:
    contact = more.pop("contact", a_contact(warmth=WARM))
    return lint(subject, body, contact, **more)


def test_a_good_letter_raises_no_doubt() -> None:
    assert doubts(is_first=True) == ()


@pytest.mark.parametrize(
    ("body", "doubt"),
    [
        (FINE + "word " * 125, "words; up to 125"),
        (FINE + "Is it? Was it?", "3 questions"),
        (FINE + "Could you call me, and would you introduce me to Raj?", "two things"),
        (FINE.replace("Jane", "[name]"), "placeholder"),
        (FINE.replace("Jane", "{{ first_name }}"), "placeholder"),
        (FINE.replace("Jane", "FIRST NAME").replace("FIRST NAME", "<FIRST NAME>"), "placeholder"),
        (FINE.replace(" Jane", ""), "greeting has no name"),
    ],
)
def test_each_doubt_is_one_sentence(body: str, doubt: str) -> None:
    (found,) = doubts(body)
    assert doubt in found
    assert found.endswith(".")


def test_a_link_in_brackets_is_no_placeholder() -> None:
    assert doubts(FINE + "See [this](https://example.org) and [1].") == ()


def test_a_first_mail_gives_something() -> None:
    bare = "Hi Jane,\n\nGood to meet you. How are you?\n\nAda\n"
    assert doubts(bare) == ()
    assert "without an offer" in doubts(bare, is_first=True)[0]


@pytest.mark.parametrize("band", [Band.DORMANT, Band.COOL, None])
def test_a_favour_is_not_asked_of_a_cold_tie_unseen(band: Band | None) -> None:
    contact = a_contact(warmth=Warmth(10, band, "") if band else None)
    asks = FINE + "Could you introduce me to Raj."
    assert "not warm yet" in doubts(asks, contact=contact)[0]
    assert doubts(asks) == ()


def test_a_favour_asked_while_one_is_owed_is_said() -> None:
    assert "the last one was theirs" in doubts(FINE + "Could you call me.", owes=True)[0]


@pytest.mark.parametrize(
    ("name", "given", "doubt"),
    [
        ("JANE ROE", "JANE", "all capitals"),
        ("J Roe", "J", "single letter"),
        ("Jane Roe 2", "Jane", "digits"),
        ("jane roe", "jane", "no capital"),
        ("", "", "No name"),
    ],
)
def test_a_name_that_looks_wrong_is_said(name: str, given: str, doubt: str) -> None:
    (found,) = doubts(contact=a_contact(name=name, given=given, warmth=WARM))
    assert doubt in found


@pytest.mark.parametrize(
    "name", ["Jane Roe", "李明", "Bo Li", "Mary-Ann d'Arc", "Ng Wei", "أحمد علي"]
)
def test_names_of_the_world_look_right(name: str) -> None:
    assert doubts(contact=a_contact(name=name, given="", warmth=WARM)) == ()


NOTE = "Has just been through a hard divorce; be gentle."


def test_a_private_note_does_not_slip_into_the_letter() -> None:
    contact = a_contact(notes=NOTE, warmth=WARM)
    leaking = FINE + "I heard you went through A HARD Divorce, be well."
    (found,) = doubts(leaking, contact=contact)
    assert "private note" in found
    assert doubts(FINE + "A hard divorce.", contact=contact) == ()
    assert LEAK_WORDS == 4


def test_notes_about_others_do_not_slip_in_either() -> None:
    leaking = FINE + "Raj has just been through something."
    assert "private note" in doubts(leaking, other_notes=(NOTE,))[0]


def test_quoted_lines_do_not_count_as_ones_own_words() -> None:
    assert doubts(FINE + "> quoted words\n" * 200) == ()
