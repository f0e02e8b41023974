"""Cards become contacts: found again, added to, never silently overwritten."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from mailflow.errors import NotFound
from mailflow.model.address import Address
from mailflow.model.card import Card, Phone, Reading
from mailflow.model.contact import Tier
from mailflow.store import facts, record
from mailflow.store.database import Session
from mailflow.store.tables import FieldEntry
from tests.builders import NOW
from tests.integration.store.world import WEEK, a_card, jane


def test_a_new_card_is_a_new_contact_that_is_due_now(s: Session, owner: int) -> None:
    card = a_card(
        "Jane Roe",
        "Jane@ACME.io",
        "jr@home.example",
        title=Reading("CTO"),
        org=Reading("Acme"),
        phones=(Phone("+4930123456", "030 123456", "work", "jane.vcf"),),
        urls=("https://acme.io",),
        event="PyCon",
        tags=("founders",),
        notes="tall",
        wants="investors",
        offers="advice",
        promised="the benchmark",
        through="Raj Rao",
        met_on=date(2026, 11, 17),
        postal="1 Road",
    )
    saved = record.save_card(s, owner, card, "<1@x> 1", NOW, tier=Tier.KEY)
    assert (saved.is_new, saved.changed, saved.doubts) == (True, (), ())
    contact = facts.contact(s, owner, saved.contact_id)
    assert (contact.name, contact.given, contact.family) == ("Jane Roe", "Jane", "Roe")
    assert [each.written for each in contact.addresses] == ["Jane@acme.io", "jr@home.example"]
    assert (contact.title, contact.org, contact.phones) == ("CTO", "Acme", card.phones)
    assert (contact.event, contact.tags, contact.met_on) == ("PyCon", ("founders",), card.met_on)
    assert (contact.notes, contact.wants, contact.offers, contact.promised) == (
        "tall", "investors", "advice", "the benchmark",
    )  # fmt: skip
    assert (contact.through, contact.postal, contact.urls) == (
        "Raj Rao", "1 Road", ("https://acme.io",),
    )  # fmt: skip
    assert (contact.tier, contact.form, contact.created_at) == (Tier.KEY, "line", NOW)
    assert [each.contact.id for each in facts.due_contacts(s, owner, NOW)] == [contact.id]


def test_the_same_source_twice_changes_nothing(s: Session, owner: int) -> None:
    first = record.save_card(s, owner, a_card(), "<1@x> 1", NOW)
    before = facts.contact(s, owner, first.contact_id)
    again = record.save_card(s, owner, a_card("John Doe", "other@x.io"), "<1@x> 1", NOW + WEEK)
    assert (again.contact_id, again.is_new, again.changed) == (first.contact_id, False, ())
    assert facts.contacts(s, owner) == (before,)
    assert len(readings(s, first.contact_id)) == 5


def readings(s: Session, contact_id: int) -> list[tuple[str, str, str]]:
    rows = s.scalars(
        select(FieldEntry).where(FieldEntry.contact_id == contact_id).order_by(FieldEntry.id)
    )
    return [(row.field, row.value, row.source) for row in rows]


def test_a_card_with_a_known_address_adds_to_its_contact(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    more = a_card(
        "Jane Roe",
        "JANE@acme.io",
        "jr@home.example",
        title=Reading("CTO"),
        tags=("founders",),
        notes="tall",
        phones=(Phone("+1", "1"),),
    )
    saved = record.save_card(s, owner, more, "<2@x> 1", NOW)
    assert (saved.contact_id, saved.is_new, saved.doubts) == (contact, False, ())
    assert set(saved.changed) == {"title", "tags", "notes", "phones", "emails"}
    grown = facts.contact(s, owner, contact)
    assert (grown.title, grown.tags, grown.notes) == ("CTO", ("founders",), "tall")
    assert [each.key for each in grown.addresses] == ["jane@acme.io", "jr@home.example"]


def test_a_difference_is_said_and_both_values_are_kept(s: Session, owner: int) -> None:
    first = record.save_card(s, owner, a_card(title=Reading("CTO")), "<1@x> 1", NOW)
    saved = record.save_card(s, owner, a_card(title=Reading("CEO")), "<2@x> 1", NOW)
    assert facts.contact(s, owner, first.contact_id).title == "CTO"
    assert saved.doubts == ("Their title was “CTO”, this card says “CEO”; kept as it was.",)
    titles = [row for row in readings(s, first.contact_id) if row[0] == "title"]
    assert titles == [("title", "CTO", "<1@x> 1"), ("title", "CEO", "<2@x> 1")]


def test_a_sure_reading_replaces_an_unsure_one_and_says_so(s: Session, owner: int) -> None:
    blurred = replace(a_card(), name=Reading("Jane R0e", 0.4, "photo", "Is it “Jane R0e”?"))
    first = record.save_card(s, owner, blurred, "<1@x> 1", NOW)
    assert first.doubts == ("Is it “Jane R0e”?",)
    saved = record.save_card(s, owner, a_card("Jane Roe"), "<2@x> 1", NOW)
    assert (saved.changed, saved.doubts) == (("name",), ())
    assert facts.contact(s, owner, first.contact_id).name == "Jane Roe"
    assert facts.find_contacts(s, owner, "jane roe")
    unsure = replace(a_card(), name=Reading("Jame Roe", 0.4))
    kept = record.save_card(s, owner, unsure, "<3@x> 1", NOW)
    assert kept.changed == ()
    assert facts.contact(s, owner, first.contact_id).name == "Jane Roe"


def test_nobody_is_called_by_half_of_each_of_two_names(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    other = replace(a_card("John Doe", "jane@acme.io"), given="John", family="Doe")
    record.save_card(s, owner, other, "<2@x> 1", NOW)
    kept = facts.contact(s, owner, contact)
    assert (kept.name, kept.given, kept.family) == ("Jane Roe", "Jane", "Roe")


def test_the_owners_own_words_are_added_to(s: Session, owner: int) -> None:
    record.save_card(s, owner, a_card(notes="tall", wants="investors"), "<1@x> 1", NOW)
    again = a_card(notes="likes tea", wants="Investors", event="EuroPython")
    saved = record.save_card(s, owner, again, "<2@x> 1", NOW)
    contact = facts.contact(s, owner, saved.contact_id)
    assert (contact.notes, contact.wants, contact.event) == (
        "tall\nlikes tea", "investors", "EuroPython",
    )  # fmt: skip
    assert set(saved.changed) == {"notes", "event"}


def test_the_same_name_at_the_same_company_is_the_same_person(s: Session, owner: int) -> None:
    acme = Reading("Acme")
    first = record.save_card(s, owner, a_card("Zoë Roe", "zoe@acme.io", org=acme), "<1@x> 1", NOW)
    other = a_card("ZOE ROE", "zoe.roe@gmail.com", org=Reading("ACME"))
    saved = record.save_card(s, owner, other, "<2@x> 1", NOW)
    assert (saved.contact_id, saved.is_new) == (first.contact_id, False)
    assert "emails" in saved.changed
    assert any("zoe.roe@gmail.com" in doubt for doubt in saved.doubts)


@pytest.mark.parametrize("org", [None, Reading("Globex")])
def test_a_name_alone_with_another_address_is_somebody_else(
    s: Session, owner: int, org: Reading | None
) -> None:
    acme = Reading("Acme")
    first = record.save_card(s, owner, a_card("Jane Roe", "j@acme.io", org=acme), "<1@x> 1", NOW)
    saved = record.save_card(s, owner, a_card("Jane Roe", "j@else.io", org=org), "<2@x> 1", NOW)
    assert saved.is_new
    assert saved.contact_id != first.contact_id


def test_a_card_without_an_address_finds_the_only_one_of_that_name(s: Session, owner: int) -> None:
    first = record.save_card(s, owner, a_card(org=Reading("Acme")), "<1@x> 1", NOW)
    bare = replace(a_card("Jane Roe", notes="again"), emails=())
    assert record.save_card(s, owner, bare, "<2@x> 1", NOW).contact_id == first.contact_id
    record.save_card(s, owner, a_card("Jane Roe", "jane@globex.io"), "<3@x> 1", NOW)
    assert record.save_card(s, owner, bare, "<4@x> 1", NOW).is_new, "two of that name are nobody"


def test_an_address_of_somebody_else_stays_with_them(s: Session, owner: int) -> None:
    raj = jane(s, owner, "Raj Rao", "raj@rao.in")
    contact = jane(s, owner)
    both = a_card("Jane Roe", "jane@acme.io", "raj@rao.in")
    saved = record.save_card(s, owner, both, "<3@x> 1", NOW)
    assert saved.contact_id == contact
    assert saved.doubts == ("raj@rao.in belongs to somebody else you know; it was left with them.",)
    by_address = facts.contact_by_address(s, owner, Address.parse("raj@rao.in"))
    assert by_address is not None
    assert by_address.id == raj


def test_the_owner_can_say_whose_card_it_is(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    other = a_card("J. Smith", "smith@x.io")
    saved = record.save_card(s, owner, other, "<2@x> 1", NOW, known=contact)
    assert (saved.contact_id, saved.is_new) == (contact, False)
    with pytest.raises(NotFound):
        record.save_card(s, owner, other, "<3@x> 1", NOW, known=contact + 10**6)


def test_a_card_with_only_a_name_is_kept(s: Session, owner: int) -> None:
    saved = record.save_card(s, owner, Card(name=Reading("Jane")), "<1@x> 1", NOW)
    assert saved.is_new
    assert facts.contact(s, owner, saved.contact_id).label == "Jane"
