"""The owner's past mail: read by its header fields, recorded batch by batch, offered as people."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from mailflow.account.imap import ImapAccount
from mailflow.errors import NoSuchMailbox
from mailflow.inbox.history import Batch, mailboxes, walk
from mailflow.model.address import NamedAddress
from mailflow.model.history import Correspondent, PastMail
from mailflow.model.mail import arrival
from mailflow.model.wire import Cursor
from mailflow.reading.cards import roles
from mailflow.reading.history import Own
from mailflow.store import facts, record
from mailflow.store.database import Session
from mailflow.store.past import PastCursor
from mailflow.store.past_people import Remembered
from mailflow.tick.house import House
from mailflow.tick.measure import measure, measure_in
from mailflow.tick.newcomers import keep
from mailflow.tick.past_reader import PastReader


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the import is: UIDs passed of those there are, over all mailboxes; mails read so
    far, those of them with people, and those the server would not read out."""

    account: str
    mailbox: str
    passed: int
    of: int
    read: int = 0
    personal: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A mailbox with what of it is still to be read."""

    account: ImapAccount
    mailbox: str
    after: int
    end: Cursor
    in_sent: bool

    @property
    def length(self) -> int:
        return self.end.last_uid - self.after


def import_history(
    house: House,
    accounts: Sequence[ImapAccount],
    now: datetime,
    *,
    since: date | None = None,
    chosen: Sequence[str] = (),
) -> Generator[Progress, None, None]:
    """Read the past of every account's mailboxes (and the `chosen` ones), of mail that came
    `since` that day; one progress for each batch, which is committed by then. At the end warmth is
    measured of contacts who are in it.

    To be stopped anywhere and called again: it goes on where it was. Raises MailboxError.
    """
    own = Own(
        frozenset(address.key for address in house.identity.addresses), house.identity.service.key
    )
    stretches = list(_stretches(house, accounts, since, chosen))
    of = sum(stretch.length for stretch in stretches)
    passed = read = personal = refused = 0
    known = Remembered()
    with PastReader.open(own, of) as reader:
        for stretch in stretches:
            ends = stretch.account.name, stretch.mailbox
            yield Progress(*ends, passed, of, read, personal, refused)
            reached = stretch.after
            with closing(
                walk(stretch.account, stretch.mailbox, stretch.end, stretch.after, since)
            ) as batches:
                told = (_dated(batch, now) for batch in batches)
                for batch, mails in reader.read(told, in_sent=stretch.in_sent):
                    _record(house, stretch, batch, mails, known, since, now)
                    personal += len(mails)
                    read += len(batch.heads)
                    refused += batch.refused
                    passed += batch.cursor.last_uid - reached
                    reached = batch.cursor.last_uid
                    yield Progress(*ends, passed, of, read, personal, refused)
    measure(house, now)


def acquaintances(s: Session, owner_id: int) -> tuple[Correspondent, ...]:
    """Whom the owner may want to adopt: people he has written to, and heard from, more than once;
    no offices, robots, lists."""
    found = facts.acquaintances(s, owner_id)
    return tuple(each for each in found if roles.kind(each.address) is None)


def adopt(
    s: Session, house: House, people: Sequence[Correspondent], now: datetime
) -> tuple[int, ...]:
    """Make contacts of them, with their history and warmth. For a week nothing is due; then ties
    that went quiet can be revived, within the week's budget and the once-warm first."""
    adopted = []
    for person in people:
        named = NamedAddress(person.address, person.name)
        source = f"history {person.address.key}"
        saved = keep(
            s, house, named, now, known_from="your past mail", source=source,
            batch=f"adopted {now.isoformat()}",
        )  # fmt: skip
        adopted.append(saved.contact_id)
    measure_in(s, house, adopted, now)
    return tuple(adopted)


def _stretches(
    house: House, accounts: Sequence[ImapAccount], since: date | None, chosen: Sequence[str]
) -> Iterator[_Stretch]:
    """What is left to read. A renumbered mailbox is read anew, as is one of which only younger
    mail was read: what is known already changes nothing."""
    for account in accounts:
        with house.store.begin() as s:
            stored = record.past_cursors(s, house.owner_id, account.name)
        # before the listing, after which Dovecot goes through a whole Maildir to open it
        ends = _ends(account, stored)
        folders = account.folders()
        configured = next(c.mailboxes for c in house.config.accounts if c.name == account.name)
        for mailbox in mailboxes(folders, (*configured, *chosen)):
            end = ends.get(mailbox) or account.cursor(mailbox)
            after = _after(stored.get(mailbox), end, since)
            if end.last_uid > after:
                yield _Stretch(account, mailbox, after, end, mailbox == folders.sent)


def _ends(account: ImapAccount, names: Iterable[str]) -> dict[str, Cursor]:
    """Where those of the mailboxes end that are still there."""
    found = {}
    for mailbox in names:
        with suppress(NoSuchMailbox):
            found[mailbox] = account.cursor(mailbox)
    return found


def _after(stored: PastCursor | None, end: Cursor, since: date | None) -> int:
    if stored is None or stored.cursor.uidvalidity != end.uidvalidity:
        return 0
    if stored.cursor.last_uid > end.last_uid:
        return 0
    if stored.since_on is not None and (since is None or since < stored.since_on):
        return 0
    return stored.cursor.last_uid


def _dated(batch: Batch, now: datetime) -> Batch:
    """The batch with arrivals that can be true; `now` where the server tells another or none."""
    came = [arrival(head.received_at, now) for head in batch.heads]
    if all(at is head.received_at for at, head in zip(came, batch.heads, strict=True)):
        return batch
    heads = [head._replace(received_at=at) for at, head in zip(came, batch.heads, strict=True)]
    return replace(batch, heads=heads)


def _record(
    house: House,
    stretch: _Stretch,
    batch: Batch,
    mails: Sequence[PastMail],
    known: Remembered,
    since: date | None,
    now: datetime,
) -> None:
    """Commit a batch with its cursor. What has no date that can be true tells nothing."""
    mails = [mail for mail in mails if mail.at != now]
    # what a power cut takes back is read again, for the cursor goes with it
    with house.store.begin(is_redone=True) as s, known.people(s, house.owner_id) as people:
        record.add_past_mail(s, house.owner_id, mails, people)
        to = PastCursor(batch.cursor, since)
        name, mailbox = stretch.account.name, stretch.mailbox
        record.move_past_cursor(s, house.owner_id, name, mailbox, to, now)
