"""Files of many vCards, and contacts written out and read back."""

from hypothesis import given
from hypothesis import strategies as st

from mailflow.cli import spreadsheet
from mailflow.cli.vcard import written
from mailflow.model.address import Address
from mailflow.model.card import Card, Phone
from mailflow.model.contact import Contact
from mailflow.model.imports import ContactFormat
from mailflow.model.text import printable
from tests.builders import NOW, a_contact
from tests.unit.reading.contacts.test_programs import mails, refused, taken

WORD = st.text(st.characters(categories=["L"], max_codepoint=0x24F), min_size=2, max_size=9)
NAME = st.tuples(WORD, WORD).map(lambda pair: " ".join(w.capitalize() for w in pair))
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12).map(
    printable
)
LINES = st.lists(TEXT, max_size=4).map("\n".join).map(str.strip)
TAG = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8).map(printable)


@st.composite
def people(draw: st.DrawFn) -> Contact:
    name = draw(NAME)
    given_, _, family = name.partition(" ")
    number = draw(st.integers(10, 99))
    return Contact(
        id=1, name=name, created_at=NOW, given=given_, family=family, title=draw(TEXT),
        org=draw(TEXT), notes=draw(LINES), tags=tuple(draw(st.lists(TAG, max_size=3, unique=True))),
        addresses=(Address.parse(f"p{number}@x.example"),),
        phones=(Phone(f"+49301234{number}", f"030 1234{number}", "work"),),
        urls=(f"https://x.example/{number}",), postal=draw(st.sampled_from(["", "Elm St 1, Bath"])),
    )  # fmt: skip


def said(card: Card) -> tuple[object, ...]:
    """What a card says, without where from."""
    return (
        card.name and card.name.value, card.given, card.family, mails(card),
        card.org.value if card.org else "", card.title.value if card.title else "",
        [phone.e164 for phone in card.phones], card.urls, card.postal, card.notes, card.tags,
    )  # fmt: skip


def of(contact: Contact) -> tuple[object, ...]:
    return (
        contact.name, contact.given, contact.family, [str(a) for a in contact.addresses],
        contact.org, contact.title, [p.e164 for p in contact.phones], contact.urls, contact.postal,
        contact.notes, contact.tags,
    )  # fmt: skip


@given(people())
def test_a_contact_written_as_a_vcard_is_read_back(contact: Contact) -> None:
    found = taken(written(contact), "jane.vcf")
    assert found.format is ContactFormat.VCARD
    assert [said(person.card) for person in found.people] == [of(contact)]


@given(st.lists(people(), min_size=1, max_size=4))
def test_contacts_written_as_a_table_are_read_back(contacts: list[Contact]) -> None:
    found = taken("".join(spreadsheet.written(lambda: contacts)))
    assert found.format is ContactFormat.GOOGLE
    assert [said(person.card) for person in found.people] == [of(each) for each in contacts]


def test_no_cell_of_a_table_is_a_formula() -> None:
    jane = a_contact(name="=cmd()", given="", family="", org="+1", title="-2", notes="@x")
    text = "".join(spreadsheet.written(lambda: [jane]))
    cells = text.splitlines()[1].split(",")
    assert cells[:1] == ["'=cmd()"]
    assert not [cell for cell in cells if cell[:1] in ("=", "@") or cell == "-2x"]
    assert "'@x" in cells


def test_a_number_to_dial_is_left_as_it_is() -> None:
    assert spreadsheet.guarded("+49 (30) 12-34") == "+49 (30) 12-34"
    assert spreadsheet.guarded("+49-1+cmd()") == "'+49-1+cmd()"


def test_every_card_has_its_line() -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nEND:VCARD\r\n"
    found = taken(card.format("Jane Roe") + "\r\n" + card.format("Raj Rao"), "x.vcf")
    assert [person.line for person in found.people] == [1, 6]


def test_more_cards_than_a_mail_may_hold_are_all_read() -> None:
    cards = "".join(
        f"BEGIN:VCARD\nVERSION:4.0\nFN:P{n} Roe\nEMAIL:p{n}@x.org\nEND:VCARD\n" for n in range(120)
    )
    assert len(taken(cards, "x.vcf").people) == 120


def test_a_card_inside_a_card_is_nobody_of_its_own() -> None:
    text = (
        "BEGIN:VCARD\nVERSION:2.1\nN:Roe;Jane\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nN:Rao;Raj\n"
        "END:VCARD\nEMAIL:jane@x.org\nEND:VCARD\n"
    )
    (person,) = taken(text, "x.vcf").people
    assert mails(person.card) == ["jane@x.org"]


def test_categories_and_notes_of_many_lines_come_along() -> None:
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Jane Roe\nCATEGORIES:Py Con,a\\,b\nNOTE:one\\ntwo\\; three\n"
        "END:VCARD\n"
    )
    (person,) = taken(text, "x.vcf").people
    assert person.card.tags == ("Py-Con", "a-b")
    assert person.card.notes == "one\ntwo; three"


def test_a_card_of_nobody_is_left_out_with_its_line() -> None:
    found = taken("BEGIN:VCARD\nVERSION:3.0\nORG:Acme\nEND:VCARD\n", "x.vcf")
    assert [each.line for each in found.left_out] == [1]


def test_a_file_told_to_be_vcards_that_holds_none_is_refused() -> None:
    assert "no vCard" in str(refused_as_vcard("name,email\nJane,j@x.org\n"))
    assert "no column" in refused("END:VCARD\n")


def refused_as_vcard(text: str) -> object:
    from mailflow.reading.contacts.read import read

    return read(text.encode(), "x.csv", region="DE", format=ContactFormat.VCARD)


def test_a_card_that_never_ends_is_read_to_its_limit() -> None:
    found = taken("BEGIN:VCARD\nVERSION:3.0\nFN:Jane Roe\n" + "X-A:b\n" * 20_000, "x.vcf")
    assert len(found.people) == 1
