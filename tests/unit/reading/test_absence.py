"""An out-of-office without a header, told from a person who is away and answers."""

from datetime import UTC, datetime

import pytest

from mailflow.model.mail import InboundMessage, Kind, Unreadable
from mailflow.reading.absence import says_away
from mailflow.reading.classify import nature
from mailflow.reading.parse import parse

AT = datetime(2026, 11, 18, 9, tzinfo=UTC)
QUOTED = "\n\nOn Tue, 17 Nov 2026 at 10:00, Ada Byron <ada@example.org> wrote:\n> Shall we talk?\n"


def answer(text: str, *, is_reply: bool = True) -> InboundMessage:
    """Jane's plain-text answer in the thread, with nothing of a machine's in its header."""
    thread = "In-Reply-To: <1@example.org>\r\nReferences: <1@example.org>\r\n" if is_reply else ""
    subject = "Re: Shall we talk?" if is_reply else "Hello"
    data = (
        f"From: Jane Roe <jane@acme.io>\r\nTo: ada@example.org\r\nSubject: {subject}\r\n"
        f"Date: Wed, 18 Nov 2026 09:00:00 +0000\r\nMessage-ID: <2@acme.io>\r\n{thread}"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}{QUOTED}"
    ).encode()
    message = parse(data, received_at=AT)
    assert not isinstance(message, Unreadable)
    return message


AWAY = [
    "Hi,\n\nThank you for your email. I am out of the office until 25 November with limited "
    "access to email. I will reply when I return.\n\nBest regards\nJane Roe",
    "Hello,\nI'm on annual leave and will be back on 30 November. In urgent cases please contact "
    "Bob:\nbob@acme.io\n+44 20 7946 0000\n\nKind regards,\nJane",
    "Thanks for your message! I am currently on parental leave. Your mail will not be forwarded.",
    "Dear Sir or Madam,\n\nI am on vacation and will not be checking my mail. For urgent matters "
    "write to office@acme.io.",
    "Guten Tag,\n\nvielen Dank für Ihre Nachricht. Ich bin bis zum 25. November nicht im Büro. In "
    "dringenden Fällen wenden Sie sich bitte an office@acme.io.\n\nMit freundlichen Grüßen\nJane",
    "Bonjour,\n\nJe suis absente du bureau jusqu'au 25 novembre. En cas d'urgence, merci d'écrire "
    "à office@acme.io.\n\nCordialement\nJane",
    "Hola,\n\ngracias por su mensaje. Estoy fuera de la oficina hasta el 25 de noviembre. "
    "Responderé a mi regreso.\n\nSaludos",
    "Buongiorno,\n\ngrazie per la sua email. Sono fuori ufficio fino al 25 novembre. Per urgenze: "
    "office@acme.io",
    "Beste,\n\nbedankt voor uw bericht. Ik ben afwezig tot 25 november. Voor dringende zaken: "
    "office@acme.io",
    "Olá,\n\nobrigada pela sua mensagem. Estou fora do escritório até 25 de novembro. Responderei "
    "no meu regresso.",
]

PERSONS = [
    "Hi Ada,\n\nthank you for your email. I am out of the office until Monday, and then we talk.",
    "Hi,\n\nthanks for your message. I am on vacation until Monday. Shall we say Tuesday at ten?",
    "I'm on holiday until 5 December. I'll get back to you when I return.",
    "Thanks for your message. I'm out of office, but yes, let's do it.",
    "Thank you for your email. I was on vacation; the draft looks good to me.",
    "Thank you for your mail. Bob is out of the office, so I answer for him: we accept.",
    "Yes. I am out of the office on Friday, in urgent cases call me.",
    "Please stop. I am on leave.",
    "Thank you for your email.",
    "Out of office software is what we sell. Thank you for your message.",
    "",
]


@pytest.mark.parametrize("text", AWAY)
def test_an_answer_that_only_says_who_is_away_is_no_reply(text: str) -> None:
    message = answer(text)
    assert says_away(message)
    assert nature(message).kind is Kind.AUTO_REPLY


def test_its_day_of_return_is_read() -> None:
    assert nature(answer(AWAY[1])).returns_at == datetime(2026, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", PERSONS)
def test_whoever_says_anything_else_is_a_person(text: str) -> None:
    assert says_away(answer(text)) is None
    assert nature(answer(text)).kind is Kind.OTHER


def test_what_answers_nothing_is_left_to_the_other_questions() -> None:
    assert nature(answer(AWAY[0], is_reply=False)).kind is Kind.OTHER
