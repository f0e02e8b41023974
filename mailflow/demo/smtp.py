"""The demo's SMTP server: whoever has a mailbox may send, and mail lands in the others' INBOX."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from aiosmtpd.smtp import Envelope as Transaction
from aiosmtpd.smtp import Session as Line

from mailflow.demo.imap import Mailboxes
from mailflow.model.address import Address

HOST = "mail.demo.example"


def mailbox_of(recipient: Address) -> Address:
    """Whose mail it is: `ada+anything@` is Ada's (RFC 5233)."""
    return Address.parse(f"{recipient.local.partition('+')[0]}@{recipient.domain}")


class _Deliveries:
    """What the server does with one transaction: refuse strangers' mailboxes, stamp, store."""

    def __init__(self, mailboxes: Mailboxes, clock: Callable[[], datetime]) -> None:
        self._mailboxes = mailboxes
        self._clock = clock

    async def handle_MAIL(  # noqa: N802  the name is the library's
        self, server: SMTP, line: Line, transaction: Transaction, address: str, options: list[str]
    ) -> str:
        if not line.authenticated:
            return "530 5.7.0 log in first"
        transaction.mail_from = address
        transaction.mail_options.extend(options)
        return "250 2.1.0 ok"

    async def handle_RCPT(  # noqa: N802  the name is the library's
        self, server: SMTP, line: Line, transaction: Transaction, address: str, options: list[str]
    ) -> str:
        recipient = Address.maybe(address)
        if recipient is None or not self._mailboxes.has(mailbox_of(recipient)):
            return "550 5.1.1 nobody here has that address"
        transaction.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(  # noqa: N802  the name is the library's
        self, server: SMTP, line: Line, transaction: Transaction
    ) -> str:
        now = self._clock()
        for recipient in transaction.rcpt_tos:
            trace = (
                f"Return-Path: <{transaction.mail_from}>\r\n"
                f"Delivered-To: {recipient}\r\n"
                f"Received: from {line.host_name} by {HOST} with ESMTPA;\r\n"
                f" {format_datetime(now)}\r\n"
            )
            user = mailbox_of(Address.parse(recipient))
            data = trace.encode() + bytes(transaction.original_content)
            await self._mailboxes.store(user, "INBOX", data, now)
        return "250 2.0.0 delivered"


async def serve(
    mailboxes: Mailboxes, password: str, clock: Callable[[], datetime], port: int
) -> asyncio.Server:
    """Listen on this machine; port 0 takes a free one. Mail is stamped with `clock`'s instants."""
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # the library's own growing pains
    loop = asyncio.get_running_loop()
    deliveries = _Deliveries(mailboxes, clock)

    def may_enter(
        server: SMTP, line: Line, transaction: Transaction, mechanism: str, data: object
    ) -> AuthResult:
        known = (
            isinstance(data, LoginPassword)
            and data.password == password.encode()
            and (user := Address.maybe(data.login.decode("utf-8", "replace"))) is not None
            and mailboxes.has(user)
        )
        return AuthResult(success=known, handled=False)

    def protocol() -> SMTP:
        return SMTP(
            deliveries,
            hostname=HOST,
            ident="mailflow demo",
            enable_SMTPUTF8=True,
            auth_require_tls=False,
            authenticator=may_enter,
            loop=loop,
        )

    return await loop.create_server(protocol, "127.0.0.1", port)
