"""The demo's mail world, asked over the wire by clients of the standard library and imapclient."""

import importlib.util
import smtplib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import imapclient
import pytest

from mailflow.demo.people import ADA, JANE, PASSWORD, SERVICE, Person
from mailflow.demo.world import DemoUnavailable, World
from mailflow.model.address import Address

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("world"), clock=lambda: AT) as world:
        yield world


def reader(world: World, person: Person) -> imapclient.IMAPClient:
    client = imapclient.IMAPClient("127.0.0.1", world.imap_port, ssl=False, timeout=10)
    client.login(str(person.address), PASSWORD)
    client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def post(world: World, sender: Person, *recipients: Address, subject: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = str(sender), str(recipients[0]), subject
    mail.set_content("Grüße")
    world.submit(sender, recipients, mail)


def test_a_mail_sent_by_one_lies_in_the_inbox_of_the_other(world: World) -> None:
    post(world, ADA, JANE.address, subject="to Jane")
    with reader(world, JANE) as client:
        client.select_folder("INBOX", readonly=True)
        uids = client.search(["SUBJECT", "to Jane"])
        [(_, items)] = client.fetch(uids, ["BODY.PEEK[]", "FLAGS", "INTERNALDATE"]).items()
    assert b"Subject: to Jane\r\n" in items[b"BODY[]"]
    assert b"\\Seen" not in items[b"FLAGS"]
    assert items[b"INTERNALDATE"].timestamp() == AT.timestamp()


def test_mail_to_a_sub_address_is_the_owners(world: World) -> None:
    post(world, JANE, SERVICE.tagged("token"), subject="to the service")
    assert any(b"to the service" in data for data in world.mailbox(ADA))


def test_one_transaction_with_a_witness_reaches_both(world: World) -> None:
    post(world, ADA, JANE.address, SERVICE, subject="witnessed")
    for person in (JANE, ADA):
        assert any(b"witnessed" in data for data in world.mailbox(person))


def test_a_stranger_has_no_mailbox_here(world: World) -> None:
    with pytest.raises(DemoUnavailable, match="nobody here"):
        post(world, ADA, Address.parse("nobody@elsewhere.example"), subject="lost")


def test_a_wrong_password_is_refused_by_both_servers(world: World) -> None:
    with smtplib.SMTP("127.0.0.1", world.smtp_port, timeout=10) as smtp:
        with pytest.raises(smtplib.SMTPAuthenticationError):
            smtp.login(str(ADA.address), "wrong")
        with pytest.raises(smtplib.SMTPSenderRefused):
            smtp.sendmail("ada@lindgren.example", [str(JANE.address)], b"Subject: x\r\n\r\n")
    client = imapclient.IMAPClient("127.0.0.1", world.imap_port, ssl=False, timeout=10)
    with pytest.raises(imapclient.exceptions.LoginError):
        client.login(str(ADA.address), "wrong")
    client.shutdown()


def test_sent_and_drafts_announce_their_special_use(world: World) -> None:
    with reader(world, ADA) as client:
        assert client.has_capability("SPECIAL-USE")
        flags = {name: attributes for attributes, _, name in client.list_folders()}
    assert b"\\Sent" in flags["Sent"]
    assert b"\\Drafts" in flags["Drafts"]
    assert set(flags) >= {"INBOX", "Sent", "Drafts"}


def test_idle_tells_of_a_delivery(world: World) -> None:
    client = reader(world, JANE)
    client.select_folder("INBOX")
    client.idle()
    world.deliver(JANE, b"Subject: news\r\n\r\nhello\r\n")
    told = b""
    while b"EXISTS\r\n" not in told:  # raw: the client library chokes on a line in two pieces
        told += client.socket().recv(4096)  # gives up after the client's timeout
    client.shutdown()


def test_a_draft_appended_is_found_by_its_message_id_and_removed(world: World) -> None:
    data = b"Message-ID: <draft-1@lindgren.example>\r\nSubject: draft\r\n\r\nHello\r\n"
    with reader(world, ADA) as client:
        client.append("Drafts", data, [b"\\Draft"], AT)
        assert world.mailbox(ADA, "Drafts") == [data]
        client.select_folder("Drafts")
        uids = client.search(["HEADER", "Message-ID", "<draft-1@lindgren.example>"])
        client.delete_messages(uids)
        client.expunge(uids)
    assert world.mailbox(ADA, "Drafts") == []


def test_without_the_extra_the_demo_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(DemoUnavailable, match=r"pip install 'mailflow\[demo\]'"):
        World(tmp_path).start()


def test_a_stopped_world_frees_its_ports(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.start()
    ports = world.imap_port, world.smtp_port
    world.stop()
    for port in ports:
        with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            pass
