"""Signature blocks into cards: what stands there is read, what does not is never invented."""

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.model.address import Address, NamedAddress
from mailflow.reading.cards import signature

BLOCKS = tomllib.loads((Path(__file__).parent / "signatures.toml").read_text(encoding="utf-8"))[
    "block"
]


@pytest.mark.parametrize("block", BLOCKS, ids=[block["name"] for block in BLOCKS])
def test_a_block_is_read(block: dict[str, Any]) -> None:
    card = signature.read(block["text"], sender=None, region="US")
    read = {
        "name": card.name.value if card.name else "",
        "title": card.title.value if card.title else "",
        "org": card.org.value if card.org else "",
        "phones": [p.e164 for p in card.phones],
        "faxes": [p.e164 for p in card.faxes],
        "emails": [e.value for e in card.emails],
        "urls": list(card.urls),
        "postal": card.postal,
    }
    empty: dict[str, Any] = {key: [] if isinstance(v, list) else "" for key, v in read.items()}
    assert read == {**empty, **{k: v for k, v in block.items() if k != "text"}}


@pytest.mark.parametrize("block", BLOCKS, ids=[block["name"] for block in BLOCKS])
def test_every_field_points_at_the_line_it_came_from(block: dict[str, Any]) -> None:
    card = signature.read(block["text"], sender=None, region="US")
    lines = block["text"].splitlines()
    fields = [f for f in (card.name, card.title, card.org, *card.emails) if f is not None]
    for field in fields:
        line = lines[int(field.source.removeprefix("line ")) - 1]
        assert field.value.casefold() in line.casefold()
    for phone in (*card.phones, *card.faxes):
        assert phone.written in lines[int(phone.source.removeprefix("line ")) - 1]


def test_the_sender_s_address_comes_first_and_their_name_decides() -> None:
    sender = NamedAddress(Address.parse("jane@acme.io"), "Jane Roe")
    card = signature.read("Tom Poe says hi\nJane Roe\nCTO", sender=sender, region="US")
    assert card.name is not None
    assert card.name.value == "Jane Roe"
    assert [e.value for e in card.emails] == ["jane@acme.io"]
    assert signature.read("", sender=sender, region="US").name is not None


def test_a_first_name_alone_is_unsure() -> None:
    card = signature.read("Thanks!\nTom\nCo-founder, Widgetly", sender=None, region="US")
    assert card.name is not None
    assert card.title is not None
    assert card.org is not None
    assert (card.name.value, card.title.value, card.org.value) == ("Tom", "Co-founder", "Widgetly")
    assert "not sure" in card.doubts[0]


@pytest.mark.parametrize(
    ("text", "title", "org"),
    [
        (
            "Jane Roe (she/her)\nHappiness Ninja\nWidgetly\njane@widgetly.com",
            "Happiness Ninja",
            "Widgetly",
        ),
        ("Jane Roe\nGrowth Hacker, Widgetly\n+1 415 555 2671", "Growth Hacker", "Widgetly"),
        ("Jane Roe\nWidgetly\njane@gmail.com", "", "Widgetly"),
        ("Jane Roe\nBook a meeting with me\njane@x.com", "", ""),
        (
            "ACME SYSTEMS\nJANE ROE\nj.roe@acme.com\nOFFICE MANAGER",
            "OFFICE MANAGER",
            "ACME SYSTEMS",
        ),
    ],
)
def test_what_only_stands_in_the_usual_place_is_taken_with_a_doubt(
    text: str, title: str, org: str
) -> None:
    card = signature.read(text, sender=None, region="US")
    assert card.name is not None
    assert card.name.value == "Jane Roe"
    assert (card.title.value if card.title else "", card.org.value if card.org else "") == (
        title,
        org,
    )


def test_a_label_on_the_line_above_is_the_number_s() -> None:
    text = "Tom Poe\nFax\n+49 30 1234567\nTel\n+49 30 1234568\nM+49 171 1234567"
    card = signature.read(text, sender=None, region="US")
    assert [p.e164 for p in card.faxes] == ["+49301234567"]
    assert [(p.e164, p.kind) for p in card.phones] == [
        ("+49301234568", ""),
        ("+491711234567", "mobile"),
    ]
    assert card.title is None


@pytest.mark.parametrize(
    ("line", "phones"),
    [
        ("Tel +49 30 1234567 / +49 30 1234568", ["+49301234567", "+49301234568"]),
        ("T 030 1234567 F 030 1234568 M 0171 1234567", ["+49301234567", "+491711234567"]),
        ("VAT 123456789", []),
        ("HRB 1234567 B", []),
        ("IBAN DE89 3704 0044 0532 0130 00", []),
        ("Tel. +44 (0)20 7946 0000", ["+442079460000"]),
        ("0049 30 1234567", ["+49301234567"]),
        ("10115 Berlin", []),
        ("Room 12, Floor 3, 2026-11-22", []),
    ],
)
def test_numbers_are_numbers_to_dial_and_no_others(line: str, phones: list[str]) -> None:
    card = signature.read(f"Jana Rau\n{line}\njana@rau.de", sender=None, region="US")
    assert [p.e164 for p in card.phones] == phones


@pytest.mark.parametrize(
    ("line", "region_line", "e164"),
    [
        ("Tel 030 2345678", "Hauptstr. 5, 10115 Berlin, Germany", "+49302345678"),
        ("Tel 01 42 68 53 00", "Paris, France", "+33142685300"),
        ("Tel 03-3224-5000", "1-2-3 Marunouchi, Tokyo 100-0005", "+81332245000"),
        ("Tel 06 12345678", "Acme B.V.", "+31612345678"),
        ("Tel (415) 555-2671", "Acme Inc.", "+14155552671"),
    ],
)
def test_a_number_is_dialled_where_the_block_lives(line: str, region_line: str, e164: str) -> None:
    card = signature.read(f"Jana Rau\n{line}\n{region_line}", sender=None, region="GB")
    assert card.phones[0].e164 == e164


def test_nothing_is_made_of_a_letter() -> None:
    text = "Hi Ada,\n\nit was good to see you again. I will send the paper next week.\n\nTalk soon"
    card = signature.read(text, sender=None, region="US")
    assert (card.name, card.title, card.org, card.emails, card.phones) == (None, None, None, (), ())


@given(st.text(max_size=800))
def test_no_text_ever_raises_and_nothing_is_invented(text: str) -> None:
    card = signature.read(text, sender=None, region="DE")
    assert all(e.value.casefold().rpartition("@")[0][:1] in text.casefold() for e in card.emails)
    assert all(f.value.isprintable() for f in (card.name, card.title, card.org) if f)


WORDS = st.sampled_from(
    [
        "Jane",
        "Roe",
        "CTO",
        "GmbH",
        "+49 30 1234567",
        "j@a.io",
        "www.a.io",
        "Tel:",
        "Fax",
        "|",
        "\n",
        "12345",
        "Berlin",
        ",",
        "at",
        "(",
        ")",
        "/",
        "-",
        "Str. 5",
        "Germany",
        "HRB",
    ]
)


@given(st.lists(WORDS, max_size=25))
def test_no_card_like_text_ever_raises(words: list[str]) -> None:
    signature.fields(" ".join(words))


@pytest.mark.parametrize(
    "piece", ["a", "@", "a@", "+4", "1 ", "www.", "a.", "Jane ", "(", "Tel: ", "\n", "x@y.z, "]
)
def test_a_megabyte_of_anything_is_over_at_once(piece: str) -> None:
    begun = time.process_time()
    signature.read(piece * (1_000_000 // len(piece)), sender=None, region="US")
    signature.read("\n".join([piece * 300] * 1000), sender=None, region="US")
    assert time.process_time() - begun < 2.0
