"""Introductions made to the owner: who introduced whom is kept, told and counted."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from mailflow.model.contact import Contact
from mailflow.store import facts, record
from tests.laws.play import OWNER, Play, text_of

RAJ = "met Raj Rao <raj@rao.example>"


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


def told(play: Play, *lines: str) -> str:
    """What comes back for these lines, one mail for all."""
    play.tell("\n".join(lines))
    play.tick()
    return text_of(play.letters[-1])


def person(play: Play, address: str) -> Contact:
    with play.house.store.begin() as s:
        (found,) = facts.find_contacts(s, play.house.owner_id, address)
        return found


def favours(play: Play, address: str) -> int:
    contact = person(play, address)
    with play.house.store.begin() as s:
        return facts.contact_facts(s, play.house.owner_id, contact.id).favours_got


@pytest.mark.parametrize(
    "line",
    [
        "met Jane Roe <jane@acme.io> through Raj Rao",
        "met Jane Roe <jane@acme.io>, CTO at Acme: Raj Rao introduced us",
        "met Jane Roe <jane@acme.io> through Raj <raj@rao.example>",
        "Raj Rao introduced me to Jane Roe <jane@acme.io>",
    ],
)
def test_an_introduction_to_the_owner_is_told_on_both_sides_and_is_a_favour(
    play: Play, line: str
) -> None:
    assert "Raj Rao introduced you" in told(play, RAJ, line)
    assert "introduced you to Jane Roe, 18 November 2026" in told(play, "who raj")
    assert "through Raj Rao, 18 November 2026" in told(play, "who jane")
    assert favours(play, "raj@rao.example") == 1


def test_it_can_be_told_later_and_twice_is_once(play: Play) -> None:
    told(play, RAJ, "met Jane Roe <jane@acme.io>")
    assert "introduced you" in told(play, "met jane through raj")
    told(play, "met jane through raj")
    assert favours(play, "raj@rao.example") == 1


def test_who_is_not_known_stays_a_name(play: Play) -> None:
    told(play, "met Jane Roe <jane@acme.io> through Olga Ott")
    assert "through Olga Ott" in told(play, "who jane")


def test_who_could_be_several_is_said_with_the_candidates(play: Play) -> None:
    said = told(play, RAJ, "met Raj Rao <raj@other.example>",
                "met Jane Roe <jane@acme.io> through Raj Rao")  # fmt: skip
    assert "raj@other.example" in said
    assert "kept as a name only" in " ".join(said.replace("|", " ").split())
    assert favours(play, "raj@rao.example") == 0


def test_nobody_introduces_himself(play: Play) -> None:
    told(play, "met Jane Roe <jane@acme.io>", "met jane through jane")
    assert favours(play, "jane@acme.io") == 0


def test_it_is_exported_with_the_person_and_goes_with_one(play: Play) -> None:
    told(play, RAJ, "met Jane Roe <jane@acme.io> through Raj Rao")
    jane, raj = person(play, "jane@acme.io"), person(play, "raj@rao.example")
    with play.house.store.begin() as s:
        exported = record.export_contact(s, play.house.owner_id, jane.id)
        assert [row["by_id"] for row in exported["brought"]] == [raj.id]
        record.forget(s, play.house.owner_id, raj.id, play.now)
        assert facts.brought_with(s, play.house.owner_id, jane.id) == ()


def test_who_brought_most_is_told_once_when_a_quarter_is_over(play: Play) -> None:
    told(play, RAJ, *(f"met Person{n} Roe <p{n}@acme.io> through Raj Rao" for n in range(6)))
    for _ in range(75):
        play.pass_time(timedelta(days=1))
        play.tick()
    weeks = [text_of(each) for each in play.letters if str(each["Subject"]).startswith("Your week")]
    said = [week for week in weeks if "One person brought 100 %" in " ".join(week.split())]
    assert len(weeks) > 8
    assert len(said) == 1


def test_whoever_introduced_somebody_is_thanked_with_the_owners_ok(play: Play) -> None:
    told(play, RAJ)
    play.answer(play.letters[-1], "skip")
    play.tick()
    play.pass_time(timedelta(days=1))
    told(play, "met Jane Roe <jane@acme.io> through Raj Rao")
    play.tick()
    letter = next(each for each in play.letters if "Raj Rao: Thank you" in str(each["Subject"]))
    assert "Thank you for the introduction to Jane Roe." in text_of(letter)
    play.answer(letter, "ok")
    play.tick()
    play.pass_time(timedelta(minutes=5))
    play.tick()
    assert "the introduction to Jane Roe" in text_of(play.carried[0][1])


def test_a_question_of_a_contacts_is_answered_late_rather_than_never(play: Play) -> None:
    told(play, RAJ)
    play.answer(play.letters[-1], "skip")
    play.tick()
    data = play.mail("raj@rao.example", OWNER, "Can you send me the deck?", subject="The deck")
    play.account.deliver(data, play.now)
    for _ in range(8):
        play.tick()
        play.pass_time(timedelta(days=1))
    play.tick()
    letter = next(each for each in play.letters if "Re: The deck" in str(each["Subject"]))
    assert "forgive me for letting it wait" in text_of(letter)
    play.answer(letter, "ok")
    play.tick()
    play.pass_time(timedelta(days=1))
    play.tick()
    sent = play.carried[-1][1]
    assert str(sent["Subject"]) == "Re: The deck"
    assert str(sent["In-Reply-To"]) in data.decode()
