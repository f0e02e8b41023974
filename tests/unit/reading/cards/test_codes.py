"""What codes say: cards of every format, links kept and never fetched, and how they beat print."""

import json

import pytest

from mailflow.model.scan import SeenCode
from mailflow.reading.cards import codes
from tests.unit.reading.cards.test_picture import one, told

VCARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Roe;Jane;;;\r\nFN:Jane Roe\r\nORG:Acme Ltd\r\nTITLE:CTO\r\n"
    "TEL;TYPE=WORK:+442079460018\r\nEMAIL:jane.roe@acme.io\r\nEND:VCARD"
)
MECARD = "MECARD:N:Roe,Jane;ORG:Acme;TEL:+442079460018;EMAIL:jane.roe@acme.io;URL:acme.io;;"
BIZCARD = "BIZCARD:N:Jane;X:Roe;T:CTO;C:Acme;B:+442079460018;E:jane.roe@acme.io;;"
JCARD = json.dumps(
    ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Jane Roe"],
               ["n", {}, "text", ["Roe", "Jane", "", "", ""]],
               ["org", {}, "text", "Acme"], ["title", {}, "text", "CTO"],
               ["tel", {"type": ["work", "voice"]}, "uri", "tel:+442079460018"],
               ["email", {}, "text", "jane.roe@acme.io"]]]
)  # fmt: skip


def said(text: str) -> codes.Said:
    return codes.said([SeenCode("QRCode", text)], region="GB")


@pytest.mark.parametrize("text", [VCARD, MECARD, BIZCARD, JCARD], ids=["v", "me", "biz", "j"])
def test_every_format_of_code_tells_the_person(text: str) -> None:
    (card,) = said(text).cards
    found = told(card)
    assert found["name"] == "Jane Roe"
    assert (card.given, card.family) == ("Jane", "Roe")
    assert found["emails"] == ["jane.roe@acme.io"]
    assert found["phones"] == ["+442079460018"]
    assert card.name is not None and card.name.source == "QR code"


def test_a_vcard_without_fn_has_the_name_of_its_n() -> None:
    (card,) = said("BEGIN:VCARD\nVERSION:3.0\nN:Roe;Jane\nTEL:+442079460018\nEND:VCARD").cards
    assert told(card)["name"] == "Jane Roe"


def test_a_name_that_is_only_the_company_is_no_persons() -> None:
    (card,) = said("BEGIN:VCARD\nVERSION:3.0\nN:;Acme Ltd\nFN:Acme Ltd\nORG:Acme Ltd\n"
                   "EMAIL:info@acme.io\nEND:VCARD").cards  # fmt: skip
    assert card.name is None
    assert told(card)["org"] == "Acme Ltd"


def test_a_company_in_the_name_of_a_code_gives_way_to_the_printed_name() -> None:
    code = "MECARD:N:Acme Solutions Ltd;TEL:+442079460018;;"
    card = one(["^Jane Roe", "CTO", "jane.roe@acme.io"], code)
    assert told(card)["name"] == "Jane Roe"


def test_escapes_of_a_mecard_are_undone() -> None:
    (card,) = said(r"MECARD:N:O\'Roe,Jane;ORG:Acme\; Sons\, Ltd;EMAIL:jane@acme.io;;").cards
    assert told(card)["org"] == "Acme; Sons, Ltd"


def test_a_link_is_kept_and_nothing_else() -> None:
    found = said("https://acme.io/c/jane")
    assert found == codes.Said((), ("https://acme.io/c/jane",))


@pytest.mark.parametrize(
    "text", ["mailto:jane@acme.io?subject=Hi", "MATMSG:TO:jane@acme.io;SUB:x;;", "jane@acme.io"]
)
def test_an_address_alone_is_taken(text: str) -> None:
    (card,) = said(text).cards
    assert told(card)["emails"] == ["jane@acme.io"]


def test_a_number_alone_is_taken() -> None:
    (card,) = said("tel:+442079460018").cards
    assert told(card)["phones"] == ["+442079460018"]


@pytest.mark.parametrize(
    "text",
    ["", "WIFI:S:guest;T:WPA;P:secret;;", "just words", "[1, 2", '["vcard"]', '["vcard", 3]',
     "[" * 5_000, '["vcard", [["fn"]]]', '["vcard", [["tel", 1, 2, {"a": 1}]]]', "MECARD:",
     "BIZCARD:;;;", "BEGIN:VCARD", "\0\0", "MATMSG:;;"],
)  # fmt: skip
def test_what_is_no_card_is_nobody(text: str) -> None:
    assert said(text) == codes.Said()


def test_a_code_beats_the_print_field_by_field() -> None:
    card = one(["^Jane Rce", "CTO", "Acme Ltd", "jane.rce@acme.io", "+44 20 7946 0078",
                "info@acme.io"], VCARD)  # fmt: skip
    found = told(card)
    assert found["name"] == "Jane Roe"
    assert found["emails"] == ["jane.roe@acme.io", "info@acme.io"]
    assert found["phones"] == ["+442079460018"]
    assert card.unsure == ()


def test_a_second_number_that_only_the_print_has_is_kept() -> None:
    card = one(["^Jane Roe", "+44 20 7946 0018", "+44 20 7946 0019"], VCARD)
    assert told(card)["phones"] == ["+442079460018", "+442079460019"]


def test_a_fax_that_a_code_calls_a_telephone_stays_a_fax() -> None:
    code = "MECARD:N:Roe,Jane;TEL:+442079460018;TEL:+442079460019;;"
    card = one(["^Jane Roe", "Tel +44 20 7946 0018", "Fax +44 20 7946 0019"], code)
    assert told(card)["phones"] == ["+442079460018"]
    assert told(card)["faxes"] == ["+442079460019"]


def test_a_code_of_another_name_is_said() -> None:
    card = one(["^Peter Winter", "CFO", "peter.winter@acme.io"],
               "MECARD:N:Roe,Jane;TEL:+442079460018;;")  # fmt: skip
    assert "name" in card.unsure
    assert card.name is not None and "Peter Winter" in card.name.doubt


def test_the_links_host_confirms_an_address() -> None:
    lines = ["^Jane Roe", "CTO", "sales.desk7@zephyr.io"]
    assert "emails" in one(lines).unsure
    confirmed = one(lines, "https://zephyr.io/c/roe")
    assert confirmed.emails[0].confidence > one(lines).emails[0].confidence
    assert confirmed.urls == ("https://zephyr.io/c/roe",)


def test_a_fuller_printed_name_completes_the_codes() -> None:
    card = one(["^Jane Q. Roe", "CTO", "jane.roe@acme.io"], "MECARD:N:Roe;EMAIL:jane.roe@acme.io;;")
    assert told(card)["name"] == "Jane Q. Roe"
