"""When the From of a mail may be believed."""

from datetime import UTC, datetime

import pytest

from mailflow.model.mail import InboundMessage
from mailflow.reading.authenticity import read, verdict
from mailflow.reading.parse import parse

SERVER = "mx.example.org"


def mail(*results: str, sender: str = "Ada <ada@example.org>") -> InboundMessage:
    lines = [f"Authentication-Results: {value}" for value in results]
    raw = "\n".join([*lines, f"From: {sender}", "", "ok"])
    message = parse(raw.encode(), received_at=datetime(2026, 3, 3, tzinfo=UTC))
    assert isinstance(message, InboundMessage)
    return message


def test_without_a_trusted_server_nothing_can_be_said() -> None:
    assert verdict(mail(f"{SERVER}; dmarc=pass header.from=example.org"), None) is None


@pytest.mark.parametrize(
    "result",
    [
        "dmarc=pass header.from=example.org",
        "dmarc=pass (p=REJECT sp=REJECT) header.from=example.org",
        "spf=fail smtp.mailfrom=x; dmarc=pass header.from=ada@example.org",
        "dkim=pass header.d=example.org header.s=s1",
        "dkim=pass header.i=@example.org",
        "dkim=pass (2048-bit key) header.i=ada@mail.example.org header.d=example.org",
        "DKIM=PASS header.d=EXAMPLE.ORG",
        "dkim = pass header.d = example.org",
    ],
)
def test_the_trusted_server_vouches(result: str) -> None:
    assert verdict(mail(f"{SERVER}; {result}"), SERVER) is True


@pytest.mark.parametrize(
    "value",
    [
        f"{SERVER}; dmarc=fail header.from=example.org",
        f"{SERVER}; none",
        f"{SERVER}; spf=pass smtp.mailfrom=ada@example.org",
        f"{SERVER}; dkim=pass header.d=evil.example",
        f"{SERVER}; dkim=pass header.d=org",
        f"{SERVER}; dkim=pass header.d=badexample.org",
        f"{SERVER}; dmarc=pass header.from=evil.example",
        f"{SERVER}; dmarc=fail (dmarc=pass header.from=example.org)",
        f'{SERVER}; dmarc=fail reason="x; dmarc=pass header.from=example.org"',
        f"{SERVER}.evil.example; dmarc=pass header.from=example.org",
        "evil.example; dmarc=pass header.from=example.org",
        "",
        ";;;===",
    ],
)
def test_what_does_not_vouch(value: str) -> None:
    assert verdict(mail(value), SERVER) is False


def test_only_the_topmost_header_of_the_trusted_server_is_read() -> None:
    forged = f"{SERVER}; dmarc=pass header.from=example.org"
    real = f"{SERVER}; dmarc=fail header.from=example.org"
    assert verdict(mail(real, forged), SERVER) is False
    assert verdict(mail("other.example; dmarc=fail", forged), SERVER) is True


def test_a_mail_without_the_header_or_with_two_senders_is_not_believed() -> None:
    passed = f"{SERVER}; dmarc=pass header.from=example.org"
    assert verdict(mail(), SERVER) is False
    assert verdict(mail(passed, sender="ada@example.org\nFrom: eve@evil.example"), SERVER) is False


def test_a_version_after_the_server_and_a_method_version_are_read() -> None:
    server, results = read("mx.example.org 1; dkim/1=pass header.d=example.org")
    assert server == SERVER
    assert [(r.method, r.result) for r in results] == [("dkim", "pass")]


@pytest.mark.parametrize(
    "sender",
    [
        "ada@example.org, mallory@evil.example",
        "mallory@evil.example, ada@example.org",
        "Ada <ada@example.org>, Bob <bob@example.org>",
        "Owners: ada@example.org, mallory@evil.example;",
    ],
)
def test_a_mail_of_several_authors_is_vouched_for_as_nobodys(sender: str) -> None:
    """The server may have checked another one than is read here, and need not say which."""
    assert verdict(mail(f"{SERVER}; dmarc=pass", sender=sender), SERVER) is False
    assert verdict(mail(f"{SERVER}; dmarc=pass", sender=sender), None) is False


def test_an_author_named_by_the_address_itself_is_one_author() -> None:
    sender = "ada@example.org <ada@example.org>"
    assert verdict(mail(f"{SERVER}; dmarc=pass", sender=sender), SERVER) is True


@pytest.mark.parametrize(
    "sender",
    [
        "ada@example.org on behalf of Mallory <mallory@evil.example>",
        "ada@example.org im Auftrag von <mallory@evil.example>",
        "ada@example.org mallory@evil.example",
    ],
)
def test_a_server_that_does_not_say_whom_it_checked_vouches_for_no_from_of_two_readings(
    sender: str,
) -> None:
    read_as_ada = mail(f"{SERVER}; dmarc=pass", sender=sender)
    assert read_as_ada.sender is not None
    assert read_as_ada.sender.address.key == "ada@example.org"
    assert verdict(read_as_ada, SERVER) is False


@pytest.mark.parametrize(
    "sender",
    [
        "Ada <ada@EXAMPLE.org>",
        '"mallory@evil.example" <ada@example.org>',
        "ada@example.org (mallory@evil.example)",
    ],
)
def test_a_quoted_name_and_a_comment_are_no_second_reading(sender: str) -> None:
    assert verdict(mail(f"{SERVER}; dmarc=pass", sender=sender), SERVER) is True
