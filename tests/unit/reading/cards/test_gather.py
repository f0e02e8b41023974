"""Who is found in a mail from the owner, who is not, and what is said about it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mailflow.model.address import Address, NamedAddress
from mailflow.model.card import Card, Gathered
from mailflow.model.mail import Evidence, Forward, InboundMessage, Part
from mailflow.reading.cards import gather
from mailflow.reading.cards.senders import signature_block
from tests.builders import an_identity

ADA = an_identity()
TODAY = date(2026, 11, 22)


def named(address: str, name: str = "") -> NamedAddress:
    return NamedAddress(Address.parse(address), name)


def a_mail(**fields: Any) -> InboundMessage:
    return InboundMessage(
        **{
            "message_id": "<1@example.org>",
            "has_message_id": True,
            "body_hash": "",
            "sender": named("ada@example.org", "Ada Byron"),
            "to": (named("ada+mailflow@example.org"),),
            "cc": (),
            "reply_to": (),
            "subject": "",
            "sent_at": datetime(2026, 11, 22, 9, tzinfo=UTC),
            "utc_offset": None,
            "in_reply_to": None,
            "references": (),
            "headers": (),
            "text": "",
            "html": "",
            **fields,
        }
    )


def gathered(message: InboundMessage, *forwards: Forward, note: str = "") -> Gathered:
    return gather.cards(message, forwards, note, identity=ADA, today=TODAY)


def only(found: Gathered) -> Card:
    assert len(found.cards) == 1, found
    return found.cards[0]


def name_of(card: Card) -> str:
    return card.name.value if card.name else ""


def a_vcard(*people: str, content_type: str = "text/vcard", filename: str = "c.vcf") -> Part:
    text = "".join(
        f"BEGIN:VCARD\nFN:{p.title()} Roe\nEMAIL:{p}@acme.io\nEND:VCARD\n" for p in people
    )
    return Part(content_type, filename, text.encode())


FORWARDED = Forward(
    sender=named("jane@acme.io", "Jane Roe"),
    to=(named("ada@example.org"),),
    body="Hi Ada,\nhello.\n\nBest,\nJane Roe\nCTO, Acme Inc.\n+49 30 1234567\nwww.acme.io",
    evidence=(Evidence("forward separator"),),
)


def test_vcards_of_several_parts_are_all_taken() -> None:
    message = a_mail(parts=(a_vcard("jane", "raj"), a_vcard("tom")))
    found = gathered(message)
    assert [c.emails[0].value for c in found.cards] == [
        "jane@acme.io",
        "raj@acme.io",
        "tom@acme.io",
    ]


@pytest.mark.parametrize(
    ("content_type", "filename"),
    [("application/octet-stream", "Jane.VCF"), ("text/x-vcard", ""), ("text/directory", "x")],
)
def test_a_vcard_is_known_by_its_type_or_its_name(content_type: str, filename: str) -> None:
    part = a_vcard("jane", content_type=content_type, filename=filename)
    assert only(gathered(a_mail(parts=(part,)))).form == "vcard"


def test_the_forwarder_s_vcard_goes_before_the_text() -> None:
    found = gathered(a_mail(parts=(a_vcard("raj"),)), FORWARDED)
    assert only(found).emails[0].value == "raj@acme.io"


def test_a_forwarded_mail_gives_its_sender_with_the_signature() -> None:
    card = only(gathered(a_mail(), FORWARDED))
    assert name_of(card) == "Jane Roe"
    assert [e.value for e in card.emails] == ["jane@acme.io"]
    assert card.title is not None
    assert card.org is not None
    assert (card.title.value, card.org.value) == ("CTO", "Acme Inc.")
    assert card.phones[0].e164 == "+49301234567"
    assert card.form == "forward"


def test_an_attached_mail_gives_its_sender() -> None:
    inner = a_mail(sender=named("jane@acme.io", "Jane Roe"), text=FORWARDED.body)
    card = only(gathered(a_mail(attached=(inner,))))
    assert name_of(card) == "Jane Roe"
    assert card.title is not None


def test_the_owner_s_own_mail_in_between_is_looked_through() -> None:
    inner = a_mail(sender=named("jane@acme.io", "Jane Roe"))
    own = a_mail(attached=(inner,))
    assert only(gathered(a_mail(attached=(own,)))).emails[0].value == "jane@acme.io"


def test_of_the_owner_s_own_forwarded_mail_the_one_reader_is_meant() -> None:
    own = Forward(sender=named("ada@example.org"), to=(named("jane@acme.io", "Jane Roe"),))
    assert name_of(only(gathered(a_mail(), own))) == "Jane Roe"
    two = replace(own, to=(named("jane@acme.io"), named("raj@x.io")))
    assert gathered(a_mail(), two).cards == ()


def test_a_mail_passed_on_by_a_colleague_is_about_its_first_writer() -> None:
    outer = Forward(sender=named("tom@corp.com", "Tom Poe"), evidence=FORWARDED.evidence)
    card = only(gathered(a_mail(), outer, FORWARDED))
    assert name_of(card) == "Jane Roe"
    assert card.through == "Tom Poe"


def test_a_thread_quoted_below_is_no_other_person() -> None:
    quoted = replace(
        FORWARDED, sender=named("tom@corp.com"), evidence=(Evidence("original separator"),)
    )
    assert name_of(only(gathered(a_mail(), FORWARDED, quoted))) == "Jane Roe"


def test_somebody_else_s_signature_is_not_put_on_the_sender() -> None:
    body = "See below.\n\n-- \nTom Poe\nCEO, Corp Ltd\n+44 20 7946 0000"
    card = only(gathered(a_mail(), replace(FORWARDED, body=body)))
    assert name_of(card) == "Jane Roe"
    assert card.title is None
    assert card.phones == ()


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("info@acme.io", "shared mailbox"),
        ("no-reply@acme.io", "robot"),
        ("python@lists.acme.io", "list"),
    ],
)
def test_an_address_of_nobody_becomes_nobody(address: str, what: str) -> None:
    found = gathered(a_mail(), replace(FORWARDED, sender=named(address), body=""))
    assert found.cards == ()
    assert what in found.problems[0]


def test_a_vcard_keeps_its_person_when_the_address_is_the_office_s() -> None:
    text = b"BEGIN:VCARD\nFN:Jane Roe\nEMAIL:info@acme.io\nTEL:+49301234567\nEND:VCARD"
    found = gathered(a_mail(parts=(Part("text/vcard", "j.vcf", text),)))
    assert name_of(only(found)) == "Jane Roe"
    assert only(found).emails == ()
    assert "info@acme.io" in found.problems[0]


def test_the_owner_is_never_a_contact() -> None:
    text = b"BEGIN:VCARD\nFN:Ada\nEMAIL:Ada@Example.org\nEND:VCARD"
    found = gathered(a_mail(parts=(Part("text/vcard", "a.vcf", text),)))
    assert found.cards == ()
    assert "that is you" in found.problems[0]


def test_one_person_twice_is_one_card() -> None:
    found = gathered(a_mail(parts=(a_vcard("jane"), a_vcard("jane"))))
    assert len(found.cards) == 1


def test_fifty_people_are_taken_and_the_rest_is_said() -> None:
    parts = tuple(
        a_vcard(*(f"p{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(40 * k, 40 * k + 40)))
        for k in range(2)
    )
    found = gathered(a_mail(parts=parts))
    assert len(found.cards) == 50
    assert any("80 people" in p for p in found.problems)


def test_the_note_goes_to_the_one_contact_and_its_marks_to_all() -> None:
    note = (
        "met her at the dinner, in Berlin, wants our benchmark\n@PyCon 2026 #founders\n\n"
        "Best,\nAda Byron\nCEO"
    )
    card = only(gathered(a_mail(parts=(a_vcard("jane"),)), note=note))
    assert card.notes == "met her at the dinner, in Berlin"
    assert card.wants == "our benchmark"
    assert (card.event, card.tags) == ("PyCon 2026", ("founders",))
    two = gathered(a_mail(parts=(a_vcard("jane", "raj"),)), note=note)
    assert [c.event for c in two.cards] == ["PyCon 2026"] * 2
    assert [c.notes for c in two.cards] == ["", ""]
    assert "whom your note is about" in two.problems[0]


def test_the_owner_s_signature_below_the_note_is_no_note() -> None:
    note = "lovely talk\n\nAda Byron\nAnalytical Engines"
    assert only(gathered(a_mail(), FORWARDED, note=note)).notes == "lovely talk"


def test_a_number_is_dialled_where_the_sender_s_domain_lives() -> None:
    sender = named("tom@corp.co.uk", "Tom Poe")
    body = "Regards\nTom Poe\nSales Manager\n020 7946 0018"
    card = only(gathered(a_mail(), replace(FORWARDED, sender=sender, body=body)))
    assert [p.e164 for p in card.phones] == ["+442079460018"]


def test_a_digital_card_gives_the_person_not_the_service() -> None:
    body = (
        "Jane Roe shared a card with you\n\nJane Roe\nCTO at Acme\njane@acme.io\n+49 171 1234567\n"
    )
    shared = Forward(sender=named("noreply@hihello.me", "Jane Roe via HiHello"), body=body)
    card = only(gathered(a_mail(), shared))
    assert name_of(card) == "Jane Roe"
    assert [e.value for e in card.emails] == ["jane@acme.io"]


def test_a_network_s_notification_without_an_address_says_so() -> None:
    sender = named("invitations@linkedin.com", "Jane Roe via LinkedIn")
    found = gathered(a_mail(), Forward(sender=sender, body="Jane wants to connect"))
    assert found.cards == ()
    assert found.problems == (
        "LinkedIn does not tell Jane Roe's address; write it as “met NAME <ADDRESS>”.",
    )


def test_an_invitation_gives_its_organiser_or_the_only_guest() -> None:
    def invitation(organiser: str, guest: str) -> InboundMessage:
        text = (
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
            f'ORGANIZER;CN="{organiser.title()} Roe":mailto:{organiser}@acme.io\r\n'
            f"ATTENDEE;CN=Guest;RSVP=TRUE:mailto\r\n :{guest}@example.org\r\nEND:VEVENT\r\n"
        )
        return a_mail(parts=(Part("text/calendar", "invite.ics", text.encode()),))

    card = only(gathered(invitation("jane", "ada")))
    assert (name_of(card), card.emails[0].value) == ("Jane Roe", "jane@acme.io")


@pytest.mark.parametrize(
    ("body", "block"),
    [
        ("Hi\n\n-- \nJane\nCTO", "Jane\nCTO"),
        ("Hi Ada\n\nBest regards,\nJane\nCTO", "Jane\nCTO"),
        ("Long text here.\n\nJane Roe\n+49 30 1\n", "Jane Roe\n+49 30 1"),
        ("Hi\n-- \nJane\n> quoted\n> -- \n> Tom", "Jane"),
        ("", ""),
    ],
)
def test_the_signature_is_found_at_the_end(body: str, block: str) -> None:
    assert signature_block(body) == block


def test_a_forward_that_names_no_address_takes_it_from_the_signature() -> None:
    signed = Forward(
        sender=None,
        sender_name="Roe, Jane",
        body="See you.\n\n-- \nJane Roe\nCTO, Acme Ltd\njane@acme.example\n",
    )
    card = only(gathered(a_mail(), signed))
    assert (name_of(card), card.emails[0].value) == ("Jane Roe", "jane@acme.example")


def test_a_forward_that_names_no_address_anywhere_says_what_to_type() -> None:
    found = gathered(a_mail(), Forward(sender=None, sender_name="Roe, Jane", body="See you."))
    assert not found.cards
    assert "met Jane Roe <ADDRESS>" in found.problems[0]


def test_the_address_of_somebody_else_is_not_given_to_a_name() -> None:
    other = Forward(
        sender=None, sender_name="Jane Roe", body="Ask him.\n\n-- \nRaj Rao\nraj@example.net\n"
    )
    assert not gathered(a_mail(), other).cards


SHARED = (
    (
        "HiHello <hello@hihello.me>",
        "Jane Roe\nCTO\nAcme\njane@acme.io\n+44 20 7946 0123\nSave contact",
    ),
    (
        "Blinq <noreply@blinq.me>",
        "Hi Ada,\n\nJane Roe has shared their digital business card with you.\n\nJane Roe\nCTO\n"
        "Acme\n\nM: +44 20 7946 0123\nE: jane@acme.io\nW: acme.io\n\nCreate your own Blinq card",
    ),
    (
        "Popl <team@popl.co>",
        "You have a new connection!\n\nName: Jane Roe\nEmail: jane@acme.io\nPhone: +442079460123\n"
        "Company: Acme\nJob title: CTO\n\nView in Popl",
    ),
    (
        "Calendly <notifications@calendly.com>",
        "Hi Ada,\nA new event has been scheduled.\nEvent Type:\n30 Minute Meeting\nInvitee:\n"
        "Jane Roe\nInvitee Email:\njane@acme.io\nEvent Date/Time: 10:00am",
    ),
    ("Luma <noreply@lu.ma>", "Jane Roe (jane@acme.io) registered for the PyCon dinner"),
)


@pytest.mark.parametrize(("sender", "text"), SHARED, ids=[s.partition(" ")[0] for s, _ in SHARED])
def test_a_card_services_mail_tells_of_the_person(sender: str, text: str) -> None:
    name, _, address = sender.rstrip(">").partition(" <")
    card = only(gathered(a_mail(), Forward(sender=named(address, name), body=text)))
    assert (name_of(card), card.emails[0].value) == ("Jane Roe", "jane@acme.io")
    if "CTO" in text:
        assert card.title is not None
        assert card.title.value == "CTO"
        assert card.org is not None
        assert card.org.value == "Acme"
        assert [phone.e164 for phone in card.phones] == ["+442079460123"]


def test_the_signature_of_a_forwarded_answer_is_read_above_what_it_answers() -> None:
    text = (
        "Sure, let's talk.\n\nBest,\nJane Roe\nCTO, Acme\n\nOn Fri, 20 Nov 2026, Raj Rao "
        "<raj@pay.example> wrote:\n> Hello Jane\n>\n> Raj Rao\n> CEO at Payroll"
    )
    card = only(gathered(a_mail(), Forward(sender=named("jane@acme.io", "Jane Roe"), body=text)))
    assert card.title is not None
    assert (name_of(card), card.title.value) == ("Jane Roe", "CTO")
