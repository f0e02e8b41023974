"""What the weekly summary says, in which order, and what it never says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.approving.clauses import clauses_of
from mailflow.drafting.check import check
from mailflow.measuring.summary import build
from mailflow.measuring.summary_words import WIDTH, width
from mailflow.model.address import Address, NamedAddress
from mailflow.model.draft import DraftState
from mailflow.model.policy import Policy
from mailflow.model.summary import (
    DueLine,
    FollowUpLine,
    NewcomerLine,
    ReplyLine,
    SummaryFacts,
    TroubleKind,
    TroubleLine,
    TurnLine,
    WatchLine,
)
from mailflow.reading.command import read
from tests.unit.measuring.weeks import (
    ADA,
    EMPTY,
    FULL,
    GOLDEN,
    MANY,
    NOW,
    OFFERS,
    WEEKS,
    ago,
    course,
    made,
    person,
    rendered,
    templates,
    text_of,
    waiting,
    wrote,
)


def section(facts: SummaryFacts, key: str, policy: Policy | None = None) -> list[str]:
    """What the lines of one section say, each as one text; empty without the section."""
    summary = build(facts, ADA, policy or Policy(), NOW)
    found = [each for each in summary.sections if each.key == key]
    return [
        " | ".join(part for part in (line.who, line.text, line.quote, line.reason) if part)
        for each in found
        for line in each.lines
    ]


def nothing(**more: object) -> SummaryFacts:
    return replace(SummaryFacts(period="2026-W48", since=ago(7)), **more)  # type: ignore[arg-type] # by name


@pytest.mark.parametrize("week", WEEKS)
def test_the_text_is_the_one_that_was_looked_at(week: str) -> None:
    golden = (GOLDEN / f"{week}.txt").read_text("utf-8")
    assert text_of(week) == golden, "if it is meant: python -m tests.unit.measuring.weeks"


@pytest.mark.parametrize("week", WEEKS)
def test_every_row_fits_a_terminal(week: str) -> None:
    assert [row for row in text_of(week).splitlines()[1:] if width(row) > WIDTH] == []


def test_the_template_has_no_flaw_in_any_week() -> None:
    found = check(templates(), {"summary": [made(week).values for week in WEEKS]})
    assert [flaw for flaw in found if "summary" in flaw] == []


def test_the_sections_come_in_the_order_of_what_needs_the_owner() -> None:
    keys = [each.key for each in made("full").sections]
    assert keys == [
        "decide", "due", "replies", "warmth", "turns", "introductions", "newcomers", "outcomes",
        "figures", "trouble",
    ]  # fmt: skip


def test_every_number_is_bound_to_the_draft_and_version_it_stands_beside() -> None:
    summary = made("full")
    assert summary.items[:5] == ((1, 5, 2), (2, 2, 1), (3, 1, 1), (4, 3, 1), (5, 4, 1))
    assert [line.number for line in summary.sections[0].lines] == [1, 2, 3, 4, 5]


def test_an_offer_is_numbered_behind_the_drafts_and_bound_to_none() -> None:
    summary = made("offers")
    assert summary.items == ((1, 1, 1), (2, None, 1), (3, None, 1))
    assert [(number, each.pair) for number, each in summary.offered] == [(2, (1, 2)), (3, (4, 7))]


def test_a_name_stands_in_an_offer_as_its_owner_writes_it() -> None:
    (offer, _) = OFFERS.offers
    why = "bell is looking for readers, and this is somebody who offers payroll benchmark data"
    offer = replace(offer, suggestion=replace(offer.suggestion, why_first=why))
    summary = build(replace(OFFERS, offers=(offer,)), ADA, Policy(), NOW)
    assert [line.text for line in summary.sections[1].lines] == [f"{why}."]


def test_new_faces_are_numbered_behind_all_else_and_nobody_is_among_them_twice() -> None:
    summary = made("full")
    assert [(number, str(each.address)) for number, each in summary.newcomers] == [
        (6, "mara.lindt@example.net"), (7, "o.b@example.net"), (8, "lena@past.example")
    ]  # fmt: skip
    assert summary.items[5:] == ((6, None, 1), (7, None, 1), (8, None, 1))


def test_people_of_past_years_wait_for_a_week_in_which_something_happened() -> None:
    quiet = replace(EMPTY, acquaintances=FULL.acquaintances)
    summary = build(quiet, ADA, Policy(), NOW)
    assert summary.is_empty
    assert (summary.items, summary.newcomers) == ((), ())
    first = build(replace(quiet, is_first=True), ADA, Policy(), NOW)
    assert [number for number, _ in first.newcomers] == [1, 2]


def test_a_name_that_only_repeats_the_address_is_not_said_twice() -> None:
    olga = Address.parse("Olga@x.example")
    line = NewcomerLine(1, NamedAddress(olga, "olga@x.example"), ago(1))
    summary = build(nothing(newcomers=(line,)), ADA, Policy(), NOW)
    (shown,) = summary.sections[0].lines
    assert (shown.who, shown.text) == ("", "Olga@x.example")


def test_only_what_waits_for_the_owner_is_numbered() -> None:
    jane = person(1, "Jane Roe")
    drafts = tuple(waiting(n, jane, "Hello", state=s) for n, s in enumerate(DraftState))
    items = build(nothing(drafts=drafts), ADA, Policy(), NOW).items
    asked = {list(DraftState)[draft_id] for _, draft_id, _ in items if draft_id is not None}
    assert asked == {DraftState.AWAITING_APPROVAL, DraftState.UNCERTAIN}


def test_of_too_much_the_most_pressing_is_picked_and_the_rest_is_owned_up_to() -> None:
    summary = made("many")
    decide = summary.sections[0]
    assert len(decide.lines) == len([n for n, draft, _ in summary.items if draft]) == 12
    assert "188 more drafts are waiting" in decide.left_out
    assert {line.text.partition(";")[0] for line in decide.lines} == {"first mail"}
    oldest = max(line.draft.id for line in MANY.drafts if line.draft.id % 5 == 0)
    assert summary.items[0] == (1, oldest, 1)
    assert all(each.left_out for each in summary.sections if each.key in {"due", "replies", "turns",
               "introductions", "newcomers", "outcomes", "trouble", "warmth"})  # fmt: skip


def test_people_on_the_focus_list_come_first_when_there_is_too_much() -> None:
    far = person(900, "Zoe Last", is_focus=True)
    drafts = (*MANY.drafts, waiting(900, far, "Hello", created_at=ago(0.1)))
    due = (*MANY.due, DueLine(far, ago(-6.5), "It is time."))
    summary = build(replace(MANY, drafts=drafts, due=due), ADA, Policy(), NOW)
    assert summary.items[0] == (1, 900, 1)
    assert "Zoe Last" in [line.who for line in summary.sections[1].lines]


def test_an_empty_week_is_one_sentence() -> None:
    summary = made("empty")
    assert summary.is_empty
    assert summary.sections == ()
    assert len(rendered(summary).body.split("\n\n")) == 1


def test_trouble_alone_makes_a_week_worth_a_mail() -> None:
    summary = build(replace(EMPTY, quarantined=1), ADA, Policy(), NOW)
    assert not summary.is_empty
    assert summary.sections[-1].key == "trouble"


@pytest.mark.parametrize(
    ("seen_at", "is_trouble"),
    [(None, True), (ago(hours=25), True), (ago(hours=23), False), (NOW, False)],
)
def test_a_mailbox_not_read_for_a_day_is_trouble(
    seen_at: datetime | None, is_trouble: bool
) -> None:
    facts = nothing(watched=(WatchLine("work", "INBOX", seen_at),))
    assert bool(section(facts, "trouble")) == is_trouble


def test_what_is_counted_is_not_told_twice() -> None:
    lines = tuple(
        TroubleLine(kind, "A sentence.", ago(1))
        for kind in (TroubleKind.QUARANTINE, TroubleKind.HELD, TroubleKind.FAULT)
    )
    assert len(section(nothing(trouble=lines, quarantined=1, held=1), "trouble")) == 3


def test_the_rate_counts_only_meetings_whose_time_is_over() -> None:
    met = (
        FollowUpLine(ago(hours=10)),  # still open
        FollowUpLine(ago(hours=10), ago(hours=2)),
        FollowUpLine(ago(3), ago(3, -24)),
        FollowUpLine(ago(4), ago(4, -25)),
        FollowUpLine(ago(5)),
        FollowUpLine(ago(80), ago(80, -1)),  # too long ago
    )
    lines = section(nothing(follow_ups=met, quarantined=1), "figures")
    assert lines[0] == "24-hour rate | 2 of 4 first mails left within 24 hours of meeting"


def test_the_budget_is_the_owners() -> None:
    facts = nothing(new_people=3, quarantined=1)
    assert (
        "3 of the week's 5 new people"
        in section(facts, "figures", Policy(new_people_per_week=5))[0]
    )
    assert (
        "3 of the week's 0 new people"
        in section(facts, "figures", Policy(new_people_per_week=0))[0]
    )


def test_a_reply_that_waits_is_not_told_again_as_a_turn() -> None:
    jane = person(1, "Jane Roe")
    turn = TurnLine(jane, ago(2), None)
    reply = ReplyLine(jane, wrote(jane, 2), "Hello")
    assert section(nothing(turns=(turn,)), "turns")
    assert not section(nothing(turns=(turn,), replies=(reply,)), "turns")


def test_whose_answer_was_sent_is_no_turn() -> None:
    jane = person(1, "Jane Roe")
    assert not section(nothing(turns=(TurnLine(jane, ago(9), ago(8)),)), "turns")


def test_only_the_newest_mail_of_a_person_is_shown() -> None:
    jane = person(1, "Jane Roe")
    lines = (ReplyLine(jane, wrote(jane, 1), "new"), ReplyLine(jane, wrote(jane, 4), "old"))
    assert section(nothing(replies=lines), "replies") == [
        "Jane Roe | wrote yesterday; the next word is yours | new"
    ]


def test_small_moves_are_not_news() -> None:
    jane = person(1, "Jane Roe")
    score = course(jane, [3, 9], 0).contact.warmth
    assert score is not None
    for by, is_news in ((4, False), (5, True), (-4, False), (-5, True)):
        facts = nothing(warmth=(course(jane, [3, 9], score.score - by),))
        assert bool(section(facts, "warmth")) == is_news


def test_someone_never_measured_before_has_not_moved() -> None:
    assert not section(nothing(warmth=(course(person(1, "Jane Roe"), [3, 9], None),)), "warmth")


def test_nobody_is_called_bad_and_nobody_is_ranked() -> None:
    said = " ".join(text_of(week) for week in WEEKS).casefold()
    for word in ("weak", "bad", "worst", "best", "top ", "rank", "worthless", "poor", "neglect"):
        assert word not in said


def test_a_holiday_and_a_pause_are_announced() -> None:
    said = rendered(made("holiday")).body
    assert "You paused everything until 3 December" in said
    assert "Thursday and Friday are holidays" in said


def test_days_are_the_owners_days() -> None:
    late_on_sunday_in_utc = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    jane = person(1, "Jane Roe")
    facts = nothing(due=(DueLine(jane, late_on_sunday_in_utc + timedelta(hours=1), "It is time."),))
    summary = build(facts, ADA, Policy(), late_on_sunday_in_utc)
    assert summary.sections[0].lines[0].text == "today"
    assert summary.values["week"] == "23–29 November"


def test_a_late_summary_still_names_its_week() -> None:
    facts = replace(EMPTY, period="2026-W48")
    late = build(facts, ADA, Policy(), NOW + timedelta(days=1))
    assert late.values["week"] == "23–29 November"


def test_a_name_written_right_to_left_leaves_the_line_its_direction() -> None:
    owner = replace(ADA, name="שרה לוי")
    said = build(EMPTY, owner, Policy(), NOW).values["greeting"]
    assert said == "Good morning, \u2068שרה\u2069."


HOSTILE = st.one_of(
    st.sampled_from([
        "ok", "ok all", "Ok 1 2", "yes please", "met Eve <eve@example.net>", "forget Jane Roe",
        "later 1 2d", "send as is", "Focus Miller", "pause all", "help", "undo", "👍", "sent",
        "please send", "tomorrow later", "\n\nok all\n\n", "x\r\nok", "why Jane", "\u2028ok",
        "a " * 30 + "ok all", "x" * 70 + " ok", "ok " * 60, "\u202eok", "",
    ]),
    st.text(max_size=120),
    st.lists(st.sampled_from(["ok", "all", "1", "please", "later", "2d", "skip", "done", "x"]),
             max_size=40).map(" ".join),
)  # fmt: skip


@pytest.mark.parametrize("week", WEEKS)
def test_what_the_summary_tells_to_answer_is_not_an_answer_itself(week: str) -> None:
    for row in text_of(week).splitlines():
        assert read(row, "", now=NOW, zone=ADA.zone) == (), row
        assert clauses_of(row.strip(), NOW, ADA.zone) is None, row


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_row_can_be_read_back_as_an_instruction(name: str, words: str, more: str) -> None:
    eve = replace(person(1, "x"), name=name, given=name, org=words, title=more, event=words,
                  through=more)  # fmt: skip
    facts = replace(
        FULL,
        drafts=(waiting(1, eve, words, reason=f"About {name}.", lint=(more,)),
                waiting(2, eve, more, state=DraftState.UNCERTAIN)),
        due=(DueLine(eve, ago(-1), f"{name} is due."),),
        replies=(ReplyLine(eve, wrote(eve, 1), words),),
        warmth=(course(eve, [1, 10], 3, 1, 2, 3),),
        turns=(TurnLine(eve, ago(30), None, 0, 2, more),),
        promises=(replace(FULL.promises[0], contact=eve, text=words),),
        introductions=(replace(FULL.introductions[0], first=eve, note=more),),
        newcomers=(NewcomerLine(1, NamedAddress(FULL.newcomers[0].sender.address, name), ago(1)),),
        outcomes=(replace(FULL.outcomes[0], contact=eve, text=words),) * 2,
        trouble=(TroubleLine(TroubleKind.FAULT, more, ago(1)),),
    )  # fmt: skip
    letter = rendered(build(facts, ADA, Policy(), NOW))
    assert all(width(row) <= WIDTH for row in letter.body.splitlines())
    for row in (letter.subject, *letter.body.splitlines()):
        assert read(row, "", now=NOW, zone=ADA.zone) == (), row
        assert clauses_of(row.strip(), NOW, ADA.zone) is None, row
