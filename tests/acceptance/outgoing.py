"""The owner's outgoing server in the daemon's trials: delivers into Dovecot, and can do anything at
any step, such as killing the daemon that is just talking to it."""

import contextlib
import smtplib
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from mailflow.model.wire import Envelope
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import ScriptedSmtp

Deed = Callable[[], None]


@dataclass
class Outgoing(ScriptedSmtp):
    """`deeds` maps a step to what is done the next time a client comes to it, once.

    Steps in order: CONNECT EHLO AUTH MAIL RCPT DATA BODY DOT. At BODY the client was told to go
    ahead; at DOT the mail lies in the recipients' mailboxes and nobody has been told.
    """

    deeds: dict[str, Deed] = field(default_factory=dict)

    def reach(self, step: str, argument: str = "") -> str | None:
        if deed := self.deeds.pop(step, None):
            deed()
        return super().reach(step, argument)

    def cut(self) -> None:
        """Break every line, so that the next mail needs a new one."""
        for line in list(self._open):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


def into(dovecot: Dovecot) -> Outgoing:
    """A server that delivers by LMTP; what nobody is there for is accepted and gone."""

    def deliver(envelope: Envelope, data: bytes) -> None:
        for recipient in envelope.recipients:
            try:
                dovecot.deliver(recipient, data, envelope.sender)
            except smtplib.SMTPRecipientsRefused:
                continue

    return Outgoing(deliver=deliver)
