"""Unknown people who write: how many mails went each way, and what is learnt of a contact."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from mailflow.model.address import Address, NamedAddress
from mailflow.model.history import PastMail
from mailflow.model.interaction import Direction
from mailflow.model.summary import NewcomerLine
from mailflow.store import facts, record
from tests.laws.play import OWNER, Play

OLGA = NamedAddress(Address.parse("olga@x.example"), "Olga Orlova")


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


def newcomers(play: Play) -> tuple[NewcomerLine, ...]:
    with play.house.store.begin() as s:
        told = facts.summary_facts(
            s, play.house.owner_id, play.now, since=play.now - timedelta(days=7), period="x"
        )
    return told.newcomers


def goes(play: Play, sender: str, to: str, **headers: str) -> None:
    mailbox = "Sent" if sender == OWNER else "INBOX"
    data = play.mail(sender, to, "Hello there, how are you?", subject="Boats", headers=headers)
    play.account.deliver(data, play.now, mailbox)
    play.pass_time(timedelta(minutes=5))
    play.tick()


def test_mails_of_the_owner_to_a_newcomer_are_counted(play: Play) -> None:
    goes(play, str(OLGA), OWNER)
    goes(play, OWNER, str(OLGA))
    goes(play, str(OLGA), OWNER)
    (olga,) = newcomers(play)
    assert (olga.mails_in, olga.mails_out) == (2, 1)


def test_the_mails_of_past_years_are_counted_with_them(play: Play) -> None:
    past = [
        PastMail(f"<{number}{way}@x>", way, (OLGA,), play.now - timedelta(days=90 + number), 1)
        for number in range(4)
        for way in Direction
        if way is not Direction.BOTH
    ]
    with play.house.store.begin() as s:
        record.add_past_mail(s, play.house.owner_id, past)
    goes(play, str(OLGA), OWNER)
    (olga,) = newcomers(play)
    assert (olga.mails_in, olga.mails_out) == (4, 4)


def test_the_language_of_a_contacts_mail_is_noted(play: Play) -> None:
    play.tell(f"met Olga Orlova <{OLGA.address}>")
    play.tick()
    goes(play, str(OLGA), OWNER, **{"Accept-Language": "de-DE, en-US"})
    with play.house.store.begin() as s:
        (olga,) = facts.find_contacts(s, play.house.owner_id, "olga")
    assert olga.language == "de"
