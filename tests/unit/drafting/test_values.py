"""What a mail to a contact may say, and what it never says."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.drafting.check import NEEDED, PRESENT
from mailflow.drafting.values import (
    bare_subject,
    fact,
    first_name,
    infinitive,
    mail_values,
    quiet,
)
from tests.builders import NOW, a_contact, a_sent, an_identity


def values(**contact: object) -> dict[str, object]:
    return mail_values(a_contact(**contact), an_identity(), situation="met_at_event", now=NOW)


@pytest.mark.parametrize(
    ("contact", "greeting"),
    [
        ({"given": "Jane", "name": "Jane Roe"}, "Jane"),
        ({"given": "", "name": "Jane Roe"}, "Jane"),
        ({"given": "", "name": "Prof. Dr. Jane Roe"}, "Jane"),
        ({"given": "", "name": "Mary-Ann O'Neil"}, "Mary-Ann"),
        ({"given": "Jane\nBcc: x", "name": ""}, "Jane Bcc: x"),
        ({"given": "", "name": ""}, ""),
        ({"given": "", "name": "jane@acme.io"}, ""),
        ({"given": "", "name": "Dr."}, ""),
        ({"given": " ", "name": "李 明"}, "李"),
    ],
)
def test_whom_to_greet(contact: dict[str, str], greeting: str) -> None:
    assert first_name(a_contact(**contact)) == greeting


def test_an_unknown_first_name_is_left_out_so_that_it_is_missed() -> None:
    assert "first_name" not in values(name="", given="")
    assert values()["first_name"] == "Jane"


def test_notes_and_tags_are_not_among_the_values() -> None:
    told = values(notes="drinks too much", tags=("lead", "difficult"))
    assert "drinks" not in repr(told)
    assert "difficult" not in repr(told)


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("intros to seed investors", "looking for intros to seed investors"),
        ("to hire a CTO.", "looking to hire a CTO"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_a_wish_is_a_thing_or_a_deed(noted: str, said: str) -> None:
    assert infinitive("looking", "for", noted) == said


@given(st.text())
def test_a_fact_is_one_clean_piece_of_a_sentence(text: str) -> None:
    clean = fact(text)
    assert clean == " ".join(clean.split())
    assert not clean.endswith((".", ",", ";", ":", "!", "?"))
    assert len(clean) <= 160
    assert "\n" not in clean
    assert "\u202e" not in clean


def test_the_person_it_came_through_is_named_in_first_mails_only() -> None:
    contact, identity = a_contact(through="Raj Rao"), an_identity()
    first = mail_values(contact, identity, situation="card_only", now=NOW)
    later = mail_values(contact, identity, situation="keep_in_touch", now=NOW)
    assert (first["through"], later["through"]) == ("Raj Rao", "")


def test_the_check_knows_every_value_there_is() -> None:
    assert set(values()) <= set(PRESENT) | set(NEEDED)
    assert set(PRESENT) <= set(values())


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Re: Re: Hello", "Hello"),
        ("AW: WG: Fwd: Hello: you", "Hello: you"),
        ("Regarding: Hello", "Regarding: Hello"),
        ("re:re:" * 40, "re:re:" * 40),
        ("", ""),
    ],
)
def test_a_subject_without_what_replies_put_before_it(subject: str, bare: str) -> None:
    assert bare_subject(subject)[-10:] == bare[-10:]
    assert len(bare_subject(subject)) <= len(subject)


def test_the_latest_subject_is_the_threads() -> None:
    sent = [
        a_sent(None, NOW, subject="Re: New"),
        a_sent(None, NOW - timedelta(days=2), subject="Old"),
    ]
    told = mail_values(a_contact(), an_identity(), situation="nudge_1", now=NOW, sent=sent)
    assert told["last_subject"] == "New"


@pytest.mark.parametrize(
    ("days", "words"),
    [(3, ""), (21, "a few weeks"), (60, "two months"), (100, "a few months"),
     (200, "half a year"), (400, "about a year"), (3000, "a long while")],
)  # fmt: skip
def test_silence_is_told_roughly(days: int, words: str) -> None:
    assert quiet(NOW - timedelta(days=days), NOW) == words
    assert quiet(None, NOW) == ""


def test_facts_that_single_templates_need_are_missed_when_empty() -> None:
    told = mail_values(
        a_contact(),
        an_identity(),
        situation="thanks",
        now=NOW,
        more={"thanks_for": " ", "what": "x."},
    )
    assert "thanks_for" not in told
    assert told["what"] == "x"


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("intros", "intros"),
        ("intros; a CTO", "intros and a CTO"),
        ("old news; intros; a CTO.", "intros and a CTO"),
        ("intros; ; ", "intros"),
        ("", ""),
    ],
)
def test_of_notes_added_up_the_newest_are_said(noted: str, said: str) -> None:
    assert values(wants=noted)["wants"] == said


def test_somebody_written_to_before_is_seen_again() -> None:
    sent = [a_sent(None, NOW)]
    told = mail_values(a_contact(), an_identity(), situation="met_at_event", now=NOW, sent=sent)
    assert (told["again"], values()["again"]) == ("again", "")
