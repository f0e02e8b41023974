"""How connections are protected, and what is told when they fail."""

import os
import socket
import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from mailflow.account.protection import context, explain, is_loopback, refuse_in_the_clear
from mailflow.config import Secret, Server, Wrap
from mailflow.errors import MailboxError
from tests.servers.certificates import Authority

SERVER = Server("imap.acme.test", 993, Wrap.TLS, "ada", Secret(env="X"))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.10", "::1"])
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_loopback(host)
    refuse_in_the_clear(replace(SERVER, host=host, wrap=Wrap.PLAIN))


@pytest.mark.parametrize(
    "host",
    ["", "localhost.acme.test", "127.0.0.1.acme.test", "10.0.0.1", "::2", "0.0.0.0", "2130706433"],
)
def test_no_other_machine_is_mistaken_for_it(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(MailboxError, match="without encryption"):
        refuse_in_the_clear(replace(SERVER, host=host, wrap=Wrap.PLAIN))


def test_certificates_and_host_names_are_always_verified() -> None:
    made = context(SERVER)
    assert made.verify_mode is ssl.CERT_REQUIRED
    assert made.check_hostname
    assert made.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_connections_share_what_they_trust_until_it_changes(tmp_path: Path) -> None:
    file = Authority(tmp_path).file
    server = replace(SERVER, ca_file=file)
    first = context(server)
    assert context(replace(server, host="smtp.acme.test", port=465)) is first
    assert context(SERVER) is not first
    Authority(tmp_path)
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1))
    assert context(server) is not first


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(-2, "Name or service not known"), "The name imap.acme.test cannot be"),
        (ConnectionRefusedError(), "Nobody answers at imap.acme.test:993; check host and port"),
        (TimeoutError("timed out"), "imap.acme.test:993 did not answer within 30 s."),
        (ConnectionResetError("reset by peer"), "was lost: reset by peer"),
        (EOFError(), "was lost: EOFError"),
        (ssl.SSLError(1, "[SSL] tlsv1 alert protocol version"), "The encrypted connection to"),
    ],
)
def test_each_failure_has_its_sentence(error: BaseException, words: str) -> None:
    assert words in explain(error, SERVER)
