"""Days and hours: business days, the recipient's working hours, ISO weeks; daylight saving safe."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mailflow.model.contact import Contact
from mailflow.model.policy import Identity, Policy

WEEKEND = frozenset({5, 6})
HORIZON_DAYS = 400
"""How far a window or business day is looked for; longer than any run of holidays."""


def at_local(day: date, clock: time, zone: tzinfo) -> datetime:
    """The instant (aware UTC) at which clocks in `zone` show `clock` on `day`.

    A time skipped by daylight saving is the same distance after the skip; of a time that comes
    twice it is the first (PEP 495, fold 0).
    """
    return datetime.combine(day, clock.replace(fold=0), zone).astimezone(UTC)


def is_business_day(day: date, holidays: Collection[str]) -> bool:
    """Neither a weekend nor one of the holidays (ISO dates)."""
    return day.weekday() not in WEEKEND and day.isoformat() not in holidays


def add_business_days(
    start: datetime, days: int, zone: tzinfo, holidays: Collection[str] = ()
) -> datetime:
    """The instant `days` business days after `start`, at the same time of day in `zone`."""
    local = start.astimezone(zone)
    day, left = local.date(), days
    for _ in range(HORIZON_DAYS):
        if left <= 0:
            break
        day += timedelta(days=1)
        left -= is_business_day(day, holidays)
    return at_local(day, local.time(), zone)


def next_window(now: datetime, policy: Policy, zone: tzinfo) -> datetime:
    """`now` when it is inside the sending window of `zone`, else the instant it opens next."""
    local = now.astimezone(zone)
    for ahead in range(HORIZON_DAYS):
        day = local.date() + timedelta(days=ahead)
        if day.weekday() not in policy.window_days or day.isoformat() in policy.holidays:
            continue
        opens = at_local(day, policy.window_opens, zone)
        if now <= opens:
            return opens
        if now < at_local(day, policy.window_closes, zone):
            return now
    return now + timedelta(days=HORIZON_DAYS)


def iso_week(day: date) -> str:
    """The ISO 8601 week a day belongs to, as in "2026-W48"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def week_start(now: datetime, zone: tzinfo) -> datetime:
    """Monday 0:00 in `zone` of the week `now` lies in; the weekly budgets count from here."""
    day = now.astimezone(zone).date()
    return at_local(day - timedelta(days=day.weekday()), time(), zone)


def next_week_start(now: datetime, zone: tzinfo) -> datetime:
    """Monday 0:00 in `zone` of the week after `now`."""
    day = now.astimezone(zone).date()
    return at_local(day + timedelta(days=7 - day.weekday()), time(), zone)


def quarter_start(day: date) -> date:
    """The first day of the calendar quarter a day lies in."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def away_until(
    returns_at: datetime | None, received_at: datetime, policy: Policy, zone: tzinfo
) -> datetime:
    """Until when the writer of an out-of-office is left alone.

    Two business days after the return it names, or seven days after it came when it names none;
    a return in the past or more than a year ahead is not believed.
    """
    if returns_at is None or not received_at < returns_at < received_at + timedelta(days=366):
        return received_at + policy.away_without_date
    return add_business_days(returns_at, policy.away_extra_days, zone, policy.holidays)


def met_at(contact: Contact, zone: tzinfo) -> datetime:
    """When the owner met them: the evening of the day that is known, else when the card came."""
    day = contact.met_on
    if day is None or day >= contact.created_at.astimezone(zone).date():
        return contact.created_at
    return min(at_local(day, time(18), zone), contact.created_at)


def recipient_zone(contact: Contact, identity: Identity, now: datetime) -> tzinfo:
    """Whose working hours count: from their mail's Date, else their phone, else the owner's."""
    if contact.utc_offset is not None and abs(contact.utc_offset) < timedelta(hours=24):
        return timezone(contact.utc_offset)
    for phone in contact.phones:
        zones = _zones_of(phone.e164) if phone.e164 else ()
        if zones:
            # a country with many zones: the middle one errs least
            return sorted(zones, key=lambda zone: zone.utcoffset(now) or timedelta())[
                len(zones) // 2
            ]
    return identity.zone


@lru_cache(maxsize=1024)
def _zones_of(e164: str) -> tuple[ZoneInfo, ...]:
    # imported late: loading the tables takes longer than a whole tick without phones
    import phonenumbers  # noqa: PLC0415
    from phonenumbers.timezone import time_zones_for_number  # noqa: PLC0415

    try:
        names = time_zones_for_number(phonenumbers.parse(e164))
        return tuple(ZoneInfo(name) for name in names if name != "Etc/Unknown")
    except (phonenumbers.NumberParseException, ZoneInfoNotFoundError, ValueError):
        return ()
