"""The daemon as its owner runs it: a process, told the time by a file, ended by signals."""

import contextlib
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

HANG_UP = b"the trial is over"
PATIENCE = 90
"""Seconds for what usually takes a few: a busy machine takes its time, and longest for the reader
of pictures, which is loaded for the first one."""


class Clock:
    """The hour it is for the daemon: the real one, shifted by the seconds in a file."""

    def __init__(self, file: Path, at: datetime) -> None:
        self.file = file
        self.set(at)

    def set(self, at: datetime) -> None:
        assert at <= datetime.now(UTC), "Dovecot stamps what arrives in the future as of today"
        self._shift = at - datetime.now(UTC)
        waiting = self.file.with_suffix(".new")
        waiting.write_text(f"{self._shift.total_seconds():.6f}")
        waiting.replace(self.file)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def forward(self, by: timedelta) -> None:
        self.set(self.now() + by)


class Daemon:
    """`mailflow run` on one configuration; it tells when it is ready, as it would tell systemd."""

    def __init__(self, config: Path, clock: Clock, log: Path) -> None:
        self._config = config
        self._clock = clock
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._words: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._path = config.parent / "notify"
        self._notify.bind(str(self._path))
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        """As systemd does, take every word at once: the socket holds only a few."""
        while (word := self._notify.recv(200)) != HANG_UP:
            self._words.put(word)

    def start(self, fault: str = "") -> None:
        """Start it and wait until it has looked once; with `fault` it will die at that point."""
        self.drain()
        self._process = self._open({"MAILFLOW_FAULT": fault, "NOTIFY_SOCKET": str(self._path)})
        self.wait_for(b"READY=1")
        self.wait_for(b"WATCHDOG=1")
        assert self.is_alive or fault, f"it did not start:\n{self.log_text()}"

    def second(self) -> int:
        """Start another one beside it; its exit code."""
        return self._open({}).wait(PATIENCE)

    def _open(self, env: dict[str, str]) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "mailflow", "--config", str(self._config), "run"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "MAILFLOW_CLOCK": str(self._clock.file), **env},
            )

    def wait_for(self, word: bytes, seconds: float = PATIENCE) -> None:
        """Wait until the daemon says the word, or has died of its fault."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if not self.is_alive:
                return
            with contextlib.suppress(queue.Empty):
                if word in self._words.get(timeout=0.1):
                    return
        raise AssertionError(f"the daemon never said {word.decode()}:\n{self.log_text()}")

    def drain(self) -> None:
        """Forget what it said so far."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._words.get_nowait()

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def wait_until_dead(self, seconds: float = PATIENCE) -> None:
        """Wait until it has died by SIGKILL."""
        assert self._process is not None
        code = self._process.wait(seconds)
        assert code == -signal.SIGKILL, f"it left with {code}:\n{self.log_text()}"

    def kill(self) -> None:
        """As a power cut would."""
        if self.is_alive:
            os.kill(self.pid, signal.SIGKILL)

    def terminate(self, seconds: float = PATIENCE) -> int:
        """Ask it to leave, as systemd would; its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(seconds)

    def close(self) -> None:
        """Nothing of it stays behind."""
        if self._process is not None:
            self.kill()
            self._process.wait(10)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.sendto(HANG_UP, str(self._path))
        self._listener.join()
        self._notify.close()

    def log_text(self) -> str:
        return self._log.read_text(errors="replace")[-6000:] if self._log.exists() else ""
