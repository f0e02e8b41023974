"""What stands against an introduction: each reason is a sentence with what to do about it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailflow.deciding.introducing import NotBegun
from mailflow.model.address import Address
from mailflow.model.contact import Suppression
from mailflow.model.introduction import Introduction, Naming
from mailflow.model.introduction_facts import PairFacts, SideFacts
from mailflow.model.introduction_states import IntroductionState, SideState
from tests.builders import NOW
from tests.introduction_builders import (
    JANE,
    POLICY,
    RAJ,
    an_introduce,
    an_introduction,
    try_to_begin,
)


def reasons(found: Introduction | NotBegun) -> str:
    assert isinstance(found, NotBegun)
    return "\n".join(found.reasons)


def test_two_strangers_with_two_reasons_may_be_introduced() -> None:
    begun = an_introduction()
    assert begun.state is IntroductionState.DRAFT
    assert begun.due_at == NOW + timedelta(days=14)
    assert {side.state for side in begun.sides} == {SideState.NOT_ASKED}
    assert {side.naming for side in begun.sides} == {Naming.DESCRIPTOR}
    assert begun.side(1).why == "she needs payroll data"
    assert (begun.side(1).descriptor, begun.side(2).descriptor) == ("a CTO", "a founder")


@pytest.mark.parametrize(
    ("one", "said", "advice"),
    [
        (SideFacts(replace(JANE, addresses=())), "no mail address of Jane", "met Jane Roe <ADD"),
        (SideFacts(replace(JANE, name="")), "no name", "met NAME <jane@acme.io>"),
        (SideFacts(JANE, Suppression.OPTED_OUT), "asked not to be written to", "your own hand"),
        (SideFacts(JANE, Suppression.BOUNCED), "mail to them comes back", "your own hand"),
        (SideFacts(JANE, is_never=True), "never to introduce Jane", "may introduce Jane Roe"),
        (
            SideFacts(replace(JANE, addresses=(Address.parse("ada@example.org"),))),
            "your own address",
            "two other people",
        ),
        (
            SideFacts(replace(JANE, addresses=(Address.parse("ada+mailflow@example.org"),))),
            "your own address",
            "two other people",
        ),
        (SideFacts(RAJ), "Both names mean Raj Rao", "the other one's address"),
    ],
)
def test_a_side_that_cannot_be_asked_is_named_with_what_to_do(
    one: SideFacts, said: str, advice: str
) -> None:
    found = reasons(try_to_begin(one=one))
    assert said in found
    assert advice in found


@pytest.mark.parametrize(
    ("pair", "said", "advice"),
    [
        (PairFacts(is_never=True), "never to introduce Jane Roe and Raj Rao", "may introduce"),
        (PairFacts(open_id=5), "under way", "cancel introduction 5"),
        (PairFacts(asked_at=NOW - timedelta(days=20)), "29 October 2026", "27 April 2027"),
    ],
)
def test_a_pair_that_cannot_be_asked_is_told_with_what_to_do(
    pair: PairFacts, said: str, advice: str
) -> None:
    for command in (an_introduce(), an_introduce(is_anyway=True)):
        found = reasons(try_to_begin(command, pair=pair))
        assert said in found
        assert advice in found


def test_after_180_days_a_pair_may_be_asked_again() -> None:
    almost = PairFacts(asked_at=NOW - POLICY.introduction_again_after + timedelta(minutes=1))
    long_ago = PairFacts(asked_at=NOW - POLICY.introduction_again_after)
    assert isinstance(try_to_begin(pair=almost), NotBegun)
    assert isinstance(try_to_begin(pair=long_ago), Introduction)


def test_a_missing_reason_is_asked_for_by_name() -> None:
    found = reasons(try_to_begin(an_introduce(why_second=" ")))
    assert found == "Why would Raj Rao want it? Write what they gain, in a few words."


@pytest.mark.parametrize(
    ("two", "pair", "said"),
    [
        (SideFacts(replace(RAJ, org="ACME GmbH")), PairFacts(), "both at Acme"),
        (
            SideFacts(replace(RAJ, addresses=(Address.parse("raj@acme.io"),))),
            PairFacts(),
            "both at acme.io",
        ),
        (
            SideFacts(RAJ),
            PairFacts(shared_at=NOW - timedelta(days=9), shared_subject="Lunch"),
            "same mail on 9 November 2026 (“Lunch”)",
        ),
        (SideFacts(RAJ), PairFacts(introduced_at=NOW - timedelta(days=700)), "You introduced"),
    ],
)
def test_those_who_may_know_each_other_are_introduced_anyway_only_when_the_owner_says_so(
    two: SideFacts, pair: PairFacts, said: str
) -> None:
    found = reasons(try_to_begin(two=two, pair=pair))
    assert said in found
    assert "introduce anyway" in found
    assert isinstance(try_to_begin(an_introduce(is_anyway=True), two=two, pair=pair), Introduction)


def test_everybody_at_a_mail_provider_is_no_company() -> None:
    jane = SideFacts(replace(JANE, org="", addresses=(Address.parse("jane@gmail.com"),)))
    raj = SideFacts(replace(RAJ, org="", addresses=(Address.parse("raj@gmail.com"),)))
    assert isinstance(try_to_begin(one=jane, two=raj), Introduction)


def test_all_reasons_are_told_together() -> None:
    found = try_to_begin(
        an_introduce(why_first=""), SideFacts(JANE, is_never=True),
        SideFacts(RAJ, Suppression.OPTED_OUT), PairFacts(is_never=True),
    )  # fmt: skip
    assert isinstance(found, NotBegun)
    assert len(found.reasons) == 4


def test_whoever_asked_for_it_consents_is_named_and_comes_second() -> None:
    begun = an_introduction(an_introduce(second_asked=True))
    assert begun.first.contact_id == 1
    assert begun.second.state is SideState.STANDING
    assert begun.second.consent_at == NOW
    assert begun.second.naming is Naming.NAME
    assert begun.first.naming is Naming.DESCRIPTOR
    assert begun.writes_first is begun.second


@pytest.mark.parametrize(
    ("fields", "titles", "first"),
    [
        ({"ask_first": "jane"}, ("", "Investor"), 1),
        ({"ask_first": "raj"}, ("Investor", ""), 2),
        ({"first_asked": True, "ask_first": "jane"}, ("CEO", "Analyst"), 2),
        ({}, ("CTO", "Founder"), 2),
        ({}, ("Partner and investor", "Founder"), 1),
        ({}, ("Engineer", "Head of Growth"), 2),
        ({}, ("Engineer", "Designer"), 1),
    ],
)
def test_the_one_with_more_to_lose_is_asked_first(
    fields: dict[str, object], titles: tuple[str, str], first: int
) -> None:
    shown = {"naming_first": Naming.NAME, "naming_second": Naming.NAME}
    one, two = (
        SideFacts(replace(who, title=title)) for who, title in zip((JANE, RAJ), titles, strict=True)
    )
    begun = try_to_begin(an_introduce(**shown, **fields), one, two)
    assert isinstance(begun, Introduction)
    assert begun.first.contact_id == first


def test_of_two_alike_the_one_who_wants_nothing_is_asked_first() -> None:
    one = SideFacts(replace(JANE, title="Engineer", wants="investors"))
    two = SideFacts(replace(RAJ, title="Engineer"))
    begun = try_to_begin(None, one, two)
    assert isinstance(begun, Introduction)
    assert begun.first.contact_id == 2


def test_somebody_without_a_title_has_to_be_described() -> None:
    found = reasons(try_to_begin(one=SideFacts(replace(JANE, title=""))))
    assert "How shall I describe Jane Roe without a name?" in found
    assert "Jane Roe as a founder in payroll software" in found
    assert "Jane Roe by name" in found
    described = an_introduce(as_first="a CTO in logistics", naming_first=Naming.DESCRIPTOR)
    begun = try_to_begin(described, SideFacts(replace(JANE, title="")))
    assert isinstance(begun, Introduction)
    assert begun.side(1).descriptor == "a CTO in logistics"


@pytest.mark.parametrize(
    "descriptor",
    ["Jane, a CTO", "a CTO at Acme", "a CTO (jane@acme.io)", "a CTO, 030 12345678", "jané roe",
     "the CTO of acme", "see roe.example/me"],
)  # fmt: skip
def test_a_description_that_says_who_they_are_is_refused(descriptor: str) -> None:
    found = reasons(try_to_begin(an_introduce(as_first=descriptor)))
    assert "tells who Jane Roe is" in found


@pytest.mark.parametrize(
    "why",
    ["Jane has the data", "she runs Acme", "write to jane@acme.io", "call +49 30 12345678",
     "Ms. Roe knows them", "all at https://roe.example/me"],
)  # fmt: skip
def test_a_reason_that_says_who_the_other_is_is_refused(why: str) -> None:
    found = reasons(try_to_begin(an_introduce(why_second=why)))
    assert "What Raj Rao gains says" in found
    assert "Raj Rao must not learn that of Jane Roe" in found


def test_a_reason_may_name_the_other_where_the_owner_allows_the_name() -> None:
    allowed = an_introduce(why_second="Jane has the data", naming_first=Naming.NAME)
    assert isinstance(try_to_begin(allowed), Introduction)
    reach = an_introduce(why_second="write to jane@acme.io", naming_first=Naming.NAME)
    assert "leave that out" in reasons(try_to_begin(reach))


def test_a_link_can_be_shown_only_where_one_is_known() -> None:
    linked = an_introduce(naming_first=Naming.NAME_AND_LINK)
    assert isinstance(try_to_begin(linked), Introduction)
    found = reasons(try_to_begin(linked, SideFacts(replace(JANE, urls=()))))
    assert "no web page of Jane Roe" in found
