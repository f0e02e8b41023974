"""Past mail into the store, side by side: mailflow, mbsync, imap_tools, imapclient; from Dovecot.

Run: python -m benchmarks.history; MAILFLOW_HISTORY_MAILS="10000 100000" chooses the sizes. Each
client runs in a process of its own against the same mailbox, whose caches are warm: mails a second
of wall time, processor seconds of the client alone, peak memory. mbsync copies whole mails into a
Maildir without fsync and reads nothing in them; imap_tools, and imapclient with the standard
library's parser, read From, To, Cc, Date and Subject and keep nothing; mailflow does, and ends with
committed rows. mbsync (Debian's isync) and imap_tools are measured where they
can be had. Above 100,000 mails only mailflow is measured, and the mails are short.

Memory is that of a client's processes together, what they share counted once. The second run is a
new connection, its login included: with nothing new, that is most of it.

Rates of wall time say little on a machine busy with other work; processor seconds do. mailflow
works on two cores, and the server needs some of them as well.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from pathlib import Path

from imapclient import IMAPClient

from benchmarks.throwaway import python_with
from mailflow.account.bulk import FIELDS
from mailflow.config import AccountConfig
from tests.servers import process
from tests.servers.dovecot import PASSWORD, USER, Dovecot

SIZES = "10000 100000"
COMPARED = 100_000
"""The largest mailbox that is given to the others as well."""

LOOKED_EVERY = 0.05
"""Seconds between two looks at a client's memory."""

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


def mail(
    dice: random.Random, known: list[str], own: str, number: int, most: int
) -> tuple[bytes, datetime]:
    """One mail of up to `most` lines: to the owner, by the owner, or a list's or a robot's."""
    at = BEGINS + timedelta(minutes=number)
    other = dice.choice(known[: max(20, int(len(known) * dice.random() ** 2))])
    is_out = dice.random() < 0.35
    sender, to = (own, [other]) if is_out else (other, [own])
    to += dice.sample(known, dice.choice((0, 0, 0, 1, 3)))
    lines = [
        f"Return-Path: <bounce{number}@relay.example>",
        *(
            f"Received: from mx{hop}.relay.example (mx{hop}.relay.example [203.0.113.{hop}])\r\n"
            f"\tby mail.example.test with ESMTPS id {dice.getrandbits(48):X}\r\n"
            f"\t(version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256)\r\n"
            f"\tfor <{own}>; {format_datetime(at)}"
            for hop in range(dice.randint(2, 5))
        ),
        f"DKIM-Signature: v=1; a=rsa-sha256; d=relay.example; b={dice.getrandbits(900):x}",
        "Authentication-Results: mail.example.test; dkim=pass header.d=relay.example;\r\n"
        f"\tspf=pass smtp.mailfrom=bounce{number}@relay.example; dmarc=pass",
        *(
            f"X-{dice.choice(WORDS).title()}-{dice.choice(WORDS).title()}: "
            f"{' '.join(dice.sample(WORDS, dice.randint(1, 8)))}"
            for _ in range(dice.randint(3, 10))
        ),
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
    return ("\r\n".join(lines) + "\r\n" + body * dice.randint(1, most)).encode(), at


def short_mail(
    dice: random.Random, known: list[str], own: str, number: int
) -> tuple[bytes, datetime]:
    """A mail with a line of text, written quickly: for mailboxes of a million."""
    at = BEGINS + timedelta(minutes=number)
    other = known[int(len(known) * dice.random() ** 2)]
    sender, to = (own, other) if number % 3 == 0 else (other, own)
    text = (
        f"Date: {at:%a, %d %b %Y %H:%M:%S} +0100\r\nFrom: {sender}\r\nTo: {to}\r\n"
        f"Subject: {WORDS[number % 10]} {number}\r\n"
        f"Message-ID: <{number}@firm.example>\r\n\r\nhello\r\n"
    )
    return text.encode(), at


def fill(folder: Path, own: str, count: int) -> None:
    """A Maildir with so many mails, written straight to the disk."""
    dice = random.Random(count)
    known = people(random.Random(0), 3000)
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        if count <= COMPARED:
            data, at = mail(dice, known, own, number, 30)
        else:
            data, at = short_mail(dice, known, own, number)
        seconds = int(at.timestamp())
        path = f"{folder}/cur/{seconds}.M{number}.host,S={len(data)}:2,S"
        with open(path, "wb") as file:  # noqa: PTH123 # a million times
            file.write(data)
        os.utime(path, (seconds, seconds))


def give(folder: Path, user: str) -> None:
    """As `process.give`, quicker: the names are looked up once."""
    if os.geteuid() == 0:
        shutil.chown(folder, user, process.group_of(user))
        owner = folder.stat()
        for place, folders, files in os.walk(folder):
            for name in (*folders, *files):
                os.chown(os.path.join(place, name), owner.st_uid, owner.st_gid)  # noqa: PTH118


def raw(config: AccountConfig) -> int:
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


def _plain(config: AccountConfig) -> IMAPClient:
    client = IMAPClient(config.imap.host, config.imap.port, ssl=False, timeout=600)
    client.login(config.imap.user, PASSWORD)
    client.select_folder("INBOX", readonly=True)
    return client


MAILFLOW = """
import sys, time
from pathlib import Path
from mailflow.config import load
from mailflow.account.imap import ImapAccount
from mailflow.daemon import clock, open_house
from mailflow.tick.history import import_history
config = load(Path(sys.argv[1]), {})
def imported(house):
    accounts = [ImapAccount(each) for each in config.accounts]
    last, start, worked = None, time.perf_counter(), time.process_time()
    for last in import_history(house, accounts, clock()):
        pass
    told = time.perf_counter() - start, time.process_time() - worked
    for account in accounts:
        account.close()
    return last, *told
with open_house(config, holds=False) as house:
    last, took, _ = imported(house)
    _, again, own = imported(house)
print(last.read, took, again, own)
"""
IMAPCLIENT = """
import sys, time
from email import message_from_bytes, policy
from imapclient import IMAPClient
host, port, user, password, fields = sys.argv[1:]
began = time.perf_counter()
client = IMAPClient(host, int(port), ssl=False, timeout=600)
client.login(user, password)
client.select_folder("INBOX", readonly=True)
uids = client.search("ALL")
count = 0
for at in range(0, len(uids), 1000):
    for answer in client.fetch(uids[at : at + 1000], [fields]).values():
        data = next(value for key, value in answer.items() if key.startswith(b"BODY"))
        mail = message_from_bytes(data, policy=policy.default)
        count += any(str(mail[name] or "") for name in ("from", "to", "cc", "date", "subject"))
client.logout()
print(count, time.perf_counter() - began)
"""
IMAP_TOOLS = """
import sys, time
from imap_tools import MailBoxUnencrypted
host, port, user, password, fields = sys.argv[1:]
began = time.perf_counter()
with MailBoxUnencrypted(host, int(port)).login(user, password) as box:
    read = box.fetch(headers_only=True, mark_seen=False, bulk=1000)
    told = ((m.from_values, m.to_values, m.cc_values, m.date, m.subject) for m in read)
    count = sum(1 for each in told if each is not None)
print(count, time.perf_counter() - began)
"""
MBSYNC = """
FSync no

IMAPAccount far
Host localhost
Port {port}
User {user}
Pass {password}
SSLType None
AuthMechs LOGIN

IMAPStore far
Account far

MaildirStore near
Path {folder}/mail/
Inbox {folder}/mail/INBOX

Channel all
Far :far:
Near :near:
Patterns INBOX
Sync Pull
Create Near
SyncState *
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


@dataclass(frozen=True, slots=True)
class Run:
    """What one client's process did: seconds of wall time (without the start of Python) and of the
    processor, its peak in MB, and what it printed."""

    wall: float
    worked: float
    peak: float
    said: list[float]


def run(*command: str) -> Run:
    """Run it to its end; raises when it fails."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as complaints:
        child = subprocess.Popen(command, stdout=out, stderr=complaints)
        peak = 0.0
        while not (ended := os.wait4(child.pid, os.WNOHANG))[0]:
            peak = max(peak, resident(child.pid))
            time.sleep(LOOKED_EVERY)
        _, status, used = ended
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - began
        out.seek(0)
        complaints.seek(0)
        said = out.read().split()
        if child.returncode:
            raise RuntimeError(f"{command[0]}: {complaints.read().decode()[-2000:]}")
    words = [float(word) for word in said]
    wall = words[1] if words else wall
    return Run(wall, used.ru_utime + used.ru_stime, peak, words)


def resident(process_id: int) -> float:
    """What it has in memory now, and its children, in MB; what they share counts once (PSS)."""
    folder = Path(f"/proc/{process_id}")
    try:
        told = (folder / "smaps_rollup").read_text().splitlines()
        children = (folder / "task" / str(process_id) / "children").read_text().split()
    except OSError:  # it has ended, or is a zombie
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in told if line.startswith("Pss:")), 0.0)
    return own + sum(resident(int(child)) for child in children)


def by_mailflow(config: AccountConfig, folder: Path) -> Run:
    """To committed rows, and once more with nothing new."""
    (folder / "password").write_text(PASSWORD)
    (folder / "password").chmod(0o600)
    settings = folder / "config.toml"
    settings.write_text(CONFIG.format(user=config.imap.user, folder=folder, port=config.imap.port))
    settings.chmod(0o600)
    return run(sys.executable, "-c", MAILFLOW, str(settings))


def by_mbsync(config: AccountConfig, folder: Path) -> Run | None:
    """Every mail whole, into a Maildir."""
    if shutil.which("mbsync") is None:
        return None
    (folder / "mail").mkdir()
    told = {"port": config.imap.port, "user": config.imap.user, "password": PASSWORD}
    (folder / "mbsyncrc").write_text(MBSYNC.format(folder=folder, **told).lstrip())
    return run("mbsync", "--quiet", "--config", str(folder / "mbsyncrc"), "all")


def by_library(config: AccountConfig, code: str, python: Path | None) -> Run | None:
    """The header fields mailflow asks for, kept nowhere."""
    if python is None:
        return None
    server = (config.imap.host, str(config.imap.port), config.imap.user, PASSWORD)
    return run(str(python), "-c", code, *server, RAW_FIELDS[1:-1].split(maxsplit=2)[2])


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
    fill(server.maildir(user), user, size)
    give(server.maildir(user), USER)
    _plain(config).logout()  # Dovecot numbers the mails
    count = raw(config)  # and fills its caches, for all alike
    print(f"\n{count:,} mails in a mailbox of Dovecot", flush=True)
    if size <= COMPARED:
        began = time.perf_counter()
        rate = raw(config) / (time.perf_counter() - began)
        print(f"  the same answers off a socket, nothing done with them: {rate:,.0f} mails/s")
    runs: dict[str, Run | None] = {}
    with tempfile.TemporaryDirectory(prefix="mailflow-bench-") as name:
        folder = Path(name)
        runs["mailflow import history"] = ours = by_mailflow(config, folder)
        if size <= COMPARED:
            runs["mbsync, without fsync"] = by_mbsync(config, folder)
    if size <= COMPARED:
        python = python_with("imap-tools")
        runs["imap_tools, headers only"] = by_library(config, IMAP_TOOLS, python)
        runs["imapclient with email"] = by_library(config, IMAPCLIENT, Path(sys.executable))
    print(f"  {'':<28}{'mails/s':>9}{'processor':>12}{'peak':>9}{'mailflow is':>14}")
    for title, each in runs.items():
        print(f"  {title:<28}" + (row(each, ours, count) if each else "cannot be had here"))
    again, own = (seconds * 1000 for seconds in ours.said[2:])
    print(
        f"  mailflow once more, with nothing new: {again:.0f} ms, {own:.0f} ms of them its own work"
    )
    shutil.rmtree(server.maildir(user))


def row(each: Run, ours: Run, count: int) -> str:
    """Rate, processor seconds, peak memory; and how many times quicker mailflow is."""
    times = "" if each is ours else f"{each.wall / ours.wall:>11.1f} ×"
    return f"{count / each.wall:>9,.0f}{each.worked:>10.1f} s{each.peak:>6,.0f} MB{times}"


if __name__ == "__main__":
    main()
