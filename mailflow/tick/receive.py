"""Mail in: every message after the cursor is understood and recorded, once, or quarantined."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import structlog

from mailflow import faults
from mailflow.config import AccountConfig
from mailflow.errors import MailboxError, NoSuchMailbox, StoreUnavailable
from mailflow.inbox.cursor import Continue, Nothing, Renumbered, Start, plan
from mailflow.model.mail import Kind, Location, Oversize, RawMessage, Unreadable, arrival
from mailflow.model.wire import Cursor, Folders, MailStore
from mailflow.reading import authenticity, body, classify, parse
from mailflow.store import facts, record
from mailflow.store.database import Session
from mailflow.tick.begin import after_renumbering, todays_first
from mailflow.tick.effects import take_effect
from mailflow.tick.house import House
from mailflow.tick.mail import Intake, Mail
from mailflow.tick.unread import set_aside, tell_unread

log = structlog.get_logger()
BATCH = 200
CLASH = "It bears the Message-ID of another mail but says something else."
DONE = "mailflow/Done"
NOTED_EVERY = timedelta(hours=1)
"""A mailbox in which nothing happens is noted as read this often: quiet is not broken."""


def receive(
    house: House, intake: Intake, *, is_stopping: Callable[[], bool] = lambda: False
) -> None:
    """Read every watched mailbox of every account; one that fails stops no other.

    Ends early, between two messages, when it is to stop: the cursor knows how far it came.
    """
    for config in house.config.accounts:
        account = house.accounts[config.name]
        try:
            for mailbox, in_sent in _watched(intake, account, config):
                with _missing_is_told(intake, account):
                    _read(house, intake, account, mailbox, in_sent=in_sent, is_stopping=is_stopping)
            _move_done(house, intake, account)
        except MailboxError as error:
            log.warning("account unreachable", account=config.name, error=str(error))
            intake.unreachable[config.name] = str(error)


def _watched(
    intake: Intake, account: MailStore, config: AccountConfig
) -> Iterator[tuple[str, bool]]:
    """The mailboxes to read, each with whether it is Sent; INBOX even if another is missing."""
    folders = Folders(inbox="INBOX", sent=None, drafts=None)
    with _missing_is_told(intake, account):
        folders = account.folders()
    yield folders.inbox, False
    yield from ((mailbox, False) for mailbox in config.mailboxes)
    if folders.sent:
        yield folders.sent, True


@contextmanager
def _missing_is_told(intake: Intake, account: MailStore) -> Iterator[None]:
    try:
        yield
    except NoSuchMailbox as error:
        log.warning("mailbox missing", account=account.name, error=str(error))
        intake.missing.setdefault(account.name, str(error))


def _move_done(house: House, intake: Intake, account: MailStore) -> None:
    """Mail to the service that was carried out goes out of the owner's sight, if he wants that."""
    if not house.config.moves_done:
        return
    for (name, mailbox), uids in intake.done.items():
        if name == account.name:
            account.move(mailbox, uids, DONE)


def _read(
    house: House,
    intake: Intake,
    account: MailStore,
    mailbox: str,
    *,
    in_sent: bool,
    is_stopping: Callable[[], bool],
) -> None:
    end = account.cursor(mailbox)
    with house.store.begin() as s:
        stored = record.cursor(s, house.owner_id, account.name, mailbox)
        step = plan(stored, end)
        read_at = record.cursor_moved_at(s, house.owner_id, account.name, mailbox)
        is_news = read_at is None or intake.now - read_at >= NOTED_EVERY
        if isinstance(step, Nothing) and is_news:
            record.move_cursor(s, house.owner_id, account.name, mailbox, end, intake.now)
    match step:
        case Nothing():
            return
        case Start():
            cursor = todays_first(house, intake, account, mailbox, end)
            is_renumbered = False
        case Continue(cursor=cursor):
            is_renumbered = False
        case Renumbered():
            cursor = after_renumbering(house, intake, account, mailbox, end)
            is_renumbered = True
    while True:
        count = 0
        for raw in account.fetch_after(
            mailbox, cursor, max_bytes=house.config.max_message_bytes, limit=BATCH
        ):
            if is_stopping():
                return
            take(house, intake, raw, in_sent=in_sent, is_renumbered=is_renumbered)
            cursor = Cursor(raw.location.uidvalidity, raw.location.uid)
            count += 1
        if count < BATCH:
            break
    if is_news and cursor == stored:  # what came last is gone again: it was read all the same
        with house.store.begin(is_redone=True) as s:
            record.move_cursor(s, house.owner_id, account.name, mailbox, cursor, intake.now)


def take(
    house: House,
    intake: Intake,
    raw: RawMessage | Oversize,
    *,
    in_sent: bool,
    is_renumbered: bool = False,
) -> None:
    """One message, recorded with its effects and the cursor in one transaction, or quarantined.

    Only a store that cannot be written stops the pass: then the cursor has not moved either.
    """
    faults.point("fetched")
    try:
        mail = understand(house, intake, raw, in_sent=in_sent, is_renumbered=is_renumbered)
        if isinstance(mail, Unreadable):
            set_aside(house, intake, raw, mail.reason, in_sent=in_sent)
            return
        # A power cut takes the cursor back too, and the mail is read again: unless it was moved.
        with house.store.begin(is_redone=not house.config.moves_done) as s:
            record_mail(s, house, intake, mail)
            _move_cursor(s, house, intake, raw.location)
        if mail.kind is Kind.INSTRUCTION and not mail.known.in_sent:
            at = raw.location
            intake.done.setdefault((at.account, at.mailbox), []).append(at.uid)
        faults.point("recorded")
    except StoreUnavailable:
        raise
    except Exception as error:
        log.exception("message failed", location=str(raw.location))
        reason = f"I failed on it, which is my fault: {type(error).__name__}: {error}"
        set_aside(house, intake, raw, reason, in_sent=in_sent)


def understand(
    house: House,
    intake: Intake,
    raw: RawMessage | Oversize,
    *,
    in_sent: bool,
    is_renumbered: bool = False,
) -> Mail | Unreadable:
    """Bytes to a mail with its kind and its text."""
    if isinstance(raw, Oversize):
        return Unreadable(
            f"It is {raw.size / 1048576:.0f} MB; I read mails up to "
            f"{house.config.max_message_bytes / 1048576:.0f} MB. It stays in your mailbox."
        )
    raw = replace(raw, received_at=arrival(raw.received_at, intake.now))
    message = parse.parse(raw.data, received_at=raw.received_at)
    if isinstance(message, Unreadable):
        return message
    identity = house.identity
    is_authentic = authenticity.verdict(message, identity.authserv_id)
    with house.store.begin(is_redone=True) as s:
        known = facts.known(
            s, house.owner_id, message, identity, in_sent=in_sent, is_authentic=is_authentic
        )
    classification = classify.classify(message, known)
    return Mail(
        raw=raw,
        message=message,
        classification=classification,
        known=known,
        body=body.split(message),
        is_renumbered=is_renumbered,
    )


def record_mail(s: Session, house: House, intake: Intake, mail: Mail) -> str | None:
    """Record an understood mail with its effects, once; the reason when it went to quarantine."""
    if mail.is_own_copy:
        return None
    recorded = record.record_message(
        s,
        house.owner_id,
        mail.raw,
        mail.message,
        mail.classification,
        contact_id=mail.known.contact_id,
        direction=mail.direction,
        text=mail.body.new_text,
        now=intake.now,
    )
    intake.seen += 1
    if recorded.clash:
        record.quarantine(s, house.owner_id, mail.raw.location, CLASH, mail.raw.data, intake.now)
        if mail.kind is Kind.INSTRUCTION:
            tell_unread(s, house, intake, mail.message, CLASH)
        return CLASH
    if recorded.is_new or mail.classification.kind is Kind.OURS:
        take_effect(s, house, intake, mail, recorded.message_pk)
    return None


def _move_cursor(s: Session, house: House, intake: Intake, at: Location) -> None:
    cursor = Cursor(at.uidvalidity, at.uid)
    record.move_cursor(s, house.owner_id, at.account, at.mailbox, cursor, intake.now)
