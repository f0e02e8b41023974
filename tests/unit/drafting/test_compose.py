"""Mails as bytes: headers that cannot be broken into, threads that hold, text that arrives."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailflow.drafting.compose import (
    MAX_REFERENCES,
    compose_draft,
    compose_letter,
    compose_placement,
    is_message_id,
)
from mailflow.drafting.headers import foreign_headers
from mailflow.errors import DraftingError
from mailflow.model.address import Address
from mailflow.model.draft import Draft
from mailflow.model.letter import Letter, LetterKind, LetterState
from mailflow.model.mail import LOOP_HEADER
from tests.builders import NOW, a_draft, an_identity

ADA = an_identity()
MESSAGE_ID = "<abc@example.org>"


def parsed(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def shown(data: bytes, header: str) -> str:
    """A header as a mail client shows it; the library's newer reader mishandles encoded words."""
    value = message_from_bytes(data, policy=policy.compat32)[header]
    return " ".join(str(make_header(decode_header(value))).split())


def drafted(draft: Draft) -> EmailMessage:
    return parsed(compose_draft(draft, ADA, message_id=MESSAGE_ID, date=NOW))


def a_letter(**fields: object) -> Letter:
    return Letter(**{
        "id": 3, "kind": LetterKind.RECEIPT, "state": LetterState.QUEUED,
        "subject": "Ready for you", "body": "This is Jane Roe.\n", "created_at": NOW, **fields,
    })  # type: ignore[arg-type] # a dict of mixed values  # fmt: skip


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_the_mail_to_a_contact_is_a_persons() -> None:
    message = drafted(a_draft())
    assert sorted(message.keys()) == [
        "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version",
        "Message-ID", "Subject", "To",
    ]  # fmt: skip
    assert message["From"] == "Ada Byron <ada@example.org>"
    assert message["To"] == "Jane Roe <jane@acme.io>"
    assert message["Message-ID"] == MESSAGE_ID
    assert message.get_content_type() == "text/plain"
    assert b"mailflow" not in compose_draft(a_draft(), ADA, message_id=MESSAGE_ID, date=NOW)


def test_a_mail_to_two_names_both_and_answers_nothing() -> None:
    both = a_draft(
        second_contact_id=2, second_to=Address.parse("raj@zürich.example"), second_name="Raj, Räo"
    )
    data = compose_draft(both, an_identity(), message_id="<1@example.org>", date=NOW)
    mail = message_from_bytes(data, policy=policy.default)
    told = [(each.display_name, each.username) for each in mail["To"].addresses]
    assert told == [("Jane Roe", "jane"), ("Raj, Räo", "raj")]
    assert mail["In-Reply-To"] is None


def test_the_date_is_on_the_owners_clock() -> None:
    summer = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    data = compose_draft(a_draft(), ADA, message_id=MESSAGE_ID, date=summer)
    assert parsed(data)["Date"] == "Wed, 01 Jul 2026 10:00:00 +0200"


def test_the_copy_in_drafts_could_be_sent_from_there() -> None:
    data = compose_placement(a_draft(), ADA, message_id=MESSAGE_ID, date=NOW)
    assert data == compose_draft(a_draft(), ADA, message_id=MESSAGE_ID, date=NOW)
    assert LOOP_HEADER.encode() not in data


def test_a_reply_stays_in_its_thread_even_under_long_ids() -> None:
    long = f"<{'x' * 160}@outlook.example>"
    data = compose_draft(
        a_draft(in_reply_to=long, references=("<one@x>", long)), ADA,
        message_id=MESSAGE_ID, date=NOW,
    )  # fmt: skip
    assert f"In-Reply-To: {long}\r\n".encode() in data
    assert f"References: <one@x>\r\n {long}\r\n".encode() in data


def test_the_mail_answered_ends_the_references() -> None:
    message = drafted(a_draft(in_reply_to="<b@x>", references=("<a@x>", "<b@x>", "<c@x>")))
    assert str(message["References"]).split() == ["<a@x>", "<c@x>", "<b@x>"]


def test_a_long_thread_keeps_its_first_and_its_latest_mails() -> None:
    ids = tuple(f"<{n}@x>" for n in range(80))
    kept = str(drafted(a_draft(references=ids))["References"]).split()
    assert len(kept) == MAX_REFERENCES
    assert (kept[0], kept[1], kept[-1]) == (ids[0], ids[80 - MAX_REFERENCES + 1], ids[-1])


@pytest.mark.parametrize(
    "bad", ["<a b@x>", "a@x", "<a@x>\r\nBcc: eve@x", f"<{'x' * 999}@x>", "<ä@x>", ""]
)
def test_what_is_no_message_id_is_left_out_of_the_thread(bad: str) -> None:
    assert not is_message_id(bad)
    message = drafted(a_draft(in_reply_to=bad, references=("<good@x>", bad)))
    assert message["In-Reply-To"] is None
    assert message["References"] == "<good@x>"


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n", "\n\n"])
@pytest.mark.parametrize("field", ["subject", "to_name"])
def test_a_line_break_in_a_header_names_the_mail_it_stopped(field: str, break_: str) -> None:
    with pytest.raises(DraftingError, match=r"The mail to jane@acme\.io"):
        drafted(a_draft(**{field: f"Hi{break_}Bcc: eve@example.com"}))


def test_a_letter_with_a_line_break_in_its_subject_is_named() -> None:
    with pytest.raises(DraftingError, match="The letter “Hi Bcc: eve”"):
        compose_letter(
            a_letter(subject="Hi\nBcc: eve"), ADA, message_id=MESSAGE_ID, reply_to=None, date=NOW
        )


names = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), include_characters=" "),
    max_size=60,
).map(lambda text: " ".join(text.split()))


@given(names, names)
@example("Jörg Müller-Lüdenscheidt, Dipl.-Ing. für Wärme a.D. (Köln)", "Grüße an Dr.-Ing. für alle")
@example('Jane "the CTO" Roe, Acme; Inc.', "a" * 990)
@example("=?utf-8?q?Jane?=", "=?utf-8?q?A=0D=0ABcc:_eve@example.com?=")
@example("=?utf-8?q?A=0D=0ABcc:_eve@example.com?=", "=?x")
def test_names_and_subjects_of_any_script_arrive(name: str, subject: str) -> None:
    data = compose_draft(
        a_draft(to_name=name, subject=subject), ADA, message_id=MESSAGE_ID, date=NOW
    )
    quoted = shown(data, "To").removesuffix("<jane@acme.io>").strip()
    bare = quoted[1:-1].replace('\\"', '"').replace("\\\\", "\\") if quoted[:1] == '"' else quoted
    assert name in (bare, quoted) or (not name and quoted == "jane@acme.io")
    assert shown(data, "Subject") == subject
    message = message_from_bytes(data, policy=policy.compat32)
    assert sorted(set(message.keys())) == sorted(message.keys())
    assert "Bcc" not in message
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))


@pytest.mark.parametrize(
    "hidden", ["=?utf-8?q?X=0D=0ABcc:_eve@x.org?=", "=?utf-8?b?WA0KQmNjOiBlQHg=?="]
)
def test_no_line_break_gets_in_by_way_of_an_encoded_word(hidden: str) -> None:
    draft = a_draft(subject=hidden, to_name=hidden)
    data = compose_draft(draft, ADA, message_id=MESSAGE_ID, date=NOW)
    assert b"\r\nBcc" not in data
    assert shown(data, "Subject") == hidden


bodies = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=400
)


@given(bodies)
def test_any_text_arrives_as_it_was_approved(body: str) -> None:
    lines = body.rstrip("\n") + "\n"
    data = compose_draft(a_draft(body=body), ADA, message_id=MESSAGE_ID, date=NOW)
    assert text_of(parsed(data)) == lines
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")


def test_a_long_paragraph_is_one_line_for_the_reader() -> None:
    body = f"{'A sentence of some length. ' * 60}\n\nFrom here on.\n.\n"
    message = drafted(a_draft(body=body))
    assert message["Content-Transfer-Encoding"] == "quoted-printable"
    assert text_of(message) == body


@pytest.mark.parametrize("to", ["jöne@example.org", "jane@exämple.org", "用户@例え.jp"])
def test_an_address_beyond_ascii_is_written_in_utf_8(to: str) -> None:
    data = compose_draft(a_draft(to=to), ADA, message_id=MESSAGE_ID, date=NOW)
    assert f"<{Address.parse(to)}>".encode() in data


def test_a_letter_is_marked_as_automatic_and_as_ours() -> None:
    reply_to = ADA.service.tagged("token")
    data = compose_letter(
        a_letter(in_reply_to="<card@x>", references=("<card@x>",)), ADA,
        message_id=MESSAGE_ID, reply_to=reply_to, date=NOW,
    )  # fmt: skip
    message = parsed(data)
    assert message["From"] == "mailflow <ada+mailflow@example.org>"
    assert message["To"] == "Ada Byron <ada@example.org>"
    assert message["Reply-To"] == "mailflow <ada+mailflow-token@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message[LOOP_HEADER] is not None
    assert message["In-Reply-To"] == message["References"] == "<card@x>"


def test_a_letter_with_html_has_both_texts() -> None:
    html = "<p>" + "Grüße an Jane. " * 100 + "</p>"
    data = compose_letter(a_letter(html=html), ADA, message_id=MESSAGE_ID, reply_to=None, date=NOW)
    message = parsed(data)
    assert message.get_content_type() == "multipart/alternative"
    rich = message.get_body(("html",))
    assert rich is not None
    assert rich.get_content().strip() == html
    assert text_of(message) == "This is Jane Roe.\n"
    assert message["Reply-To"] is None


def test_a_message_id_that_is_none_is_refused() -> None:
    with pytest.raises(DraftingError, match="Message-ID"):
        compose_draft(a_draft(), ADA, message_id="not an id", date=NOW)


def test_the_last_guard_sees_a_header_that_was_never_set() -> None:
    known = {"from", "to", "subject"}
    good = b"From: a@b\r\nTo: c@d\r\nSubject: Hi\r\n there\r\n\r\nBcc: in the text\r\n"
    assert foreign_headers(good, known) == []
    assert foreign_headers(good.replace(b"Hi", b"Hi\r\nBcc: e@f"), known) == ["bcc"]
    assert foreign_headers(good.replace(b"Hi", b"Hi\r\nTo: e@f"), known) == ["to", "to"]
    assert foreign_headers(good.replace(b"Hi", b"Hi\r\nnonsense"), known) == ["?"]
