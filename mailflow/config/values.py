"""The owner's settings as frozen values."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from mailflow.model.policy import Identity, Policy


class Wrap(StrEnum):
    """How a connection is protected."""

    TLS = "tls"  # from the first byte (RFC 8314)
    STARTTLS = "starttls"  # after a greeting in the clear; refused when it is not offered
    PLAIN = "plain"  # not at all; only to this machine


class Login(StrEnum):
    """What the secret is: how the owner proves to be the owner."""

    PASSWORD = "password"  # noqa: S105 - its name, not one
    OAUTH2 = "oauth2"  # an access token (RFC 6749), which a command of the owner's renews


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a password or an access token is kept; exactly one is set. Read when needed, never
    stored."""

    command: tuple[str, ...] = ()
    env: str = ""
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Server:
    """One end of the wire. `ca_file` adds a certificate authority of one's own."""

    host: str
    port: int
    wrap: Wrap
    user: str
    secret: Secret
    timeout: timedelta = timedelta(seconds=30)
    ca_file: Path | None = None
    login: Login = Login.PASSWORD


@dataclass(frozen=True, slots=True)
class AccountConfig:
    """One mail account. `mailboxes` are watched besides INBOX; folder names override detection.

    `files_sent_itself` None means: found out from the server (Gmail does).
    """

    name: str
    imap: Server
    smtp: Server
    mailboxes: tuple[str, ...] = ()
    sent: str | None = None
    drafts: str | None = None
    files_sent_itself: bool | None = None


@dataclass(frozen=True, slots=True)
class Pictures:
    """What reading one picture may cost, and how long the reader is kept when nothing comes."""

    within: timedelta = timedelta(seconds=10)
    memory_mb: int = 1500
    max_megapixels: int = 50
    max_pages: int = 10
    let_go_after: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the owner may set. `state_dir` holds the store, the secret key and the lock."""

    identity: Identity
    accounts: tuple[AccountConfig, ...]
    store_url: str
    state_dir: Path
    policy: Policy = field(default_factory=Policy)
    templates_dir: Path | None = None
    retention: timedelta = timedelta(days=400)
    raw_retention: timedelta = timedelta(days=30)
    moves_done: bool = False
    tick_every: timedelta = timedelta(seconds=60)
    max_message_bytes: int = 25 * 1024 * 1024
    pictures: Pictures = field(default_factory=Pictures)
