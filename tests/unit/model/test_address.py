"""Laws of the one address type."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.errors import AddressError
from mailflow.model.address import MAX_LENGTH, Address, NamedAddress

ATOM = string.ascii_letters + string.digits
locals_ = st.text(ATOM + "-_", min_size=1, max_size=20).filter(lambda text: text.isascii())
labels = st.text(ATOM, min_size=1, max_size=12)
domains = st.builds(lambda a, b: f"{a}.{b}x", labels, st.text(string.ascii_letters, min_size=2))
written = st.builds(lambda local, domain: f"{local}@{domain[:60]}", locals_, domains)


@given(written)
def test_reading_what_is_shown_gives_the_same_address(text: str) -> None:
    address = Address.parse(text)
    again = Address.parse(str(address))
    assert again == address
    assert str(again) == str(address)


@given(written, st.data())
def test_case_never_makes_two_people_of_one(text: str, data: st.DataObject) -> None:
    flips = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    other = "".join(c.swapcase() if flip else c for c, flip in zip(text, flips, strict=True))
    assert Address.parse(other) == Address.parse(text)
    assert hash(Address.parse(other)) == hash(Address.parse(text))


@given(written)
def test_the_local_part_is_shown_as_it_was_written(text: str) -> None:
    assert Address.parse(text).local == text.rpartition("@")[0]


@given(written)
def test_space_around_an_address_does_not_matter(text: str) -> None:
    assert Address.parse(f"  {text}\t\n") == Address.parse(text)


@given(written, st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12))
def test_a_tagged_address_is_another_one_of_the_same_domain(text: str, tag: str) -> None:
    address = Address.parse(text)
    tagged = address.tagged(tag)
    assert tagged != address
    assert tagged.domain == address.domain
    assert tagged.local == f"{address.local}+{tag}"
    assert tagged.tagged("x").local == f"{address.local}+{tag}-x"


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused_in_a_sentence(text: str) -> None:
    try:
        address = Address.parse(text)
    except AddressError as error:
        assert Address.maybe(text) is None
        assert "mail address" in str(error)
    else:
        assert Address.maybe(text) == address
        assert "@" in str(address)
        assert not set("\r\n\0") & set(str(address))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jane",
        "jane@",
        "@acme.example",
        "jane@@acme.example",
        "jane roe@acme.example",
        "jane@acme.example\r\nBcc: eve@evil.example",
        "Jane <jane@acme.example>",
        "jane@" + "a" * 64 + ".example",
        "x@" + "a." * MAX_LENGTH,
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressError):
        Address.parse(text)
    assert Address.maybe(text) is None


def test_nothing_is_no_address() -> None:
    assert Address.maybe(None) is None


def test_a_named_address_shows_its_name_only_when_it_has_one() -> None:
    jane = Address.parse("Jane@ACME.example")
    assert str(NamedAddress(jane, "Jane Roe")) == "Jane Roe <Jane@acme.example>"
    assert str(NamedAddress(jane)) == "Jane@acme.example"


@pytest.mark.parametrize("domain", ["office.local", "example.test", "localhost", "home.arpa"])
def test_a_domain_that_only_a_server_of_ones_own_serves_is_a_domain(domain: str) -> None:
    assert Address.parse(f"ada@{domain}").domain == domain
