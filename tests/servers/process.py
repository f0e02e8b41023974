"""A server as a child process: its folder, its ports, its user, its end."""

import contextlib
import grp
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

_RANDOM = random.SystemRandom()  # the tests' own randomness is seeded alike in each process

SHORT = 40
"""Unix sockets below the folder must stay under 108 bytes."""


def require(program: str | Path, package: str) -> Path:
    """The program's path, or a skip that names what to install."""
    found = shutil.which(str(program), path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        pytest.skip(
            f"{program} is missing: run `sh tests/system-packages.sh` as root, "
            f"or install Debian's {package}"
        )
    return Path(found)


def free_port() -> int:
    """A TCP port on the loopback that nobody listens on just now.

    Below the range the system takes the ports of outgoing connections from, so that none of those
    sits on it when a server is started (again).
    """
    while True:
        port = _RANDOM.randrange(15_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def server_user(wanted: str) -> str:
    """Whom a server runs as: `wanted` when we are root, else ourselves."""
    return wanted if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def group_of(user: str) -> str:
    return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name


def folder(prefix: str, user: str) -> Path:
    """A new temporary folder with a short path that belongs to `user`."""
    parent = tempfile.gettempdir()
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=parent if len(parent) < SHORT else "/tmp"))
    give(made, user)
    return made


def give(path: Path, user: str) -> None:
    """Hand a folder and all in it to `user`; nothing to do unless we are root."""
    if os.geteuid() == 0:
        for each in (path, *path.rglob("*")):
            shutil.chown(each, user, group_of(user))


class Process:
    """A running server whose output goes to `log`; it dies with the tests, however they end."""

    def __init__(
        self,
        command: Sequence[str | Path],
        log: Path,
        user: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.log = log
        drop: list[str] = []
        if user is not None and os.geteuid() == 0:
            drop = [f"--reuid={user}", f"--regid={group_of(user)}", "--init-groups"]
        with log.open("ab") as output:
            self.popen = subprocess.Popen(
                ["setpriv", "--pdeathsig=TERM", *drop, *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd=log.parent,
                env={**os.environ, **(env or {})},
            )

    def wait_for_greeting(self, port: int, greeting: bytes, seconds: float = 60) -> None:
        """Wait until the server greets on `port`; AssertionError with its log if it does not."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends and self.popen.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
                    if line.recv(200).startswith(greeting):
                        return
            except OSError:
                pass
            time.sleep(0.01)
        raise AssertionError(f"no greeting on port {port}: {self.log_text()}")

    def log_text(self) -> str:
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def signal_all(self, number: signal.Signals) -> None:
        """Signal every process of the server's session group."""
        try:
            os.killpg(self.popen.pid, number)
        except ProcessLookupError:
            return

    def wait_for_silence(self, port: int, seconds: float = 40) -> None:
        """Wait until nobody listens on `port` any more: children may outlive their parent a bit."""
        ends = time.monotonic() + seconds
        with contextlib.suppress(ConnectionRefusedError):
            while time.monotonic() < ends:
                socket.create_connection(("127.0.0.1", port), timeout=2).close()
                time.sleep(0.01)

    def stop(self, number: signal.Signals = signal.SIGTERM, seconds: float = 5) -> None:
        """Ask the server to stop, then make it."""
        if self.popen.poll() is None:
            self.popen.send_signal(number)
            try:
                self.popen.wait(seconds)
            except subprocess.TimeoutExpired:
                self.signal_all(signal.SIGKILL)
        self.signal_all(signal.SIGKILL)
        self.popen.wait()
