"""Handing one mail to the account's outgoing server, telling exactly what became of it."""

import contextlib
import re
import smtplib
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from mailflow.account.protection import at
from mailflow.account.submission import open_submission, text, told
from mailflow.config import AccountConfig
from mailflow.errors import MailboxError
from mailflow.model.wire import Accepted, Envelope, Outcome, Refused, Unknown

ANSWER_TIMEOUT = timedelta(minutes=2)
"""How long the server may think about a whole mail: it may be scanning it (RFC 5321 §4.5.3.2.6)."""

_NOT_IN_A_PATH = re.compile(r"[\x00-\x20\x7f<>]")
_CHANGED_BY_IDNA_2003 = frozenset("ßς\u200c\u200d")
_ABOUT_THE_ACCOUNT = frozenset({421, 454, 530, 534, 535, 538})
"""Reply codes that say nothing about the mail, whatever their first digit."""


class _SaidNo(Exception):
    """The mail was refused before any of it was given away."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.detail)
        self.refused = refused


class SmtpPost:
    """`Post` over SMTP submission (RFC 6409). Keeps its line open between two mails."""

    def __init__(
        self, config: AccountConfig, *, answer_timeout: timedelta = ANSWER_TIMEOUT
    ) -> None:
        self._server = config.smtp
        self._patience = max(answer_timeout, self._server.timeout).total_seconds()
        self._smtp: smtplib.SMTP | None = None

    def send(self, envelope: Envelope, data: bytes) -> Outcome:
        """One transaction, all recipients or none; never raises for what the world does.

        Refused: nothing was sent. What is not about this mail (no connection, no login, a
        certificate) is never permanent. Unknown: the final dot may have arrived, no answer came.
        """
        try:
            # 1. a line that is open, protected and logged in
            smtp = self._open()
            # 2. the envelope: the first no is the answer
            self._offer(smtp, envelope, data)
            # 3. all but the final dot: without it the mail is thrown away (RFC 5321 §4.1.1.4)
            smtp.send(dot_stuffed(data))
        except _SaidNo as said:
            self._reset(said.refused)
            return said.refused
        except MailboxError as error:
            return Refused(is_permanent=False, code=0, detail=str(error))
        except OSError as error:
            self._drop()
            return Refused(is_permanent=False, code=0, detail=told(error, self._server))
        # 4. the dot, and what the server says to it
        return self._end(smtp)

    def close(self) -> None:
        """Say good-bye; never raises."""
        if self._smtp is not None:
            with contextlib.suppress(OSError):
                self._smtp.quit()
        self._drop()

    def _open(self) -> smtplib.SMTP:
        if self._smtp is not None and not _is_alive(self._smtp):
            self._drop()
        if self._smtp is None:
            self._smtp = open_submission(self._server)
        return self._smtp

    def _offer(self, smtp: smtplib.SMTP, envelope: Envelope, data: bytes) -> None:
        if not envelope.recipients:
            raise _SaidNo(Refused(is_permanent=True, code=0, detail="The mail has no recipient."))
        sender, *recipients = (_path(p) for p in (envelope.sender, *envelope.recipients))
        options = _options(smtp, (sender, *recipients), data)
        self._expect(2, f"the sender {sender}", lambda: smtp.mail(sender, options))
        for recipient, asked in zip(recipients, envelope.recipients, strict=True):
            self._expect(2, recipient, partial(smtp.rcpt, recipient), asked)
        self._expect(3, "to take the mail", lambda: smtp.docmd("DATA"))

    def _expect(
        self, digit: int, what: str, say: Callable[[], tuple[int, bytes]], recipient: str = ""
    ) -> None:
        code, answer = say()
        if code // 100 != digit:
            raise _SaidNo(self._refused(code, answer, what, recipient))

    def _refused(self, code: int, answer: bytes, what: str, recipient: str = "") -> Refused:
        is_permanent = 500 <= code < 600 and code not in _ABOUT_THE_ACCOUNT
        detail = f"{at(self._server)} refused {what}: {text(code, answer)}"
        return Refused(is_permanent, max(code, 0), detail, recipient)

    def _end(self, smtp: smtplib.SMTP) -> Outcome:
        try:
            self._wait_up_to(smtp, self._patience)
            smtp.send(b".\r\n")
            code, answer = smtp.getreply()
            self._wait_up_to(smtp, self._server.timeout.total_seconds())
        except OSError as error:
            self._drop()
            return Unknown(f"The mail was given, but no answer came. {told(error, self._server)}")
        if 200 <= code < 300:
            return Accepted(text(code, answer))
        if 400 <= code < 600:
            refused = self._refused(code, answer, "the mail")
            self._reset(refused)
            return refused
        self._drop()
        return Unknown(f"The answer to the mail makes no sense: {text(code, answer)}")

    def _wait_up_to(self, smtp: smtplib.SMTP, seconds: float) -> None:
        if smtp.sock is not None:
            smtp.sock.settimeout(seconds)

    def _reset(self, refused: Refused) -> None:
        """Leave the line ready for the next mail, or close it when it is the trouble itself."""
        smtp = self._smtp
        if smtp is not None and (refused.code in _ABOUT_THE_ACCOUNT or not _is_alive(smtp)):
            self._drop()

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def dot_stuffed(data: bytes) -> bytes:
    """Every line ended by CRLF and none that is a lone dot (RFC 5321 §4.5.2).

    Bare CR and LF become CRLF, so that no server can see the mail's end where another sees none.
    """
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    if not lines[-1]:
        lines.pop()
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)


def _is_alive(smtp: smtplib.SMTP) -> bool:
    """RSET also clears whatever transaction was left half done."""
    try:
        return bool(smtp.rset()[0] == 250)
    except OSError:
        return False


def _path(address: str) -> str:
    """The address as an envelope may carry it: a domain beyond ASCII as A-labels (RFC 5890)."""
    local, _, domain = address.rpartition("@")
    if not local or not domain or _NOT_IN_A_PATH.search(address):
        refused = Refused(True, 0, f"“{address!r}” cannot be written on an envelope.")
        raise _SaidNo(refused)
    if local.isascii() and not _CHANGED_BY_IDNA_2003 & set(domain):
        with contextlib.suppress(UnicodeError):
            return f"{local}@{domain.encode('idna').decode('ascii')}"
    return address


def _options(smtp: smtplib.SMTP, paths: tuple[str, ...], data: bytes) -> list[str]:
    """The parameters of MAIL FROM: SIZE (RFC 1870), 8BITMIME (RFC 6152), SMTPUTF8 (RFC 6531)."""
    options = [f"SIZE={len(data)}"] if smtp.has_extn("size") else []
    if not data.isascii() and smtp.has_extn("8bitmime"):
        options.append("BODY=8BITMIME")
    head = data.partition(b"\r\n\r\n")[0]
    if all(path.isascii() for path in paths) and head.isascii():
        return options
    if not smtp.has_extn("smtputf8"):
        raise _SaidNo(
            Refused(True, 0, "The outgoing server cannot carry addresses beyond ASCII (SMTPUTF8).")
        )
    return [*options, "SMTPUTF8"]
