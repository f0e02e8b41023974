"""Which introductions are offered, with which reasons, and which never."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.deciding.suggestions import RANKED, choose, rank, suggest
from mailflow.deciding.suggestions_words import clauses, employer, stems
from mailflow.model.contact import Band
from mailflow.model.suggestion import Candidate, Suggestion, Ties, pair_of
from tests.builders import NOW


def somebody(number: int, name: str, **fields: object) -> Candidate:
    """A warm contact with an address of a company of its own."""
    plain = Candidate(
        number,
        name,
        name.partition(" ")[0],
        domains=frozenset({f"company{number}.example"}),
        band=Band.WARM,
    )
    return replace(plain, **fields)  # type: ignore[arg-type] # the fields of a candidate, by name


JANE = somebody(
    1, "Jane Roe", title="CTO", org="Acme", wants="intros to seed investors",
    offers="payroll benchmark data",
)  # fmt: skip
RAJ = somebody(
    2, "Raj Rao", title="Partner", org="First Cheque", wants="payroll startups to back",
    offers="seed money for young companies", tags=("seed-investor",),
)  # fmt: skip
MEI = somebody(3, "Mei Lin", title="Glass artist", org="Studio Lin", offers="studio visits")
CROWD = tuple(
    somebody(100 + n, f"Person {n}", title=f"Trade{n}", offers=f"thing{n}") for n in range(20)
)


def found(*people: Candidate, ties: Ties | None = None) -> tuple[Suggestion, ...]:
    return suggest((*people, *CROWD), ties or Ties(), NOW)


def test_two_who_answer_each_others_wish_are_offered_with_both_reasons() -> None:
    (told,) = found(JANE, RAJ, MEI)
    assert told.pair == (1, 2)
    assert told.is_mutual
    reasons = {told.first: told.why_first, told.second: told.why_second}
    assert reasons[1] == (
        "Jane is looking for seed investors, and this is somebody from the world of seed investor"
    )
    assert reasons[2] == (
        "Raj is looking for payroll startups to back, and this is somebody who offers payroll "
        "benchmark data"
    )


def test_a_reason_that_is_missing_is_left_for_the_owner_and_not_invented() -> None:
    (told,) = found(replace(JANE, offers=""), RAJ)
    assert not told.is_mutual
    assert told.first == RAJ.id  # whoever gains nothing so far has more to lose, and is asked first
    assert told.why_first == ""
    assert "seed investors" in told.why_second


def test_a_pair_that_both_gain_goes_before_a_better_match_for_one() -> None:
    hungry = somebody(4, "Tom Ek", wants="rare 1950s valve amplifiers")
    giver = somebody(5, "Ines Prata", offers="rare 1950s valve amplifiers")
    told = found(hungry, giver, JANE, RAJ)
    assert [each.pair for each in told] == [(1, 2), (4, 5)]


def test_the_rarer_word_weighs_more() -> None:
    common = [somebody(10 + n, f"Many {n}", offers="software testing") for n in range(8)]
    seeker = somebody(4, "Tom Ek", wants="software; falconry")
    rare = somebody(5, "Ines Prata", offers="falconry")
    assert found(seeker, rare, *common)[0].pair == (4, 5)


@pytest.mark.parametrize(
    "left_out",
    [
        {"domains": frozenset[str]()},
        {"band": Band.DORMANT},
        {"band": None},
        {"paused_until": NOW + timedelta(days=1)},
        {"name": " "},
        {"org": "FIRST CHEQUE Ltd."},
        {"domains": RAJ.domains},
    ],
    ids=lambda change: " ".join(change),
)
def test_those_who_cannot_or_should_not_be_introduced_are_left_out(
    left_out: dict[str, object],
) -> None:
    jane = replace(JANE, **left_out)  # type: ignore[arg-type] # the fields of a candidate, by name
    assert found(JANE, RAJ)
    assert not found(jane, RAJ)


def test_who_is_not_scored_is_still_known_and_a_pause_that_is_over_is_none() -> None:
    jane = replace(JANE, band=None, is_scored=False, paused_until=NOW)
    assert found(jane, RAJ)


def test_colleagues_at_a_free_mailbox_are_no_colleagues() -> None:
    free = frozenset({"gmail.com"})
    assert found(replace(JANE, domains=free), replace(RAJ, domains=free))


@pytest.mark.parametrize(
    "ties",
    [
        Ties(barred=frozenset({1})),
        Ties(busy=frozenset({2})),
        Ties(apart=frozenset({(1, 2)})),
    ],
)
def test_what_stands_against_a_pair_is_respected(ties: Ties) -> None:
    assert not found(JANE, RAJ, ties=ties)


@pytest.mark.parametrize(
    "wants",
    [
        "our benchmark on payroll data",
        "anything but not payroll",
        "somebody who can help",
        "a better time",
        "",
    ],
)
def test_a_wish_to_the_owner_an_exclusion_and_empty_words_are_no_wish(wants: str) -> None:
    assert not found(replace(JANE, offers="payroll data and benchmarks"), replace(RAJ, wants=wants,
                     offers="", tags=(), title="", org=""))  # fmt: skip


def test_one_word_of_many_is_no_answer() -> None:
    seeker = somebody(4, "Tom Ek", wants="a tenor who sings Bach cantatas on Sunday mornings")
    giver = somebody(5, "Ines Prata", offers="Sunday roast dinners")
    assert not found(seeker, giver)


def test_a_company_answers_who_asks_for_it_by_its_name() -> None:
    seeker = somebody(4, "Tom Ek", wants="a contact at Blue Harbour Shipping")
    inside = somebody(5, "Ines Prata", org="Blue Harbour Shipping")
    (told,) = found(seeker, inside)
    assert told.why_second == (
        "Tom is looking for a contact at Blue Harbour Shipping, and this is somebody who works "
        "there"
    )
    assert not found(seeker, replace(inside, org="Harbour Dredging"))


@pytest.mark.parametrize(
    "offers", ["Acme payroll benchmarks", "payroll with Jane", "payroll at jane@acme.io"]
)
def test_no_reason_says_who_the_other_is(offers: str) -> None:
    jane = replace(JANE, offers=offers, domains=frozenset({"acme.io"}))
    (told,) = found(jane, RAJ)
    why = told.why_first if told.first == RAJ.id else told.why_second
    assert (
        why
        == "Raj is looking for payroll startups to back, and this is somebody who may be just right"
    )


@pytest.mark.parametrize(
    ("wants", "said"),
    [
        ("to meet payroll people", "Tom is looking for payroll people, and"),
        ("hiring payroll experts", "Tom is hiring payroll experts, and"),
        ("to hire payroll experts", "Tom is looking to hire payroll experts, and"),
        ("an intro to payroll experts.", "Tom is looking for payroll experts, and"),
    ],
)
def test_a_wish_is_said_back_in_a_sentence(wants: str, said: str) -> None:
    giver = somebody(5, "Ines Prata", offers="payroll experts")
    (told,) = found(somebody(4, "Tom Ek", wants=wants), giver)
    assert told.why_second.startswith(said)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("investors", "an Investor (seed)"),
        ("trainers", "training"),
        ("designers", "UX"),
        ("Gründer", "grunder"),
        ("engineering", "developers"),
        ("marketing", "market"),
        ("半導体製造", "半導体"),
    ],
)
def test_words_for_the_same_thing_meet(one: str, other: str) -> None:
    assert stems(one) & stems(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("glass", "glasgow"), ("the best people", "great companies"), ("2026", "2026"), ("it", "IT")],
)
def test_words_for_different_things_and_for_nothing_do_not(one: str, other: str) -> None:
    assert not stems(one) & stems(other)


def test_a_field_names_several_things() -> None:
    assert clauses("seed investors; a flat in Lyon, cheap. Piano lessons") == (
        "seed investors", "a flat in Lyon", "cheap", "Piano lessons",
    )  # fmt: skip
    assert employer("ACME Inc.") == employer("acme")


words = st.sampled_from(
    ["seed", "payroll", "glass", "lyon", "piano", "bach", "falcon", "valve", "harbour", "ai"]
)
texts = st.lists(words, max_size=4).map(" ".join)
people = st.lists(
    st.builds(
        Candidate,
        id=st.integers(1, 40),
        name=st.sampled_from(["Jane Roe", "Raj Rao", ""]),
        title=texts,
        org=st.sampled_from(["", "Acme", "Glass Ltd", "Payroll GmbH"]),
        wants=st.one_of(texts, st.text(max_size=60)),
        offers=st.one_of(texts, st.text(max_size=60)),
        tags=st.lists(words, max_size=2).map(tuple),
        domains=st.sampled_from([frozenset(), frozenset({"a.example"}), frozenset({"gmail.com"})]),
        band=st.sampled_from([None, *Band]),
    ),
    max_size=25,
    unique_by=lambda each: each.id,
)
numbers = st.frozensets(st.integers(1, 40), max_size=5)
pairs = st.tuples(st.integers(1, 20), st.integers(21, 40))
tied = st.builds(Ties, barred=numbers, busy=numbers, apart=st.frozensets(pairs, max_size=20))


@given(people, tied, st.integers(0, 5))
def test_nobody_is_in_two_and_nothing_that_stands_against_is_offered(
    everybody: list[Candidate], ties: Ties, limit: int
) -> None:
    told = suggest(everybody, ties, NOW, limit)
    named = [each for suggestion in told for each in suggestion.pair]
    by_id = {each.id: each for each in everybody}
    assert len(told) <= limit
    assert len(named) == len(set(named))
    assert not set(named) & (ties.barred | ties.busy)
    assert not {each.pair for each in told} & ties.apart
    assert all(by_id[each].domains and by_id[each].name for each in named)
    assert all(each.first != each.second for each in told)
    assert all(each.why_first or each.why_second for each in told)


@given(people.flatmap(lambda drawn: st.tuples(st.just(drawn), st.permutations(drawn))), tied)
def test_the_order_of_people_changes_nothing(
    drawn: tuple[list[Candidate], list[Candidate]], ties: Ties
) -> None:
    everybody, shuffled = drawn
    assert suggest(everybody, ties, NOW) == suggest(shuffled, ties, NOW)


@given(people)
def test_who_would_both_gain_comes_first_and_the_list_has_an_end(
    everybody: list[Candidate],
) -> None:
    ranked = rank(everybody, NOW)
    assert [each.is_mutual for each in ranked] == sorted(
        (each.is_mutual for each in ranked), reverse=True
    )
    assert len(ranked) <= RANKED
    assert len({each.pair for each in ranked}) == len(ranked)
    assert choose(ranked, Ties(), len(ranked))[:1] == ranked[:1]


@given(people)
def test_a_reason_names_nobody_but_who_gains(everybody: list[Candidate]) -> None:
    named = [
        replace(each, name=f"Given{each.id} Family{each.id}", given=f"Given{each.id}",
                wants="payroll", offers=f"payroll by Given{each.id} at {each.org}")
        for each in everybody
    ]  # fmt: skip
    for each in rank(named, NOW):
        for gainer, other, why in (
            (each.first, each.second, each.why_first), (each.second, each.first, each.why_second),
        ):  # fmt: skip
            assert not why or why.startswith(f"Given{gainer} is ")
            assert f"Given{other} " not in f"{why} "
            assert f"Family{other}" not in why


def test_a_pair_is_one_pair_whoever_is_named_first() -> None:
    assert pair_of(2, 1) == pair_of(1, 2) == (1, 2)
