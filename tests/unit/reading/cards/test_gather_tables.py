"""Whole address books sent by mail: what they are is said, with the command that takes them in."""

import pytest

from mailflow.model.mail import Part
from tests.unit.reading.cards.test_gather import a_mail, a_vcard, gathered


@pytest.mark.parametrize(
    ("content_type", "filename"),
    [
        ("text/csv", "contacts.csv"),
        ("application/octet-stream", "Contacts.CSV"),
        ("text/tab-separated-values", "people.tsv"),
        ("application/vnd.ms-excel", "people.csv"),
    ],
)
def test_a_table_of_people_is_answered_with_the_command(content_type: str, filename: str) -> None:
    part = Part(content_type, filename, b"Name,Email\nJane Roe,jane@acme.io\n")
    found = gathered(a_mail(parts=(part,)))
    assert found.cards == ()
    assert found.problems == (
        f"{filename} is a table; I take tables of people in on my own machine:"
        f" mailflow import contacts {filename}",
    )


def test_more_vcards_than_a_mail_may_hold_name_the_command() -> None:
    found = gathered(a_mail(parts=(a_vcard(*(f"p{number}" for number in range(60))),)))
    assert len(found.cards) == 50
    assert "mailflow import contacts c.vcf" in found.problems[0]
