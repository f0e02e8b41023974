"""What becomes of a draft that is due: shown, expired, withdrawn, held, or sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailflow.deciding.calendar import met_at, next_window, recipient_zone
from mailflow.model.actions import ExpireDraft, HoldDraft, SendDraft, ShowDraft, WithdrawDraft
from mailflow.model.amount import amount
from mailflow.model.draft import LIVE, OF_INTRODUCTIONS, UNDER_WAY, DraftState, Purpose
from mailflow.model.facts import BEING_ERASED, DraftFacts, Facts, Traffic
from mailflow.model.policy import Identity, Policy

DraftAction = WithdrawDraft | ExpireDraft | ShowDraft | SendDraft | HoldDraft

LOOK_AGAIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sending:
    """What every draft's fate depends on besides its own facts."""

    identity: Identity
    policy: Policy
    now: datetime
    traffic: Traffic
    paused_until: datetime | None


def decide_drafts(
    facts: Facts, identity: Identity, policy: Policy, now: datetime
) -> list[DraftAction]:
    """One action for each live draft given, at most one of them SendDraft.

    First follow-ups go before everything else, then the longest approved. A draft that waits for
    the owner gets a HoldDraft until its expiry or the end of its snooze.
    """
    world = Sending(identity, policy, now, facts.traffic, facts.paused_until)
    actions: list[DraftAction] = []
    has_sent = False
    for each in sorted(facts.drafts, key=_urgency):
        if each.draft.state not in LIVE:
            continue
        action = decide_draft(each, world)
        if isinstance(action, SendDraft) and has_sent:
            until = now + _spacing(world)
            action = HoldDraft(each.draft.id, until, "Another mail goes first.")
        has_sent = has_sent or isinstance(action, SendDraft)
        actions.append(action)
    return actions


def decide_draft(facts: DraftFacts, world: Sending) -> DraftAction:
    """The fate of one live draft, by what happened to it and then by its state."""
    draft, now = facts.draft, world.now
    if draft.state in UNDER_WAY:
        return HoldDraft(draft.id, now + LOOK_AGAIN, "It is not known yet whether it went out.")
    overtaken = _overtaken(facts)
    if overtaken:
        return WithdrawDraft(draft.id, overtaken)
    if facts.erasure_asked_until is not None:
        return HoldDraft(draft.id, facts.erasure_asked_until, BEING_ERASED)
    paused = _paused(facts, world)
    if paused:
        return paused
    match draft.state:
        case DraftState.DRAFTED:
            return ShowDraft(draft.id, draft.reason or "A draft is ready for you.")
        case DraftState.SNOOZED:
            if now >= draft.due_at:
                return ShowDraft(draft.id, "You asked to see this again now.")
            return HoldDraft(draft.id, draft.due_at, "You put it off until then.")
        case DraftState.AWAITING_APPROVAL:
            return _waiting(facts, world)
        case _:
            return _send_or_hold(facts, world)


def _waiting(facts: DraftFacts, world: Sending) -> ExpireDraft | ShowDraft | HoldDraft:
    """A shown draft expires, is shown once more before a first mail is late, or waits on."""
    draft, now, lasts = facts.draft, world.now, world.policy.approval_expires_after
    expires = max(draft.due_at, draft.created_at + lasts)
    if now >= expires:
        return ExpireDraft(draft.id, f"It waited {amount(lasts.days, 'day')} for your answer.")
    met = met_at(facts.contact, world.identity.zone)
    warn_at, late_at = met + world.policy.warn_after, met + world.policy.follow_up_within
    was_shown_at = draft.due_at - lasts
    if draft.purpose is Purpose.FOLLOW_UP and was_shown_at < warn_at and now < late_at:
        if now >= warn_at:
            left = max(1, round((late_at - now) / timedelta(hours=1)))
            hours = "an hour" if left == 1 else f"{left} hours"
            return ShowDraft(draft.id, f"A day after meeting is over in about {hours}.")
        return HoldDraft(draft.id, min(expires, warn_at), "It waits for your answer.")
    return HoldDraft(draft.id, expires, "It waits for your answer.")


def _overtaken(facts: DraftFacts) -> str:
    """Why the draft has no point any more, as a sentence; empty when it still has."""
    made, name = facts.draft.created_at, facts.contact.label
    if facts.suppressed is not None:
        return f"{name} is on the suppression list: {facts.suppressed.because}."
    if facts.draft.purpose in OF_INTRODUCTIONS:
        return ""  # what they write belongs to the introduction, which ends its own drafts
    if facts.wrote_in_at is not None and facts.wrote_in_at > made:
        return f"{name} wrote to you in the meantime; the answer is yours."
    if facts.wrote_out_at is not None and facts.wrote_out_at > made:
        return f"You wrote to {name} by hand in the meantime."
    return ""


def _paused(facts: DraftFacts, world: Sending) -> HoldDraft | None:
    draft, person = facts.draft, facts.contact.paused_until
    if world.paused_until is not None and world.paused_until > world.now:
        return HoldDraft(draft.id, world.paused_until, "You paused everything.")
    if person is not None and person > world.now:
        return HoldDraft(draft.id, person, f"You paused {facts.contact.label}.")
    return None


def _send_or_hold(facts: DraftFacts, world: Sending) -> SendDraft | HoldDraft:
    """The latest of what holds an approved draft back; nothing left means now."""
    until, reason = max(_obstacles(facts, world), key=lambda obstacle: obstacle[0])
    if until > world.now:
        return HoldDraft(facts.draft.id, until, reason)
    return SendDraft(facts.draft.id, "You approved it and their working hours have begun.")


def _obstacles(facts: DraftFacts, world: Sending) -> list[tuple[datetime, str]]:
    """Every reason to wait with the instant it ends, which may have passed."""
    draft, policy, traffic, now = facts.draft, world.policy, world.traffic, world.now
    approved = draft.approved_at or now
    zone = recipient_zone(facts.contact, world.identity, now)
    # the window is looked for from when the draft could go, so that `until` is exact
    ready = max(now, approved + policy.undo_within)
    found = [
        (approved + policy.undo_within, "You can still take it back."),
        (next_window(ready, policy, zone), "It waits for their working hours."),
    ]
    if draft.due_at > now:
        failed = f"The server refused it for now: {draft.failure or 'no reason given'}"
        found.append((draft.due_at, failed if draft.attempts else "It is planned for then."))
    if traffic.last_sent_at is not None:
        found.append((traffic.last_sent_at + _spacing(world), "Mails leave a little apart."))
    if traffic.last_hour >= policy.per_hour:
        free = _frees(traffic.hour_frees_at, traffic.last_sent_at, timedelta(hours=1), now)
        found.append((free, f"{amount(policy.per_hour, 'mail')} went out within the hour."))
    if traffic.last_day >= policy.per_day:
        free = _frees(traffic.day_frees_at, traffic.last_sent_at, timedelta(days=1), now)
        found.append((free, f"{amount(policy.per_day, 'mail')} went out within a day."))
    return found


def _frees(
    known: datetime | None, last_sent_at: datetime | None, span: timedelta, now: datetime
) -> datetime:
    """When a cap has room again: as the store knows it, else a tenth of its span from now."""
    if known is not None and known > now:
        return known
    soon = now + span / 10
    return soon if last_sent_at is None else max(now + timedelta(seconds=1), min(
        last_sent_at + span, soon))  # fmt: skip


def _spacing(world: Sending) -> timedelta:
    shortest, longest = world.policy.spacing_min, world.policy.spacing_max
    return shortest + (longest - shortest) * min(max(world.traffic.jitter, 0.0), 1.0)


def _urgency(facts: DraftFacts) -> tuple[bool, datetime, int]:
    draft = facts.draft
    return (
        draft.purpose is not Purpose.FOLLOW_UP,
        draft.approved_at or draft.created_at,
        draft.id,
    )
