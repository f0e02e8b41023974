"""Postfix from a temporary folder, relaying to the test's Dovecot by LMTP; needs root."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailflow.config import Secret, Server, Wrap
from tests.servers import process
from tests.servers.dovecot import PASSWORD, Dovecot

MAIN = """
compatibility_level = 3.6
queue_directory = {base}/spool
data_directory = {base}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.example.test
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = {base}/maillog
maillog_file_prefixes = /tmp, /var
default_transport = lmtp:inet:127.0.0.1:{lmtp_port}
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_client_connection_count_limit = 0
smtpd_client_message_rate_limit = 0
smtpd_tls_security_level = may
smtpd_tls_cert_file = {base}/cert.pem
smtpd_tls_key_file = {base}/key.pem
smtpd_error_sleep_time = 0
in_flow_delay = 0
recipient_delimiter = +
alias_maps =
alias_database =
message_size_limit = 52428800
minimal_backoff_time = 5s
queue_run_delay = 5s
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
"""
QUEUES = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming",
          "private", "saved", "trace")  # fmt: skip


class Postfix:
    """A private server; unknown recipients come back as real delivery status notifications."""

    def __init__(self, dovecot: Dovecot) -> None:
        master = process.require("/usr/lib/postfix/sbin/master", "postfix")
        if os.geteuid() != 0:
            pytest.skip("Postfix starts only as root")
        self.base = process.folder("pf-", "root")
        self.base.chmod(0o755)
        self.port = process.free_port()
        for name in ("cert.pem", "key.pem", "ca.pem"):
            shutil.copy(dovecot.base / name, self.base / name)
        self.ca_file = self.base / "ca.pem"
        self._configure(dovecot.lmtp_port)
        self._make_spool()
        self._process = process.Process(
            [master, "-c", self.base / "etc", "-d"],
            self.base / "out",
            env={"MAIL_LOGTAG": "postfix"},
        )
        self._process.wait_for_greeting(self.port, b"220")

    def _configure(self, lmtp_port: int) -> None:
        etc = self.base / "etc"
        etc.mkdir()
        (etc / "main.cf").write_text(MAIN.format(base=self.base, lmtp_port=lmtp_port))
        (etc / "master.cf").write_text(MASTER.format(port=self.port))
        long_ago = time.time() - 60
        for name in ("main.cf", "master.cf"):
            # Postfix waits as long as its configuration looks as if it was just being written.
            os.utime(etc / name, (long_ago, long_ago))

    def _make_spool(self) -> None:
        """What `postfix check` makes on an installed system."""
        spool = self.base / "spool"
        for path, mode, group in (
            *((Path(queue), 0o700, None) for queue in QUEUES),
            (Path("maildrop"), 0o730, "postdrop"),
            (Path("public"), 0o710, "postdrop"),
        ):
            (spool / path).mkdir(parents=True)
            shutil.chown(spool / path, "postfix", group)
            (spool / path).chmod(mode)
        (spool / "pid").mkdir()
        (self.base / "data").mkdir()
        shutil.chown(self.base / "data", "postfix")

    def server(self, user: str, wrap: Wrap = Wrap.STARTTLS) -> Server:
        """How mailflow reaches this server."""
        return Server(
            "localhost", self.port, wrap, user, Secret(command=("echo", PASSWORD)),
            timeout=timedelta(seconds=10), ca_file=self.ca_file,
        )  # fmt: skip

    def log_text(self) -> str:
        log = self.base / "maillog"
        return log.read_text(errors="replace")[-4000:] if log.exists() else ""

    def stop(self) -> None:
        self._process.stop(signal.SIGTERM, 3)
        shutil.rmtree(self.base, ignore_errors=True)


@pytest.fixture(scope="session")
def postfix(dovecot: Dovecot) -> Iterator[Postfix]:
    """One Postfix for the whole test process; it delivers into `dovecot`."""
    server = Postfix(dovecot)
    yield server
    server.stop()
