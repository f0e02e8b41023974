"""One pass through the stages, in order; the only part of the program where they meet.

for each raw message after the cursor: understand it, record it with its effects  receive
read the pictures that came with it                                                pictures
let time pass for introductions                                                    introduce_due
read what is due, decide, apply each action in its own transaction                 apply
answer the owner: receipts, approval requests, transcripts                         show
bring the Drafts mailbox in line; send letters; send what is approved              place, send
measure what changed                                                               measure
"""

from collections.abc import Callable
from datetime import datetime

import structlog

from mailflow.errors import MailboxError
from mailflow.model.actions import Action, PrepareDraft, Wait
from mailflow.store import record
from mailflow.tick.apply import apply_all
from mailflow.tick.due import LIMIT, decide_now, decide_surely
from mailflow.tick.house import House
from mailflow.tick.introduce_due import introductions_due
from mailflow.tick.letters import recover_letters, send_letters
from mailflow.tick.mail import Intake
from mailflow.tick.measure import measure
from mailflow.tick.pictures import read_pictures
from mailflow.tick.place import place_drafts
from mailflow.tick.receive import receive
from mailflow.tick.send import file_sent
from mailflow.tick.send import recover as recover_drafts
from mailflow.tick.show import show
from mailflow.tick.tidy import tidy
from mailflow.tick.told import told_of

ROUNDS = 100
"""How often one pass decides anew while more people are due than it reads at once."""
log = structlog.get_logger()
__all__ = ["House", "dry_run", "recover", "tick"]


def tick(
    house: House,
    now: datetime,
    *,
    is_stopping: Callable[[], bool] = lambda: False,
    intake: Intake | None = None,
) -> list[Action]:
    """Make one pass; the actions that were decided. `now` is aware UTC and holds for all of it.

    Whoever gives an `intake` learns from it what was read and what could not be reached.

    Between any two steps the process may die: each step leaves a state from which the next pass
    goes on.
    """
    intake = intake or Intake(now=now)
    actions: list[Action] = []

    def act() -> None:
        for _ in range(ROUNDS):
            decided, due = decide_surely(house, now)
            actions.extend(apply_all(house, decided, due, now, is_stopping=is_stopping))
            about_people = sum(isinstance(action, PrepareDraft | Wait) for action in decided)
            if about_people < LIMIT or is_stopping():
                return

    steps: dict[str, Callable[[], None]] = {
        "read your mail": lambda: receive(house, intake, is_stopping=is_stopping),
        "read your pictures": lambda: read_pictures(house, intake, is_stopping=is_stopping),
        "look for half-sent mail": lambda: recover_drafts(house, now),
        "go on with introductions": lambda: introductions_due(house, now, is_stopping=is_stopping),
        "decide and act": act,
        "answer you": lambda: show(house, now),
        "keep your Drafts mailbox": lambda: place_drafts(house, now),
        "send my letters": lambda: send_letters(house, now),
        "look for half-sent letters": lambda: recover_letters(house, now),
        "file what was sent": lambda: file_sent(house, now),
        "measure": lambda: measure(house, now),
        "tidy up": lambda: tidy(house, intake, now),
    }
    for name, step in steps.items():
        if is_stopping():
            break
        with told_of(house, name, f"step {name} {now:%Y-%m-%d}", now):
            step()
    return actions


def dry_run(house: House, now: datetime) -> list[Action]:
    """What a pass would decide from what is already recorded; nothing is read, written or sent."""
    return decide_now(house, now)


def recover(house: House, now: datetime) -> None:
    """After a start: find out what became of everything that was half done."""
    with house.store.begin() as s:
        record.wake_pictures(s, house.owner_id, now)
    try:
        recover_drafts(house, now)
        recover_letters(house, now)
    except MailboxError as error:
        log.warning("recovery waits for the account", error=str(error))
