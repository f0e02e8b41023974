"""What the owner and a contact share, said only where it is so."""

from typing import Any

import pytest

from mailflow.drafting.values import common_ground
from mailflow.model.address import Address
from mailflow.model.facts import ContactFacts
from tests.builders import a_contact, an_identity


def shared(owner: str = "ada@example.org", mutual: str = "", **fields: Any) -> str:
    identity = an_identity(addresses=(Address.parse(owner),))
    return common_ground(ContactFacts(a_contact(**fields), mutual=mutual), identity)


def test_colleagues_are_told_by_their_mail() -> None:
    assert shared("ada@acme.io", address="jane@ACME.io") == "we both work at Acme"


def test_somebody_both_know_is_named() -> None:
    assert shared(mutual="Raj Rao") == "we both know Raj Rao"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"mutual": "Raj Rao", "through": "raj rao"},
        {"owner": "ada@gmail.com", "address": "jane@gmail.com"},
        {"owner": "ada@acme.io", "org": ""},
        {"address": None},
    ],
)
def test_nothing_is_made_up(fields: dict[str, Any]) -> None:
    assert shared(**fields) == ""
