"""Cards and pictures by mail, what comes back, and what the owner puts right; pass by pass."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import pytest

from mailflow.model.contact import Contact
from mailflow.model.draft import Draft, DraftState
from mailflow.model.scan import Page, Scan, SeenLine, Unscannable
from mailflow.store import facts, record
from mailflow.tick import recover
from tests.laws.play import OWNER, SERVICE, Play, text_of

BIG = b"\xff\xd8\xff" + b"x" * 60_000
"""Long enough to be a photo; what is on it is told by the scanner of each test."""
CROP = b"\xff\xd8\xff\xe0 a piece of the picture"
JANE = ("Jane Roe", "Chief Technology Officer", "Acme GmbH", "+49 30 1234567", "jane.roe@acme.io",
        "www.acme.io")  # fmt: skip
ODD = ("Jane Roe", "Acme GmbH", "x7k2@fastmail.example")
MISSING = Unscannable("To read pictures, install mailflow[ocr]. I kept it.", is_missing=True)


def a_scan(*lines: str) -> Scan:
    """A page with these lines, one below the other, read without a doubt."""
    seen = tuple(
        SeenLine(text, 0.99, 60, 60 + 70 * at, 60 + 24 * len(text), 105 + 70 * at,
                 CROP if "@" in text else b"")
        for at, text in enumerate(lines)
    )  # fmt: skip
    return Scan((Page(1000, 600, seen),))


class Eyes:
    """A scanner that sees on each picture, by its bytes, what the test says."""

    def __init__(self) -> None:
        self.sees: dict[bytes, Scan | Unscannable] = {}
        self.looked: list[str] = []

    def __call__(self, data: bytes, called: str) -> Scan | Unscannable:
        self.looked.append(called)
        return self.sees.get(data, Scan((Page(1000, 600),)))


class Intake(Play):
    """A play whose house can look at pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.eyes = Eyes()
        self.heard = 0
        self.house = replace(self.house, scan=self.eyes)

    def photo(self, *pictures: bytes, text: str = "", name: str = "card.jpg") -> None:
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = OWNER, SERVICE, "a card"
        message["Date"] = format_datetime(self.now)
        message["Message-ID"] = f"<photo{next(self._numbers)}@client.example>"
        message.set_content(text)
        for data in pictures:
            message.add_attachment(data, "image", "jpeg", filename=name)
        self.account.deliver(message.as_bytes(), self.now)
        self.listen()

    def listen(self) -> None:
        """One pass; what it says is new."""
        self.heard = len(self.letters)
        self.tick()

    def card(self, *lines: str, text: str = "") -> None:
        """A photo that shows these lines."""
        data = BIG + str(next(self._numbers)).encode()
        self.eyes.sees[data] = a_scan(*lines)
        self.photo(data, text=text)

    def say(self, text: str) -> None:
        self.tell(text)
        self.listen()

    def reply(self, text: str, letter: EmailMessage | None = None) -> None:
        self.answer(letter or self.letters[-1], text)
        self.listen()

    @property
    def last(self) -> str:
        """All that the last pass said."""
        return "\n".join(map(text_of, self.letters[self.heard :]))

    def people(self) -> tuple[Contact, ...]:
        with self.house.store.begin() as s:
            return facts.contacts(s, self.house.owner_id)

    def only(self) -> Contact:
        (one,) = self.people()
        return one

    def drafts(self) -> tuple[Draft, ...]:
        with self.house.store.begin() as s:
            return facts.drafts(s, self.house.owner_id)

    def leave(self) -> list[str]:
        """Let what is approved leave; to whom mail has gone so far."""
        self.pass_time(timedelta(minutes=4))
        self.tick()
        return [recipient for recipient, _ in self.carried]


@pytest.fixture
def play() -> Iterator[Intake]:
    world = Intake()
    yield world
    world.close()


def test_a_photo_becomes_a_contact_with_a_draft_in_the_same_pass(play: Intake) -> None:
    play.card(*JANE)
    jane = play.only()
    assert (jane.name, jane.org, str(jane.address)) == ("Jane Roe", "Acme GmbH", "jane.roe@acme.io")
    assert "Draft 1, to: Jane Roe <jane.roe@acme.io>" in play.last
    assert "letter by letter" not in play.last, "its domain and the name confirm the address"


def test_a_note_beside_the_photo_goes_to_that_contact(play: Intake) -> None:
    play.card(*JANE, text="met her at the PyCon dinner, wants our benchmark\n")
    jane = play.only()
    assert (jane.event, jane.wants) == ("the PyCon dinner", "our benchmark")


def test_front_and_back_are_one_person(play: Intake) -> None:
    front, back = BIG + b"front", BIG + b"back"
    play.eyes.sees = {
        front: a_scan("Jane Roe", "Chief Technology Officer", "Acme GmbH"),
        back: a_scan("Acme GmbH", "Hauptstr. 1, 10115 Berlin", "jane.roe@acme.io", "www.acme.io"),
    }
    play.photo(front, back)
    jane = play.only()
    assert (jane.name, str(jane.address)) == ("Jane Roe", "jane.roe@acme.io")


def test_two_photos_of_two_cards_are_two_people(play: Intake) -> None:
    one, two = BIG + b"one", BIG + b"two"
    play.eyes.sees = {
        one: a_scan(*JANE),
        two: a_scan("Raj Rao", "Founder", "Payroll Ltd", "raj.rao@payroll.example"),
    }
    play.photo(one, two)
    assert {p.name for p in play.people()} == {"Jane Roe", "Raj Rao"}
    assert "“2 email: jane@acme.io”" in play.last


def test_a_logo_in_a_forwarded_mail_is_not_even_looked_at(play: Intake) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = OWNER, SERVICE, "Fwd: Your talk"
    message["Date"], message["Message-ID"] = format_datetime(play.now), "<fwd@client.example>"
    message.set_content(
        "---------- Forwarded message ---------\nFrom: Mia Moss <mia@moss.example>\n"
        "Date: Mon, 2 Mar 2026 at 17:31\nSubject: Your talk\nTo: <ada@example.org>\n\nI liked it."
    )
    message.add_attachment(b"\x89PNG" + b"x" * 9000, "image", "png", filename="image001.png")
    play.account.deliver(message.as_bytes(), play.now)
    play.tick()
    assert play.eyes.looked == []
    assert play.only().name == "Mia Moss"


def test_a_photo_of_no_card_says_what_was_seen(play: Intake) -> None:
    play.card("Exit", "Gate 14")
    assert play.people() == ()
    assert "no name and no mail address on the picture “card.jpg”; I saw “Exit / Gate 14”" in (
        " ".join(play.last.split())
    )


def test_a_picture_that_cannot_be_read_is_said_and_the_rest_is_done(play: Intake) -> None:
    play.eyes.sees[BIG] = Unscannable("The picture “card.jpg” has 400 megapixels; that is a bomb.")
    play.photo(BIG, text="met Raj Rao <raj@pay.example>\n")
    assert play.only().name == "Raj Rao"
    assert "400 megapixels" in play.last


def test_without_a_reader_the_picture_is_kept_and_read_once_there_is_one(play: Intake) -> None:
    data = BIG + b"later"
    play.eyes.sees[data] = MISSING
    play.photo(data, text="@PyCon\n")
    assert play.people() == ()
    assert "install mailflow[ocr]" in play.last
    before = len(play.letters)
    play.pass_time(timedelta(hours=2))
    play.tick()
    assert len(play.letters) == before, "the owner is told once"

    play.eyes.sees[data] = a_scan(*JANE)
    recover(play.house, play.now)  # as after a restart
    play.tick()
    jane = play.only()
    assert (jane.name, jane.event) == ("Jane Roe", "PyCon")
    assert len(play.letters) == before + 1
    assert "Draft 1, to: Jane Roe" in play.last
    play.pass_time(timedelta(hours=2))
    play.tick()
    assert len(play.letters) == before + 1


def test_a_vcard_beside_a_picture_that_waits_is_taken_at_once_and_not_twice(play: Intake) -> None:
    data = BIG + b"later"
    play.eyes.sees[data] = MISSING
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = OWNER, SERVICE, "cards"
    message["Date"], message["Message-ID"] = format_datetime(play.now), "<both@client.example>"
    message.set_content("")
    vcard = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Raj Rao\r\nEMAIL:raj@pay.example\r\nEND:VCARD\r\n"
    message.add_attachment(vcard, "text", "vcard", filename="raj.vcf")
    message.add_attachment(data, "image", "jpeg", filename="jane.jpg")
    play.account.deliver(message.as_bytes(), play.now)
    play.tick()
    assert play.only().name == "Raj Rao"
    play.eyes.sees[data] = a_scan(*JANE)
    play.pass_time(timedelta(hours=1, minutes=1))
    play.listen()
    assert {p.name for p in play.people()} == {"Jane Roe", "Raj Rao"}
    assert "Raj" not in play.last


def test_a_death_while_a_picture_is_read_loses_nothing_and_does_nothing_twice(play: Intake) -> None:
    data = BIG + b"death"
    play.eyes.sees[data] = a_scan(*JANE)
    for steps in range(1, 60, 3):
        play.dies_after = steps
        play.photo(data)
        play.house = replace(play.house, scan=play.eyes)
        play.tick()
        play.tick()
        assert [p.name for p in play.people()] == ["Jane Roe"]
        assert len(play.drafts()) == 1


def test_pictures_nobody_survives_are_given_up_after_three_tries(play: Intake) -> None:
    def deadly(_data: bytes, _called: str) -> Scan:
        raise SystemExit("out of memory")

    play.house = replace(play.house, scan=deadly)
    for _ in range(4):
        try:
            play.photo(BIG) if not play.eyes.looked else play.tick()
        except SystemExit:
            play.eyes.looked.append("died")
    play.tick()
    assert "three times" in play.last


def test_an_address_nothing_confirms_is_shown_big_with_its_piece_of_the_picture(
    play: Intake,
) -> None:
    play.card(*ODD)
    letter = play.letters[-1]
    assert "letter by letter" in play.last
    assert "x 7 k 2 @ f a s t m a i l (small L)" in play.last
    (picture,) = [part for part in letter.walk() if part.get_content_type() == "image/jpeg"]
    assert picture.get_payload(decode=True) == CROP
    html = letter.get_body(("html",))
    assert html is not None
    assert f"cid:{str(picture['Content-ID']).strip('<>')}" in html.get_content()


def test_ok_to_the_draft_beneath_confirms_the_address_it_shows(play: Intake) -> None:
    play.card(*ODD)
    play.reply("ok")
    assert play.leave() == ["x7k2@fastmail.example"]
    with play.house.store.begin() as s:
        assert facts.unconfirmed(s, play.house.owner_id, [play.only().id]) == {}


def test_corrections_change_the_contact_and_the_draft(play: Intake) -> None:
    play.card(*ODD)
    first = play.letters[-1]
    play.reply("email: jane@acme.example\nname: June Rowe\ntitle: CEO\nphone: +49 30 7654321")
    june = play.only()
    assert (june.name, june.given, june.title) == ("June Rowe", "June", "CEO")
    assert [str(a) for a in june.addresses] == ["jane@acme.example"]
    assert june.phones[0].e164 == "+49307654321"
    assert "letter by letter" not in play.last
    assert "Draft 1, to: June Rowe <jane@acme.example>" in play.last
    assert "| Hi June," in play.last
    play.reply("ok", first)
    assert "changed since that mail" in play.last
    assert play.leave() == []
    play.reply("ok", next(m for m in reversed(play.letters) if "mail to June" in str(m["Subject"])))
    assert play.leave() == ["jane@acme.example"]


def test_a_correction_says_who_it_came_from(play: Intake) -> None:
    play.card(*JANE)
    play.reply("title: CEO")
    with play.house.store.begin() as s:
        told = record.export_contact(s, play.house.owner_id, play.only().id)
    titles = [(f["value"], f["read_from"]) for f in told["contact_field"] if f["field"] == "title"]
    assert titles[-1] == ("CEO", "you, by mail")
    assert titles[0][0] == "Chief Technology Officer"


def test_correction_and_ok_in_one_answer_do_not_send_what_was_not_seen(play: Intake) -> None:
    play.card(*ODD)
    play.reply("email: jane@acme.example\nok")
    assert play.leave() == []
    assert "jane@acme.example" in play.last


def test_a_correction_that_changes_no_draft_lets_the_ok_beside_it_count(play: Intake) -> None:
    play.card(*JANE)
    play.reply("phone: +49 30 7654321\nok")
    assert play.leave() == ["jane.roe@acme.io"]


def test_a_bad_value_is_refused_and_nothing_is_lost(play: Intake) -> None:
    play.card(*JANE)
    play.reply("email: jane at acme\nphone: none of your business\nname: 42")
    jane = play.only()
    assert (jane.name, str(jane.address), len(jane.phones)) == ("Jane Roe", "jane.roe@acme.io", 1)
    assert play.last.count("I changed nothing") == 3
    assert play.drafts()[0].state is DraftState.AWAITING_APPROVAL


def test_one_of_several_is_corrected_by_the_number_in_the_letter(play: Intake) -> None:
    one, two = BIG + b"one", BIG + b"two"
    play.eyes.sees = {
        one: a_scan(*JANE),
        two: a_scan("Raj Rao", "Founder", "Payroll Ltd", "raj.rao@payroll.example"),
    }
    play.photo(one, two)
    play.reply("title: CEO")
    assert "Put the number before it" in play.last
    letter = play.letters[-2]
    number = 1 + next(
        at for at, line in enumerate(x for x in text_of(letter).split("\n") if "Draft " in x)
        if "raj.rao" in line
    )  # fmt: skip
    play.reply(f"{number} email: raj@payroll.example", letter)
    raj = next(p for p in play.people() if p.name == "Raj Rao")
    assert str(raj.address) == "raj@payroll.example"


def test_somebody_known_is_corrected_by_name_at_any_time(play: Intake) -> None:
    play.card(*JANE)
    play.say("title jane: CEO")
    assert play.only().title == "CEO"
    play.say("title: CTO")
    assert "Whose?" in play.last
    assert play.only().title == "CEO"


def test_correcting_an_address_that_was_written_to_is_answered_honestly(play: Intake) -> None:
    play.card(*JANE)
    play.reply("ok")
    play.leave()
    play.say("email jane: jane@acme.example")
    assert "What I sent to jane.roe@acme.io before cannot be called back" in play.last
    assert [str(a) for a in play.only().addresses] == ["jane@acme.example", "jane.roe@acme.io"]


def test_a_text_the_owner_wrote_stays_when_the_name_is_put_right(play: Intake) -> None:
    play.card(*JANE)
    play.reply("Dear Jane,\n\nshall we walk along the river?\n\nAda")
    play.say("name jane: June Roe")
    (draft,) = play.drafts()
    assert draft.body.startswith("Dear June,")
    assert "along the river" in draft.body


def test_a_typed_card_with_labels_is_a_card(play: Intake) -> None:
    play.say(
        "Name: Jane Roe\nTitle: CTO\nCompany: Acme\nEmail: jane@acme.io\nPhone: +49 30 1234567"
    )
    jane = play.only()
    assert (jane.name, jane.title, str(jane.address)) == ("Jane Roe", "CTO", "jane@acme.io")


def test_a_known_person_keeps_what_differs_and_the_answer_says_how_to_change_it(
    play: Intake,
) -> None:
    play.say("met Jane Roe <jane.roe@acme.io>, CTO at Acme GmbH")
    play.card("Jane Roe", "Chief Executive Officer", "Acme GmbH", "+49 30 1234567",
              "jane.roe@acme.io", "www.acme.io")  # fmt: skip
    assert play.only().title == "CTO"
    said = " ".join(play.last.split())
    assert "I kept their title “CTO”; the card says “Chief Executive Officer”" in said
    assert "“title jane.roe@acme.io: Chief Executive Officer”" in said
    play.say("title jane.roe@acme.io: Chief Executive Officer")
    assert play.only().title == "Chief Executive Officer"


def test_an_address_that_only_the_name_gives_to_somebody_known_is_told(play: Intake) -> None:
    play.say("met Jane Roe <jane.roe@acme.io>, CTO at Acme")
    play.say("met Jane Roe <roe.jane@post.example>, CTO at Acme")
    assert len(play.only().addresses) == 2
    said = " ".join(play.last.split())
    assert "roe.jane@post.example is new; it was added to somebody of that name you know." in said


def test_undo_takes_somebody_new_out_again_with_the_draft(play: Intake) -> None:
    play.card(*JANE)
    play.say("undo")
    assert "Jane Roe is removed" in play.last
    assert play.people() == ()
    assert play.drafts() == ()
    assert play.account.held("Drafts") == []


def test_undo_takes_back_what_a_card_added_to_somebody_known(play: Intake) -> None:
    play.say("met Jane Roe <jane.roe@acme.io>, CTO at Acme GmbH")
    before = play.only()
    play.card(*JANE, text="@PyCon #founders\n")
    assert play.only().phones
    play.say("undo")
    assert "as before" in play.last
    assert replace(play.only(), doubts=()) == replace(before, doubts=())


def test_undo_takes_back_a_correction_and_the_draft_with_it(play: Intake) -> None:
    play.card(*JANE)
    (before,) = play.drafts()
    play.reply("email: jane@acme.example\ntitle: CEO")
    play.say("undo")
    jane = play.only()
    assert (jane.title, str(jane.address)) == ("Chief Technology Officer", "jane.roe@acme.io")
    (after,) = play.drafts()
    assert (after.to, after.body) == (before.to, before.body)
    assert after.version > before.version


def test_undo_first_takes_back_the_ok_and_then_the_card(play: Intake) -> None:
    play.card(*JANE)
    play.pass_time(timedelta(seconds=10))
    play.reply("ok")
    play.say("undo")
    assert "was not sent" in play.last
    play.say("undo")
    assert play.people() == ()


def test_undo_after_the_mail_has_left_takes_nobody_away(play: Intake) -> None:
    play.card(*JANE)
    play.pass_time(timedelta(seconds=10))
    play.reply("ok")
    play.leave()
    play.say("undo")
    assert "every approved mail has left" in play.last
    assert play.only().name == "Jane Roe"


def test_two_of_one_name_are_kept_apart_and_asked_about(play: Intake) -> None:
    play.say("met Jane Roe <jane@acme.io>, CTO at Acme")
    play.say("met Jane Roe <jane@bank.example>, analyst at Bank")
    assert len(play.people()) == 2
    question = next(m for m in play.letters if "Is this the Jane Roe you know?" in m["Subject"])
    play.reply("skip", question)
    assert "stay two people" in play.last
    assert len(play.people()) == 2


def test_two_of_one_name_become_one_when_the_owner_says_so(play: Intake) -> None:
    play.say("met Jane Roe <jane@acme.io>, CTO at Acme")
    play.say("met Jane Roe <jane@bank.example>, analyst at Bank #bankers: wants a benchmark")
    question = next(m for m in play.letters if "Is this the Jane Roe you know?" in m["Subject"])
    play.reply("ok", question)
    jane = play.only()
    assert [str(a) for a in jane.addresses] == ["jane@acme.io", "jane@bank.example"]
    assert (jane.title, jane.wants, jane.tags) == ("CTO", "a benchmark", ("bankers",))
    assert [str(d.to) for d in play.drafts()] == ["jane@acme.io"]
    assert len(play.account.held("Drafts")) == 1


def test_the_same_name_with_the_same_phone_is_the_same_person(play: Intake) -> None:
    play.card(*JANE)
    play.card("Jane Roe", "Partner", "Bank AG", "+49 30 1234567", "jane.roe@bank.example",
              "www.bank.example")  # fmt: skip
    jane = play.only()
    assert len(jane.addresses) == 2
    assert jane.org == "Acme GmbH"
    assert "I kept their company “Acme GmbH”" in play.last


def test_a_name_that_was_missing_brings_the_draft(play: Intake) -> None:
    play.card("x7k2@fastmail.example")
    assert "I know no name to greet them by" in play.last
    play.reply("name: Jane Roe")
    assert "Draft 1, to: Jane Roe <x7k2@fastmail.example>" in play.last


def test_what_is_attached_to_a_mail_to_somebody_else_is_not_looked_at(play: Intake) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Cc"] = OWNER, "raj@pay.example", SERVICE
    message["Subject"], message["Date"] = "The contract", format_datetime(play.now)
    message["Message-ID"] = "<contract@client.example>"
    message.set_content("Dear Raj,\n\nhere it is.\n\nAda")
    message.add_attachment(b"%PDF-1.7" + BIG, "application", "pdf", filename="contract.pdf")
    play.account.deliver(message.as_bytes(), play.now)
    play.tick()
    assert play.eyes.looked == []


def test_a_hundred_mails_with_pictures_at_most_wait_for_a_reader(
    play: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailflow.store.pictures.MAX_WAITING", 2)
    for number in range(3):
        data = BIG + str(number).encode()
        play.eyes.sees[data] = MISSING
        play.photo(data)
    assert "I did not keep this one" in play.last
    play.eyes.sees = {BIG + str(n).encode(): a_scan(*JANE) for n in range(3)}
    play.pass_time(timedelta(hours=2))
    play.tick()
    assert sum("card.jpg" in each for each in play.eyes.looked) == 3 + 2


def test_where_a_correction_came_from_is_told_apart(play: Intake) -> None:
    play.card(*JANE)
    play.say("title jane: CEO")
    with play.house.store.begin() as s:
        told = record.export_contact(s, play.house.owner_id, play.only().id)
    titles = [(f["value"], f["read_from"]) for f in told["contact_field"] if f["field"] == "title"]
    assert titles[-1] == ("CEO", "you, by mail")


def test_two_put_together_by_mistake_are_two_again_after_undo(play: Intake) -> None:
    play.say("met Jane Roe <jane@acme.io>, CTO at Acme")
    play.say("met Jane Roe <jane@bank.example>, analyst at Bank #bankers: wants a benchmark")
    question = next(m for m in play.letters if "Is this the Jane Roe you know?" in m["Subject"])
    play.reply("ok", question)
    assert "If that was a mistake: undo." in play.last
    play.say("undo")
    assert "Jane Roe (jane@acme.io) and Jane Roe (jane@bank.example) are two people again" in (
        play.last
    )
    told = {str(each.address): each for each in play.people()}
    assert {key: (each.title, each.wants, each.tags) for key, each in told.items()} == {
        "jane@acme.io": ("CTO", "", ()),
        "jane@bank.example": ("analyst", "a benchmark", ("bankers",)),
    }
    assert sorted(str(d.to) for d in play.drafts()) == ["jane@acme.io", "jane@bank.example"]
    assert len(play.account.held("Drafts")) == 2


def test_a_like_name_with_the_same_number_is_asked_about(play: Intake) -> None:
    play.card(*JANE)
    play.card("Jano Roe", "Acme GmbH", "+49 30 1234567")
    assert len(play.people()) == 2
    question = next(m for m in play.letters if "Is this the Jane Roe you know?" in m["Subject"])
    play.reply("ok", question)
    assert play.only().name == "Jane Roe"
