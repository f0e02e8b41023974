"""Past mail read by a process beside: the same mails, in the same order, whatever becomes of it."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailflow.reading.history import Own, past_mail
from mailflow.tick.past_reader import packed, unpacked
from tests.odd_mail import odd_mail

AT = datetime(2026, 3, 1, 23, 30, 0, 7, tzinfo=UTC)
OWN = Own(frozenset({"ada@example.org"}), "mailflow@example.org")
ROOT = Path(__file__).parents[3]

READS = """
import json, os, random, signal, sys
from datetime import UTC, datetime
from mailflow.inbox.history import Batch
from mailflow.model.history import Head
from mailflow.model.wire import Cursor
from mailflow.reading.history import Own
from mailflow.tick.past_reader import WORTH_IT, PastReader, understand
from tests.odd_mail import odd_mail

at, own = datetime(2026, 3, 1, 23, 30, tzinfo=UTC), Own(frozenset({"ada@example.org"}), "m@x.org")
dice = random.Random(7)
heads = [Head(uid, odd_mail(dice), at) for uid in range(1, 1201)]
batches = [Batch(Cursor(1, uid + 119), heads[uid - 1 : uid + 119]) for uid in range(1, 1201, 120)]
batches.insert(4, Batch(Cursor(1, 480)))
same, order, processes = True, [], []
with PastReader.open(own, int(sys.argv[1])) as reader:
    for number, (batch, mails) in enumerate(reader.read(iter(batches), in_sent=number_is_odd)):
        same = same and mails == understand(batch.heads, own, in_sent=number_is_odd)
        order.append(batch is batches[number])
        processes.append(reader.process_id)
        if number == KILLED_AT and reader.process_id:
            os.kill(reader.process_id, signal.SIGKILL)
        if number == WAITS_AT:
            print(json.dumps(reader.process_id), flush=True)
            sys.stdin.readline()
print(json.dumps([same, all(order), len(order), processes]))
"""


NO_FORK = """
import os
def refused():
    raise BlockingIOError(11, "Resource temporarily unavailable")
os.fork = refused
"""


def run(
    mails: int, *, killed_at: int = -1, in_sent: bool = False, before: str = ""
) -> tuple[object, ...]:
    code = before + READS.replace("KILLED_AT", str(killed_at)).replace("WAITS_AT", "-1")
    code = code.replace("number_is_odd", str(in_sent))
    command = [sys.executable, "-W", "error", "-c", code, str(mails)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    return tuple(json.loads(done.stdout))


def test_what_goes_between_the_processes_comes_back_as_it_was() -> None:
    dice = random.Random(20260301)
    seen = 0
    for number in range(4000):
        mail = past_mail(odd_mail(dice), AT, OWN, in_sent=bool(number % 2))
        if mail is not None:
            again = unpacked(packed(mail))
            assert again == mail
            assert [each.address.written for each in again.others] == [
                each.address.written for each in mail.others
            ]
            seen += 1
    assert seen > 1000


def can_run_beside() -> bool:
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


@pytest.mark.parametrize("in_sent", [True, False])
def test_a_process_beside_reads_what_would_be_read_here(in_sent: bool) -> None:
    *told, processes = run(100_000, in_sent=in_sent)
    assert told == [True, True, 11]
    assert isinstance(processes, list)
    assert all(processes) is can_run_beside()


def test_a_process_that_is_lost_loses_no_mail() -> None:
    *told, processes = run(100_000, killed_at=3)
    assert told == [True, True, 11]
    assert isinstance(processes, list)
    assert processes[-1] is None


def test_a_few_mails_are_read_here() -> None:
    assert run(100) == (True, True, 11, [None] * 11)


def test_where_no_process_can_be_made_mails_are_read_here() -> None:
    assert run(100_000, before=NO_FORK) == (True, True, 11, [None] * 11)


def test_the_process_ends_when_the_one_it_reads_for_is_killed() -> None:
    code = (
        READS.replace("KILLED_AT", "-1").replace("WAITS_AT", "2").replace("number_is_odd", "True")
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, "100000"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as parent:  # fmt: skip
        assert parent.stdout is not None
        beside = json.loads(parent.stdout.readline())
        assert (beside is not None) is can_run_beside()
        parent.send_signal(signal.SIGKILL)
    end = time.monotonic() + 40
    while beside and is_there(beside) and time.monotonic() < end:
        time.sleep(0.02)
    assert not beside or not is_there(beside)


def is_there(process_id: int) -> bool:
    with suppress(OSError):
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z"
    return False
