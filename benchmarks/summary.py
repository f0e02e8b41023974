"""The weekly summary end to end: warmth measured again, facts read, written, rendered, queued.

Run: python -m benchmarks.summary [DATABASE-URL]; without one, SQLite in a temporary folder. The
number of queries is counted by the engine's own events and must not grow with the contacts.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import event, insert

from mailflow.config import AccountConfig, Config, Secret, Server, Wrap
from mailflow.config.templates import read_templates
from mailflow.drafting.render import Templates
from mailflow.model.address import Address
from mailflow.model.card import Card, Reading
from mailflow.model.contact import Tier
from mailflow.model.interaction import Deed, Direction
from mailflow.model.policy import Identity
from mailflow.store.database import Store, ensure_owner
from mailflow.store.inserts import table_of
from mailflow.store.merging import new_values
from mailflow.store.tables import AddressEntry, ContactEntry, InteractionEntry, LetterEntry
from mailflow.tick.house import House
from mailflow.tick.summarise import write_summary

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
EACH = 10
"""Interactions of each person, over two years."""
ADA = Address.parse("ada@example.org")


def fill(house: House, people: int) -> None:
    """So many people, some on the focus list, each with a past."""
    dice = random.Random(1)  # invented, the same in every run
    owner = {"owner_id": house.owner_id}
    tables = [table_of(each) for each in (ContactEntry, AddressEntry, InteractionEntry)]
    with house.store.begin() as s:
        pk = 0
        for start in range(0, people, 2_000):
            rows: list[list[dict[str, Any]]] = [[], [], []]
            for number in range(start, min(start + 2_000, people)):
                card = Card(name=Reading(f"Person{number} Roe"), given=f"Person{number}")
                values = new_values(card, NOW - timedelta(days=500))
                when = NOW + timedelta(days=dice.randint(-3, 200))
                values |= {"is_focus": number % 1_500 == 0, "tier": dice.choice(list(Tier))}
                pk += 1
                rows[0].append(owner | values | {"id": pk, "due_at": when})
                key = f"p{number}@firm{number % 400}.example"
                address = {"contact_id": pk, "key": key, "written": key, "position": 0}
                rows[1].append(owner | address)
                rows[2] += [owner | each for each in past(dice, pk)]
            for table, some in zip(tables, rows, strict=True):
                s.execute(insert(table), some)


def past(dice: random.Random, contact_id: int) -> list[dict[str, Any]]:
    """What happened with one person, the last of it mostly long ago."""
    rest = {"text": "", "answers_at": None, "is_weak": False, "by_mailflow": False}
    span = dice.choice((20, 200, 700, 700, 700))
    return [
        {
            "contact_id": contact_id,
            "direction": dice.choice((Direction.IN, Direction.OUT)),
            "deed": Deed.MAIL,
            "at": NOW - timedelta(days=dice.uniform(0.1, span)),
            "source": f"<{contact_id}.{number}@x>",
            "people": dice.choice((1, 1, 1, 4)),
            "message_pk": None,
            **rest,
        }
        for number in range(EACH)
    ]


def house_of(url: str, folder: Path, name: str) -> House:
    """A house with an owner of its own."""
    server = Server("127.0.0.1", 1, Wrap.PLAIN, str(ADA), Secret(env="NOBODY_ASKS"))
    identity = Identity("Ada", (ADA,), ADA.tagged("mailflow"), ZoneInfo("UTC"))
    config = Config(
        identity=identity,
        accounts=(AccountConfig("ada", server, server),),
        store_url=url,
        state_dir=folder,
    )
    store = Store.open(url, secret=b"s" * 32)
    with store.begin() as s:
        owner_id = ensure_owner(s, name, NOW - timedelta(days=600))
    return House(
        config=config,
        store=store,
        owner_id=owner_id,
        secret=b"s" * 32,
        templates=Templates(read_templates(None)),
        accounts={},
        posts={},
    )


def measure(url: str, people: int) -> None:
    """Print seconds, queries and the size of the page."""
    with tempfile.TemporaryDirectory(prefix="mailflow-bench-") as folder:
        place = Path(folder)
        house = house_of(url or f"sqlite:///{place / 'm.db'}", place, f"bench {people}")
        fill(house, people)
        with house.store.begin() as s:  # the week before, so that people moved since
            write_summary(s, house, "2026-W47", NOW - timedelta(days=7))
        counted: Counter[str] = Counter()

        def count(*told: Any) -> None:
            counted[str(told[2]).split(maxsplit=1)[0]] += 1

        with house.store.begin() as s:
            event.listen(s.get_bind(), "before_cursor_execute", count)
            began, before = time.perf_counter(), time.process_time()
            write_summary(s, house, "2026-W48", NOW)
            s.flush()
            took, worked = time.perf_counter() - began, time.process_time() - before
            event.remove(s.get_bind(), "before_cursor_execute", count)
            html = s.query(LetterEntry.html).order_by(LetterEntry.id.desc()).limit(1).scalar()
        house.store.close()
    size = len((html or "").encode()) / 1000
    print(
        f"{people:>7,} contacts, {people * EACH:>7,} interactions {took:>7.2f} s ({worked:.2f} s of"
        f" the processor) {counted.total():>5} queries {size:>6.1f} kB HTML"
    )


def main(arguments: list[str] | None = None) -> None:
    """One row for each size."""
    named = sys.argv[1:] if arguments is None else arguments
    url = next((each for each in named if "://" in each), "")
    for people in (1_000, 10_000):
        measure(url, people)


if __name__ == "__main__":
    main()
