"""What warmth promises, whatever the mail: its laws, its caps and its arithmetic."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.measuring.warmth import Tie, measure
from mailflow.measuring.warmth_model import heads, terms
from mailflow.measuring.warmth_owner import survey, usual
from mailflow.measuring.warmth_usual import Usual
from mailflow.model.contact import Band
from mailflow.model.interaction import DIRECTION_OF, Deed, Direction, Interaction

START = datetime(2024, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)

DEEDS = st.sampled_from([
    *((Deed.MAIL, Direction.IN), (Deed.MAIL, Direction.OUT)) * 3,
    (Deed.REPLY, Direction.IN), (Deed.REPLY, Direction.OUT),
    *DIRECTION_OF.items(),
])  # fmt: skip
STEPS = st.lists(
    st.tuples(
        st.one_of(
            st.floats(0, 3), st.floats(0, 120), st.just(0.0), st.floats(0, 900)
        ),  # days since the one before
        DEEDS,
        st.sampled_from([1, 1, 1, 2, 5, 6, 40]),
    ),
    max_size=25,
)


def history(steps: list[tuple[float, tuple[Deed, Direction], int]]) -> list[Interaction]:
    at, found = START, []
    for number, (days, (deed, direction), people) in enumerate(steps):
        at += timedelta(days=days)
        found.append(Interaction(1, direction, deed, at, f"m{number}", people=people))
    return found


def mail(days_ago: float, way: Direction, deed: Deed = Deed.MAIL, people: int = 1) -> Interaction:
    at = NOW - timedelta(days=days_ago)
    return Interaction(1, way, deed, at, f"{days_ago}{way}{deed}", people=people)


def told(interactions: list[Interaction]) -> Tie:
    tie = Tie()
    for interaction in interactions:
        tie.observe(interaction)
    return tie


def end(interactions: list[Interaction]) -> datetime:
    return interactions[-1].at if interactions else START


HISTORIES = STEPS.map(history)
DAYS = st.floats(0, 1200).map(lambda days: timedelta(days=days))


@given(HISTORIES, st.floats(0, 400), DEEDS, st.integers(1, 50))
def test_whatever_happens_warmth_is_not_lower_than_a_moment_before(
    past: list[Interaction], later: float, deed: tuple[Deed, Direction], people: int
) -> None:
    tie = told(past)
    now = end(past) + timedelta(days=later)
    before = tie.chances(now).number
    tie.observe(Interaction(1, deed[1], deed[0], now, "new", people=people))
    assert tie.chances(now).number >= before - 1e-9


@given(HISTORIES, DAYS, DAYS)
def test_silence_never_warms(past: list[Interaction], first: timedelta, more: timedelta) -> None:
    tie = told(past)
    earlier = tie.chances(end(past) + first)
    later = tie.chances(end(past) + first + more)
    assert later.number <= earlier.number + 1e-9
    assert later.writes_90d <= earlier.writes_90d + 1e-12
    assert later.answers_14d <= earlier.answers_14d + 1e-12


@given(HISTORIES, st.floats(1e-4, 14), DAYS)
def test_an_answer_is_never_worth_less_than_no_answer_however_late_one_looks(
    past: list[Interaction], wait: float, later: timedelta
) -> None:
    asked = Interaction(1, Direction.OUT, Deed.MAIL, end(past) + timedelta(days=20), "question")
    answer = Interaction(
        1, Direction.IN, Deed.REPLY, asked.at + timedelta(days=wait), "answer", answers_at=asked.at
    )
    now = answer.at + later
    without = told([*past, asked]).chances(now)
    with_it = told([*past, asked, answer]).chances(now)
    assert with_it.number >= without.number - 1e-9
    assert with_it.answers_14d >= without.answers_14d - 1e-12


@given(HISTORIES, DAYS, st.floats(0.02, 0.98), st.floats(-3, 3))
def test_what_is_usual_among_others_moves_the_chances_and_not_the_number(
    past: list[Interaction], later: timedelta, answers: float, writes: float
) -> None:
    tie, now = told(past), end(past) + later
    plain, moved = tie.chances(now), tie.chances(now, Usual(answers, writes))
    assert moved.number == plain.number
    assert (moved.writes_90d - plain.writes_90d) * writes >= 0.0
    assert (moved.answers_14d >= plain.answers_14d) == (answers >= 0.5)
    silent = tie.chances(now + timedelta(days=30), Usual(answers, writes))
    assert silent.answers_14d <= moved.answers_14d + 1e-12
    assert silent.writes_30d <= moved.writes_30d + 1e-12


@given(HISTORIES, DAYS, st.floats(0.02, 0.98))
def test_the_parts_add_up_to_the_heads(
    past: list[Interaction], later: timedelta, answers: float
) -> None:
    signals = told(past).signals(end(past) + later)
    stay, reply, _ = heads(signals, answers)
    assert stay == pytest.approx(sum(term[1] for term in terms(signals)))
    assert reply == pytest.approx(sum(term[2] for term in terms(signals)))


@given(HISTORIES, DAYS, st.floats(0.02, 0.98))
def test_the_better_others_answer_the_likelier_is_an_answer_of_anybody(
    past: list[Interaction], later: timedelta, answers: float
) -> None:
    signals = told(past).signals(end(past) + later)
    own, neutral = heads(signals, answers)[2], heads(signals, 0.5)[2]
    assert (own >= neutral) == (answers >= 0.5)


def test_the_usual_answer_is_a_half_until_much_is_known() -> None:
    assert usual([], NOW) == Usual(0.5, 0.0)
    asked = mail(30, Direction.OUT)
    prompt = [asked, replace(mail(29.99, Direction.IN, Deed.REPLY), answers_at=asked.at)]
    one = usual([told(prompt)], NOW).answers
    many = usual([told(prompt) for _ in range(500)], NOW).answers
    assert 0.5 < one < 0.52
    assert 0.75 < many < 1


def test_people_are_expected_to_write_less_where_a_whole_mailbox_fell_silent() -> None:
    silent = [told([mail(40 + n, Direction.IN), mail(39 + n, Direction.OUT)]) for n in range(60)]
    lively = [told([mail(40, Direction.IN), mail(n % 9, Direction.IN)]) for n in range(60)]
    assert usual(silent, NOW).writes < -1
    assert usual(lively, NOW).writes > 1


def test_people_met_this_month_say_nothing_about_how_often_people_write() -> None:
    assert usual([told([mail(29, Direction.IN)])] * 60, NOW).writes == 0.0


@given(st.lists(HISTORIES, max_size=6), DAYS)
def test_a_survey_says_of_everybody_what_each_is_told_alone(
    pasts: list[list[Interaction]], later: timedelta
) -> None:
    ties, now = [told(past) for past in pasts], NOW + later
    level, found = survey(ties, now)
    assert level == usual(ties, now)
    assert found == [tie.chances(now, level) for tie in ties]


@given(HISTORIES, DAYS, st.randoms(use_true_random=False))
def test_the_same_history_gives_the_same_warmth_in_whatever_order_it_is_told(
    past: list[Interaction], later: timedelta, chance: object
) -> None:
    now = end(past) + later
    shuffled = list(past)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis hands out a random.Random
    assert measure(shuffled, now, "Jane") == measure(past, now, "Jane")


@given(HISTORIES, DAYS)
def test_the_parts_add_up_to_the_number(past: list[Interaction], later: timedelta) -> None:
    tie = told(past)
    now = end(past) + later
    warmth = tie.warmth(now)
    assert sum(points for _, points in warmth.parts) == pytest.approx(
        tie.chances(now).number, abs=0.5
    )
    assert 0 <= warmth.score <= 100


@given(STEPS, st.sampled_from([Direction.IN, Direction.OUT]), st.floats(0, 3))
def test_mail_that_goes_one_way_is_never_warm(
    steps: list[tuple[float, tuple[Deed, Direction], int]], way: Direction, later: float
) -> None:
    past = history([(days, (Deed.MAIL, way), people) for days, _, people in steps])
    warmth = measure(past, end(past) + timedelta(days=later))
    assert warmth.band in (Band.DORMANT, Band.COOL)


@given(HISTORIES, HISTORIES, DAYS)
def test_joining_two_records_of_one_person_loses_no_warmth_of_the_warmer(
    first: list[Interaction], second: list[Interaction], later: timedelta
) -> None:
    one, other = told(first), told(second)
    now = max(end(first), end(second)) + later
    felt = max(one.signals(now).heard, other.signals(now).heard)
    one.merge(other)
    signals = one.signals(now)
    assert signals.heard >= felt - 1e-9
    assert 0 <= signals.credit <= signals.outcomes + 1e-9
    assert one.heard.times == sum(i.direction is not Direction.OUT for i in first + second)


@given(HISTORIES, DAYS)
def test_joining_with_an_empty_record_changes_nothing(
    past: list[Interaction], later: timedelta
) -> None:
    now = end(past) + later
    one, empty = told(past), Tie()
    one.merge(Tie())
    empty.merge(told(past))
    assert one == told(past)
    assert empty.chances(now).number == pytest.approx(told(past).chances(now).number)


@pytest.mark.parametrize("deed", [Deed.CALL, Deed.COFFEE, Deed.MET])
def test_talking_counts_for_both_sides(deed: Deed) -> None:
    past = [mail(200, Direction.IN), mail(199, Direction.OUT)]
    talk = mail(3, Direction.BOTH, deed)
    assert measure([*past, talk], NOW).score > measure(past, NOW).score + 20
    written = mail(3, Direction.IN)
    assert measure([*past, talk], NOW).score > measure([*past, written], NOW).score


@pytest.mark.parametrize("deed", [Deed.GAVE, Deed.GOT, Deed.INTRODUCED])
def test_a_favour_counts_as_an_interaction(deed: Deed) -> None:
    past = [mail(200, Direction.IN), mail(199, Direction.OUT)]
    favour = mail(3, DIRECTION_OF[deed], deed)
    assert measure([*past, favour], NOW).score > measure(past, NOW).score


def test_a_day_with_mail_counts_once_however_many_mails_it_brought() -> None:
    one = told([mail(3.1, Direction.IN)]).chances(NOW).writes_90d
    many = told([mail(3.1 - n / 1000, Direction.IN) for n in range(9)]).chances(NOW).writes_90d
    assert many == one


def test_a_mail_to_many_counts_less_than_one_to_the_owner_alone() -> None:
    alone = told([mail(3, Direction.IN)]).chances(NOW).writes_90d
    crowd = told([mail(3, Direction.IN, people=40)]).chances(NOW).writes_90d
    assert crowd < alone


def test_an_answer_at_once_is_worth_more_than_one_after_a_week() -> None:
    asked = mail(30, Direction.OUT)
    quick = replace(mail(29.9, Direction.IN, Deed.REPLY), answers_at=asked.at)
    slow = replace(mail(23, Direction.IN, Deed.REPLY), answers_at=asked.at)
    at_once, late = told([asked, quick]), told([asked, slow])
    assert at_once.questions.credit > late.questions.credit > 0


def test_only_a_mail_to_few_people_asks_for_an_answer() -> None:
    assert told([mail(30, Direction.OUT, people=6)]).signals(NOW).waiting is None
    assert told([mail(30, Direction.OUT, people=5)]).signals(NOW).waiting == 30


def test_a_silence_is_judged_by_the_rhythm_of_the_two() -> None:
    yearly = [m for n in range(1, 6) for m in (mail(n * 300 - 180, Direction.IN),)]
    weekly = [m for n in range(5) for m in (mail(120 + n * 7, Direction.IN),)]
    slow = (
        next(p for p in measure(yearly, NOW).parts if p[0].startswith("silence"))
        if any(p[0].startswith("silence") for p in measure(yearly, NOW).parts)
        else ("", 0.0)
    )
    quick = next(p for p in measure(weekly, NOW).parts if p[0].startswith("silence"))
    assert slow[1] > quick[1]


def test_the_trend_is_what_four_weeks_changed() -> None:
    past = [mail(60, Direction.IN), mail(59, Direction.OUT)]
    fresh = [mail(2, Direction.IN, Deed.REPLY), mail(1, Direction.OUT)]
    before = measure(past, NOW - timedelta(weeks=4)).score
    now = measure([*past, *fresh], NOW)
    assert now.trend == now.score - before
    assert measure(fresh, NOW).trend is None
    assert (measure(past, NOW).trend or 0) < 0


def test_what_is_yet_to_come_is_left_out() -> None:
    past = [mail(5, Direction.IN)]
    assert measure([*past, mail(-3, Direction.IN)], NOW) == measure(past, NOW)


def test_an_older_interaction_after_a_newer_one_is_refused() -> None:
    tie = told([mail(5, Direction.IN)])
    with pytest.raises(ValueError, match="order of time"):
        tie.observe(mail(6, Direction.IN))


def test_the_memory_does_not_grow() -> None:
    def size(tie: Tie) -> int:
        return len(repr(tie))

    few = told([mail(900 - n, Direction.IN) for n in range(30)])
    lots = told([mail(900 - n / 4, Direction.IN) for n in range(3000)])
    assert size(lots) < size(few) + 40
