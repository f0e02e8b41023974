"""Checks of the lines to the provider: both logins, the mailboxes, and being told of new mail."""

from collections.abc import Iterator

from mailflow.cli.doctor.finding import Finding, Patient, advice, fault, fine
from mailflow.config import Server, Wrap
from mailflow.errors import LoginRefused, MailboxError

PROTECTION = {
    Wrap.TLS: "by TLS, and its certificate is good",
    Wrap.STARTTLS: "by STARTTLS, and its certificate is good",
    Wrap.PLAIN: "unprotected, which is fine within this machine",
}


def incoming(patient: Patient) -> Iterator[Finding]:
    """IMAP can be reached, is who it says it is, and lets the owner in."""
    try:
        patient.imap.folders()
    except MailboxError as error:
        yield _failure(error, f"accounts.{patient.account.name}.imap")
        return
    patient.has_imap = True
    yield fine(f"IMAP: logged in at {_reached(patient.account.imap)}.")


def mailboxes(patient: Patient) -> Iterator[Finding]:
    """Every mailbox that is watched or written to exists."""
    if not patient.has_imap:
        return
    key = f"accounts.{patient.account.name}"
    found = patient.imap.folders()
    if found.sent:
        yield fine(f"Sent mail is in “{found.sent}”.")
    else:
        yield fault(
            "I cannot tell where your sent mail is kept, so I would not see what you write.",
            f"Write {key}.sent, with the name of that mailbox.",
        )
    if found.drafts:
        yield fine(f"Drafts go to “{found.drafts}”.")
    else:
        yield advice(
            "There is no mailbox for drafts; you will get them by mail only.",
            f"Write {key}.drafts, with the name of one.",
        )
    for mailbox in patient.account.mailboxes:
        try:
            patient.imap.cursor(mailbox)
        except MailboxError as error:
            yield fault(str(error), f"Put {key}.mailboxes right.")
        else:
            yield fine(f"“{mailbox}” is there to be watched.")


def notices(patient: Patient) -> Iterator[Finding]:
    """IDLE (RFC 2177): the server tells of new mail by itself."""
    if not patient.has_imap:
        return
    if "IDLE" in patient.capabilities():
        yield fine("The server tells of new mail at once.")
    else:
        seconds = int(patient.config.tick_every.total_seconds())
        yield advice(
            f"The server cannot tell of new mail; I ask every {seconds} s instead.",
            "Nothing need be done; daemon.tick_seconds sets how often.",
        )


def outgoing(patient: Patient) -> Iterator[Finding]:
    """SMTP can be reached, is who it says it is, and lets the owner in."""
    from mailflow.account.submission import open_submission

    try:
        open_submission(patient.account.smtp).close()
    except MailboxError as error:
        yield _failure(error, f"accounts.{patient.account.name}.smtp")
        return
    patient.has_smtp = True
    yield fine(f"SMTP: logged in at {_reached(patient.account.smtp)}.")


def _failure(error: MailboxError, key: str) -> Finding:
    if isinstance(error, LoginRefused):
        return fault(str(error), f"Look at user and password under [{key}].")
    return fault(str(error), f"Look at [{key}].")


def _reached(server: Server) -> str:
    return f"{server.host}:{server.port} {PROTECTION[server.wrap]}"
