"""Showing somebody without saying who they are, and noticing what would say it."""

from dataclasses import replace

import pytest

from mailflow.model.address import Address
from mailflow.model.card import Phone
from mailflow.model.description import descriptor_of, gives_away, shared_company
from tests.builders import a_contact

JANE = a_contact(
    phones=(Phone("+493012345678", "030 12345678"), Phone("", "0171 / 555 01 23")),
    urls=("https://www.roe.example/me/",),
)


@pytest.mark.parametrize(
    ("title", "descriptor"),
    [
        ("CTO", "a CTO"),
        ("CEO & Founder", "a CEO and founder"),
        ("Founder", "a founder"),
        ("Investor", "an investor"),
        ("MD", "an MD"),
        ("HR Manager", "an HR manager"),
        ("UX Designer", "a UX designer"),
        ("VP of Engineering", "a VP of engineering"),
        ("SVP Sales", "an SVP sales"),
        ("University Lecturer", "a university lecturer"),
        ("Editor-in-Chief", "an editor-in-chief"),
        ("Chief Technology Officer", "a chief technology officer"),
        ("Partner, Growth Fund", "a partner"),
        ("Head of Product at Acme", "a head of product"),
        ("Head of Product (Payments)", "a head of product"),
        ("Engineer | Speaker | Author", "an engineer"),
        ("Leiterin Vertrieb – Acme GmbH", "a leiterin vertrieb"),
        ("", ""),
        ("42", ""),
        ("Acme CEO", ""),
        ("Assistant to Jane Roe", ""),
        ("One of the many people who build the payroll product", ""),
    ],
)
def test_a_title_describes_without_a_name(title: str, descriptor: str) -> None:
    assert descriptor_of(a_contact(title=title)) == descriptor


@pytest.mark.parametrize(
    "text",
    [
        "ask Jane", "ask JANE.", "Ms Roe", "jane@acme.io", "JANE@ACME.IO", "call 030 12345678",
        "call +49 (30) 123 456-78", "0171-5550123", "roe.example/me", "she is at Acme", "ACME",
        "Jané", "the CTO of Acme, Inc.", "http://www.roe.example/me",
    ],
)  # fmt: skip
def test_names_company_and_every_way_to_reach_them_give_them_away(text: str) -> None:
    assert gives_away(text, JANE)


@pytest.mark.parametrize(
    "text",
    [
        "a CTO in logistics", "she needs three years of payroll data", "a Janet of all trades",
        "about 20 people since 2015", "the acmeists of Russian poetry", "", "heroes", "2026-11-22",
    ],
)  # fmt: skip
def test_what_many_could_be_gives_nobody_away(text: str) -> None:
    assert gives_away(text, JANE) == ""


def test_whoever_is_named_anyway_is_given_away_only_by_how_to_reach_them() -> None:
    assert gives_away("Jane Roe, CTO at Acme", JANE, named=True) == ""
    assert gives_away("Jane Roe, jane@acme.io", JANE, named=True) == "jane@acme.io"


def test_a_company_is_known_by_its_mail_when_nothing_else_tells() -> None:
    unknown = a_contact(org="", address="jane@initech.example")
    assert gives_away("she runs Initech", unknown) == "initech"
    private = a_contact(org="", address="jane@gmail.com")
    assert gives_away("she has no gmail filter", private) == ""


def test_a_company_of_common_words_is_given_away_only_by_its_name() -> None:
    common = a_contact(org="Payroll Software Ltd", address="jane@psl.example")
    assert gives_away("a founder in payroll", common) == ""
    assert gives_away("at Payroll Software Ltd.", common)


def test_two_of_one_company_are_noticed() -> None:
    assert shared_company(a_contact(), a_contact(org="ACME Inc.", address="b@x.example")) == "Acme"
    assert shared_company(a_contact(org=""), a_contact(org="")) == "acme.io"
    other = a_contact(org="", addresses=(Address.parse("raj@gmail.com"),))
    assert shared_company(other, other) == ""
    assert shared_company(a_contact(), a_contact(org="Initech", address="r@x.example")) == ""


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("figures from 王小明的团队", "王小明", "wang@gmail.com"),
        ("figures from Janes Team", "Jane Roe", "jane@gmail.com"),
        ("опыт Анны с налогами", "Анна Котова", "anna@gmail.com"),
        ("see @janeroe99 on the web", "Jane Roe", "jane@gmail.com"),
        ("figures of J\u200bane", "Jane Roe", "jane@gmail.com"),
        ("what acme-corp learned", "Jane Roe", "jr@acme-corp.example"),
        ("what initech learned", "Jane Roe", "jr@mail.initech.example"),
    ],
)
def test_no_spelling_hides_who_it_is(text: str, name: str, address: str) -> None:
    contact = replace(
        JANE, name=name, given="", family="", addresses=(Address.parse(address),), org=""
    )
    assert gives_away(text, contact)


@pytest.mark.parametrize(
    "text", ["an engineer in aviation", "a market leader", "the rest", "janet"]
)
def test_a_word_that_merely_begins_like_a_name_gives_nobody_away(text: str) -> None:
    contact = replace(JANE, name="Mark Res", given="", family="", addresses=(), org="")
    assert not gives_away(text, contact)
    assert not gives_away(text, replace(contact, name="Jane Roe"))
