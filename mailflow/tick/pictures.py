"""Pictures of cards are read after the mail they came with, each mail's in one go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from time import monotonic

import structlog

from mailflow import faults
from mailflow.errors import StoreUnavailable
from mailflow.model.letter import Line
from mailflow.model.mail import Unreadable
from mailflow.model.scan import Unscannable
from mailflow.reading import forward
from mailflow.reading.cards import gather
from mailflow.reading.cards.seen import Seen, called
from mailflow.store import record
from mailflow.store.pictures import Waiting
from mailflow.tick.add import add_cards
from mailflow.tick.house import House
from mailflow.tick.mail import Intake, Mail
from mailflow.tick.note import note_of
from mailflow.tick.receive import understand
from mailflow.tick.told import told_of

log = structlog.get_logger()
BUDGET = 40.0
"""Seconds that one pass spends on pictures; then it is the turn of everything else."""
TRY_AGAIN = timedelta(hours=1)
"""How long pictures rest that cannot be read for want of the reader; a new start wakes them."""
MAX_TRIES = 3
FULL = (
    "I cannot read pictures here, and a hundred mails with some wait already, so I did not keep "
    "this one. Install mailflow[ocr], or type the people as lines."
)
GIVEN_UP = "I began to read the pictures of that mail three times and never came to an end; I stop."
GONE = "The pictures of that mail are not kept any more, so they were never read. Send them again."


def read_pictures(
    house: House, intake: Intake, *, is_stopping: Callable[[], bool] = lambda: False
) -> None:
    """Look at the pictures of every mail that waits for it, as long as the pass has time.

    Nothing is open in the store while a picture is looked at. What was seen is recorded in one
    transaction for each mail; the answer to the mail waits for that. What cannot be read for want
    of the reader is said once, and read when it can be.
    """
    house.rest()
    ends = monotonic() + BUDGET
    while monotonic() < ends and not is_stopping():
        with house.store.begin() as s:
            waiting = record.next_pictures(s, house.owner_id, intake.now)
            if waiting is not None and waiting.raw is not None and waiting.tries < MAX_TRIES:
                record.begin_pictures(s, house.owner_id, waiting.message_pk)
        if waiting is None:
            intake.is_unfinished = False
            return
        intake.is_unfinished = True
        key = f"fault pictures {waiting.message_pk}"
        with told_of(house, "read the pictures of a mail", key, intake.now):
            try:
                _read(house, intake, waiting, is_stopping=is_stopping)
            except StoreUnavailable:
                raise
            except Exception:
                _end(house, intake, waiting, "I failed on the pictures of that mail: my fault.")
                raise


def _read(
    house: House, intake: Intake, waiting: Waiting, *, is_stopping: Callable[[], bool]
) -> None:
    if waiting.raw is None or waiting.tries >= MAX_TRIES:
        _end(house, intake, waiting, GONE if waiting.raw is None else GIVEN_UP)
        return
    mail = understand(house, intake, waiting.raw, in_sent=False)
    if isinstance(mail, Unreadable):
        _end(house, intake, waiting, mail.reason)
        return
    mail = replace(mail, is_renumbered=waiting.is_quiet)
    seen: list[Seen] = []
    for part in gather.pictures(mail.message, forward.find(mail.message)):
        if is_stopping():
            with house.store.begin() as s:  # it was not the picture's fault
                record.wake_pictures(s, house.owner_id, intake.now)
            return
        scan = house.scan(part.data, called(part))
        faults.point("picture_read")
        seen.append((part, scan))
        if isinstance(scan, Unscannable) and scan.is_missing:
            _put_off(house, intake, mail, waiting, scan)
            return
    _record(house, intake, mail, waiting, seen)


def _record(house: House, intake: Intake, mail: Mail, waiting: Waiting, seen: list[Seen]) -> None:
    """Who was seen becomes contacts; a first reading takes the mail's other cards as well."""
    forwards = forward.find(mail.message)
    take = gather.on_pictures if waiting.is_told else gather.cards
    gathered = take(
        mail.message, forwards, note_of(house, mail, forwards), identity=house.identity,
        today=mail.at.astimezone(house.identity.zone).date(), seen=seen,
    )  # fmt: skip
    with house.store.begin() as s:
        what = "picture" if waiting.is_told else "card"
        lines, ids = add_cards(s, house, intake, mail, gathered, what=what)
        if not lines and not ids and waiting.is_told:
            lines = [Line("", "I have now read the picture you sent: nobody is on it.")]
        record.add_to_receipt(s, house.owner_id, waiting.message_pk, lines, ids)
        record.release_pictures(s, house.owner_id, waiting.message_pk)


def _put_off(house: House, intake: Intake, mail: Mail, waiting: Waiting, scan: Unscannable) -> None:
    """Kept for later; what else the mail brings is taken now, and the answer says both."""
    with house.store.begin() as s:
        look_at = intake.now + TRY_AGAIN
        is_kept = record.put_off_pictures(s, house.owner_id, waiting.message_pk, look_at)
        if waiting.is_told:
            return
        forwards = forward.find(mail.message)
        gathered = gather.cards(
            mail.message, forwards, note_of(house, mail, forwards), identity=house.identity,
            today=mail.at.astimezone(house.identity.zone).date(),
        )  # fmt: skip
        lines, ids = add_cards(s, house, intake, mail, gathered)
        lines.append(Line("", scan.reason if is_kept else FULL, is_done=False))
        record.add_to_receipt(s, house.owner_id, waiting.message_pk, lines, ids)


def _end(house: House, intake: Intake, waiting: Waiting, reason: str) -> None:
    log.warning("pictures given up", message=waiting.message_pk)
    with house.store.begin() as s:
        lines = [Line("", reason, is_done=False)]
        record.add_to_receipt(s, house.owner_id, waiting.message_pk, lines, [])
        record.release_pictures(s, house.owner_id, waiting.message_pk)
