"""How the two processes talk: frames, each a length and that many bytes, over a socket pair."""

import socket
import struct
from time import monotonic

HEAD = struct.Struct("!I")
MAX_FRAME = 64 * 1024 * 1024
CHUNK = 256 * 1024


class WireClosed(Exception):
    """The other end went away, or speaks another language."""


def send(wire: socket.socket, payload: bytes, deadline: float | None = None) -> None:
    """Send one frame; `deadline` is an instant of `time.monotonic`.

    Raises TimeoutError past the deadline and WireClosed when the other end is gone.
    """
    wire.settimeout(_left(deadline))
    try:
        wire.sendall(HEAD.pack(len(payload)))
        wire.sendall(payload)
    except TimeoutError:
        raise
    except OSError as error:
        raise WireClosed(str(error)) from error


def receive(
    wire: socket.socket, deadline: float | None = None, *, at_most: int = MAX_FRAME
) -> bytes:
    """One frame of at most so many bytes; raises as `send` does."""
    size: int = HEAD.unpack(_exactly(wire, HEAD.size, deadline))[0]
    if size > at_most:
        raise WireClosed(f"a frame of {size} bytes was announced")
    return _exactly(wire, size, deadline)


def _exactly(wire: socket.socket, size: int, deadline: float | None) -> bytes:
    held = bytearray()
    while len(held) < size:
        wire.settimeout(_left(deadline))
        try:
            piece = wire.recv(min(CHUNK, size - len(held)))
        except TimeoutError:
            raise
        except OSError as error:
            raise WireClosed(str(error)) from error
        if not piece:
            raise WireClosed("the other end closed")
        held += piece
    return bytes(held)


def _left(deadline: float | None) -> float | None:
    """Seconds until the deadline; never zero, which would mean "do not wait at all"."""
    if deadline is None:
        return None
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    return left
