"""Business cards in every form they come in, by real mail through the daemon: read, shown, put
right, taken back; and files that were made to do harm."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.acceptance.world import World, text_of
from tests.integration.scanner import drawing, hostile

pytestmark = [pytest.mark.dovecot, pytest.mark.slow]

ODD = (("Jane Roe", 44), ("Acme Robotics Ltd.", 30), ("x7k2@fastpost.example", 28))
"""A card on which nothing confirms the address."""


def sent(world: World, text: str = "", *files: tuple[bytes, str, str]) -> EmailMessage:
    """The owner sends files to the service: (data, MIME type, name)."""
    mail = world.write(world.owner, world.service, "a card", text)
    for data, kind, name in files:
        maintype, _, subtype = kind.partition("/")
        mail.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)
    return world.owner_sends(mail)


def answer_to(world: World, mail: EmailMessage) -> EmailMessage:
    """mailflow's letter that answers this mail, however long its pictures take."""
    return world.wait_for(world.owner, lambda m: m["In-Reply-To"] == mail["Message-ID"])


def told(world: World, text: str = "", *files: tuple[bytes, str, str]) -> str:
    """What mailflow answers to such a mail, on one line."""
    return flat(answer_to(world, sent(world, text, *files)))


def flat(letter: EmailMessage) -> str:
    return " ".join(text_of(letter).split())


def jpeg(lines: drawing.Lines = drawing.JANE) -> tuple[bytes, str, str]:
    """A photo of a card that lies on a table."""
    return drawing.as_bytes(drawing.photo(drawing.card(lines))), "image/jpeg", "IMG_0412.jpeg"


@pytest.fixture
def without_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine on which the optional packages are not installed, until the file is removed."""
    hidden = tmp_path / "hidden" / "sitecustomize.py"
    hidden.parent.mkdir()
    hidden.write_text('import sys\nsys.modules["rapidocr"] = None\n')
    monkeypatch.setenv("PYTHONPATH", str(hidden.parent))
    yield hidden


# The forms


def test_a_photo_with_a_note_beside_it(world: World) -> None:
    world.daemon.start()
    said = told(world, "met her at the PyCon dinner, wants our benchmark\n\nAda\n", jpeg())
    assert "This is Jane Roe, Chief Technology Officer at Acme Robotics Ltd" in said
    assert "jane.roe@acme-robotics.com" in said
    assert "Where: the PyCon dinner" in said
    assert "Wants: our benchmark" in said
    assert "Draft 1, to: Jane Roe <jane.roe@acme-robotics.com>" in said


def test_a_pdf(world: World) -> None:
    world.daemon.start()
    data = drawing.as_bytes(drawing.card(), "PDF")
    assert "This is Jane Roe" in told(world, "", (data, "application/pdf", "card.pdf"))


def test_a_photo_as_telephones_take_them(world: World) -> None:
    world.daemon.start()
    data = (Path(drawing.__file__).parent / "jane.heic").read_bytes()
    assert "This is Jane Roe" in told(world, "", (data, "image/heic", "IMG_0001.HEIC"))


def test_a_code_and_nothing_else(world: World) -> None:
    world.daemon.start()
    vcard = "BEGIN:VCARD\nVERSION:3.0\nFN:Jane Roe\nORG:Acme\nEMAIL:jane@acme.example\nEND:VCARD"
    picture = drawing.with_code(drawing.card(()), vcard, side=320)
    said = told(world, "", (drawing.as_bytes(picture, "PNG"), "image/png", "code.png"))
    assert "This is Jane Roe, Acme" in said
    assert "jane@acme.example" in said
    assert "letter by letter" not in said


def test_front_and_back_in_one_mail(world: World) -> None:
    world.daemon.start()
    front = drawing.card(
        (("Jane Roe", 44), ("Chief Technology Officer", 24), ("Acme Robotics", 30))
    )
    back = drawing.card((("Acme Robotics", 40), ("jane.roe@acme-robotics.com", 26),
                         ("www.acme-robotics.com", 26)))  # fmt: skip
    said = told(
        world, "",
        (drawing.as_bytes(front), "image/jpeg", "front.jpg"),
        (drawing.as_bytes(back), "image/jpeg", "back.jpg"),
    )  # fmt: skip
    assert said.count("This is") == 1
    assert "Draft 1, to: Jane Roe <jane.roe@acme-robotics.com>" in said


@pytest.mark.parametrize(
    "card",
    [
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BCller;Zo=C3="
        b"AB\r\nEMAIL;INTERNET:zoe@acme.example\r\nEND:VCARD\r\n",
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zo\xc3\xab M\xc3\xbcller\r\nEMAIL;TYPE=WORK:zoe@acme."
        b"example\r\nEND:VCARD\r\n",
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zo\xc3\xab M\xc3\xbcller\r\n"
        b"EMAIL;PREF=1:mailto:zoe@acme.example\r\nEND:VCARD\r\n",
    ],
    ids=["2.1", "3.0", "4.0"],
)
def test_a_vcard_of_each_version(world: World, card: bytes) -> None:
    world.daemon.start()
    said = told(world, "", (card, "text/x-vcard", "zoe.vcf"))
    assert "Zoë Müller" in said
    assert "zoe@acme.example" in said


def test_a_signature_in_a_forwarded_mail(world: World) -> None:
    world.daemon.start()
    text = (
        "---------- Forwarded message ---------\n"
        "From: Mia Moss <mia@moss.example>\nDate: Mon, 2 Mar 2020 at 17:31\n"
        f"Subject: Your talk\nTo: <{world.owner}>\n\nI liked your talk.\n\n"
        "-- \nMia Moss\nHead of Research\nMoss Labs Inc.\n+1 212 555 0142\n"
    )
    mail = world.write(world.owner, world.service, "Fwd: Your talk", text)
    said = flat(answer_to(world, world.owner_sends(mail)))
    assert "This is Mia Moss, Head of Research at Moss Labs Inc." in said
    assert "+1 212 555 0142" in said


def test_a_digital_card_from_a_card_service(world: World) -> None:
    world.daemon.start()
    text = (
        "---------- Forwarded message ---------\n"
        "From: HiHello <noreply@hihello.me>\nDate: Mon, 2 Mar 2020 at 17:31\n"
        f"Subject: Jane Roe shared their card\nTo: <{world.owner}>\n\n"
        "Jane Roe shared their contact with you.\n\nJane Roe\nCTO\nAcme Robotics\n"
        "jane@acme.example\n+44 20 7946 0123\n"
    )
    mail = world.write(world.owner, world.service, "Fwd: Jane Roe shared their card", text)
    said = flat(answer_to(world, world.owner_sends(mail)))
    assert "This is Jane Roe" in said
    assert "jane@acme.example" in said
    assert "Draft 1, to: Jane Roe <jane@acme.example>" in said


def test_an_invitations_organiser(world: World) -> None:
    world.daemon.start()
    invitation = (
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
        "ORGANIZER;CN=Jane Roe:mailto:jane@acme.example\r\n"
        f"ATTENDEE;CN=Ada:mailto:{world.owner}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()
    said = told(world, "", (invitation, "text/calendar", "invite.ics"))
    assert "This is Jane Roe" in said


def test_typed_lines_with_one_event_for_all(world: World) -> None:
    world.daemon.start()
    said = told(
        world,
        "@PyCon #founders\nmet Jane Roe <jane@acme.example>, CTO at Acme\n"
        "met Raj Rao raj@pay.example yesterday: wants intros\n",
    )
    assert "Number 1 is Jane Roe, CTO at Acme" in said
    assert said.count("Where: PyCon · Tags: #founders") == 2
    assert "Wants: intros" in said


# Without the reader


def test_without_the_reader_a_photo_is_kept_and_read_once_it_is_installed(
    world: World, without_reader: Path
) -> None:
    world.daemon.start()
    mail = sent(world, "@PyCon\n", jpeg())
    first = answer_to(world, mail)
    assert "install mailflow[ocr]" in flat(first)
    assert "I kept the picture" in flat(first)
    assert world.daemon.terminate() == 0
    without_reader.unlink()
    world.daemon.start()
    second = world.wait_for(
        world.owner,
        lambda m: m["In-Reply-To"] == mail["Message-ID"] and m["Message-ID"] != first["Message-ID"],
    )
    assert "This is Jane Roe" in flat(second)
    assert "Where: PyCon" in flat(second)
    world.settle()
    assert len([m for m in world.letters() if m["In-Reply-To"] == mail["Message-ID"]]) == 2


# What is unsure is shown, and put right


def test_an_address_nothing_confirms_is_put_right_by_a_reply_and_only_then_written_to(
    world: World,
) -> None:
    jane = world.contact("jane")
    world.daemon.start()
    receipt = answer_to(world, sent(world, "", jpeg(ODD)))
    assert "Please look at this address, letter by letter" in flat(receipt)
    pictures = [part for part in receipt.walk() if part.get_content_type() == "image/jpeg"]
    assert [bytes(part.get_content()[:3]) for part in pictures] == [b"\xff\xd8\xff"]
    html = receipt.get_body(("related", "html"))
    assert html is not None
    assert f"cid:{str(pictures[0]['Content-ID']).strip('<>')}" in html.as_string().replace(
        "=\n", ""
    )

    corrected = answer_to(world, world.say(receipt, f"email: {jane}\nname: Jane Rowe"))
    assert f"the mail address is {jane} now" in flat(corrected)
    assert f"Draft 1, to: Jane Rowe <{jane}>" in flat(corrected)
    stale = flat(answer_to(world, world.say(receipt, "ok")))
    assert "The text changed since that mail" in stale
    world.approve(corrected)
    world.let_it_leave()
    assert "Hi Jane" in text_of(world.wait_for(jane))
    everybody = {r for mail in world.outgoing.taken for r in mail.envelope.recipients}
    assert not any("x7k2" in each for each in everybody)


def test_ok_beneath_an_address_that_was_shown_sends_there(world: World) -> None:
    world.daemon.start()
    receipt = answer_to(world, sent(world, "", jpeg(ODD)))
    world.approve(receipt)
    world.let_it_leave()
    world.wait_until(
        lambda: any(
            "x7k2@fastpost.example" in mail.envelope.recipients for mail in world.outgoing.taken
        )
    )


def test_a_card_of_somebody_known_adds_to_them_and_undo_takes_it_back(world: World) -> None:
    world.daemon.start()
    told(world, "met Jane Roe <jane.roe@acme-robotics.com>, CEO at Acme Robotics Ltd.")
    said = told(world, "", jpeg())
    assert "Known already; new:" in said
    assert "I kept their title “CEO”; the card says “Chief Technology Officer”" in said
    assert "7946" in flat(answer_to(world, world.tell("who jane")))
    assert "Jane Roe is as before" in told(world, "undo")
    assert "7946" not in flat(answer_to(world, world.tell("who jane")))


def test_two_of_one_name_are_asked_about_and_become_one(world: World) -> None:
    world.daemon.start()
    told(world, "met Jane Roe <jane@acme.example>, CTO at Acme")
    told(world, "met Jane Roe <jane@bank.example>, analyst at Bank")
    question = world.wait_for(world.owner, lambda m: "Is this the Jane Roe" in str(m["Subject"]))
    assert "They are one now" in flat(world.approve(question))
    who = flat(answer_to(world, world.tell("who jane")))
    assert "jane@acme.example, jane@bank.example" in who


# Files made to do harm


def test_a_bomb_harms_nobody_and_the_mail_is_kept(world: World) -> None:
    world.daemon.start()
    before = world.daemon.pid
    said = told(
        world, "met Raj Rao <raj@pay.example>\n",
        (hostile.png(20_000, 20_000), "image/png", "card.png"),
    )  # fmt: skip
    assert "card.png" in said
    assert "20000" in said.replace(",", "").replace(".", "").replace(" ", "") or "pixel" in said
    assert "Raj Rao" in said
    assert world.daemon.is_alive
    assert world.daemon.pid == before
    assert any(b"card.png" in data for _, data in world.stored(world.owner))
    assert "This is Jane Roe" in told(world, "", jpeg())
