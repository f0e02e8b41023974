"""An account's connection as it is used: opened when needed, renewed when it broke."""

import contextlib
import selectors
import time
from collections.abc import Iterator

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, ProtocolError

from mailflow.account import credentials
from mailflow.account.protection import at, explain
from mailflow.account.session import BROKEN, hang_up, open_session, said
from mailflow.config import Server
from mailflow.errors import LoginRefused, MailboxError

PROBE_AFTER_S = 60
"""A line unused for so long may have been forgotten by a router on the way."""

REFUSED_FOR_S = 300


class Line:
    """A logged-in connection that heals between two uses, never in the middle of one."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.uses = 0
        """How often it was used; one number belongs to one use."""
        self._client: IMAPClient | None = None
        self._used_at = 0.0
        self._refusal: tuple[float, int, LoginRefused] | None = None

    @contextlib.contextmanager
    def asking(self) -> Iterator[IMAPClient]:
        """The connection; whatever goes wrong with it inside becomes a MailboxError.

        A command is never repeated by itself: a broken line is dropped, the next use connects.
        """
        client = self._open()
        self.uses += 1
        try:
            yield client
        except BROKEN as error:
            self.drop()
            raise MailboxError(explain(error, self._server)) from error
        except (ProtocolError, ValueError) as error:
            self.drop()
            raise MailboxError(
                f"The answer of {at(self._server)} makes no sense: {error}"
            ) from error
        except IMAPClientError as error:
            raise MailboxError(f"{at(self._server)} said no: {said(error)}") from error
        self._used_at = time.monotonic()

    def close(self) -> None:
        """Say good-bye; never raises."""
        client, self._client = self._client, None
        if client is not None:
            try:
                client.logout()
            except (*BROKEN, IMAPClientError):
                hang_up(client)

    def drop(self) -> None:
        """Close without a word."""
        client, self._client = self._client, None
        if client is not None:
            hang_up(client)

    def _open(self) -> IMAPClient:
        if self._client is not None and self._is_doubtful(self._client):
            try:
                self._client.noop()
            except (*BROKEN, IMAPClientError):
                self.drop()
        if self._client is None:
            self._client = self._log_in()
        return self._client

    def _log_in(self) -> IMAPClient:
        """A refused password is not tried again at once, unless it was changed: providers lock
        accounts for that."""
        if self._refusal is not None:
            until, which, error = self._refusal
            is_same = hash(credentials.password(self._server.secret)) == which
            if is_same and time.monotonic() < until:
                raise error
        self._refusal = None
        try:
            return open_session(self._server)
        except LoginRefused as error:
            which = hash(credentials.password(self._server.secret))
            self._refusal = (time.monotonic() + REFUSED_FOR_S, which, error)
            raise

    def _is_doubtful(self, client: IMAPClient) -> bool:
        """Silent for long, or something came unasked: a good-bye, or the end of the line."""
        if time.monotonic() - self._used_at > PROBE_AFTER_S:
            return True
        with selectors.DefaultSelector() as selector:
            selector.register(client.socket(), selectors.EVENT_READ)
            return bool(selector.select(0))
