"""Dovecot from a temporary folder: IMAP in every wrap, LMTP with sub-addressing, users at will."""

import base64
import shutil
import signal
import smtplib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from mailflow.config import AccountConfig, Secret, Server, Wrap
from tests.servers import process
from tests.servers.certificates import Authority

USER = process.server_user("nobody")
PASSWORD = "secret"

CONFIG = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
mail_location = maildir:{base}/mail/%u
mail_home = {base}/home/%u
mail_fsync = never
auth_mechanisms = plain login {mechanism}
disable_plaintext_auth = no
auth_failure_delay = 0 secs
passdb {{
  driver = static
  args = password={password}
  username_filter = *@example.test !nobody*
}}
passdb {{
  # Nobody is in it: who is filtered out above is unknown, not a failure of the lookup.
  driver = passwd-file
  args = {base}/nobody
}}
{passdb}
userdb {{
  driver = static
  args = uid={user} gid={group} home={base}/home/%u
}}
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
ssl = {ssl}
ssl_cert = <{base}/cert.pem
ssl_key = <{base}/key.pem
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
  mailbox Drafts {{
    special_use = \\Drafts
    auto = subscribe
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
  mailbox Trash {{
    special_use = \\Trash
    auto = subscribe
  }}
  mailbox Junk {{
    special_use = \\Junk
    auto = subscribe
  }}
  mailbox Archive {{
    special_use = \\Archive
    auto = subscribe
  }}
}}
service imap-login {{
  chroot =
  service_count = 0
  process_min_avail = 1
  client_limit = 4000
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
    ssl = yes
  }}
}}
service imap {{
  process_limit = 4096
  client_limit = 1
  vsz_limit = 0
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
  client_limit = 10000
}}
service auth {{
  client_limit = 10000
}}
service stats {{
  client_limit = 10000
}}
protocol imap {{
  mail_max_userip_connections = 5000
  {imap}
}}
protocol lmtp {{
  postmaster_address = postmaster@example.test
}}
"""
TOKENS = """
passdb {{
  driver = oauth2
  mechanisms = {mechanism}
  args = {base}/tokens.conf
}}
"""
NO_IDLE = "imap_capability = IMAP4rev1 SASL-IR LITERAL+ UIDPLUS MOVE UNSELECT SPECIAL-USE NAMESPACE"


class Dovecot:
    """A private server; `imap` adds settings, `days` tells how long the certificate lasts,
    `zone` where the server lives, `tokens` by which mechanism (xoauth2, oauthbearer) and signed by
    which key access tokens are taken."""

    def __init__(
        self,
        *,
        imap: str = "",
        days: float = 30,
        separator: str = "/",
        prefix: str = "",
        offers_tls: bool = True,
        zone: str = "UTC",
        tokens: tuple[str, bytes] | None = None,
    ) -> None:
        self._zone = zone
        self._binary = process.require("dovecot", "dovecot-imapd and dovecot-lmtpd")
        for helper in ("imap", "lmtp"):
            process.require(f"/usr/lib/dovecot/{helper}", f"dovecot-{helper}d")
        self.base = process.folder("dc-", USER)
        self.imap_port, self.imaps_port, self.lmtp_port = (process.free_port() for _ in range(3))
        authority = Authority(self.base)
        authority.issue(self.base, days=days)
        self.ca_file = authority.file
        for name in ("run", "state", "mail", "home"):
            (self.base / name).mkdir()
        (self.base / "nobody").touch()
        (self.base / "password").write_text(PASSWORD)
        (self.base / "password").chmod(0o600)
        self._users = count(1)
        (self.base / "dovecot.conf").write_text(
            CONFIG.format(
                base=self.base, password=PASSWORD, user=USER, group=process.group_of(USER),
                mechanism=tokens[0] if tokens else "",
                passdb=self._tokens(*tokens) if tokens else "",
                imap=imap, separator=separator, prefix=prefix, ssl="yes" if offers_tls else "no",
                imap_port=self.imap_port, imaps_port=self.imaps_port, lmtp_port=self.lmtp_port,
            )
        )  # fmt: skip
        process.give(self.base, USER)
        self.start()

    def _tokens(self, mechanism: str, key: bytes) -> str:
        """Where Dovecot finds the key by which it checks JSON Web Tokens itself."""
        keys = self.base / "keys" / "default" / "HS256"
        keys.mkdir(parents=True)
        (keys / "default").write_bytes(base64.b64encode(key))
        (self.base / "tokens.conf").write_text(
            "introspection_mode = local\n"
            f"local_validation_key_dict = fs:posix:prefix={self.base}/keys/\n"
            "username_attribute = email\n"
        )
        return TOKENS.format(mechanism=mechanism, base=self.base)

    def start(self) -> None:
        """Start, or start again on the same ports with the same mail."""
        self._process = process.Process(
            [self._binary, "-F", "-c", self.base / "dovecot.conf"],
            self.base / "out",
            USER,
            env={"TZ": self._zone},
        )
        self._process.wait_for_greeting(self.imap_port, b"* OK")
        self._process.wait_for_greeting(self.lmtp_port, b"220")

    def kill(self) -> None:
        """Every process of the server at once, without a good-bye."""
        self._process.signal_all(signal.SIGKILL)
        self._process.popen.wait()
        self._process.wait_for_silence(self.imap_port)
        for left in ("run", "state"):
            shutil.rmtree(self.base / left, ignore_errors=True)
            (self.base / left).mkdir()
            process.give(self.base / left, USER)

    def stop(self) -> None:
        self._process.stop(signal.SIGKILL)
        shutil.rmtree(self.base, ignore_errors=True)

    def log_text(self) -> str:
        return (self.base / "dovecot.log").read_text(errors="replace")[-4000:]

    def new_user(self, name: str = "user") -> str:
        """The address of an account nobody has used yet; its password is PASSWORD.

        All of example.test exists but who is called nobody….
        """
        return f"{name}{next(self._users)}@example.test"

    def server(self, user: str, wrap: Wrap = Wrap.PLAIN) -> Server:
        """How mailflow reaches this server as `user`."""
        return Server(
            host="localhost",
            port=self.imaps_port if wrap is Wrap.TLS else self.imap_port,
            wrap=wrap,
            user=user,
            secret=Secret(file=self.base / "password"),
            timeout=timedelta(seconds=10),
            ca_file=None if wrap is Wrap.PLAIN else self.ca_file,
        )

    def account(
        self, user: str, wrap: Wrap = Wrap.PLAIN, smtp: Server | None = None
    ) -> AccountConfig:
        """An account named like its address; without `smtp` nothing can be sent from it."""
        imap = self.server(user, wrap)
        return AccountConfig(name=user, imap=imap, smtp=smtp or replace(imap, port=9))

    def deliver(self, recipient: str, data: bytes, sender: str = "sender@example.test") -> None:
        """Put a mail into the recipient's INBOX by LMTP; sub-addresses reach their user."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port, timeout=10) as lmtp:
            lmtp.sendmail(sender, [recipient], data)

    def maildir(self, user: str) -> Path:
        return self.base / "mail" / user


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """One Dovecot for the whole test process; take a fresh user for each test."""
    server = Dovecot()
    yield server
    server.stop()


@pytest.fixture
def dovecot_user(dovecot: Dovecot) -> str:
    """The address of a fresh, empty account."""
    return dovecot.new_user()


@pytest.fixture
def own_dovecot() -> Iterator[Dovecot]:
    """A Dovecot for one test alone, to be killed and started at will."""
    server = Dovecot()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def dovecot_without_idle() -> Iterator[Dovecot]:
    server = Dovecot(imap=NO_IDLE)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def dovecot_with_expired_certificate() -> Iterator[Dovecot]:
    server = Dovecot(days=-1)
    yield server
    server.stop()
