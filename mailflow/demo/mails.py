"""The mails the people of the demo write, as their mail clients would write them."""

from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import default
from email.utils import make_msgid

from mailflow.demo.people import ADA, SERVICE, ZONE, Person
from mailflow.model.address import Address

JANES_CARD = """\
BEGIN:VCARD
VERSION:3.0
FN:Jane Roe
N:Roe;Jane;;;
ORG:Acme Robotics
TITLE:CTO
EMAIL;TYPE=WORK:jane@acme.example
TEL;TYPE=CELL:+49 30 901820
URL:https://acme.example
END:VCARD
"""

JANES_NOTE = "@PyCon #robotics: wants two pilot customers in logistics; promised our benchmark"

RAJS_LINE = (
    "met Raj Rao <raj@payroll.example>, founder at Payroll Works @PyCon #founders: "
    "wants intros to seed investors; promised our benchmark"
)


def read(data: bytes) -> EmailMessage:
    """A stored mail, for looking at."""
    return message_from_bytes(data, policy=default)


def text_of(data: bytes) -> str:
    """The plain text of a stored mail."""
    body = read(data).get_body(("plain",))
    return "" if body is None else str(body.get_content())


def to_service(subject: str, text: str, at: datetime) -> EmailMessage:
    """A mail of the owner's to mailflow."""
    return _new(ADA, SERVICE, subject, text, at)


def with_card(mail: EmailMessage, card: str, filename: str) -> EmailMessage:
    """The mail with a vCard attached."""
    data = card.replace("\n", "\r\n").encode()
    mail.add_attachment(data, maintype="text", subtype="vcard", filename=filename)
    return mail


def answer(data: bytes, sender: Person, text: str, at: datetime) -> EmailMessage:
    """An answer with the original quoted beneath, to where the original asks for it."""
    original = read(data)
    to = _address(original, "Reply-To", "From")
    quoted = "\n".join(f"> {line}".rstrip() for line in text_of(data).splitlines())
    name = str(original["From"].addresses[0].display_name) or str(to)
    subject = str(original["Subject"])
    if not subject.lower().startswith("re:"):
        subject = f"Re: {subject}"
    mail = _new(sender, to, subject, f"{text}\n\n{_wrote(name, original)}\n{quoted}\n", at)
    mail["In-Reply-To"] = original["Message-ID"]
    references = f"{original['References'] or ''} {original['Message-ID']}".split()
    mail["References"] = " ".join(references)
    return mail


def recipient(mail: EmailMessage) -> Address:
    """Whom the mail is to."""
    return _address(mail, "To")


def _wrote(name: str, original: EmailMessage) -> str:
    at = original["Date"].datetime.astimezone(ZONE)
    return f"On {at:%d %b %Y}, at {at:%H:%M}, {name} wrote:"


def _address(mail: EmailMessage, *headers: str) -> Address:
    """The first address of the first of these headers that is there."""
    value = next(mail[header] for header in headers if mail[header])
    return Address.parse(value.addresses[0].addr_spec)


def _new(sender: Person, to: Address, subject: str, text: str, at: datetime) -> EmailMessage:
    mail = EmailMessage(policy=default)
    mail["From"] = HeaderAddress(sender.name, addr_spec=str(sender.address))
    mail["To"] = HeaderAddress(addr_spec=str(to))
    mail["Subject"] = subject
    mail["Date"] = at.astimezone(ZONE)
    mail["Message-ID"] = make_msgid(domain=sender.address.domain)
    mail.set_content(text)
    return mail
