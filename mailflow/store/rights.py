"""The erasure of a person: every row, every body, every mention that can be found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Select,
    Update,
    delete,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from mailflow.errors import NotFound
from mailflow.model.address import Address
from mailflow.model.contact import Contact, Suppression
from mailflow.model.letter import LetterState
from mailflow.store.columns import Base
from mailflow.store.contacts import contact
from mailflow.store.export import THEIRS
from mailflow.store.inserts import table_of
from mailflow.store.introduction_rights import forget_introductions
from mailflow.store.suppressions import suppress
from mailflow.store.tables import (
    CardEntry,
    ContactEntry,
    CorrespondentEntry,
    DecisionEntry,
    DraftEntry,
    ImportEntry,
    InteractionEntry,
    LetterEntry,
    MessageEntry,
    NewcomerEntry,
    NewcomerOfferEntry,
    QuarantineEntry,
    ReceiptEntry,
    TokenItemEntry,
    TroubleEntry,
)

MAIL = table_of(MessageEntry)
LETTERS = table_of(LetterEntry)

EMPTIED: dict[str, Any] = {"subject": "", "body": "", "html": "", "pictures": None}

ROWS_AT_ONCE = 20
"""Mails of up to 25 MB are looked through this many at a time."""


def forget(s: Session, owner_id: int, contact_id: int, now: datetime) -> int:
    """Erase a person; how many rows went or were emptied. Raises NotFound.

    1. Their addresses go on the suppression list, as keyed hashes.
    2. Letters to the owner about them are emptied, or withdrawn when they have not left.
    3. Their introductions go, and what was written to the other side of them loses its text.
    4. Mail that others have a part in (a mail with their card, a mail to several people, any that
       names their address) loses its subject, text and bytes; trouble, quarantine and receipts
       that name them go.
    5. Every row of theirs, and every mail they wrote, is deleted.
    """
    person = contact(s, owner_id, contact_id)
    for address in person.addresses:
        suppress(s, owner_id, address, Suppression.FORGOTTEN, now)
    rows = _forget_letters(s, owner_id, person)
    rows += sum(_done(s, each) for each in forget_introductions(s, owner_id, contact_id, now))
    rows += _forget_mentions(s, owner_id, person)
    rows += _forget_mail(s, owner_id, person)
    for entry in THEIRS:
        table = table_of(entry)
        theirs = (table.c.owner_id == owner_id, table.c.contact_id == contact_id)
        rows += _done(s, delete(table).where(*theirs))
    people = table_of(ContactEntry)
    itself = (people.c.owner_id == owner_id, people.c.id == contact_id)
    return rows + _done(s, delete(people).where(*itself))


def forget_address(s: Session, owner_id: int, address: Address, now: datetime) -> int:
    """Erase somebody who is no contact, known from past mail or as a newcomer; how many rows went
    or were emptied. Their address goes on the suppression list. Raises NotFound when nothing is
    kept about them."""
    stranger = Contact(id=0, name="", created_at=now, addresses=(address,))
    rows = _forget_letters(s, owner_id, stranger)
    rows += _forget_mentions(s, owner_id, stranger)
    rows += _forget_mail(s, owner_id, stranger)
    if not rows:
        raise NotFound(f"Nothing is kept about {address}.")
    suppress(s, owner_id, address, Suppression.FORGOTTEN, now)
    return rows


def _forget_letters(s: Session, owner_id: int, person: Contact) -> int:
    items, drafts = table_of(TokenItemEntry), table_of(DraftEntry)
    their_drafts = select(drafts.c.id).where(
        drafts.c.owner_id == owner_id, drafts.c.contact_id == person.id
    )
    tokens = select(items.c.token_id).where(
        items.c.owner_id == owner_id,
        or_(items.c.draft_id.in_(their_drafts), items.c.contact_id == person.id),
    )
    answered = select(MAIL.c.message_id).where(
        MAIL.c.owner_id == owner_id, MAIL.c.id.in_(_mail_about(owner_id, person.id))
    )
    about = (
        LETTERS.c.owner_id == owner_id,
        or_(
            LETTERS.c.token_id.in_(tokens),
            LETTERS.c.in_reply_to.in_(answered),
            *_mentions(person, LETTERS.c.subject, LETTERS.c.body, LETTERS.c.html),
        ),
    )
    waiting = LETTERS.c.state.in_([LetterState.QUEUED, LetterState.HELD])
    rows = _done(s, delete(LETTERS).where(*about, waiting, LETTERS.c.period.is_(None)))
    return rows + _done(s, update(LETTERS).where(*about).values(**EMPTIED))


def _forget_mentions(s: Session, owner_id: int, person: Contact) -> int:
    trouble, newcomers = table_of(TroubleEntry), table_of(NewcomerEntry)
    quarantine, receipts = table_of(QuarantineEntry), table_of(ReceiptEntry)
    past, imports = table_of(CorrespondentEntry), table_of(ImportEntry)
    offers = table_of(NewcomerOfferEntry)
    keys = [address.key for address in person.addresses]
    spoken_of = [
        row.id
        for row in s.scalars(select(ReceiptEntry).where(ReceiptEntry.owner_id == owner_id))
        if person.id in row.contact_ids
    ]
    decisions = table_of(DecisionEntry)
    statements: Sequence[Delete | Update] = (
        delete(decisions).where(
            decisions.c.owner_id == owner_id, or_(*_mentions(person, decisions.c.reason))
        ),
        delete(trouble).where(
            trouble.c.owner_id == owner_id, or_(*_mentions(person, trouble.c.text, trouble.c.key))
        ),
        delete(past).where(past.c.owner_id == owner_id, past.c.key.in_(keys)),
        delete(newcomers).where(newcomers.c.owner_id == owner_id, newcomers.c.key.in_(keys)),
        delete(offers).where(offers.c.owner_id == owner_id, offers.c.key.in_(keys)),
        delete(quarantine).where(
            quarantine.c.owner_id == owner_id,
            quarantine.c.id.in_(_holding(s, owner_id, QuarantineEntry, "data", person)),
        ),
        update(imports)
        .where(imports.c.owner_id == owner_id, or_(*_mentions(person, imports.c.name)))
        .values(name=""),
        update(receipts)
        .where(receipts.c.owner_id == owner_id, receipts.c.id.in_(spoken_of))
        .values(lines=[], contact_ids=[], subject=""),
    )
    return sum(_done(s, statement) for statement in statements)


def _forget_mail(s: Session, owner_id: int, person: Contact) -> int:
    concerned = or_(
        MAIL.c.id.in_(_mail_about(owner_id, person.id)),
        *_mentions(person, MAIL.c.subject, MAIL.c.text, MAIL.c.sender_name),
        MAIL.c.id.in_(_holding(s, owner_id, MessageEntry, "raw", person)),
    )
    emptied: dict[str, Any] = {
        "subject": "",
        "text": "",
        "raw": None,
        "evidence": [],
        "sender_name": "",
    }
    rows = _done(s, update(MAIL).where(MAIL.c.owner_id == owner_id, concerned).values(**emptied))
    keys = [address.key for address in person.addresses]
    theirs = (
        MAIL.c.owner_id == owner_id,
        or_(MAIL.c.contact_id == person.id, MAIL.c.sender_key.in_(keys)),
    )
    going = select(MAIL.c.id).where(*theirs)
    for entry in (CardEntry, InteractionEntry):  # of others who were in the same mail
        table = table_of(entry)
        in_it = (table.c.owner_id == owner_id, table.c.message_pk.in_(going))
        s.execute(update(table).where(*in_it).values(message_pk=None))
    return rows + _done(s, delete(MAIL).where(*theirs))


def _mail_about(owner_id: int, contact_id: int) -> Select[Any]:
    """The mail something was concluded about them from."""
    cards, deeds = (
        select(table.c.message_pk).where(
            table.c.owner_id == owner_id,
            table.c.contact_id == contact_id,
            table.c.message_pk.is_not(None),
        )
        for table in (table_of(CardEntry), table_of(InteractionEntry))
    )
    both = cards.union(deeds).subquery()
    return select(both.c.message_pk)


def _mentions(person: Contact, *columns: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """The columns name an address of theirs, or their name if it is more than one word."""
    words = [address.key for address in person.addresses]
    if " " in person.name.strip():
        words.append(person.name.strip())
    return [column.icontains(word, autoescape=True) for column in columns for word in words] or [
        literal(value=False)
    ]


def _holding(s: Session, owner_id: int, entry: type[Base], data: str, person: Contact) -> list[int]:
    """The rows whose bytes name an address of theirs, in any case; read a few at a time."""
    table = table_of(entry)
    words = [address.key.encode() for address in person.addresses]
    rows = s.execute(
        select(table.c.id, table.c[data]).where(
            table.c.owner_id == owner_id, table.c[data].is_not(None)
        ),
        execution_options={"yield_per": ROWS_AT_ONCE},
    )
    return [pk for pk, raw in rows if any(word in raw.lower() for word in words)]


def _done(s: Session, statement: "Delete | Update") -> int:
    table = statement.table
    returning = statement.returning(table.c.id)  # a count the engines agree on
    return len(s.execute(returning).all())
