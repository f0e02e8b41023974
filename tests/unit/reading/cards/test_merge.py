"""Several readings of one person made one."""

from dataclasses import replace

import pytest

from mailflow.model.card import Card, Phone, Reading
from mailflow.reading.cards import merge

CODE = Card(
    name=Reading("Jane Roe", 1.0, "QR"),
    given="Jane",
    family="Roe",
    emails=(Reading("jane@acme.io", 1.0, "QR"),),
    phones=(Phone("+49301234567", "+49 30 1234567"),),
    notes="nice",
)
SIGNED = Card(
    name=Reading("Jane Q. Roe", 0.7, "line 1", "I am not sure."),
    title=Reading("CTO", 0.9, "line 2"),
    emails=(Reading("Jane@acme.io", 0.9, "line 3"), Reading("j@home.org", 1.0, "line 4")),
    phones=(Phone("+49301234567", "030 1234567"), Phone("+491711234567", "0171 1234567")),
    urls=("acme.io",),
)


def test_what_one_lacks_the_other_gives_and_nothing_is_doubled() -> None:
    card = merge.merged([CODE, SIGNED])
    assert card.title == SIGNED.title
    assert [e.value for e in card.emails] == ["jane@acme.io", "j@home.org"]
    assert [p.e164 for p in card.phones] == ["+49301234567", "+491711234567"]
    assert (card.urls, card.notes) == (("acme.io",), "nice")


def test_agreement_strengthens_and_the_longer_name_is_kept() -> None:
    card = merge.merged([CODE, SIGNED])
    assert card.name is not None
    assert card.name.value == "Jane Q. Roe"
    assert card.name.confidence == pytest.approx(1.0)
    assert card.doubts == ()


def test_a_contradiction_of_equals_is_said() -> None:
    other = replace(CODE, name=Reading("Joan Rowe", 0.9, "line 1"))
    card = merge.merged([CODE, other])
    assert card.name is not None
    assert card.name.value == "Jane Roe"
    assert card.name.is_unsure
    assert card.doubts == ("line 1 says “Joan Rowe” where QR says “Jane Roe”.",)


def test_weak_evidence_does_not_shake_strong() -> None:
    card = merge.merged([CODE, replace(CODE, name=Reading("lane Rce", 0.5, "line 1"))])
    assert card.name == CODE.name


def test_one_alone_stays_as_it_is() -> None:
    assert merge.merged([CODE]) == CODE
    assert merge.merged([CODE, Card()]) == CODE
