"""Contacts taken in from a file lie on the shelf; the week's budget decides who comes first."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from mailflow.model.actions import PrepareDraft, Wait
from mailflow.model.card import Card, Reading
from mailflow.model.draft import DraftState
from mailflow.model.imports import ContactsFile, Fate, TakenIn
from mailflow.reading.contacts.read import read
from mailflow.store import facts, record
from mailflow.tick import dry_run
from mailflow.tick import tick as one_tick
from mailflow.tick.imports import take_in
from tests.laws.play import OWNER, SERVICE, Play

HEADINGS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


def file(rows: str) -> ContactsFile:
    found = read((HEADINGS + rows).encode(), "Connections.csv", region="DE")
    assert isinstance(found, ContactsFile)
    return found


def take(play: Play, rows: str) -> TakenIn:
    with play.house.store.begin() as s:
        return take_in(s, play.house, file(rows), play.now)


def drafts(play: Play) -> int:
    with play.house.store.begin() as s:
        return len(facts.drafts(s, play.house.owner_id, states=tuple(DraftState)))


def eight_hundred() -> str:
    return "".join(f"Pia,Roe{n},,pia{n}@x.example,Acme,CTO,10 Mar 2021\n" for n in range(800))


def test_eight_hundred_imported_people_are_no_drafts(play: Play) -> None:
    assert take(play, eight_hundred()).count(Fate.NEW) == 800
    assert dry_run(play.house, play.now) == []
    for _ in range(3):
        play.pass_time(timedelta(days=200))
        play.tick()
    assert drafts(play) == 0


def test_of_those_taken_off_the_shelf_the_weeks_budget_lets_ten_through(play: Play) -> None:
    take(play, eight_hundred())
    with play.house.store.begin() as s:
        for contact in facts.contacts(s, play.house.owner_id)[:60]:
            card = Card(
                name=Reading(contact.name), given=contact.given, form="line", event="PyCon",
                emails=(Reading(str(contact.address)),),
            )  # fmt: skip
            record.save_card(s, play.house.owner_id, card, f"met {contact.id}", play.now)
    play.pass_time(timedelta(minutes=5))
    actions = one_tick(play.house, play.now)
    people = [action for action in actions if isinstance(action, PrepareDraft | Wait)]
    assert sum(isinstance(action, PrepareDraft) for action in people) == 10
    waiting = [action for action in people if isinstance(action, Wait)]
    assert len(waiting) == 50
    assert {action.reason for action in waiting} == {"This week's 10 new people are reached."}


def test_the_owner_and_addresses_of_no_person_are_left_out_with_the_reason(play: Play) -> None:
    told = take(
        play,
        f"Ada,Byron,,{OWNER},,,\nThe,Service,,{SERVICE},,,\nAcme,,,info@acme.io,,,\n"
        "Robot,,,no-reply@acme.io,,,\nJane,Roe,,jane@acme.io,,,\n",
    )
    assert [each.label for each in told.people] == ["Jane Roe"]
    assert [(each.line, each.reason) for each in told.left_out] == [
        (2, "That is you."),
        (3, "That is you."),
        (4, "info@acme.io is a shared mailbox, not a person's."),
        (5, "no-reply@acme.io is a robot's address, not a person's."),
    ]


def test_a_person_keeps_their_own_address_beside_a_shared_one(play: Play) -> None:
    take(play, 'Jane,Roe,,"office@acme.io; jane@acme.io",,,\n')
    with play.house.store.begin() as s:
        (contact,) = facts.contacts(s, play.house.owner_id)
    assert [str(address) for address in contact.addresses] == ["jane@acme.io"]


def test_somebody_on_the_shelf_who_writes_is_known_and_still_not_written_to(play: Play) -> None:
    take(play, "Jane,Roe,,jane@acme.io,Acme,CTO,\n")
    play.account.deliver(play.mail("jane@acme.io", OWNER, "Shall we talk?"), play.now)
    play.tick()
    assert drafts(play) == 0
    with play.house.store.begin() as s:
        (contact,) = facts.contacts(s, play.house.owner_id)
        assert len(facts.interactions(s, play.house.owner_id, contact.id)) == 1
