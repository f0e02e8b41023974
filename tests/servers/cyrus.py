"""Cyrus IMAP from a temporary folder: a second opinion on every protocol question."""

import os
import shutil
import signal
import smtplib
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from mailflow.config import AccountConfig, Secret, Server, Wrap
from tests.servers import process

USER = process.server_user("nobody")
PASSWORD = "secret"
COMMON = Path("/usr/lib/cyrus/bin")
UNPACKED = Path("/usr/local/lib/mailflow-tests/cyrus-imapd/usr/lib/cyrus/bin")
"""Where tests/system-packages.sh puts cyrus-imapd, which cannot be installed beside Dovecot."""

IMAPD_CONF = """
configdirectory: {base}/conf
proc_path: {base}/run/proc
mboxname_lockpath: {base}/run/lock
defaultpartition: default
partition-default: {base}/mail
cyrus_user: {user}
cyrus_group: {group}
admins: admin
servername: localhost
virtdomains: userid
altnamespace: yes
unixhierarchysep: yes
allowplaintext: yes
autocreate_quota: 0
autocreate_post: yes
autocreate_inbox_folders: Drafts | Sent | Trash | Junk | Archive
autocreate_subscribe_folders: Drafts | Sent | Trash | Junk | Archive
xlist-drafts: Drafts
xlist-sent: Sent
xlist-trash: Trash
xlist-junk: Junk
xlist-archive: Archive
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {base}/sasldb2
sasl_mech_list: PLAIN LOGIN
lmtpsocket: {base}/run/lmtp
idlesocket: {base}/run/idle
notifysocket: {base}/run/notify
imapidlepoll: 1
syslog_prefix: cyrus
conversations: 0
"""
CYRUS_CONF = """
START {{
  recover cmd="{common}/ctl_cyrusdb -C {base}/imapd.conf -r"
  idled   cmd="{imapd}/idled -C {base}/imapd.conf"
}}
SERVICES {{
  imap cmd="{imapd}/imapd -C {base}/imapd.conf -U 30" listen="127.0.0.1:{imap_port}" prefork=1
  lmtp cmd="{common}/lmtpd -C {base}/imapd.conf -a" listen="127.0.0.1:{lmtp_port}" prefork=1
}}
EVENTS {{
}}
"""


class Cyrus:
    """A private server without TLS."""

    def __init__(self) -> None:
        master = process.require(COMMON / "master", "cyrus-common")
        self._saslpasswd2 = process.require("saslpasswd2", "sasl2-bin")
        imapd = COMMON if (COMMON / "imapd").exists() else UNPACKED
        process.require(imapd / "imapd", "cyrus-imapd (unpacked beside Dovecot)")
        self.base = process.folder("cy-", USER)
        self.imap_port, self.lmtp_port = process.free_port(), process.free_port()
        self._users = count(1)
        values = {
            "base": self.base, "user": USER, "group": process.group_of(USER), "common": COMMON,
            "imapd": imapd, "imap_port": self.imap_port, "lmtp_port": self.lmtp_port,
        }  # fmt: skip
        for name in ("conf/socket", "conf/db", "conf/log", "conf/msg", "mail", "run/proc",
                     "run/lock"):  # fmt: skip
            (self.base / name).mkdir(parents=True)
        (self.base / "imapd.conf").write_text(IMAPD_CONF.format(**values))
        (self.base / "cyrus.conf").write_text(CYRUS_CONF.format(**values))
        self.new_user()
        process.give(self.base, USER)
        self._process = process.Process(
            [master, "-C", self.base / "imapd.conf", "-M", self.base / "cyrus.conf",
             "-p", self.base / "run/master.pid"],
            self.base / "out",
            USER,
        )  # fmt: skip
        self._process.wait_for_greeting(self.imap_port, b"* OK")
        self._process.wait_for_greeting(self.lmtp_port, b"220")

    def stop(self) -> None:
        self._process.stop(signal.SIGKILL)
        for pid in self._stragglers():
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.base, ignore_errors=True)

    def _stragglers(self) -> list[int]:
        """idled leaves the session it was started in; our folder's name on its command tells it."""
        ours = f"{self.base}/imapd.conf".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if ours in entry.read_bytes():
                    found.append(int(entry.parent.name))
            except OSError:
                continue
        return found

    def new_user(self, name: str = "user") -> str:
        """A fresh account with the tests' password; tells its address."""
        local = f"{name}{next(self._users)}"
        subprocess.run(
            [
                self._saslpasswd2,
                "-p",
                "-c",
                "-f",
                self.base / "sasldb2",
                "-u",
                "example.test",
                local,
            ],
            input=PASSWORD.encode(),
            check=True,
        )
        process.give(self.base / "sasldb2", USER)
        return f"{local}@example.test"

    def account(self, user: str) -> AccountConfig:
        server = Server(
            "localhost", self.imap_port, Wrap.PLAIN, user, Secret(command=("echo", PASSWORD)),
            timeout=timedelta(seconds=10),
        )  # fmt: skip
        return AccountConfig(user, imap=server, smtp=server)

    def deliver(self, recipient: str, data: bytes, sender: str = "sender@example.test") -> None:
        """By LMTP; Cyrus drops a second mail with the same Message-ID."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port, timeout=10) as lmtp:
            lmtp.sendmail(sender, [recipient], data)


@pytest.fixture(scope="session")
def cyrus() -> Iterator[Cyrus]:
    """One Cyrus for the whole test process; take a fresh user for each test."""
    server = Cyrus()
    yield server
    server.stop()
