"""A connection that tells when a mailbox has news, by IDLE (RFC 2177) or by asking now and then."""

import enum
import ssl
import time
from datetime import timedelta

from imapclient.imap_utf7 import encode

from mailflow.account.protection import at, explain
from mailflow.account.session import hang_up, open_session
from mailflow.config import Server
from mailflow.errors import MailboxError

_CHUNK = 65536
_LONGEST_LINE = 1_000_000
_NOTHING_YET = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class _State(enum.Enum):
    """What the server was last told."""

    OPENING = "EXAMINE"  # waits for the mailbox to be open
    ENTERING = "IDLE"  # waits for the continuation
    IDLING = "idle"  # waits for news
    LEAVING = "DONE"  # waits for the end of IDLE, to begin it anew
    RESTING = "rest"  # no IDLE here: waits until it is time to ask
    ASKING = "NOOP"  # waits for the answer to that


class IdleLine:
    """One mailbox's connection for a selector loop; only its making blocks.

    It reads lines by itself: a line may come in pieces, TLS may hold bytes back from the selector,
    and the end of the stream must be told from silence. Whatever breaks raises MailboxError, and
    the line has to be closed then. Instants are those of `time.monotonic`.
    """

    def __init__(
        self, server: Server, mailbox: str, *, renew_every: timedelta, poll_every: timedelta
    ) -> None:
        self._server, self._mailbox = server, mailbox
        self._renew_s, self._poll_s = renew_every.total_seconds(), poll_every.total_seconds()
        self._patience_s = server.timeout.total_seconds()
        self._pending = b""
        self._tag, self._tags = b"", 0
        self._state = _State.OPENING
        self.due_at = 0.0
        """When `attend` has something to do, by `time.monotonic`."""
        self._client = open_session(server)
        try:
            self._can_idle = bool(self._client.has_capability("IDLE"))
            # Nothing can come unasked before a mailbox is open but a good-bye, which ends the
            # stream too: the library's buffer is empty, and the socket is ours from here on.
            self._socket = self._client.socket()
            self._socket.setblocking(False)
            self._tell(_State.OPENING, b'EXAMINE "' + _quoted(mailbox) + b'"')
        except BaseException:
            hang_up(self._client)
            raise

    def fileno(self) -> int:
        number: int = self._socket.fileno()
        return number

    @property
    def is_open(self) -> bool:
        """Whether the mailbox is open, so that news of it will be told."""
        return self._state is not _State.OPENING

    def receive(self) -> bool:
        """Take in what has come; whether there is news (always when the mailbox is opened)."""
        has_ended = self._read_all()
        *lines, self._pending = self._pending.split(b"\n")
        has_news = False
        for line in lines:
            has_news |= self._understand(line.strip())
        if has_ended:
            raise MailboxError(f"{at(self._server)} closed the connection.")
        if len(self._pending) > _LONGEST_LINE:
            raise MailboxError(f"{at(self._server)} sends a line without an end.")
        return has_news

    def attend(self) -> None:
        """What is due at `due_at`: renew, ask, or give up on a server that does not answer."""
        if time.monotonic() < self.due_at:
            return
        match self._state:
            case _State.IDLING:
                self._state = _State.LEAVING
                self._send(b"DONE\r\n")
            case _State.RESTING:
                self._tell(_State.ASKING, b"NOOP")
            case _:
                raise MailboxError(explain(TimeoutError(), self._server))

    def close(self) -> None:
        """Hang up; never raises."""
        hang_up(self._client)

    def _read_all(self) -> bool:
        """Everything there is, TLS's own buffer included; whether the stream has ended."""
        while True:
            try:
                chunk = self._socket.recv(_CHUNK)
            except _NOTHING_YET:
                return False
            except OSError as error:
                raise MailboxError(explain(error, self._server)) from error
            if not chunk:
                return True
            self._pending += chunk
            if len(self._pending) > _LONGEST_LINE:
                return False

    def _understand(self, line: bytes) -> bool:
        """One line of the server's; whether it is news."""
        if line.startswith(b"* "):
            words = line.upper().split(None, 3)
            if words[1:2] == [b"BYE"]:
                said = line[5:].decode("utf-8", "replace").strip()
                raise MailboxError(f"{at(self._server)} said good-bye: {said}")
            return self.is_open and words[2:3] == [b"EXISTS"]
        if line.startswith(b"+") and self._state is _State.ENTERING:
            self._rest(_State.IDLING, self._renew_s)
            return False
        if line.split(b" ", 1)[0] == self._tag:
            return self._answered(line)
        return False

    def _answered(self, line: bytes) -> bool:
        """The end of a command; whether it opened the mailbox."""
        is_ok = line.upper().split()[1:2] == [b"OK"]
        was = self._state
        if not is_ok and was is _State.ENTERING:
            self._can_idle = False  # announced, but refused
        elif not is_ok:
            said = line.decode("utf-8", "replace").partition(" ")[2]
            raise MailboxError(
                f"The folder “{self._mailbox}” cannot be followed at {at(self._server)}: {said}"
            )
        if self._can_idle:
            self._tell(_State.ENTERING, b"IDLE")
        else:
            self._rest(_State.RESTING, self._poll_s)
        return was is _State.OPENING

    def _tell(self, state: _State, command: bytes) -> None:
        self._tags += 1
        self._tag = b"W%d" % self._tags
        self._state = state
        self._send(self._tag + b" " + command + b"\r\n")

    def _rest(self, state: _State, seconds: float) -> None:
        self._state = state
        self.due_at = time.monotonic() + seconds

    def _send(self, data: bytes) -> None:
        self.due_at = time.monotonic() + self._patience_s
        try:
            self._socket.settimeout(self._patience_s)
            self._socket.sendall(data)
            self._socket.setblocking(False)
        except OSError as error:
            raise MailboxError(explain(error, self._server)) from error


def _quoted(mailbox: str) -> bytes:
    """The name in modified UTF-7 (RFC 3501 §5.1.3) as it stands in a quoted string."""
    name: bytes = encode(mailbox)
    return name.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
