"""The owner's past mail from a real mailbox into a real store, in one go and in pieces."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from imapclient import IMAPClient
from sqlalchemy import Connection, create_engine, delete

from mailflow.account.imap import ImapAccount
from mailflow.cli.progress import follow
from mailflow.config import load
from mailflow.daemon import open_house
from mailflow.errors import NotFound, StoreUnavailable
from mailflow.inbox.history import Pace
from mailflow.model.address import Address
from mailflow.model.card import Card, Reading
from mailflow.model.history import Correspondent
from mailflow.model.interaction import Direction
from mailflow.store import facts, record
from mailflow.store.tables import PastCursorEntry
from mailflow.tick.history import Progress, acquaintances, adopt, import_history
from mailflow.tick.house import House
from mailflow.tick.undo import undo
from tests.servers.dovecot import PASSWORD, Dovecot

pytestmark = pytest.mark.dovecot
NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
BEGAN = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)
SMALL = 5

CONFIG = """
[owner]
name = "Ada"
addresses = ["{user}"]
zone = "UTC"
[service]
address = "mailflow@example.test"
[store]
url = "{url}"
state_dir = "{folder}"
[accounts.home.imap]
host = "localhost"
port = {port}
security = "plain"
user = "{user}"
password_file = "{folder}/password"
[accounts.home.smtp]
host = "localhost"
port = 9
security = "plain"
user = "{user}"
password_file = "{folder}/password"
"""


class Past:
    """A mailbox of Ada's with a past, and a house to import it into."""

    def __init__(self, house: House, own: IMAPClient, user: str) -> None:
        self.house, self.own, self.user = house, own, user
        self.number = 0

    def mail(self, who: str, *, day: int, mailbox: str = "", more: str = "", to: str = "") -> bytes:
        """Mail to `to`, or from `who`; put where it belongs."""
        self.number += 1
        at = BEGAN + timedelta(days=day)
        sender, to_whom = (self.user, to) if to else (who, self.user)
        people = f"From: {sender}\r\nTo: {to_whom}\r\n"
        data = (
            f"{people}Date: {at:%a, %d %b %Y %H:%M:%S} +0100\r\n{more}"
            f"Message-ID: <{self.number}@x.example>\r\nSubject: mail {self.number}\r\n\r\nhello\r\n"
        ).encode()
        self.own.append(mailbox or ("Sent" if to else "INBOX"), data, [b"\\Seen"], at)
        return data

    def live(self) -> None:
        """Olga and Ada write each other for years; others pass by."""
        for week in range(12):
            self.mail("Olga Orlova <olga@x.example>", day=7 * week)
            self.mail("", day=7 * week + 1, to="Olga <olga@x.example>")
        for week in range(3):
            self.mail("Raj <raj@rao.in>", day=week)
            self.mail("", day=week, to="raj@rao.in, info@shop.example")
            self.mail("info@shop.example", day=week)
            self.mail("Plans <plans@x.example>", day=week, more="List-Id: <plans>\r\n")
            self.mail("no-reply@x.example", day=week)
        self.mail("once@x.example", day=3)
        self.mail("", day=3, to="never@x.example")
        copy = self.mail("Olga Orlova <olga@x.example>", day=90)
        self.own.append("Archive", copy, [], BEGAN + timedelta(days=90))

    def read(self, since: date | None = None, stop_after: int | None = None) -> Progress:
        last = Progress("", "", 0, 0)
        with (
            closing(ImapAccount(self.house.config.accounts[0])) as account,
            closing(import_history(self.house, [account], NOW, since=since)) as steps,
        ):
            for number, last in enumerate(steps):  # noqa: B007 # the last one is wanted
                if number == stop_after:
                    break
        return last

    def people(self) -> dict[str, Correspondent]:
        with self.house.store.begin() as s:
            return {str(each.address): each for each in acquaintances(s, self.house.owner_id)}

    def adopt(self, *addresses: str) -> tuple[int, ...]:
        found = self.people()
        with self.house.store.begin() as s:
            return adopt(s, self.house, [found[address] for address in addresses], NOW)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def past(request: pytest.FixtureRequest, tmp_path: Path, dovecot: Dovecot) -> Iterator[Past]:
    url = f"sqlite:///{tmp_path / 'mailflow.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_database")
    user = dovecot.new_user("ada")
    settings, password = tmp_path / "config.toml", tmp_path / "password"
    password.write_text(PASSWORD)
    settings.write_text(CONFIG.format(user=user, url=url, folder=tmp_path, port=dovecot.imap_port))
    for path in (settings, password):
        path.chmod(0o600)
    own = IMAPClient("localhost", dovecot.imap_port, ssl=False, timeout=20)
    own.login(user, PASSWORD)
    with open_house(load(settings, {}), lambda: NOW) as house:
        yield Past(house, own, user)
    own.logout()


def test_who_was_written_with_in_both_directions_is_offered(past: Past) -> None:
    past.live()
    done = past.read()
    found = past.people()
    assert list(found) == ["olga@x.example", "raj@rao.in"]
    olga = found["olga@x.example"]
    assert (olga.name, olga.heard, olga.written) == ("Olga Orlova", 13, 12)
    assert olga.first_at == BEGAN - timedelta(hours=1)
    assert olga.median_gap_days == 3.5
    assert olga.utc_offset == timedelta(hours=1)
    assert (done.passed, done.refused) == (done.of, 0)
    assert done.read == past.number + 1


def test_dates_that_cannot_be_true_tell_nothing(past: Past) -> None:
    past.live()
    past.mail("Olga Orlova <olga@x.example>", day=365 * 20)
    data = past.mail("Raj <raj@rao.in>", day=30).replace(b"<", b"<again-")
    past.own.append("INBOX", data, (), datetime(1970, 1, 1, 1, tzinfo=UTC))
    past.read()
    found = past.people()
    assert found["olga@x.example"].heard == 13
    assert found["olga@x.example"].last_at < NOW
    assert found["raj@rao.in"].first_at > BEGAN - timedelta(days=1)


def test_the_same_again_changes_nothing_and_what_is_new_is_added(past: Past) -> None:
    past.live()
    past.read()
    before = past.people()
    assert past.read() == Progress("", "", 0, 0)
    assert past.people() == before
    past.mail("Olga Orlova <olga@x.example>", day=100)
    assert past.read().read == 1
    assert past.people()["olga@x.example"].heard == 14


def test_stopped_after_any_batch_it_goes_on_where_it_was(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailflow.inbox.history.Pace", lambda: Slow(size=SMALL))
    past.live()
    read = 0
    for stop in range(1, 100):
        done = past.read(stop_after=1 + stop % 3)
        read += done.read
        if not done.of:
            break
    assert stop > 5
    assert read == past.number + 1
    olga = past.people()["olga@x.example"]
    assert (olga.heard, olga.written) == (13, 12)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailflow.store.database.BUSY_SECONDS", 0.1)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("past", ["sqlite"], indirect=True)
def test_a_store_locked_meanwhile_keeps_what_is_there_and_goes_on_from_there(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailflow.inbox.history.Pace", lambda: Slow(size=SMALL))
    past.live()
    engine = create_engine(f"sqlite:///{past.house.store.place}")
    with (
        closing(ImapAccount(past.house.config.accounts[0])) as account,
        engine.connect() as other,
        pytest.raises(StoreUnavailable, match=f"^The store .* locked .* {2 * SMALL} mails are"),
    ):
        follow(locking(import_history(past.house, [account], NOW), other, 2), is_quiet=True)
    engine.dispose()
    assert past.read().read == past.number + 1 - 2 * SMALL
    assert past.people()["olga@x.example"].heard == 13


def locking(
    steps: Generator[Progress, None, None], other: Connection, after: int
) -> Generator[Progress, None, None]:
    """The steps; another program takes the store after so many batches."""
    for number, step in enumerate(steps):
        yield step
        if number == after:
            other.exec_driver_sql("BEGIN IMMEDIATE")


class Slow(Pace):
    """Five mails at a time, always."""

    def answered(self, count: int, seconds: float) -> None:
        self.size = SMALL


def test_only_what_came_since_is_read_and_more_when_more_is_wanted(past: Past) -> None:
    past.live()
    past.read(since=(BEGAN + timedelta(days=50)).date())
    assert past.people()["olga@x.example"].heard < 8
    past.read(since=(BEGAN - timedelta(days=1)).date())
    assert past.people()["olga@x.example"].heard == 13
    assert past.read(since=(BEGAN + timedelta(days=50)).date()).of == 0


def test_whoever_is_adopted_has_a_history_and_warmth_and_no_draft(past: Past) -> None:
    past.live()
    past.read()
    (contact_id,) = past.adopt("olga@x.example")
    house = past.house
    with house.store.begin() as s:
        olga = facts.contact(s, house.owner_id, contact_id)
        deeds = facts.interactions(s, house.owner_id, contact_id)
        due = facts.due_contacts(s, house.owner_id, NOW + timedelta(days=6))
        later = facts.due_contacts(s, house.owner_id, NOW + timedelta(days=8))
    assert (olga.name, olga.given, str(olga.address)) == ("Olga Orlova", "Olga", "olga@x.example")
    assert len(deeds) == 25
    assert sum(deed.direction is Direction.OUT for deed in deeds) == 12
    assert olga.warmth is not None
    assert olga.utc_offset == timedelta(hours=1)
    assert due == ()
    assert [told.contact.id for told in later] == [contact_id]
    assert list(past.people()) == ["raj@rao.in"]
    past.mail("Olga Orlova <olga@x.example>", day=100)
    past.read()
    with house.store.begin() as s:
        assert len(facts.interactions(s, house.owner_id, contact_id)) == 26
        warmer = facts.contact(s, house.owner_id, contact_id).warmth
        assert facts.stale(s, house.owner_id) == ()
    assert warmer is not None
    assert warmer.score >= olga.warmth.score


def test_undo_makes_those_who_were_adopted_together_people_of_the_past_again(past: Past) -> None:
    past.live()
    past.read()
    before = past.people()
    past.adopt("olga@x.example", "raj@rao.in")
    house = past.house
    with house.store.begin() as s:
        assert undo(s, house, NOW).count("is no contact any more") == 2
    after = past.people()
    assert [replace(each, id=0) for each in after.values()] == [
        replace(each, id=0) for each in before.values()
    ]
    assert past.read() == Progress("", "", 0, 0)


def test_a_card_of_somebody_from_the_past_brings_the_past_along(past: Past) -> None:
    past.live()
    past.read()
    house = past.house
    card = Card(name=Reading("Olga Orlova"), emails=(Reading("Olga@X.example"),), form="line")
    with house.store.begin() as s:
        contact_id = record.save_card(s, house.owner_id, card, "<card@x> 1", NOW).contact_id
        assert len(facts.interactions(s, house.owner_id, contact_id)) == 25
        assert facts.contact_facts(s, house.owner_id, contact_id).last_in_at is not None
    assert list(past.people()) == ["raj@rao.in"]


def test_the_daemons_record_of_a_mail_and_the_imports_are_one(past: Past) -> None:
    past.live()
    house = past.house
    card = Card(name=Reading("Olga Orlova"), emails=(Reading("olga@x.example"),), form="line")
    with house.store.begin() as s:
        contact_id = record.save_card(s, house.owner_id, card, "<card@x> 1", NOW).contact_id
    past.read()
    with house.store.begin() as s:
        before = facts.interactions(s, house.owner_id, contact_id)
        assert not record.add_interaction(s, house.owner_id, before[0])
        assert facts.interactions(s, house.owner_id, contact_id) == before
    assert len(before) == 25
    assert before[0].text == "mail 1"


def test_who_was_forgotten_stays_forgotten(past: Past) -> None:
    past.live()
    past.read()
    (contact_id,) = past.adopt("olga@x.example")
    house = past.house
    with house.store.begin() as s:
        record.forget(s, house.owner_id, contact_id, NOW)
        s.execute(delete(PastCursorEntry))
    past.read()
    with house.store.begin() as s:
        assert facts.contact_by_address(s, house.owner_id, Address.parse("olga@x.example")) is None
    assert list(past.people()) == ["raj@rao.in"]


def test_no_flag_is_changed(past: Past) -> None:
    past.live()
    past.mail("Zoe <zoe@x.example>", day=2)
    past.own.select_folder("INBOX")
    past.own.remove_flags([1, 2], [b"\\Seen"])
    flags = past.own.get_flags(past.own.search("ALL"))
    past.read()
    assert past.own.get_flags(past.own.search("ALL")) == flags


def test_a_number_of_nobody_is_said(past: Past) -> None:
    with past.house.store.begin() as s, pytest.raises(NotFound, match="mailflow adopt"):
        facts.correspondents(s, past.house.owner_id, [77])
