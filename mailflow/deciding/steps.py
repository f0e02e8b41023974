"""What could be written to a contact next, and when: the order of questions as a literal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from mailflow.deciding.calendar import add_business_days, at_local, met_at
from mailflow.model.amount import amount, every
from mailflow.model.contact import Band
from mailflow.model.draft import LIVE, Purpose
from mailflow.model.facts import ContactFacts, SentFact, Settled
from mailflow.model.policy import Identity, Policy

CYCLIC = frozenset({Purpose.KEEP_IN_TOUCH, Purpose.REVIVE})
"""The purposes that come round again; the others are settled once for each meeting."""

ONCE = frozenset({Purpose.FOLLOW_UP, Purpose.NUDGE_1, Purpose.NUDGE_2})

ROUND_LASTS = timedelta(days=60)
"""Follow-up and nudges take about three weeks; for so long a new card opens no second round."""

LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
SAME_EVENT = timedelta(minutes=2)
"""A mail's instant in the log of interactions may differ from its sending by this much."""


@dataclass(frozen=True, slots=True)
class Step:
    """A mail that could be written: due at `due_at`, better sent before `send_by`.

    `since` is what it builds on: whatever happened after it changes the matter.
    `round_began_at`: what was settled before belongs to an earlier meeting.
    """

    purpose: Purpose
    situation: str
    due_at: datetime
    send_by: datetime
    reason: str
    since: datetime
    round_began_at: datetime = LONG_AGO


def sent_for(facts: ContactFacts, purpose: Purpose, since: datetime) -> SentFact | None:
    """The latest mail sent for the purpose after `since`."""
    found = [s for s in facts.sent if s.purpose is purpose and s.sent_at >= since]
    return max(found, key=lambda s: s.sent_at, default=None)


def ended_at(facts: ContactFacts, purpose: Purpose, since: datetime) -> Settled | None:
    """How the latest draft for the purpose ended, if one did after `since`."""
    found = [s for s in facts.settled if s.purpose is purpose and s.at >= since]
    return max(found, key=lambda s: s.at, default=None)


def wrote_by_hand_at(facts: ContactFacts) -> datetime | None:
    """When the owner last wrote to them without mailflow."""
    ours = [s for s in facts.sent if s.purpose is not None]
    known = {s.message_id for s in ours}
    by_hand = [s.sent_at for s in facts.sent if s.purpose is None and s.message_id not in known]
    last = facts.last_out_at
    if last is not None and not any(abs(last - s.sent_at) <= SAME_EVENT for s in ours):
        by_hand.append(last)
    return max(by_hand, default=None)


def other_contact_at(facts: ContactFacts) -> datetime | None:
    """When they last were in touch off mail, if that is later than any mail."""
    mails = [s.sent_at for s in facts.sent]
    mails += [at for at in (facts.last_in_at, facts.last_out_at) if at is not None]
    last = facts.last_contact_at
    return last if last and all(last > at + SAME_EVENT for at in mails) else None


def unanswered(facts: ContactFacts) -> int:
    """How many of mailflow's mails in a row got neither a word back nor contact of any kind."""
    heard = max(
        facts.last_in_at or LONG_AGO, wrote_by_hand_at(facts) or LONG_AGO,
        other_contact_at(facts) or LONG_AGO,
    )  # fmt: skip
    return sum(1 for s in facts.sent if s.purpose is not None and s.sent_at > heard)


def round_began_at(facts: ContactFacts, identity: Identity, now: datetime) -> datetime:
    """When the latest meeting's round of follow-up and nudges began.

    Meeting a known person again opens a new round when none was under way in the two months
    before: until then the conversation goes on. A day that has not come yet opens none.
    """
    day, zone = facts.contact.met_on, identity.zone
    first = facts.contact.created_at.astimezone(zone).date()
    if day is None or not first < day <= now.astimezone(zone).date():
        return LONG_AGO
    began = at_local(day, time(), zone)
    rounds = [s.sent_at for s in facts.sent if s.purpose in ONCE]
    rounds += [s.at for s in facts.settled if s.purpose in ONCE]
    is_under_way = any(began - ROUND_LASTS <= at < began for at in rounds)
    return LONG_AGO if is_under_way else began


def situation_of(facts: ContactFacts) -> str:
    """The template of the first mail, by how they met and how the card came."""
    contact = facts.contact
    if contact.event:
        return "met_at_event"
    if contact.form in ("forward", "signature"):
        return "forwarded"
    return "card_only" if contact.form in ("vcard", "typed") else "first_meeting"


def first_follow_up(
    facts: ContactFacts, identity: Identity, policy: Policy, now: datetime
) -> Step | None:
    contact = facts.contact
    if not (contact.form or contact.event or contact.met_on):
        return None
    began = round_began_at(facts, identity, now)
    met = max(met_at(contact, identity.zone), began)
    # a mail by hand just before the card came in was the first mail already
    since = max(min(met, contact.created_at - policy.follow_up_within), began)
    return Step(
        Purpose.FOLLOW_UP, situation_of(facts), met, met + policy.follow_up_within,
        "A first mail is due within a day of meeting.",
        since=since, round_began_at=began,
    )  # fmt: skip


def nudge_1(facts: ContactFacts, identity: Identity, policy: Policy, now: datetime) -> Step | None:
    before = sent_for(facts, Purpose.FOLLOW_UP, round_began_at(facts, identity, now))
    days = policy.nudge_1_after_days
    return (
        None
        if before is None
        else _nudge(facts, Purpose.NUDGE_1, before, days, identity, policy, now)
    )


def nudge_2(facts: ContactFacts, identity: Identity, policy: Policy, now: datetime) -> Step | None:
    before = sent_for(facts, Purpose.NUDGE_1, round_began_at(facts, identity, now))
    days = policy.nudge_2_after_days
    return (
        None
        if before is None
        else _nudge(facts, Purpose.NUDGE_2, before, days, identity, policy, now)
    )


def _nudge(
    facts: ContactFacts, purpose: Purpose, before: SentFact, days: int,
    identity: Identity, policy: Policy, now: datetime,
) -> Step:  # fmt: skip
    due = add_business_days(before.sent_at, days, identity.zone, policy.holidays)
    return Step(
        purpose, purpose.value, due, due + policy.approval_expires_after,
        f"No answer from {facts.contact.label} for {amount(days, 'business day')}.",
        since=before.sent_at, round_began_at=round_began_at(facts, identity, now),
    )  # fmt: skip


def cadence_days(facts: ContactFacts, policy: Policy) -> int | None:
    """Their own rhythm in days if the owner set one, else their tier's; None for none."""
    own = facts.contact.every_days
    return own if own is not None else policy.tier_days.get(facts.contact.tier)


def keep_in_touch(
    facts: ContactFacts, identity: Identity, policy: Policy, now: datetime
) -> Step | None:
    days = cadence_days(facts, policy)
    if not days or days <= 0:
        return None
    base = _quiet_since(facts, identity, now)
    due = base + timedelta(days=days)
    return Step(
        Purpose.KEEP_IN_TOUCH, "keep_in_touch", due, due + policy.approval_expires_after,
        f"It is {amount(max((now - base).days, days), 'day')} since you were in touch with "
        f"{facts.contact.label}; you wanted it {every(days)}.",
        since=base,
    )  # fmt: skip


def revive(facts: ContactFacts, identity: Identity, policy: Policy, now: datetime) -> Step | None:
    """Only ties that once were mutual, that no cadence looks after, and of which the owner did not
    say that they are alive off mail."""
    if cadence_days(facts, policy) or facts.last_in_at is None:
        return None
    if facts.contact.own_band in (Band.WARM, Band.CLOSE):
        return None
    silence = policy.dormant_max
    if facts.median_gap_days is not None:
        rhythm = timedelta(days=min(policy.dormant_after_gaps * facts.median_gap_days, 36500.0))
        silence = min(max(rhythm, policy.dormant_min), policy.dormant_max)
    base = _quiet_since(facts, identity, now)
    due = base + silence
    return Step(
        Purpose.REVIVE, "revive", due, due + policy.approval_expires_after,
        f"You and {facts.contact.label} used to be in touch; it has been quiet for "
        f"{amount(max((now - base).days, silence.days), 'day')}.",
        since=base,
    )  # fmt: skip


def _quiet_since(facts: ContactFacts, identity: Identity, now: datetime) -> datetime:
    """The last exchange of any kind, meeting included, or the last draft that came to an end.

    Whoever said no to one letter is not shown another the same day.
    """
    times = [facts.last_contact_at, facts.last_in_at, facts.last_out_at]
    times += [s.sent_at for s in facts.sent]
    times += [s.at for s in facts.settled if s.state not in LIVE]
    times.append(round_began_at(facts, identity, now))
    contact = facts.contact
    if contact.form or contact.event or contact.met_on or not any(times[:3]):
        # whoever was taken over from past mail was not met on the day they were taken over
        times.append(met_at(contact, identity.zone))
    return max(at for at in times if at is not None)


QUESTIONS: tuple[Callable[[ContactFacts, Identity, Policy, datetime], Step | None], ...] = (
    first_follow_up,  # within a day of meeting
    nudge_1,  # the follow-up stayed unanswered
    nudge_2,  # so did the first nudge; there is no third
    keep_in_touch,  # the cadence the owner wants
    revive,  # a tie gone quiet
)
"""Asked in this order; the first that still has something to write decides."""
