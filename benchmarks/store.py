"""How fast the store is: a tick with nothing due, and a card recorded from end to end.

Run: python -m benchmarks.store [DATABASE-URL]; without one, SQLite in a temporary folder.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median

from sqlalchemy import insert

from mailflow.model.address import Address, NamedAddress
from mailflow.model.card import Card, Reading
from mailflow.model.contact import Tier
from mailflow.model.draft import Purpose
from mailflow.model.letter import LetterKind
from mailflow.model.mail import Classification, InboundMessage, Kind, Location, RawMessage
from mailflow.model.wire import Cursor
from mailflow.store import facts, queue, record
from mailflow.store.database import Session, Store, ensure_owner
from mailflow.store.inserts import table_of
from mailflow.store.merging import new_values
from mailflow.store.tables import AddressEntry, ContactEntry, DraftEntry

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
PEOPLE = 100_000
ADA = NamedAddress(Address.parse("ada@example.org"), "Ada")


def a_tick(s: Session, owner: int) -> None:
    """Every read of a tick."""
    facts.due_contacts(s, owner, NOW)
    facts.due_drafts(s, owner, NOW)
    facts.traffic(s, owner, NOW, NOW - timedelta(days=2))
    facts.paused_until(s, owner)
    facts.summaries(s, owner)
    queue.to_show(s, owner)
    queue.to_place(s, owner)
    queue.queued_letters(s, owner, NOW)
    queue.unfiled(s, owner)
    queue.sending(s, owner)
    record.open_receipts(s, owner)
    facts.stale(s, owner)
    record.is_prune_due(s, owner, NOW, timedelta(days=1))
    record.cursor(s, owner, "home", "INBOX")


def fill(store: Store, owner: int, first: int, last: int) -> None:
    """People who are due next month, each with one settled draft."""
    contact, address, draft = map(table_of, (ContactEntry, AddressEntry, DraftEntry))
    for start in range(first, last, 5_000):
        with store.begin() as s:
            people = [
                {
                    "owner_id": owner,
                    "tier": Tier.KEY,
                    **new_values(Card(name=Reading(f"Person {n}")), NOW),
                    "due_at": NOW + timedelta(days=30),
                }
                for n in range(start, min(start + 5_000, last))
            ]
            ids = s.scalars(insert(contact).returning(contact.c.id), people).all()
            rows = [(pk, f"p{pk}@x.io") for pk in ids]
            s.execute(
                insert(address),
                [
                    {"owner_id": owner, "contact_id": pk, "key": key, "written": key, "position": 0}
                    for pk, key in rows
                ],
            )
            s.execute(insert(draft), [a_settled_draft(owner, pk, key) for pk, key in rows])


def a_settled_draft(owner: int, contact_id: int, key: str) -> dict[str, object]:
    texts = dict.fromkeys(("to_name", "reason", "held_because", "failure", "account"), "")
    old = NOW - timedelta(days=60)
    return {
        "owner_id": owner, "contact_id": contact_id, "purpose": Purpose.FOLLOW_UP,
        "state": "sent", "version": 1, "to_key": key, "to_written": key, "subject": "Hello",
        "body": "Hi", "created_at": old, "due_at": old, "sent_at": old, "sending_at": old,
        "settled_at": old, "filed_at": old, "want_shown": False, "attempts": 1, "lint": (),
        "references": (), "message_id": f"<{contact_id}@x.io>", **texts,
    }  # fmt: skip


def a_card_end_to_end(store: Store, owner: int, number: int) -> None:
    """Two transactions: what was understood with the cursor, then draft, token and letter."""
    message_id = f"<{owner}.{number}@example.org>"
    data = b"x" * 5_000
    raw = RawMessage(Location("home", "INBOX", 1, number), data, NOW)
    message = InboundMessage(
        message_id, True, "hash", ADA, (ADA,), (), (), "card", NOW, None, None, (), (), "text", ""
    )
    card = Card(
        name=Reading(f"Jane {number}"), given="Jane", org=Reading("Acme"), title=Reading("CTO"),
        emails=(Reading(f"j{number}@acme.io"),), event="PyCon", form="vcard",
    )  # fmt: skip
    with store.begin() as s:
        classification = Classification(Kind.INSTRUCTION)
        recorded = record.record_message(
            s, owner, raw, message, classification,
            contact_id=None, direction=None, text="text", now=NOW,
        )  # fmt: skip
        address = Address.parse(f"j{number}@acme.io")
        record.is_suppressed(s, owner, address)
        source = f"{message_id} 1"
        pk = recorded.message_pk
        saved = record.save_card(s, owner, card, source, NOW, tier=Tier.KEY, message_pk=pk)
        record.move_cursor(s, owner, "home", "INBOX", Cursor(1, number), NOW)
    with store.begin() as s:
        draft_id = queue.add_draft(
            s, owner, contact_id=saved.contact_id, purpose=Purpose.FOLLOW_UP, to=address,
            subject="Hello", body="Hi Jane", now=NOW,
        )  # fmt: skip
        assert draft_id
        expires = NOW + timedelta(days=7)
        record.update_contact(s, owner, saved.contact_id, due_at=expires)
        token = queue.add_token(s, owner, "a", [(1, draft_id, 1)], NOW, expires, b"salt")
        queue.set_token_hash(s, owner, token, f"{owner}.{number}".encode())
        queue.add_letter(
            s, owner, kind=LetterKind.RECEIPT, subject="s", body="b", token_id=token, now=NOW
        )
        queue.mark_shown(s, owner, draft_id, 1, NOW, due_at=expires)


def timed(run: Callable[[], object], times: int) -> float:
    """The median of so many runs, in milliseconds."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return median(seconds) * 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        named = next((each for each in sys.argv[1:] if "://" in each), "")
        store = Store.open(named or f"sqlite:///{folder}/mailflow.db", secret=b"s" * 32)
        with store.begin() as s:
            owner, small = (
                ensure_owner(s, f"{name} {time.time_ns()}", NOW) for name in ("big", "small")
            )

        def tick(of: int) -> None:
            with store.begin() as s:
                a_tick(s, of)

        fill(store, small, 0, 100)
        fill(store, owner, 0, PEOPLE)
        for name, of in (("100", small), (f"{PEOPLE:,}", owner)):
            tick(of)
            spent = timed(partial(tick, of), 50)
            print(f"tick, nothing due, {name} contacts: {spent:.2f} ms")
        start, cards = time.perf_counter(), 500
        for number in range(cards):
            a_card_end_to_end(store, owner, number)
        rate = cards / (time.perf_counter() - start)
        print(f"a card end to end, two transactions: {rate:.0f}/s")
        with store.begin() as s:
            found = timed(lambda: facts.find_contacts(s, owner, "son 99999"), 5)
            print(f"find by part of a name among {PEOPLE:,}: {found:.1f} ms")
            week = timed(lambda: facts.summary_facts(s, owner, NOW, period="2026-W48"), 3)
            print(f"the facts of a summary among {PEOPLE:,}: {week:.0f} ms")
        store.close()


if __name__ == "__main__":
    main()
