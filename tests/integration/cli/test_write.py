"""`mailflow write`: a mail to somebody, drafted from the command line."""

import pytest

from tests.commands import Shell

JANE = "met Jane Roe <jane@acme.io>, CTO at Acme @PyCon"


@pytest.fixture
def met(shell: Shell) -> Shell:
    """Ada met Jane, and nothing is drafted yet."""
    assert shell.run("tell", JANE).code == 0
    return shell


def test_a_mail_asked_for_waits_as_a_draft(met: Shell) -> None:
    ran = met.run("write", "jane", "coffee", "next", "Tuesday")
    assert (ran.code, ran.err) == (0, "")
    assert "A mail to Jane Roe is drafted" in ran.out
    assert "mailflow drafts" in ran.out
    (draft,) = met.run("drafts", "--json").data
    assert (draft["to"], draft["purpose"]) == ("jane@acme.io", "keep_in_touch")
    assert "a coffee next Tuesday?" in met.run("drafts", "show", str(draft["number"])).out
    ran = met.run("write", "jane")
    assert ran.code == 1
    assert "exists already" in ran.out


def test_what_cannot_be_written_says_what_can(met: Shell) -> None:
    ran = met.run("write", "jane", "a", "poem")
    assert ran.code != 0
    assert "No template of mine is called that" in ran.err
    assert "mailflow write --help" in ran.err
    assert met.run("drafts", "--json").data == []
    assert "congratulate on" in met.run("write", "--help").out
