"""Letters the doctor writes to the owner's own addresses, looks for, and takes away again."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mailflow.cli.doctor.finding import Patient
from mailflow.errors import MailboxError
from mailflow.model.address import Address
from mailflow.model.mail import LOOP_HEADER, RawMessage
from mailflow.model.wire import Accepted, Envelope

POLL_SECONDS = 0.2
SLOWEST_POLL_SECONDS = 3.0
"""How long to wait between two looks, at first and at last."""
TEXT = (
    "mailflow doctor sent this mail to see whether mail to this address arrives.\n"
    "It is taken away as soon as it is found; if it stayed, delete it.\n"
)


@dataclass
class Probe:
    """One letter: where it was sent, and what became of it."""

    to: Address
    message_id: str
    sent_at: datetime
    refusal: str = ""
    mailbox: str = ""
    uids: Sequence[int] = ()
    raw: RawMessage | None = None

    @property
    def has_arrived(self) -> bool:
        return self.raw is not None


def send(patient: Patient, to: Address) -> Probe:
    """Write to one of the owner's own addresses, marked so that the daemon lets it be."""
    identity = patient.config.identity
    message_id = f"<doctor-{secrets.token_hex(16)}@{identity.address.domain}>"
    probe = Probe(to, message_id, patient.now())
    outcome = patient.post.send(
        Envelope(str(identity.address), (str(to),)), _letter(patient, to, message_id)
    )
    if not isinstance(outcome, Accepted):
        probe.refusal = outcome.detail or "the server refused it"
    return probe


def _letter(patient: Patient, to: Address, message_id: str) -> bytes:
    identity = patient.config.identity
    message = EmailMessage(policy=SMTP.clone(utf8=not f"{identity.address}{to}".isascii()))
    message["From"] = HeaderAddress(identity.name, identity.address.local, identity.address.domain)
    message["To"] = HeaderAddress("", to.local, to.domain)
    message["Subject"] = "mailflow doctor: a trial"
    message["Message-ID"] = message_id
    message["Date"] = format_datetime(patient.now())
    message["Auto-Submitted"] = "auto-generated"
    message[LOOP_HEADER] = "yes"
    message.set_content(TEXT)
    return message.as_bytes()


def await_all(patient: Patient, probes: Sequence[Probe]) -> None:
    """Look for the letters that were accepted, until all are found or the wait is over."""
    deadline = patient.now() + patient.wait
    pause = POLL_SECONDS
    while True:
        for probe in probes:
            if not probe.refusal and not probe.has_arrived:
                look(patient, probe)
        missing = [p for p in probes if not p.refusal and not p.has_arrived]
        if not missing or patient.now() >= deadline:
            return
        patient.sleep(pause)
        pause = min(pause * 1.5, SLOWEST_POLL_SECONDS)


def look(patient: Patient, probe: Probe) -> None:
    """Search every mailbox the letter may have been put into."""
    for mailbox in places(patient):
        try:
            uids = patient.imap.search_message_id(mailbox, probe.message_id)
            found = next(iter(patient.imap.fetch(mailbox, uids)), None) if uids else None
        except MailboxError:
            continue  # a mailbox that cannot be searched holds no letter that can be seen
        if found is not None:
            probe.mailbox, probe.uids, probe.raw = mailbox, uids, found
            return


def places(patient: Patient) -> list[str]:
    """Where mail may arrive: the watched mailboxes first, then where filters may put it."""
    folders = patient.imap.folders()
    others = (folders.junk, folders.archive, folders.trash)
    names = (folders.inbox, *patient.account.mailboxes, *others, *_named_for(patient))
    return list(dict.fromkeys(name for name in names if name))


def _named_for(patient: Patient) -> Iterator[str]:
    """Some servers sort mail to ada+mailflow@ into a mailbox named mailflow."""
    tag = patient.config.identity.service.local.partition("+")[2]
    if tag:
        yield from (tag, f"INBOX.{tag}", f"INBOX/{tag}")


def is_watched(patient: Patient, mailbox: str) -> bool:
    return mailbox == patient.imap.folders().inbox or mailbox in patient.account.mailboxes


def copies_in_sent(patient: Patient, probe: Probe) -> list[int]:
    """The copies that the server put into Sent by itself."""
    sent = patient.imap.folders().sent
    return patient.imap.search_message_id(sent, probe.message_id) if sent else []


def clear_away(patient: Patient, probes: Sequence[Probe]) -> list[str]:
    """Remove every copy of the letters; the mailboxes where that did not work."""
    folders = patient.imap.folders()
    failed = []
    for mailbox in dict.fromkeys([*places(patient), *filter(None, [folders.sent, folders.all])]):
        for probe in probes:
            try:
                patient.imap.remove(
                    mailbox, patient.imap.search_message_id(mailbox, probe.message_id)
                )
            except MailboxError:
                if mailbox == probe.mailbox:
                    failed.append(mailbox)
    return failed
