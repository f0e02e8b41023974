"""A logged-in connection to the outgoing server (RFC 6409), or the sentence why there is none."""

import base64
import smtplib
import socket

from mailflow.account import credentials
from mailflow.account.protection import at, context, explain, refuse_in_the_clear
from mailflow.config import Login, Server, Wrap
from mailflow.errors import LoginRefused, MailboxError

_OUR_NAME = "[127.0.0.1]"
"""Said in EHLO: looking up a real name may hang in DNS and tells strangers about this machine."""


def open_submission(server: Server) -> smtplib.SMTP:
    """Connect, protect and log in. Raises LoginRefused for credentials, MailboxError for all else.

    Without a user nobody logs in, nor where a server on this machine asks for no login.
    """
    refuse_in_the_clear(server)
    secret = credentials.password(server.secret) if server.user else ""
    try:
        smtp = _connect(server)
    except OSError as error:
        raise MailboxError(told(error, server)) from error
    try:
        _protect(smtp, server)
        if server.user:
            _log_in(smtp, server, secret)
    except OSError as error:
        smtp.close()
        raise MailboxError(told(error, server)) from error
    except MailboxError:
        smtp.close()
        raise
    return smtp


def told(error: OSError, server: Server) -> str:
    """The sentence for what smtplib raised; it wraps the time-outs and resets of the socket."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{at(server)} said: {text(error.smtp_code, error.smtp_error)}"
    inner = error.__context__
    if isinstance(error, smtplib.SMTPException) and isinstance(inner, OSError):
        return explain(inner, server)
    return explain(error, server)


def text(code: int, answer: bytes | str) -> str:
    """A reply in one line, as much of it as an owner wants to read."""
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(said.split())[:400]}"


def _connect(server: Server) -> smtplib.SMTP:
    seconds = server.timeout.total_seconds()
    if server.wrap is Wrap.TLS:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, _OUR_NAME, timeout=seconds, context=context(server)
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, _OUR_NAME, timeout=seconds)
    if smtp.sock is not None:
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return smtp


def _protect(smtp: smtplib.SMTP, server: Server) -> None:
    smtp.ehlo_or_helo_if_needed()
    if server.wrap is not Wrap.STARTTLS:
        return
    if not smtp.has_extn("starttls"):
        raise MailboxError(
            f"{at(server)} does not offer STARTTLS, so nothing was sent to it; "
            f"set security to “tls” (mostly port 465)."
        )
    smtp.starttls(context=context(server))
    smtp.ehlo_or_helo_if_needed()


def _log_in(smtp: smtplib.SMTP, server: Server, secret: str) -> None:
    if not smtp.has_extn("auth"):
        if server.wrap is Wrap.PLAIN:
            return
        raise MailboxError(f"{at(server)} offers no login; check the port (465 or 587).")
    try:
        if server.login is Login.OAUTH2:
            _log_in_with_token(smtp, server, secret)
        elif "PLAIN" in _mechanisms(smtp):
            _log_in_plain(smtp, server.user, secret)
        else:
            smtp.login(server.user, secret)
    except smtplib.SMTPAuthenticationError as error:
        said = text(error.smtp_code, error.smtp_error)
        if error.smtp_code == 454:
            raise MailboxError(f"{at(server)} cannot log anybody in now: {said}") from error
        raise LoginRefused(
            f"{at(server)} refused the login of {server.user} ({said}); "
            f"{credentials.advice(server.login)}"
        ) from error
    except UnicodeEncodeError:
        raise LoginRefused(
            f"{at(server)} offers no login that can carry a user or password with letters "
            f"beyond ASCII; choose a password without."
        ) from None


def _log_in_plain(smtp: smtplib.SMTP, user: str, secret: str) -> None:
    """AUTH PLAIN in UTF-8 (RFC 4616), which smtplib knows in ASCII only."""
    response = base64.b64encode(f"\0{user}\0{secret}".encode()).decode("ascii")
    code, said = smtp.docmd("AUTH", f"PLAIN {response}")
    if code not in {235, 503}:
        raise smtplib.SMTPAuthenticationError(code, said)


def _log_in_with_token(smtp: smtplib.SMTP, server: Server, token: str) -> None:
    """AUTH OAUTHBEARER (RFC 7628 §3.1), or XOAUTH2 from before it, which has the same parts."""
    offered = _mechanisms(smtp)
    user = server.user
    if "OAUTHBEARER" in offered:
        mechanism, head = "OAUTHBEARER", f"n,a={user.replace('=', '=3D').replace(',', '=2C')},"
    elif "XOAUTH2" in offered:
        mechanism, head = "XOAUTH2", f"user={user}"
    else:
        raise LoginRefused(credentials.no_tokens(at(server)))
    parts = f"{head}\1auth=Bearer {token}\1\1"
    code, said = smtp.docmd("AUTH", f"{mechanism} {base64.b64encode(parts.encode()).decode()}")
    if code == 334:  # why not, as JSON: the refusal itself comes after an empty answer
        code, said = smtp.docmd("")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, said)


def _mechanisms(smtp: smtplib.SMTP) -> list[str]:
    return smtp.esmtp_features["auth"].upper().split()
