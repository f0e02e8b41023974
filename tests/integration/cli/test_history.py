"""`mailflow import history` and `mailflow adopt`, from a real mailbox to the list of people."""

from datetime import UTC, date, datetime, timedelta

import pytest
from imapclient import IMAPClient

from mailflow.cli.history import since_day
from mailflow.config import AccountConfig
from mailflow.errors import MailflowError
from tests.commands import Shell
from tests.servers.dovecot import PASSWORD

pytestmark = pytest.mark.dovecot


@pytest.fixture
def lived(shell: Shell, ada: AccountConfig) -> Shell:
    """Ada and Olga have written each other for weeks."""
    with IMAPClient(ada.imap.host, ada.imap.port, ssl=False, timeout=20) as own:
        own.login(ada.imap.user, PASSWORD)
        for number in range(6):
            at = datetime.now(UTC) - timedelta(days=100 - 10 * number)
            pair = (ada.name, "olga@x.example") if number % 2 else ("olga@x.example", ada.name)
            data = (
                f"From: {pair[0]}\r\nTo: {pair[1]}\r\nDate: {at:%a, %d %b %Y %H:%M:%S} +0000\r\n"
                f"Message-ID: <{number}@x.example>\r\n\r\nhello\r\n"
            ).encode()
            own.append("Sent" if number % 2 else "INBOX", data, (), at)
    return shell


def test_the_past_is_read_and_people_are_offered_by_number(lived: Shell) -> None:
    ran = lived.run("import", "history")
    assert ran.code == 0, ran.err
    assert "6 mails read, 6 of them between you and people." in ran.out
    assert "olga@x.example" in ran.out
    assert "mailflow adopt NUMBER" in ran.out
    assert "past mail" in ran.err
    assert lived.run("people", "--json").data == []


def test_who_is_adopted_by_number_is_a_contact_with_warmth(lived: Shell) -> None:
    told = lived.run("import", "history", "--json").data
    assert (told["complete"], told["read"]) == (True, 6)
    (olga,) = told["people"]
    assert (olga["heard"], olga["written"], olga["median_gap_days"]) == (3, 3, 10.0)
    ran = lived.run("adopt", str(olga["number"]))
    assert (ran.code, ran.err) == (0, "")
    assert "Adopted: " in ran.out
    (contact,) = lived.run("people", "--json").data
    assert contact["address"] == "olga@x.example"
    assert contact["warmth"] is not None
    assert "Nobody is left" in lived.run("adopt").out
    assert lived.run("drafts", "--json").data == []


def test_a_second_time_reads_nothing_and_still_offers(lived: Shell) -> None:
    lived.run("import", "history")
    told = lived.run("import", "history", "--json").data
    assert told["read"] == 0
    assert [row["address"] for row in told["people"]] == ["olga@x.example"]
    assert [row["address"] for row in lived.run("adopt", "--json").data] == ["olga@x.example"]


def test_what_is_too_old_is_left_alone(lived: Shell) -> None:
    assert lived.run("import", "history", "--since", "75d", "--json").data["read"] < 6


def test_a_number_of_nobody_and_a_time_that_is_none_are_said(lived: Shell) -> None:
    assert lived.run("adopt", "99").code == 6
    assert "write 18m" in lived.run("import", "history", "--since", "soon").err


def test_a_mailbox_that_is_not_there_is_said(lived: Shell) -> None:
    ran = lived.run("import", "history", "--mailbox", "Nowhere")
    assert ran.code == 4
    assert "Nowhere" in ran.err


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3y", date(2023, 11, 19)),
        ("2w", date(2026, 11, 4)),
        ("18m", date(2025, 5, 27)),
        ("2021-05-01", date(2021, 5, 1)),
        ("all", None),
    ],
)
def test_since_is_a_span_or_a_day(text: str, day: date | None) -> None:
    assert since_day(text, date(2026, 11, 18)) == day


@pytest.mark.parametrize("text", ["", "y", "3", "-3y", "9999999y", "3y2w", "٣y", "2021-13-01"])
def test_what_is_no_time_past_is_refused(text: str) -> None:
    with pytest.raises(MailflowError, match="no time past"):
        since_day(text, date(2026, 11, 18))
