"""Texts to mails: the bytes that go over the wire, headers set by EmailMessage alone."""

from datetime import datetime
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from mailflow.drafting.headers import PLAIN, UNICODE, foreign_headers, literal, mailbox
from mailflow.errors import DraftingError
from mailflow.model.address import Address
from mailflow.model.draft import Draft
from mailflow.model.letter import Letter
from mailflow.model.mail import LOOP_HEADER
from mailflow.model.policy import Identity

SERVICE_NAME = "mailflow"
MAX_ID = 900
"""Longer Message-IDs would not fit on a line of 998 octets (RFC 5322 §2.1.1)."""

MAX_REFERENCES = 30
"""The first and the latest are kept of a longer thread, as RFC 5537 §3.4.4 allows."""


def compose_draft(draft: Draft, identity: Identity, *, message_id: str, date: datetime) -> bytes:
    """The mail to the contact, or to the two it introduces, as a person's own client would write
    it; lines end in CRLF.

    Nothing in it says mailflow: no token, no extra header. `date` is written in the owner's zone.
    Raises DraftingError, naming the mail, when a header cannot be made of what it is given.
    """
    message = _message(identity.address, *draft.recipients)
    what = f"The mail to {' and '.join(map(str, draft.recipients))}"
    names = (draft.to_name, draft.second_name)
    try:
        message["From"] = _header_address(identity.address, identity.name)
        message["To"] = [
            _header_address(address, name)
            for address, name in zip(draft.recipients, names, strict=False)
        ]
        message["Subject"] = literal(draft.subject)
        _thread(message, message_id, draft.in_reply_to, draft.references)
        message["Date"] = format_datetime(date.astimezone(identity.zone))
    except (ValueError, IndexError) as error:
        raise DraftingError(f"{what} cannot be written: {error}.") from error
    _set_text(message, draft.body)
    return _as_bytes(message, what)


def compose_placement(
    draft: Draft, identity: Identity, *, message_id: str, date: datetime
) -> bytes:
    """The copy for the owner's Drafts mailbox: the same mail, ready to be sent from any client.

    It bears no loop header, because what the owner sends from there is the owner's own.
    """
    return compose_draft(draft, identity, message_id=message_id, date=date)


def compose_letter(
    letter: Letter,
    identity: Identity,
    *,
    message_id: str,
    reply_to: Address | None,
    date: datetime,
) -> bytes:
    """A mail to the owner, marked as automatic (RFC 3834 §5) and with the loop header."""
    message = _message(identity.address, identity.service)
    what = f"The letter “{' '.join(letter.subject.split())}”"
    try:
        message["From"] = _header_address(identity.service, SERVICE_NAME)
        message["To"] = _header_address(identity.address, identity.name)
        if reply_to is not None:
            message["Reply-To"] = _header_address(reply_to, SERVICE_NAME)
        message["Subject"] = literal(letter.subject)
        _thread(message, message_id, letter.in_reply_to, letter.references)
        message["Date"] = format_datetime(date.astimezone(identity.zone))
        message["Auto-Submitted"] = "auto-generated"
        message[LOOP_HEADER] = "yes"
    except (ValueError, IndexError) as error:
        raise DraftingError(f"{what} cannot be written: {error}.") from error
    _set_text(message, letter.body)
    if letter.html:
        message.add_alternative(
            letter.html, subtype="html", charset="utf-8", cte="quoted-printable"
        )
        _add_pictures(message, letter)
    return _as_bytes(message, what)


def _add_pictures(message: EmailMessage, letter: Letter) -> None:
    """Beside the HTML that shows them (RFC 2387, RFC 2392): nothing is fetched from anywhere."""
    parts = [part for part in message.iter_parts() if part.get_content_subtype() == "html"]
    for name, data in letter.pictures if parts else ():
        parts[0].add_related(
            data, "image", "jpeg", cid=f"<{name}>", disposition="inline", filename="address.jpg"
        )


def is_message_id(text: str | None) -> bool:
    """Whether the text can stand in a header as a Message-ID: one printable ASCII word."""
    return bool(
        text
        and text.startswith("<")
        and text.endswith(">")
        and len(text) <= MAX_ID
        and text.isascii()
        and text.isprintable()
        and " " not in text
    )


def _message(*addresses: Address) -> EmailMessage:
    is_ascii = all(address.written.isascii() for address in addresses)
    return EmailMessage(policy=PLAIN if is_ascii else UNICODE)


def _header_address(address: Address, name: str) -> HeaderAddress:
    return mailbox(name, address.local, address.domain)


def _thread(
    message: EmailMessage, message_id: str, in_reply_to: str | None, references: tuple[str, ...]
) -> None:
    if not is_message_id(message_id):
        raise ValueError("its Message-ID is not one")
    message["Message-ID"] = message_id
    known = [each for each in dict.fromkeys(references) if is_message_id(each)]
    if in_reply_to is not None and is_message_id(in_reply_to):
        message["In-Reply-To"] = in_reply_to
        known = [*(each for each in known if each != in_reply_to), in_reply_to]
    if len(known) > MAX_REFERENCES:
        known = [known[0], *known[1 - MAX_REFERENCES :]]
    if known:
        message["References"] = " ".join(known)


def _set_text(message: EmailMessage, text: str) -> None:
    """One paragraph, one line: every client wraps it to its own width, a phone's too.

    Quoted-printable carries lines of any length; `format=flowed` would be the other way, but the
    most used web clients do not know it and show its short lines as they are.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    is_plain = lines.isascii() and all(len(line) <= 76 for line in lines.split("\n"))
    options: dict[str, Any] = {"cte": "7bit" if is_plain else "quoted-printable"}
    message.set_content(lines, charset="utf-8", **options)


def _as_bytes(message: EmailMessage, what: str) -> bytes:
    try:
        data = message.as_bytes()
    except (ValueError, UnicodeError, IndexError) as error:
        raise DraftingError(f"{what} cannot be written: {error}.") from error
    foreign = foreign_headers(data, {name.lower() for name in message})
    if foreign:
        raise DraftingError(f"{what} cannot be written: a header got in that was never set.")
    return data
