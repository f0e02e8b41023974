"""The order of questions by which a message's kind is decided."""

from datetime import UTC, datetime

import pytest

from mailflow.model.facts import Known
from mailflow.model.mail import InboundMessage, Kind
from mailflow.reading.classify import classify, nature
from mailflow.reading.parse import parse

OURS = frozenset({"<a1@example.org>"})


def mail(*headers: str, sender: str = "Jane <jane@example.com>") -> InboundMessage:
    raw = "\n".join([f"From: {sender}", "Subject: Hello", *headers, "", "Hi.\n"])
    message = parse(raw.encode(), received_at=datetime(2026, 3, 3, tzinfo=UTC))
    assert isinstance(message, InboundMessage)
    return message


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        (Known(is_ours=True, is_from_owner=True, to_service=True), Kind.OURS),
        (Known(is_from_owner=True, to_service=True), Kind.INSTRUCTION),
        (Known(is_from_owner=True), Kind.OTHER),
        (Known(is_from_owner=True, is_authentic=True), Kind.WRITTEN),
        (Known(is_from_owner=True, is_authentic=False), Kind.OTHER),
        (Known(is_from_owner=True, is_authentic=False, in_sent=True), Kind.WRITTEN),
        (Known(in_sent=True), Kind.WRITTEN),
        (Known(contact_id=1, ours_sent=OURS), Kind.REPLY),
        (Known(contact_id=1), Kind.INTERACTION),
        (Known(), Kind.NEWCOMER),
    ],
)
def test_a_persons_mail_is_what_the_store_knows_about_it(known: Known, kind: Kind) -> None:
    assert classify(mail(), known).kind is kind


@pytest.mark.parametrize(
    "known",
    [Known(), Known(contact_id=1, ours_sent=OURS), Known(is_from_owner=True, to_service=True)],
)
def test_a_machines_answer_is_never_a_reply_nor_a_command(known: Known) -> None:
    assert classify(mail("Auto-Submitted: auto-replied"), known).kind is Kind.AUTO_REPLY


def test_the_loop_header_comes_before_everything() -> None:
    message = mail("X-Mailflow-Loop: 1", "Auto-Submitted: auto-replied")
    assert classify(message, Known(contact_id=1)).kind is Kind.OURS


def test_a_contacts_answer_through_a_sales_tool_is_still_an_answer() -> None:
    message = mail("List-Unsubscribe: <https://tool.example/u>")
    assert classify(message, Known(contact_id=1, ours_sent=OURS)).kind is Kind.REPLY
    assert classify(message, Known(contact_id=1)).kind is Kind.LIST
    assert classify(message, Known()).kind is Kind.LIST


def test_a_list_post_stays_a_list_post_even_in_answer_to_ours() -> None:
    message = mail("List-Id: <makers.example.org>")
    assert classify(message, Known(contact_id=1, ours_sent=OURS)).kind is Kind.LIST


@pytest.mark.parametrize("value", ["no", "NO", "", "no (really)"])
def test_auto_submitted_no_is_a_person(value: str) -> None:
    assert nature(mail(f"Auto-Submitted: {value}")).kind is Kind.OTHER


def test_every_conclusion_carries_its_evidence() -> None:
    told = classify(mail("Precedence: list"), Known())
    assert [str(evidence) for evidence in told.evidence] == ["Precedence: list"]


def test_a_mail_from_nobody_is_something_else() -> None:
    assert classify(mail(sender=""), Known()).kind is Kind.OTHER
