"""An IMAP server of a few words, for what no real server does on command."""

import contextlib
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import BinaryIO

from mailflow.config import AccountConfig, Secret, Server, Wrap

CAPABILITIES = "IMAP4rev1 IDLE"


class ScriptedImap:
    """Holds one mailbox INBOX; `push` writes whatever bytes to every client that is connected.

    `answers` overrules what is said to a command: a pattern of it, and the lines to answer before
    the tagged one, which is the last and begins with OK, NO or BAD.
    """

    def __init__(self, capabilities: str = CAPABILITIES) -> None:
        self.capabilities = capabilities
        self.answers: list[tuple[str, tuple[str, ...]]] = []
        self.heard: list[str] = []
        self.is_deaf = False
        """Take connections but say nothing, as a server behind a broken line does."""
        self._clients: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._run(self._accept)

    def account(self, name: str = "ada", *, timeout: float = 2) -> AccountConfig:
        server = Server(
            "localhost", self.port, Wrap.PLAIN, name, Secret(command=("echo", "secret")),
            timeout=timedelta(seconds=timeout),
        )  # fmt: skip
        return AccountConfig(name, imap=server, smtp=server)

    def answer(self, pattern: str, *lines: str) -> None:
        self.answers.insert(0, (pattern, lines))

    def push(self, data: bytes) -> None:
        for client in list(self._clients):
            client.sendall(data)

    def hang_up(self) -> None:
        """End every connection; new ones are served as before."""
        for client in list(self._clients):
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def count(self, command: str) -> int:
        """How often a command was heard."""
        return sum(command in line for line in list(self.heard))

    def wait_for(self, command: str, times: int = 1, seconds: float = 40) -> None:
        ends = time.monotonic() + seconds
        while self.count(command) < times:
            assert time.monotonic() < ends, f"{command} not heard in {self.heard}"
            time.sleep(0.005)

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.hang_up()
        for thread in self._threads:
            thread.join(5)

    def _run(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._run(lambda client=client: self._serve(client))  # type: ignore[misc]

    def _serve(self, client: socket.socket) -> None:
        self._clients.add(client)
        with contextlib.suppress(OSError), client, client.makefile("rb") as reader:
            if not self.is_deaf:
                client.sendall(b"* OK ready\r\n")
            self._converse(client, reader)
        self._clients.discard(client)

    def _converse(self, client: socket.socket, reader: BinaryIO) -> None:
        idle_tag = ""
        for raw in reader:
            line = raw.decode().strip()
            self.heard.append(line)
            tag, _, command = line.partition(" ")
            if self.is_deaf:
                continue
            if line == "DONE":
                client.sendall(f"{idle_tag} OK idle ended\r\n".encode())
            elif command == "IDLE" and self._answer_to(command) is None:
                idle_tag = tag
                client.sendall(b"+ idling\r\n")
            else:
                lines = self._answer_to(command) or self._usual(command)
                text = "".join(f"{said}\r\n" for said in (*lines[:-1], f"{tag} {lines[-1]}"))
                client.sendall(text.encode())

    def _answer_to(self, command: str) -> tuple[str, ...] | None:
        return next((lines for pattern, lines in self.answers if re.match(pattern, command)), None)

    def _usual(self, command: str) -> tuple[str, ...]:
        match command.split(maxsplit=1)[0].upper():
            case "CAPABILITY":
                return f"* CAPABILITY {self.capabilities}", "OK done"
            case "EXAMINE" | "SELECT":
                facts = ("* 3 EXISTS", "* OK [UIDVALIDITY 7] x", "* OK [UIDNEXT 4] x")
                return "* FLAGS (\\Seen)", *facts, "OK [READ-ONLY] done"
            case "LOGOUT":
                return "* BYE so long", "OK done"
            case "LOGIN" | "NOOP":
                return ("OK done",)
            case _:
                return ("BAD what?",)


@contextlib.contextmanager
def serving(server: ScriptedImap) -> Iterator[ScriptedImap]:
    """The server for as long as the block lasts."""
    try:
        yield server
    finally:
        server.stop()
