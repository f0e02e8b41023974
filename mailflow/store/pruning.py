"""What is kept only for a while: bodies of mail, raw bytes, what is over and done with."""

from datetime import datetime, timedelta

from sqlalchemy import Delete, Update, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from mailflow.model.draft import LIVE
from mailflow.model.letter import LetterState
from mailflow.store.inserts import table_of
from mailflow.store.introduction_rights import old_words
from mailflow.store.mail_tables import HAS_RAW
from mailflow.store.tables import (
    ChangeEntry,
    DraftEntry,
    LetterEntry,
    MessageEntry,
    NewcomerEntry,
    NewcomerOfferEntry,
    OwnerEntry,
    PictureEntry,
    QuarantineEntry,
    ReceiptEntry,
    TokenEntry,
    TroubleEntry,
)

OVER = frozenset({LetterState.SENT, LetterState.FAILED, LetterState.HELD})


def is_prune_due(s: Session, owner_id: int, now: datetime, every: timedelta) -> bool:
    """Whether nothing was pruned for that long."""
    last = s.scalar(select(OwnerEntry.pruned_at).where(OwnerEntry.id == owner_id))
    return last is None or last <= now - every


def prune(
    s: Session, owner_id: int, now: datetime, retention: timedelta, raw_retention: timedelta
) -> int:
    """Let go of what is past its time; how many rows that touched.

    Raw bytes, and what can be taken back, after `raw_retention`; pictures that wait, texts of mail,
    drafts and letters, quarantine, trouble, newcomers and tokens after `retention`. That a mail
    was seen, and what was concluded from it, stays: the same mail again must still change nothing.
    """
    raw_before, before = now - raw_retention, now - retention
    rows = sum(
        len(s.execute(statement.returning(statement.table.c.id)).all())
        for statement in (
            *_rest(owner_id, before, raw_before),
            _raw(owner_id, raw_before),
            _texts(owner_id, before),
            _drafts(owner_id, before),
            _letters(owner_id, before),
            old_words(owner_id, before),
        )
    )
    s.execute(update(table_of(OwnerEntry)).where(OwnerEntry.id == owner_id).values(pruned_at=now))
    return rows


def _raw(owner_id: int, before: datetime) -> Update:
    mail = table_of(MessageEntry)
    waits = exists().where(
        PictureEntry.owner_id == owner_id, PictureEntry.message_pk == mail.c.id
    )  # its pictures are yet to be read
    old = (mail.c.owner_id == owner_id, mail.c.recorded_at < before, HAS_RAW, ~waits)
    return update(mail).where(*old).values(raw=None)


def _texts(owner_id: int, before: datetime) -> Update:
    mail = table_of(MessageEntry)
    old = (mail.c.owner_id == owner_id, mail.c.recorded_at < before, mail.c.text != "")
    return update(mail).where(*old).values(text="")


def _drafts(owner_id: int, before: datetime) -> Update:
    drafts = table_of(DraftEntry)
    old = (
        drafts.c.owner_id == owner_id,
        drafts.c.settled_at < before,
        drafts.c.state.not_in(LIVE),
        drafts.c.body != "",
    )
    return update(drafts).where(*old).values(body="", lint=())


def _letters(owner_id: int, before: datetime) -> Update:
    letters = table_of(LetterEntry)
    old = (
        letters.c.owner_id == owner_id,
        letters.c.created_at < before,
        letters.c.state.in_(OVER),
        or_(letters.c.body != "", letters.c.html != ""),
    )
    return update(letters).where(*old).values(body="", html="", pictures=None)


def _rest(owner_id: int, before: datetime, raw_before: datetime) -> tuple[Delete, ...]:
    quarantine, trouble = table_of(QuarantineEntry), table_of(TroubleEntry)
    newcomers, tokens = table_of(NewcomerEntry), table_of(TokenEntry)
    receipts, letters = table_of(ReceiptEntry), table_of(LetterEntry)
    changes, pictures = table_of(ChangeEntry), table_of(PictureEntry)
    offers = table_of(NewcomerOfferEntry)
    too_old = select(MessageEntry.id).where(
        MessageEntry.owner_id == owner_id, MessageEntry.recorded_at < before
    )
    carried = select(letters.c.token_id).where(
        letters.c.owner_id == owner_id, letters.c.token_id.is_not(None)
    )
    return (
        delete(changes).where(changes.c.owner_id == owner_id, changes.c.made_at < raw_before),
        delete(pictures).where(pictures.c.owner_id == owner_id, pictures.c.message_pk.in_(too_old)),
        delete(quarantine).where(
            quarantine.c.owner_id == owner_id, quarantine.c.quarantined_at < before
        ),
        delete(trouble).where(trouble.c.owner_id == owner_id, trouble.c.last_at < before),
        delete(newcomers).where(newcomers.c.owner_id == owner_id, newcomers.c.last_at < before),
        delete(offers).where(  # a no is kept: it says whom not to offer again
            offers.c.owner_id == owner_id,
            offers.c.shown_at < before,
            offers.c.is_adopted.is_not(False),
            or_(offers.c.again_at.is_(None), offers.c.again_at < before),
        ),
        delete(tokens).where(
            tokens.c.owner_id == owner_id,
            tokens.c.expires_at < before,
            tokens.c.id.not_in(carried),
        ),
        delete(receipts).where(
            receipts.c.owner_id == owner_id,
            receipts.c.created_at < raw_before,
            receipts.c.is_open.is_(False),
        ),
    )
