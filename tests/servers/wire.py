"""A line to a server that listens to what the client asks, and breaks where a test wants it to."""

import contextlib
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from enum import Enum


class Cut(Enum):
    """Where the line breaks in a command; the server goes on living, as on a train."""

    AMID = "amid"  # the client has begun to send the command's literal
    UNANSWERED = "unanswered"  # the server has done it, and its answer does not arrive


class Wire:
    """Listens on `port` and passes on to a port of this machine.

    `asked` counts the commands of IMAP that passed, by name. `cut` says, told the name and the
    line of each, where it breaks, if at all.
    """

    def __init__(self, to: int) -> None:
        self._to = to
        self.asked: Counter[str] = Counter()
        self.cut: Callable[[str, bytes], Cut | None] = lambda _name, _line: None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Listen no more; connections end with their clients."""
        # A thread that waits in accept() is not woken by close() alone.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._to))
                pair = _Pair(self, client, server)
                self._threads.append(threading.Thread(target=pair.serve, daemon=True))
                self._threads[-1].start()


class _Pair:
    """One connection and its way on."""

    def __init__(self, wire: Wire, client: socket.socket, server: socket.socket) -> None:
        self._wire = wire
        self._client = client
        self._server = server
        self._cut: Cut | None = None
        self._tag = b""

    def serve(self) -> None:
        with self._client, self._server:
            for each in (self._client, self._server):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            back = threading.Thread(target=self._answers, daemon=True)
            back.start()
            self._asks()
            back.join()

    def _asks(self) -> None:
        with contextlib.suppress(OSError):
            for data in _pieces(self._client):
                words = data.partition(b"\r\n")[0].split(b" ", 2)
                if self._cut is Cut.AMID:
                    self._server.sendall(data[: len(data) // 2])
                    break
                if len(words) > 1 and words[0].isalnum() and words[1].isalpha():
                    self._note(words[0], words[1], data)
                self._server.sendall(data)
        self._end()

    def _note(self, tag: bytes, command: bytes, line: bytes) -> None:
        name = command.decode().upper()
        self._wire.asked[name] += 1
        self._tag, self._cut = tag, self._wire.cut(name, line)

    def _answers(self) -> None:
        with contextlib.suppress(OSError):
            for data in _pieces(self._server):
                is_answered = any(each.startswith(self._tag + b" ") for each in data.splitlines())
                if self._cut is Cut.UNANSWERED and is_answered:
                    break
                self._client.sendall(data)
        self._end()

    def _end(self) -> None:
        for each in (self._client, self._server):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def _pieces(line: socket.socket) -> Iterator[bytes]:
    while data := line.recv(65536):
        yield data
