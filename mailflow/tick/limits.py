"""How many answers the owner gets in an hour and a day, so that two machines cannot talk on."""

from datetime import datetime, timedelta

from mailflow.drafting import letters
from mailflow.model.amount import amount
from mailflow.model.letter import LetterKind
from mailflow.store import facts, queue
from mailflow.store.database import Session
from mailflow.tick.house import House

UNDERSTOOD = 6
"""As many times the limit may be reached by answers to what was understood."""


def is_over_limit(s: Session, house: House, now: datetime) -> bool:
    """Whether the answers of the hour or the day are used up: then it is silence for the day.

    Answers to mails of which nothing was understood count, and new texts for drafts: that is all a
    machine can write. A person who tries things out is answered six times as often. The first time
    a notice says so. It ends what two machines may have begun to say to each other.
    """
    policy, owner_id = house.policy, house.owner_id
    if is_silent(s, house, now):
        return True
    hour, day = now - timedelta(hours=1), now - timedelta(days=1)
    in_day = queue.answers_since(s, owner_id, day, is_understood=True)
    if in_day < min(policy.answers_per_hour, policy.answers_per_day):
        return False  # nor can any other count have reached its limit
    in_hour = queue.answers_since(s, owner_id, hour, is_understood=True)
    if (
        queue.answers_since(s, owner_id, hour) < policy.answers_per_hour
        and queue.answers_since(s, owner_id, day) < policy.answers_per_day
        and in_hour < policy.answers_per_hour * UNDERSTOOD
        and in_day < policy.answers_per_day * UNDERSTOOD
    ):
        return False
    text = (
        f"I have sent you {amount(in_hour, 'answer')} within the hour and {in_day} within a day, "
        "so I stop answering until tomorrow, in case two machines are talking to each other. "
        "Everything you send is still read and carried out.",
        "Drafts you have not seen yet come tomorrow, in one mail.",
    )
    rendered = house.templates.render(
        "notice", letters.notice("No more answers today", text, house.identity)
    )
    queue.add_letter(
        s, owner_id, kind=LetterKind.NOTICE, subject=rendered.subject, body=rendered.body,
        html=rendered.html, period=_day(house, now), now=now,
    )  # fmt: skip
    return True


def is_silent(s: Session, house: House, now: datetime) -> bool:
    """Whether the limit was reached today, in the owner's zone."""
    return _day(house, now) in facts.summaries(s, house.owner_id)


def _day(house: House, now: datetime) -> str:
    return f"limit {now.astimezone(house.identity.zone):%Y-%m-%d}"
