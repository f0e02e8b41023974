"""How fast contacts of other programs come in, go out as an archive, and load again.

Run: python -m benchmarks.contacts [PEOPLE]; 10,000 people without a number.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from mailflow.model.imports import ContactsFile, Fate
from mailflow.reading.contacts.read import read
from mailflow.store import record
from mailflow.store.database import Store, ensure_owner

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
SECRET = b"s" * 32
HEADINGS = (
    "First Name,Last Name,Organization Name,Organization Title,Notes,Labels,"
    "E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n"
)
EXPORT = """
import sys
from pathlib import Path
from mailflow.store import record
from mailflow.store.database import Store
store = Store.open(sys.argv[1], secret=b"s" * 32)
with store.look() as s, Path(sys.argv[2]).open("w") as out:
    out.writelines(record.archive(s, 1))
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""
LOAD = """
import sys
from pathlib import Path
from mailflow.store import record
from mailflow.store.database import Store, ensure_owner
from datetime import UTC, datetime
store = Store.open(sys.argv[1], secret=b"s" * 32)
with Path(sys.argv[2]).open("rb") as file, store.begin() as s:
    record.load_archive(s, ensure_owner(s, "ada", datetime.now(UTC)), file)
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""


def a_file(people: int) -> bytes:
    """An address book as Google exports it."""
    rows = (
        f"Pia{n},Roe{n % 997},Acme {n % 500},Engineer,met {n},* myContacts ::: PyCon,"
        f"Work,pia{n}@acme{n % 300}.example,Mobile,+4917{n:09d}\n"
        for n in range(people)
    )
    return (HEADINGS + "".join(rows)).encode()


def timed(what: str, run: Callable[[], str], limit: str = "") -> None:
    start, worked = time.perf_counter(), time.process_time()
    said = run()
    spent, worked = time.perf_counter() - start, time.process_time() - worked
    cpu = f" ({worked:.1f} s of this core)" if worked > spent / 10 else ""
    print(f"{what}: {spent:.1f} s{cpu}, {said}{f' ({limit})' if limit else ''}", flush=True)


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 10_000
    data = a_file(people)
    with tempfile.TemporaryDirectory() as folder:
        urls = [f"sqlite:///{folder}/{name}.db" for name in ("old", "new")]
        archive = Path(folder) / "all.json"
        store = Store.open(urls[0], secret=SECRET)
        Store.open(urls[1], secret=SECRET).close()
        with store.begin() as s:
            owner = ensure_owner(s, "ada", NOW)
        found = read(data, "contacts.csv", region="DE")
        assert isinstance(found, ContactsFile)

        def take() -> str:
            again = read(data, "contacts.csv", region="DE")
            assert isinstance(again, ContactsFile)
            with store.begin() as s:
                told = record.take_in(s, owner, again, NOW)
            return f"{told.count(Fate.NEW):,} new, {told.count(Fate.UNCHANGED):,} unchanged"

        def undo() -> str:
            with store.begin() as s:
                return f"{record.undo_import(s, owner, 1, NOW).gone:,} gone"

        def run(script: str, url: str) -> str:
            words = [sys.executable, "-c", script, url, str(archive)]
            done = subprocess.run(words, capture_output=True, text=True, check=True)
            return f"{archive.stat().st_size / 1e6:.0f} MB, peak memory {done.stdout.strip()} MB"

        timed(f"{people:,} contacts taken in, read and written", take, "10,000 under 10 s")
        timed("the same file again", take)
        timed("everything written to an archive", lambda: run(EXPORT, urls[0]), "under 200 MB")
        timed("the archive loaded", lambda: run(LOAD, urls[1]), "under 200 MB")
        timed("the import taken back", undo)
        store.close()


if __name__ == "__main__":
    main()
