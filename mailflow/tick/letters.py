"""Letters to the owner leave: no approval needed, but counted, claimed and never sent twice."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import structlog

from mailflow import faults
from mailflow.approving import token
from mailflow.drafting.compose import compose_letter
from mailflow.errors import DraftingError, MailboxError, NotFound
from mailflow.model.address import Address
from mailflow.model.letter import Letter, LetterState
from mailflow.model.summary import TroubleKind
from mailflow.model.wire import Accepted, Outcome, Refused, Unknown
from mailflow.outbox import file
from mailflow.outbox.backoff import next_try
from mailflow.outbox.send import send
from mailflow.store import queue, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.told import told_of

log = structlog.get_logger()
Salted = tuple[Letter, bytes | None]
"""A letter with the salt of the token it carries, if it carries one."""
AT_ONCE = 10
"""Letters claimed in one transaction; after a crash each of them is looked for in the INBOX."""


def send_letters(house: House, now: datetime) -> None:
    """Send every queued letter; one that fails is tried again later and stops no other."""
    with house.store.begin() as s:
        letters = queue.queued_letters(s, house.owner_id, now)
    for batch in _batched(letters, AT_ONCE):
        for letter, salt in _claimed(house, batch, now):
            with told_of(house, f"send you “{letter.subject}”", f"fault letter {letter.id}", now):
                _send_letter(house, letter, salt, now)


def _batched(letters: Sequence[Letter], size: int) -> Iterator[Sequence[Letter]]:
    for start in range(0, len(letters), size):
        yield letters[start : start + size]


def _claimed(house: House, letters: Sequence[Letter], now: datetime) -> list[Salted]:
    """Those that nobody else took, claimed together: they wait for the disk once."""
    with house.store.begin() as s:
        of_owner = house.owner_id
        taken = [each for each in letters if queue.claim_letter(s, of_owner, each.id, now)]
        return _salted(s, house, taken)


def _salted(s: Session, house: House, letters: Sequence[Letter]) -> list[Salted]:
    ids = [each.token_id for each in letters if each.token_id is not None]
    salts = queue.token_salts(s, house.owner_id, ids)
    return [(each, salts.get(each.token_id or 0)) for each in letters]


def _send_letter(house: House, letter: Letter, salt: bytes | None, now: datetime) -> None:
    faults.point("letter_claimed")
    outcome = _send(house, letter, salt, now)
    faults.point("letter_answered")
    # After `Unknown` it stays in `sending`: `recover_letters` looks for it in the INBOX.
    if not isinstance(outcome, Unknown):
        _settle(house, letter, outcome, now)


def _send(house: House, letter: Letter, salt: bytes | None, now: datetime) -> Outcome:
    message_id, reply_to = _names(house, letter, salt)
    owner = house.identity.address
    try:
        data = compose_letter(
            letter, house.identity, message_id=message_id, reply_to=reply_to, date=now
        )
    except DraftingError as error:
        return Refused(is_permanent=True, code=0, detail=str(error))
    return send(house.posts[house.main], data, sender=owner, to=owner, witness=None)


def _settle(house: House, letter: Letter, outcome: Accepted | Refused, now: datetime) -> None:
    owner_id = house.owner_id
    # Lost to a power cut, it is found again in the owner's own INBOX.
    with house.store.begin(is_redone=True) as s:
        if isinstance(outcome, Accepted):
            queue.settle_letter(s, owner_id, letter.id, LetterState.SENT, now)
            return
        retry_at = None if outcome.is_permanent else next_try(letter.attempts + 1, now)
        state = LetterState.FAILED if retry_at is None else LetterState.QUEUED
        queue.settle_letter(
            s, owner_id, letter.id, state, now, retry_at=retry_at, failure=outcome.detail
        )
        if retry_at is None:
            text = f"I could not send you “{letter.subject}”: {outcome.detail}"
            key = f"letter {letter.id}"
            record.add_trouble(s, owner_id, TroubleKind.FAULT, text, now, key=key)


def recover_letters(house: House, now: datetime) -> None:
    """A letter found half sent is looked for where it should have arrived; lost ones go again.

    Unlike a mail to a contact this is safe: the owner's account is its own witness.
    """
    with house.store.begin() as s:
        orphans = _salted(s, house, queue.sending_letters(s, house.owner_id))
    for letter, salt in orphans:
        message_id, _ = _names(house, letter, salt)
        try:
            found = file.find(house.accounts[house.main], message_id)
        except MailboxError as error:
            log.warning("cannot search for a letter yet", letter=letter.id, error=str(error))
            continue
        is_due = now >= (letter.due_at or letter.created_at) + GRACE
        with house.store.begin() as s:
            if found:
                queue.settle_letter(s, house.owner_id, letter.id, LetterState.SENT, now)
            elif is_due:
                queue.settle_letter(
                    s, house.owner_id, letter.id, LetterState.QUEUED, now, retry_at=now
                )


def _names(house: House, letter: Letter, salt: bytes | None) -> tuple[str, Address | None]:
    """The Message-ID and Reply-To of a letter, with its token where it carries one, which is made
    with that salt."""
    domain = house.identity.service.domain
    if letter.token_id is None:
        message_id = letter.message_id or token.plain_message_id(letter.id, domain)
        return message_id, house.identity.service
    if salt is None:
        raise NotFound(f"There is no token {letter.token_id}.")
    plain = token.derive(house.secret, letter.token_id, salt)
    return token.message_id(plain, domain), token.reply_to(house.identity.service, plain)


GRACE = timedelta(minutes=2)
"""How long a letter that was accepted may take to arrive in the owner's own mailbox."""
