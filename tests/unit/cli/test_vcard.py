"""A contact handed out as a vCard."""

from hypothesis import given
from hypothesis import strategies as st

from mailflow.cli.vcard import written
from mailflow.model.address import Address
from mailflow.model.card import Phone
from mailflow.reading.cards import vcard
from tests.builders import a_contact

JANE = a_contact(
    phones=(Phone("+14155550100", "415 555 0100"),),
    urls=("https://acme.io",),
    tags=("founders", "a,b"),
    notes="likes tea; hates\ncoffee",
)


def test_a_card_says_who_somebody_is() -> None:
    lines = written(JANE).split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert "FN:Jane Roe" in lines
    assert "N:Roe;Jane;;;" in lines
    assert "EMAIL:jane@acme.io" in lines
    assert "NOTE:likes tea\\; hates\\ncoffee" in lines
    assert "CATEGORIES:founders,a\\,b" in lines
    assert lines[-2:] == ["END:VCARD", ""]


def test_a_card_is_read_back_as_it_was_written() -> None:
    cards, problems = vcard.read(written(JANE).encode(), "jane.vcf", region="US")
    assert problems == ()
    (card,) = cards
    assert card.name is not None
    assert card.name.value == "Jane Roe"
    assert card.address == Address.parse("jane@acme.io")
    assert [phone.e164 for phone in card.phones] == ["+14155550100"]


@given(name=st.text(), notes=st.text(), org=st.text(max_size=400))
def test_no_field_can_end_its_line_or_the_card(name: str, notes: str, org: str) -> None:
    made = written(a_contact(name=name, notes=notes, org=org))
    lines = made.removesuffix("\r\n").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert all(line.isprintable() for line in lines)
    starts = [line.partition(":")[0].partition(";")[0] for line in lines if line[:1] != " "]
    allowed = {"BEGIN", "VERSION", "FN", "N", "ORG", "TITLE", "NOTE", "EMAIL", "END"}
    assert set(starts) <= allowed
