"""Where the reading of a mailbox begins that has no cursor, or none that means anything now."""

from datetime import timedelta

from mailflow.model.summary import TroubleKind
from mailflow.model.wire import Cursor, MailStore
from mailflow.store import record
from mailflow.tick.house import House
from mailflow.tick.mail import Intake

REREAD = timedelta(days=7)
"""How far before the last reading a renumbered mailbox is read again: clocks differ."""


def todays_first(
    house: House, intake: Intake, account: MailStore, mailbox: str, end: Cursor
) -> Cursor:
    """Begin with today's mail: what the owner wrote to the service while setting it up counts."""
    today = intake.now.astimezone(house.identity.zone).date()
    uids = account.search_since(mailbox, today)
    cursor = Cursor(end.uidvalidity, uids[0] - 1 if uids else end.last_uid)
    with house.store.begin() as s:
        record.move_cursor(s, house.owner_id, account.name, mailbox, cursor, intake.now)
    return cursor


def after_renumbering(
    house: House, intake: Intake, account: MailStore, mailbox: str, end: Cursor
) -> Cursor:
    """Start again a little before the last message seen: what is known changes nothing."""
    with house.store.begin() as s:
        since = record.cursor_moved_at(s, house.owner_id, account.name, mailbox) or intake.now
    uids = account.search_since(mailbox, (since - REREAD).date())
    cursor = Cursor(end.uidvalidity, uids[0] - 1 if uids else end.last_uid)
    text = (
        f"The server renumbered the mailbox {mailbox} of {account.name}. I read its last week "
        f"again, recorded what was new and drafted nothing from it."
    )
    with house.store.begin() as s:
        key = f"renumbered {account.name} {mailbox} {end.uidvalidity}"
        record.add_trouble(s, house.owner_id, TroubleKind.FLOOD, text, intake.now, key=key)
        if not uids:  # no mail will move it, and what comes next is new
            record.move_cursor(s, house.owner_id, account.name, mailbox, cursor, intake.now)
    return cursor
