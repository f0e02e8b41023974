"""A mail that could not be read: set aside with its bytes, and answered if the owner sent it."""

import structlog

from mailflow.drafting import letters
from mailflow.errors import StoreUnavailable
from mailflow.model.letter import LetterKind
from mailflow.model.mail import InboundMessage, Kind, Oversize, RawMessage
from mailflow.model.wire import Cursor
from mailflow.reading import authenticity, classify, parse
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.limits import is_over_limit
from mailflow.tick.mail import Intake

log = structlog.get_logger()
WHAT_TO_DO = (
    "Please send it again in another form: fewer or smaller files in a mail, or the people typed "
    "as lines. What you sent is kept: on your computer, mailflow quarantine list shows it."
)


def set_aside(
    house: House, intake: Intake, raw: RawMessage | Oversize, reason: str, *, in_sent: bool
) -> None:
    """Into quarantine, where it stays until it is replayed; the cursor moves on.

    Meant for the service, it is answered at once: the owner waits for that. The copy such a mail
    left in Sent is passed over, as always. What cannot be answered either is set aside all the
    same: no mail may keep the next one from being read.
    """
    try:
        meant = _for_us(house, raw, in_sent=in_sent)
        _put_aside(house, intake, raw, reason, meant, in_sent=in_sent)
    except StoreUnavailable:
        raise
    except Exception:
        log.exception("not answered", location=str(raw.location))
        _put_aside(house, intake, raw, reason, None, in_sent=in_sent)


def _put_aside(
    house: House,
    intake: Intake,
    raw: RawMessage | Oversize,
    reason: str,
    meant: InboundMessage | None,
    *,
    in_sent: bool,
) -> None:
    at = raw.location
    with house.store.begin() as s:
        if meant is not None and not in_sent:
            tell_unread(s, house, intake, meant, reason)
        if meant is None or not in_sent:
            record.quarantine(s, house.owner_id, at, reason, _bytes_of(raw), intake.now)
        cursor = Cursor(at.uidvalidity, at.uid)
        record.move_cursor(s, house.owner_id, at.account, at.mailbox, cursor, intake.now)
    intake.quarantined += meant is None or not in_sent


def tell_unread(
    s: Session, house: House, intake: Intake, message: InboundMessage, reason: str
) -> None:
    """Answer a mail to the service of which nothing was done, once."""
    about = f"“{message.subject[:60]}”" if message.subject else "without a subject"
    text = (f"I could not read your mail {about}, so nothing in it was done. {reason}", WHAT_TO_DO)
    title = f"That did not work: your mail {about} could not be read"
    rendered = house.templates.render("notice", letters.notice(title, text, house.identity))
    queue.add_letter(
        s,
        house.owner_id,
        kind=LetterKind.TRANSCRIPT,
        subject=rendered.subject,
        body=rendered.body,
        html=rendered.html,
        in_reply_to=message.message_id if message.has_message_id else None,
        is_held=is_over_limit(s, house, intake.now),
        key=f"unread {message.message_id}"[:200],
        now=intake.now,
    )


def _bytes_of(raw: RawMessage | Oversize) -> bytes:
    return raw.head if isinstance(raw, Oversize) else raw.data


def _for_us(house: House, raw: RawMessage | Oversize, *, in_sent: bool) -> InboundMessage | None:
    """The head of the mail if the owner wrote it to the service."""
    message = parse.head(_bytes_of(raw), received_at=raw.received_at)
    if not isinstance(message, InboundMessage):
        return None
    identity = house.identity
    is_authentic = authenticity.verdict(message, identity.authserv_id)
    with house.store.begin() as s:
        known = facts.known(
            s, house.owner_id, message, identity, in_sent=in_sent, is_authentic=is_authentic
        )
    is_ours = classify.classify(message, known).kind is Kind.INSTRUCTION
    return message if is_ours and is_authentic is not False else None
