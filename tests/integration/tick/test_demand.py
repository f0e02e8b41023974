"""The owner asks for a mail by `write`: drafted, shown, sent after his ok, or told why not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from mailflow.model.draft import Draft, Purpose
from mailflow.store import facts
from tests.laws.play import Play, shown_drafts, text_of

JANE = "met Jane Roe <jane@acme.io>, CTO at Acme @PyCon"


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


@pytest.fixture
def known(play: Play) -> Play:
    """Jane was met, and the first mail to her was dropped."""
    said(play, JANE)
    play.answer(play.letters[-1], "skip")
    play.tick()
    return play


def said(play: Play, *lines: str) -> str:
    """Write the lines to the service; what it answers, on one line."""
    play.tell("\n".join(lines))
    play.pass_time(timedelta(minutes=16))
    play.tick()
    return " ".join(text_of(play.letters[-1]).split())


def live(play: Play) -> list[Draft]:
    with play.house.store.begin() as s:
        jane = facts.find_contacts(s, play.house.owner_id, "jane")[0]
        return list(facts.contact_facts(s, play.house.owner_id, jane.id).live)


def approved(play: Play) -> str:
    """Say ok to what was shown last; the mail that left for it."""
    play.answer(play.letters[-1], "ok")
    for _ in range(30):
        play.pass_time(timedelta(minutes=10))
        play.tick()
    (_, mail), *others = play.carried
    assert others == []
    return " ".join(text_of(mail).split())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("write jane: keep in touch", "Hi Jane,"),
        ("write jane: coffee next Tuesday", "Would you enjoy a coffee next Tuesday?"),
        ("write jane: coffee", "a coffee one of these days, there or by video?"),
        ("write jane: congratulate on the new role", "Congratulations on the new role!"),
        ("write jane: how can i help", "I have a little time this week"),
        (
            "write jane: send something – the benchmark, because you asked https://x.example/b",
            "I have something for you: the benchmark, because you asked. Here it is: "
            "https://x.example/b",
        ),
    ],
)  # fmt: skip
def test_a_mail_asked_for_is_shown_and_leaves_after_the_ok(
    known: Play, line: str, words: str
) -> None:
    answer = said(known, line)
    assert "A mail to Jane Roe is drafted; it leaves after your ok." in answer
    assert "It would be the first mail between you." in answer
    ((to, text),) = shown_drafts(known.letters[-1]).values()
    assert to == "jane@acme.io"
    assert words in text
    assert known.carried == []
    assert words in approved(known)


def test_a_forgotten_colon_is_no_part_of_the_name(known: Play) -> None:
    assert "A mail to Jane Roe is drafted" in said(known, "write jane coffee next Tuesday")
    assert "Would you enjoy a coffee next Tuesday?" in approved(known)


def test_a_name_that_is_also_a_kind_of_mail_is_a_name_first(known: Play) -> None:
    said(known, "met Jane Coffee <jc@x.example>")
    answer = said(known, "write jane coffee")
    assert "Jane Coffee" in answer
    assert "exists already" in answer
    assert live(known) == []


def test_plain_write_makes_the_first_mail_that_was_dropped_after_all(known: Play) -> None:
    assert "is drafted" in said(known, "write jane")
    (draft,) = live(known)
    assert draft.purpose is Purpose.FOLLOW_UP
    assert draft.reason == "You asked for a mail to Jane Roe."
    assert "PyCon" in approved(known)


def test_a_draft_in_the_way_is_named_and_shown_again(play: Play) -> None:
    said(play, JANE)
    answer = said(play, "write jane: coffee")
    assert "A follow-up to them exists already (awaiting approval)." in answer
    assert len(shown_drafts(play.letters[-1])) == 1
    assert [draft.purpose for draft in live(play)] == [Purpose.FOLLOW_UP]
    assert "PyCon" in approved(play)


def test_somebody_paused_is_written_to_only_when_the_pause_is_over(known: Play) -> None:
    said(known, "pause jane 2w")
    answer = said(known, "write jane: coffee")
    assert "You paused Jane Roe until" in answer
    assert "“resume Jane Roe” ends the pause." in answer
    known.answer(known.letters[-1], "ok")
    for _ in range(10):
        known.pass_time(timedelta(minutes=10))
        known.tick()
    assert known.carried == []
    said(known, "resume jane")
    for _ in range(10):
        known.pass_time(timedelta(minutes=10))
        known.tick()
    assert len(known.carried) == 1


def test_who_asked_not_to_be_written_to_is_not(known: Play) -> None:
    data = known.mail("jane@acme.io", "ada@example.org", "Please remove me from your list.\n")
    known.account.deliver(data, known.now)
    known.tick()
    assert "They are on the suppression list" in said(known, "write jane: coffee")
    assert live(known) == []


def test_somebody_unknown_is_told_of_and_nothing_is_drafted(known: Play) -> None:
    assert "I know nobody called “bob”" in said(known, "write bob: coffee")
    assert live(known) == []


def test_the_same_mail_read_twice_makes_one_draft(known: Play) -> None:
    data = known.mail("ada@example.org", "ada+mailflow@example.org", "write jane: coffee")
    for _ in range(2):
        known.account.deliver(data, known.now)
        known.tick()
    assert len(live(known)) == 1


def test_a_correction_leaves_the_mail_that_was_asked_for_and_changes_the_name(known: Play) -> None:
    said(known, "write jane: congratulate on the new role")
    said(known, "name jane: June Roe")
    with known.house.store.begin() as s:
        june = facts.find_contacts(s, known.house.owner_id, "june")[0]
        (draft,) = facts.contact_facts(s, known.house.owner_id, june.id).live
    assert draft.body.startswith("Hi June,")
    assert "Congratulations on the new role!" in draft.body
