"""The scanner as the benchmarks use it: one child for all pictures, and what each of them cost."""

import atexit
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from time import perf_counter

from mailflow.config.values import Pictures
from mailflow.model.card import Card
from mailflow.model.scan import Scan
from mailflow.reading.cards import picture
from mailflow.scanner.scanner import Scanner

PATIENCE = timedelta(seconds=60)
"""A machine that does other things beside measuring is not to be measured by refusals."""


@dataclass(frozen=True, slots=True)
class Glance:
    """One picture: how long it took on the clock and of the child's processor, and its codes."""

    filename: str
    seconds: float
    cpu_seconds: float
    codes: tuple[str, ...]


glances: list[Glance] = []


@cache
def scanner() -> Scanner:
    """The one scanner of this process."""
    started = Scanner(Pictures(within=PATIENCE))
    atexit.register(started.close)
    return started


def person(data: bytes, filename: str, region: str) -> Card | None:
    """The first person on the picture; None when nobody was found."""
    begun, spent = perf_counter(), child_cpu()
    found = scanner().scan(data, filename)
    took = perf_counter() - begun
    pages = found.pages if isinstance(found, Scan) else ()
    codes = tuple(code.text for page in pages for code in page.codes)
    glances.append(Glance(filename, took, child_cpu() - spent, codes))
    if not isinstance(found, Scan):
        return None
    people = picture.read_scan(found, region=region, source="the picture")
    return people[0] if people else None


def child_cpu() -> float:
    """Seconds of the processor the child has used; nothing before it is started."""
    pid = scanner().child_pid
    if pid is None:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    ticks_a_second = 100
    return (int(fields[11]) + int(fields[12])) / ticks_a_second


def child_peak_mb() -> int:
    """The most memory the child ever held."""
    pid = scanner().child_pid
    if pid is None:
        return 0
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024
