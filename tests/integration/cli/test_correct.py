"""`mailflow correct`: what was read of a person, put right at the computer."""

import pytest

from tests.commands import Shell

JANE = "met Jane Roe <jane@acme.io>, CTO at Acme @PyCon #founders: wants introductions"


@pytest.fixture
def met(shell: Shell) -> Shell:
    """Ada met Jane, and has a draft to her."""
    assert shell.run("tell", JANE).code == 0
    assert shell.run("once").code == 0
    return shell


def test_a_correction_changes_the_person_and_the_draft(met: Shell) -> None:
    ran = met.run("correct", "jane", "--email", "jane@acme.example", "--name", "June Roe")
    assert (ran.code, ran.err) == (0, "")
    assert "the mail address is jane@acme.example now" in ran.out
    assert "needs your ok" in ran.out
    (draft,) = met.run("drafts", "--json").data
    assert (draft["to"], draft["to_name"]) == ("jane@acme.example", "June Roe")
    assert "Hi June," in met.run("drafts", "show", str(draft["number"])).out


def test_one_undo_takes_back_all_of_one_correction(met: Shell) -> None:
    met.run("correct", "jane", "--email", "jane@acme.example", "--title", "CEO")
    assert "as before" in met.run("tell", "undo").out
    (jane,) = met.run("people", "--json").data
    assert (jane["address"], jane["title"]) == ("jane@acme.io", "CTO")


def test_a_bad_value_changes_nothing_and_says_so(met: Shell) -> None:
    ran = met.run("correct", "jane", "--email", "jane at acme")
    assert ran.code == 1
    assert "is not a mail address; I changed nothing" in ran.out
    assert met.run("people", "--json").data[0]["address"] == "jane@acme.io"


def test_nothing_to_correct_says_what_to_write(met: Shell) -> None:
    ran = met.run("correct", "jane")
    assert ran.code != 0
    assert "Say what to put right" in ran.err


def test_an_address_in_doubt_is_not_approved_unseen(shell: Shell) -> None:
    assert shell.run("tell", "met Jane Roe <jane@acme>, CTO at Acme").code == 0
    assert shell.run("once").code == 0
    ran = shell.run("drafts", "ok", "1", "--yes")
    assert ran.code != 0
    assert "read with doubt: look at it" in ran.err
    assert shell.run("drafts", "--json").data[0]["state"] == "awaiting_approval"
