"""When the daemon makes its passes: whatever is done to the clock on the wall."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailflow.daemon import Daemon
from mailflow.demo.world import World


@pytest.fixture
def in_the_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The machine stands five hours before UTC; what a test changes of that is taken back."""
    monkeypatch.setenv("TZ", "Etc/GMT-5")
    time.tzset()
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def test_passes_go_on_when_the_clock_is_set_back(
    tmp_path: Path, in_the_east: pytest.MonkeyPatch
) -> None:
    """As at the end of summer time, or after a clock that was fast."""
    passes = threading.Semaphore(0)

    def now() -> datetime:
        passes.release()
        return datetime.now(UTC)

    with World(tmp_path, clock=lambda: datetime.now(UTC)) as world:
        daemon = Daemon(world.config_for_owner(), now)
        thread = threading.Thread(target=daemon.run)
        thread.start()
        try:
            assert all(passes.acquire(timeout=60) for _ in range(6))  # news of the start are over
            time.sleep(0.5)  # between two passes: a pass that ends looks at the clock again
            in_the_east.setenv("TZ", "Etc/GMT+5")
            time.tzset()
            while passes.acquire(blocking=False):
                continue
            assert all(passes.acquire(timeout=30) for _ in range(3))
        finally:
            daemon.stop()
            thread.join(timeout=15)
