"""The mails of an introduction: short, kind, and no more of the other than the owner allowed."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from mailflow.approving.clauses import clauses_of
from mailflow.drafting.introduction_letters import introduction_question
from mailflow.drafting.introduction_reasons import Reason, said_to
from mailflow.drafting.introductions import Pair, both_values, doubts, shown_as, side_values
from mailflow.drafting.render import Rendered, Templates
from mailflow.errors import MissingFact
from mailflow.model.introduction import Introduction, Naming, Side
from mailflow.model.introduction_events import AskOwner, Matter
from mailflow.model.introduction_states import IntroductionState, SideState
from mailflow.reading import answer, command
from tests.builders import BERLIN, NOW, a_sent, an_identity
from tests.introduction_builders import ADA, JANE, RAJ

ASKS = ("intro_ask", "intro_later", "intro_again", "intro_reconfirm", "intro_nudge")
TO_ONE = (*ASKS, "intro_closing")
REACH = ("raj@initech.example", "415 555 0123", "4155550123", "initech.example/raj")
NAMES = ("Raj", "Rao", "Initech")


def a_pair(first: dict[str, Any] | None = None, second: dict[str, Any] | None = None) -> Pair:
    """Jane is asked first; each side's fields may be set."""
    one = Side(**{"contact_id": 1, "why": "she needs payroll data for a benchmark",
                  "descriptor": "a CTO", **(first or {})})  # fmt: skip
    two = Side(**{"contact_id": 2, "why": "a first pilot customer",
                  "descriptor": "a founder in payroll software", **(second or {})})  # fmt: skip
    introduction = Introduction(5, one, two, IntroductionState.ASKING_FIRST, NOW, NOW)
    return Pair(introduction, JANE, RAJ)


def mail(
    shipped: Templates, pair: Pair, kind: str, to: int = 1, *, variant: int = 0, text: str = ""
) -> Rendered:
    values = side_values(pair, to, ADA, situation=kind, now=NOW, sent=[a_sent(None, NOW)],
                         text=text)  # fmt: skip
    return shipped.render(kind, values, variant=variant)


def every_mail(shipped: Templates, pair: Pair, to: int = 1) -> Iterator[tuple[str, Rendered]]:
    for kind in TO_ONE:
        for variant in range(shipped.variants(kind)):
            yield kind, mail(shipped, pair, kind, to, variant=variant)


STATES = sorted(SideState)


@pytest.mark.parametrize("naming", sorted(Naming))
def test_no_mail_to_one_side_says_how_to_reach_the_other(
    shipped: Templates, naming: Naming
) -> None:
    for _, found in every_mail(shipped, a_pair(second={"naming": naming})):
        for piece in REACH[: 3 if naming is Naming.NAME_AND_LINK else 4]:
            assert piece not in f"{found.subject}\n{found.body}"


def test_whoever_is_only_described_is_never_named(shipped: Templates) -> None:
    for kind, found in every_mail(shipped, a_pair()):
        for name in NAMES:
            assert name not in f"{found.subject}\n{found.body}", kind


def test_where_the_owner_allows_it_the_other_is_named_with_role_and_link(
    shipped: Templates,
) -> None:
    named = mail(shipped, a_pair(second={"naming": Naming.NAME}), "intro_ask")
    assert named.subject == "May I introduce you to Raj Rao, Founder at Initech?"
    assert "Raj Rao, Founder at Initech" in named.body
    linked = mail(shipped, a_pair(second={"naming": Naming.NAME_AND_LINK}), "intro_ask")
    assert "(https://initech.example/raj)" in linked.body


@pytest.mark.parametrize("kind", TO_ONE)
def test_what_one_side_reads_does_not_depend_on_what_the_other_said(
    shipped: Templates, kind: str
) -> None:
    texts = {
        (found.subject, found.body)
        for state, nudged, requested in product(STATES, (None, NOW), (False,))
        for found in [
            mail(shipped, a_pair(second={"state": state, "nudged_at": nudged, "answered_at": nudged,
                                         "has_requested": requested, "words": "No!"}), kind)
        ]
    }  # fmt: skip
    assert len(texts) == 1


def test_the_closing_line_is_the_same_for_all_reasons_all_pairs_and_all_sides(
    shipped: Templates,
) -> None:
    other = replace(RAJ, given="Jane", name="Jane Doe")
    texts = set()
    for state, asked, naming in product(IntroductionState, (False, True), Naming):
        pair = a_pair({"has_requested": asked, "state": SideState.YES}, {"naming": naming})
        ended = Pair(replace(pair.introduction, state=state), JANE, other)
        for to in (1, 2):
            found = mail(shipped, ended, "intro_closing", to)
            texts.add((found.subject, found.body))
    assert len(texts) == 1
    assert shipped.variants("intro_closing") == 1
    assert shipped.names("intro_closing") <= {"first_name", "owner_first", "signature"}


@pytest.mark.parametrize("kind", ASKS)
def test_an_ask_has_at_most_ninety_words_one_question_and_an_easy_way_out(
    shipped: Templates, kind: str
) -> None:
    pair = a_pair(
        {"why": "she is looking for three years of payroll data from small companies to test her "
                "new forecasting benchmark"},
        {"naming": Naming.NAME_AND_LINK, "has_requested": True},
    )  # fmt: skip
    for variant in range(shipped.variants(kind)):
        found = mail(shipped, pair, kind, variant=variant)
        assert len(found.body.split()) <= 90
        assert found.body.count("?") == 1
        assert found.body.startswith("Hi Jane,\n\n")
        assert "is fine" in found.body
        assert "yes" in found.body


@pytest.mark.parametrize("kind", TO_ONE)
def test_nobody_is_asked_without_a_name(shipped: Templates, kind: str) -> None:
    nameless = Pair(a_pair().introduction, replace(JANE, name="", given=""), RAJ)
    with pytest.raises(MissingFact, match="first_name"):
        shipped.render(kind, side_values(nameless, 1, ADA, situation=kind, now=NOW))


def test_a_first_mail_says_where_the_address_came_from_unless_that_names_the_other(
    shipped: Templates,
) -> None:
    def body(through: str) -> str:
        pair = Pair(a_pair().introduction, replace(JANE, through=through), RAJ)
        values = side_values(pair, 1, ADA, situation="intro_ask", now=NOW)
        return shipped.render("intro_ask", values).body

    assert "through Bob Ash" in body("Bob Ash")
    assert "Raj" not in body("Raj Rao")


def test_the_owners_words_stand_in_what_is_asked_again(shipped: Templates) -> None:
    found = mail(shipped, a_pair(), "intro_again", text="It is about payroll.\nMay is fine.")
    assert "It is about payroll. May is fine." in found.body


def test_reconfirming_tells_nothing_of_the_other(shipped: Templates) -> None:
    asked = mail(shipped, a_pair({"has_requested": True}), "intro_reconfirm").body
    said = mail(shipped, a_pair(), "intro_reconfirm").body
    assert "asked me about meeting a founder" in asked
    assert "would like to meet a founder" in said
    for body in (asked, said):
        assert "both" not in body
        assert "Raj" not in body


def test_the_introduction_greets_both_and_shows_each_to_the_other(shipped: Templates) -> None:
    found = shipped.render("introduction", both_values(a_pair(), ADA))
    assert found.subject == "Intro: Jane Roe <> Raj Rao"
    assert found.body.startswith("Hi Jane, hi Raj,\n\n")
    for piece in ("CTO at Acme: jane@acme.io, https://roe.example/me",
                  "Founder at Initech: raj@initech.example, https://initech.example/raj",
                  "Jane, I thought of you because you need payroll data for a benchmark.",
                  "Raj, this is what I see in it for you: a first pilot customer.",
                  "Raj, will you write first?", "move me to BCC"):  # fmt: skip
        assert piece in found.body
    assert "555" not in found.body  # a phone number is theirs to give
    assert len(found.body.split()) <= 125


def test_whoever_asked_for_it_writes_first(shipped: Templates) -> None:
    values = both_values(a_pair({"has_requested": True}), ADA)
    assert "Jane, will you write first?" in shipped.render("introduction", values).body


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        ("she needs data", Reason(because="you need data")),
        ("She wants to hire.", Reason(because="you want to hire")),
        ("he is looking for a pilot", Reason(because="you are looking for a pilot")),
        ("they have been looking for help", Reason(because="you have been looking for help")),
        ("Jane needs data", Reason(because="you need data")),
        ("Jane Roe is raising a seed round", Reason(because="you are raising a seed round")),
        ("jane has no CTO", Reason(because="you have no CTO")),
        ("Jane reaches few buyers", Reason(because="you reach few buyers")),
        ("Jane studies payroll", Reason(because="you study payroll")),
        ("because she seeks a partner", Reason(because="you seek a partner")),
        ("he knows every seed investor", Reason(because="he knows every seed investor")),
        ("you asked about payroll", Reason(because="you asked about payroll")),
        ("both build compilers", Reason(because="both build compilers")),
        ("Raj has the data", Reason(because="Raj has the data")),
        ("to see how they hire", Reason(chance="to see how they hire")),
        ("payroll data for the benchmark", Reason(gain="payroll data for the benchmark")),
        ("Seed investors", Reason(gain="Seed investors")),
        ("she", Reason(because="she")),
        ("", Reason()),
    ],
)
def test_a_reason_is_turned_so_that_it_can_be_said_to_them(why: str, expected: Reason) -> None:
    assert said_to(why, JANE, RAJ) == expected


def test_what_tells_too_much_is_a_doubt_in_the_owners_own_text_too() -> None:
    body = "Hi Jane,\n\nMay I introduce you to Raj, raj@initech.example? No is fine.\n\nAda\n"
    assert "It says “raj@initech.example”" in doubts("A founder", body, a_pair(), 1)[0]
    named = a_pair(second={"naming": Naming.NAME})
    without = body.replace(", raj@initech.example", "")
    assert doubts("A founder", without, named, 1) == ()
    assert "It says “raj”" in doubts("A founder", without, a_pair(), 1)[0]


def test_what_is_allowed_to_be_shown_is_no_doubt(shipped: Templates) -> None:
    for naming in Naming:
        pair = a_pair(second={"naming": naming})
        for _, found in every_mail(shipped, pair):
            assert doubts(found.subject, found.body, pair, 1) == ()


def test_a_long_ask_and_a_private_note_are_doubts() -> None:
    noted = Pair(a_pair().introduction, JANE, replace(RAJ, notes="sold his first company badly"))
    long = "Hi Jane,\n\n" + "word " * 91
    assert any("no more than 90" in each for each in doubts("x", long, noted, 1))
    leak = "Hi Jane,\n\nHe sold his first company badly, may I introduce you?"
    assert any("private note" in each for each in doubts("x", leak, noted, 1))


def test_a_reason_that_says_you_and_she_is_a_doubt(shipped: Templates) -> None:
    pair = a_pair({"why": "she needs data for her benchmark"})
    found = mail(shipped, pair, "intro_ask")
    assert "you need data for her benchmark" in found.body
    assert any("please reword" in each for each in doubts(found.subject, found.body, pair, 1))


def test_a_description_of_one_word_is_a_doubt(shipped: Templates) -> None:
    pair = a_pair(second={"descriptor": "a founder"})
    found = mail(shipped, pair, "intro_ask")
    assert any("says little" in each for each in doubts(found.subject, found.body, pair, 1))


def test_a_description_stands_as_the_owner_wrote_it() -> None:
    side = a_pair().introduction.second
    assert shown_as(side, RAJ) == "a founder in payroll software"


@pytest.mark.parametrize(
    "word", ["ok all", "counts as yes", "help", "> yes", "later 3d", "who Bob"]
)
def test_no_line_of_a_question_is_itself_an_instruction(shipped: Templates, word: str) -> None:
    answers = ((word, word), ("counts as no", "and it ends"))
    for matter in Matter:
        ask = AskOwner(5, 1, matter, word, word, answers)
        values = introduction_question(ask, word, an_identity())
        letter = shipped.render("introduction_question", values)
        for line in (*letter.body.splitlines(), letter.subject):
            assert command.read(line, "", now=NOW, zone=BERLIN) == (), line
            assert clauses_of(line.strip(), NOW, BERLIN) is None, line


def test_the_questions_themselves_are_never_read_as_answers(shipped: Templates) -> None:
    for _, found in every_mail(shipped, a_pair()):
        quoted = "\n".join(f"> {line}" for line in found.body.splitlines())
        assert answer.read(f"Rather not.\n\n{quoted}", today=NOW.date()).say == "no"
