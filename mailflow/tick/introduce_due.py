"""What time does to introductions: nudges, ends, questions to the owner; each by itself."""

from collections.abc import Callable
from datetime import datetime

from mailflow.model.introduction_events import Due
from mailflow.store import facts
from mailflow.tick.house import House
from mailflow.tick.introductions import happen
from mailflow.tick.told import told_of

STEPS = 8
"""How many steps one introduction makes in one pass, after a long time without one."""


def introductions_due(
    house: House, now: datetime, *, is_stopping: Callable[[], bool] = lambda: False
) -> None:
    """Let time pass for every introduction that is due; one that fails stops no other."""
    with house.store.begin(is_redone=True) as s:
        due = facts.due_introductions(s, house.owner_id, now)
    for number in due:
        if is_stopping():
            return
        what, key = f"go on with introduction {number}", f"fault introduction {number}"
        with told_of(house, what, f"{key} {now:%Y-%m-%d}", now):
            _pass_time(house, number, now)


def _pass_time(house: House, number: int, now: datetime) -> None:
    """One step in each transaction, while there is one to make."""
    for _ in range(STEPS):
        with house.store.begin(is_redone=True) as s:
            after = happen(s, house, number, Due(), now)
        if after.due_at is None or after.due_at > now:
            return
