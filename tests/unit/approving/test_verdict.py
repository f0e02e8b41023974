"""What the owner's answers mean, and above all what must never be taken for an ok."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.approving import verdict
from mailflow.model.command import (
    Approve,
    Edit,
    Happened,
    Numbered,
    Reject,
    SendAgain,
    SendAsIs,
    Snooze,
    Unclear,
    Verdict,
)

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def read(
    text: str, items: int = 1, subject: str = "Re: your draft", owner: str = ""
) -> tuple[Numbered, ...] | Unclear:
    return verdict.read(text, subject, items, now=NOW, zone=BERLIN, owner=owner)


def one(text: str, **more: str) -> Verdict | Unclear:
    found = read(text, **more)  # type: ignore[arg-type]
    if isinstance(found, Unclear):
        return found
    assert len(found) == 1
    assert found[0].numbers == ()
    return found[0].verdict


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "OK.",
        "Ok!",
        "yes",
        "Yes please",
        "yes, send it",
        "send",
        "approve",
        "👍",
        "👍🏽",
        "go",
        "go ahead",
        "sure",
        "ok thanks",
        "OK, danke!",
        "Ja bitte",
        "looks good",
        "ok 1",
        "ok all",
        "Yes - please send",
        "lgtm",
        "okay, great",
    ],
)
def test_a_plain_yes_approves(text: str) -> None:
    assert one(text) == Approve()


@pytest.mark.parametrize(
    "text",
    [
        "ok, but change the second line",
        "ok\nbut shorter please",
        "Ok?",
        "sure?",
        "yes no",
        "ok no",
        "ok not",
        "not ok",
        "no problem, send it",
        "yes Jane would like that",
        "send it tomorrow",
        "ok later 3d",
        "ok\nWait",
        "ok\nNot Yet",
        "ok\n\nPS: change the greeting",
        "ok\nThanks,\nAda\nPS: not before noon",
        "ok if Raj agrees",
        "send this to Raj as well",
        "yes\nno",
        "ok, unless she wrote already",
        "great",
        "thanks",
        "ok 2",
        "👍👎",
        "yes yes but no",
        "ok except the last sentence",
        "ok\nSent by mistake",
        "approve?",
        "ok 1 and something",
        "please do not send this yet, ok",
    ],
)
def test_anything_more_than_a_plain_yes_never_sends(text: str) -> None:
    found = read(text)
    if not isinstance(found, Unclear):
        assert all(not isinstance(n.verdict, Approve | SendAsIs | SendAgain) for n in found)


@pytest.mark.parametrize(
    "tail",
    [
        "\n\nThanks",
        "\nThanks,\nAda",
        "\n\nSent from my iPhone",
        "\n\n-- \nAda Lovelace\nPS: change it",
        "\n\nBest regards,\nAda Lovelace\nAnalytical Engines Ltd",
        "\n> would you like this?\n> no",
        "\n\nThank you!",
        "\nAda",
        "\n\n— Ada",
    ],
)
def test_what_only_ends_the_mail_does_not_spoil_a_yes(tail: str) -> None:
    assert one("ok" + tail) == Approve()


def test_the_owner_s_name_is_no_new_text_and_another_s_is() -> None:
    assert one("ok thanks Ada", owner="Ada Lovelace") == Approve()
    assert isinstance(one("ok thanks Herbert", owner="Ada Lovelace"), Unclear)
    assert isinstance(one("ok wait", owner="Wait Stopp"), Unclear)
    assert one("ok\nAda", owner="Ada Lovelace") == Approve()
    assert isinstance(one("ok\nHerbert", owner="Ada Lovelace"), Unclear)


@pytest.mark.parametrize(
    "text",
    [
        "skip",
        "no",
        "No thanks",
        "drop it",
        "don't send",
        "nein",
        "👎",
        "no, don't send it",
        "do not send it",
    ],
)
def test_a_plain_no_rejects(text: str) -> None:
    assert one(text) == Reject()


def test_a_company_s_signature_below_the_owner_s_name_is_no_text() -> None:
    block = (
        "ok\n\nAda Lovelace\nCEO\nAnalytical Engines Ltd | +44 20 7946 0000\nwww.engines.example\n"
        "This message is confidential and intended for its recipient alone; delete it if it is not "
        "meant for you."
    )
    assert one(block, owner="Ada Lovelace") == Approve()
    assert isinstance(one(block + "\nPS: change the title", owner="Ada Lovelace"), Unclear)
    assert isinstance(one("ok\nCEO", owner="Ada Lovelace"), Unclear)


def test_no_send_it_is_asked_about() -> None:
    assert isinstance(one("no send it"), Unclear)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("later 3d", datetime(2026, 11, 25, 8, tzinfo=UTC)),
        ("Later 2w.", datetime(2026, 12, 6, 8, tzinfo=UTC)),
        ("later mon", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("later 14 May", datetime(2027, 5, 14, 7, tzinfo=UTC)),
        ("remind me in two weeks", datetime(2026, 12, 6, 8, tzinfo=UTC)),
        ("snooze until tomorrow", datetime(2026, 11, 23, 8, tzinfo=UTC)),
    ],
)
def test_later_comes_back_at_nine_in_the_owner_s_zone(text: str, until: datetime) -> None:
    assert one(text) == Snooze(until)


def test_later_without_a_time_is_asked_about() -> None:
    found = one("later")
    assert isinstance(found, Unclear)
    assert "later 3d" in found.reason


def test_other_text_is_the_new_text_as_typed() -> None:
    text = "Hi Jane,\n\nlovely to meet you at PyCon.\n\nBest,\nAda"
    assert one(text) == Edit(text)


def test_the_new_text_keeps_its_own_farewell_but_not_the_phone_s_footer() -> None:
    text = "Hi Jane,\n\nsee you.\n\nBest,\nAda"
    assert one(text + "\n\nSent from my iPhone") == Edit(text)


def test_send_as_is_takes_the_text_below_it() -> None:
    assert one("send as is\n\nHi Jane,\nok then.\n\nAda") == SendAsIs("Hi Jane,\nok then.\n\nAda")
    assert one("Send as is: Hi Jane") == SendAsIs("Hi Jane")
    assert one("send as is") == SendAsIs("")


def test_a_new_text_that_begins_like_a_verdict_can_be_marked_as_one() -> None:
    assert one("new text:\nYes Jane, let us do that.") == Edit("Yes Jane, let us do that.")


@pytest.mark.parametrize("text", ["sent", "It was sent", "it went out"])
def test_an_uncertain_mail_can_be_said_to_have_gone(text: str) -> None:
    assert one(text) == Happened()


@pytest.mark.parametrize("text", ["send again", "Resend", "please send again"])
def test_an_uncertain_mail_can_be_sent_again(text: str) -> None:
    assert one(text) == SendAgain()


def test_a_batch_is_answered_by_number() -> None:
    assert read("ok 1 3, later 2 1w, skip 4", 5) == (
        Numbered((1, 3), Approve()),
        Numbered((2,), Snooze(datetime(2026, 11, 29, 8, tzinfo=UTC))),
        Numbered((4,), Reject()),
    )


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ok 1, 3", (1, 3)),
        ("ok 1 and 3", (1, 3)),
        ("ok 2-4", (2, 3, 4)),
        ("1 ok", (1,)),
        ("ok #2", (2,)),
        ("ok 1\nok 2", (1,)),
    ],
)
def test_numbers_are_written_in_many_ways(text: str, numbers: tuple[int, ...]) -> None:
    found = read(text, 5)
    assert not isinstance(found, Unclear)
    assert found[0] == Numbered(numbers, Approve())


def test_all_says_so_and_a_plain_ok_on_several_is_asked_about() -> None:
    assert read("ok all", 3) == (Numbered((), Approve()),)
    assert read("skip all", 3) == (Numbered((), Reject()),)
    found = read("ok", 3)
    assert isinstance(found, Unclear)
    assert "ok 1 3" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "ok 9",
        "ok 0",
        "ok 1 skip 1",
        "ok all but 2",
        "ok all, skip 2",
        "hello there friends",
        "later 2",
        "ok 1 2 x",
        "ok 1\n2",
    ],
)
def test_a_batch_answer_that_does_not_add_up_does_nothing(text: str) -> None:
    assert isinstance(read(text, 5), Unclear)


def test_a_new_text_for_one_of_several_names_it() -> None:
    assert read("send as is 2:\nHi Raj", 3) == (Numbered((2,), SendAsIs("Hi Raj")),)
    assert isinstance(read("send as is\nHi Raj", 3), Unclear)


def test_the_subject_counts_only_when_there_is_no_text() -> None:
    assert read("", subject="Re: AW: ok") == (Numbered((), Approve()),)
    assert isinstance(read("", subject="Re: Draft for Jane Roe"), Unclear)
    assert isinstance(read("hmm well", subject="ok"), Unclear)


def test_nothing_to_decide_is_said() -> None:
    assert isinstance(read("ok", 0), Unclear)


@given(st.text(max_size=400), st.integers(0, 5))
def test_no_text_ever_raises(text: str, items: int) -> None:
    read(text, items)


WORDS = st.sampled_from(
    [
        "ok",
        "no",
        "but",
        "later",
        "3d",
        "1",
        "2",
        "all",
        "send",
        "as",
        "is",
        "it",
        ",",
        "\n",
        "not",
        "change",
        "please",
        "thanks",
        "Ada",
        "?",
        "don't",
        "yes",
        "skip",
        "if",
        "never",
    ]
)


@given(st.lists(WORDS, max_size=8))
def test_no_ok_survives_a_negation_or_a_condition(words: list[str]) -> None:
    text = " ".join(words)
    own = text.split()
    if not {"not", "but", "if", "never", "don't", "change", "?", "no"} & set(own):
        return
    found = read(text)
    if not isinstance(found, Unclear):
        assert all(not isinstance(n.verdict, Approve | SendAgain) for n in found)


def test_a_long_answer_takes_time_in_proportion() -> None:
    assert isinstance(read("ok " * 100_000), Unclear | tuple)
    read("\n" * 200_000 + "ok")
    read("ok, " * 50_000, 5)
