"""Introductions by command line: begun, listed, ruled on and ended as by mail."""

import pytest

from tests.commands import Ran, Shell

JANE = "met Jane Roe <jane@acme.io>, engineer at Acme"
RAJ = "met Raj Rao <raj@pay.example>, founder"


@pytest.fixture
def met(shell: Shell) -> Shell:
    """Ada met both."""
    for line in (JANE, RAJ):
        assert shell.run("tell", line).code == 0
    return shell


def introduce(shell: Shell, *more: str) -> Ran:
    return shell.run(
        "introduce", "jane", "raj@pay.example", "--why-first", "a way to pay abroad",
        "--why-second", "a first customer", "--as-first", "an engineer in aviation",
        "--as-second", "a founder in HR", *more,
    )  # fmt: skip


def test_an_introduction_begins_with_a_draft_that_waits_for_the_ok(met: Shell) -> None:
    ran = introduce(met)
    assert (ran.code, ran.err) == (0, "")
    assert "Raj Rao is asked first" in ran.out
    assert "mailflow drafts" in ran.out
    (draft,) = met.run("drafts", "--json").data
    assert (draft["to"], draft["purpose"]) == ("raj@pay.example", "intro_ask")
    (row,) = met.run("introductions", "--json").data
    assert (row["first"], row["second"], row["state"]) == ("Raj Rao", "Jane Roe", "draft")
    assert row["sides"][0]["why"] == "a first customer"
    assert "Raj Rao" in met.run("introductions").out


def test_whoever_is_chosen_is_asked_first(met: Shell) -> None:
    introduce(met, "--second-asked")
    (row,) = met.run("introductions", "--json").data
    assert (row["first"], row["sides"][1]["state"]) == ("Jane Roe", "standing")


def test_what_stands_against_it_is_said_and_nothing_is_begun(met: Shell) -> None:
    ran = met.run("introduce", "jane", "jane", "--why-first", "x", "--why-second", "y")
    assert ran.code == 1
    assert "Both names mean Jane Roe" in ran.out
    ran = introduce(met, "--show-first", "everything")
    assert ran.code != 0
    assert "none of descriptor, name" in ran.err
    assert met.run("introductions", "--json").data == []


def test_an_introduction_is_cancelled_by_its_number(met: Shell) -> None:
    introduce(met)
    ran = met.run("introductions", "cancel", "1")
    assert (ran.code, ran.out.startswith("The introduction of Raj Rao and Jane Roe")) == (0, True)
    assert met.run("introductions", "--json").data == []
    (row,) = met.run("introductions", "--all", "--json").data
    assert row["state"] == "cancelled"
    assert met.run("drafts", "--json").data == []
    assert met.run("introductions", "cancel", "1").code == 1


def test_a_ruling_is_taken_or_answered_with_the_words_to_use(met: Shell) -> None:
    introduce(met)
    ran = met.run("introductions", "rule", "1", "whatever")
    assert "counts as yes" in ran.err
    ran = met.run("introductions", "rule", "1", "it", "helped:", "a", "pilot")
    assert ran.code == 1
    assert "nothing can have come of it yet" in ran.out
