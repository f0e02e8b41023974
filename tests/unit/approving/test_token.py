"""Tokens: derived, carried by addresses and Message-IDs, found again, never guessed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.approving import token
from mailflow.model.address import Address, NamedAddress
from mailflow.model.mail import InboundMessage

SECRET = b"k" * 32
SERVICE = Address.parse("ada+mailflow@example.org")
OWN = Address.parse("mailflow@example.org")
TOKEN = token.derive(SECRET, 7, b"salt")
MESSAGE = InboundMessage(
    message_id="<1@example.org>",
    has_message_id=True,
    body_hash="",
    sender=None,
    to=(),
    cc=(),
    reply_to=(),
    subject="",
    sent_at=None,
    utc_offset=None,
    in_reply_to=None,
    references=(),
    headers=(),
    text="ok",
    html="",
)


def to(*addresses: str) -> InboundMessage:
    return replace(MESSAGE, to=tuple(NamedAddress(Address.parse(a)) for a in addresses))


def test_a_token_is_128_bits_in_26_small_letters_and_digits() -> None:
    assert len(TOKEN) == 26
    assert TOKEN.lower() == TOKEN
    assert TOKEN.isalnum()


def test_a_token_depends_on_key_id_and_salt_alone() -> None:
    assert token.derive(SECRET, 7, b"salt") == TOKEN
    others = {
        token.derive(b"x" * 32, 7, b"salt"),
        token.derive(SECRET, 8, b"salt"),
        token.derive(SECRET, 7, b"tlas"),
    }
    assert len(others | {TOKEN}) == 4


def test_what_is_stored_is_keyed_and_says_nothing_of_the_token() -> None:
    kept = token.digest(SECRET, TOKEN)
    assert TOKEN.encode() not in kept
    assert kept == token.digest(SECRET, TOKEN.upper())
    assert not token.same(kept, token.digest(b"x" * 32, TOKEN))
    assert token.same(kept, bytes(kept))


@pytest.mark.parametrize("service", [SERVICE, OWN])
def test_the_reply_address_carries_the_token_back(service: Address) -> None:
    address = str(token.reply_to(service, TOKEN))
    assert len(address.partition("@")[0]) <= 64
    assert token.candidates(to(address), service) == (TOKEN,)


def test_a_server_that_shouts_the_local_part_loses_nothing() -> None:
    shouted = str(token.reply_to(SERVICE, TOKEN)).replace(TOKEN, TOKEN.upper())
    assert token.candidates(to(shouted), SERVICE) == (TOKEN,)


def test_the_message_id_carries_it_without_sub_addressing() -> None:
    ours = token.message_id(TOKEN, "example.org")
    answer = replace(MESSAGE, in_reply_to=ours)
    assert token.candidates(answer, SERVICE) == (TOKEN,)
    assert token.candidates(replace(MESSAGE, references=("<x@y.z>", ours)), SERVICE) == (TOKEN,)


def test_an_answer_to_a_letter_that_asks_nothing_carries_no_token_of_its_thread() -> None:
    asked = token.message_id(TOKEN, "example.org")
    told = token.plain_message_id(12, "example.org")
    answer = replace(MESSAGE, in_reply_to=told, references=(asked, "<owner@x.y>", told))
    assert token.candidates(answer, SERVICE) == ()
    later = replace(MESSAGE, in_reply_to=asked, references=(told, "<owner@x.y>", asked))
    assert token.candidates(later, SERVICE) == (TOKEN,)


def test_of_a_thread_the_nearest_letter_decides() -> None:
    older = token.message_id(token.derive(SECRET, 3, b""), "example.org")
    answer = replace(MESSAGE, references=(older, token.message_id(TOKEN, "example.org"), "<a@b.c>"))
    assert token.candidates(answer, SERVICE) == (TOKEN,)


@pytest.mark.parametrize("name", ["delivered-to", "x-original-to"])
def test_the_address_is_also_found_where_the_server_noted_it(name: str) -> None:
    noted = replace(MESSAGE, headers=((name, f"<{token.reply_to(SERVICE, TOKEN)}>"),))
    assert token.candidates(noted, SERVICE) == (TOKEN,)


@pytest.mark.parametrize(
    "address",
    [
        f"eve+mailflow-{TOKEN}@example.org",
        f"ada+mailflow-{TOKEN}@example.com",
        f"ada+mailflow-{TOKEN[:-1]}@example.org",
        f"ada+mailflow-{TOKEN}a@example.org",
        "ada+mailflow@example.org",
        f"ada+mailflow-{'1' * 26}@example.org",
    ],
)
def test_other_addresses_carry_nothing(address: str) -> None:
    assert token.candidates(to(address), SERVICE) == ()


def test_a_flood_of_candidates_is_cut_at_twenty() -> None:
    many = [str(token.reply_to(SERVICE, token.derive(SECRET, n, b""))) for n in range(60)]
    assert len(token.candidates(to(*many), SERVICE)) == 20


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_header_ever_raises(reply: str, noted: str) -> None:
    message = replace(
        MESSAGE, in_reply_to=reply, references=(noted,), headers=(("delivered-to", noted),)
    )
    for found in token.candidates(message, SERVICE):
        assert len(found) == 26
