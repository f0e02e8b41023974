"""An SMTP server that can be told to refuse, stall or hang up at any step of a transaction."""

import base64
import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from mailflow.config import Secret, Server, Wrap
from mailflow.model.wire import Envelope

PASSWORD = "secret"
HANG_UP = ""


@dataclass
class Fault:
    """At `step` wait `seconds`, then answer `reply`: None means as usual, HANG_UP not at all.

    Steps in order: CONNECT EHLO STARTTLS AUTH MAIL RCPT DATA BODY DOT. `to` limits RCPT to
    recipients that contain it. At DOT `is_taken` says that the mail was accepted all the same.
    `times` limits how often it happens.
    """

    step: str
    reply: str | None = None
    to: str = ""
    seconds: float = 0
    is_taken: bool = False
    times: int = 1_000_000


@dataclass(frozen=True)
class Taken:
    """A mail the server accepted, with the parameters MAIL FROM came with."""

    envelope: Envelope
    data: bytes
    options: str = ""


class _HungUp(Exception):
    """The script says that this connection ends here."""


Deliver = Callable[[Envelope, bytes], None]


@dataclass
class ScriptedSmtp:
    """Serves SMTP submission on the loopback, a thread for each connection.

    What it accepts is kept in `taken` and handed to `deliver`. Who knows PASSWORD
    may log in. `offers` are the EHLO keywords besides AUTH and STARTTLS.
    """

    deliver: Deliver | None = None
    wrap: Wrap = Wrap.PLAIN
    certificate: tuple[Path, Path] | None = None
    ca_file: Path | None = None
    offers: tuple[str, ...] = ("SIZE 52428800", "8BITMIME", "SMTPUTF8", "PIPELINING")
    offers_login: bool = True
    mechanisms: str = "PLAIN LOGIN"
    faults: list[Fault] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    """Every step any client came to, in order."""
    connections: int = 0

    def __post_init__(self) -> None:
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._stopping = False
        self._run(self._accept)

    def fail(self, step: str, reply: str | None, **more: object) -> Fault:
        """Add a fault; see Fault for what there is."""
        fault = Fault(step, reply, **more)  # type: ignore[arg-type] # checked by the dataclass
        self.faults.append(fault)
        return fault

    def heal(self) -> None:
        self.faults.clear()

    def server(self, user: str) -> Server:
        """How mailflow reaches this server."""
        return Server(
            host="localhost",
            port=self.port,
            wrap=self.wrap,
            user=user,
            secret=Secret(command=("echo", PASSWORD)),
            timeout=timedelta(seconds=5),
            ca_file=self.ca_file,
        )

    def stop(self) -> None:
        """Close every connection and wait for the threads."""
        self._stopping = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in list(self._open):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def tls(self) -> ssl.SSLContext:
        assert self.certificate is not None, "give the server a certificate"
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(*self.certificate)
        return made

    def reach(self, step: str, argument: str = "") -> str | None:
        """What the script says to this step: a reply, or None to go on; may hang up."""
        self.steps.append(step)
        for fault in self.faults:
            if fault.step == step and fault.times > 0 and fault.to in argument:
                fault.times -= 1
                time.sleep(fault.seconds)
                if fault.reply == HANG_UP:
                    raise _HungUp
                return fault.reply
        return None

    def taking(self) -> bool:
        """Whether a fault at DOT leaves the mail accepted."""
        faults = [f for f in self.faults if f.step == "DOT" and f.times > 0]
        return not faults or faults[0].reply is None or faults[0].is_taken

    def take(self, envelope: Envelope, data: bytes, options: str) -> None:
        self.taken.append(Taken(envelope, data, options))
        if self.deliver is not None:
            self.deliver(envelope, data)

    def _run(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._run(lambda line=line: self._serve(line))  # type: ignore[misc]

    def _serve(self, line: socket.socket) -> None:
        self._open.add(line)
        conversation = _Conversation(self, line)
        with contextlib.suppress(_HungUp, OSError, EOFError):
            conversation.hold()
        self._open.discard(line)
        conversation.end()


class _Conversation:
    """One client's connection."""

    def __init__(self, script: ScriptedSmtp, line: socket.socket) -> None:
        self.script, self.line = script, line
        self.reader: BinaryIO | None = None
        self.sender, self.options, self.recipients = "", "", list[str]()

    def hold(self) -> None:
        if self.script.wrap is Wrap.TLS:
            self.line = self.script.tls().wrap_socket(self.line, server_side=True)
        self.say(self.script.reach("CONNECT") or "220 scripted.test ESMTP")
        while True:
            verb, _, argument = self.hear().partition(" ")
            act = getattr(self, verb.lower(), None)
            if act is None:
                self.say("500 5.5.1 unknown command")
            else:
                act(argument)

    def end(self) -> None:
        if self.reader is not None:
            self.reader.close()
        self.line.close()

    def say(self, text: str) -> None:
        self.line.sendall(text.encode() + b"\r\n")

    def hear(self) -> str:
        return self.hear_line().decode(errors="replace").rstrip("\r\n")

    def hear_line(self) -> bytes:
        if self.reader is None:
            self.reader = self.line.makefile("rb")
        heard = self.reader.readline()
        if not heard:
            raise EOFError
        return heard

    def ehlo(self, _name: str) -> None:
        refused = self.script.reach("EHLO")
        if refused:
            return self.say(refused)
        is_clear = self.script.wrap is Wrap.STARTTLS and not isinstance(self.line, ssl.SSLSocket)
        words = ["scripted.test", *self.script.offers]
        words += ["STARTTLS"] if is_clear and self.script.certificate else []
        words += (
            [f"AUTH {self.script.mechanisms}"] if self.script.offers_login and not is_clear else []
        )
        for word in words[:-1]:
            self.say(f"250-{word}")
        return self.say(f"250 {words[-1]}")

    helo = ehlo

    def starttls(self, _: str) -> None:
        self.say(self.script.reach("STARTTLS") or "220 go ahead")
        self.reader = None
        self.line = self.script.tls().wrap_socket(self.line, server_side=True)

    def auth(self, argument: str) -> None:
        refused = self.script.reach("AUTH", argument)
        response = base64.b64decode(argument.rpartition(" ")[2])
        ends = (f"\0{PASSWORD}", f"\1auth=Bearer {PASSWORD}\1\1")
        is_right = response.endswith(tuple(each.encode() for each in ends))
        if not is_right and b"Bearer" in response:
            self.say("334 " + base64.b64encode(b'{"status": "invalid_token"}').decode())
            self.hear_line()
        self.say(refused or ("235 2.7.0 welcome" if is_right else "535 5.7.8 wrong password"))

    def mail(self, argument: str) -> None:
        refused = self.script.reach("MAIL", argument)
        path, _, self.options = argument.partition(">")
        self.sender, self.recipients = path.partition("<")[2], []
        self.say(refused or "250 2.1.0 ok")

    def rcpt(self, argument: str) -> None:
        refused = self.script.reach("RCPT", argument)
        if not refused:
            self.recipients.append(argument.partition("<")[2].partition(">")[0])
        self.say(refused or "250 2.1.5 ok")

    def data(self, _: str) -> None:
        refused = self.script.reach("DATA")
        if refused:
            return self.say(refused)
        self.say("354 go ahead")
        self.script.reach("BODY")
        lines: list[bytes] = []
        while (line := self.hear_line()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        if self.script.taking():
            envelope = Envelope(self.sender, tuple(self.recipients))
            self.script.take(envelope, b"".join(lines), self.options.strip())
        return self.say(self.script.reach("DOT") or "250 2.0.0 queued")

    def rset(self, _: str) -> None:
        self.say("250 2.0.0 ok")

    noop = rset

    def quit(self, _: str) -> None:
        self.say("221 2.0.0 bye")
        raise EOFError


@contextlib.contextmanager
def serving(script: ScriptedSmtp) -> Iterator[ScriptedSmtp]:
    """The server for as long as the block lasts."""
    try:
        yield script
    finally:
        script.stop()
