"""The child process: alone with the libraries, replaced when it dies, gone with its parent."""

import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import psutil
import pytest

from mailflow.config.values import Pictures
from mailflow.model.scan import Scan, Unscannable
from mailflow.scanner import scanner as scanner_module
from mailflow.scanner import worker as worker_module
from mailflow.scanner.scanner import Scanner
from tests.integration.scanner.drawing import as_bytes, card

JANE = as_bytes(card())
PATIENT = timedelta(seconds=90)
HEAVY = ("rapidocr", "onnxruntime", "numpy", "cv2", "PIL", "pi_heif", "pypdfium2", "zxingcpp")
ROOT = Path(__file__).parent.parent.parent.parent


def is_running(pid: int) -> bool:
    """Until its last thread has ended: the first one is a zombie before, and not waited for."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE or process.num_threads() > 1
    except psutil.NoSuchProcess:
        return False


def is_gone_within(pid: int, seconds: float) -> bool:
    until = monotonic() + seconds
    while is_running(pid) and monotonic() < until:
        sleep(0.05)
    return not is_running(pid)


def test_the_parent_loads_none_of_the_heavy_libraries(tmp_path: Path) -> None:
    (tmp_path / "jane.jpg").write_bytes(JANE)
    program = f"""
import sys
from mailflow.scanner.scanner import Scanner
with Scanner() as scanner:
    found = scanner.scan(open({str(tmp_path / "jane.jpg")!r}, "rb").read(), "jane.jpg")
print(type(found).__name__, *(name for name in {HEAVY!r} if name in sys.modules))
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() in (["Scan"], ["Unscannable"])


def test_nothing_is_started_until_a_picture_comes_and_nothing_is_left_after() -> None:
    with Scanner(Pictures(within=PATIENT)) as scanner:
        before = scanner.child_pid
        assert isinstance(scanner.scan(JANE, "jane.jpg"), Scan)
        during = scanner.child_pid
        assert during is not None
        assert is_running(during)
    assert before is scanner.child_pid is None
    assert not is_running(during)


def test_one_child_reads_many_pictures_and_is_let_go_when_idle() -> None:
    with Scanner(Pictures(within=PATIENT, let_go_after=timedelta(seconds=0))) as scanner:
        scanner.scan(JANE, "jane.jpg")
        pid = scanner.child_pid
        scanner.scan(JANE, "again.jpg")
        assert scanner.child_pid == pid is not None
        assert scanner.let_go_when_idle()
        assert not is_running(pid)
        assert not scanner.let_go_when_idle()
        assert isinstance(scanner.scan(JANE, "later.jpg"), Scan)


@pytest.mark.parametrize("said", [b"[]", b"7", b"null", b'{"broken": {}}', b"[" * 5_000])
def test_a_child_that_greets_in_another_shape_is_not_believed_and_killed(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = f"""
import socket, struct, time
wire = socket.socket(fileno=0)
wire.sendall(struct.pack("!I", {len(said)}) + {said!r})
time.sleep(60)
"""
    children: list[int] = []

    def started(pictures: Pictures, wire: socket.socket) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            [sys.executable, "-c", program], stdin=wire.fileno(), start_new_session=True
        )
        children.append(child.pid)
        return child

    monkeypatch.setattr(worker_module, "_started", started)
    with Scanner() as scanner:
        found = scanner.scan(JANE, "jane.jpg")
    assert isinstance(found, Unscannable)
    assert "was not read: the picture reader did not start: it said what is no greeting" in (
        found.reason
    )
    assert not is_running(children[0])


def test_a_child_in_use_is_kept() -> None:
    with Scanner(Pictures(within=PATIENT)) as scanner:
        scanner.scan(JANE, "jane.jpg")
        assert not scanner.let_go_when_idle()
        assert scanner.child_pid is not None


def test_a_child_that_died_between_two_pictures_is_replaced_without_a_word() -> None:
    with Scanner(Pictures(within=PATIENT)) as scanner:
        scanner.scan(JANE, "jane.jpg")
        dead = scanner.child_pid
        assert dead is not None
        os.kill(dead, signal.SIGKILL)
        assert is_gone_within(dead, 40)
        assert isinstance(scanner.scan(JANE, "jane.jpg"), Scan)
        assert scanner.child_pid not in (None, dead)


def test_a_child_that_stalls_is_killed_in_time_and_replaced() -> None:
    with Scanner(Pictures(within=timedelta(seconds=1))) as scanner:
        scanner.scan(JANE, "warm.jpg")
        stalled = scanner.child_pid
        if stalled is None:  # too slow a machine for a second: then it was killed already
            return
        os.kill(stalled, signal.SIGSTOP)
        begun = monotonic()
        found = scanner.scan(JANE, "jane.jpg")
        assert monotonic() - begun < 30
        assert found == Unscannable(
            "jane.jpg could not be read: it took longer than 1 s. Send the card as a smaller"
            " picture, as a vCard or as text."
        )
        assert not is_running(stalled)
        assert scanner.child_pid is None


def test_a_child_killed_over_a_picture_is_told_with_what_happened() -> None:
    with Scanner(Pictures(within=PATIENT)) as scanner:
        scanner.scan(JANE, "jane.jpg")
        assert scanner.child_pid is not None
        os.kill(scanner.child_pid, signal.SIGSTOP)
        killer = f"sleep 1; kill -KILL {scanner.child_pid}"
        with subprocess.Popen(["/bin/sh", "-c", killer]):
            found = scanner.scan(JANE, "jane.jpg")
    assert isinstance(found, Unscannable)
    assert "the picture reader was killed, as when memory runs out" in found.reason


def test_the_child_has_little_memory_no_secrets_and_no_place_to_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MAILFLOW_PASSWORD", "hunter2")
    with Scanner(Pictures(within=PATIENT, memory_mb=1234)) as scanner:
        scanner.scan(JANE, "jane.jpg")
        child = psutil.Process(scanner.child_pid)
        assert "hunter2" not in "".join(child.environ().values())
        assert child.cwd() == "/"
        assert child.rlimit(psutil.RLIMIT_AS) == (1234 * 1024**2, 1234 * 1024**2)
        assert child.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
        assert child.rlimit(psutil.RLIMIT_CORE) == (0, 0)
        assert child.memory_info().rss < 700 * 1024**2
        assert child.net_connections("inet") == []


def test_the_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "jane.jpg").write_bytes(JANE)
    program = f"""
import sys, time
from mailflow.scanner.scanner import Scanner
scanner = Scanner()
scanner.scan(open({str(tmp_path / "jane.jpg")!r}, "rb").read(), "jane.jpg")
print(scanner.child_pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        said = parent.stdout.readline().strip()
        parent.kill()
    assert said != "None", "the machine was too slow to read one card within ten seconds"
    assert is_gone_within(int(said), 20)


def test_without_the_optional_packages_the_picture_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner_module, "NEEDED", ("a_library_nobody_has",))
    found = Scanner().scan(JANE, "jane.jpg")
    assert isinstance(found, Unscannable)
    assert found.is_missing
    assert "install mailflow[ocr]" in found.reason
    assert "I kept the picture and will read it then" in found.reason


def test_a_reader_that_cannot_start_leaves_the_picture_for_later() -> None:
    starved = Pictures(within=PATIENT, memory_mb=40)
    with Scanner(starved) as scanner:
        found = scanner.scan(JANE, "jane.jpg")
    assert isinstance(found, Unscannable)
    assert found.is_missing
    assert found.reason.endswith("I kept the picture and will try again.")


def test_a_machine_that_starts_no_more_programs_leaves_the_picture_for_later(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python-here"))
    found = Scanner().scan(JANE, "jane.jpg")
    assert isinstance(found, Unscannable)
    assert found.is_missing
    assert "the picture reader could not be started" in found.reason
