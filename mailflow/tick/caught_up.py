"""Whether every mail that has come was read: asked before what an unread no would forbid."""

from mailflow.errors import NoSuchMailbox
from mailflow.model.wire import Cursor, MailStore
from mailflow.store import record
from mailflow.tick.house import House


def is_caught_up(house: House) -> bool:
    """Whether nothing unread lies where answers come in. Raises MailboxError.

    Numbers may be missing at the end of a mailbox (RFC 9051 §2.3.1.1), so that a cursor behind the
    last one means something only when there is a mail behind it.
    """
    for config in house.config.accounts:
        account = house.accounts[config.name]
        for mailbox in (account.folders().inbox, *config.mailboxes):
            try:
                if _has_unread(house, account, mailbox):
                    return False
            except NoSuchMailbox:  # told of already, and nothing can come in there
                continue
    return True


def _has_unread(house: House, account: MailStore, mailbox: str) -> bool:
    end = account.cursor(mailbox)
    read = _read_so_far(house, account.name, mailbox)
    if read is None or read.uidvalidity != end.uidvalidity:
        return True
    if read.last_uid >= end.last_uid:
        return False
    limit = house.config.max_message_bytes
    behind = account.fetch_after(mailbox, read, max_bytes=limit, limit=1)
    return next(iter(behind), None) is not None


def _read_so_far(house: House, account: str, mailbox: str) -> Cursor | None:
    with house.store.begin(is_redone=True) as s:
        return record.cursor(s, house.owner_id, account, mailbox)
