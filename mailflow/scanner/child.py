"""The child process: loads the libraries once, then reads one picture after another.

Run as `python -m mailflow.scanner.child LIMITS` with a socket for its standard input; ends when
that closes, so it never outlives its parent.
"""

import json
import resource
import socket
import sys
from contextlib import suppress
from time import process_time
from typing import TYPE_CHECKING

from mailflow.model.scan import Scan, Unscannable
from mailflow.scanner import frames, wording
from mailflow.scanner.budget import Budget, Limits

if TYPE_CHECKING:
    from mailflow.scanner.sight import Sight

MEGABYTE = 1024 * 1024
FILES = 64
CORES = 2


def main() -> int:
    """Serve until the parent hangs up."""
    wire = socket.socket(fileno=0)
    limits = Limits(**json.loads(sys.argv[1]))
    _confine(limits)
    try:
        sight = _loaded()
    except Exception as error:  # noqa: BLE001 - whatever it is, the owner is told what it says
        frames.send(wire, wording.hello(str(error) or type(error).__name__))
        return 1
    frames.send(wire, wording.hello())
    with suppress(frames.WireClosed):
        while True:
            filename = frames.receive(wire).decode("utf-8", "replace")
            data = frames.receive(wire)
            _allow_cpu(limits)
            found = _read(sight, data, filename, limits)
            frames.send(wire, wording.packed(found))
            del data, found
    return 0


def _loaded() -> "Sight":
    # imported here, under the limits and where a broken package can be told to the parent
    from mailflow.scanner.sight import Sight  # noqa: PLC0415

    return Sight()


def _read(sight: "Sight", data: bytes, filename: str, limits: Limits) -> Scan | Unscannable:
    try:
        return sight.read(data, filename, Budget(limits, process_time()))
    except MemoryError:
        return Unscannable(
            f"{filename} takes more than {limits.megabytes} MB to read; send a smaller picture."
        )
    except Exception as error:  # noqa: BLE001 - a library's failure is about this file only
        return Unscannable(
            f"{filename} could not be read: it is damaged or of an unusual kind"
            f" ({type(error).__name__})."
        )


def _confine(limits: Limits) -> None:
    """Memory, no files written, no core; a hostile file may do no more than end this process."""
    size = limits.megabytes * MEGABYTE
    for what, most in (
        (resource.RLIMIT_AS, size),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
    ):
        with suppress(ValueError, OSError):  # a stricter limit was set from outside already
            resource.setrlimit(what, (most, most))


def _allow_cpu(limits: Limits) -> None:
    """So many seconds more on all cores; past them the kernel ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = int(used.ru_utime + used.ru_stime + CORES * limits.seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


if __name__ == "__main__":
    sys.exit(main())
