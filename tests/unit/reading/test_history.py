"""Past mail by its header fields: the quick way says what the careful one says."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.model.address import Address
from mailflow.model.interaction import Direction
from mailflow.reading import headers, history, quick_headers
from mailflow.reading.history import Own, past_mail
from tests.odd_mail import odd_mail

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
OWN = Own(frozenset({"ada@example.org", "ada@work.example"}), "ada+mailflow@example.org")
PLAIN = {
    "From": "Jane Roe <jane@acme.io>",
    "To": "Ada Byron <ada@example.org>",
    "Subject": "Lunch",
    "Date": "Sun, 01 Mar 2026 10:00:00 +0530",
    "Message-ID": "<1@acme.io>",
}


def head(**fields: str) -> bytes:
    """The header fields of Jane's mail, with others added or instead; "" leaves one out."""
    both = {**PLAIN, **{name.replace("_", "-"): value for name, value in fields.items()}}
    return "".join(f"{n}: {v}\r\n" for n, v in both.items() if v).encode() + b"\r\n"


def read(**fields: str) -> object:
    return past_mail(head(**fields), AT, OWN, in_sent=False)


def test_a_mail_to_the_owner_tells_who_wrote_when_and_from_which_zone() -> None:
    mail = past_mail(head(In_Reply_To="<0@example.org>"), AT, OWN, in_sent=False)
    assert mail is not None
    assert (mail.direction, mail.people) == (Direction.IN, 1)
    assert [str(each) for each in mail.others] == ["Jane Roe <jane@acme.io>"]
    assert mail.at == datetime(2026, 3, 1, 4, 30, tzinfo=UTC)
    assert mail.utc_offset == timedelta(hours=5, minutes=30)
    assert (mail.message_id, mail.in_reply_to) == ("<1@acme.io>", "<0@example.org>")
    assert mail.subject == "Lunch"


def test_a_mail_by_the_owner_tells_to_whom_the_owner_left_out() -> None:
    data = head(From="ada@work.example", To="jane@acme.io, Ada <ada@example.org>", Cc="raj@rao.in")
    mail = past_mail(data, AT, OWN, in_sent=False)
    assert mail is not None
    assert (mail.direction, mail.people) == (Direction.OUT, 3)
    assert [each.address.key for each in mail.others] == ["jane@acme.io", "raj@rao.in"]


def test_what_lies_in_sent_is_the_owners_from_whatever_address() -> None:
    mail = past_mail(head(From="alias@elsewhere.example", To="j@x.io"), AT, OWN, in_sent=True)
    assert mail is not None
    assert mail.direction is Direction.OUT
    assert [each.address.key for each in mail.others] == ["j@x.io"]


@pytest.mark.parametrize(
    "fields",
    [
        {"List-Id": "<plans.lists.example>"},
        {"List-Unsubscribe": "<https://x.example>"},
        {"List-Post": "<mailto:plans@lists.example>"},
        {"Precedence": "bulk"},
        {"Precedence": "list"},
        {"Auto-Submitted": "auto-generated"},
        {"Auto-Submitted": "auto-replied (vacation)"},
        {"X-Autoreply": "yes"},
        {"X-Mailflow-Loop": "1"},
        {"Content-Type": 'multipart/report; report-type=delivery-status; boundary="x"'},
        {"Subject": "Automatic reply: Lunch"},
        {"Subject": "Undeliverable: Lunch", "From": "postmaster@acme.io"},
        {"From": "Mail Delivery System <MAILER-DAEMON@acme.io>"},
        {"From": "no-reply@shop.example"},
        {"From": "Shop <do_not_reply+7@shop.example>"},
        {"From": "ada@example.org", "To": "ada@example.org"},
        {"From": "ada@example.org", "To": "ada+mailflow@example.org"},
        {"From": "ada+mailflow@example.org"},
        {"From": "nobody at all"},
        {"From": ""},
    ],
    ids=str,
)
def test_machines_lists_and_the_owners_own_never_count(fields: dict[str, str]) -> None:
    assert read(**fields) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto-Submitted": "no"},
        {"Precedence": "first-class"},
        {"Return-Path": "<jane@acme.io>"},
        {"Subject": "Out of office next week, can you cover?"},
        {"Subject": "[plans] (draft) lunch"},
        {"Content-Type": 'multipart/mixed; boundary="x"'},
    ],
    ids=str,
)
def test_people_count(fields: dict[str, str]) -> None:
    assert read(**fields) is not None


def test_a_date_in_the_future_counts_as_the_day_it_arrived() -> None:
    mail = past_mail(head(Date="Sun, 01 Mar 2099 10:00:00 +0000"), AT, OWN, in_sent=False)
    assert mail is not None
    assert mail.at == AT


def test_a_mail_without_a_message_id_gets_the_same_one_wherever_it_lies() -> None:
    first, second = read(Message_ID=""), read(Message_ID="")
    assert first == second is not None


def test_the_quick_way_says_what_the_careful_way_says_of_ten_thousand_odd_mails() -> None:
    dice = random.Random(20260301)
    quick = 0
    for _ in range(10_000):
        data = odd_mail(dice)
        try:
            read_quickly = history._quickly(data)
        except history._Odd:
            continue
        quick += 1
        assert read_quickly == history.carefully(data, AT), data
    assert quick > 2000


@given(st.binary(max_size=400))
def test_no_bytes_are_too_strange(data: bytes) -> None:
    past_mail(data, AT, OWN, in_sent=True)


@given(st.integers(0, 2**32), st.integers(-1439, 1439))
def test_dates_are_read_as_the_usual_way_reads_them(seconds: int, minutes: int) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    sign, size = "-" if minutes < 0 else "+", abs(minutes)
    text = f"{at:%a, %d %b %Y %H:%M:%S} {sign}{size // 60:02}{size % 60:02}"
    assert quick_headers.date(text) == headers.date(text)


def test_ordinary_mail_is_read_the_quick_way() -> None:
    assert history._quickly(head()) == history.carefully(head(), AT)
    assert Address.parse("jane@acme.io") in {n.address for n in history._addresses(PLAIN["From"])}
