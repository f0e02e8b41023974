"""The child process as its parent sees it: started, asked about one picture, and killed in time."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic

from mailflow.config.values import Pictures
from mailflow.model.scan import Scan, Unscannable
from mailflow.scanner import frames, wording

ROOT = Path(__file__).parent.parent.parent
START_WITHIN = 60.0
"""Seconds the libraries and models may take to load from a cold disk."""
BUSY = 3.0
"""On a busy machine a second of the processor may take so many by the clock."""
GRACE = 1.0
"""Seconds past that: the child gives up by itself first, and says more."""
MAX_REPLY = 4 * 1024 * 1024


class WorkerLost(Exception):
    """The child died or stalled; the message is the end of a sentence about the picture."""


class Worker:
    """One running child; killed for good by `stop`."""

    def __init__(self, pictures: Pictures) -> None:
        """Start it and wait until it is ready; raises WorkerLost when it cannot be."""
        self.pictures = pictures
        self._wire, theirs = socket.socketpair()
        try:
            with theirs:
                self._process = _started(pictures, theirs)
        except OSError as error:
            self._wire.close()
            raise WorkerLost(f"the picture reader could not be started: {error}") from error
        try:
            broken = wording.greeted(self._hear(START_WITHIN))
        except (WorkerLost, wording.Garbled) as error:
            self.stop()
            raise WorkerLost(f"the picture reader did not start: {error}") from error
        if broken:
            self.stop()
            raise WorkerLost(f"the packages that read pictures do not work here: {broken}")

    @property
    def pid(self) -> int:
        return int(self._process.pid)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def read(self, data: bytes, filename: str) -> Scan | Unscannable:
        """What the picture says; raises WorkerLost when the child did not survive it."""
        allowed = self.pictures.within.total_seconds() * BUSY + GRACE
        deadline = monotonic() + allowed
        try:
            frames.send(self._wire, filename.encode("utf-8", "replace"), deadline)
            frames.send(self._wire, data, deadline)
        except TimeoutError as error:
            raise WorkerLost(self._overdue()) from error
        except frames.WireClosed as error:
            raise WorkerLost(self._obituary()) from error
        try:
            return wording.unpacked(self._hear(deadline - monotonic()))
        except wording.Garbled as error:
            raise WorkerLost(str(error)) from error

    def stop(self) -> None:
        """Kill it and everything it may have started; harmless when it is gone."""
        self._wire.close()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _hear(self, seconds: float) -> bytes:
        try:
            return frames.receive(self._wire, monotonic() + seconds, at_most=MAX_REPLY)
        except TimeoutError as error:
            raise WorkerLost(self._overdue()) from error
        except frames.WireClosed as error:
            raise WorkerLost(self._obituary()) from error

    def _overdue(self) -> str:
        return f"it took longer than {self.pictures.within.total_seconds():.0f} s"

    def _obituary(self) -> str:
        """Why the child is gone, in words; its end of the wire closed, so it is ending."""
        try:
            code = self._process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            return "the picture reader fell silent"
        match -code:
            case signal.SIGXCPU:
                return self._overdue()
            case signal.SIGKILL:
                return "the picture reader was killed, as when memory runs out"
            case number if number > 0:
                return f"it made the picture reader crash ({signal.Signals(number).name})"
        return f"the picture reader ended by itself (code {code})"


def _started(pictures: Pictures, wire: socket.socket) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-P", "-m", "mailflow.scanner.child", _limits(pictures)],
        stdin=wire.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=_environment(),
        start_new_session=True,
    )


def _limits(pictures: Pictures) -> str:
    return json.dumps(
        {
            "seconds": pictures.within.total_seconds(),
            "megabytes": pictures.memory_mb,
            "megapixels": pictures.max_megapixels,
            "pages": pictures.max_pages,
        }
    )


def _environment() -> dict[str, str]:
    """Nothing of the parent's, where passwords may stand, but what finding the program takes."""
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "2",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
        "MALLOC_TRIM_THRESHOLD_": "16777216",
    }
