"""Who is who in past mail is remembered from batch to batch, and never longer than it is true."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import select

from mailflow.model.address import Address, NamedAddress
from mailflow.model.history import Correspondent, PastMail
from mailflow.model.interaction import Direction
from mailflow.store import facts, record
from mailflow.store.database import Session, Store, ensure_owner
from mailflow.store.past_people import Remembered
from mailflow.store.tables import CorrespondentEntry
from tests.builders import NOW
from tests.integration.store.conftest import SECRET
from tests.integration.store.world import a_card

OLGA = NamedAddress(Address.parse("olga@x.example"), "Olga Orlova")


def mail(number: int, name: str = "Olga Orlova") -> PastMail:
    at = NOW - timedelta(days=number)
    return PastMail(f"<{number}@x>", Direction.IN, (NamedAddress(OLGA.address, name),), at, 1)


def batch(store: Store, owner: int, known: Remembered, *mails: PastMail) -> int:
    """Record a batch as the import does; how many people were known before."""
    with store.begin(is_redone=True) as s, known.people(s, owner) as people:
        size = people.size
        record.add_past_mail(s, owner, mails, people)
    return size


def others(s: Session, owner: int) -> tuple[Correspondent, ...]:
    """Everybody of the past who is no contact."""
    ids = s.scalars(select(CorrespondentEntry.id).where(CorrespondentEntry.owner_id == owner))
    return facts.correspondents(s, owner, ids.all())


def heard(s: Session, owner: int) -> int:
    return sum(each.heard for each in others(s, owner))


def test_whoever_was_met_in_the_batch_before_is_not_asked_for_again(
    store: Store, owner: int
) -> None:
    known = Remembered()
    assert batch(store, owner, known, mail(1)) == 0
    is_told = store._engine.dialect.name == "sqlite"
    assert batch(store, owner, known, mail(2)) == (1 if is_told else 0)
    with store.begin() as s:
        (olga,) = others(s, owner)
    assert olga.heard == 2


def test_somebody_who_became_a_contact_in_between_is_one(store: Store, owner: int) -> None:
    known = Remembered()
    batch(store, owner, known, mail(1))
    url = store._engine.url.render_as_string(hide_password=False)
    second = Store.open(url, secret=SECRET)
    try:
        with second.begin() as s:
            made = record.save_card(s, owner, a_card("Olga", "olga@x.example"), "<card@x> 1", NOW)
    finally:
        second.close()
    batch(store, owner, known, mail(2))
    with store.begin() as s:
        assert len(facts.interactions(s, owner, made.contact_id)) == 2
        assert heard(s, owner) == 0


def test_whoever_is_just_being_made_a_contact_becomes_no_correspondent(
    store: Store, owner: int
) -> None:
    url = store._engine.url.render_as_string(hide_password=False)
    second = Store.open(url, secret=SECRET)
    has_begun = Event()

    def add() -> int:
        with second.begin() as s:
            made = record.save_card(s, owner, a_card("Olga", "olga@x.example"), "<card@y> 1", NOW)
            has_begun.set()
            time.sleep(0.3)
        return made.contact_id

    with ThreadPoolExecutor(1) as beside:
        try:
            adding = beside.submit(add)
            assert has_begun.wait(40)
            batch(store, owner, Remembered(), mail(1))
            contact_id = adding.result(40)
        finally:
            second.close()
    with store.begin() as s:
        assert len(facts.interactions(s, owner, contact_id)) == 1
        assert heard(s, owner) == 0


def test_somebody_forgotten_in_between_by_the_same_program_stays_so(
    store: Store, owner: int
) -> None:
    known = Remembered()
    batch(store, owner, known, mail(1))
    with store.begin() as s:
        record.forget_address(s, owner, OLGA.address, NOW)
    batch(store, owner, known, mail(2))
    with store.begin() as s:
        assert heard(s, owner) == 0


def test_what_a_transaction_that_was_undone_had_met_is_not_believed(
    store: Store, owner: int
) -> None:
    known = Remembered()
    with (
        pytest.raises(RuntimeError),
        store.begin() as s,
        known.people(s, owner) as people,
    ):
        record.add_past_mail(s, owner, [mail(1)], people)
        raise RuntimeError
    batch(store, owner, known, mail(2))
    with store.begin() as s:
        assert heard(s, owner) == 1


def test_a_name_that_says_more_is_taken_in_a_later_batch(store: Store, owner: int) -> None:
    known = Remembered()
    batch(store, owner, known, mail(1, "Olga"))
    batch(store, owner, known, mail(2, "Olga Orlova"))
    with store.begin() as s:
        (olga,) = others(s, owner)
    assert olga.name == "Olga Orlova"


def test_one_owners_people_are_not_anothers(store: Store, owner: int) -> None:
    known = Remembered()
    batch(store, owner, known, mail(1))
    with store.begin() as s:
        other = ensure_owner(s, f"neighbour of {owner} in past mail", NOW)
    batch(store, other, known, mail(2))
    with store.begin() as s:
        assert (heard(s, owner), heard(s, other)) == (1, 1)
