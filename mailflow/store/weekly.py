"""What the weekly summary is told: each section by a few queries, however many are in it."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from mailflow.model.contact import Band
from mailflow.model.draft import Purpose
from mailflow.model.interaction import Direction
from mailflow.model.letter import ANSWERS, LetterKind, LetterState
from mailflow.model.summary import (
    FollowUpLine,
    OutcomeLine,
    PromiseLine,
    SummaryFacts,
    TroubleKind,
    TroubleLine,
    WatchLine,
)
from mailflow.store.due import GAVE_UP, paused_until
from mailflow.store.interactions import MAIL
from mailflow.store.newcomers import asked_again
from mailflow.store.sections import MOST, drafts, due, newcomers, people, replies
from mailflow.store.sections_of_introductions import under_way
from mailflow.store.sections_of_people import turns, warmth
from mailflow.store.tables import (
    AddressEntry,
    Base,
    ContactEntry,
    CursorEntry,
    DraftEntry,
    InteractionEntry,
    LetterEntry,
    OutcomeEntry,
    PromiseEntry,
    QuarantineEntry,
    TroubleEntry,
)


def summary_facts(
    s: Session, owner_id: int, now: datetime, *, since: datetime | None = None, period: str
) -> SummaryFacts:
    """Everything the summary of the ISO week `period` is made from, as of `now` (aware UTC).

    `since` None: since the last summary, or for a week. `held` counts since then: their content
    is told once.
    """
    last = _last_summary(s, owner_id, period)
    since = since or last or now - timedelta(days=7)
    return SummaryFacts(
        period=period,
        since=since,
        is_first=last is None,
        people=_count(s, ContactEntry, ContactEntry.owner_id == owner_id),
        added=_count(
            s, ContactEntry, ContactEntry.owner_id == owner_id, ContactEntry.created_at >= since
        ),
        bands=_bands(s, owner_id),
        drafts=drafts(s, owner_id),
        due=due(s, owner_id, now + timedelta(days=7)),
        replies=replies(s, owner_id, since),
        warmth=warmth(s, owner_id, since, now),
        turns=turns(s, owner_id, now - timedelta(days=60)),
        promises=_promises(s, owner_id),
        introductions=under_way(s, owner_id, since),
        newcomers=newcomers(s, owner_id, since, now),
        asked_again=asked_again(s, owner_id, now),
        outcomes=_outcomes(s, owner_id, now - timedelta(days=365)),
        follow_ups=_follow_ups(s, owner_id, now - timedelta(weeks=8)),
        sent=_sent(s, owner_id, since),
        trouble=_trouble(s, owner_id, since),
        quarantined=_count(s, QuarantineEntry, QuarantineEntry.owner_id == owner_id),
        held=_held(s, owner_id, since),
        watched=_watched(s, owner_id),
        paused_until=paused_until(s, owner_id),
    )


def new_people(s: Session, owner_id: int, begins_at: datetime, ends_at: datetime) -> int:
    """To how many people a first mail was begun from one instant to before the other, as the
    guard of the week's budget counts them."""
    begun = select(func.count(DraftEntry.contact_id.distinct())).where(
        DraftEntry.owner_id == owner_id,
        DraftEntry.purpose == Purpose.FOLLOW_UP,
        DraftEntry.created_at >= begins_at,
        DraftEntry.created_at < ends_at,
        DraftEntry.state.not_in(GAVE_UP),
    )
    return s.scalars(begun).one()


def _last_summary(s: Session, owner_id: int, period: str) -> datetime | None:
    return s.scalar(
        select(func.max(LetterEntry.created_at)).where(
            LetterEntry.owner_id == owner_id,
            LetterEntry.kind == LetterKind.SUMMARY,
            LetterEntry.period != period,
        )
    )


def _count(s: Session, entry: type[Base], *where: ColumnElement[bool]) -> int:
    return s.scalars(select(func.count()).select_from(entry).where(*where)).one()


def _bands(s: Session, owner_id: int) -> tuple[tuple[Band, int], ...]:
    band = ContactEntry.warmth["band"].as_string()
    rows = s.execute(
        select(band, func.count())
        .where(
            ContactEntry.owner_id == owner_id,
            ContactEntry.is_scored,
            ContactEntry.warmth.is_not(None),
        )
        .group_by(band)
    )
    counts = {Band(word): number for word, number in rows}
    return tuple((each, counts[each]) for each in Band if each in counts)


def _promises(s: Session, owner_id: int) -> tuple[PromiseLine, ...]:
    rows = s.scalars(
        select(PromiseEntry)
        .where(PromiseEntry.owner_id == owner_id, PromiseEntry.kept_at.is_(None))
        .order_by(PromiseEntry.due_on.is_(None), PromiseEntry.due_on, PromiseEntry.number)
        .limit(MOST)
    ).all()
    whose = people(s, owner_id, (row.contact_id for row in rows))
    return tuple(
        PromiseLine(row.number, whose[row.contact_id], row.text, row.made_at, row.due_on)
        for row in rows
    )


def _outcomes(s: Session, owner_id: int, since: datetime) -> tuple[OutcomeLine, ...]:
    rows = s.scalars(
        select(OutcomeEntry)
        .where(OutcomeEntry.owner_id == owner_id, OutcomeEntry.came_at >= since)
        .order_by(OutcomeEntry.came_at.desc(), OutcomeEntry.id)
        .limit(MOST)
    ).all()
    whose = people(s, owner_id, (row.contact_id for row in rows))
    return tuple(
        OutcomeLine(whose[row.contact_id], row.text, row.came_at, row.value) for row in rows
    )


def _follow_ups(s: Session, owner_id: int, since: datetime) -> tuple[FollowUpLine, ...]:
    """People met since who can be written to, with the first mail that went to them after.

    Whoever came with past mail or a file was not met when they were added: no first mail is due."""
    first_mail = (
        select(func.min(InteractionEntry.at))
        .where(
            InteractionEntry.owner_id == owner_id,
            InteractionEntry.contact_id == ContactEntry.id,
            InteractionEntry.direction == Direction.OUT,
            InteractionEntry.deed.in_(MAIL),
            InteractionEntry.at >= since,
        )
        .scalar_subquery()
    )
    has_address = select(AddressEntry.id).where(
        AddressEntry.owner_id == owner_id, AddressEntry.contact_id == ContactEntry.id
    )
    rows = s.execute(
        select(ContactEntry.met_on, ContactEntry.created_at, first_mail)
        .where(
            ContactEntry.owner_id == owner_id,
            ContactEntry.created_at >= since,
            or_(
                ContactEntry.form != "",
                ContactEntry.event != "",
                ContactEntry.met_on.is_not(None),
            ),
            has_address.exists(),
        )
        .order_by(ContactEntry.created_at)
    )
    return tuple(FollowUpLine(_met_at(day, came_at), sent_at) for day, came_at, sent_at in rows)


def _met_at(day: date | None, came_at: datetime) -> datetime:
    """The evening of the day they met when it is known, else when the card came."""
    if day is None:
        return came_at
    return min(datetime.combine(day, time(18), UTC), came_at)


def _sent(s: Session, owner_id: int, since: datetime) -> int:
    return _count(
        s,
        DraftEntry,
        DraftEntry.owner_id == owner_id,
        DraftEntry.sent_at >= since,
        DraftEntry.sending_at.is_not(None),
    )


def _trouble(s: Session, owner_id: int, since: datetime) -> tuple[TroubleLine, ...]:
    rows = s.scalars(
        select(TroubleEntry)
        .where(TroubleEntry.owner_id == owner_id, TroubleEntry.last_at >= since)
        .order_by(TroubleEntry.last_at.desc(), TroubleEntry.id)
        .limit(MOST)
    )
    kinds = set(TroubleKind)
    return tuple(
        TroubleLine(
            TroubleKind(row.kind) if row.kind in kinds else TroubleKind.OTHER,
            row.text if row.times == 1 else f"{row.text} ({row.times} times)",
            row.last_at,
        )
        for row in rows
    )


def _held(s: Session, owner_id: int, since: datetime) -> int:
    return _count(
        s,
        LetterEntry,
        LetterEntry.owner_id == owner_id,
        LetterEntry.created_at >= since,
        LetterEntry.state == LetterState.HELD,
        LetterEntry.kind.in_(ANSWERS),
    )


def _watched(s: Session, owner_id: int) -> tuple[WatchLine, ...]:
    rows = s.scalars(
        select(CursorEntry)
        .where(CursorEntry.owner_id == owner_id)
        .order_by(CursorEntry.account, CursorEntry.mailbox)
    )
    return tuple(WatchLine(row.account, row.mailbox, row.moved_at) for row in rows)
