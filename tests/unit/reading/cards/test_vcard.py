"""vCards as programs write them, and as people who mean harm do."""

import base64
import quopri
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.model.card import Card
from mailflow.reading.cards import vcard


def read(text: str | bytes, region: str = "US") -> tuple[tuple[Card, ...], tuple[str, ...]]:
    data = text.encode() if isinstance(text, str) else text
    return vcard.read(data, "jane.vcf", region=region)


def one(text: str | bytes, region: str = "US") -> Card:
    cards, _ = read(text, region)
    assert len(cards) == 1
    return cards[0]


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> str:
    return end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


FULL = (
    "N:Roe;Jane;Q.;Dr.;",
    "FN:Dr. Jane Q. Roe",
    "ORG:Acme Robotics\\, Inc.;Research",
    "TITLE:CTO",
    "EMAIL;TYPE=WORK:jane@acme.io",
    "EMAIL;TYPE=HOME,PREF:jane.roe@home.org",
    "TEL;TYPE=CELL:+49 171 1234567",
    "TEL;TYPE=FAX:+49 30 1234568",
    "URL:https://acme.io",
    "ADR;TYPE=WORK:;;Hauptstr. 5;Berlin;;10115;Germany",
)


@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\r\r\n"])
def test_every_field_is_read_whatever_the_line_ends(version: str, end: str) -> None:
    read = one(card(*FULL, version=version, end=end))
    assert read.name is not None
    assert read.title is not None
    assert read.name.value == "Dr. Jane Q. Roe"
    assert (read.given, read.family, read.title.value) == ("Jane", "Roe", "CTO")
    assert [e.value for e in read.emails] == ["jane.roe@home.org", "jane@acme.io"]
    assert [(p.e164, p.kind) for p in read.phones] == [("+491711234567", "mobile")]
    assert [p.e164 for p in read.faxes] == ["+49301234568"]
    assert read.urls == ("https://acme.io",)
    assert read.postal == "Hauptstr. 5, 10115 Berlin, Germany"
    assert (read.form, read.doubts) == ("vcard", ())
    assert read.name.source == "vCard jane.vcf"


def test_a_company_keeps_its_comma_and_loses_its_department() -> None:
    read = one(card(*FULL))
    assert read.org is not None
    assert read.org.value == "Acme Robotics, Inc."


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Sören Nüßlebaum", "utf-8"),
        ("Sören Nüßlebaum", "windows-1252"),
        ("安藤 太郎", "shift_jis"),
        ("Βαγγέλης Ρω", "windows-1253"),
        ("Віталій Кличко", "koi8-u"),
    ],
)
def test_quoted_printable_in_any_charset(text: str, charset: str) -> None:
    value = quopri.encodestring(text.encode(charset)).replace(b"\n", b"\r\n")
    line = f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:".encode() + value
    read = one(b"BEGIN:VCARD\r\nVERSION:2.1\r\n" + line + b"\r\nEND:VCARD\r\n")
    assert read.name is not None
    assert read.name.value == text


def test_a_soft_break_joins_a_value_over_three_lines() -> None:
    read = one(card("FN;QUOTED-PRINTABLE:Jane=20=\r\nvan der=\r\n=20Roe", version="2.1"))
    assert read.name is not None
    assert read.name.value == "Jane van der Roe"


def test_folded_lines_are_joined() -> None:
    read = one(card("FN:Jane Montgome\r\n ry-Roe", "EMAIL:jane@ac\r\n\tme.io"))
    assert read.name is not None
    assert read.name.value == "Jane Montgomery-Roe"
    assert read.emails[0].value == "jane@acme.io"


def test_an_undeclared_code_page_is_taken_from_its_neighbours() -> None:
    greek = "Βαγγέλης".encode("cp1253")
    data = b"BEGIN:VCARD\nFN:" + greek + b"\nNOTE;CHARSET=windows-1253:x\nEMAIL:v@x.gr\nEND:VCARD\n"
    read = one(data)
    assert read.name is not None
    assert read.name.value == "Βαγγέλης"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_byte_order_marks_and_their_absence(codec: str) -> None:
    read = one(card("FN:Jänë Roe").encode(codec))
    assert read.name is not None
    assert read.name.value == "Jänë Roe"


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCARD\nFN:Jane Roe\nEMAIL:j@acme.io\nEND:VCARD",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Jane Roe\nEMAIL:j@acme.io",
        "VERSION:3.0\nFN:Jane Roe\nEMAIL:j@acme.io\nEND:VCARD",
        "begin:vcard\nversion:2.1\nn:Roe;Jane\nemail;internet:j@acme.io\nend:vcard\n",
        "BEGIN : VCARD\nVERSION:2.1\nitem1.FN:Jane Roe\nitem1.EMAIL:j@acme.io\nEND : VCARD",
    ],
)
def test_what_is_missing_is_not_missed(text: str) -> None:
    read = one(text)
    assert read.name is not None
    assert read.name.value == "Jane Roe"
    assert read.emails[0].value == "j@acme.io"


def test_a_new_card_begins_where_the_last_one_did_not_end() -> None:
    cards, _ = read("BEGIN:VCARD\nFN:Jane Roe\nBEGIN:VCARD\nFN:Raj Rao\nEND:VCARD\n")
    assert [c.name.value for c in cards if c.name] == ["Jane Roe", "Raj Rao"]


def test_the_assistant_s_card_inside_is_left_alone() -> None:
    inner = "AGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:Tom\nEMAIL:tom@acme.io\nEND:VCARD"
    read = one(card("FN:Jane Roe", inner, "EMAIL:jane@acme.io", version="2.1"))
    assert [e.value for e in read.emails] == ["jane@acme.io"]


def test_a_picture_is_skipped_even_unfolded() -> None:
    picture = base64.b64encode(b"x" * 400).decode()
    lines = "\n".join(picture[i : i + 70] for i in range(0, len(picture), 70))
    read = one(card("FN:Jane Roe", f"PHOTO;ENCODING=b;TYPE=JPEG:\n{lines}\n", "EMAIL:j@acme.io"))
    assert [e.value for e in read.emails] == ["j@acme.io"]


def test_a_fax_known_only_by_its_label_is_a_fax() -> None:
    read = one(card("FN:Jane", "item1.TEL:+1 650 555 1212", "item1.X-ABLabel:workFAX"))
    assert read.phones == ()
    assert len(read.faxes) == 1


def test_a_number_without_a_country_is_read_where_the_card_lives() -> None:
    german = one(card("FN:J R", "TEL:030 2345678", "ADR:;;Weg 1;Berlin;;10115;Germany"))
    by_domain = one(card("FN:J R", "TEL:030 2345678", "EMAIL:j@acme.de"))
    assert german.phones[0].e164 == by_domain.phones[0].e164 == "+49302345678"
    assert german.phones[0].written == "030 2345678"


def test_a_telephone_uri_is_a_number() -> None:
    read = one(card("FN:J R", "TEL;VALUE=uri:tel:+1-418-656-9254;ext=102", version="4.0"))
    assert read.phones[0].e164 == "+14186569254"


def test_a_bad_address_is_left_out_and_said() -> None:
    cards, problems = read(card("FN:Jane Roe", "EMAIL:jane at acme"))
    assert cards[0].emails == ()
    assert problems == ("“jane at acme” is not a mail address; I left it out.",)


def test_an_address_with_its_name_is_an_address() -> None:
    read = one(card('EMAIL:"Jane" <jane@acme.io>', "FN:Jane"))
    assert read.emails[0].value == "jane@acme.io"


def test_a_name_in_capitals_is_calmed_and_one_in_order_is_kept() -> None:
    read = one(card("FN:JANE ROE"))
    assert read.name is not None
    assert read.name.value == "Jane Roe"
    read = one(card("FN:Möhrke Gerda", "N:Möhrke;Gerda"))
    assert (read.given, read.family) == ("Gerda", "Möhrke")


def test_a_header_cannot_hide_in_a_name() -> None:
    read = one(card("FN:Jane\\nX-Evil: 1\u202e", "EMAIL:j@acme.io"))
    assert read.name is not None
    assert read.name.value == "Jane X-Evil: 1"


def test_an_empty_card_is_skipped_with_a_sentence() -> None:
    cards, problems = read(card())
    assert cards == ()
    assert "no name, address or phone" in problems[0]
    assert "no vCard" in read("")[1][0]


def test_five_hundred_cards_are_fifty_and_a_sentence() -> None:
    cards, problems = read("".join(card(f"FN:Jane {n}") for n in range(500)))
    assert len(cards) == 50
    assert "500 cards" in problems[-1]


HOSTILE = {
    "a hundred thousand cards": b"BEGIN:VCARD\nFN:J\nEND:VCARD\n" * 100_000,
    "a line of four megabytes": b"BEGIN:VCARD\nFN:" + b"J" * 4_000_000 + b"\nEND:VCARD\n",
    "folds without end": b"BEGIN:VCARD\nFN:J\n" + b" x\n" * 700_000 + b"END:VCARD\n",
    "nested groups": b"BEGIN:VCARD\n" + b"AGENT:\nBEGIN:VCARD\n" * 50_000,
    "a megabyte of parameters": b"BEGIN:VCARD\nTEL" + b";a=b" * 250_000 + b":1\nEND:VCARD\n",
    "quotes": b"BEGIN:VCARD\nFN" + b';X="' * 50_000 + b":J\nEND:VCARD\n",
    "soft breaks": b"BEGIN:VCARD\nFN;QUOTED-PRINTABLE:" + b"=\n" * 500_000 + b"J\nEND:VCARD\n",
    "six megabytes": b"BEGIN:VCARD\nFN:J\nEND:VCARD\n" * 220_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_stall_a_reader_does_not(name: str) -> None:
    begun = time.process_time()
    cards, problems = vcard.read(HOSTILE[name], f"{name}.vcf", region="US")
    assert time.process_time() - begun < 2.0
    assert len(cards) <= 50
    assert cards or problems


@given(st.binary(max_size=600))
def test_no_bytes_ever_raise(data: bytes) -> None:
    vcard.read(data, "x.vcf", region="DE")
    vcard.read(b"BEGIN:VCARD\n" + data + b"\nEND:VCARD", "x.vcf", region="DE")


PIECES = st.sampled_from(
    [
        b"BEGIN:VCARD\n",
        b"END:VCARD\n",
        b"FN:",
        b"N:",
        b";",
        b"\\",
        b'"',
        b":",
        b"=\n",
        b"\n",
        b"\n ",
        b"QUOTED-PRINTABLE",
        b"CHARSET=utf-16",
        b"ENCODING=b",
        b"TEL",
        b"+49",
        b"EMAIL",
        b"@",
        b"\xff",
        b"ADR",
        b"AGENT:\n",
        b"=E4",
        b"item1.",
        b"VERSION:2.1\n",
        b"a.io",
        b"\x00",
    ]
)


@given(st.lists(PIECES, max_size=40))
def test_no_card_like_bytes_ever_raise(pieces: list[bytes]) -> None:
    for found in vcard.read(b"".join(pieces), "x.vcf", region="DE")[0]:
        if found.name is not None:
            assert found.name.value.isprintable()
