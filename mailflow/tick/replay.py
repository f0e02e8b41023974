"""A mail in quarantine, read again: after an upgrade, or when a limit was raised."""

import hashlib
from dataclasses import replace
from datetime import datetime

import structlog

from mailflow.errors import StoreUnavailable
from mailflow.model.mail import Oversize, RawMessage, Unreadable
from mailflow.model.wire import Cursor
from mailflow.store import record
from mailflow.store.messages import Quarantined
from mailflow.tick.house import House
from mailflow.tick.mail import Intake, Mail
from mailflow.tick.receive import CLASH, record_mail, understand

log = structlog.get_logger()


def replay(house: House, waiting: Quarantined, now: datetime) -> str | None:
    """Understand and record it as if it came now, and let it out; else why it stays.

    Its effects are keyed by the message, so that what was recorded before is not done twice.
    Raises MailboxError when the account cannot be reached.
    """
    raw, in_sent = _whole(house, waiting)
    if isinstance(raw, RawMessage) and not raw.data.partition(b"\r\n\r\n")[2]:
        return f"Its text was not kept and is gone from the mailbox. {waiting.reason}"
    intake = Intake(now=now)
    try:
        mail = understand(house, intake, raw, in_sent=in_sent)
        if isinstance(mail, Unreadable):
            return mail.reason
        with house.store.begin() as s:
            reason = record_mail(s, house, intake, mail)
            if reason == CLASH:  # the owner wants it read all the same, as a mail of its own
                reason = record_mail(s, house, intake, _renamed(mail))
            if reason is None:
                record.release(s, house.owner_id, waiting.id)
            return reason
    except StoreUnavailable:
        raise
    except Exception as error:
        log.exception("replay failed", location=str(raw.location))
        return f"I failed on it: {type(error).__name__}: {error}"


def _renamed(mail: Mail) -> Mail:
    """The mail under a name made of its bytes, because another one bears its Message-ID."""
    name = f"<{hashlib.sha256(mail.raw.data).hexdigest()[:32]}@taken-message-id.invalid>"
    return replace(mail, message=replace(mail.message, message_id=name, has_message_id=False))


def _whole(house: House, waiting: Quarantined) -> tuple[RawMessage | Oversize, bool]:
    """The mail as it lies in the mailbox, else as it was kept (of one that was too large, only the
    head), and whether it lies in Sent."""
    place = waiting.location
    kept = RawMessage(place, waiting.data, waiting.quarantined_at)
    account = house.accounts.get(place.account)
    if account is None or account.cursor(place.mailbox).uidvalidity != place.uidvalidity:
        return kept, False
    in_sent = account.folders().sent == place.mailbox
    before = Cursor(place.uidvalidity, place.uid - 1)
    limit = house.config.max_message_bytes
    found = iter(account.fetch_after(place.mailbox, before, max_bytes=limit, limit=1))
    there = next(found, None)
    return (there if there is not None and there.location == place else kept), in_sent
