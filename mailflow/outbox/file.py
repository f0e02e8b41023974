"""Copies in the owner's account: what was sent goes to Sent, what waits stands in Drafts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mailflow.errors import NoSuchMailbox
from mailflow.model.wire import MailStore

SEEN = "\\Seen"
DRAFT = "\\Draft"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a copy of a draft stands in the Drafts mailbox; `uid` None when the server kept it
    to itself (no UIDPLUS) and it must be searched for."""

    mailbox: str
    uidvalidity: int
    uid: int | None


def find(account: MailStore, message_id: str) -> tuple[str, list[int]] | None:
    """Where in the account a mail that was sent shows up: Sent, All Mail, or the witness in INBOX.

    Raises MailboxError when the account cannot be searched, which is not the same as not found.
    """
    folders = account.folders()
    for mailbox in _distinct(folders.sent, folders.all, folders.inbox, folders.archive):
        if uids := account.search_message_id(mailbox, message_id):
            return mailbox, uids
    return None


def file_sent(
    account: MailStore, data: bytes, message_id: str, at: datetime, *, wait_for_witness: bool
) -> bool:
    """See to it that Sent holds the mail once; True when it does.

    1. A copy in Sent or All Mail (the server, or an earlier attempt, put it there) is enough.
    2. The witness in INBOX is moved to Sent rather than left beside a second copy.
    3. Else, once the witness need not be waited for, the mail is appended.
    """
    folders = account.folders()
    if folders.sent is None:
        return True
    for mailbox in _distinct(folders.sent, folders.all):
        if account.search_message_id(mailbox, message_id):
            return True
    if uids := account.search_message_id(folders.inbox, message_id):
        account.move(folders.inbox, uids, folders.sent)
        return True
    if wait_for_witness or account.files_sent_itself:
        return False
    account.append(folders.sent, data, (SEEN,), at)
    return True


def place(
    account: MailStore,
    mailbox: str,
    uidvalidity: int,
    data: bytes,
    message_id: str,
    at: datetime,
    *,
    may_be_there: bool = True,
) -> Place:
    """Put a copy of a draft into the Drafts mailbox, whose UIDVALIDITY was this a moment ago, once.

    A search costs the more the fuller the mailbox: `may_be_there` False saves it.
    """
    if may_be_there and (uids := account.search_message_id(mailbox, message_id)):
        return Place(mailbox, uidvalidity, uids[-1])
    uid = account.append(mailbox, data, (DRAFT, SEEN), at)
    return Place(mailbox, uidvalidity, uid)


def unplace(account: MailStore, place: Place, message_id: str) -> None:
    """Take our copy of a draft out of Drafts; one that is gone already is no matter.

    It is searched for by its Message-ID: after a renumbering the UID could name another mail. Under
    another UID it is the owner's: mail programs save what was changed anew, with its Message-ID.
    """
    try:
        uids = account.search_message_id(place.mailbox, message_id)
    except NoSuchMailbox:  # it went with its mailbox
        return
    if place.uid is not None and account.cursor(place.mailbox).uidvalidity == place.uidvalidity:
        uids = [uid for uid in uids if uid == place.uid]
    if uids:
        account.remove(place.mailbox, uids)


def _distinct(*names: str | None) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name is not None and name not in seen:
            seen.add(name)
            yield name
