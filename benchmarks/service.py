"""The main job's speed over a real Dovecot: latency, a quiet tick, a thousand cards, idleness.

Figures on shared machines are noisy: each row has a yardstick measured in the same run, and the
ratio is what to compare.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import psutil
from sqlalchemy import insert
from sqlalchemy.orm import Session

from mailflow import logs
from mailflow.config import AccountConfig, Config
from mailflow.config.templates import read_templates
from mailflow.daemon import Daemon, open_house
from mailflow.drafting.render import Templates
from mailflow.inbox.watch import Watcher
from mailflow.model.address import Address
from mailflow.model.contact import Tier
from mailflow.model.policy import Identity, Policy
from mailflow.model.wire import Accepted, Envelope, Outcome
from mailflow.store import queue, record
from mailflow.store.database import Store, ensure_owner
from mailflow.store.tables import ContactEntry
from mailflow.tick import tick
from mailflow.tick.house import House
from tests.fakes import MemoryMailStore, MemoryPost
from tests.servers.dovecot import Dovecot

CARD = """BEGIN:VCARD\r
VERSION:3.0\r
FN:Person {n} Roe\r
N:Roe;Person {n};;;\r
ORG:Acme {n}\r
TITLE:Engineer\r
EMAIL:person{n}@company{n}.example\r
TEL:+49 30 {n:07}\r
END:VCARD\r
"""
MOST_PASSES = 20
"""A pass reads, drafts and places all there is; who needs so many never comes to an end."""
WEDNESDAY = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


class Nowhere:
    """An outgoing server that takes everything at once: what is measured is not SMTP."""

    def send(self, envelope: Envelope, data: bytes) -> Outcome:
        return Accepted("250 taken")

    def close(self) -> None:
        """Nothing is held open."""


def card_mail(owner: str, service: str, n: int) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = owner, service, f"Card {n}"
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain="client.example")
    message.set_content("met at PyCon\n")
    message.add_attachment(
        CARD.format(n=n).encode(), maintype="text", subtype="vcard", filename="card.vcf"
    )
    return message.as_bytes()


def configured(dovecot: Dovecot, folder: Path, owner: str) -> Config:
    account: AccountConfig = replace(dovecot.account(owner), name="main")
    local, _, domain = owner.partition("@")
    return Config(
        identity=Identity(
            "Ada Byron",
            (Address.parse(owner),),
            Address.parse(f"{local}+mailflow@{domain}"),
            ZoneInfo("UTC"),
        ),
        accounts=(account,),
        store_url=f"sqlite:///{folder / 'mailflow.db'}",
        state_dir=folder,
        policy=Policy(
            absurd_per_tick=100_000,
            new_people_per_week=100_000,
            answers_per_hour=100_000,
            answers_per_day=100_000,
        ),
    )


def row(name: str, figure: str, yardstick: str = "") -> None:
    print(f"{name:<46}{figure:>18}  {yardstick}", flush=True)


@contextmanager
def a_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mfb-") as name:
        yield Path(name)


def latency(dovecot: Dovecot, times: int = 40) -> None:
    """From the server's IDLE notice to the draft standing in Drafts, one card at a time."""
    owner = dovecot.new_user("ada")
    noticed: list[float] = []
    placed: list[float] = []
    done = threading.Event()
    really_wait = Watcher.wait

    def wait(self: Watcher, timeout: float) -> set[tuple[str, str]]:
        news = really_wait(self, timeout)
        if news:
            noticed.append(time.perf_counter())
        return news

    def point(name: str) -> None:
        if name == "placed":
            placed.append(time.perf_counter())
            done.set()

    with a_folder() as folder, patch.object(Watcher, "wait", wait), patch(
        "mailflow.faults.point", point
    ), patch("mailflow.daemon.SmtpPost", lambda _config: Nowhere()):  # fmt: skip
        config = configured(dovecot, folder, owner)
        daemon = Daemon(config, lambda: WEDNESDAY)
        thread = threading.Thread(target=daemon.run, daemon=True)
        thread.start()
        time.sleep(3)
        own: list[float] = []
        whole: list[float] = []
        for n in range(times):
            done.clear()
            noticed.clear()
            began = time.perf_counter()
            data = card_mail(owner, str(config.identity.service), n)
            dovecot.deliver(owner, data, owner)
            if not done.wait(20):
                raise RuntimeError("the draft did not come to stand in Drafts")
            own.append(placed[-1] - noticed[0])
            whole.append(placed[-1] - began)
            time.sleep(0.15)
        daemon.stop()
        thread.join(10)
    floor = append_floor(dovecot, times)
    p95 = statistics.quantiles(own, n=20)[-1]
    row("notice to draft in Drafts, p50", f"{statistics.median(own) * 1000:.0f} ms")
    row(
        "notice to draft in Drafts, p95 (≤ 250 ms)",
        f"{p95 * 1000:.0f} ms",
        f"{p95 / floor:.1f} × one search and APPEND ({floor * 1000:.0f} ms)",
    )
    row(
        "delivery to draft, p50, Dovecot's delay included",
        f"{statistics.median(whole) * 1000:.0f} ms",
    )


def append_floor(dovecot: Dovecot, times: int) -> float:
    """The median time of one search and one APPEND on the same server: no client does it faster."""
    from mailflow.account.imap import ImapAccount

    owner = dovecot.new_user("floor")
    account = ImapAccount(dovecot.account(owner))
    drafts = account.folders().drafts or "Drafts"
    taken: list[float] = []
    for n in range(times):
        data = card_mail(owner, owner, n)
        began = time.perf_counter()
        account.search_message_id(drafts, f"<none{n}@example.org>")
        account.append(drafts, data, ("\\Draft",), datetime.now(UTC))
        taken.append(time.perf_counter() - began)
    account.close()
    return statistics.median(taken)


def quiet_house(folder: Path, people: int) -> House:
    """A store with so many contacts, nothing due, and accounts in memory."""
    owner = "ada@example.org"
    store = Store.open(f"sqlite:///{folder / 'quiet.db'}", secret=b"s" * 32)
    with store.begin() as s:
        owner_id = ensure_owner(s, owner, WEDNESDAY)
        for start in range(0, people, 5000):
            _insert_people(s, owner_id, range(start, min(people, start + 5000)))
    config = Config(
        identity=Identity(
            "Ada",
            (Address.parse(owner),),
            Address.parse("ada+mailflow@example.org"),
            ZoneInfo("UTC"),
        ),
        accounts=(AccountConfig("main", None, None),),  # type: ignore[arg-type] # never dialled
        store_url="",
        state_dir=folder,
    )
    memory = MemoryMailStore("main")
    return House(
        config=config,
        owner_id=owner_id,
        store=store,
        accounts={"main": memory},
        posts={"main": MemoryPost({owner: memory}, lambda: WEDNESDAY)},
        templates=Templates(read_templates(None)),
        secret=b"s" * 32,
    )


def _insert_people(s: Session, owner_id: int, numbers: range) -> None:
    s.execute(
        insert(ContactEntry),
        [
            {
                "owner_id": owner_id, "name": f"Person {n}", "given": "Person", "family": str(n),
                "folded_name": f"person {n}", "folded_given": "person", "title": "", "org": "",
                "phones": [], "urls": (), "postal": "", "tier": Tier.KEY, "is_focus": False,
                "is_scored": True, "event": "", "tags": (), "notes": "", "wants": "", "offers": "",
                "promised": "", "through": "", "form": "", "doubts": (), "created_at": WEDNESDAY,
                "due_at": WEDNESDAY + timedelta(days=30 + n % 300), "is_warmth_stale": False,
            }
            for n in numbers
        ],
    )  # fmt: skip


def quiet_tick() -> None:
    """A pass with nothing due: it must cost the same however many contacts there are."""
    medians: dict[int, float] = {}
    for people in (1_000, 100_000):
        with a_folder() as folder:
            house = quiet_house(folder, people)
            for _ in range(5):
                tick(house, WEDNESDAY)
            taken: list[float] = []
            for _ in range(50):
                began = time.perf_counter()
                tick(house, WEDNESDAY)
                taken.append(time.perf_counter() - began)
            medians[people] = statistics.median(taken)
            house.store.close()
    row(
        "tick, nothing due, 100,000 contacts (< 20 ms)",
        f"{medians[100_000] * 1000:.1f} ms",
        f"{medians[100_000] / medians[1_000]:.2f} × that of 1,000 contacts",
    )


def many_cards(dovecot: Dovecot, count: int = 1000) -> None:
    """So many card mails lying in INBOX, to drafts in the store and in the Drafts mailbox."""
    owner = dovecot.new_user("many")
    with a_folder() as folder, patch(
        "mailflow.daemon.SmtpPost", lambda _config: Nowhere()
    ):  # fmt: skip
        config = configured(dovecot, folder, owner)
        with open_house(config) as house:
            tick(house, WEDNESDAY)
            for n in range(count):
                dovecot.deliver(owner, card_mail(owner, str(config.identity.service), n), owner)
            began, used = time.perf_counter(), time.process_time()
            passes = passes_until(house, count)
            taken, used = time.perf_counter() - began, time.process_time() - used
    row(
        f"{count} cards at once, to drafts (≥ 50/s)",
        f"{count / taken:.0f} cards/s",
        f"{used / count * 1000:.1f} ms of processor a card; passes: {passes}",
    )


def passes_until(house: House, count: int) -> int:
    """How many passes it takes until so many drafts stand in Drafts; RuntimeError when too many."""
    account = house.accounts["main"]
    for passes in range(1, MOST_PASSES + 1):
        tick(house, WEDNESDAY)
        if account.cursor(account.folders().drafts or "Drafts").last_uid >= count:
            return passes
    with house.store.begin() as s:
        made = queue.newest_draft(s, house.owner_id)
        unplaced = len(queue.to_place(s, house.owner_id))
        aside = [each.reason for each in record.quarantined(s, house.owner_id)]
    raise RuntimeError(
        f"After {MOST_PASSES} passes fewer than {count} drafts stand in Drafts: {made} were made,"
        f" {unplaced} are still to be placed, mails in quarantine: {aside}"
    )


def idle(dovecot: Dovecot, seconds: float = 20) -> None:
    """What the daemon costs at rest: processor time and resident memory, as a process."""
    owner = dovecot.new_user("idle")
    with a_folder() as folder:
        write_config(dovecot, folder, owner)
        mailflow = [sys.executable, "-m", "mailflow", "--config", str(folder / "config.toml")]
        # The store is made by a process of its own: that happens once in a lifetime.
        subprocess.run([*mailflow, "once"], check=True, capture_output=True)
        with subprocess.Popen([*mailflow, "run"], stderr=subprocess.DEVNULL) as process:
            time.sleep(8)
            watched = psutil.Process(process.pid)
            before = watched.cpu_times()
            time.sleep(seconds)
            after = watched.cpu_times()
            memory = watched.memory_info().rss / 1e6
            process.terminate()
    used = (after.user + after.system) - (before.user + before.system)
    row("idle daemon, processor (0 %)", f"{used / seconds * 100:.1f} %")
    row("idle daemon, memory (< 90 MB)", f"{memory:.0f} MB")


def write_config(dovecot: Dovecot, folder: Path, owner: str) -> None:
    """A configuration file for that account, as the owner would have it."""
    password = folder / "password"
    password.write_text("secret")
    password.chmod(0o600)
    local, _, domain = owner.partition("@")
    server = f'host = "127.0.0.1"\nsecurity = "plain"\nuser = "{owner}"\npassword_file = "password"'
    (folder / "config.toml").write_text(
        f'[owner]\nname = "Ada"\naddresses = ["{owner}"]\nzone = "UTC"\n'
        f'[service]\naddress = "{local}+mailflow@{domain}"\n'
        f"[accounts.main.imap]\nport = {dovecot.imap_port}\n{server}\n"
        f"[accounts.main.smtp]\nport = {dovecot.imap_port}\n{server}\n"
        f'[store]\nstate_dir = "state"\n'
    )


def main() -> None:
    """Print the rows."""
    logs.configure(Path(os.devnull).open("w"))  # noqa: SIM115 - open as long as the process
    quiet_tick()
    dovecot = Dovecot()
    try:
        latency(dovecot)
        many_cards(dovecot)
        idle(dovecot)
    finally:
        dovecot.stop()


if __name__ == "__main__":
    main()
