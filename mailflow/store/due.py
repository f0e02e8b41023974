"""What is due, read by index and with a number of queries that does not grow with it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from mailflow.errors import NotFound
from mailflow.model.draft import LIVE, WENT, Draft, DraftState, Purpose
from mailflow.model.facts import ContactFacts, DraftFacts, SentFact, Settled, Traffic
from mailflow.store.contacts import contacts_of, suppressions_of
from mailflow.store.erasing import erasure_asked
from mailflow.store.inserts import table_of
from mailflow.store.owed import asked, mutual, to_thank
from mailflow.store.pairs import favours, median_gaps, promised, sent_by_hand, written_by_hand
from mailflow.store.rows import draft_of
from mailflow.store.tables import (
    ContactEntry,
    DraftEntry,
    LetterEntry,
    OwnerEntry,
)

LETTERS = table_of(LetterEntry)
PERIODS = select(LETTERS.c.period).where(
    LETTERS.c.owner_id == bindparam("of"), LETTERS.c.period.is_not(None)
)
GAVE_UP = frozenset({DraftState.REJECTED, DraftState.EXPIRED, DraftState.WITHDRAWN})


def due_contacts(
    s: Session, owner_id: int, now: datetime, limit: int = 200
) -> tuple[ContactFacts, ...]:
    """The contacts to decide about now: whose warmth is not known, then the once-warm, then the
    longest due. So the week's few revivals go to the warmest past, however many are due."""
    once = ContactEntry.warmth["once"].as_integer()
    rows = s.scalars(
        select(ContactEntry)
        .where(ContactEntry.owner_id == owner_id, ContactEntry.due_at <= now)
        .order_by(once.is_not(None), once.desc(), ContactEntry.due_at, ContactEntry.id)
        .limit(limit)
    ).all()
    return _facts(s, owner_id, rows)


def contact_facts(s: Session, owner_id: int, contact_id: int) -> ContactFacts:
    """Everything deciding would be told about one contact; raises NotFound."""
    rows = s.scalars(
        select(ContactEntry).where(ContactEntry.owner_id == owner_id, ContactEntry.id == contact_id)
    ).all()
    if not rows:
        raise NotFound(f"There is no contact {contact_id}.")
    return _facts(s, owner_id, rows)[0]


def due_drafts(
    s: Session, owner_id: int, now: datetime, limit: int = 200
) -> tuple[DraftFacts, ...]:
    """The drafts to decide about now, the longest due first."""
    drafts = [
        draft_of(row)
        for row in s.scalars(
            select(DraftEntry)
            .where(DraftEntry.owner_id == owner_id, DraftEntry.look_at <= now)
            .order_by(DraftEntry.look_at, DraftEntry.id)
            .limit(limit)
        )
    ]
    if not drafts:
        return ()
    ids = {draft.contact_id for draft in drafts}
    rows = s.scalars(
        select(ContactEntry).where(ContactEntry.owner_id == owner_id, ContactEntry.id.in_(ids))
    ).all()
    people = {person.id: person for person in contacts_of(s, owner_id, rows)}
    last_in = {row.id: row.last_in_at for row in rows}
    by_hand = written_by_hand(s, owner_id, ids)
    suppressed = suppressions_of(s, owner_id, people.values())
    both = ids | {draft.second_contact_id for draft in drafts if draft.second_contact_id}
    asked_until = erasure_asked(s, owner_id, both, now)
    return tuple(
        DraftFacts(
            draft=draft,
            contact=people[draft.contact_id],
            suppressed=suppressed.get(draft.contact_id),
            wrote_in_at=_after(last_in[draft.contact_id], draft),
            wrote_out_at=_after(by_hand.get(draft.contact_id), draft),
            erasure_asked_until=asked_until.get(draft.contact_id)
            or asked_until.get(draft.second_contact_id or 0),
        )
        for draft in drafts
    )


def traffic(
    s: Session, owner_id: int, now: datetime, week_start: datetime, jitter: float = 0.5
) -> Traffic:
    """What went out in the last hour and day, and whom a draft was made for this week.

    `hour_frees_at` and `day_frees_at` are when the oldest of those mails leaves the span.
    """
    in_hour = DraftEntry.sending_at > now - timedelta(hours=1)
    at = DraftEntry.sending_at
    hour, day, last, first_in_hour, first_in_day = s.execute(
        select(
            func.count(case((in_hour, 1))),
            func.count(),
            func.max(at),
            func.min(case((in_hour, at))),
            func.min(at),
        ).where(
            DraftEntry.owner_id == owner_id,
            at > now - timedelta(days=1),
            DraftEntry.state.in_(WENT),
        )
    ).one()
    started = s.execute(
        select(DraftEntry.purpose, func.count(DraftEntry.contact_id.distinct()))
        .where(
            DraftEntry.owner_id == owner_id,
            DraftEntry.created_at >= week_start,
            DraftEntry.state.not_in(GAVE_UP),
        )
        .group_by(DraftEntry.purpose)
    )
    people = {row.purpose: row[1] for row in started}
    return Traffic(
        last_hour=hour,
        last_day=day,
        last_sent_at=last,
        new_people_this_week=people.get(Purpose.FOLLOW_UP, 0),
        revivals_this_week=people.get(Purpose.REVIVE, 0),
        jitter=jitter,
        hour_frees_at=first_in_hour and first_in_hour + timedelta(hours=1),
        day_frees_at=first_in_day and first_in_day + timedelta(days=1),
    )


def paused_until(s: Session, owner_id: int) -> datetime | None:
    """Until when the owner paused everything."""
    return s.scalar(select(OwnerEntry.paused_until).where(OwnerEntry.id == owner_id))


def began_at(s: Session, owner_id: int) -> datetime:
    """When mailflow was set up for this owner."""
    return s.scalars(select(OwnerEntry.created_at).where(OwnerEntry.id == owner_id)).one()


def summaries(s: Session, owner_id: int) -> frozenset[str]:
    """The ISO weeks that have a summary."""
    return frozenset(period for period in s.scalars(PERIODS, {"of": owner_id}) if period)


def _facts(s: Session, owner_id: int, rows: Sequence[ContactEntry]) -> tuple[ContactFacts, ...]:
    if not rows:
        return ()
    ids = [row.id for row in rows]
    people = contacts_of(s, owner_id, rows)
    suppressed = suppressions_of(s, owner_id, people)
    drafts = _drafts(s, owner_id, ids)
    by_hand = sent_by_hand(s, owner_id, ids)
    gaps = median_gaps(s, owner_id, ids)
    done = favours(s, owner_id, ids)
    owed = promised(s, owner_id, ids)
    questions, thanks = asked(s, owner_id, ids), to_thank(s, owner_id, ids)
    known = mutual(s, owner_id, ids)
    return tuple(
        ContactFacts(
            contact=person,
            suppressed=suppressed.get(row.id),
            last_in_at=row.last_in_at,
            last_out_at=row.last_out_at,
            last_contact_at=row.last_contact_at,
            sent=_sent(drafts[row.id], by_hand[row.id]),
            live=tuple(draft_of(each) for each in drafts[row.id] if each.state in LIVE),
            settled=tuple(
                Settled(each.purpose, each.state, each.settled_at or each.created_at)
                for each in drafts[row.id]
                if each.state not in LIVE
            ),
            away_until=row.away_until,
            median_gap_days=gaps.get(row.id),
            has_open_promise=row.id in owed,
            favours_given=done[row.id][0],
            favours_got=done[row.id][1],
            asked=questions.get(row.id),
            to_thank=thanks.get(row.id),
            mutual=known.get(row.id, ""),
        )
        for row, person in zip(rows, people, strict=True)
    )


def _drafts(s: Session, owner_id: int, ids: Sequence[int]) -> dict[int, list[DraftEntry]]:
    found: dict[int, list[DraftEntry]] = defaultdict(list)
    # Put in order by us: SQLite would go through all drafts ever made to have them so.
    of_them = (DraftEntry.owner_id == owner_id, DraftEntry.contact_id.in_(ids))
    for row in sorted(s.scalars(select(DraftEntry).where(*of_them)), key=lambda row: row.id):
        found[row.contact_id].append(row)
    return found


def _sent(drafts: Iterable[DraftEntry], by_hand: Iterable[SentFact]) -> tuple[SentFact, ...]:
    """Drafts that went out and mail by hand, in order; one that was both is told once."""
    ours = [
        SentFact(row.sent_at, row.message_id or "", row.subject, row.purpose, row.references)
        for row in drafts
        if row.sent_at is not None
    ]
    ids = {fact.message_id for fact in ours}
    both = [*ours, *(fact for fact in by_hand if fact.message_id not in ids)]
    return tuple(sorted(both, key=lambda fact: fact.sent_at))


def _after(at: datetime | None, draft: Draft) -> datetime | None:
    return at if at is not None and at > draft.created_at else None
