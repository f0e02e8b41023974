"""One logged-in IMAP connection: protected, with time-outs, its failures told in sentences."""

import contextlib
import imaplib
import socket
from collections.abc import Iterator

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from mailflow.account import credentials
from mailflow.account.protection import at, context, explain, refuse_in_the_clear
from mailflow.config import Login, Server, Wrap
from mailflow.errors import LoginRefused, MailboxError

BROKEN = (IMAPClientAbortError, OSError, EOFError)
"""What a line that cannot be used any more raises; TLS errors and time-outs are OSErrors."""

_NOT_NOW = ("[UNAVAILABLE]", "[LIMIT]", "[INUSE]", "[SERVERBUG]")
"""Response codes (RFC 5530) that say nothing about the password."""

# A SEARCH in a mailbox of a million mails answers with one line of eight megabytes.
imaplib._MAXLINE = max(imaplib._MAXLINE, 10_000_000)  # type: ignore[attr-defined]


def open_session(server: Server) -> IMAPClient:
    """Connect and log in. Raises LoginRefused for credentials, MailboxError for all else."""
    refuse_in_the_clear(server)
    secret = credentials.password(server.secret)
    client = _connect(server)
    try:
        _protect(client, server)
        _log_in(client, server, secret)
    except BaseException:
        hang_up(client)
        raise
    return client


def hang_up(client: IMAPClient) -> None:
    """Close the socket without a word to the server; never raises."""
    with contextlib.suppress(*BROKEN, IMAPClientError):
        client.shutdown()


@contextlib.contextmanager
def in_sentences(server: Server) -> Iterator[None]:
    """Turn whatever the library raises into a MailboxError for the owner."""
    try:
        yield
    except BROKEN as error:
        raise MailboxError(explain(error, server)) from error
    except IMAPClientError as error:
        raise MailboxError(f"{at(server)} said no: {said(error)}") from error


def said(error: BaseException) -> str:
    """The server's own words, which the library passes on as bytes or as the picture of bytes."""
    inner = error.__context__ if isinstance(error, LoginError) else None
    words = (inner or error).args[0] if (inner or error).args else str(error)
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)


def _connect(server: Server) -> IMAPClient:
    seconds = server.timeout.total_seconds()
    with in_sentences(server):
        client = IMAPClient(
            server.host,
            server.port,
            ssl=server.wrap is Wrap.TLS,
            ssl_context=context(server) if server.wrap is Wrap.TLS else None,
            timeout=SocketTimeout(seconds, seconds),
        )
    client.normalise_times = False
    client._imap.debug = 0  # its own log holds whole lines of the owner's mail
    line: socket.socket = client.socket()
    # Nagle's algorithm makes each APPEND wait for a delayed ACK.
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # A router that forgot the line shall be noticed within minutes, not at the next command.
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 120), ("TCP_KEEPINTVL", 30), ("TCP_KEEPCNT", 4)):
        if hasattr(socket, name):  # not everywhere
            line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
    return client


def _protect(client: IMAPClient, server: Server) -> None:
    if server.wrap is not Wrap.STARTTLS:
        return
    if not client.has_capability("STARTTLS"):
        raise MailboxError(
            f"{at(server)} does not offer STARTTLS, so nothing was sent to it; "
            f"set security to “tls” (mostly port 993)."
        )
    with in_sentences(server):
        client.starttls(context(server))


def _log_in(client: IMAPClient, server: Server, secret: str) -> None:
    with in_sentences(server):
        if server.login is Login.PASSWORD and client.has_capability("LOGINDISABLED"):
            raise LoginRefused(
                f"{at(server)} takes no password over this connection; set security to “tls”."
            )
        try:
            _authenticate(client, server, secret)
        except LoginError as error:
            if isinstance(error.__context__, BROKEN):
                raise MailboxError(explain(error.__context__, server)) from None
            if any(code in str(error).upper() for code in _NOT_NOW):
                raise MailboxError(
                    f"{at(server)} cannot log anybody in now: {said(error)}"
                ) from None
            raise LoginRefused(
                f"{at(server)} refused the login of {server.user} ({said(error)}); "
                f"{credentials.advice(server.login)}"
            ) from None
        # Some servers announce what they can only to those who logged in.
        client._cached_capabilities = None
        client.capabilities()


def _authenticate(client: IMAPClient, server: Server, secret: str) -> None:
    if server.login is Login.OAUTH2:
        if client.has_capability("AUTH=OAUTHBEARER"):
            client.oauthbearer_login(server.user, secret)
        elif client.has_capability("AUTH=XOAUTH2"):
            client.oauth2_login(server.user, secret)
        else:
            raise LoginRefused(credentials.no_tokens(at(server)))
    # LOGIN is ASCII only (RFC 3501 §6.2.3); AUTHENTICATE PLAIN carries any UTF-8.
    elif server.user.isascii() and secret.isascii():
        client.login(server.user, secret)
    else:
        client.plain_login(server.user, secret)
