"""One mail account over IMAP: reads without changing anything, writes only mailflow's own mail."""

from collections.abc import Generator, Iterator, Sequence
from datetime import date, datetime

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from mailflow.account import bulk, fetching, folders, mailboxes
from mailflow.account.line import Line
from mailflow.account.searching import find_message_id, find_since, sent_or_received
from mailflow.account.session import BROKEN
from mailflow.config import AccountConfig
from mailflow.errors import MailboxError
from mailflow.model.mail import Location, Oversize, RawMessage
from mailflow.model.wire import Cursor, Folders


class ImapAccount:
    """`MailStore` over IMAP4rev1 (RFC 3501) and later.

    Connects when first used, and again when the line broke. All reading happens in mailboxes
    opened by EXAMINE, so that no flag can change. Not for several threads at once.
    """

    def __init__(self, config: AccountConfig) -> None:
        self._config = config
        self._line = Line(config.imap)
        self._went_on: tuple[IMAPClient, str, int, int] | None = None

    @property
    def name(self) -> str:
        return self._config.name

    @property
    def files_sent_itself(self) -> bool:
        """As configured, else told by Gmail's extension; then it may connect."""
        if self._config.files_sent_itself is not None:
            return self._config.files_sent_itself
        return "X-GM-EXT-1" in self.capabilities()

    def capabilities(self) -> frozenset[str]:
        """What the server announces to those who are logged in, in upper case."""
        with self._line.asking() as client:
            return frozenset(each.decode("ascii", "replace") for each in client.capabilities())

    def folders(self) -> Folders:
        with self._line.asking() as client:
            there = mailboxes.listing(client)
        return folders.choose(there, sent=self._config.sent, drafts=self._config.drafts)

    def cursor(self, mailbox: str) -> Cursor:
        with self._line.asking() as client:
            return mailboxes.examine(client, mailbox)

    def fetch_after(
        self, mailbox: str, cursor: Cursor, *, max_bytes: int, limit: int
    ) -> Iterator[RawMessage | Oversize]:
        """As `MailStore` says; MailboxError when the mailbox was renumbered since the cursor."""
        with self._line.asking() as client:
            end = _examine_same(client, mailbox, cursor)
            sizes = fetching.sizes_after(client, cursor.last_uid, end.last_uid, limit)
        yield from self._fetch(mailbox, end, sizes, max_bytes)

    def fetch(self, mailbox: str, uids: Sequence[int]) -> Iterator[RawMessage]:
        with self._line.asking() as client:
            end = mailboxes.examine(client, mailbox)
            sizes = fetching.sizes_of(client, uids)
        for mail in self._fetch(mailbox, end, sizes, None):
            assert isinstance(mail, RawMessage)
            yield mail

    def search_message_id(self, mailbox: str, message_id: str) -> list[int]:
        with self._line.asking() as client:
            mailboxes.examine(client, mailbox)
            return find_message_id(client, message_id)

    def search_since(self, mailbox: str, on: date) -> list[int]:
        with self._line.asking() as client:
            mailboxes.examine(client, mailbox)
            return find_since(client, on)

    def search_between(
        self, mailbox: str, cursor: Cursor, last: int, since: date | None
    ) -> list[int]:
        """UIDs after the cursor's and up to `last`, ascending, of mail that is no draft and came
        on that day, by the server's calendar, or later."""
        with self._line.asking() as client:
            self._go_on(client, mailbox, cursor)
            return sent_or_received(client, cursor.last_uid + 1, last, since)

    def still_there(self, mailbox: str, cursor: Cursor, uids: Sequence[int]) -> list[int]:
        """Those of the UIDs that were not deleted meanwhile, ascending."""
        with self._line.asking() as client:
            self._go_on(client, mailbox, cursor)
            return fetching.still_there(client, uids)

    def heads(
        self, mailbox: str, cursor: Cursor, next_set: bulk.NextSet
    ) -> Generator[bulk.Answer, None, None]:
        """The header fields of many mails (see `bulk`); no other call until it is exhausted."""
        with self._line.asking() as client:
            self._go_on(client, mailbox, cursor)
            is_read_out = False
            try:
                yield from bulk.heads(client, next_set)
                is_read_out = True
            finally:
                if not is_read_out:
                    self._line.drop()

    def append(self, mailbox: str, data: bytes, flags: Sequence[str], at: datetime) -> int | None:
        with self._line.asking() as client:
            try:
                answer = client.append(mailbox, data, [flag.encode("ascii") for flag in flags], at)
            except BROKEN:
                raise
            except IMAPClientError:
                mailboxes.complain_if_missing(client, mailbox)
                raise
            return fetching.appended_uid(answer)

    def remove(self, mailbox: str, uids: Sequence[int]) -> None:
        if not uids:
            return
        with self._line.asking() as client, mailboxes.writing(client, mailbox):
            mailboxes.delete(client, uids)

    def move(self, mailbox: str, uids: Sequence[int], to: str) -> None:
        if not uids:
            return
        with self._line.asking() as client:
            target = mailboxes.found_or_made(client, to)
            with mailboxes.writing(client, mailbox):
                if client.has_capability("MOVE"):
                    client.move(uids, target)
                else:
                    client.copy(uids, target)
                    mailboxes.delete(client, uids)

    def close(self) -> None:
        """Say good-bye; never raises. The next call would connect again."""
        self._line.close()

    def _fetch(
        self, mailbox: str, end: Cursor, sizes: fetching.Sizes, max_bytes: int | None
    ) -> Iterator[RawMessage | Oversize]:
        def place(uid: int) -> Location:
            return Location(self.name, mailbox, end.uidvalidity, uid)

        for batch in fetching.batches(sizes, max_bytes):
            with self._line.asking() as client:
                _examine_same(client, mailbox, end)
                got = fetching.fetch_batch(client, batch, place, max_bytes)
            yield from got

    def _go_on(self, client: IMAPClient, mailbox: str, cursor: Cursor) -> None:
        """Open the mailbox, unless the use of the line before this one had it open: some servers
        go through a large mailbox each time it is opened."""
        place = client, mailbox, cursor.uidvalidity
        if self._went_on != (*place, self._line.uses - 1):
            _examine_same(client, mailbox, cursor)
        self._went_on = *place, self._line.uses


def _examine_same(client: IMAPClient, mailbox: str, cursor: Cursor) -> Cursor:
    """Open the mailbox a cursor is from; MailboxError when its UIDs mean other mails now."""
    end = mailboxes.examine(client, mailbox)
    if end.uidvalidity != cursor.uidvalidity:
        raise MailboxError(
            f"The folder “{mailbox}” was renumbered by the server; it has to be read again."
        )
    return end
