"""An address that was read with doubt is not written to before the owner has looked at it."""

import pytest

from mailflow.model.address import Address
from mailflow.model.card import Card, Reading
from mailflow.model.draft import Draft, DraftState
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.store.queue import NotClaimed
from tests.builders import NOW
from tests.integration.store.world import a_card, approved

JANE = Address.parse("jane@acme.io")
DOUBT = "Nothing else on the card confirms “jane@acme.io”."


def photographed(s: Session, owner: int, **fields: object) -> int:
    """Jane, whose address was read from a picture."""
    unsure = Reading("jane@acme.io", 0.6, "line 3", DOUBT, crop=b"\xff\xd8\xffjpeg")
    card = Card(name=Reading("Jane Roe"), given="Jane", emails=(unsure,), form="photo")
    return record.save_card(s, owner, card, "<photo@x> card 0", NOW).contact_id


def test_a_draft_to_an_unseen_address_is_not_claimed(s: Session, owner: int) -> None:
    draft = approved(s, owner, photographed(s, owner))
    refused = queue.claim(s, owner, draft, "<c@x>", NOW)
    assert isinstance(refused, NotClaimed)
    assert "jane@acme.io was read with doubt" in refused.reason
    assert facts.draft(s, owner, draft).state is DraftState.APPROVED


def test_once_confirmed_it_is(s: Session, owner: int) -> None:
    draft = approved(s, owner, photographed(s, owner))
    assert record.confirm_address(s, owner, JANE)
    assert isinstance(queue.claim(s, owner, draft, "<c@x>", NOW), Draft)
    assert not record.confirm_address(s, owner, JANE), "there is nothing left in doubt"


def test_what_is_confirmed_needs_no_picture_and_no_doubt(s: Session, owner: int) -> None:
    jane = photographed(s, owner)
    (before,) = facts.unconfirmed(s, owner, [jane])[jane]
    assert (before.address, before.doubt, before.crop[:3]) == (JANE, DOUBT, b"\xff\xd8\xff")
    assert facts.contact(s, owner, jane).doubts == (DOUBT,)
    record.confirm_address(s, owner, JANE)
    assert facts.unconfirmed(s, owner, [jane]) == {}
    assert facts.contact(s, owner, jane).doubts == ()
    assert facts.doubted(s, owner, [jane]) == {}


def test_a_second_card_that_is_sure_of_it_is_the_evidence(s: Session, owner: int) -> None:
    jane = photographed(s, owner)
    record.save_card(s, owner, a_card("Jane Roe"), "<vcard@x> card 0", NOW)
    assert facts.unconfirmed(s, owner, [jane]) == {}


def test_a_second_picture_that_is_unsure_too_is_none(s: Session, owner: int) -> None:
    jane = photographed(s, owner)
    unsure = Card(emails=(Reading("jane@acme.io", 0.6, "line 2", DOUBT),), form="photo")
    record.save_card(s, owner, unsure, "<again@x> card 0", NOW)
    assert jane in facts.unconfirmed(s, owner, [jane])


def test_the_owners_correction_needs_no_other_evidence(s: Session, owner: int) -> None:
    jane = photographed(s, owner)
    right = Address.parse("jane@acme.com")
    assert record.correct_address(s, owner, jane, right, "c", NOW, by="you, by mail")
    person = facts.contact(s, owner, jane)
    assert person.addresses == (right,), "the misreading is gone"
    assert facts.unconfirmed(s, owner, [jane]) == {}
    assert person.doubts == ()


def test_an_address_somebody_else_has_is_not_taken_from_them(s: Session, owner: int) -> None:
    jane = photographed(s, owner)
    record.save_card(s, owner, a_card("Raj Rao", "raj@pay.io"), "<raj@x> card 0", NOW)
    raj = Address.parse("raj@pay.io")
    assert not record.correct_address(s, owner, jane, raj, "c", NOW, by="you")
    assert facts.contact(s, owner, jane).addresses == (JANE,)


@pytest.mark.parametrize("is_used", [False, True], ids=["never written to", "written to"])
def test_an_old_address_stays_behind_only_if_mail_was_exchanged(
    s: Session, owner: int, is_used: bool
) -> None:
    jane = record.save_card(s, owner, a_card(), "<v@x> card 0", NOW).contact_id
    if is_used:
        draft = approved(s, owner, jane)
        assert isinstance(queue.claim(s, owner, draft, "<c@x>", NOW), Draft)
    right = Address.parse("jane@acme.com")
    assert record.correct_address(s, owner, jane, right, "c", NOW, by="you")
    assert facts.contact(s, owner, jane).addresses == ((right, JANE) if is_used else (right,))
