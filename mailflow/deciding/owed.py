"""Mails the owner owes: an answer that is late, thanks for an introduction."""

from datetime import datetime, timedelta

from mailflow.deciding.calendar import add_business_days
from mailflow.deciding.steps import Step
from mailflow.model.amount import amount
from mailflow.model.draft import Purpose
from mailflow.model.facts import ContactFacts
from mailflow.model.policy import Identity, Policy

THANKED_WITHIN = timedelta(days=14)
"""A thank-you that comes later reads as an afterthought."""
ANSWERED_WITHIN = timedelta(days=30)
"""After so long an answer is a new conversation, and the owner begins it himself."""


def thank(facts: ContactFacts, identity: Identity, policy: Policy, now: datetime) -> Step | None:
    """Once for each introduction, unless the owner wrote to them since."""
    thanks = facts.to_thank
    if thanks is None or now - thanks.at > THANKED_WITHIN:
        return None
    return Step(
        Purpose.THANKS, "thanks", thanks.at, thanks.at + policy.approval_expires_after,
        f"{facts.contact.label} introduced you to {' and '.join(thanks.whom)}.",
        since=thanks.at, round_began_at=thanks.at,
    )  # fmt: skip


def answer_owed(
    facts: ContactFacts, identity: Identity, policy: Policy, now: datetime
) -> Step | None:
    """They asked something, theirs is the last word, and days went by."""
    asked = facts.asked
    if asked is None or now - asked.at > ANSWERED_WITHIN:
        return None
    if facts.last_out_at is not None and facts.last_out_at > asked.at:
        return None
    days = policy.reply_owed_after_days
    due = add_business_days(asked.at, days, identity.zone, policy.holidays)
    return Step(
        Purpose.REPLY_OWED, "reply_owed", due, due + policy.approval_expires_after,
        f"{facts.contact.label} asked you something {amount(days, 'business day')} ago, and "
        f"there was no answer yet.",
        since=asked.at, round_began_at=asked.at,
    )  # fmt: skip
