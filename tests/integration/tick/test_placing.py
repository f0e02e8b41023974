"""Copies in Drafts when the line breaks, when the server refuses one, when the mailbox is gone."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailflow.config import Config
from mailflow.daemon import open_house
from mailflow.model.address import Address
from mailflow.model.card import Card, Reading
from mailflow.model.draft import Purpose
from mailflow.model.policy import Identity
from mailflow.store import facts, queue, record
from mailflow.tick import tick
from mailflow.tick.house import House
from mailflow.tick.place import REFUSALS, copy_id
from tests.fakes import MemoryMailStore, MemoryPost
from tests.laws.play import Play
from tests.servers.dovecot import Dovecot
from tests.servers.wire import Cut, Wire

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
SMALL_MAILS = """
  mail_plugins = quota
  plugin {
    quota = count:all
    quota_vsizes = yes
    quota_max_mail_size = 5k
  }
"""
LONG = "A line of a letter that is far too long for this server.\n" * 200
DRAFTS = 8
QUIET = Counter({"LIST": 1, "EXAMINE": 2})
"""What a pass asks a server for when nothing is to be done: INBOX and Sent have no news."""


@pytest.fixture
def wire(dovecot: Dovecot) -> Iterator[Wire]:
    line = Wire(dovecot.imap_port)
    yield line
    line.close()


@pytest.fixture
def dovecot_for_small_mails() -> Iterator[Dovecot]:
    server = Dovecot(imap=SMALL_MAILS)
    yield server
    server.stop()


@contextmanager
def house_at(server: Dovecot, folder: Path, owner: str, port: int) -> Iterator[House]:
    """A house whose one account is reached at `port`; its letters stay in memory."""
    account = server.account(owner)
    config = Config(
        identity=Identity(
            "Ada Byron", (Address.parse(owner),), Address.parse(f"mailflow-{owner}"),
            ZoneInfo("UTC"),
        ),
        accounts=(replace(account, name="main", imap=replace(account.imap, port=port)),),
        store_url=f"sqlite:///{folder / 'mailflow.db'}",
        state_dir=folder,
    )  # fmt: skip
    post = MemoryPost({owner: MemoryMailStore(owner)}, lambda: NOW)
    with open_house(config, lambda: NOW) as house:
        yield replace(house, posts={"main": post})


def shown_drafts(house: House, bodies: list[str]) -> list[int]:
    """The numbers of drafts that wait for the owner, one to each of so many people."""
    numbers: list[int] = []
    with house.store.begin() as s:
        for at, body in enumerate(bodies):
            to = Address.parse(f"person{at}@acme.example")
            card = Card(name=Reading(f"Person {at}"), emails=(Reading(str(to)),))
            person = record.save_card(s, house.owner_id, card, f"card {at}", NOW).contact_id
            record.update_contact(s, house.owner_id, person, due_at=None)
            number = queue.add_draft(
                s, house.owner_id, contact_id=person, purpose=Purpose.FOLLOW_UP, to=to,
                subject="Hello", body=body, now=NOW, due_at=NOW + timedelta(days=2),
            )  # fmt: skip
            assert number is not None
            numbers.append(number)
    return numbers


def copies(house: House, numbers: list[int]) -> list[int]:
    """How many copies of each draft lie in Drafts."""
    account = house.accounts["main"]
    return [len(account.search_message_id("Drafts", copy_id(house, n, 1))) for n in numbers]


def asked_in_a_pass(house: House, wire: Wire, now: datetime = NOW) -> Counter[str]:
    before = Counter(wire.asked)
    tick(house, now)
    return wire.asked - before


@pytest.mark.parametrize("how", Cut)
def test_a_line_that_breaks_over_a_copy_leaves_each_draft_in_drafts_once(
    dovecot: Dovecot, wire: Wire, tmp_path: Path, how: Cut
) -> None:
    owner = dovecot.new_user("ada")
    with house_at(dovecot, tmp_path, owner, wire.port) as house:
        tick(house, NOW)
        numbers = shown_drafts(house, ["Hello."] * DRAFTS)
        wire.cut = lambda name, _line: how if name == "APPEND" and wire.asked[name] == 4 else None
        tick(house, NOW)
        tick(house, NOW)
        assert copies(house, numbers) == [1] * DRAFTS
        assert wire.asked["APPEND"] == DRAFTS + (how is Cut.AMID)
        assert asked_in_a_pass(house, wire) == QUIET


def test_a_line_that_breaks_over_every_copy_costs_a_few_tries_a_pass(
    dovecot: Dovecot, wire: Wire, tmp_path: Path
) -> None:
    owner = dovecot.new_user("ada")
    with house_at(dovecot, tmp_path, owner, wire.port) as house:
        tick(house, NOW)
        numbers = shown_drafts(house, ["Hello."] * DRAFTS)
        wire.cut = lambda name, _line: Cut.AMID if name == "APPEND" else None
        for _ in range(3):
            assert asked_in_a_pass(house, wire)["APPEND"] <= REFUSALS
        wire.cut = lambda _name, _line: None
        tick(house, NOW + timedelta(minutes=1))
        assert copies(house, numbers) == [1] * DRAFTS


def test_after_a_restart_amid_the_copies_each_draft_lies_in_drafts_once(
    dovecot: Dovecot, wire: Wire, tmp_path: Path
) -> None:
    owner = dovecot.new_user("ada")
    with house_at(dovecot, tmp_path, owner, wire.port) as house:
        tick(house, NOW)
        numbers = shown_drafts(house, ["Hello."] * DRAFTS)
        wire.cut = lambda name, _line: Cut.UNANSWERED if name == "APPEND" else None
        tick(house, NOW)
    wire.cut = lambda _name, _line: None
    with house_at(dovecot, tmp_path, owner, wire.port) as house:
        tick(house, NOW)
        assert copies(house, numbers) == [1] * DRAFTS
        assert asked_in_a_pass(house, wire) == QUIET


def test_a_copy_the_server_refuses_holds_up_no_other_and_is_told_of_once(
    dovecot_for_small_mails: Dovecot, tmp_path: Path
) -> None:
    server = dovecot_for_small_mails
    wire = Wire(server.imap_port)
    with house_at(server, tmp_path, server.new_user("ada"), wire.port) as house:
        tick(house, NOW)
        numbers = shown_drafts(house, [LONG, *["Hello."] * (DRAFTS - 1)])
        tick(house, NOW)
        assert copies(house, numbers) == [0, *[1] * (DRAFTS - 1)]
        for minutes in (0, 1, 6, 21):
            tick(house, NOW + timedelta(minutes=minutes))
        (told,) = troubles(house)
        assert f"draft {numbers[0]} to person0@acme.example" in told
        assert "Mail size is larger than" in told
        assert asked_in_a_pass(house, wire, NOW + timedelta(minutes=30)) == QUIET
    wire.close()


def troubles(house: House) -> list[str]:
    """What the next summary will say went wrong."""
    with house.store.begin() as s:
        told = facts.summary_facts(s, house.owner_id, NOW, period="2026-W47")
    return [line.text for line in told.trouble]


def test_a_drafts_mailbox_that_is_gone_keeps_back_no_approved_mail_and_no_new_copy() -> None:
    play = Play()
    for name in ("jane", "raj"):
        play.tell(f"met {name.title()} Roe <{name}@acme.io> @PyCon")
    play.tick()
    assert len(play.account.held("Drafts")) == 2
    del play.account.mailboxes["Drafts"]
    to_jane, to_raj = play.letters[-2:]
    play.answer(to_jane, "ok")
    play.answer(to_raj, "skip")
    play.tick()
    play.pass_time(timedelta(hours=3))
    play.tick()
    assert [to for to, _ in play.carried] == ["jane@acme.io"]
    play.account.create("Drafts")
    play.tell("met Kim Roe <kim@acme.io> @PyCon")
    play.tick()
    assert len(play.account.held("Drafts")) == 1
    play.close()
