"""Addresses as headers and forwards write them."""

import pytest

from mailflow.reading.names import address_list, one


@pytest.mark.parametrize(
    ("text", "address", "name"),
    [
        ("jane@example.com", "jane@example.com", ""),
        ("Jane Roe <jane@example.com>", "jane@example.com", "Jane Roe"),
        ('"Roe, Jane" <jane@example.com>', "jane@example.com", "Roe, Jane"),
        ("jane@example.com (Jane Roe)", "jane@example.com", "Jane Roe"),
        ("Jane Roe [mailto:jane@example.com]", "jane@example.com", "Jane Roe"),
        ("Jane Roe<mailto:jane@example.com>", "jane@example.com", "Jane Roe"),
        ("'Jane Roe' <jane@example.com>", "jane@example.com", "Jane Roe"),
        ("jane@example.com <jane@example.com>", "jane@example.com", ""),
        ("« Jane Roe » <jane@example.com>", "jane@example.com", "Jane Roe"),
        ("=?utf-8?Q?J=C3=A4ne?= <jane@example.com>", "jane@example.com", "Jäne"),
        ("Jane <@relay.example:jane@example.com>", "jane@example.com", "Jane"),
    ],
)
def test_one_address_and_its_name(text: str, address: str, name: str) -> None:
    found = one(text)
    assert found is not None
    assert (str(found.address), found.name) == (address, name)


@pytest.mark.parametrize("text", ["", "Jane Roe", "undisclosed-recipients:;", "@", "a@b@c", "<>"])
def test_what_is_no_address(text: str) -> None:
    assert one(text) is None


def test_a_list_keeps_commas_in_quotes_and_groups_open() -> None:
    value = (
        '"Roe, Jane" <jane@example.com>, Team: kim@example.org, raj@example.net;, lee@example.com'
    )
    assert [str(named.address) for named in address_list(value)] == [
        "jane@example.com", "kim@example.org", "raj@example.net", "lee@example.com",
    ]  # fmt: skip


def test_an_unclosed_quote_loses_nobody() -> None:
    found = address_list('"Jane <jane@example.com>, kim@example.org')
    assert [str(named.address) for named in found] == ["jane@example.com", "kim@example.org"]
