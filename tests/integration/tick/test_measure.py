"""Warmth measured for everybody: in how many queries, with what is kept for the next time."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from mailflow.measuring.warmth import measure
from mailflow.measuring.warmth_usual import NOTHING_KNOWN
from mailflow.model.card import Card, Reading
from mailflow.model.contact import Band, Warmth
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.store import facts, record
from mailflow.store.database import Session
from mailflow.tick.measure import measure_all, measure_in
from mailflow.tick.summarise import write_summary
from tests.laws.play import Play


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


def add_people(play: Play, s: Session, count: int, first: int = 0) -> list[int]:
    """People who wrote and were answered a few times."""
    owner_id, ids = play.house.owner_id, []
    for number in range(first, first + count):
        name = f"Person{number}"
        card = Card(name=Reading(f"{name} Roe"), given=name, emails=(Reading(f"{name}@x.io"),))
        ids.append(record.save_card(s, owner_id, card, name, play.now).contact_id)
        for days in range(20 + number % 50, 200, 40):
            for hours, way in ((0, Direction.IN), (3, Direction.OUT)):
                at = play.now - timedelta(days=days, hours=-hours)
                deed = Interaction(ids[-1], way, Deed.MAIL, at, f"{name} {days} {way}")
                record.add_interaction(s, owner_id, deed)
    return ids


def queries(play: Play, s: Session, period: str) -> int:
    """How many statements the summary of a week takes."""
    counted: list[str] = []

    def count(*told: Any) -> None:
        counted.append(str(told[2]))

    event.listen(s.get_bind(), "before_cursor_execute", count)
    try:
        write_summary(s, play.house, period, play.now)
        s.flush()
    finally:
        event.remove(s.get_bind(), "before_cursor_execute", count)
    return len(counted)


def test_the_number_of_queries_does_not_grow_with_the_people(play: Play) -> None:
    with play.house.store.begin() as s:
        add_people(play, s, 20)
        few = queries(play, s, "2026-W40")
        add_people(play, s, 120, first=20)
        assert queries(play, s, "2026-W41") <= few


def test_all_together_are_measured_as_each_is_alone(play: Play) -> None:
    owner_id = play.house.owner_id
    with play.house.store.begin() as s:
        ids = add_people(play, s, 5)
        record.update_contact(s, owner_id, ids[1], own_band=Band.CLOSE)
        record.update_contact(s, owner_id, ids[2], is_scored=False)
        measure_in(s, play.house, ids, play.now)
        alone = {each.id: each.warmth for each in facts.contacts(s, owner_id, ids)}
        measure_all(s, play.house, play.now)
        together = {each.id: each.warmth for each in facts.contacts(s, owner_id, ids)}
        told = facts.interactions(s, owner_id, ids[0])
    assert alone == together
    assert alone[ids[0]] == measure(told, play.now, "Person0")
    by_hand = alone[ids[1]]
    assert by_hand is not None
    assert by_hand.band is Band.CLOSE
    assert alone[ids[2]] is None


def test_what_is_usual_is_kept_and_moves_the_chances_of_the_next_measure(play: Play) -> None:
    owner_id = play.house.owner_id

    def warmth_of(contact_id: int) -> Warmth:
        found = facts.contact(s, owner_id, contact_id).warmth
        assert found is not None
        return found

    with play.house.store.begin() as s:
        (first, *_) = add_people(play, s, 60)
        assert facts.usual(s, owner_id) == ()
        measure_all(s, play.house, play.now)
        before = warmth_of(first)
        kept = facts.usual(s, owner_id)
        measure_all(s, play.house, play.now)
        after = warmth_of(first)
    assert all(said != unsaid for said, unsaid in zip(kept, NOTHING_KNOWN, strict=True))
    assert (after.writes_in_90d, after.answers_in_14d) != (
        before.writes_in_90d,
        before.answers_in_14d,
    )
    assert (after.score, after.reason, after.parts) == (before.score, before.reason, before.parts)


def test_a_score_stands_in_the_history_only_when_it_changed(play: Play) -> None:
    with play.house.store.begin() as s:
        ids = add_people(play, s, 3)
        measure_all(s, play.house, play.now)
        measure_all(s, play.house, play.now)
        exported = record.export_contact(s, play.house.owner_id, ids[0])
    assert len(exported["warmth_score"]) == 1


def test_without_people_there_is_nothing_to_measure(play: Play) -> None:
    with play.house.store.begin() as s:
        assert facts.spans_of_contacts(s, play.house.owner_id, 10) == ()
        measure_all(s, play.house, play.now)


def test_spans_hold_every_contact_once(play: Play) -> None:
    with play.house.store.begin() as s:
        ids = add_people(play, s, 7)
        spans = facts.spans_of_contacts(s, play.house.owner_id, 3)
    assert [each for span in spans for each in span] == ids
    assert max(map(len, spans)) == 3
