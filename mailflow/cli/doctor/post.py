"""Checks by mail to oneself: does it arrive, at the service's address too, and what it shows."""

import re
from collections.abc import Iterator
from datetime import timedelta

from mailflow.cli.doctor import probe as probes
from mailflow.cli.doctor.finding import Finding, Level, Patient, advice, fault, fine
from mailflow.cli.doctor.probe import Probe
from mailflow.model.mail import InboundMessage

SKEW = timedelta(minutes=2)
"""How far the server's clock may be from ours before it is worth a word."""
UNPROVED = (
    "security.authserv_id is not set, so a mail that only pretends to be from you could add people"
    " and have drafts written; approving and sending need a secret anyway."
)
ON_THE_WAY = timedelta(minutes=5)
"""How long the letter itself may have taken."""


def round_trip(patient: Patient) -> Iterator[Finding]:
    """1. write to oneself, to the service, and to a sub-address of the service as tokens use it
    2. wait  3. say what came of each  4. read what the mail shows  5. take the letters away."""
    if not (patient.sends_mail and patient.has_imap and patient.has_smtp):
        if patient.config.identity.authserv_id is None:
            yield advice(
                UNPROVED, "Run `mailflow doctor` with trial mails: it proposes what to write."
            )
        return
    identity = patient.config.identity
    tagged = identity.service.tagged("doctor-trial")
    sent = [probes.send(patient, to) for to in (identity.address, identity.service, tagged)]
    own, service, token = sent
    probes.await_all(patient, sent)
    try:
        yield from _own(patient, own)
        if own.has_arrived:
            yield from _service(patient, service)
            if service.has_arrived:
                yield from _token(token)
            yield from skew(own)
            yield from _sent_copies(patient, own)
        arrived = next((p for p in (service, own) if p.has_arrived), None)
        if arrived is not None:
            yield from _authenticity(patient, arrived)
    finally:
        left = probes.clear_away(patient, sent)
    if left:
        yield advice(f"A trial mail could not be removed from “{left[0]}”.", "Delete it there.")


def _own(patient: Patient, own: Probe) -> Iterator[Finding]:
    if own.refusal:
        yield fault(
            f"A mail to yourself was refused: {own.refusal}",
            f"owner.addresses must begin with an address this account may send from; it is"
            f" {own.to} now.",
        )
    elif not own.has_arrived:
        yield fault(
            f"A mail to {own.to} was taken but did not arrive within {_seconds(patient)}.",
            "Look whether it is slow, or sorted away by a filter; --wait 300 waits longer.",
        )
    else:
        yield fine(f"Mail to {own.to} arrives.")


def _service(patient: Patient, service: Probe) -> Iterator[Finding]:
    another = (
        f"Write a service.address that arrives in this account; if your provider has no"
        f" sub-addresses like {service.to}, an alias will do."
    )
    if service.refusal:
        yield fault(f"Mail to {service.to} is refused: {service.refusal}", another)
    elif not service.has_arrived:
        yield fault(
            f"Mail to the service's address {service.to} did not arrive within"
            f" {_seconds(patient)}.",
            another,
        )
    elif not probes.is_watched(patient, service.mailbox):
        yield fault(
            f"Mail to {service.to} is sorted into “{service.mailbox}”, where I do not look.",
            f"Write “{service.mailbox}” into accounts.{patient.account.name}.mailboxes, or change"
            " the filter.",
        )
    else:
        yield fine(f"Mail to the service's address {service.to} arrives.")


def _token(token: Probe) -> Iterator[Finding]:
    if token.has_arrived:
        yield fine("Sub-addresses of the service arrive: your answers carry their proof in them.")
    else:
        yield advice(
            f"Mail to {token.to} does not arrive, so your answers must carry their proof another"
            " way.",
            "Answer mailflow's mails with “reply”, not in a new mail; nothing else changes.",
        )


def skew(own: Probe) -> Iterator[Finding]:
    """How the mail server's clock, which stamped the letter's arrival, stands to ours."""
    if own.raw is None:
        return
    ahead = own.raw.received_at - own.sent_at
    if -SKEW <= ahead <= SKEW + ON_THE_WAY:
        yield fine("Your clock and the mail server's agree.")
    else:
        minutes = abs(ahead.total_seconds()) / 60
        direction = "behind" if ahead > timedelta(0) else "ahead of"
        yield advice(
            f"This machine's clock seems {minutes:.0f} minutes {direction} the mail server's.",
            "Set the clock, best by NTP (timedatectl set-ntp true).",
        )


def _sent_copies(patient: Patient, own: Probe) -> Iterator[Finding]:
    key = f"accounts.{patient.account.name}.files_sent_itself"
    does = bool(probes.copies_in_sent(patient, own))
    thinks = patient.imap.files_sent_itself
    if does and not thinks:
        yield advice("Your provider keeps sent mail by itself.", f"Write {key} = true.")
    elif thinks and not does:
        yield advice("Your provider does not keep sent mail by itself.", f"Write {key} = false.")
    else:
        who = "Your provider keeps" if does else "mailflow keeps"
        yield fine(f"{who} a copy of what is sent, once.")


def _authenticity(patient: Patient, arrived: Probe) -> Iterator[Finding]:
    """RFC 8601: only the configured server's word counts for who wrote a mail."""
    from mailflow.model.mail import Unreadable
    from mailflow.reading import authenticity, parse

    if arrived.raw is None:
        return
    message = parse.parse(arrived.raw.data, received_at=arrived.raw.received_at)
    if isinstance(message, Unreadable):
        return
    configured = patient.config.identity.authserv_id
    if configured is not None:
        is_believed = authenticity.verdict(message, configured) is True
        yield _configured(message, configured, is_believed=is_believed)
        return
    proposed = authserv_id(message)
    if proposed is None:
        yield advice(
            "Your server does not say whether a mail is really from its sender, so a mail that"
            " pretends to be from you could add people. Approving and sending need a secret"
            " anyway.",
            "Nothing can be set; keep the service's address to yourself.",
        )
    elif authenticity.verdict(message, proposed):
        yield Finding(
            Level.ADVICE,
            "Your server says whether a mail is really from its sender, and you do not use it: a"
            " mail that pretends to be from you could add people.",
            f'Write authserv_id = "{proposed}" under [security].',
            authserv_id=proposed,
        )
    else:
        yield advice(
            f"Your server “{proposed}” checks senders, but does not vouch for your own mail.",
            "Leave security.authserv_id out, or your own instructions would be refused.",
        )


def _configured(message: InboundMessage, configured: str, *, is_believed: bool) -> Finding:
    if is_believed:
        return fine(f"{configured} vouches for mail from you; forgeries are found out.")
    named = authserv_id(message)
    if named is None or named.casefold() == configured.casefold():
        return fault(
            f"{configured} does not vouch for your own mail, so your instructions are refused.",
            "Take security.authserv_id out.",
        )
    return fault(
        f"Your server calls itself {named}, not {configured}, so your instructions are refused.",
        f'Write authserv_id = "{named}" under [security].',
    )


def authserv_id(message: InboundMessage) -> str | None:
    """The name in the topmost Authentication-Results, which the last server on the way wrote."""
    from mailflow.reading import authenticity

    top = message.header("authentication-results")
    name = authenticity.read(top)[0] if top else ""
    return name if re.fullmatch(r"[\w.-]{1,253}", name, re.ASCII) else None


def _seconds(patient: Patient) -> str:
    return f"{patient.wait.total_seconds():.0f} s"
