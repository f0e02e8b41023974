"""The mails of the demo's people are such as mail clients write."""

from datetime import UTC, datetime

from mailflow.demo.mails import JANES_CARD, answer, read, recipient, text_of, to_service, with_card
from mailflow.demo.people import ADA, JANE, SERVICE
from mailflow.model.address import Address

AT = datetime(2026, 3, 5, 9, 2, tzinfo=UTC)


def test_a_card_travels_as_an_attachment() -> None:
    mail = with_card(to_service("Jane's card", "met at PyCon", AT), JANES_CARD, "jane-roe.vcf")
    again = read(mail.as_bytes())
    [card] = again.iter_attachments()
    assert recipient(again) == SERVICE
    assert card.get_content_type() == "text/vcard"
    assert card.get_payload(decode=True) == JANES_CARD.replace("\n", "\r\n").encode()
    assert text_of(mail.as_bytes()) == "met at PyCon\n"


def test_an_answer_goes_where_the_question_asks_for_it_and_stays_in_the_thread() -> None:
    question = to_service("Shall I?", "Dear Ada,\nshall I?", AT)
    question["Reply-To"] = "ada+mailflow-token@lindgren.example"
    question["References"] = "<first@lindgren.example>"
    mail = read(answer(question.as_bytes(), ADA, "ok", AT).as_bytes())
    assert recipient(mail) == Address.parse("ada+mailflow-token@lindgren.example")
    assert mail["Subject"] == "Re: Shall I?"
    assert mail["In-Reply-To"] == question["Message-ID"]
    assert mail["References"] == f"<first@lindgren.example> {question['Message-ID']}"
    assert text_of(mail.as_bytes()).splitlines() == [
        "ok",
        "",
        "On 05 Mar 2026, at 10:02, Ada Lindgren wrote:",
        "> Dear Ada,",
        "> shall I?",
    ]


def test_an_answer_without_reply_to_goes_to_the_sender() -> None:
    mail = answer(to_service("Re: Hello", "Hello", AT).as_bytes(), JANE, "Hi", AT)
    assert recipient(mail) == ADA.address
    assert mail["Subject"] == "Re: Hello"
