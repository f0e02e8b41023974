"""Addresses as headers and forwards write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ('"Jane "JJ" Doe" <jane@example.com>', "jane@example.com", 'Jane "JJ" Doe'),
        (r'"Jane \"JJ\" Doe" <jane@example.com>', "jane@example.com", 'Jane "JJ" Doe'),
        ('"Jane" "Doe" <jane@example.com>', "jane@example.com", "Jane Doe"),
        ("“Jane “JJ” Doe” <jane@example.com>", "jane@example.com", "Jane “JJ” Doe"),
        ("„Jane Doe” <jane@example.com>", "jane@example.com", "Jane Doe"),
        ('Jane Doe" <jane@example.com>', "jane@example.com", "Jane Doe"),
        ('"Jane Doe <jane@example.com>', "jane@example.com", "Jane Doe"),
        ("Jane Doe [Acme] <jane@example.com>", "jane@example.com", "Jane Doe [Acme]"),
        ("[Acme] Jane Doe <jane@example.com>", "jane@example.com", "[Acme] Jane Doe"),
        (
            "Jane im Auftrag von Acme <jane@example.com>",
            "jane@example.com",
            "Jane im Auftrag von Acme",
        ),
        (
            "Jane Roe <jane@example.com> on behalf of Boss <boss@example.com>",
            "jane@example.com",
            "Jane Roe",
        ),
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


@pytest.mark.parametrize(
    "text",
    [
        '"boss@acme.io" <jane@example.com>',
        '"Boss <boss@acme.io>" <jane@example.com>',
        '"boss@acme.io on behalf of me" <jane@example.com>',
        '"boss@acme.io" on behalf of <jane@example.com>',
        '"Boss<mailto:boss@acme.io>" <jane@example.com>',
        '"boss@acme.io" jane@example.com',
        'jane@example.com (<boss@acme.io>)',
        'Jane <jane@example.com> (boss@acme.io)',
        '<jane@example.com> "<boss@acme.io>"',
    ],
)  # fmt: skip
def test_an_address_in_a_quoted_name_or_a_comment_is_not_the_senders(text: str) -> None:
    (found,) = address_list(text)
    assert str(found.address) == "jane@example.com"


SIGNS = st.sampled_from([*"abéZ9 .@<>,;:()[]'’“\\", '"', "boss@acme.io ", "<boss@acme.io>"])
NAMES = st.lists(SIGNS, max_size=20).map("".join)


def quoted(name: str) -> str:
    """RFC 5322's quoted string."""
    return '"' + name.replace("\\", r"\\").replace('"', r"\"") + '"'


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@given(st.lists(st.tuples(NAMES, st.integers(0, 99)), min_size=1, max_size=4))
def test_no_quoted_name_hides_an_address_or_loses_a_letter(people: list[tuple[str, int]]) -> None:
    value = ", ".join(f"{quoted(name)} <p{number}@example.com>" for name, number in people)
    found = address_list(value)
    assert [str(each.address) for each in found] == [f"p{n}@example.com" for _, n in people]
    assert [letters(each.name) for each in found] == [letters(name) for name, _ in people]


@given(NAMES.filter(lambda name: not {"(", ")", "\\"} & set(name)))
def test_no_comment_hides_an_address(comment: str) -> None:
    for value in (f"jane@example.com ({comment})", f"Jane <jane@example.com> ({comment})"):
        (found,) = address_list(value)
        assert str(found.address) == "jane@example.com"
