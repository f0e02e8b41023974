"""Past mail into the store: mails a second from a Dovecot mailbox to committed rows, and memory.

Run: python -m benchmarks.history; MAILFLOW_HISTORY_MAILS="10000 100000" chooses the sizes.
"""

import importlib.util
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from pathlib import Path

from imapclient import IMAPClient

from mailflow.account.bulk import FIELDS
from mailflow.config import AccountConfig
from tests.servers import process
from tests.servers.dovecot import PASSWORD, USER, Dovecot

SIZES = "20000"
BEGINS = datetime(2024, 1, 1, 8, tzinfo=UTC)
GIVEN = ("Jane", "Raj", "Zoë", "Jürgen", "Chloé", "Łukasz", "María", "Tom", "Ines", "Omar", "Wei")
FAMILY = ("Roe", "Rao", "Müller", "García", "Nguyen", "O'Brien", "Kowalski", "Petit", "Okafor")
WORDS = ("plan", "week", "draft", "budget", "lunch", "visit", "intro", "paper", "deck", "offer")
RAW_FIELDS = f"(UID INTERNALDATE BODY.PEEK[HEADER.FIELDS ({FIELDS})])"


def people(dice: random.Random, count: int) -> list[str]:
    """Header forms of as many people: plain, quoted, encoded."""
    made = []
    for number in range(count):
        name = f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}"
        shown = name if name.isascii() else Header(name, "utf-8").encode()
        shown = f'"{shown}"' if "'" in shown or (shown.isascii() and dice.random() < 0.4) else shown
        made.append(f"{shown} <p{number}@firm{number % 400}.example>")
    return made


def mail(dice: random.Random, known: list[str], own: str, number: int) -> tuple[bytes, datetime]:
    """One mail of 2 to 20 kB: to the owner, by the owner, or a list's or a robot's."""
    at = BEGINS + timedelta(minutes=10 * number)
    other = dice.choice(known[: max(20, int(len(known) * dice.random() ** 2))])
    is_out = dice.random() < 0.35
    sender, to = (own, [other]) if is_out else (other, [own])
    to += dice.sample(known, dice.choice((0, 0, 0, 1, 3)))
    lines = [
        f"Return-Path: <bounce{number}@relay.example>",
        *(
            f"Received: from mx{hop}.relay.example (mx{hop}.relay.example [203.0.113.{hop}])\r\n"
            f"\tby mail.example.test with ESMTPS id {dice.getrandbits(48):X};\r\n"
            f"\t{format_datetime(at)}"
            for hop in range(dice.randint(2, 4))
        ),
        f"DKIM-Signature: v=1; a=rsa-sha256; d=relay.example; b={dice.getrandbits(900):x}",
        f"Date: {format_datetime(at.astimezone())}",
        f"From: {sender}",
        f"To: {(',' + chr(13) + chr(10) + chr(9)).join(to)}",
        f"Subject: {'Re: ' * (number % 2)}{' '.join(dice.sample(WORDS, 4))}",
        f"Message-ID: <{number}.{dice.getrandbits(64):x}@firm.example>",
    ]
    if number % 2:
        lines.append(f"In-Reply-To: <{number - 1}@firm.example>")
    if not is_out and dice.random() < 0.25:
        lines += ["List-Id: Plans <plans.lists.example>", "Precedence: list"]
    lines += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", ""]
    body = " ".join(WORDS * 4) + "\r\n"
    return ("\r\n".join(lines) + "\r\n" + body * dice.randint(4, 50)).encode(), at


def fill(folder: Path, own: str, first: int, last: int) -> None:
    """A Maildir with these mails, written straight to the disk."""
    dice = random.Random(first)
    known = people(random.Random(0), 3000)
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number in range(first, last):
        data, at = mail(dice, known, own, number)
        path = folder / "cur" / f"{int(at.timestamp())}.M{number}.host,S={len(data)}:2,S"
        path.write_bytes(data)
        os.utime(path, (at.timestamp(), at.timestamp()))


def raw(config: AccountConfig, size: int) -> int:
    """The limit: the same answers off the socket, nothing done with them."""
    client = _plain(config)
    wire = client._imap
    wire.send(b"x UID FETCH 1:* " + RAW_FIELDS.encode() + b"\r\n")
    count = 0
    while not (line := wire.readline()).startswith(b"x "):
        if line.endswith(b"}\r\n"):
            wire.read(int(line[line.rindex(b"{") + 1 : -3]))
            count += 1
    client.logout()
    return count


def by_imapclient(config: AccountConfig, size: int) -> int:
    """The library's own FETCH, nothing done with the answers."""
    client = _plain(config)
    uids = client.search("ALL")[:size]
    count = 0
    for at in range(0, len(uids), 1000):
        count += len(client.fetch(uids[at : at + 1000], [RAW_FIELDS[1:-1]]))
    client.logout()
    return count


def by_imap_tools(config: AccountConfig, size: int) -> int:
    imap_tools = importlib.import_module("imap_tools")
    with imap_tools.MailBoxUnencrypted(config.imap.host, config.imap.port).login(
        config.imap.user, PASSWORD
    ) as box:
        read = box.fetch(headers_only=True, mark_seen=False, bulk=1000, limit=size)
        return sum(1 for each in read if each.from_ is not None)


def _plain(config: AccountConfig) -> IMAPClient:
    client = IMAPClient(config.imap.host, config.imap.port, ssl=False, timeout=600)
    client.login(config.imap.user, PASSWORD)
    client.select_folder("INBOX", readonly=True)
    return client


CHILD = """
import resource, sys, time
from pathlib import Path
from mailflow.config import load
from mailflow.daemon import clock, open_house
from mailflow.tick.history import import_history
config = load(Path(sys.argv[1]), {})
with open_house(config, holds=False) as house:
    began, before = time.perf_counter(), time.process_time()
    last = None
    for last in import_history(house, list(house.accounts.values()), clock()):
        pass
    took = time.perf_counter() - began
    cpu = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    for _ in import_history(house, list(house.accounts.values()), clock()):
        pass
    again = time.perf_counter() - began
print(last.read, took, cpu, peak, again)
"""

CONFIG = """
[owner]
name = "Ada"
addresses = ["{user}"]
zone = "UTC"
[service]
address = "mailflow@example.test"
[store]
state_dir = "{folder}/state"
[accounts.main.imap]
host = "localhost"
port = {port}
security = "plain"
user = "{user}"
password_file = "{folder}/password"
[accounts.main.smtp]
host = "localhost"
port = 9
security = "plain"
user = "{user}"
password_file = "{folder}/password"
"""


def by_mailflow(config: AccountConfig, folder: Path) -> tuple[float, ...]:
    """In a process of its own: mails, seconds to committed rows, of which the
    processor worked, peak MB, seconds again.
    """
    (folder / "password").write_text(PASSWORD)
    (folder / "password").chmod(0o600)
    settings = folder / "config.toml"
    settings.write_text(CONFIG.format(user=config.imap.user, folder=folder, port=config.imap.port))
    settings.chmod(0o600)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(settings)], capture_output=True, text=True, check=True
    )
    return tuple(map(float, done.stdout.split()))


def main() -> None:
    """One table for each size."""
    server = Dovecot()
    try:
        for size in map(int, os.environ.get("MAILFLOW_HISTORY_MAILS", SIZES).split()):
            measure(server, size)
    finally:
        server.stop()


def measure(server: Dovecot, size: int) -> None:
    user = server.new_user()
    config = server.account(user)
    fill(server.maildir(user), user, 0, size)
    process.give(server.maildir(user), USER)
    _plain(config).logout()  # Dovecot numbers the mails
    warm = raw(config, size)  # and fills its caches, for all alike
    print(f"{warm} mails in a mailbox of Dovecot")
    rows: list[tuple[str, Callable[[AccountConfig, int], int]]] = [
        ("raw socket, nothing done with it (the limit)", raw),
        ("imapclient, nothing done with it", by_imapclient),
    ]
    if importlib.util.find_spec("imap_tools"):
        rows.append(("imap_tools, headers only", by_imap_tools))
    else:
        print("  imap_tools is not installed: not measured")
    if shutil.which("mbsync") is None:
        print("  mbsync is not installed: not measured")
    for name, work in rows:
        began = time.perf_counter()
        count = work(config, size)
        print(f"  {name:<48} {count / (time.perf_counter() - began):>9,.0f} mails/s")
    with tempfile.TemporaryDirectory(prefix="mailflow-bench-") as folder:
        count, took, cpu, peak, again = by_mailflow(config, Path(folder))
    print(f"  {'mailflow import history, to committed rows':<48} {count / took:>9,.0f} mails/s")
    print(f"  {'  by the processor time it took':<48} {count / cpu:>9,.0f} mails/s")
    print(f"  {'  peak memory of the whole process':<48} {peak:>9,.0f} MB")
    print(f"  {'  again, with nothing new':<48} {again * 1000:>9,.0f} ms")


if __name__ == "__main__":
    main()
