"""Introductions to offer: who could be in one, what stands against a pair, what was offered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import combinations

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from mailflow.model.contact import Band
from mailflow.model.introduction_states import OPEN
from mailflow.model.suggestion import Candidate, Decided, Pair, Suggestion, Ties, pair_of
from mailflow.store.contacts import contacts, suppressions_of
from mailflow.store.inserts import table_of
from mailflow.store.interactions import MAIL
from mailflow.store.tables import (
    AcquaintedEntry,
    AddressEntry,
    ContactEntry,
    InteractionEntry,
    IntroductionEntry,
    NeverEntry,
    SuggestionEntry,
)

SHOWN_AGAIN_AFTER = timedelta(days=30)
PERSON_AGAIN_AFTER = timedelta(days=7)
DECLINED_FOR = timedelta(days=365)
FEW = 8
"""People of a mail who may be said to know each other; a longer list is an announcement."""


def candidates(s: Session, owner_id: int) -> tuple[Candidate, ...]:
    """Every contact that can be written to, as suggestions see it; none when nobody is known to
    want anything. Two queries, whatever the number."""
    wanted = select(ContactEntry.id).where(
        ContactEntry.owner_id == owner_id, ContactEntry.wants != ""
    )
    if s.scalar(wanted.limit(1)) is None:
        return ()
    domains: dict[int, set[str]] = defaultdict(set)
    for contact_id, key in s.execute(
        select(AddressEntry.contact_id, AddressEntry.key).where(AddressEntry.owner_id == owner_id)
    ):
        domains[contact_id].add(key.rpartition("@")[2])
    c = ContactEntry
    rows = s.execute(
        select(
            c.id, c.name, c.given, c.title, c.org, c.wants, c.offers, c.tags, c.event, c.postal,
            c.warmth["band"].as_string().label("band"), c.is_scored, c.paused_until,
        ).where(c.owner_id == owner_id)
    )  # fmt: skip
    return tuple(
        Candidate(
            row.id, row.name, row.given, row.title, row.org, row.wants, row.offers, row.tags,
            row.event, row.postal, frozenset(domains[row.id]), Band(row.band) if row.band else None,
            row.is_scored, row.paused_until,
        )
        for row in rows if row.id in domains
    )  # fmt: skip


def ties_between(s: Session, owner_id: int, ids: Collection[int], now: datetime) -> Ties:
    """What stands against pairs among these contacts at `now` (aware UTC).

    An introduction that was made or begun keeps a pair apart for good: the owner can type it
    again. A shared mail to a few people counts as knowing each other.
    """
    never = _pairs(s, owner_id, NeverEntry, ids)
    people = contacts(s, owner_id, ids)
    barred = {low for low, high in never if low == high}
    barred |= set(suppressions_of(s, owner_id, people))
    shown = _shown(s, owner_id, now)
    apart = never | _pairs(s, owner_id, AcquaintedEntry, ids)
    apart |= _pairs(s, owner_id, IntroductionEntry, ids) | _in_one_mail(s, owner_id, ids)
    busy = {i for low, high in _open_pairs(s, owner_id) for i in (low, high)}
    for pair, at, decided in shown:
        if decided is not None or now - at < SHOWN_AGAIN_AFTER:
            apart.add(pair)
        if now - at < PERSON_AGAIN_AFTER:
            busy |= set(pair)
    return Ties(frozenset(barred), frozenset(busy), frozenset(apart))


def add_suggestions(
    s: Session,
    owner_id: int,
    token_id: int,
    numbered: Sequence[tuple[int, Suggestion]],
    now: datetime,
) -> None:
    """Keep what a summary offers, each under its number."""
    rows = [
        {
            "owner_id": owner_id,
            "first_id": each.first,
            "second_id": each.second,
            "why_first": each.why_first,
            "why_second": each.why_second,
            "shown_at": now,
            "token_id": token_id,
            "number": number,
        }
        for number, each in numbered
    ]
    if rows:
        s.execute(insert(table_of(SuggestionEntry)), rows)


def suggestions_under(s: Session, owner_id: int, token_id: int) -> dict[int, Suggestion]:
    """Number -> what was offered under it in the letter with that token; gone when a person is."""
    rows = s.scalars(
        select(SuggestionEntry)
        .where(SuggestionEntry.owner_id == owner_id, SuggestionEntry.token_id == token_id)
        .order_by(SuggestionEntry.number)
    )
    return {
        row.number: Suggestion(row.first_id, row.second_id, row.why_first, row.why_second)
        for row in rows
    }


def decide_suggestion(
    s: Session, owner_id: int, token_id: int, number: int, decided: Decided, now: datetime
) -> None:
    """Keep what the owner said to it; the last word counts."""
    s.execute(
        update(table_of(SuggestionEntry))
        .where(
            SuggestionEntry.owner_id == owner_id,
            SuggestionEntry.token_id == token_id,
            SuggestionEntry.number == number,
        )
        .values(decided=decided, decided_at=now)
    )


Paired = type[AcquaintedEntry] | type[NeverEntry] | type[IntroductionEntry]


def _pairs(s: Session, owner_id: int, entry: Paired, ids: Collection[int]) -> set[Pair]:
    rows = s.execute(
        select(entry.low_id, entry.high_id).where(
            entry.owner_id == owner_id, entry.low_id.in_(ids), entry.high_id.in_(ids)
        )
    )
    return {(low, high) for low, high in rows}


def _open_pairs(s: Session, owner_id: int) -> Iterable[Pair]:
    rows = s.execute(
        select(IntroductionEntry.low_id, IntroductionEntry.high_id).where(
            IntroductionEntry.owner_id == owner_id, IntroductionEntry.state.in_(OPEN)
        )
    )
    return ((low, high) for low, high in rows)


def _shown(s: Session, owner_id: int, now: datetime) -> list[tuple[Pair, datetime, Decided | None]]:
    rows = s.scalars(
        select(SuggestionEntry).where(
            SuggestionEntry.owner_id == owner_id, SuggestionEntry.shown_at > now - DECLINED_FOR
        )
    )
    return [(pair_of(row.first_id, row.second_id), row.shown_at, row.decided) for row in rows]


def _in_one_mail(s: Session, owner_id: int, ids: Collection[int]) -> set[Pair]:
    """Those who were among the few people of one mail, however long ago."""
    rows = s.execute(
        select(InteractionEntry.source, InteractionEntry.contact_id).where(
            InteractionEntry.owner_id == owner_id,
            InteractionEntry.contact_id.in_(ids),
            InteractionEntry.deed.in_(MAIL),
            InteractionEntry.people.between(2, FEW),
        )
    )
    together: dict[str, set[int]] = defaultdict(set)
    for source, contact_id in rows:
        together[source.partition(" ")[0]].add(contact_id)
    return {pair for ids in together.values() for pair in combinations(sorted(ids), 2)}
