"""Every mail of the corpus is read as its expectation says."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mailflow.model.mail import InboundMessage, Unreadable
from mailflow.reading import body, bounce, forward
from mailflow.reading.classify import nature
from mailflow.reading.parse import parse

MAIL = Path(__file__).parents[2] / "mail"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads(
    (MAIL / "expectations.toml").read_text(encoding="utf-8")
)
RECEIVED = datetime(2026, 3, 3, 10, tzinfo=UTC)


def read(name: str) -> InboundMessage | Unreadable:
    return parse((MAIL / f"{name}.eml").read_bytes(), received_at=RECEIVED)


def facts_of(message: InboundMessage) -> dict[str, Any]:
    """Everything an expectation may name, as plain values."""
    split, forwards, bounced = body.split(message), forward.find(message), bounce.bounces(message)
    told = nature(message)
    zone = message.utc_offset or timedelta()
    facts: dict[str, Any] = {
        "kind": told.kind.value,
        "returns_on": f"{told.returns_at + zone:%Y-%m-%d}" if told.returns_at else "",
        "subject": message.subject,
        "sender": str(message.sender.address) if message.sender else "",
        "sender_name": message.sender.name if message.sender else "",
        "has_message_id": message.has_message_id,
        "has_date": message.sent_at is not None,
        "files": [part.filename for part in message.parts],
        "new_text": split.new_text,
        "forwards": len(forwards),
        "bounced": [item.recipient for item in bounced],
    }
    if forwards:
        first, last = forwards[0], forwards[-1]
        facts |= {
            "forward_from": str(first.sender.address) if first.sender else "",
            "forward_name": first.sender.name if first.sender else first.sender_name,
            "forward_subject": first.subject,
            "forward_note": first.note,
            "forward_cc": [str(named.address) for named in first.cc],
            "forward_date": stated(first.sent_at),
            "forward_last_from": str(last.sender.address) if last.sender else "",
        }
    if bounced:
        facts |= {
            "bounce_status": bounced[0].status,
            "bounce_permanent": bounced[0].is_permanent,
            "bounce_message_id": bounced[0].message_id or "",
            "bounce_sent_to": bounced[0].sent_to,
        }
    return facts


def stated(moment: datetime | None) -> str:
    """The minute as written: with Z when a zone was stated, else naive."""
    if moment is None:
        return ""
    if moment.tzinfo is None:
        return f"{moment:%Y-%m-%dT%H:%M}"
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def contained_in(message: InboundMessage) -> dict[str, str]:
    """What need only hold the expected words, not equal them."""
    split, forwards = body.split(message), forward.find(message)
    return {
        "quoted": split.quoted,
        "signature": split.signature,
        "forward_body": forwards[0].body if forwards else "",
        "problem": " ".join(message.problems),
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_a_mail_is_read_as_expected(name: str) -> None:
    expected = dict(EXPECTED[name])
    message = read(name)
    if "unreadable" in expected:
        assert isinstance(message, Unreadable)
        assert expected["unreadable"] in message.reason
        return
    assert isinstance(message, InboundMessage)
    held = contained_in(message)
    for key in held.keys() & expected.keys():
        wanted = expected.pop(key)
        assert (wanted in held[key]) if wanted else (held[key] == ""), key
    facts = facts_of(message)
    assert {key: facts.get(key) for key in expected} == expected


def test_every_mail_has_its_expectation_and_every_expectation_its_mail() -> None:
    assert {path.stem for path in MAIL.glob("*.eml")} == EXPECTED.keys()


def test_the_corpus_covers_what_it_promises() -> None:
    assert len(EXPECTED) >= 150
