"""The pictures of a mail: which are looked at, whom they show, what is said of the rest."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.model.address import Address
from mailflow.model.card import Card, Reading
from mailflow.model.mail import InboundMessage, Part
from mailflow.model.scan import Page, Scan, SeenLine, Unscannable
from mailflow.reading.cards import gather, seen, sides
from mailflow.reading.cards.picture_size import size
from tests.unit.reading.cards.test_gather import ADA, TODAY, a_mail, a_vcard

CROP = b"\xff\xd8\xff a piece"
JANE = ("Jane Roe", "Chief Technology Officer", "Acme GmbH", "jane.roe@acme.io", "www.acme.io")


def png(width: int, height: int, more: int = 0) -> bytes:
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return head + b"\0" * more


def jpeg(width: int, height: int) -> bytes:
    frame = b"\xff\xc0\0\x11\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + b"\3"
    return b"\xff\xd8\xff\xe0\0\x10" + b"J" * 14 + frame + b"\0" * 40


def picture(data: bytes = b"", name: str = "card.jpg", **fields: Any) -> Part:
    return Part("image/jpeg", name, data or jpeg(3000, 2000), **fields)


def a_scan(*lines: str) -> Scan:
    read = tuple(
        SeenLine(text, 0.99, 60, 60 + 70 * at, 60 + 24 * len(text), 105 + 70 * at,
                 CROP if "@" in text else b"")
        for at, text in enumerate(lines)
    )  # fmt: skip
    return Scan((Page(1000, 600, read),))


def a_card(name: str = "", *emails: str, org: str = "") -> Card:
    return Card(
        name=Reading(name) if name else None,
        emails=tuple(Reading(email) for email in emails),
        org=Reading(org) if org else None,
        form="photo",
    )


def looked_at(message: InboundMessage, *, is_passed_on: bool = False) -> list[str]:
    found = seen.worth_reading(message, is_passed_on=is_passed_on)
    return [part.filename for part in found]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (png(640, 480), (640, 480)),
        (jpeg(3000, 2000), (3000, 2000)),
        (b"GIF89a" + (30).to_bytes(2, "little") + (20).to_bytes(2, "little"), (30, 20)),
        (b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + b"\x7f\2\0\xdf\1\0" + b"\0" * 8, (640, 480)),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff", None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_a_pictures_size_is_told_from_its_first_bytes(
    data: bytes, expected: tuple[int, int] | None
) -> None:
    assert size(data) == expected


@given(st.binary(max_size=200), st.sampled_from([b"\xff\xd8", b"RIFF1234WEBP", b"GIF89a", b""]))
def test_no_bytes_are_too_odd_to_be_asked_for_their_size(data: bytes, head: bytes) -> None:
    size(head + data)


def test_a_mail_of_pdfs_and_photos_is_looked_at_whole() -> None:
    parts = (picture(name="a.heic"), Part("application/pdf", "b.pdf", b"%PDF"),
             Part("application/octet-stream", "c.JPG", jpeg(3000, 2000)))  # fmt: skip
    assert looked_at(a_mail(parts=parts)) == ["a.heic", "b.pdf", "c.JPG"]


def test_icons_pixels_and_logos_are_not_looked_at() -> None:
    parts = (
        picture(png(1, 1), "pixel.png"),
        picture(png(80, 80), "icon.png"),
        picture(png(320, 90), "logo.png", is_inline=True),
        picture(png(320, 320), "code.png"),
        picture(jpeg(4032, 3024), "IMG_1.jpeg", is_inline=True),
    )
    assert looked_at(a_mail(parts=parts)) == ["code.png", "IMG_1.jpeg"]


def test_of_a_mail_passed_on_only_what_could_be_a_photo_is_looked_at() -> None:
    parts = (
        picture(png(640, 200, more=9_000), "image001.png", is_inline=True),
        picture(png(640, 200, more=9_000), "banner.png"),
        picture(png(4000, 3000, more=90_000), "card.png"),
    )
    assert looked_at(a_mail(parts=parts), is_passed_on=True) == ["card.png"]


def test_ten_pictures_are_read_and_the_rest_is_said() -> None:
    message = a_mail(parts=tuple(picture(name=f"{n}.jpg") for n in range(14)))
    wanted = gather.pictures(message, ())
    assert len(wanted) == 10
    scans = [(part, a_scan(*JANE)) for part in wanted]
    found = gather.cards(message, (), "", identity=ADA, today=TODAY, seen=scans)
    assert any("first 10 pictures" in problem for problem in found.problems)
    assert len(found.cards) == 1


def test_the_person_on_a_picture_is_taken_with_the_note() -> None:
    message = a_mail(parts=(picture(),))
    scans = [(message.parts[0], a_scan(*JANE))]
    note = "met her yesterday at the PyCon dinner, wants our benchmark"
    (jane,) = gather.cards(message, (), note, identity=ADA, today=TODAY, seen=scans).cards
    assert jane.name is not None
    assert (jane.name.value, jane.emails[0].value) == ("Jane Roe", "jane.roe@acme.io")
    assert (jane.event, jane.wants) == ("the PyCon dinner", "our benchmark")
    assert jane.met_on is not None
    assert (TODAY - jane.met_on).days == 1


def test_a_vcard_and_a_photo_of_one_person_are_one_card() -> None:
    message = a_mail(parts=(a_vcard("jane"), picture()))
    scans = [(message.parts[1], a_scan("Jane Roe", "CTO", "Acme", "jane@acme.io", "acme.io"))]
    found = gather.cards(message, (), "", identity=ADA, today=TODAY, seen=scans)
    addresses = [e.value for card in found.cards for e in card.emails]
    assert len(addresses) == len(set(addresses))


def test_a_shared_mailbox_on_a_card_is_the_companys_and_no_persons() -> None:
    message = a_mail(parts=(picture(),))
    scans = [(message.parts[0], a_scan("Jane Roe", "CTO", "Acme GmbH", "info@acme.io"))]
    found = gather.cards(message, (), "", identity=ADA, today=TODAY, seen=scans)
    (jane,) = found.cards
    assert jane.emails == ()
    assert "mailto:info@acme.io" in jane.urls
    assert any("info@acme.io is a shared mailbox" in problem for problem in found.problems)


def test_the_owners_own_card_is_not_taken() -> None:
    message = a_mail(parts=(picture(),))
    scans = [(message.parts[0], a_scan("Ada Byron", "ada@example.org", "www.example.org"))]
    found = gather.cards(message, (), "", identity=ADA, today=TODAY, seen=scans)
    assert found.cards == ()
    assert "that is you" in found.problems[0]


def test_a_picture_without_a_card_is_said_with_what_was_seen() -> None:
    cards, said = seen.people([(picture(), a_scan("Exit"))], ADA, "met …", is_passed_on=False)
    assert cards == []
    assert "I saw “Exit”" in said[0]


def test_a_picture_in_a_mail_passed_on_without_a_card_is_nothing_to_speak_of() -> None:
    assert seen.people([(picture(), a_scan("Exit"))], ADA, "", is_passed_on=True) == ([], [])


def test_what_could_not_be_scanned_is_said_in_its_own_words() -> None:
    _, said = seen.people([(picture(), Unscannable("Too large."))], ADA, "", is_passed_on=False)
    assert said == ["Too large."]


def test_an_unsure_address_brings_the_piece_of_the_picture_it_stands_on() -> None:
    shown = a_scan("Jane Roe", "Acme GmbH", "x7k2@fastpost.example")
    ((jane,), _) = seen.people([(picture(), shown)], ADA, "", is_passed_on=False)
    (address,) = jane.emails
    assert address.is_unsure
    assert address.crop == CROP


def test_a_field_nobody_could_read_is_asked_for() -> None:
    shown = a_scan("Jane Roe", "Acme GmbH", "jane.roe@acme.io", "www.acme.io", "Tel +49 3O #/?!")
    ((jane,), said) = seen.people([(picture(), shown)], ADA, "", is_passed_on=False)
    assert ("phones" in jane.missed) == any("bear a phone number" in each for each in said)


@pytest.mark.parametrize(
    ("front", "back", "count"),
    [
        (a_card("Jane Roe"), a_card("", "jane.roe@acme.io"), 1),
        (a_card("Jane Roe", "jane@acme.io"), a_card(org="Acme"), 1),
        (a_card(org="Acme"), a_card("Jane Roe", "jane@acme.io"), 1),
        (a_card("Jane Roe", org="Acme"), a_card("", "office@acme.io"), 1),
        (a_card("Jane Roe", "jane@acme.io"), a_card("Jane Roe", "roe@home.example"), 1),
        (a_card("Jane Roe", "jane@acme.io"), a_card("", "jane@acme.io"), 1),
        (a_card("Jane Roe", "jane@acme.io"), a_card("Raj Rao", "raj@pay.example"), 2),
        (a_card("Jane Roe"), a_card("Raj Rao"), 2),
        (a_card("Jane Roe", "jane@acme.io"), a_card("", "raj@pay.example"), 2),
        (a_card("Jane Roe"), a_card("", "raj@pay.example"), 2),
    ],
)
def test_two_sides_are_one_person_and_two_cards_are_two(
    front: Card, back: Card, count: int
) -> None:
    assert len(sides.joined([[front], [back]])) == count


def test_a_picture_of_several_cards_is_nobodys_other_side() -> None:
    people = [a_card("Jane Roe"), a_card("Raj Rao")]
    found = sides.joined([people, [a_card("", "office@acme.io")]])
    assert len(found) == 3


LINES = st.lists(st.text(max_size=60), max_size=8)


@given(st.lists(LINES, max_size=3))
def test_nothing_seen_ever_raises_and_addresses_are_addresses(pages: list[list[str]]) -> None:
    scans = [(picture(), a_scan(*lines)) for lines in pages]
    cards, _ = seen.people(scans, ADA, "met …", is_passed_on=False)
    assert all(Address.maybe(e.value) for card in cards for e in card.emails)
